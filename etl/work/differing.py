"""A file against what is on record of its sender: which rows are new, changed or gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from etl.contract import Column, Feed, Kind
from etl.feeds import FEEDS
from etl.parsing import typed
from etl.register import Register, SentFile
from etl.staging import Staged
from warehouse.jobs.results import LISTED, Difference, FieldChange, RowChange

KEY, PERIOD, ORDER = "·key", "·period", "·order"  # no column of a feed is called so


def difference(before: Register, staged: Mapping[int, Staged], file: SentFile, own: Staged) -> Difference:
    """The rows of `own` that are accepted, against those of the files in force `before` it. A key of which a row is refused here is not gone.

    Of a full list the record is the newest list not younger than the file (per period, where that is part of its scope); of events the last row of each key.
    """
    feed = FEEDS[own.feed]
    scope = (own.feed, file.department_id, file.sender)
    on_record = [each for each in before.placed() if each.scope == scope and each.file_id in staged]
    if feed.mode == "full":
        on_record = [each for each in on_record if file.as_of is None or (each.as_of and each.as_of <= file.as_of)]
        on_record = on_record if feed.scope_period() else on_record[-1:]
    columns = [column for column in feed.columns if typed(column)]
    new = _rows(feed, columns, own.folder)
    old = _record(feed, columns, [staged[each.file_id].folder for each in on_record], new)
    both = new.join(old, on=KEY, how="inner", suffix="·old")
    differs = pl.any_horizontal(pl.col(column.name).ne_missing(pl.col(f"{column.name}·old")) for column in columns)
    changed = both.filter(differs).sort("sheet_no", "row")
    come = new.join(old, on=KEY, how="anti").sort("sheet_no", "row")
    refused = _keys(feed, own.folder / "refused.parquet")
    gone = old.join(new, on=KEY, how="anti").join(refused, on=KEY, how="anti").sort(KEY) if feed.mode == "full" else old.head(0)
    last = on_record[-1] if on_record else None
    return Difference(
        compared_with=last.name if last else "", compared_as_of=last.as_of.isoformat() if last and last.as_of else None,
        new=come.height, changed=changed.height, gone=gone.height, same=both.height - changed.height, is_hidden=feed.is_about_persons,
        new_rows=() if feed.is_about_persons else tuple(_row(each, own.sheets) for each in come.head(LISTED).iter_rows(named=True)),
        changed_rows=() if feed.is_about_persons else tuple(
            _row(each, own.sheets, _fields(columns, each)) for each in changed.head(LISTED).iter_rows(named=True)),
        gone_rows=() if feed.is_about_persons else tuple(_row({**each, "row": None}, own.sheets) for each in gone.head(LISTED).iter_rows(named=True)))


def _record(feed: type[Feed], columns: Sequence[Column], folders: Sequence[Path], new: pl.DataFrame) -> pl.DataFrame:
    """What is on record, a row for each key."""
    frames = [_rows(feed, columns, folder).with_columns(pl.lit(order).alias(ORDER)) for order, folder in enumerate(folders)]
    if not frames:
        return new.head(0)
    told = pl.concat(frames)
    if feed.scope_period():
        told = told.join(new.select(PERIOD).unique(), on=PERIOD, how="semi").filter(pl.col(ORDER) == pl.col(ORDER).max().over(PERIOD))
    return told.sort(ORDER).unique(KEY, keep="last", maintain_order=True).drop(ORDER)


def _rows(feed: type[Feed], columns: Sequence[Column], folder: Path) -> pl.DataFrame:
    """sheet_no, row, the key, the period, and each column as people read it."""
    scope = feed.scope_period()
    return pl.scan_parquet(folder / "accepted.parquet").select(
        "sheet_no", "row", _key(feed), *(_text(column).alias(column.name) for column in columns),
        (_text(scope) if scope else pl.lit("")).alias(PERIOD)).collect()


def _keys(feed: type[Feed], path: Path) -> pl.DataFrame:
    return pl.scan_parquet(path).select(_key(feed)).collect()


def _key(feed: type[Feed]) -> pl.Expr:
    return pl.concat_str([_text(column).fill_null("") for column in feed.key()], separator=" · ").alias(KEY)


def _text(column: Column) -> pl.Expr:
    """The cell in words, as a department would write it; money in 元."""
    value = pl.col(column.name if column.kind is not Kind.PERIOD else f"{column.name}_from")
    match column.kind:
        case Kind.WORD:
            return value.replace({code: word for word, code in reversed(list(column.words.items()))})
        case Kind.WORDS:
            words = {code: word for word, code in reversed(list(column.words.items()))}
            return value.str.split("|").list.eval(pl.element().replace(words)).list.join("、")
        case Kind.YES_NO:
            return pl.when(value).then(pl.lit("是")).when(~value).then(pl.lit("否"))
        case Kind.DAY:
            precision = pl.col(f"{column.name.removesuffix('_on')}_precision")
            return (pl.when(precision == "Y").then(value.dt.strftime("%Y年")).when(precision == "M").then(value.dt.strftime("%Y年%-m月"))
                    .when(precision.is_in(["Q", "H"])).then(pl.format("{}（{}）", value.cast(pl.String), precision)).otherwise(value.cast(pl.String)))
        case Kind.PERIOD:
            until = pl.col(f"{column.name}_to")
            return pl.when(value.is_not_null()).then(pl.format("{}—{}", value.dt.strftime("%Y-%m"), until.dt.strftime("%Y-%m")))
        case Kind.MONEY | Kind.SHARE | Kind.NUMBER:
            return value.cast(pl.String).str.replace(r"(\.\d*?)0+$", "${1}").str.strip_suffix(".")
        case _:
            return value.cast(pl.String)


def _row(row: Mapping[str, object], sheets: Sequence[str], fields: tuple[FieldChange, ...] = ()) -> RowChange:
    number = row["row"]
    assert number is None or isinstance(number, int)
    sheet_no = row["sheet_no"]
    return RowChange(key=str(row[KEY]), row=number, sheet=sheets[sheet_no] if number is not None and isinstance(sheet_no, int) else None, fields=fields)


def _fields(columns: Sequence[Column], row: Mapping[str, str | None]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(heading=column.heading, before=row[f"{column.name}·old"], after=row[column.name])
                 for column in columns if row[column.name] != row[f"{column.name}·old"])
