"""GET /metrics and /metrics/{metric}: the dictionary, and a metric's value with its parts and zones."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from dataclasses import asdict
from urllib.parse import quote, urlencode

from analytics.dictionary import Entry, entries
from analytics.zones import zones
from exports.api.bodies import PREFIX, Definition, Metrics
from exports.api.contract import LANG, Answer, Asked, Parameter
from exports.api.json_answer import adapter, answered
from exports.api.number_bodies import MetricValue, PartNumber, ZoneNumber
from exports.api.numbers import Numbers
from exports.api.problems import Fault
from exports.api.views import Seen, looking, seen, zone_of
from exports.asking import nearest, short
from language import SOURCE, _, listed, named, spoken
from warehouse.known import known_days

METRIC = Parameter(name="metric", about="", is_in_path=True, example="g1_poc_small")


def dictionary(asked: Asked, stack: ExitStack) -> Answer:
    """Every metric of the snapshot."""
    view = seen(asked, stack)
    with looking(_("快照")):
        starts = known_days(view.cursor)
        found = tuple(definition(entry, view, starts[metric_id]) for metric_id, entry in entries(view.cursor).items())
    return answered(Metrics(**view.said, metrics=found), {**view.facts, "rows": len(found)})


def figure(asked: Asked, stack: ExitStack) -> Answer:
    """One metric at V, in all and by zone."""
    view = seen(asked, stack)
    entry = entry_of(asked, view)
    zone = zone_of(asked, view, entry.metric)
    with looking(_("指标 {metric}", metric=entry.metric.metric_id)):
        body = of_metric(view, entry, zone)
    return answered(body, {**view.facts, "metric": entry.metric.metric_id, "zone": zone})


def of_metric(view: Seen, entry: Entry, zone: str | None) -> MetricValue:
    """Its value with its parts and zones."""
    numbers = Numbers(view.cursor, entry, view.as_of)
    places = [each for each in zones(view.cursor) if zone in (None, each.zone_id)] if entry.metric.is_zoned else []
    return MetricValue(
        **view.said, **asdict(numbers.of(zone)), metric=definition(entry, view, known_days(view.cursor)[entry.metric.metric_id]), zone_id=zone,
        parts=tuple(PartNumber(**asdict(number), metric_id=part) for part, number in numbers.parts(zone).items()),
        zones=tuple(ZoneNumber(**asdict(numbers.of(each.zone_id)), zone_id=each.zone_id, zone=named(each)) for each in places),
        rows=address(entry.metric.metric_id, view, rows=True, zone=zone))


def entry_of(asked: Asked, view: Seen) -> Entry:
    """The metric that the path names. Raises Fault."""
    wanted = asked.given[METRIC.name]
    with looking(_("快照")):
        known = entries(view.cursor)
    if wanted not in known:
        raise Fault(404, _("没有这个指标。"), where=_("地址中的指标代码"),
                    do=_("核对代码，全部见 {address}。相近的：{known}", address=f"{PREFIX}/metrics", known=listed(nearest(short(wanted), list(known)))))
    return known[wanted]


def definition(entry: Entry, view: Seen, known_from: dt.date | None) -> Definition:
    """A metric as the contract has it."""
    it = entry.metric
    found: Definition = adapter(Definition).validate_python({
        "metric_id": it.metric_id, "version": it.version, "valid_from": entry.valid_from, "name_zh": it.name_zh, "name_en": it.name_en, "unit": it.unit,
        "status": it.status, "decided_by": entry.decided_by, "statement_zh": it.statement_zh, "statement_en": it.statement_en, "aggregation": it.aggregation,
        "time_kind": it.time_kind, "drill": it.drill, "is_zoned": it.is_zoned, "numerator_id": it.numerator_id, "denominator_id": it.denominator_id,
        "inputs": it.inputs, "computed_by": it.computed_by, "part_of": it.part_of, "feeds": it.feeds, "clauses": entry.clauses, "owner": entry.owner,
        "known_from": known_from, "href": address(it.metric_id, view)})
    return found


def address(metric_id: str, view: Seen, *, rows: bool = False, **choices: str | int | None) -> str:
    """Of a metric or its rows as seen now, whatever is published later."""
    pair = {"issue": view.issue} if view.issue else {"snapshot": view.snapshot}
    language = None if spoken() == SOURCE else spoken()
    query = {"as_of": view.as_of.isoformat(), **pair, **choices, LANG.name: language}
    return f"{PREFIX}/metrics/{quote(metric_id, safe='')}{'/rows' if rows else ''}?{urlencode({name: text for name, text in query.items() if text is not None})}"
