"""The page of changes: what moved since the last meeting, in sentences, by reason, down to the line."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from meetings import MOVED_BASE, Meetings, held
from shown import Run
from streamlit.testing.v1 import AppTest

from warehouse.publish import Store
from warehouse.restated import made, restated_path

PAGE = ("changes", "pages.changes:changes_page")


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Meetings:
    return held(tmp_path_factory.mktemp("meetings"))


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Meetings:
    return held(tmp_path_factory.mktemp("ruled"), MOVED_BASE)


@pytest.fixture
def at(meetings: Meetings, monkeypatch: pytest.MonkeyPatch) -> Meetings:
    monkeypatch.setenv("GANZHIHUI_DATA", str(meetings.store.root.parent))
    return meetings


def markup(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html") if "<style" not in each.proto.body)


def words(app: AppTest) -> str:
    return re.sub(r"<[^>]+>", "", markup(app))


def test_the_page_says_the_finding_the_summary_and_the_sentence_of_the_first_goal(at: Meetings, run: Run) -> None:
    app = run()
    assert "与 2026-09-30 相比，" in words(app) and "概念验证及小试项目（期内新增） 2 项 → 3 项" in words(app)
    whole, one = (each.value for each in app.code)
    assert "可比的" in whole and one.startswith("概念验证及小试项目（期内新增）由 2 项增至 3 项：真实新增 1 项（GZH-4号项目）")
    assert [each.label for each in app.selectbox][:4] == ["上期", "本期", "空间", "部门"]


def test_every_change_is_a_way_to_its_reason_and_rows(at: Meetings, run: Run) -> None:
    app = run(metric="g1_poc_small", term="更正撤销")
    assert "项目状态：<del>在研</del> → <ins>作废</ins>" in markup(app)
    assert "projects.csv 第 3 行，2026-11-05 收到" in words(app)
    assert re.search(r'href="[^"]*metric=g1_poc_small&amp;term=[^"]+"', markup(app))
    assert re.search(r'href="/bridge/changes.csv\?[^"]*metric=g1_poc_small', markup(app))


def test_unchanged_metrics_are_a_count_until_they_are_asked_for(at: Meetings, run: Run) -> None:
    few, many = run(), run(show="all")
    assert "个指标没有变化。" in words(few) and "个指标没有变化。" not in words(many)
    assert len(markup(many)) > len(markup(few))


def test_a_zone_narrows_everything_and_stays_in_the_links(at: Meetings, run: Run) -> None:
    app = run(zone="bio")
    assert "由 0 项增至 1 项：迟报补录 1 项（GZH-3号项目）" in app.code[1].value
    assert "zone=bio" in markup(app)


def test_what_the_address_asks_wrongly_is_said(at: Meetings, run: Run) -> None:
    app = run(**{"from": "nonsense", "from_as_of": "2031-01-01"})
    assert "“nonsense”：没有这个上期" in words(app) and "2031-01-01" in words(app)


def test_the_first_publication_is_a_baseline(at: Meetings, run: Run) -> None:
    app = run(snapshot=at.first)
    assert "这是基期：" in words(app) and "首次接入的数据不算迟报" in words(app) and not app.code


def test_an_end_may_be_asked_for_by_its_snapshot(at: Meetings, run: Run) -> None:
    app = run(**{"from": at.second, "to": at.first})
    assert "由 3 项减至 2 项" in app.code[1].value and f"快照 {at.first}" in words(app)


def test_an_issue_goes_by_its_id(at: Meetings, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(at.store.root, tmp_path / "warehouse")
    monkeypatch.setenv("GANZHIHUI_DATA", str(tmp_path))
    Store(tmp_path / "warehouse").label(at.first, "专刊 2026-10r1")
    app = run(**{"from": "2026-10"})
    assert "2026-10 期专刊" in words(app) and "由 2 项增至 3 项" in app.code[1].value


def test_where_rules_differ_the_page_offers_the_replay_and_does_not_wait(ruled: Meetings, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANZHIHUI_DATA", str(ruled.store.root.parent))
    app = run()
    assert f"python -m etl restate {ruled.first} --to {ruled.second}" in words(app)
    assert "口径与更正（待分开） −1 项" in app.code[1].value
    asked: list[list[str]] = []

    class Started:
        def __init__(self, command: list[str], **_: object) -> None:
            asked.append(command)

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Started)
    app.button(key="restate").click().run()
    assert [each[2:] for each in asked] == [["etl", "restate", ruled.first, "--to", ruled.second]]


def test_once_replayed_the_rules_have_a_term_of_their_own(ruled: Meetings, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a replay would leave behind: here the later snapshot itself, since only a rule came between."""
    shutil.copytree(ruled.store.root.parent, tmp_path / "data")
    monkeypatch.setenv("GANZHIHUI_DATA", str(tmp_path / "data"))
    store = Store(tmp_path / "data" / "warehouse")
    with store.open(ruled.first) as first, store.open(ruled.second) as second:
        path = restated_path(store, made(first), made(second))
    path.parent.mkdir(exist_ok=True)
    shutil.copyfile(store.path(ruled.second), path)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE meta.statistic (metric_id VARCHAR, as_of DATE, value DOUBLE)")
    app = run()
    assert "由 2 项减至 1 项：范围变更 −1 项（GZH-1号项目）" in app.code[1].value and not app.button
