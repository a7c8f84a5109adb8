"""The row gate: rows of texts under a department's headings become typed rows, or are refused with every reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from etl.contract import Feed, Kind
from etl.duplicates import Duplicates, duplicates, suspects
from etl.matching import MERGED, PLACE, Matched, match, missing_headings
from etl.parsing import parse, typed
from etl.parsing.cell import shown
from etl.persons import masked, not_codes, without
from etl.row_rules import row_faults
from etl.rules import breaches

__all__ = ["MERGED", "Gated", "gate", "missing_headings", "typed_columns"]


@dataclass(frozen=True, kw_only=True)
class Gated:
    """Every row in exactly one of accepted, refused and set_aside; these begin with sheet_no (Int16) and row (Int64).

    `accepted`: the typed columns of the feed (`typed_columns`). `refused`: the key columns typed, null where unreadable, and
    `cells`, a JSON object heading → text as sent, without personal, ignored or unknown columns, empty in a feed about persons. `reasons`: one or more per
    refused row: heading, value as sent, reason. `set_aside`: reason. `unknown`: headings nobody knows.
    """

    accepted: pl.DataFrame
    refused: pl.DataFrame
    reasons: pl.DataFrame
    set_aside: pl.DataFrame
    unknown: tuple[str, ...]


def typed_columns(feed: type[Feed]) -> dict[str, pl.DataType]:
    """The columns of an accepted row in declared order, after its place."""
    return {name: dtype for column in feed.columns for name, dtype in typed(column).items()}


def gate(feed: type[Feed], rows: pl.DataFrame, *, units: Mapping[str, str], received_on: date, merged: pl.DataFrame | None = None,
         counts_from_1904: bool = False) -> Gated:
    """Sort rows into accepted, refused and set aside.

    `rows`: sheet_no Int16, row Int64 and one String column per heading. `units`: heading → unit, "" → of the whole table.
    `received_on`: the day the file came; nothing in it can have happened later. `merged` (MERGED): rows over which one number is merged.
    `counts_from_1904`: so the workbook counts days that stand there as plain numbers.
    """
    matched = match(feed, rows, units, merged=merged, counts_from_1904=counts_from_1904)
    matched = replace(matched, rows=matched.rows.with_columns(
        masked(feed, column, matched.rows[heading]).alias(heading) for column in feed.columns for heading in matched.headings.get(column.name, ())))
    columns = {order: column for order, column in enumerate(feed.columns) if column.kind is not Kind.PERSONAL}
    texts: dict[int, pl.Series] = {}
    values: list[pl.Series] = []
    faults = [matched.odd_units(len(feed.columns))]
    for order, column in columns.items():
        texts[order], conflicts = matched.cells(column)
        persons = not_codes(feed, column, texts[order])
        parsed = parse(column, without(texts[order], persons), matched.around(column, received_on))
        values += parsed.values.values()
        faults += [matched.faults(column, order, texts[order], found) for found in (parsed.faults, persons, conflicts, matched.merged_amounts(column))]
    table = pl.DataFrame([*matched.rows.select(PLACE), *values]).with_row_index("at")
    kept, broken = breaches(feed, table)
    unread = pl.concat(faults)
    broken = broken.join(unread, on=["at", "order"], how="anti")  # one reason per cell: what is unread is not also missing
    for (order,), found in broken.partition_by("order", as_dict=True).items():
        cells = texts[order].gather(found["at"])
        said = pl.when(cells.is_null()).then(pl.lit("没有填")).otherwise(pl.format("填的是{}", shown(pl.lit(cells))))
        faults.append(matched.faults(columns[order], order, texts[order],
                                     found.select("at", reason=pl.format("{}，{}", "expected", said))))
    for order, found in row_faults(feed, table, texts):
        faults.append(matched.faults(columns[order], order, texts[order], found))
    same = _duplicates(feed, table, pl.concat(faults))
    first_key = min(order for order, column in columns.items() if column.key)
    faults.append(matched.faults(columns[first_key], first_key, texts[first_key], same.differing))
    return _sorted(feed, matched, table, kept, pl.concat(faults), same.repeated)


def _duplicates(feed: type[Feed], table: pl.DataFrame, faults: pl.DataFrame) -> Duplicates:
    """Rows with the same readable key, compared by what they mean, and by the text of cells that could not be read."""
    keys = [name for column in feed.key() for name in typed(column)]
    rows = suspects(table, keys)
    unsure = faults.filter(pl.col("order").is_in([order for order, column in enumerate(feed.columns) if column.key]))
    unread = faults.group_by("at").agg(unread=pl.concat_str("heading", "value", separator="=", ignore_nulls=True).str.join("|"))
    rows = rows.join(unsure, on="at", how="anti").join(unread, on="at", how="left", maintain_order="left")
    return duplicates(rows, keys, called="编号" if len(feed.key()) == 1 else "、".join(column.heading for column in feed.key()))


def _sorted(feed: type[Feed], matched: Matched, table: pl.DataFrame, kept: pl.DataFrame, faults: pl.DataFrame,
            repeated: pl.DataFrame) -> Gated:
    """Each row to its place. A repeated row shares the fate of its first and is not judged again."""
    faults = faults.join(repeated, on="at", how="anti").sort("at", "order", maintain_order=True)
    refused_at = faults["at"].unique().sort()
    out = pl.concat([refused_at, repeated["at"]])
    accepted = (kept if out.is_empty() else kept.filter(~pl.col("at").is_in(out.implode()))).drop("at")
    places = table.select("at", *PLACE)
    keys = [name for column in feed.key() for name in typed(column)]
    sent = pl.struct(pl.exclude(PLACE)).struct.json_encode()
    refused = table[refused_at].select(*PLACE, *keys)
    refused = refused.with_columns(cells=pl.lit("{}")) if feed.is_about_persons else refused.with_columns(matched.rows[refused_at].select(cells=sent))
    if len(accepted) + len(out) != len(table):
        raise AssertionError(f"{feed.name}: {len(table)} rows in, {len(accepted)} + {len(refused)} + {len(repeated)} out")
    return Gated(accepted=accepted, refused=refused, unknown=matched.unknown,
                 reasons=faults.join(places, on="at", how="left", maintain_order="left")
                 .select(*PLACE, "heading", "value", "reason"),
                 set_aside=repeated.join(places, on="at", how="left", maintain_order="left").select(*PLACE, "reason"))
