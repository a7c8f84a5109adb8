"""A sparkline as it is drawn: where its points lie, where it is broken, and what it says."""

from __future__ import annotations

import base64
import datetime as dt
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from analytics.course import Course, Point
from analytics.format import count
from pages.sparkline import EDGE, HEIGHT, WIDTH, drawing, sparkline
from warehouse.metric import Metric

METRIC = Metric(metric_id="m", version=1, name_zh="数", name_en="number", unit="项", status="拟定", statement_zh="", statement_en="", is_zoned=True, feeds=())


def course(*values: int | None) -> Course:
    """One point a month, from the end of January 2026."""
    ends = [dt.date(2026 + at // 12, at % 12 + 1, 28) for at in range(len(values))]
    return Course(metric=METRIC, points=tuple(Point(on=on, value=None if value is None else Decimal(value)) for on, value in zip(ends, values, strict=True)))


def lines(drawn: str) -> list[list[tuple[float, ...]]]:
    """The points of each stroked line, left to right; the dot is a line of one point."""
    paths = [each.attrib for each in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}path") if "fill" not in each.attrib]
    return [[(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path["d"])] for path in paths]


def test_the_highest_value_is_at_the_top_and_nothing_at_the_bottom() -> None:
    line, dot = lines(drawing(course(0, 5, 10).points))
    assert [line[0], line[-1]] == [(EDGE, HEIGHT - EDGE), (WIDTH - EDGE, EDGE)]
    assert line[1][1] == HEIGHT / 2
    assert dot == [line[-1]]


def test_points_lie_where_their_days_lie() -> None:
    [line, _] = lines(drawing(course(1, 1, 1).points))
    assert line[1][0] == pytest.approx(EDGE + 31 / 59 * (WIDTH - 2 * EDGE), abs=0.06)  # January has 31 days, February 28


def test_the_line_is_broken_where_a_value_is_not_known() -> None:
    first, second, dot = lines(drawing(course(None, 1, 2, None, 3).points))
    assert (len(first), len(second), dot) == (2, 1, second)


def test_an_unknown_last_value_has_no_dot() -> None:
    assert len(lines(drawing(course(1, 2, None).points))) == 1


@pytest.mark.parametrize("values", [(0, 0, 0), (None, None), (0, None, 0)])
def test_nothing_at_all_can_be_drawn(values: tuple[int | None, ...]) -> None:
    assert {y for line in lines(drawing(course(*values).points)) for _, y in line} <= {HEIGHT - EDGE}


def test_it_tells_every_value_to_those_who_do_not_see_it() -> None:
    made = sparkline(course(1, None, 1234), "累计", count)
    assert 'role="img" aria-label="累计：2026-01 1，2026-02 —，2026-03 1,234"' in made
    assert "<span>2026-01</span><span>累计</span><span>2026-03</span>" in made


def test_its_picture_is_in_the_page_and_is_the_drawing() -> None:
    made = sparkline(course(1, 2), "累计", count)
    pictures = re.findall(r"url\(data:image/svg\+xml;base64,([^)]*)\)", made)
    assert len(pictures) == 2  # with and without the prefix that older browsers need
    assert {base64.b64decode(each).decode() for each in pictures} == {drawing(course(1, 2).points)}
    assert "<svg" not in made
