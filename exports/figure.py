"""A figure for paper, whatever it shows: what its address names, the words it needs away from the page, and how it is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb

from analytics.format import day
from analytics.snapshot import About, about
from analytics.zones import Zone
from charts.paper.sheet import Drawing, Words
from language import _, named, spoken
from warehouse.known import snapshot_id
from warehouse.metric import Metric


class NotDrawable(Exception):
    """There is no such figure; the message, in the language spoken, names those there are."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of one metric at V in one snapshot. `name`: of its kind, in the language spoken when it was made, `language`; `place`: of one zone."""

    metric: Metric
    kind: str
    name: str
    as_of: dt.date
    place: Zone | None
    snapshot: str
    about: About
    language: str
    words: Words
    drawn: Callable[[Words], Drawing]

    def drawing(self) -> Drawing:
        """The figure on its sheet, with all that must be known to read it alone."""
        return self.drawn(self.words)

    def within(self) -> Drawing:
        """The figure in a document, which says date, snapshot and source itself."""
        return self.drawn(replace(self.words, facts=(), source=""))


def figure_of(cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date, *, kind: str, name: str, title: str, alt: str, unit: str, clause: str = "",
              more: str = "", place: Zone | None = None, is_zoned: bool = True, drawn: Callable[[Words], Drawing]) -> Figure:
    """With the words that every figure has: definition, unit, place (`is_zoned`), dates and source. `more`: to be said beside the definition."""
    told = about(cursor)
    snapshot = snapshot_id(cursor)
    defined = (_("口径第 {version} 版 · {status}；单位：{unit}；空间：{zone}。", version=asked.version, status=_(asked.status), unit=unit,
                 zone=named(place) if place else _("全部空间")) if is_zoned else
               _("口径第 {version} 版 · {status}；单位：{unit}。", version=asked.version, status=_(asked.status), unit=unit))
    source = _("来源：甘智汇科创园数据看板，由部门报送文件中的行合计而成。指标代码 {metric}；依据条款 {clause}。", metric=asked.metric_id, clause=clause) if clause else \
        _("来源：甘智汇科创园数据看板，由部门报送文件中的行合计而成。指标代码 {metric}。", metric=asked.metric_id)
    facts = (defined + more, _("数据截至 {as_of}；快照 {snapshot}。", as_of=day(as_of), snapshot=snapshot)
             + (_("演示数据：虚构的园区，不是真实情况。") if told.is_demo else ""))
    return Figure(metric=asked, kind=kind, name=name, as_of=as_of, place=place, snapshot=snapshot, about=told, language=spoken(),
                  words=Words(title=title, facts=facts, source=source, alt=alt), drawn=drawn)
