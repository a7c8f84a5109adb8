"""What a sent file does to the published numbers: what counts, what replaces what, and what changes nothing."""

from __future__ import annotations

import datetime as dt
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from park import FOLDERS, Park, Sheet, home_of, sample

from etl.contract import Kind
from etl.feeds import FEEDS
from etl.landing import Landing
from etl.reading.heading import YUAN_PER, split_unit

CENTRE = FOLDERS["D08"]
EVENTS = f"{CENTRE}/阶段事件.csv"
PROJECTS = f"{CENTRE}/项目库.csv"
NEW_ENTRY = {"事件编号": "SJ-9001", "项目编号": "GZH-2099-0001", "阶段": "小试", "事件": "进入", "发生日期": "2026-10-20", "所在空间": "大数据产业园"}


def test_a_file_in_the_inbox_becomes_published_numbers(empty: Park) -> None:
    empty.send(EVENTS, sample("stage_events").only("SJ-0013"))
    run = empty.refresh()
    assert run.steps == ("received", "read", "built", "published")
    assert run.result.refused == 0 and "GZH-2025-0004" in run.said, "of its project there is an event alone"
    assert empty.value("g1_poc_small") == empty.value("g1_poc_small", zone="data") == 1
    assert empty.value("g1_poc_small", zone="chem") == 0
    assert empty.value("g1_poc_small", as_of=dt.date(2026, 3, 2)) == 1
    assert "g3_landed" not in empty.values(), "no outcomes have arrived: not zero but unknown"


def test_every_feed_is_published_from_its_good_sample(park: Park) -> None:
    stood = park.ask("SELECT feed, accepted, refused, set_aside FROM raw.file WHERE is_standing ORDER BY feed")
    assert stood == [(name, len(sample(name).rows), 0, 0) for name in FEEDS]
    with_rows = {name for name in FEEDS if park.ask(f"SELECT 1 FROM raw.{name} LIMIT 1")}
    assert with_rows == set(FEEDS)


def test_the_critical_checks_were_run_on_the_park_and_hold(park: Park) -> None:
    results = park.ask("SELECT severity, success, checked FROM meta.check_result")
    assert sum(severity == "critical" for severity, _, _ in results) > 10
    assert all(success for severity, success, _ in results if severity == "critical")


def _nothing(park: Park) -> None:
    pass


def _touched(park: Park) -> None:
    park.touch(park.home.inbox / EVENTS)


def _copied(park: Park) -> None:
    park.send(f"{CENTRE}/阶段事件 (1).csv", sample("stage_events"))


def _from_the_folder_of_an_alias(park: Park) -> None:
    park.send("促进中心/阶段事件.csv", sample("stage_events"))


@pytest.mark.parametrize("again", [_nothing, _touched, _copied, _from_the_folder_of_an_alias], ids=lambda again: again.__name__.strip("_"))
def test_sending_the_standing_file_again_makes_no_snapshot(home: Park, again: Callable[[Park], None]) -> None:
    served = home.served()
    again(home)
    for _ in range(2):
        run = home.refresh()
        assert (run.result.published, run.result.refused, run.said) == (None, 0, "")
    assert home.served() == served
    assert len(home.home.store.publications()) == 1


@pytest.mark.parametrize("again", [_touched, _copied], ids=["from its old place", "as a copy"])
def test_an_older_file_of_events_sent_again_speaks_last(home: Park, again: Callable[[Park], None]) -> None:
    before = home.values()
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    home.refresh()
    assert home.value("g1_poc_small") == before["g1_poc_small"] - 1
    again(home)
    assert home.refresh().result.published
    assert home.values() == before
    assert home.ask("SELECT count(*) FROM raw.stage_events GROUP BY row_id HAVING count(*) > 1") == []


def test_an_older_list_sent_again_stands_again(home: Park) -> None:
    home.send(f"{CENTRE}/项目库-改.csv", sample("projects").but("GZH-2024-0001", 项目名称="改名"))
    home.refresh()
    name = "SELECT project_name FROM core.project WHERE project_id = 'GZH-2024-0001'"
    assert home.ask(name) == [("改名",)]
    home.touch(home.home.inbox / PROJECTS)
    assert home.refresh().result.published
    assert home.ask(name) == [(sample("projects").only("GZH-2024-0001").rows[0]["项目名称"],)]


