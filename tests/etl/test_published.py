"""What a publication found is on record: since when a case is open, when it was gone, and how the scores moved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from park import FOLDERS, NOON, Park, sample

from analytics.forecast_record import kept
from analytics.forecast_record import published as forecasts
from analytics.quality import problems, quality, trend
from etl.checking import CASE_COLUMNS, COLUMNS, PART_COLUMNS
from etl.forecasting import ForecastBroken, Forecaster
from etl.published import standing
from warehouse.tables import create

CENTRE = FOLDERS["D08"]


class Found:
    """Stands in for the checking process: its one check finds these keys in the list of projects."""

    keys: tuple[str, ...] = ()
    counted: int | None = None

    def __enter__(self) -> Found:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def check(self, snapshot: Path) -> tuple[int, int]:
        failed = len(self.keys) if self.counted is None else self.counted
        with duckdb.connect(str(snapshot)) as con:
            kinds = {"success": "BOOLEAN", "failed": "BIGINT", "checked": "BIGINT"}
            create(con, "meta.check_result", {f'"{name}"': (kinds.get(name, "VARCHAR"), text) for name, text in COLUMNS.items()}, "检查结果。")
            create(con, "meta.check_part", PART_COLUMNS, "分部门。")
            create(con, "meta.check_case", CASE_COLUMNS, "各项。")
            con.execute("INSERT INTO meta.check_result VALUES ('odd', '一致性', 'warning', 'core.project', ?, ?, 100, '应当如此。', '', '请核对。', NULL)",
                        [not failed, failed])
            con.execute("INSERT INTO meta.check_part VALUES ('odd', 'projects', 'D08', '', 100, ?)", [failed])
            con.executemany("INSERT INTO meta.check_case VALUES ('odd', 'projects', 'D08', '', ?, '不符', NULL)", [[key] for key in self.keys] or [["none"]])
            if not self.keys:
                con.execute("DELETE FROM meta.check_case")
        return 1, int(failed > 0)


@pytest.fixture
def published(home: Park, monkeypatch: pytest.MonkeyPatch) -> Park:
    monkeypatch.setattr("etl.refresh.Checker", Found)
    return home


def publish(park: Park, day: int, *keys: str, monkeypatch: pytest.MonkeyPatch, counted: int | None = None) -> None:
    """A publication on a day of November with these keys found."""
    monkeypatch.setattr(Found, "keys", keys)
    monkeypatch.setattr(Found, "counted", counted)
    park.send(f"{CENTRE}/项目库.csv", sample("projects").but("GZH-2025-0003", 承担单位=f"单位{day}"))
    park.refresh(now=NOON + dt.timedelta(days=day), checks=True)


def cases(park: Park) -> set[str]:
    return {case[-1] for case in standing(park.home.landing.acts()) if case[0] == "odd"}


def test_a_case_keeps_the_day_it_was_first_published_and_a_new_one_has_its_own(published: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(published, 1, "P-1", monkeypatch=monkeypatch)
    publish(published, 5, "P-1", "P-2", monkeypatch=monkeypatch)
    with published.open() as con:
        [problem] = problems(con.cursor(), frozenset({"D08"}))
    assert problem.since and problem.since.date() == dt.date(2026, 11, 6), "the oldest of them"
    publish(published, 6, "P-2", monkeypatch=monkeypatch)
    assert cases(published) == {"P-2"}
    with published.open() as con:
        [problem] = problems(con.cursor())
    assert problem.since and problem.since.date() == dt.date(2026, 11, 10)
    assert problem.examples == (("P-2", "不符"),)


def test_a_case_found_again_after_it_was_gone_starts_anew(published: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, keys in ((1, ("P-1",)), (2, ()), (7, ("P-1",)), (8, ("P-1",))):
        publish(published, day, *keys, monkeypatch=monkeypatch)
        with published.open() as con:
            since = [problem.since.date() for problem in problems(con.cursor()) if problem.since]
        assert since == {1: [dt.date(2026, 11, 6)], 2: [], 7: [dt.date(2026, 11, 12)], 8: [dt.date(2026, 11, 12)]}[day]


def test_a_check_with_more_cases_than_are_kept_closes_none(published: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(published, 1, "P-1", "P-2", monkeypatch=monkeypatch)
    publish(published, 2, "P-2", counted=900, monkeypatch=monkeypatch)
    assert cases(published) == {"P-1", "P-2"}
    publish(published, 3, "P-2", monkeypatch=monkeypatch)
    assert cases(published) == {"P-2"}


def test_the_scores_of_every_publication_make_the_trend(published: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, keys in ((1, ("P-1", "P-2", "P-3")), (2, ("P-1",)), (3, ())):
        publish(published, day, *keys, monkeypatch=monkeypatch)
    with published.open() as con:
        course = trend(con.cursor(), frozenset({"D08"}))["一致性"]
        elsewhere = trend(con.cursor(), frozenset({"D02"}))["规范性"]
    assert [(at.day, score.failed) for at, score in course][-3:] == [(6, 3), (7, 1), (8, 0)]
    assert all(score.checked for _, score in elsewhere), "no point where nothing was examined"


def test_a_publication_without_checks_leaves_no_record(home: Park) -> None:
    home.send(f"{CENTRE}/项目库.csv", sample("projects").but("GZH-2025-0003", 承担单位="另一单位"))
    home.refresh()
    assert [act.kind for act in home.home.landing.acts()].count("published") == 1, "that of the park itself"


def test_numbers_add_up_from_report_to_department(read_only: Park) -> None:
    with read_only.open() as con:
        found = quality(con.cursor(), dt.date(2026, 11, 5))
        listed = problems(con.cursor(), most=3)
    for each in found.departments:
        for dimension, score in each.scores.items():
            parts = [duty.scores[dimension] for duty in each.duties if dimension in duty.scores]
            assert (score.checked, score.failed) == (sum(part.checked for part in parts), sum(part.failed for part in parts)), (each.department_id, dimension)
        assert each.problems == sum(problem.failed for problem in listed if problem.owner == each.department_id)
    assert any(each.problems for each in found.departments)


def test_each_publication_keeps_its_forecast_and_the_next_snapshot_knows_it(published: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.refresh.Forecaster", Forecaster)
    publish(published, 6, monkeypatch=monkeypatch)
    with published.open() as con:
        first = kept(con)
        assert first and len(forecasts(con)) == 1  # of the park as it was made
    publish(published, 7, monkeypatch=monkeypatch)
    with published.open() as con:
        assert len(forecasts(con)) == 2 and forecasts(con)[-1].forecast == first
        assert con.sql("SELECT count(*) FROM meta.forecast_path").fetchall() == [(sum(len(goal.path) for goal in first.goals),)]


def test_a_forecast_that_breaks_publishes_nothing(published: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    before = published.served()
    monkeypatch.setattr("etl.refresh.Forecaster", Forecaster)
    monkeypatch.setattr("etl.forecasting.sys.executable", "/bin/false")
    with pytest.raises(ForecastBroken, match="1"):
        publish(published, 6, monkeypatch=monkeypatch)
    assert published.served() == before
