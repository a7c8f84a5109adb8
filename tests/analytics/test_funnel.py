"""The funnel's numbers: the newest day as kept against the same asked anew, pages against drilled rows and exports, and worlds with nothing in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import product

import pytest
from worlds import World, day, event, events, organization, project, sent, world

from analytics.ageing import Ageing, Limit, ageing, limits
from analytics.chosen import EVERYTHING, Chosen
from analytics.drill import Drilled, Narrow, drill
from analytics.funnel import BANDS, BETWEEN, FAILED, MOVES, PASSED, REACHED, REGRESSED, STOCK, TERMINATED, WAYS, funnel, of_day
from analytics.passages import times, whole_way
from exports.rows import rows_of
from warehouse.at_day import at_day

NEWEST = dt.date(2028, 12, 31)
V = dt.date(2026, 8, 31)
METRICS = (STOCK, BETWEEN, REACHED, MOVES, TERMINATED, PASSED, FAILED, REGRESSED)


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Forty projects in two zones that go as far as their number says."""
    told, listed = [], []
    for number in range(40):
        name, entered = f"P{number:02}", dt.date(2025, 3, 1) + dt.timedelta(days=11 * number)
        listed.append({**project(name, "绿色化工" if number % 2 else "生物医药", org="O1" if number % 3 else "O2"),
                       "research_class": "bottleneck" if number % 4 else None, "direction_name": "疫苗" if number % 5 else "别的"})
        told.append((name, "poc", "enter", entered))
        if number % 4:
            told += [(name, "poc", "pass", entered + dt.timedelta(days=60 + number)), (name, "small", "enter", entered + dt.timedelta(days=70 + number))]
        if number % 6 == 1:
            told.append((name, "pilot", "enter", entered + dt.timedelta(days=160)))
        if number % 8 == 0:
            told.append((name, "poc", "terminate", entered + dt.timedelta(days=100)))
        if number % 9 == 2:
            told += [(name, "small", "fail", entered + dt.timedelta(days=120)), (name, "small", "suspend", entered + dt.timedelta(days=130))]
    rows = [event(f"E{number}", name, stage, kind, on.isoformat(), space="核心区" if number % 7 == 0 else None)
            for number, (name, stage, kind, on) in enumerate(told)]
    return world(tmp_path_factory.mktemp("funnel"), sent("projects", *listed), sent("stage_events", *rows),
                 sent("organizations", {**organization("O1"), "origin": "local"}, organization("O2")))


CHOICES = [EVERYTHING, Chosen(last_zone="chem"), Chosen(first_zone="core"), Chosen(origin="local"), Chosen(origin="unstated", research="unstated"),
           Chosen(of_direction="", last_zone="bio"), Chosen(research="bottleneck")]


@pytest.mark.parametrize("mart", ["funnel_zone_now", "passage_zone_now", "course_zone_now"])
def test_what_is_kept_of_the_newest_day_is_what_a_query_of_that_day_says(park: World, mart: str) -> None:
    asked = park.con.execute(at_day(mart, chosen=False, zoned=False), {"v": NEWEST}).fetchall()
    assert sorted(asked, key=str) == sorted(park.con.execute(f"FROM mart.{mart}").fetchall(), key=str) != []


@pytest.mark.parametrize("mart", ["funnel", "passage", "course"])
@pytest.mark.parametrize(("chosen", "zone"), [(EVERYTHING, "chem"), (Chosen(last_zone="chem"), None), (Chosen(first_zone="core"), None),
                                              (Chosen(last_zone="chem", first_zone="core"), "core")])
def test_what_is_kept_of_a_space_is_what_a_query_of_its_projects_says(park: World, mart: str, chosen: Chosen, zone: str | None) -> None:
    kept, parameters = of_day(park.con, mart, "*", NEWEST, chosen, zone)
    asked = at_day(f"{mart}_zone_now", chosen=bool(chosen.in_address), zoned=zone is not None)
    every = {"v": NEWEST, **chosen.parameters, **({"zone": zone} if zone else {})}
    assert sorted(park.con.execute(kept, parameters).fetchall(), key=str) == sorted(park.con.execute(asked, every).fetchall(), key=str) != []


