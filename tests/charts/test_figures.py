"""Each figure shows every number of its frame, in the colours it is given, and asks nothing of another host."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import plotly.graph_objects as go
import polars as pl
import pytest

from charts import bars, by_month, by_zone
from charts.burnup import SCHEMA, burnup
from charts.theme import Palette, mix, template

LIGHT = Palette(paper="#ffffff", ink="#0c181d", quiet="#55646d", line="#dfe5e8", accent="#0b5c6b", second="#c7772c")
NAMES = {"done": "项目（期内新增）", "beside": "项目（含存量）", "plan": "拟定计划线"}
POINTS = pl.DataFrame([
    {"series": "done", "on": dt.date(2026, 1, 31), "value": 3.0, "said": "三"}, {"series": "done", "on": dt.date(2025, 12, 31), "value": None, "said": "—"},
    {"series": "done", "on": dt.date(2026, 2, 28), "value": 5.0, "said": "五"}, {"series": "beside", "on": dt.date(2026, 2, 28), "value": 9.0, "said": "九"},
    {"series": "plan", "on": dt.date(2026, 2, 28), "value": 4.2, "said": "计划"}], schema=SCHEMA)
BARS = pl.DataFrame([{"code": "chem", "name": "绿色化工", "value": 2.0, "said": "绿色化工 2 项", "label": "2"},
                     {"code": "bio", "name": "生物医药", "value": None, "said": "生物医药 —", "label": "—"}], schema=bars.SCHEMA)


def test_a_burn_up_has_its_lines_in_order_of_days_with_a_gap_where_nothing_is_known() -> None:
    figure = burnup(POINTS, names=NAMES, target=10.0, target_said="目标 10 项", palette=LIGHT, chosen="2026-01-31")
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
    figure = burnup(POINTS.filter(pl.col("series") == "done"), names=NAMES, target=None, target_said="", palette=LIGHT)
    assert len(figure.data) == 1 and not figure.layout.shapes and not figure.layout.annotations


@pytest.mark.parametrize("draw", [by_zone.by_zone, by_month.by_month])
def test_a_bar_carries_its_code_and_the_chosen_one_stands_out(draw: Callable[..., go.Figure]) -> None:
    [plain], [chosen] = draw(BARS, palette=LIGHT).data, draw(BARS, palette=LIGHT, chosen="chem").data
    assert list(plain.customdata) == ["chem", "bio"] and list(plain.text) == ["2", "—"]
    assert list(plain.marker.color) == [LIGHT.accent, LIGHT.accent]
    assert list(chosen.marker.color) == [LIGHT.accent, LIGHT.faint] and LIGHT.faint != LIGHT.accent


@pytest.mark.parametrize("draw", [by_zone.by_zone, by_month.by_month])
def test_no_rows_make_an_empty_figure(draw: Callable[..., go.Figure]) -> None:
    assert len(draw(BARS.clear(), palette=LIGHT).data[0].customdata or ()) == 0


def test_a_figure_names_no_address_and_only_the_colours_of_its_scheme() -> None:
    text = burnup(POINTS, names=NAMES, target=10.0, target_said="目标", palette=LIGHT).to_json() + by_zone.by_zone(BARS, palette=LIGHT).to_json()
    assert "http" not in text
    given = {LIGHT.paper, LIGHT.ink, LIGHT.quiet, LIGHT.line, LIGHT.accent, LIGHT.second, LIGHT.faint, mix(LIGHT.accent, LIGHT.paper, 0.9)}
    assert set(re.findall(r"#[0-9a-fA-F]{6}", text)) <= given


def test_the_one_template_takes_the_ground_and_the_ink_of_the_scheme() -> None:
    layout = template(LIGHT).layout
    assert (layout.paper_bgcolor, layout.font.color) == (LIGHT.paper, LIGHT.ink)
    assert "sans-serif" in layout.font.family


def test_a_mixture_lies_between_its_colours() -> None:
    assert (mix("#000000", "#ffffff", 0.0), mix("#000000", "#ffffff", 1.0), mix("#000000", "#ffffff", 0.5)) == ("#000000", "#ffffff", "#808080")
