"""An address of a figure gives it for paper, with the numbers of the page and the words it needs without the page, or a sentence."""

from __future__ import annotations

import datetime as dt
import io
from itertools import product
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from asked import Answer, Get
from park import Park, sample
from PIL import Image

from analytics.access import Access, Role
from analytics.burnup import readings
from analytics.chosen import EVERYTHING
from analytics.exposure import COUNTED, exposure
from analytics.exposure_finding import exposure_finding
from analytics.format import money_unit
from analytics.funnel import STOCK, funnel
from analytics.goals import goal_cards
from analytics.outlook import outlook
from analytics.zones import zones
from charts.paper.rendering import NoChineseFont, NotDrawn
from exports import figure_routes
from exports.asking import SHORT
from exports.figures import figure
from exports.links import figure_url
from language import named
from serve import app
from warehouse.here import reader
from warehouse.known import view_date

DAY = dt.date(2026, 10, 31)
KINDS = ("way", "zones", "months")


def current(park: Park) -> str:
    found = park.home.store.current()
    assert found
    return found.snapshot


def texts(answer: Answer, within: str = "") -> list[str]:
    """Line by line; of the part of the drawing with this class."""
    parts = [each for each in ET.fromstring(answer.text).iter() if within in each.get("class", "")]
    return [each.text for each in parts[0].iter() if each.tag.endswith(("}text", "}tspan")) and each.text]


def numbers(answer: Answer) -> list[str]:
    """What is written at the bars."""
    return texts(answer, "layer_1_marks")


def in_use(park: Park) -> int:
    return sum(each.cursors for each in reader(park.home.root / "warehouse")._open.values())


def test_the_burn_up_says_the_finding_and_what_it_holds_for(read_only: Park, get: Get) -> None:
    answer = get(figure_url("g1_poc_small", "way", "svg", DAY, current(read_only)))
    assert answer.status == 200 and answer.headers["content-type"] == "image/svg+xml"
    said = texts(answer)
    assert "概念验证及小试项目（期内新增） 3 项，为目标的 3.0%：" in "".join(said)
    whole = "".join(said)
    for part in ("拟定计划线未经批准", "口径第 1 版 · 拟定；单位：项", "数据截至 2026-10-31", f"快照 {current(read_only)}", "演示数据", "来源：", "g1_poc_small",
                 "目标 100 项", "概念验证及小试项目（含存量）"):
        assert part in whole, part


def test_the_zones_are_those_of_the_page(read_only: Park, get: Get) -> None:
    answer = get("/figure/g1_poc_small-zones.svg")
    with read_only.open() as con:
        card, places = goal_cards(con, DAY)[0], zones(con)
    assert texts(answer)[:len(places)] == [place.name_zh.removesuffix("产业承载区").split("（")[0] for place in places]
    assert numbers(answer) == [f"{card.zones[place.zone_id]:.0f}" for place in places]


def test_the_months_add_up_to_the_card(read_only: Park, get: Get) -> None:
    answer = get("/figure/g1_poc_small_incl_stock-months.svg")
    assert "此前" in texts(answer) and "概念验证及小试项目（含存量） · 按发生月份（项）" in texts(answer)
    assert sum(map(int, numbers(answer))) == read_only.value("g1_poc_small_incl_stock")


def test_the_stages_are_those_of_the_funnel(read_only: Park, get: Get) -> None:
    answer = get("/figure/funnel_stock-stages.svg")
    with read_only.open() as con:
        seen = funnel(con, DAY, EVERYTHING)
    assert seen
    assert {named(stage) for stage in seen.stages} | {f"{seen.count(STOCK, stage)}" for stage in seen.stages} | {"推进中", "暂停", "停滞"} <= set(texts(answer))
    assert f"共 {seen.count(STOCK)} 项" in "".join(texts(answer))


