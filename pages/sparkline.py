"""A sparkline: how a value came to be, small, without axes and without a chart library."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby

from analytics.course import Course, Point
from language import _
from pages.markup import Markup, el

WIDTH, HEIGHT, EDGE = 300, 48, 5  # of the drawing; the page stretches it, the strokes keep their width


def sparkline(course: Course, said: str, text: Callable[[Decimal | None], str]) -> Markup:
    """The course over its first and last month. `said`: what it shows; `text`: how a value is written, for those who hear the page.

    st.html takes <svg> out, and an <img> knows no colour of the page. So the drawing is a mask: what shows through it is the theme's colour.
    """
    first, last = course.points[0], course.points[-1]
    readings = _("，").join(f"{point.on:%Y-%m} {text(point.value)}" for point in course.points)
    return el("figure", drawn(course.points, _("{said}：{readings}", said=said, readings=readings)),
              el("figcaption", el("span", f"{first.on:%Y-%m}"), el("span", said), el("span", f"{last.on:%Y-%m}")), class_="spark")


def drawn(points: Sequence[Point], said: str) -> Markup:
    """The drawing alone. `said`: all that it shows, for those who hear the page."""
    image = f"url(data:image/svg+xml;base64,{base64.b64encode(drawing(points).encode()).decode()})"
    return el("div", class_="drawing", role="img", aria_label=said, style=f"-webkit-mask-image:{image};mask-image:{image}")


def drawing(points: Sequence[Point]) -> str:
    """The SVG: a line from nothing upwards, the ground below it, and a dot at V; broken where a value cannot be known."""
    highest = max((abs(point.value) for point in points if point.value is not None), default=Decimal(0)) or Decimal(1)
    begin, whole = points[0].on, max((points[-1].on - points[0].on).days, 1)

    def place(point: Point) -> str:
        x = EDGE + (point.on - begin).days / whole * (WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - max(float((point.value or Decimal(0)) / highest), 0) * (HEIGHT - 2 * EDGE)
        return f"{x:.1f} {y:.1f}"

    paths = []
    for is_known, run in groupby(points, key=lambda point: point.value is not None):
        if is_known:
            places = [place(point) for point in run]
            line = "L".join(places)
            foot = HEIGHT - EDGE
            paths.append(f'<path d="M{line}L{places[-1].split()[0]} {foot}L{places[0].split()[0]} {foot}Z" stroke="none" fill="#000" fill-opacity=".16"/>'
                         f'<path d="M{line}"/>')
    if points[-1].value is not None:
        paths.append(f'<path d="M{place(points[-1])}h.01" stroke-width="7"/>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"><style>path{{vector-effect:non-scaling-stroke}}'
            '</style><g fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
            f'{"".join(paths)}</g></svg>')
