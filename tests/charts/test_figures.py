"""Each figure shows every number of its frame, in the colours it is given, and asks nothing of another host."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from copy import copy

import polars as pl
import pytest

from charts import (
    bars,
    by_month,
    by_zone,
    calendar_of_flows,
    cash_flow,
    curve,
    curves,
    flow,
    intervals,
    matrix,
    nested,
    stacked,
    stages,
    states,
    treemap,
    waterfall,
)
from charts.burnup import FAN, SCHEMA, burnup
from charts.drawing import Drawing, drawing
from charts.theme import Palette, mix, template

LIGHT = Palette(paper="#ffffff", ink="#0c181d", quiet="#55646d", line="#dfe5e8", accent="#0b5c6b", second="#c7772c")
NAMES = {"done": "项目（期内新增）", "beside": "项目（含存量）", "plan": "拟定计划线"}
POINTS = pl.DataFrame([
    {"series": "done", "on": dt.date(2026, 1, 31), "value": 3.0, "said": "三"}, {"series": "done", "on": dt.date(2025, 12, 31), "value": None, "said": "—"},
    {"series": "done", "on": dt.date(2026, 2, 28), "value": 5.0, "said": "五"}, {"series": "beside", "on": dt.date(2026, 2, 28), "value": 9.0, "said": "九"},
    {"series": "plan", "on": dt.date(2026, 2, 28), "value": 4.2, "said": "计划"}], schema=SCHEMA)
BARS = pl.DataFrame([{"code": "chem", "name": "绿色化工", "value": 2.0, "said": "绿色化工 2 项", "label": "2"},
                     {"code": "bio", "name": "生物医药", "value": None, "said": "生物医药 —", "label": "—"}], schema=bars.SCHEMA)

FLOWS = pl.DataFrame([{"on": "2026-01", "out": -3.0, "back": None, "net": -3.0, "worth": None, "said": "一月"}], schema=cash_flow.SCHEMA)
MARKS = pl.DataFrame([{"row": "甲", "on": "2026-01-05", "value": 3.0, "kind": "called", "said": "实缴"}], schema=calendar_of_flows.SCHEMA)
CELLS = pl.DataFrame([("甲", "小试", 2.0, "2", "有", False, False), ("甲", "概念验证", None, "缺", "没有", True, False)], schema=matrix.SCHEMA, orient="row")
PARTS = pl.DataFrame([("chem", "绿色化工", "银行", 2.0, "二", "3"), ("chem", "绿色化工", "担保", 1.0, "一", "3")], schema=stacked.SCHEMA, orient="row")
TILES = pl.DataFrame([("all", "", "合计", "3", 3.0, "三", -1), ("chem", "all", "绿色化工", "3", 3.0, "三", 0)], schema=treemap.SCHEMA, orient="row")
STEPS = pl.DataFrame([("a", "初", 3.0, True, "三", "3"), ("b", "变", -1.0, False, "减一", "-1")], schema=waterfall.SCHEMA, orient="row")
BOXES = [states.State(code=code, column=0, row=row, label=code, count=row, said=code, tone="main") for row, code in enumerate(("先投", "转股"))]
FANS = pl.DataFrame([(dt.date(2026, 3, 31), 4.0, 5.0, 6.0, "扇")], schema=FAN, orient="row")
SPENDING = pl.DataFrame({"name": ["中央"], "said": ["中央"], "planned": [5.0], "spent": [None]}, schema_overrides={"spent": pl.Float64})
BANDS = pl.DataFrame([("in", "rd", 2, "on", "二"), ("rd", "out", 1, "out", "一")], schema=flow.SCHEMA, orient="row")
STEPS_DOWN = pl.DataFrame([("rd", 0.0, 0.0), ("rd", 3.0, 0.4)], schema=curves.SCHEMA, orient="row")
DOTS = pl.DataFrame([("rd", "研发", 0.4, 0.2, 0.6, "40%", "四成"), ("poc", "概念验证", None, None, None, "—", "没有")], schema=intervals.SCHEMA, orient="row")
IN_STAGE = pl.DataFrame([("rd", "研发", "active", "rd.active", 3, "三"), ("rd", "研发", "suspended", "rd.suspended", 1, "一")], schema=stages.SCHEMA, orient="row")
EVERY = {
    "bars by zone": by_zone.by_zone(BARS, palette=LIGHT), "columns by month": by_month.by_month(BARS, palette=LIGHT, chosen="chem"),
    "a burn-up": burnup(POINTS, names=NAMES, target=10.0, target_said="目标", palette=LIGHT, span=("2025-12-31", "2027-12-31"), fan=FANS, fan_names=("扇", "中")),
    "a calendar": calendar_of_flows.calendar_of_flows(MARKS, rows=["甲"], names={"called": "实缴", "paid": "分配"}, palette=LIGHT),
    "a J-curve": cash_flow.cash_flow(FLOWS, names={"out": "实缴", "back": "分配", "net": "累计", "worth": "净值"}, palette=LIGHT),
    "a year's flows": cash_flow.cash_flow(FLOWS, names={"out": "实缴", "back": "分配", "net": "累计", "worth": "净值"}, palette=LIGHT, is_yearly=True),
    "a concentration curve": curve.curve([(0, 0.0), (1, 1.0)], palette=LIGHT, named="累计", equal="相等", said=["零", "一"], axis="户数", marks=[(1, 1.0, "100%")]),
    "bands between stages": flow.flow(BANDS, nodes=["in", "rd", "out"], names={"in": "入", "rd": "研发", "out": "终止"}, palette=LIGHT),
    "shares over time": curves.curves(STEPS_DOWN, names={"rd": "研发"}, colours={"rd": LIGHT.accent}, palette=LIGHT, horizon=2.0, half=True, axis="月"),
    "shares by stage": intervals.by_stage(DOTS, palette=LIGHT, chosen="rd"), "shares by cohort": intervals.trend(DOTS, palette=LIGHT),
    "bars of stages": stages.stages(IN_STAGE, parts={"active": "在研", "suspended": "暂停"}, palette=LIGHT, chosen="rd"),
    "a matrix": matrix.matrix(CELLS, rows=["甲"], columns=["小试", "概念验证"], warn="#c7772c", palette=LIGHT),
    "bars within bars": nested.nested(SPENDING, steps=("planned", "spent"), names={"planned": "预算", "spent": "支出"}, palette=LIGHT),
    "bars of parts": stacked.stacked(PARTS, palette=LIGHT), "states": states.states(BOXES, [("先投", "转股")], palette=LIGHT, chosen="先投"),
    "tiles": treemap.treemap(TILES, palette=LIGHT), "a waterfall": waterfall.waterfall(STEPS, palette=LIGHT)}


@pytest.mark.parametrize("name", EVERY)
def test_plotly_knows_every_property_of_a_figure_and_would_send_it_as_it_was_written(name: str) -> None:
    figure = EVERY[name]
    assert figure.checked().to_dict() == figure.to_dict()
    assert copy(figure).to_dict() == figure.to_dict()


def test_a_property_that_plotly_does_not_know_is_refused_once_the_figure_is_looked_into() -> None:
    with pytest.raises(ValueError, match="colour"):
        drawing([{"type": "bar", "marker": {"colour": "red"}}], LIGHT).checked()


def test_a_burn_up_has_its_lines_in_order_of_days_with_a_gap_where_nothing_is_known() -> None:
    figure = burnup(POINTS, names=NAMES, target=10.0, target_said="目标 10 项", palette=LIGHT, chosen="2026-01-31").checked()
    lines = {line.name: line for line in figure.data}
    assert set(lines) == set(NAMES.values())
    done = lines[NAMES["done"]]
    assert list(done.x) == list(done.customdata) == ["2025-12-31", "2026-01-31", "2026-02-28"]
    assert list(done.y) == [None, 3.0, 5.0] and done.connectgaps is False
    assert done.marker.size[1] > done.marker.size[0]
    assert lines[NAMES["plan"]].mode == "lines" and lines[NAMES["plan"]].customdata is None
    assert figure.layout.shapes[0].y0 == 10.0 and figure.layout.annotations[0].text == "目标 10 项"
    assert figure.layout.yaxis.range[0] == 0 and figure.layout.yaxis.range[1] > 10


def test_a_reading_without_target_or_plan_has_neither() -> None:
    figure = burnup(POINTS.filter(pl.col("series") == "done"), names=NAMES, target=None, target_said="", palette=LIGHT).checked()
    assert len(figure.data) == 1 and not figure.layout.shapes and not figure.layout.annotations


@pytest.mark.parametrize("draw", [by_zone.by_zone, by_month.by_month])
def test_a_bar_carries_its_code_and_the_chosen_one_stands_out(draw: Callable[..., Drawing]) -> None:
    [plain], [chosen] = draw(BARS, palette=LIGHT).checked().data, draw(BARS, palette=LIGHT, chosen="chem").checked().data
    assert list(plain.customdata) == ["chem", "bio"] and list(plain.text) == ["2", "—"]
    assert list(plain.marker.color) == [LIGHT.accent, LIGHT.accent]
    assert list(chosen.marker.color) == [LIGHT.accent, LIGHT.faint] and LIGHT.faint != LIGHT.accent


@pytest.mark.parametrize("draw", [by_zone.by_zone, by_month.by_month])
def test_no_rows_make_an_empty_figure(draw: Callable[..., Drawing]) -> None:
    assert len(draw(BARS.clear(), palette=LIGHT).checked().data[0].customdata or ()) == 0


def test_a_figure_names_no_address_and_only_the_colours_of_its_scheme() -> None:
    text = burnup(POINTS, names=NAMES, target=10.0, target_said="目标", palette=LIGHT).checked().to_json() + by_zone.by_zone(BARS, palette=LIGHT).checked().to_json()
    assert "http" not in text
    given = {LIGHT.paper, LIGHT.ink, LIGHT.quiet, LIGHT.line, LIGHT.accent, LIGHT.second, LIGHT.faint, mix(LIGHT.accent, LIGHT.paper, 0.9)}
    assert set(re.findall(r"#[0-9a-fA-F]{6}", text)) <= given


def test_the_one_template_takes_the_ground_and_the_ink_of_the_scheme() -> None:
    layout = template(LIGHT)["layout"]
    assert (layout["paper_bgcolor"], layout["font"]["color"]) == (LIGHT.paper, LIGHT.ink)
    assert "sans-serif" in layout["font"]["family"]


def test_a_mixture_lies_between_its_colours() -> None:
    assert (mix("#000000", "#ffffff", 0.0), mix("#000000", "#ffffff", 1.0), mix("#000000", "#ffffff", 0.5)) == ("#000000", "#ffffff", "#808080")