def test_a_copy_of_what_stood_when_it_came_counts_once_that_stands_no_more(home: Park) -> None:
    copy = home.send(f"{CENTRE}/项目库 (1).csv", sample("projects"))
    home.refresh()
    home.send(f"{CENTRE}/项目库-改.csv", sample("projects").but("GZH-2024-0001", 项目名称="改名"))
    home.refresh()
    home.touch(copy)
    assert home.refresh().result.published
    assert home.last(f"{CENTRE}/项目库 (1).csv").status == "placed"
    assert home.ask("SELECT count(*) FROM core.project WHERE project_name = '改名'") == [(0,)]


def test_the_last_received_of_one_list_and_day_stands_alone(home: Park) -> None:
    home.send(f"{CENTRE}/项目库-改.csv", sample("projects").plus("GZH-2024-0001", 项目编号="GZH-2026-0100"))
    home.refresh()
    standing = home.ask("SELECT name, is_standing FROM raw.file WHERE feed = 'projects' ORDER BY file_id")
    assert standing == [("项目库.csv", False), ("项目库-改.csv", True)]
    assert home.ask("SELECT DISTINCT f.name FROM raw.projects AS p JOIN raw.file AS f USING (file_id)") == [("项目库-改.csv",)]
    assert home.ask("SELECT count(*) FROM core.project WHERE project_id = 'GZH-2026-0100'") == [(1,)]


def test_a_withdrawn_file_gives_way_to_its_predecessor(home: Park) -> None:
    before = home.values()
    home.send(f"{CENTRE}/补报.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", **NEW_ENTRY))
    home.refresh()
    assert home.value("g1_poc_small") == before["g1_poc_small"] + 1
    home.home.landing.append("withdrawn", at=home.home.now(), file=home.last(f"{CENTRE}/补报.csv").file_id, by="张某")
    home.refresh()
    assert home.values() == before
    home.touch(home.home.inbox / CENTRE / "补报.csv")
    home.refresh()
    assert home.value("g1_poc_small") == before["g1_poc_small"] + 1, "sent again after it was withdrawn, it counts again"


def test_one_valid_pilot_entry_raises_the_pilot_goal_by_exactly_one(home: Park) -> None:
    before = home.values()
    home.send(f"{CENTRE}/补报.csv", sample("stage_events").only("SJ-0009").but("SJ-0009", **{**NEW_ENTRY, "阶段": "中试", "所在空间": "现代农业"}))
    home.refresh()
    assert {metric: value for metric, value in home.values().items() if metric.startswith("g2_") and value != before[metric]} == {
        "g2_pilot": before["g2_pilot"] + 1, "g2_pilot_incl_stock": before["g2_pilot_incl_stock"] + 1}


def test_a_corrected_event_replaces_what_was_said_before(home: Park) -> None:
    assert home.value("g1_poc_small", zone="data") == 1
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 所在空间="现代农业"))
    home.refresh()
    assert home.value("g1_poc_small", zone="data") == 0
    assert home.value("g1_poc_small", zone="agri") == 1


def test_a_late_file_does_not_override_a_newer_one(home: Park) -> None:
    before = home.values()
    late = sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废", 所在空间="现代农业").as_of("2026年9月30日")
    home.send(f"{CENTRE}/阶段事件-迟报.csv", late.plus("SJ-0013", **NEW_ENTRY, 状态="有效"))
    home.send(f"{CENTRE}/项目库-迟报.csv", sample("projects").but("GZH-2024-0001", 项目名称="旧名").as_of("2026年9月30日"))
    home.refresh()
    assert home.value("g1_poc_small", zone="data") == 2, "the late file's own news counts; what was said since stands"
    assert home.value("g1_poc_small") == before["g1_poc_small"] + 1
    assert home.ask("SELECT count(*) FROM core.project WHERE project_name = '旧名'") == [(0,)]