@pytest.mark.parametrize("mart", ["funnel", "passage", "course"])
def test_what_is_kept_of_all_spaces_is_their_sum(park: World, mart: str) -> None:
    column = "contributions" if mart == "funnel" else "projects"
    [together], [apart] = (park.con.execute(f"SELECT sum({column}) FROM mart.{mart}{kept}").fetchall() for kept in ("_now", "_zone_now"))
    assert together == apart != (None,)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two hundred projects that entered one stage on sixty days, more than one on a day, half of them in either zone; some went on or were paused."""
    told = [(f"P{number:03}", "poc", kind, dt.date(2026, 1, 1) + dt.timedelta(days=number % 60 + late)) for number in range(200)
            for kind, late in (("enter", 0), *((("pass", 30),) if number % 10 == 3 else (("suspend", 20),) if number % 10 == 4 else ()))]
    listed = [project(f"P{number:03}", "绿色化工" if number % 2 else "生物医药") for number in range(190)]  # the last ten are not in the register
    return world(tmp_path_factory.mktemp("crowd"), sent("projects", *listed), sent("stage_events", *(
        event(f"E{number}", name, stage, kind, on.isoformat()) for number, (name, stage, kind, on) in enumerate(told))))


@pytest.mark.parametrize(("chosen", "zone", "narrow"), [
    (EVERYTHING, None, Narrow()), (EVERYTHING, "chem", Narrow()), (Chosen(last_zone="chem"), None, Narrow()), (Chosen(first_zone="bio"), None, Narrow(stage="poc")),
    (EVERYTHING, None, Narrow(category="stalled")), (EVERYTHING, None, Narrow(stage="poc", category="active")), (Chosen(last_zone="core"), None, Narrow())])
def test_the_rows_kept_of_the_newest_day_are_those_found_among_all(crowd: World, monkeypatch: pytest.MonkeyPatch, chosen: Chosen, zone: str | None,
                                                                   narrow: Narrow) -> None:
    def asked() -> tuple[list[Drilled], Ageing]:
        return ([drill(crowd.con, metric, as_of=NEWEST, zone_id=zone, narrow=narrow, chosen=chosen) for metric in METRICS],
                ageing(crowd.con, NEWEST, {"poc": Limit(days=10, is_decided=False)}, chosen, zone, narrow.stage))

    kept = asked()
    monkeypatch.setattr("analytics.drill.kept_rows", lambda *_, **__: None)
    monkeypatch.setattr("analytics.ageing.kept_rows", lambda *_, **__: None)
    assert kept == asked()
    assert all(isinstance(each.total, Decimal) for each in kept[0])
    if chosen == EVERYTHING and zone is None and narrow == Narrow():
        assert (kept[0][0].count, len(kept[0][0].rows)) == (180, 50) and len(kept[1].rows) == 20


ASKED = [(EVERYTHING, None, NEWEST), *((chosen, None, V) for chosen in CHOICES), (CHOICES[-1], "chem", V)]


@pytest.mark.parametrize("at", range(len(ASKED)))
def test_every_number_of_the_page_is_the_sum_of_its_rows_and_of_its_export(park: World, at: int) -> None:
    chosen, zone, on = ASKED[at]
    seen = funnel(park.con, on, chosen, zone)
    assert seen
    for metric in METRICS:
        found = drill(park.con, metric, as_of=on, zone_id=zone, chosen=chosen, most=5)
        export = rows_of(park.con, metric, on, zone, chosen=chosen)
        assert seen.count(metric) == found.count == found.total == export.row_count == export.total == len(export.frame)
    every = list(product(seen.stages, [(STOCK, each) for each in BANDS] + [(REACHED, each) for each in WAYS]))
    for stage, (metric, category) in every[at::len(ASKED)]:  # a part is asked for once, and each choice for some of them
        part = Narrow(stage=stage.stage_id, category=category)
        assert seen.count(metric, stage, (category,)) == drill(park.con, metric, as_of=on, zone_id=zone, narrow=part, chosen=chosen).count == rows_of(
            park.con, metric, on, zone, narrow=part, chosen=chosen).row_count


@pytest.mark.parametrize("on", [V, NEWEST])
def test_the_zones_by_any_attribution_add_up_to_the_whole(park: World, on: dt.date) -> None:
    whole = funnel(park.con, on, EVERYTHING)
    assert whole
    zones = [zone for (zone,) in park.con.execute("SELECT zone_id FROM ref.zone").fetchall()]
    for metric in METRICS:
        for parts in ([funnel(park.con, on, Chosen(last_zone=zone)) for zone in zones], [funnel(park.con, on, Chosen(first_zone=zone)) for zone in zones],
                      [funnel(park.con, on, EVERYTHING, zone) for zone in zones]):
            assert sum(each.count(metric) for each in parts if each) == whole.count(metric)
    assert whole.count(STOCK) > 0
    assert {zone for zone in zones if (part := funnel(park.con, on, Chosen(last_zone=zone))) and part.count(STOCK)} >= {"chem", "bio", "core"}


def test_conversion_is_by_hand_where_all_is_known(park: World) -> None:
    """Of forty that entered, thirty went on after 70 + n days; of the other ten five were ended after 100 days."""
    poc = next(each for each in funnel(park.con, NEWEST, EVERYTHING).stages if each.stage_id == "poc")  # type: ignore[union-attr]
    passage = times(park.con, NEWEST, EVERYTHING).of(poc)
    assert (passage.moves.size, passage.moves.happened(1, 1e9), passage.moves.happened(2, 1e9)) == (40, 30, 5)
    assert passage.moves.share(1, 1000) == pytest.approx(0.75)
    assert passage.moves.share(2, 1000) == pytest.approx(0.125)
    assert passage.stays.happened(1, 1e9) == 35


def test_cohorts_together_are_the_stage_and_the_newest_may_not_be_told_yet(park: World) -> None:
    stage = next(each for each in funnel(park.con, V, EVERYTHING).stages if each.stage_id == "poc")  # type: ignore[union-attr]
    found = times(park.con, V, EVERYTHING)
    cohorts = found.cohorts(stage, 6)
    assert [each.code for each in cohorts] == ["2025-H1", "2025-H2", "2026-H1"]
    assert sum(each.advanced.size for each in cohorts) == found.of(stage).moves.size == 40
    assert times(park.con, V, EVERYTHING, half_year="2025-H2").of(stage).moves.size == cohorts[1].advanced.size


def test_the_whole_way_ends_somewhere_for_everyone(park: World) -> None:
    way = whole_way(park.con, NEWEST, EVERYTHING, None, 24)
    assert way.size == 40
    assert way.landed == 0
    assert way.quit == pytest.approx(0.125)


def test_what_stays_long_is_listed_longest_first_and_held_against_a_decided_limit(park: World) -> None:
    known = limits(park.con, {"poc": 200.0, "small": None})
    assert known == {"poc": Limit(days=200.0, is_decided=False)}
    found = ageing(park.con, V, known, EVERYTHING, most=2)
    assert [row.age_days for row in found.rows] == sorted((row.age_days for row in found.rows), reverse=True)
    assert found.number > len(found.rows) == 2
    assert all(row.age_days > 200 and row.stage_id == "poc" for row in found.rows)
    assert ageing(park.con, V, {}, EVERYTHING).number == 0


def test_gates_and_returns_are_ratios_of_counts(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = [event_ for number in range(6) for event_ in (
        (f"P{number}", "poc", "enter", "2026-01-10"), (f"P{number}", "poc", "fail" if number < 2 else "pass", "2026-02-10"))]
    told += [("P5", "pilot", "enter", "2026-03-10"), ("P4", "small", "enter", "2026-03-10"), ("P4", "small", "regress", "2026-04-10")]
    made = world(tmp_path_factory.mktemp("gates"), sent("projects", *(project(f"P{number}") for number in range(6))), events(*told))
    seen = funnel(made.con, V, EVERYTHING)
    assert seen
    poc, small = seen.stages[1], seen.stages[2]
    assert (seen.gates(poc).passed.happened, seen.gates(poc).passed.size) == (4, 6)
    assert (seen.gates(poc).skipped.happened, seen.gates(poc).skipped.size, seen.gates(poc).skipped.said) == (1, 2, "counts")
    assert (seen.gates(small).regressed.happened, seen.gates(small).regressed.size) == (1, 2)
    assert seen.gates(small).passed.said == "nothing"


def test_without_any_project_everything_is_nothing_and_without_any_report_unknown(tmp_path_factory: pytest.TempPathFactory) -> None:
    nothing = world(tmp_path_factory.mktemp("none"))
    seen = funnel(nothing.con, V, EVERYTHING)
    assert seen
    assert [seen.count(metric) for metric in METRICS] == [0] * len(METRICS)
    assert times(nothing.con, V, EVERYTHING).of(seen.stages[1]).advanced(12).said == "nothing"
    assert whole_way(nothing.con, V, EVERYTHING, None, 24).landed is None
    assert times(nothing.con, V, EVERYTHING).cohorts(seen.stages[1], 12) == ()
    silent = world(tmp_path_factory.mktemp("silent"), covered=False)
    assert funnel(silent.con, V, EVERYTHING) is None


@pytest.mark.parametrize("kind", ["terminate", None])
def test_a_world_where_all_ended_at_once_or_none_has_moved(tmp_path_factory: pytest.TempPathFactory, kind: str | None) -> None:
    told = [(f"P{number}", "poc", each, "2026-01-10") for number in range(7) for each in ("enter", kind) if each]
    made = world(tmp_path_factory.mktemp("edge"), sent("projects", *(project(f"P{number}") for number in range(7))), events(*told))
    poc = funnel(made.con, V, EVERYTHING).stages[1]  # type: ignore[union-attr]
    passage = times(made.con, V, EVERYTHING).of(poc)
    way = whole_way(made.con, V, EVERYTHING, None, 6)
    if kind:
        assert (passage.advanced(12).share, passage.quit(12).share, passage.median_days) == (0, 1, 0)
        assert (way.landed, way.quit) == (0, 1)
    else:
        assert (passage.advanced(6).share, passage.advanced(12).said, passage.median_days) == (0, "unseen", None)
        assert (way.landed, way.quit) == (0, 0)
    assert Decimal(made.value("funnel_reached", "2026-08-31") or 0) == 14
    assert day("2026-08-31") == V
