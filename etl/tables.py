"""A feed as a table of the warehouse: which SQL columns its typed columns become."""

from __future__ import annotations

import polars as pl

from etl.contract import Column, Feed, Kind
from etl.contract_words import meaning, rule_sentence, summary
from etl.parsing import typed
from warehouse.inputs import FeedTable, Field, Series, Spread

_TABLES: dict[type[Feed], FeedTable] = {}  # asked for several times in each refresh


def feed_table(feed: type[Feed]) -> FeedTable:
    """The raw table of a feed; every column carries the department's own heading as its comment."""
    if feed not in _TABLES:
        _TABLES[feed] = _table(feed)
    return _TABLES[feed]


def _table(feed: type[Feed]) -> FeedTable:
    columns = {name: (_sql(dtype), column.heading + ("（日期精度 D M Q H Y）" if name.endswith("_precision") else ""))
               for column in feed.columns for name, dtype in typed(column).items()}
    expected = () if feed.departments == ("*",) else feed.departments
    period = feed.scope_period()
    key = tuple(name for column in feed.key() for name in typed(column))
    titles = {column.name: column.heading for column in feed.columns}
    return FeedTable(name=feed.name, title=feed.title, mode=feed.mode, rhythm=feed.rhythm, dated_by=feed.dated_by, departments=expected,
                     columns=columns, key=key, is_shared=feed.shared_key, period=tuple(typed(period)) if period else (),
                     series=_series(feed), spreads={column.name: spread for column in feed.columns if (spread := _spread(column))},
                     summary=summary(feed), fields=tuple(map(_field, feed.columns)), rules=tuple(rule_sentence(rule, titles) for rule in feed.rules),
                     words={column.name: words for column in feed.columns if (words := _words(column))})


def _field(column: Column) -> Field:
    return Field(heading=column.heading, meaning=meaning(column), is_required=column.required, is_key=column.key, aliases=column.aliases)


def _spread(column: Column) -> Spread | None:
    """Of words and figures; keys and marks of what is taken back differ from file to file for good reasons."""
    if column.key or column.name == "validity":
        return None
    match column.kind:
        case Kind.WORD | Kind.WORDS | Kind.YES_NO:
            return Spread(heading=column.heading, words=_words(column))
        case Kind.MONEY | Kind.NUMBER | Kind.SHARE | Kind.INTEGER:
            return Spread(heading=column.heading)
        case _:
            return None


def _words(column: Column) -> dict[str, str]:
    """Code to word, of synonyms the first."""
    return {"true": "是", "false": "否"} if column.kind is Kind.YES_NO else {code: word for word, code in reversed(list(column.words.items()))}


def _series(feed: type[Feed]) -> Series:
    """Whose amounts follow each other: those under the same key but for its date. A key of events without a date is of one event alone."""
    dated = [column for column in feed.key() if column.kind in (Kind.PERIOD, Kind.DAY)]
    whose = [column for column in feed.key() if column not in dated]
    if not whose or (feed.mode == "events" and not dated):
        return Series()
    period = tuple(name for column in dated[:1] for name, dtype in typed(column).items() if dtype == pl.Date())
    return Series(
        headings={column.name: column.heading for column in feed.columns if column.kind in (Kind.MONEY, Kind.NUMBER)}, period=period,
        entity=tuple(column.name for column in whose),
        label=tuple(column.name for column in whose if column.kind is Kind.TEXT) or tuple(column.name for column in whose))


def _sql(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision}, {dtype.scale})"
    return {pl.String(): "VARCHAR", pl.Date(): "DATE", pl.Boolean(): "BOOLEAN", pl.Int64(): "BIGINT", pl.Float64(): "DOUBLE"}[dtype]
