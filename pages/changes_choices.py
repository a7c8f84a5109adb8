"""What can be chosen on the page of changes: from where to where, one zone or department, one metric, and the term whose rows are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.change_bridge import Changes, MetricChange
from analytics.changes_said import as_said, word
from analytics.comparing import Point
from analytics.snapshot import SHANGHAI
from analytics.zones import Zone
from language import _, either, named
from pages.choices import Choice, choose, picker
from pages.view import View
from warehouse.here import reader, store_root
from warehouse.known import OutOfRange, iso_day, span, view_date
from warehouse.pins import Pin, pins
from warehouse.restated import Made, made


@dataclass(frozen=True, kw_only=True)
class End:
    """One end of the comparison, as the address asks. `pin` None: the view of this run."""

    point: Point
    made: Made
    pin: Pin | None
    notice: str | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`begin` None: there is nothing before the other end, which is the baseline."""

    begin: End | None
    end: End
    from_: Choice
    to: Choice
    zone: Choice
    department: Choice

    @property
    def notices(self) -> tuple[str, ...]:
        ends = [each.notice for each in (self.begin, self.end) if each]
        return tuple(each for each in (*ends, *(choice.notice for choice in (self.from_, self.to, self.zone, self.department))) if each)


def asked(view: View, zones: Sequence[Zone], departments: Mapping[str, tuple[str, str | None]]) -> Asked:
    """As the URL asks. Without `from`: the issue before, else the newest publication whose newest day is before the one shown."""
    known = pins(store_root().parent)
    by_name = {each.name: each for each in reversed(known)}
    to = choose("to", {"": _("现在所看的一期")} | {name: _title(pin) for name, pin in by_name.items()}, default="", title=_("本期"))
    end = _end(view, by_name.get(to.code), "to_as_of")
    earlier = {name: pin for name, pin in by_name.items() if pin.snapshot != end.point.snapshot and _place(known, pin.snapshot) < _place(known, end.point.snapshot)}
    others = earlier | {name: pin for name, pin in by_name.items() if name not in earlier}  # one may look back, and at one snapshot on two days
    default = _default(view, list(earlier.values()), end)
    from_ = choose("from", {name: _title(pin) for name, pin in others.items()}, default=default or next(iter(others)), title=_("上期"))
    is_asked = from_.notice is None and "from" in st.query_params
    return Asked(
        begin=_end(view, others[from_.code], "from_as_of") if default or is_asked else None, end=end, from_=from_, to=to,
        zone=choose("zone", {"": _("全部空间")} | {each.zone_id: named(each) for each in zones}, default="", title=_("空间")),
        department=choose("department", {"": _("全部部门")} | {each: either(*names) for each, names in departments.items()}, default="", title=_("部门")))


def _place(known: Sequence[Pin], snapshot: str) -> int:
    return next((at for at, each in enumerate(known) if each.snapshot == snapshot), len(known))


def _default(view: View, earlier: Sequence[Pin], end: End) -> str | None:
    """The newest first."""
    issue = next((pin for pin in earlier if pin.issue), None)
    if issue:
        return issue.name
    before = next((pin for pin in earlier if (newest := _newest(view.store, pin.snapshot)) and end.point.as_of and newest < end.point.as_of), None)
    return (before or earlier[0]).name if earlier else None


@st.cache_data(max_entries=256, show_spinner=False)
def _newest(store: str, snapshot: str) -> dt.date | None:  # noqa: ARG001 - the store is part of the key
    with reader(store_root()).pin(snapshot) as pinned:
        known = span(pinned.cursor)
    return known.newest_as_of if known else None


def _end(view: View, pin: Pin | None, day_name: str) -> End:
    """One end, its day as asked or else the issue's, else the newest. Raises StoreError where the snapshot cannot be opened."""
    if pin is None:
        issue = view.issue.frozen.issue_id if view.issue else None
        return End(point=Point(snapshot=view.snapshot, as_of=view.as_of, issue=issue), made=made(view.cursor), pin=None)
    text, notice = st.query_params.get(day_name), None
    with reader(store_root()).pin(pin.snapshot) as pinned:
        told = made(pinned.cursor)
        day = pin.as_of or told.newest_as_of
        if text is not None:
            try:
                day = view_date(pinned.cursor, iso_day(text))
            except (ValueError, OutOfRange):
                notice = _("网址中的 {name}“{text}”不是这一期可查的日期，现按 {day} 比较。", name=day_name, text=text[:30], day=day)
    return End(point=Point(snapshot=pin.snapshot, as_of=day, issue=pin.issue), made=told, pin=pin, notice=notice)


def _title(pin: Pin) -> str:
    moment = pin.current_from.astimezone(SHANGHAI)
    return _("{issue} 期专刊", issue=pin.issue) if pin.issue else _("{moment} 发布", moment=f"{moment:%Y-%m-%d %H:%M}")


def pickers(choices: Asked) -> None:
    """The widgets on top."""
    with st.container(horizontal=True, key="choices"):
        picker(choices.from_, _("上期"), st.selectbox, default="", drop=("from_as_of", "term"))
        picker(choices.to, _("本期"), st.selectbox, default="", drop=("to_as_of", "term"))
        picker(choices.zone, _("空间"), st.selectbox, default="", drop=("term",))
        picker(choices.department, _("部门"), st.selectbox, default="", drop=("term",))


def metric(changes: Changes) -> Choice:
    """Which metric is looked at: those that changed first; by default the first of them, the goals' own before all others."""
    ordered = [*changes.changed, *changes.statistics, *changes.unchanged, *(each for each in changes.metrics if each.standing == "unknown")]
    codes = {each.metric.metric_id: named(each.metric) for each in ordered}
    return choose("metric", codes, default=next(iter(codes)), title=_("指标"))


def term(change: MetricChange) -> Choice | None:
    """The term whose rows are shown; None where no term is made of rows."""
    codes = {each.term: word(change, each.term) for each in as_said(change.terms) if each.count}
    return choose("term", codes, default=next(iter(codes)), title=_("构成")) if codes else None
