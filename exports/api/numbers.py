"""A metric's value for the door: by the functions that the pages use, and where there is none, why."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property

import duckdb

from analytics.dictionary import Entry
from analytics.grouped import unsaid
from analytics.statistic_values import EVALUATED, statistic_values
from exports.api.bodies import State
from exports.api.number_bodies import Number
from language import _, listed
from warehouse.groups import Groups
from warehouse.groups import Number as Told
from warehouse.known import known_from
from warehouse.metric import Metric, metric
from warehouse.small_cells import Said
from warehouse.value import groups_of, said_value, value

STATES: dict[Said, State] = {Said.FEW: "fewer_than_three", Said.WITHHELD: "withheld"}


class Numbers:
    """Of one metric at V, in all and by zone; of a ratio its parts too."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, entry: Entry, as_of: dt.date) -> None:
        self._cursor, self._entry, self._as_of = cursor, entry, as_of

    @cached_property
    def missing(self) -> Number | None:
        """Why there is no number at all; None where the reports have come."""
        first = known_from(self._cursor, self._entry.metric)
        if first is None:
            return Number(value=None, state="not_received", reason=_("需要的报表还没有都报到（{feeds}），不能知道，也不按 0 计。", feeds=listed(self._entry.feeds)))
        if first > self._as_of:
            return Number(value=None, state="before_first", reason=_("最早从 {first} 起才有数，{day} 不能知道，也不按 0 计。", first=first, day=self._as_of))
        return None

    def of(self, zone: str | None) -> Number:
        """The metric itself."""
        return self.missing or self._of(self._entry.metric, zone)

    def parts(self, zone: str | None) -> dict[str, Number]:
        """Numerator and denominator of a ratio, by metric; none of any other."""
        if self._entry.metric.aggregation != "ratio":
            return {}
        return {part: self.missing or self._of(metric(self._cursor, part), zone) for part in self._entry.metric.made_of}

    def _of(self, asked: Metric, zone: str | None) -> Number:
        if asked.is_statistic:
            return self._statistic(asked, zone)
        if asked.drill == "groups":
            return said(said_value(self.groups, asked, zone))
        return said(Told(said=Said.VALUE, value=value(self._cursor, asked, self._as_of, zone)))

    @cached_property
    def groups(self) -> Groups:
        """Of a metric whose rows would be persons: all its numbers, worked out once."""
        return groups_of(self._cursor, [self._entry.metric], self._as_of)

    def _statistic(self, asked: Metric, zone: str | None) -> Number:
        found = statistic_values(self._cursor, self._as_of, asked.metric_id).get(asked.metric_id) if zone is None else None
        if found is not None:
            return said(Told(said=Said.VALUE, value=Decimal(repr(found))))
        is_single = asked.metric_id in EVALUATED and zone is None
        return Number(value=None, state="not_computed", reason=_("数据不足，算不出。") if is_single else _(
            "接口不给这个统计量的数：它按对象、阶段或空间分列，或只在页面上给出。"))


def said(told: Told) -> Number:
    """A number as it may leave."""
    if told.said is not Said.VALUE:
        return Number(value=None, state=STATES[told.said], reason=_("涉及的人少，只说“{said}”。", said=unsaid(told.said)))
    if told.value is None:
        return Number(value=None, state="no_denominator", reason=_("分母为 0，不成比率。"))
    return Number(value=plain(told.value), state="known", reason=None)


def plain(number: Decimal) -> str:
    """All digits there are, without trailing zeros and without an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