def test_the_exposure_by_zone_and_by_group_is_that_of_the_page(read_only: Park, get: Get) -> None:
    with read_only.open() as con:
        seen = exposure(con, DAY)
    assert seen.total
    money = money_unit([seen.typical])
    assert exposure_finding(seen, money) in "".join(texts(get("/figure/exp_government-groups.svg")))
    by_zone = texts(get("/figure/exp_government-zones.svg"))
    [most] = seen.zones.group_by("zone_id").agg(pl.col("value").sum()).sort("value")["value"].to_list()[-1:]
    assert money.text(most) in by_zone and {named(seen.metrics[layer]) for layer in COUNTED} <= set(by_zone)


def test_the_fan_is_of_a_goal_that_has_a_forecast_and_of_all_zones(read_only: Park, get: Get) -> None:
    answer = get("/figure/g1_poc_small-fan.svg")
    with read_only.open() as con:
        told = outlook(con, DAY)
    assert told and told.forecast.goal("g1")
    assert any(text.startswith("预测 P10–P90") for text in texts(answer)) and "预测为模型推算，不是计划。" in "".join(texts(answer))
    for refused in ("g1_poc_small-fan.svg?zone=chem", "g1_poc_small_incl_stock-fan.svg", "g5_milestones-fan.svg"):
        assert get(f"/figure/{refused}").status == 404, refused


def test_a_picture_is_made_of_the_same(read_only: Park, get: Get) -> None:
    answer = get("/figure/g2_pilot-way.png")
    picture = Image.open(io.BytesIO(answer.body))
    assert (answer.headers["content-type"], answer.headers["content-length"]) == ("image/png", str(len(answer.body)))
    assert abs(picture.width - 1890) <= 1 and round(picture.info["dpi"][0]) == 300


def test_a_zone_is_named_and_its_numbers_are_its_own(read_only: Park, get: Get) -> None:
    whole = "".join(texts(get("/figure/g1_poc_small-way.svg?zone=chem")))
    value = read_only.value("g1_poc_small", zone="chem")
    assert f"绿色化工产业承载区：概念验证及小试项目（期内新增） {value:.0f} 项" in whole and "空间：绿色化工产业承载区" in whole and "拟定计划线" not in whole


def test_every_reading_of_every_goal_can_be_drawn_in_a_zone_and_in_all_and_at_any_time(read_only: Park) -> None:
    with read_only.open() as con:
        asked = [each.metric_id for card in goal_cards(con, view_date(con, None)) for each in readings(con, card)]
        assert len(asked) == 18
        views = [*product((None, "chem"), (None, dt.date(2025, 9, 29), dt.date(2024, 9, 15)))]
        for at, (metric_id, kind) in enumerate(product(asked, KINDS)):
            for zone, as_of in (views[0], views[1 + at % 5]):  # as it is now, and one of the other views, each of which every kind has
                drawing = figure(con, kind, metric_id, as_of, zone).drawing()  # type: ignore[arg-type]
                assert drawing["description"] and len(drawing["layer"]) > 3


@pytest.mark.parametrize("as_of", ["2024-09-15", "2025-09-29"])
def test_a_view_before_anything_happened_is_drawn(read_only: Park, get: Get, as_of: str) -> None:
    for kind in KINDS:
        assert get(f"/figure/g4a_output_12m-{kind}.svg?as_of={as_of}").status == 200


def test_the_file_is_named_for_what_it_is_and_kept_for_ever_under_its_address(read_only: Park, get: Get) -> None:
    full = get(figure_url("g1_poc_small", "zones", "svg", DAY, current(read_only), "chem"), method="HEAD")
    short = get("/figure/g1_poc_small-zones.svg?zone=chem", method="HEAD")
    name = unquote(full.headers["content-disposition"].partition("filename*=UTF-8''")[2])
    assert name == f"演示数据-概念验证及小试项目（期内新增）-分空间-绿色化工产业承载区-截至2026-10-31-{current(read_only)}.svg"
    assert full.headers["cache-control"] == "private, max-age=31536000, immutable" and short.headers["cache-control"] == "private, no-cache"
    assert full.headers["etag"] == short.headers["etag"] and full.body == b""


