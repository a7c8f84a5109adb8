"""The numbers of a metric whose rows would be persons, in words: what is given in place of its rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.categories import categories
from analytics.zones import zones
from language import N_, _, named
from warehouse.groups import At, Number
from warehouse.metric import Metric, metric
from warehouse.small_cells import FEWEST, Said
from warehouse.value import groups_of, said_value

FILES_SQL = (Path(__file__).parent / "grouped_files.sql").read_text(encoding="utf-8")
UNSAID = {Said.FEW: N_("<{fewest}"), Said.WITHHELD: N_("不公布")}


@dataclass(frozen=True, kw_only=True)
class Group:
    """One number of a metric. `zone`, `category`: named in the language spoken, "" for all; `year` None: all; `value` None: it is not `said`."""

    metric: str
    unit: str
    zone: str
    category: str
    year: int | None
    said: Said
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """What leaves of a metric that drills to groups: its whole number, the numbers it is made of, and the files all of it comes from."""

    total: Number
    groups: tuple[Group, ...]
    files: tuple[str, ...]


def unsaid(said: Said) -> str:
    """What stands in place of a number that is not said: <3, or that it is not listed."""
    return _(UNSAID[said], fewest=FEWEST)


def grouped(cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date, zone_id: str | None = None, category: str | None = None) -> Grouped:
    """Of one zone or all, of one category or all: numbers of the same tables, so that nothing more is told by asking for less."""
    found = groups_of(cursor, [asked], as_of)
    places = {each.zone_id: named(each) for each in zones(cursor)}
    names = {each.category_id: named(each) for each in categories(cursor)}
    made_of = [metric(cursor, each) for each in asked.made_of]

    def wanted(at: At) -> bool:
        return zone_id in (None, at.zone_id) and category in (None, at.category)

    return Grouped(
        total=said_value(found, asked, zone_id, category),
        groups=tuple(Group(metric=named(each), unit=each.unit, zone=places.get(at.zone_id or "", at.zone_id or ""), year=at.year, said=number.said,
                           category="" if at.category is None else names.get(at.category, at.category) or _("未填"), value=number.value)
                     for each in made_of for at, number in found.all_of(each.metric_id).items() if wanted(at)),
        files=tuple(name for (name,) in cursor.execute(FILES_SQL, {"metrics": asked.made_of, "v": as_of}).fetchall()))
