"""What the views of 基金敞口 share: boxes, limits, the rows behind a metric, and a word where a snapshot is older than the view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb
import streamlit as st

from analytics.drill import Drilled, Narrow, drill
from analytics.format import UNKNOWN, Amount, Money, day, percent
from analytics.limits import SHARE, TIMES, Limit, State
from analytics.reporting import Reporting, reporting
from analytics.zones import Zone, zones
from charts.drawing import Drawing
from exports.links import FORMATS, export_url
from language import N_, SOURCE, _, named, spoken
from pages import frame, goal_rows
from pages.choices import Choice, choose, picker
from pages.cite import cite, dictionary
from pages.definition import statement
from pages.goal_choices import CONFIG
from pages.goal_words import ALL_ZONES
from pages.markup import Markup, el, pill
from pages.paper import links
from pages.tables import wide
from pages.view import View
from warehouse.metric import Metric

STATES: Mapping[State, tuple[str, str]] = {"unset": ("warn", "未定"), "unknown": ("warn", UNKNOWN), "within": ("good", N_("限额内")), "over": ("bad", N_("超限额"))}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What every view needs to know of a snapshot. `money`: the unit of all the page's amounts is chosen by the view."""

    reporting: Reporting
    zones: Mapping[str, Zone]
    metrics: Mapping[str, Metric]


def known(view: View) -> Known:
    """Of the view. Where its snapshot is older than these tables, says so and ends the run."""
    found = _known(*view.key, _cursor=view.cursor)
    if "exp_government" not in found.metrics:
        frame.title(view, _("这一期没有敞口的表"), found.reporting)
        frame.draw(el("p", _("这一期快照做成时还没有这些指标。请：查看较新的一期。"), class_="quiet"))
        st.stop()
    return found


def zone_choice(places: Mapping[str, Zone]) -> Choice:
    """Which zone, or all of them."""
    return choose("zone", {"": _(ALL_ZONES)} | {each: named(place) for each, place in places.items()}, default="", title=_("空间"))


def boxes(*given: Markup) -> Markup:
    """Numbers side by side, four to a row."""
    return el("div", *given, class_="state four")


def share(value: Decimal | float | None) -> str:
    """0.083 → 8.3%."""
    return UNKNOWN if value is None else percent(Decimal(str(value)))


def times(value: Decimal | float | None) -> str:
    """3.007 → 3.01 倍."""
    return UNKNOWN if value is None else _("{number} 倍", number=f"{float(value):.2f}")


def undecided() -> Markup:
    """The tag of what the joint meeting has not decided."""
    return pill(_("未定"), "warn")


def drawn(figure: Drawing, alt: str, key: str) -> None:
    """A figure that only shows."""
    st.plotly_chart(figure, theme=None, key=key, config=CONFIG, alt=alt)


def heading(what: str, hint: str = "", files: Sequence[tuple[str, str]] = ()) -> Markup:
    """Above a figure. `files`: kind and address of the figure for paper."""
    return el("div", el("h2", what), el("p", hint, class_="quiet") if hint else "", links(what, files) if files else "", class_="figure")


def limit_table(rows: Sequence[tuple[Limit, Decimal | float | None]]) -> Markup:
    """Limits beside what was measured: set ones with source and date, the others 未定, with what others do."""
    cells = [[named(limit), _measured(limit, value), _measured(limit, limit.value) if limit.value is not None else undecided(), judged(limit.judge(value)),
              el("span", limit.source or "", f" · {day(limit.valid_from)}" if limit.valid_from else "") if limit.source else el("span", UNKNOWN, class_="zero"),
              limit.comparator or UNKNOWN] for limit, value in rows]
    return el("section", el("h2", _("限额")), wide(_("限额"), [_("限额"), _("现为"), _("取值"), _("状态"), _("依据与日期"), _("别处的做法（仅供参考，不作默认）")],
                                                 cells, numbers=(1,)),
              el("p", _("限额由联席会议决定，由数据管理员登记；没有决定的不替它决定。"), class_="quiet"), class_="rows limits")


def _measured(limit: Limit, value: Decimal | float | None) -> str:
    return share(value) if limit.unit == SHARE else times(value) if limit.unit == TIMES else UNKNOWN if value is None else f"{value:,.0f}"


def judged(state: State) -> Markup:
    """Whether a limit is kept, as a tag."""
    tone, word = STATES[state]
    return pill(word if word == UNKNOWN else _(word), tone)


def definitions(told: Sequence[Metric]) -> Markup:
    """Of each metric: version, state, words."""
    lines = [el("div", el("dt", named(each), " ", el("code", each.metric_id), " ", pill(_(each.status), "warn" if each.status == "未定" else "plain")),
                el("dd", statement(each), " ", cite(each.metric_id))) for each in told]
    return el("details", el("summary", _("口径与算法")), el("dl", *lines), class_="definition")


def rows(view: View, about: Mapping[str, Metric], zone: Choice, places: Mapping[str, Zone], money: Money, *, narrow: Narrow, of: str,
         title: str, extra: Sequence[tuple[Choice, str]] = ()) -> None:
    """The rows of one of these metrics, the one that the URL names as `layer`, with the pickers above them. `of`: what they are narrowed to, in words."""
    layer = choose("layer", {each: named(metric) for each, metric in about.items()}, default=next(iter(about)), title=title)
    metric = about[layer.code]
    amount = Amount(metric.unit, money)
    code = zone.code if metric.is_zoned else ""
    found = _drilled(*view.key, layer.code, code or None, narrow, _cursor=view.cursor)
    files = [(name, export_url(layer.code, name, view.as_of, view.snapshot, code or None, None, None if spoken() == SOURCE else spoken(), org=narrow.org,
                               direction=narrow.direction, stage=narrow.stage, category=narrow.category, entity=narrow.entity)) for name in FORMATS]
    frame.draw(el("section", el("h2", _("计入的行")), id="rows"), el("p", layer.notice, class_="notice", role="status") if layer.notice else "")
    with st.container(horizontal=True, key="row-choices"):
        picker(layer, title, st.selectbox, default=next(iter(about)))
        for choice, name in extra:
            picker(choice, name, st.selectbox, default="")
    said = " · ".join(part for part in (named(metric), of, goal_rows.chosen_rows(places.get(code), "", view.as_of)) if part)
    frame.draw(el("section", goal_rows.rows(found, amount, said, files), class_="rows"), definitions(list(about.values())), frame.source())


def join_lines(lines: Sequence[str]) -> Markup:
    """Short sentences one under the other."""
    return el("div", *(el("p", line, class_="quiet") for line in lines), class_="notes") if lines else Markup()


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    return Known(reporting=reporting(_cursor, today, as_of), zones={each.zone_id: each for each in zones(_cursor)},
                 metrics=dictionary())


@st.cache_data(max_entries=256, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, zone_id: str | None, narrow: Narrow, *,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    return drill(_cursor, metric_id, as_of=as_of, zone_id=zone_id, narrow=narrow)