def test_a_list_in_which_a_row_is_refused_leaves_its_last_accepted_row_in_force(home: Park) -> None:
    before = home.values()
    zone = "SELECT zone_id FROM core.project_place WHERE project_id = 'GZH-2025-0003' AND valid_until IS NULL"
    assert home.ask(zone) == [("energy",)]
    broken = sample("projects").but("GZH-2025-0003", **{"技术成熟度(TRL1-9)": "12"}, 承载区="现代农业")
    home.send(f"{CENTRE}/项目库-11月.csv", broken.as_of("2026年11月4日"))
    run = home.refresh()
    assert run.result.refused == 0, "a refused row does not refuse its file"
    assert "技术成熟度(TRL1-9)：应在 1 到 9 之间，填的是“12”" in run.said
    assert home.ask(zone) == [("energy",)]
    assert home.values() == before
    assert home.ask("SELECT cells LIKE '%GZH-2025-0003%' FROM rejected.row") == [(True,)]


def test_a_refused_correction_leaves_the_event_as_it_was(home: Park) -> None:
    before = home.values()
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 发生日期="下月", 状态="作废"))
    home.refresh()
    assert home.values() == before
    assert home.ask("SELECT count(*) FROM rejected.reason") == [(1,)]


def test_two_senders_with_the_same_event_number_tell_of_two_events(home: Park) -> None:
    before = home.value("g2_pilot")
    entry = sample("stage_events").only("SJ-0009").but("SJ-0009", 阶段="中试", 事件="进入", 发生日期="2026-10-20")
    home.send("工信局/中试.csv", entry.but("SJ-0009", 项目编号="GZH-2099-0001"))
    home.send("D10/甲公司/中试.csv", entry.but("SJ-0009", 项目编号="GZH-2099-0002"))
    home.send("各产业园区管理运营主体/乙公司/中试.csv", entry.but("SJ-0009", 项目编号="GZH-2099-0003"))
    assert home.refresh().result.refused == 0
    assert home.value("g2_pilot") == before + 3
    events = home.ask("SELECT department_id, sender FROM core.stage_event WHERE event_id = 'SJ-0009' ORDER BY ALL")
    assert events == [("D04", ""), ("D08", ""), ("D10", "乙公司"), ("D10", "甲公司")]


def test_a_folder_of_their_own_filing_is_no_sender(home: Park) -> None:
    served = home.served()
    home.send(f"{CENTRE}/2026年10月/阶段事件.csv", sample("stage_events"))
    home.refresh()
    assert home.served() == served, "it is the same department and the same file"


@pytest.mark.parametrize(("path", "department"), [
    ("工信局-中试进展-202610.csv", "D04"), ("D04/中试进展.csv", "D04"), ("工信和数据局/中试进展.csv", "D04"), (" 工信 /中试进展.csv", "D04")])
def test_a_department_is_known_by_folder_name_alias_or_file_name(empty: Park, path: str, department: str) -> None:
    empty.send(path, sample("stage_events").only("SJ-0009"))
    assert empty.judge().result.refused == 0
    assert empty.last(path).department_id == department


def test_the_only_department_of_a_feed_need_not_be_named(empty: Park) -> None:
    empty.send("表1.csv", sample("output_values"))
    empty.judge()
    assert empty.last("表1.csv").scope == ("output_values", "D04", "")


def test_files_are_received_in_the_order_in_which_they_were_sent(home: Park) -> None:
    home.send(f"{CENTRE}/乙.csv", sample("projects").but("GZH-2024-0001", 项目名称="先"))
    home.send(f"{CENTRE}/甲.csv", sample("projects").but("GZH-2024-0001", 项目名称="后"))
    home.refresh()
    assert home.ask("SELECT project_name FROM core.project WHERE project_id = 'GZH-2024-0001'") == [("后",)]


