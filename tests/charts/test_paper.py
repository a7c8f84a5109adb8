"""A figure for paper says every number as text, has its size, and is read without colour."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from PIL import Image

from charts import bars as frames
from charts.burnup import FAN, SCHEMA
from charts.paper import bars
from charts.paper.burnup import burnup
from charts.paper.rendering import NoChineseFont, NotDrawn, rendered, rendered_both
from charts.paper.sheet import EDGE, TITLE, WIDTH, Drawing, Words, width_of, wrapped
from charts.paper.stacked import stacked
from charts.stacked import SCHEMA as PARTS

WORDS = Words(title="中试项目（期内新增） 9 项，为目标的 30.0%：比拟定计划线少 4.7 项，此后每月需 1.5 项",
              facts=("口径第 1 版；单位：项。", "数据截至 2026-02-28。演示数据。"),
              source="来源：部门报送文件。", alt="各月末读数")
NAMES = {"done": "中试项目（期内新增）", "beside": "中试项目（含存量）", "plan": "拟定计划线"}
SAID = {"done": "9 项", "beside": "34 项"}
MONTH_ENDS = [dt.date(2025, 12, 31), dt.date(2026, 1, 31), dt.date(2026, 2, 28)]
POINTS = pl.DataFrame([{"series": series, "on": on, "value": value, "said": ""} for series, values in (
    ("done", (4.0, None, 9.0)), ("beside", (29.0, 31.0, 34.0)), ("plan", (5.0, 9.0, 13.7))) for on, value in zip(MONTH_ENDS, values, strict=True)], schema=SCHEMA)
BARS = pl.DataFrame([{"code": "chem", "name": "绿色化工", "value": 1234.0, "said": "", "label": "1,234"},
                     {"code": "bio", "name": "生物医药", "value": 0.0, "said": "", "label": "0"},
                     {"code": "data", "name": "数据信息", "value": None, "said": "", "label": "—"}], schema=frames.SCHEMA)


def way(points: pl.DataFrame = POINTS) -> Drawing:
    return burnup(points, WORDS, names=NAMES, said=SAID, target=30.0, target_said="目标 30 项", span=("2025-09-29", "2027-12-31"))


AHEAD = pl.DataFrame([{"on": on, "low": low, "middle": middle, "high": high, "said": ""} for on, low, middle, high in (
    (dt.date(2026, 2, 28), 9.0, 9.0, 9.0), (dt.date(2026, 12, 31), 15.0, 20.0, 26.0), (dt.date(2027, 12, 31), 24.0, 31.0, 44.0))], schema=FAN)


def ahead() -> Drawing:
    return burnup(POINTS, WORDS, names=NAMES, said=SAID, target=30.0, target_said="目标 30 项", span=("2025-09-29", "2027-12-31"), fan=AHEAD,
                  fan_names=("预测 P10–P90", "预测中位数"), fan_said=("24–44 项", "31 项"))


LAYERS = pl.DataFrame([{"code": code, "name": name, "part": part, "value": value, "said": "", "label": label} for code, name, label, values in (
    ("chem", "绿色化工", "7.5", (4.0, 0.0, 3.5)), ("bio", "生物医药", "6.0", (1.0, 2.0, 3.0))) for part, value in zip(("直接股权", "担保", "补偿池或有"), values,
                                                                                                                           strict=True)], schema=PARTS)


def drawn(drawing: Drawing) -> ET.Element:
    return ET.fromstring(rendered(drawing, "svg"))


def texts(svg: ET.Element) -> list[str]:
    """Line by line."""
    return [each.text for each in svg.iter() if each.tag.endswith(("}text", "}tspan")) and each.text]


def strokes(svg: ET.Element) -> set[tuple[str | None, str | None]]:
    """Dashes and width of every line of data."""
    groups = [each for each in svg.iter() if "mark-line" in each.get("class", "")]
    return {(path.get("stroke-dasharray"), path.get("stroke-width")) for group in groups for path in group.iter() if path.tag.endswith("}path")}


def shade(colour: str) -> float:
    """How light a colour is printed without colours, 0–255."""
    red, green, blue = (int(colour[at:at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_a_burn_up_names_each_line_at_the_line_and_says_what_it_is() -> None:
    said = texts(drawn(way()))
    assert {"中试项目（期内新增） 9 项", "中试项目（含存量） 34 项", "拟定计划线", "目标 30 项", "来源：部门报送文件。", "数据截至 2026-02-28。演示数据。"} <= set(said)
    assert "".join(WORDS.title.split()) in "".join("".join(said).split())
    assert {"0", "10", "20", "30", "2025-12", "2027-12"} <= set(said)


def test_the_lines_differ_without_colour() -> None:
    svg = drawn(way())
    assert len(strokes(svg)) == 3
    assert sum(dashes is None for dashes, _ in strokes(svg)) == 1
    dots = [each.get("d", "") for group in svg.iter() if "mark-symbol" in group.get("class", "") for each in group.iter() if each.tag.endswith("}path")]
    assert sum("A" in each for each in dots) == 2  # circles: the month that nobody knows has none
    assert sum("h" in each for each in dots) == 3


def test_what_may_come_is_a_pale_band_named_with_its_end() -> None:
    svg = drawn(ahead())
    assert {"预测 P10–P90 24–44 项", "预测中位数 31 项", "目标 30 项", "中试项目（期内新增） 9 项"} <= set(texts(svg))
    [band] = [each.get("fill", "") for group in svg.iter() if "mark-area" in group.get("class", "") for each in group.iter() if each.tag.endswith("}path")]
    assert 215 < shade(band) < 245
    assert len(strokes(svg)) == 5  # done, beside, plan, the band's edges and its middle


def test_the_parts_of_a_bar_differ_without_colour_and_the_whole_is_written_at_its_end() -> None:
    svg = drawn(stacked(LAYERS, WORDS))
    assert {"绿色化工", "生物医药", "直接股权", "担保", "补偿池或有", "7.5", "6.0"} <= set(texts(svg))
    fills = [each.get("fill", "") for group in svg.iter() if "mark-rect" in group.get("class", "") for each in group.iter() if each.tag.endswith("}path")]
    assert len(fills) == 5  # what is nothing has no bar
    assert len(set(fills)) == 3 and min(abs(shade(one) - shade(other)) for one, other in pairwise(sorted(set(fills), key=shade))) > 40


def test_many_figures_in_one_process_are_those_of_each_alone() -> None:
    drawings = [ahead(), stacked(LAYERS, WORDS)]
    assert rendered_both(drawings) == [(rendered(each, "svg"), rendered(each, "png")) for each in drawings]


def test_what_cannot_be_known_is_a_gap() -> None:
    svg = drawn(way(POINTS.filter(pl.col("series") == "done")))
    [line] = [each.get("d", "") for group in svg.iter() if "mark-line" in group.get("class", "") for each in group.iter() if each.tag.endswith("}path")]
    assert line.count("M") == 2


@pytest.mark.parametrize("draw", [bars.by_zone, bars.by_month])
def test_every_bar_has_its_name_and_its_number(draw: object) -> None:
    svg = drawn(draw(BARS, WORDS))  # type: ignore[operator]
    assert {"绿色化工", "生物医药", "数据信息", "1,234", "0", "—"} <= set(texts(svg))


@pytest.mark.parametrize("draw", [bars.by_zone, bars.by_month])
def test_the_chosen_bar_is_dark_and_the_others_are_outlined(draw: object) -> None:
    more = BARS.with_columns(value=pl.lit(5.0))
    svg = drawn(draw(more, WORDS, chosen="bio"))  # type: ignore[operator]
    fills = [each.get("fill", "") for group in svg.iter() if "mark-rect" in group.get("class", "") for each in group.iter() if each.tag.endswith("}path")]
    assert len(fills) == 3
    assert shade(fills[0]) - shade(fills[1]) > 120
    assert fills[0] == fills[2]


def test_the_order_of_the_frame_is_kept_where_a_month_has_nothing() -> None:
    months = pl.DataFrame([{"code": f"2026-0{at}", "name": str(at), "value": value, "said": "", "label": str(value)} for at, value in enumerate((0.0, 3.0, 0.0, 2.0), 1)],
                          schema=frames.SCHEMA)
    assert [each for each in texts(drawn(bars.by_month(months, WORDS))) if each in "1234"] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("drawing", [way(), way(POINTS.clear()), bars.by_zone(BARS, WORDS), bars.by_zone(BARS.clear(), WORDS), bars.by_month(BARS.clear(), WORDS),
                                     ahead(), stacked(LAYERS, WORDS), stacked(LAYERS.clear(), WORDS)],
                         ids=["way", "nothing", "zones", "no zones", "no months", "ahead", "layers", "no layers"])
def test_a_drawing_is_as_wide_as_the_text_of_a_page_and_asks_no_other_host(drawing: Drawing) -> None:
    text = rendered(drawing, "svg").decode()
    svg = ET.fromstring(text)
    assert (svg.get("width"), svg.get("height"), svg.get("aria-label")) == ("16cm", "9cm", WORDS.alt)
    assert [round(float(each), 2) for each in svg.get("viewBox", "").split()] == [0, 0, 453.54, 255.12]
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_a_picture_has_300_dots_an_inch_and_white_ground() -> None:
    picture = Image.open(io.BytesIO(rendered(way(), "png")))
    assert abs(picture.width - 16 / 2.54 * 300) <= 1 and abs(picture.height - 9 / 2.54 * 300) <= 1
    assert [round(each) for each in picture.info["dpi"]] == [300, 300]
    assert picture.getpixel((1, 1)) == (255, 255, 255, 255)


@pytest.mark.parametrize("fmt", ["svg", "png"])
def test_the_same_drawing_is_the_same_bytes(fmt: str) -> None:
    assert rendered(way(), fmt) == rendered(json.loads(json.dumps(way())), fmt)  # type: ignore[arg-type]


def test_without_a_chinese_font_no_picture_is_made_and_a_drawing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig><dir>{tmp_path}</dir></fontconfig>', encoding="utf-8")
    with_font = rendered(way(), "svg")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(NoChineseFont):
        rendered(way(), "png")
    assert rendered(way(), "svg") == with_font


def test_a_drawing_that_would_fetch_something_is_not_made() -> None:
    drawing = way()
    drawing["layer"].append({"data": {"url": "http://203.0.113.1/x.json"}, "mark": "bar", "encoding": {}})
    with pytest.raises(NotDrawn, match="not allowed"):
        rendered(drawing, "svg")


@pytest.mark.parametrize("text", [WORDS.title, "x" * 30 + "，" + "很长的一句没有标点的话" * 12, "（期内新增）" * 30])
def test_a_long_title_is_broken_into_lines_that_fit(text: str) -> None:
    lines = wrapped(text, TITLE, WIDTH - 2 * EDGE)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, TITLE) <= WIDTH - 2 * EDGE for line in lines)
    assert not any(line[0] in "，。；：、）" for line in lines)
