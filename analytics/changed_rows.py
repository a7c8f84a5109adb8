"""The rows behind one term of a bridge: what each of them was and is, which fields differ, and the lines of the files that said so."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from analytics.bridge import REAL_TERMS, TOLD_TERMS, Between, build, look
from analytics.change_bridge import Fact
from analytics.comparing import Point, States, largest, states
from analytics.format import day
from analytics.older import INSTEAD
from analytics.snapshot import SHANGHAI
from language import N_, _, named, spoken
from warehouse.duties import has
from warehouse.publish import Store
from warehouse.source_line import Source, sources
from warehouse.what_stands import Cell, Stands, differences, told_since, what_stands

ROWS_SQL = (Path(__file__).parent / "changes_rows.sql").read_text(encoding="utf-8")
SUMS = "SELECT metric_id, count(*), sum(change) FROM changed WHERE term = ? GROUP BY metric_id"
MOST = 50  # rows put on a page
LINES = 3  # later lines about a thing that are shown where its own says nothing else
FIELDS = {"value": N_("数值"), "zone": N_("空间"), "occurred": N_("发生日期"), "counts_from": N_("自何日计"), "counts_until": N_("计至"), "stage": N_("阶段"),
          "category": N_("分类"), "department": N_("部门"), "is_pending": N_("待佐证")}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A field that is not what it was, in words; "" where there was or is nothing."""

    field: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class MovedRow:
    """One thing that moved the term. `metric`, `unit`: of a ratio those of the part it belongs to; `value_before`, `value_now` None: it does not count there.

    `differences`: of what counts; `cells`: of the line it is read from, in the department's words; `stands`: what other lines say since, or what became of a
    line that is gone; `lines`: what said so, the newest state first; `until`: the day it counted to, where it ended.
    """

    fact: Fact
    metric: str
    unit: str
    value_before: Decimal | None
    value_now: Decimal | None
    differences: tuple[Difference, ...]
    cells: tuple[Cell, ...]
    stands: tuple[Stands, ...]
    lines: tuple[Source, ...]
    until: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Those shown, how many there are, and what they come to: of a sum the term itself, of a ratio a sum for each part."""

    rows: tuple[MovedRow, ...]
    count: int
    totals: Mapping[str, Decimal]


def moved(store: Store, before: Point, now: Point, metric_id: str, term: str, *, zone: str | None = None, department: str | None = None,
          most: int = MOST) -> Moved:
    """The rows of one term of one metric, the largest changes first. Raises UnknownSnapshot, DamagedSnapshot, KeyError for an unknown metric."""
    with states(store, before.snapshot, now.snapshot) as both:
        v_a, v_n = before.as_of or both.before.newest_as_of, now.as_of or both.now.newest_as_of
        assert v_a and v_n, "a snapshot without a file has nothing to compare"
        between = both.between(v_a, v_n)
        look(both.con, between)
        parts = both.dictionary[metric_id].made_of
        build(both.con, between, metrics=parts, zone=zone, department=department)
        sums = both.con.execute(SUMS, [term]).fetchall()
        rows: list[MovedRow] = []
        for part in parts:
            facts = largest(both, most=most - len(rows), metric_id=part, term=term).get((part, term), []) if len(rows) < most else []
            rows += _rows(both, between, part, term, facts, zone, department)
        return Moved(rows=tuple(rows), count=sum(count for _id, count, _sum in sums), totals={part: total for part, _count, total in sums})


def _rows(both: States, between: Between, metric_id: str, term: str, facts: Sequence[Fact], zone: str | None, department: str | None) -> list[MovedRow]:
    """With what each was and is, out of the two readings that the term lies between."""
    first, second = _readings(between, term, both.prime == "missing")
    asked = {"metrics": [metric_id], "units": [each.unit for each in facts], "distinct": list(between.distinct), "zone": zone, "department": department,
             "language": spoken()}
    has_categories = has(both.cursor("today"), "ref.category")
    held = [_held(both.con, asked | {"state": state, "on": on}, has_categories=has_categories) for state, on, _from in (first, second)]
    lines = {name: _lines(both.cursor(name), {row["row_id"] for one, (_s, _o, of) in zip(held, (first, second), strict=True) if of == name
                                              for rows in one.values() for row in rows}) for name in ("issue", "today")}
    metric = both.dictionary[metric_id]
    made = []
    for fact in facts:
        was, is_ = held[0].get(fact.unit, []), held[1].get(fact.unit, [])
        old, new = ([lines[of][row["row_id"]] for row in rows if row["row_id"] in lines[of]] for rows, of in ((was, first[2]), (is_, second[2])))
        cells = differences(both.cursor(first[2]), was[0]["row_id"], both.cursor(second[2]), is_[0]["row_id"]) if was and is_ else ()
        stands = () if cells or term not in TOLD_TERMS else _stands(both, was, is_)
        later = _lines(both.cursor("today"), {each.row_id for each in stands if each.row_id})
        made.append(MovedRow(
            fact=fact, metric=named(metric), unit=metric.unit, value_before=_total(was), value_now=_total(is_), differences=_differences(was, is_), cells=cells,
            stands=tuple(replace(each, at=each.at and each.at.replace(tzinfo=dt.UTC).astimezone(SHANGHAI)) for each in stands),
            lines=tuple(dict.fromkeys([*later.values(), *new, *old])), until=next((row["counts_until"] for row in was if not is_), None)))
    return made


def _stands(both: States, was: Sequence[Mapping[str, Any]], is_: Sequence[Mapping[str, Any]]) -> tuple[Stands, ...]:
    """Why a thing counts otherwise than it did although its own line may say the same."""
    before, now = both.cursor("issue"), both.cursor("today")
    own = what_stands(before, now, was[0]["row_id"]) if was and not is_ else None
    if own:
        return (own,)
    thing = (was or is_)[0] if was or is_ else None
    return told_since(before, now, thing["entity_kind"], thing["entity_id"])[:LINES] if thing and was else ()


def _readings(between: Between, term: str, is_missing: bool) -> list[tuple[str, dt.date, str]]:
    """The two readings a term lies between: relation, day, and in which snapshot its lines are."""
    told, real = (between.n, between.v_a, "today"), (between.n, between.v_n, "today")
    if term in REAL_TERMS:
        return [told, real]
    if term in TOLD_TERMS:
        return [(between.b, between.v_a, "issue"), told]
    return [(between.a, between.v_a, "issue"), told if is_missing else (between.b, between.v_a, "issue")]


def _held(con: duckdb.DuckDBPyConnection, asked: Mapping[str, object], *, has_categories: bool) -> dict[str, list[dict[str, Any]]]:
    found = con.execute(ROWS_SQL if has_categories else ROWS_SQL.replace("today.ref.category", f"({INSTEAD['ref.category']})"), asked)
    names = [name for name, *_ in found.description or ()]
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found.fetchall():
        held[row[1]].append(dict(zip(names, row, strict=True)))
    return held


def _lines(cursor: duckdb.DuckDBPyConnection, row_ids: set[int]) -> dict[int, Source]:
    return {row_id: replace(line, received_at=line.received_at.astimezone(SHANGHAI)) for row_id, line in sources(cursor, row_ids).items()} if row_ids else {}


def _total(rows: Sequence[Mapping[str, Any]]) -> Decimal | None:
    return sum((row["value"] for row in rows), Decimal(0)) if rows else None


def _differences(was: Sequence[Mapping[str, Any]], is_: Sequence[Mapping[str, Any]]) -> tuple[Difference, ...]:
    """Of what counts at both ends."""
    if not was or not is_:
        return ()
    told = [{name: _("、").join(dict.fromkeys(_said(name, row) for row in rows)) for name in FIELDS} for rows in (was, is_)]
    return tuple(Difference(field=name, before=told[0][name], now=told[1][name]) for name in FIELDS if told[0][name] != told[1][name])


def _said(name: str, row: Mapping[str, Any]) -> str:
    if name == "occurred":
        return day(row["occurred_on"], row["occurred_precision"])
    value = row[name]
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "" if value is None else str(value.normalize() if isinstance(value, Decimal) and value != value.to_integral() else int(value)
                                        if isinstance(value, Decimal) else value)

