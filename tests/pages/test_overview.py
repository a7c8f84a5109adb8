"""The overview as it is drawn: on the park, on older views, on nothing, and on what people type into a URL."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from park import Park, sample
from shown import Open, Shown

from etl.home import VARIABLE
from warehouse.here import DATA_HOME

G1, G2, G3, G4, G5 = "概念验证及小试项目", "中试项目", "转化落地科技成果", "产值", "一核引领、多区联动"


def test_each_card_shows_what_the_command_line_says(read_only: Park, overview: Shown) -> None:
    values = read_only.values()
    for name, metric_id, target in ((G1, "g1_poc_small", "100 项"), (G2, "g2_pilot", "30 项"), (G3, "g3_landed", "20 项"), (G5, "g5_milestones", "13 项")):
        assert re.search(rf"<strong>{values[metric_id]:.0f}</strong><span>/ {target}", overview.card(name).html), name
    assert values["g4a_output_12m"] == Decimal("20570189.38")
    assert "<strong>2,057.0</strong><span>/ 200,000 万元</span>" in overview.card(G4).html


def test_the_title_is_the_finding(overview: Shown) -> None:
    assert overview.title == f"目标期已过 48.2%：{G1}、{G2}、{G3}慢于时序；{G4}近十二个月为目标的 1.0%"


def test_the_view_is_said_beside_it(read_only: Park, overview: Shown) -> None:
    current = read_only.home.store.current()
    assert current
    assert "数据截至 2026-10-31 知悉截至 2026-11-05 12:00 快照 " + current.snapshot in overview.text
    assert "演示数据" in overview.text


def test_each_column_of_the_zones_adds_up_to_its_card(overview: Shown) -> None:
    headings, *zones, total = overview.table("各空间进展")
    assert headings == ["空间", f"{G1}（项）", f"{G2}（项）", f"{G3}（项）", f"{G4}近十二个月（万元）", f"{G5}（项）"]
    assert [zone[0] for zone in zones[-2:]] == ["区外", "未落区"]
    assert len(zones) == 10
    for column in (1, 2, 3, 5):
        assert sum(int(zone[column]) for zone in zones) == int(total[column])
    assert abs(sum(Decimal(zone[4].replace(",", "")) for zone in zones) - Decimal(total[4].replace(",", ""))) <= Decimal("0.5")
    assert total[1:4] == ["3", "2", "2"]


def test_an_undecided_reading_carries_its_tag_and_the_other_readings_stand_beside_it(overview: Shown) -> None:
    g4 = overview.card(G4)
    assert "未定" in g4.text and "近十二个月" in g4.text
    for name, value in (("归因产值（当年）", "1,322.0"), ("归因产值（累计）", "1,322.0"), ("未归因产值（近十二个月）", "391.1")):
        assert re.search(rf"<dt>{name}.*?</dt><dd>{value}</dd>", g4.html), name
    assert "不折算每月需要数" in g4.text
    assert re.search(r'<dt>含存量<span class="pill warn">未定</span></dt><dd>5</dd>', overview.card(G1).html)


def test_a_card_leads_to_its_definition(overview: Shown) -> None:
    g1 = overview.card(G1)
    assert "口径第 1 版 · 拟定" in g1.text
    assert g1.html.count("取两个阶段中较早的首次进入日") >= 2  # on hover, and where the keyboard reaches
    assert "<summary" in g1.html
    assert "归口：科技创新促进中心" in g1.text and "归口：工信和数据局" in overview.card(G2).text


def test_a_bar_says_what_it_shows(overview: Shown) -> None:
    assert 'role="img" aria-label="完成 3.0%，时间已过 48.2%"' in overview.card(G1).html


def test_all_thirteen_milestones_are_listed_by_name_with_their_state(overview: Shown) -> None:
    g5 = overview.card(G5)
    lines = [re.sub(r"<[^>]*>", " ", line).split() for line in re.findall(r"<li>(.*?)</li>", g5.html)]
    assert [line[0] for line in lines[:6]] == ["“甘智汇”科创园总部", "研发实验区", "科创服务市场", "绿色金融大厦", "人才公寓", "科技成果会展中心"]
    assert [line[1:] for line in lines[:6]] == [["2025-09-01", "起", "已达到"], ["2025年12月", "起", "已达到"], *([["未达到"]] * 4)]
    assert lines[6:] == [["绿色化工", "2025-11-03", "起", "已达到"], ["生物医药", "2026-06-09", "起", "已达到"], ["新能源新材料", "未达到"],
                         ["数据信息", "未达到"], ["高端装备与智能制造", "未达到"], ["核技术应用", "未达到"], ["现代农业和农副产品加工", "2024-09-10", "起", "已达到"]]
    assert "距目标尚差 8 项；逐项核实" in g5.text
    assert "%" not in g5.text


def test_a_milestone_that_no_longer_stands_says_since_when(open_page: Open, home: Park) -> None:
    home.send("科技创新促进中心/阶段事件.csv", sample("stage_events").as_of("2026年11月3日").plus(
        "SJ-0021", 事件编号="SJ-0090", 事件="终止", 发生日期="2026年8月", 终止原因="技术不可行"))
    home.refresh()
    assert "现代农业和农副产品加工 2026年8月 起 未达到" in open_page().card(G5).text


def test_each_card_that_accumulates_says_how_it_came_to_be(overview: Shown) -> None:
    spoken = re.findall(r'class="drawing" role="img" aria-label="(.*?)"', overview.html)
    assert len(spoken) == 4
    assert spoken[0].startswith("各月末累计（项）：2025-09 0，2025-10 1，2025-11 1，")
    assert spoken[0].endswith("，2026-09 3，2026-10 3")
    assert spoken[3].startswith("近十二个月，逐月滚动（万元）：2025-09 —，2025-10 —，2025-11 —，2025-12 735.0，")
    assert 'class="drawing"' not in overview.card(G5).html


def test_before_the_first_month_is_over_there_is_no_course_to_draw(open_page: Open, read_only: Park) -> None:
    assert 'class="drawing"' not in open_page(as_of="2025-09-30").html


def test_numbers_and_cards_lead_to_their_rows_in_the_same_view(open_page: Open, read_only: Park) -> None:
    current = read_only.home.store.current()
    assert current
    shown = open_page(as_of="2026-10-15", snapshot=current.snapshot)
    view = f"as_of=2026-10-15&amp;snapshot={current.snapshot}"
    assert f'<a href="/goals?{view}&amp;goal=g2" target="_self" aria-label="走势、分空间与来源行 · {G2}">' in shown.card(G2).html
    table = next(each for each in re.findall("<table>.*?</table>", shown.html) if "各空间进展" in each)
    assert f'<a href="/goals?{view}&amp;goal=g2&amp;zone=bio" target="_self" aria-label="{G2} · 生物医药产业承载区 · 1">1</a>' in table
    numbers = [cell for row in shown.table("各空间进展")[1:] for cell in row[1:] if cell not in ("0", "—")]
    assert len(numbers) > 10
    assert table.count("<a ") == len(numbers)


def test_a_page_that_is_not_there_is_not_linked_to(overview: Shown, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<a " in overview.html
    monkeypatch.setattr("pages.frame.get_script_run_ctx", lambda: None)
    assert "/goals" not in open_page().html


def news_of(shown: Shown) -> str:
    [section] = re.findall(r'<section class="news">.*?</section>', shown.html)
    return Shown(html=section).text


def test_the_first_publication_says_that_it_is(overview: Shown) -> None:
    assert news_of(overview) == " 自上次发布以来 首次发布，没有更早的一期可比。 "


def test_what_is_new_since_the_last_publication_is_named(open_page: Open, home: Park) -> None:
    first = home.home.store.current()
    assert first
    told = sample("stage_events").as_of("2026年11月3日").but("SJ-0013", 状态="作废")
    home.send("科技创新促进中心/阶段事件.csv", told.plus("SJ-0010", 事件编号="SJ-0091", 项目编号="GZH-2026-0006", 发生日期="2026-11-01"))
    home.send("工信和数据局/产值.csv", sample("output_values").as_of("2026年11月3日").plus("2026年5月", 期间="2026年10月"))
    home.refresh()
    for shown in (open_page(), open_page(as_of="2026-02-01")):
        news = news_of(shown)
        assert f"{G1} +1 计入：（演示）医用同位素靶材制备 −1 不再计入：（演示）工业数据治理平台" in news
        assert f"{G4}近十二个月 +116.9 万元 由 2,057.0 万元 到 2,173.9 万元" in news
        assert f"{G2}、{G3}、{G5}没有变化。" in news
        assert "上一次发布于 2026-11-05 12:00，数据截至 2026-10-31；" in news
    assert "首次发布" in news_of(open_page(snapshot=first.snapshot))


def test_a_long_list_names_three_and_the_number(open_page: Open, empty: Park) -> None:
    empty.send_samples(lambda sheet: sheet.without("SJ-0010", "SJ-0013", "SJ-0015", "SJ-0008") if sheet.key == "事件编号" else sheet)
    empty.refresh()
    told = sample("stage_events").as_of("2026年11月3日")
    for number, project in (("SJ-0091", "GZH-2026-0006"), ("SJ-0092", "GZH-2024-0007")):
        told = told.plus("SJ-0010", 事件编号=number, 项目编号=project, 发生日期="2026-11-01")
    empty.send("科技创新促进中心/阶段事件.csv", told)
    empty.refresh()
    assert re.search(rf"{G1} \+4 计入：（演示）[^、 ]+、（演示）[^、 ]+、（演示）[^、 ]+ 等 4 项 ", news_of(open_page()))


def test_a_project_named_like_markup_stays_text(open_page: Open, home: Park) -> None:
    home.send("科技创新促进中心/项目库.csv", sample("projects").as_of("2026年11月3日").but("GZH-2026-0006", 项目名称="<img src=x onerror=alert(1)>"))
    home.send("科技创新促进中心/阶段事件.csv", sample("stage_events").as_of("2026年11月3日").plus(
        "SJ-0010", 事件编号="SJ-0091", 项目编号="GZH-2026-0006", 发生日期="2026-11-01"))
    home.refresh()
    shown = open_page()
    assert "计入：<img src=x onerror=alert(1)>" in news_of(shown)
    assert "<img" not in shown.html


def test_a_previous_snapshot_that_does_not_open_is_said_and_the_page_stands(open_page: Open, home: Park) -> None:
    first = home.home.store.current()
    assert first
    home.send("科技创新促进中心/阶段事件.csv", sample("stage_events").as_of("2026年11月3日"))
    home.refresh()
    path = home.home.store.path(first.snapshot)
    path.chmod(0o644)
    path.write_bytes(b"gone")
    shown = open_page()
    assert "上一次发布的一期打不开，不能比较。" in news_of(shown)
    assert shown.title.startswith("目标期已过 48.")


def test_beside_a_publication_without_a_file_there_is_nothing_to_compare(open_page: Open, empty: Park) -> None:
    empty.refresh()
    empty.send_samples()
    empty.refresh()
    assert "上一次发布时还没有任何部门的文件" in news_of(open_page())


def test_who_has_not_reported_is_named_with_what_it_may_understate(overview: Shown) -> None:
    assert f"工信和数据局 ：应用场景与友好单位、科技成果、阶段事件从未报送。{G1}、{G2}、{G3}、{G5}可能偏低。" in overview.text
    (_, *rows), (_, *in_time) = overview.table("报送情况"), overview.table("按期的报表")
    assert {row[1] for row in rows} == {"从未报送"} and {row[1] for row in in_time} == {"按期"}
    assert f"{len(in_time)}/{len(rows) + len(in_time)} 份报表按期" in overview.text and f"按期的 {len(in_time)} 份报表" in overview.text
    assert {"应用场景与友好单位", "科技成果"} <= {row[0] for row in rows} and {row[2] for row in rows} == {"—"}


def test_an_older_date_is_read_from_the_url(open_page: Open, read_only: Park) -> None:
    shown = open_page(as_of="2026-02-01")
    assert "数据截至 2026-02-01" in shown.text
    assert "<strong>1</strong><span>/ 100 项" in shown.card(G1).html


def test_an_older_snapshot_is_read_from_the_url(open_page: Open, home: Park) -> None:
    first = home.home.store.current()
    assert first
    home.send("科技创新促进中心/阶段事件.csv", sample("stage_events").as_of("2026年11月3日"))
    home.refresh()
    assert first.snapshot not in open_page().text
    shown = open_page(snapshot=first.snapshot)
    assert f"快照 {first.snapshot}" in shown.text and "数据截至 2026-10-31" in shown.text


@pytest.mark.parametrize(("asked", "said"), [
    ("明天", "“明天”不是日期"), ("20261031", "“20261031”不是日期"), ("2026-13-01", "“2026-13-01”不是日期"), ("", "“”不是日期"),
    ("<script>alert(1)</script>", "“<script>alert(1)</script>”不是日期"), ("9" * 10_000, f"“{'9' * 30}…”不是日期"),
    ("1999-01-01", "截至日 1999-01-01 不在可查范围内"), ("2099-01-01", "截至日 2099-01-01 不在可查范围内")])
def test_a_wrong_date_in_the_url_is_a_sentence_and_the_newest_date(open_page: Open, read_only: Park, asked: str, said: str) -> None:
    shown = open_page(as_of=asked)
    assert said in shown.text
    assert "现按 2026-10-31 显示。" in shown.text
    assert "<script" not in shown.html
    assert shown.title.startswith("目标期已过 48.2%")


@pytest.mark.parametrize("asked", ["20200101T000000000Z-0000", "../catalogue", "", "<img src=x onerror=alert(1)>", "a" * 10_000])
def test_a_wrong_snapshot_in_the_url_is_a_sentence_and_the_current_one(open_page: Open, read_only: Park, asked: str) -> None:
    shown = open_page(snapshot=asked)
    assert "没有这一期快照，现显示当前一期。" in shown.text
    assert "<img" not in shown.html
    assert shown.title.startswith("目标期已过 48.2%")


def test_a_snapshot_that_does_not_open_falls_back_with_a_notice(open_page: Open, home: Park) -> None:
    older = home.home.store.current()
    home.send("科技创新促进中心/阶段事件.csv", sample("stage_events").as_of("2026年11月3日"))
    newest = home.refresh().snapshot
    path = home.home.store.path(newest)
    path.chmod(0o644)
    path.write_bytes(b"not a database")
    assert older
    shown = open_page()
    assert f"最新一期（{newest}）打不开，现显示较早的一期 {older.snapshot}。" in shown.text
    assert "数据截至 2026-10-31" in shown.text
    assert f"snapshot“{newest}”：这一期快照打不开" in open_page(snapshot=newest).text


def test_where_no_snapshot_opens_it_says_so_and_shows_no_path(open_page: Open, home: Park, caplog: pytest.LogCaptureFixture) -> None:
    current = home.home.store.current()
    assert current
    path = home.home.store.path(current.snapshot)
    path.chmod(0o644)
    path.write_bytes(b"not a database")
    shown = open_page()
    assert shown.title == "数据暂时打不开"
    assert str(home.home.root) not in shown.html
    assert any(str(path) in str(record.exc_info) for record in caplog.records)


def test_before_anything_is_published_it_says_how_to_begin(open_page: Open, empty: Park) -> None:
    shown = open_page()
    assert shown.title == "还没有发布过数据"
    assert "python -m etl refresh" in shown.text
    assert "<article" not in shown.html


def test_a_snapshot_without_a_single_file_says_how_to_begin(open_page: Open, empty: Park) -> None:
    empty.refresh()
    assert open_page().title == "这一期里还没有任何部门的文件"
    assert open_page(as_of="2026-10-31").title == "这一期里还没有任何部门的文件"


def test_what_was_never_reported_is_a_dash_and_not_a_zero(open_page: Open, empty: Park) -> None:
    empty.send("科技创新促进中心/项目库.csv", sample("projects"))
    empty.refresh()
    shown = open_page(as_of="2026-09-30")
    assert shown.title == f"目标期已过 48.2%；{G1}、{G2}、{G3}、{G4}、{G5}因缺报尚不能知道"
    assert "<strong>—</strong>" in shown.card(G1).html and "不按 0 计" in shown.card(G1).text
    assert {cell for row in shown.table("各空间进展")[1:] for cell in row[1:]} == {"—"}


def test_a_park_without_a_single_project_is_a_page_of_zeros(open_page: Open, empty: Park) -> None:
    for feed in ("projects", "stage_events", "organizations", "outcomes"):
        empty.send(f"科技创新促进中心/{feed}.csv", sample(feed).only())
    empty.refresh()
    shown = open_page()
    assert shown.title == f"目标期已过 48.2%：{G1}、{G2}、{G3}慢于时序；{G4}因缺报尚不能知道"
    for name in (G1, G2, G3, G5):
        assert "<strong>0</strong>" in shown.card(name).html, name
    assert [set(column[1:]) for column in zip(*shown.table("各空间进展")[1:], strict=True)][1:] == [{"0"}, {"0"}, {"0"}, {"—"}, {"0"}]


def test_a_departments_words_never_become_markup(open_page: Open, home: Park) -> None:
    sender = "<img src=x onerror=alert(1)>"
    home.send(f"各产业园区管理运营主体/{sender}/阶段事件.csv", sample("stage_events").as_of("2026年7月31日"))
    home.refresh()
    shown = open_page()
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown.html
    assert "<img" not in shown.html
    assert any(sender in row for row in shown.table("报送情况"))


def test_another_data_home_in_the_same_process_is_another_page(open_page: Open, read_only: Park, empty: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_page().title == "还没有发布过数据"
    monkeypatch.setenv(VARIABLE, str(read_only.home.root))
    assert open_page().title.startswith("目标期已过 48.2%")


def test_pages_and_the_command_line_look_at_the_same_home() -> None:
    assert DATA_HOME == VARIABLE


def test_a_page_run_that_is_cached_asks_the_snapshot_almost_nothing(open_page: Open, read_only: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_page()
    calls: list[object] = []
    monkeypatch.setattr("pages.overview.goal_cards", lambda *arguments: calls.append(arguments))
    assert open_page().html == first.html
    assert calls == []


def test_the_page_needs_no_chart() -> None:
    pages = Path(__file__).parents[2] / "pages"
    drawn, ahead = set[str](), ["overview"]
    while ahead:
        drawn.add(module := ahead.pop())
        source = (pages / f"{module}.py").read_text(encoding="utf-8")
        assert not re.search(r"plotly|pydeck|charts|st\.(line_|bar_|area_|plotly_|vega_lite_|altair_|pydeck_)?chart|chart_data", source), module
        named = re.findall(r"^from pages\.(\w+) import", source, re.MULTILINE) + [
            each for names in re.findall(r"^from pages import (.*)", source, re.MULTILINE) for each in re.split(r",\s*", names)]
        ahead += set(named) - drawn
    assert {"overview", "cards", "news", "sparkline", "markup"} <= drawn