@pytest.mark.parametrize("together", [True, False], ids=["in one refresh", "in several"])
def test_the_order_of_the_feeds_does_not_matter(empty: Park, park: Park, together: bool) -> None:
    names = list(FEEDS)
    random.Random(20261105).shuffle(names)
    for number, name in enumerate(names, start=1):
        empty.send(f"{home_of(name)}/{FEEDS[name].title}.csv", sample(name))
        if not together and number % 11 == 0:
            assert empty.refresh().result.refused == 0
    assert empty.refresh().result.refused == 0
    counted = "SELECT * EXCLUDE (row_id) FROM mart.contribution ORDER BY ALL"
    assert empty.ask(counted) == park.ask(counted) != []
    assert empty.values() == park.values()


def _in(unit: str, where: str, feed: str) -> Sheet:
    """A feed's sample with its money in another unit, told in the heading, above the table or in a column of its own."""
    table = sample(feed)
    for heading in table.headings:
        bare, own = split_unit(heading)
        column = FEEDS[feed].by_heading().get(bare)
        if column and column.kind is Kind.MONEY:
            cells = [_amount(row[heading], own or row.get("单位", column.unit), unit) for row in table.rows]
            table = replace(table, rows=tuple({**row, heading: cell} for row, cell in zip(table.rows, cells, strict=True)))
            table = table.renamed(heading, f"{bare}（{unit}）" if where == "heading" else bare)
    lines = tuple(tuple(cell for cell in line if not cell.startswith("单位：")) for line in table.above)
    table = replace(table, above=lines, headings=tuple(heading for heading in table.headings if heading != "单位"))
    if where == "above":
        return replace(table, above=(*table.above, (f"单位：{unit}",)))
    if where == "column":
        return replace(table, headings=(*table.headings, "单位"), rows=tuple({**row, "单位": unit} for row in table.rows))
    return table


def _amount(cell: str, unit: str, other: str) -> str:
    """The same money in another unit; what is no number as it is."""
    number = re.sub("[, ]", "", unicodedata.normalize("NFKC", cell))
    return f"{Decimal(number) * YUAN_PER[unit] / YUAN_PER[other]:f}" if re.fullmatch(r"-?[0-9.]+", number) else cell


MONEY = {name: columns for name, feed in FEEDS.items() if (columns := [column.name for column in feed.columns if column.kind is Kind.MONEY])}


def _send_money(home: Park, unit: str, where: str) -> dict[str, list[tuple[object, ...]]]:
    """Every feed's money once more in another unit; the amounts as they were."""
    for name in MONEY:
        assert _in(unit, where, name).rows != sample(name).rows
        home.send(f"{home_of(name)}/换单位-{name}.xlsx", _in(unit, where, name))
    return {name: home.ask(f"SELECT {', '.join(columns)} FROM raw.{name} ORDER BY row_id") for name, columns in MONEY.items()}


def test_money_in_other_units_makes_the_same_numbers(home: Park) -> None:
    before = home.values()
    amounts = _send_money(home, "万元", "column")
    run = home.refresh()
    assert run.result.published
    assert run.result.refused == 0, run.said
    assert home.values() == before
    for name, columns in MONEY.items():
        again = f"SELECT {', '.join(columns)} FROM raw.{name} JOIN raw.file AS f USING (file_id) WHERE f.name LIKE '换单位-%' ORDER BY row_id"
        assert home.ask(again) == amounts[name] != [], name


@pytest.mark.parametrize(("unit", "where"), [("元", "heading"), ("万元", "heading"), ("亿元", "heading"), ("万元", "above")])
def test_money_in_other_units_is_the_same_money(home: Park, unit: str, where: str) -> None:
    amounts = _send_money(home, unit, where)
    run = home.judge()
    assert run.result.refused == 0, run.said
    for name, columns in MONEY.items():
        staged = run.staged[home.last(f"{home_of(name)}/换单位-{name}.xlsx").file_id]
        assert pl.read_parquet(staged.folder / "accepted.parquet").sort("row").select(columns).rows() == amounts[name] != [], name


def test_what_was_sent_is_kept_byte_for_byte(park: Park) -> None:
    landing = Landing(park.home.root / "landing")
    sent = [path for path in park.home.inbox.rglob("*") if path.is_file()]
    assert len(sent) == len(FEEDS)
    for path in sent:
        file = park.last(str(path.relative_to(park.home.inbox)))
        assert landing.blob(file.sha256).read_bytes() == Path(path).read_bytes()
