"""Numbers read back out of files that were written: exports and what a meeting takes along, byte by byte as who opens them finds them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from decimal import Decimal

import openpyxl
import polars as pl

from analytics.grouped import unsaid
from analytics.zones import zones
from exports.csv_file import csv_chunks
from exports.pack.data_package import FOLDER, package
from exports.pack.meeting import Occasion, meeting
from exports.pack.workbook import workbook
from exports.parquet_file import parquet_chunks
from exports.rows import GROUP_HEADINGS, HEADINGS, Export, GroupExport, rows_of, rows_together
from exports.selfcheck.told import PLACELESS, UNSAID, Asked, Cell, Read, Told, of_rows
from language import _, named
from warehouse.metric import Metric
from warehouse.small_cells import Said
from warehouse.value import of_parts

AMOUNT = pl.Decimal(38, 6)
METRIC, ZONE, VALUE = (HEADINGS[each] for each in ("metric", "zone", "value"))


def by_whole_csv(asked: Asked) -> Read:
    """Every metric's rows, exported as CSV; of persons' metrics the groups."""
    return {**_whole(asked, csv_of), **_groups(asked)}


def by_parquet(asked: Asked) -> Read:
    """The same rows as Parquet."""
    return _whole(asked, lambda export: pl.read_parquet(io.BytesIO(b"".join(parquet_chunks(export)))))


def by_single_csv(asked: Asked) -> Read:
    """The samples one by one, as an address asks for them: a metric and a zone."""
    told: dict[Cell, Told] = {}
    for metric_id, zone in asked.samples:
        export, metric = rows_of(asked.cursor, metric_id, asked.as_of, zone), asked.metrics[metric_id]
        if isinstance(export, GroupExport):
            continue
        rows = csv_of(export)
        amounts = dict(rows.group_by(_(METRIC)).agg(pl.col(_(VALUE)).sum()).iter_rows())
        sums = [amounts.get(named(asked.metrics[each]), Decimal(0)) for each in metric.made_of]
        told |= {Cell(metric_id, zone): of_parts(metric, sums) if export.is_known else None,
                 Cell(metric_id, zone, "rows"): Decimal(rows.height) if export.is_known else None}
    return told


def by_workbook(asked: Asked) -> Read:
    """数据表 of a meeting: the sheets 目标 and 空间布局."""
    seen = meeting(asked.cursor, asked.as_of, Occasion(), None)
    book = openpyxl.load_workbook(io.BytesIO(workbook(asked.cursor, seen)), read_only=True)
    _head, *goals = book[_("目标")].iter_rows(values_only=True)
    told: dict[Cell, Told] = {Cell(str(line[1]), None): _number(line[4]) for line in goals}
    head, *places = book[_("空间布局")].iter_rows(values_only=True)
    names = {word: each.metric.metric_id for each in seen.measures.values()
             for word in (named(each.metric), _("{what}（{unit}）", what=named(each.metric), unit=_(each.metric.unit)))}
    for line in places:
        told |= {Cell(names[str(heading)], str(line[0]) if line[0] else None): _number(cell) for heading, cell in zip(head[2:], line[2:], strict=True)}
    return told


def by_package(asked: Asked) -> Read:
    """The data package of a meeting: its tables of values, as CSV."""
    files = package(asked.cursor, meeting(asked.cursor, asked.as_of, Occasion(), None))
    values, by_zone = (pl.read_csv(files[f"{FOLDER}/{name}.csv"], infer_schema=False).with_columns(pl.col("value").cast(AMOUNT)) for name in ("values", "zone_values"))
    lines = [(metric_id, None, value) for metric_id, value in values.select("metric_id", "value").iter_rows()]
    lines += list(by_zone.select("metric_id", "zone_id", "value").iter_rows())
    return {Cell(metric_id, zone): value for metric_id, zone, value in lines if metric_id in asked.metrics and asked.metrics[metric_id].drill == "rows"}


def csv_of(export: Export) -> pl.DataFrame:
    """The export as CSV, read again: every cell a text, the values numbers."""
    return pl.read_csv(b"".join(csv_chunks(export)), infer_schema=False).with_columns(pl.col(_(VALUE)).cast(AMOUNT))


def _whole(asked: Asked, read: Callable[[Export], pl.DataFrame]) -> Read:
    """All rows of all metrics in as few files as their names allow, for rows tell the name of their metric and some metrics have the same."""
    of = [each for each in asked.metrics.values() if each.drill == "rows"]
    places = {named(each): each.zone_id for each in zones(asked.cursor)}
    found: list[tuple[str, str, Decimal, int]] = []
    for layer in _of_different_names([each for each in of if each.made_of == (each.metric_id,)]):
        rows = read(rows_together(asked.cursor, list(layer.values()), asked.as_of))
        by = [_(METRIC), _(ZONE)]
        added = rows.group_by(by).agg(pl.col(_(VALUE)).sum(), pl.len())
        found += [(layer[name], places[zone] if zone else PLACELESS, value, count) for name, zone, value, count in added.iter_rows()]
    return of_rows(asked, found, of)


def _of_different_names(metrics: list[Metric]) -> Iterator[dict[str, str]]:
    """All of them, metric by name, in as few parts as it takes for no name to stand twice."""
    left = metrics
    while left:
        layer = {named(each): each.metric_id for each in reversed(left)}
        yield layer
        left = [each for each in left if each.metric_id not in layer.values()]


def _groups(asked: Asked) -> Read:
    """What is exported of metrics whose rows would be persons. A group that is not listed has nobody."""
    every, places = _("全部"), {each.zone_id: named(each) for each in zones(asked.cursor)}
    heading = {name: _(words) for name, words in GROUP_HEADINGS.items()}
    told: dict[Cell, Told] = {}
    for metric in (each for each in asked.metrics.values() if each.drill == "groups"):
        rows = csv_of(rows_of(asked.cursor, metric.metric_id, asked.as_of)).filter(
            pl.col(heading["category"]) == every, pl.col(heading["year"]) == every)
        amounts = {(name, zone): UNSAID if hidden in {unsaid(Said.FEW), unsaid(Said.WITHHELD)} else value for name, zone, value, hidden in rows.select(
            [heading[each] for each in ("metric", "zone", "value", "said")]).iter_rows()}
        for zone in asked.zones_of(metric):
            parts = [amounts.get((named(asked.metrics[each]), places[zone] if zone else every), Decimal(0)) for each in metric.made_of]
            told[Cell(metric.metric_id, zone)] = (None if metric.metric_id not in asked.known else
                                                  of_parts(metric, parts) if all(isinstance(each, Decimal) for each in parts) else UNSAID)  # type: ignore[arg-type]
    return told


def _number(cell: object) -> Decimal | None:
    return None if cell is None else Decimal(str(cell))