def test_each_choice_is_another_content_and_who_has_it_is_not_sent_it_again(read_only: Park, get: Get) -> None:
    addresses = [f"/figure/{metric}-{kind}.{fmt}?{asked}" for metric in ("g1_poc_small", "g2_pilot") for kind in KINDS for fmt in ("svg", "png")
                 for asked in ("", "zone=chem", "as_of=2026-09-30")]
    etags = [get(address, method="HEAD").headers["etag"] for address in addresses]
    assert len(set(etags)) == len(addresses) == 36
    again = get(addresses[0], headers={"If-None-Match": etags[0]})
    assert (again.status, again.body) == (304, b"")
    assert in_use(read_only) == 0


LONG = "x" * 10_000


@pytest.mark.parametrize(("address", "status", "says"), [
    ("/figure/g9-way.svg", 404, "没有指标“g9”。相近的：g"),
    ("/figure/中试项目-way.svg", 404, "没有指标“中试项目”"),
    ("/figure/g1_poc_small-pie.svg", 404, "图为 way、fan、zones、months、stages、groups 之一"),
    ("/figure/funnel_stock-way.svg", 404, "的图只有全部空间的：stages"),
    ("/figure/exp_government-zones.svg?zone=chem", 404, "的图只有全部空间的：zones、groups"),
    ("/figure/g1_poc_small-stages.svg", 404, "没有这种图。有的是：way、fan、zones、months"),
    ("/figure/g1_poc_small-way.pdf", 404, "/figure/指标代码-图.svg"),
    ("/figure/g1_poc_small.svg", 404, "图为 way、fan、zones、months、stages、groups 之一"),
    (f"/figure/{LONG}-way.svg", 404, "没有指标“x"),
    ("/figure/<script>-way.png", 404, "没有指标“<script>"),
    ("/figure/g1_poc_small-way.svg?zone=Chemistry", 404, "没有空间“Chemistry”。现有：core"),
    (f"/figure/g1_poc_small-way.svg?zone={LONG}", 404, "没有空间“x"),
    ("/figure/g1_poc_small-way.svg?snapshot=../../etc/passwd", 404, "没有快照"),
    ("/figure/g1_poc_small-way.svg?as_of=2026-13-01", 400, "不是日期，应为 2026-10-31 这样的日期"),
    ("/figure/g1_poc_small-way.svg?as_of=2031-01-01", 400, "2026-10-31"),
])
def test_a_wrong_address_gets_a_sentence(read_only: Park, get: Get, address: str, status: int, says: str) -> None:
    answer = get(address)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert says in answer.text and len(answer.text) < 40 * SHORT
    assert answer.headers["cache-control"] == "no-store" and in_use(read_only) == 0


def test_without_any_snapshot_it_says_how_to_begin(empty: Park, get: Get) -> None:
    answer = get("/figure/g1_poc_small-way.svg")
    assert answer.status == 404 and "还没有发布过数据" in answer.text


def test_without_a_single_project_the_figure_says_that_nothing_can_be_known(empty: Park, get: Get) -> None:
    empty.send("科技创新促进中心/主体库.csv", sample("organizations"))
    empty.refresh()
    assert "因缺报尚不能知道" in "".join(texts(get("/figure/g1_poc_small-way.svg")))
    assert texts(get("/figure/g1_poc_small-zones.svg")).count("—") == 10


@pytest.mark.parametrize(("problem", "says"), [(NoChineseFont(), "请：下载 SVG"), (NotDrawn("killed"), "图没有画成")])
def test_a_figure_that_cannot_be_drawn_says_so(read_only: Park, get: Get, monkeypatch: pytest.MonkeyPatch, problem: Exception, says: str) -> None:
    def fails(*_: object) -> bytes:
        raise problem

    monkeypatch.setattr(figure_routes, "rendered", fails)
    answer = get("/figure/g1_poc_small-way.png")
    assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
    assert says in answer.text and "killed" not in answer.text and in_use(read_only) == 0


def test_who_may_not_export_gets_no_figure(read_only: Park, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_routes, "access_of", lambda _request: Access(subject="a", name="a", role=Role.VIEWER, departments=frozenset()))
    assert get("/figure/g1_poc_small-way.svg").status == 403


def test_the_server_has_the_figures() -> None:
    assert any(getattr(route, "path", "") == "/figure/{name}" for route in app._user_routes)
