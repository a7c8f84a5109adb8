"""Columns whose cells are spread otherwise than in the sender's file before: another mix of words, other figures. A warning, never a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from warehouse.inputs import FeedTable, Inputs, Spread
from warehouse.reuse import Kept, begin

LEAST, FAR = 30, 0.2  # rows in either file; the share of them that would have to change
_SQL = (Path(__file__).parent / "drift.sql").read_text(encoding="utf-8")
_COLUMNS = {
    "file_id": ("INTEGER", "文件号"), "before_file_id": ("INTEGER", "同一主体的上一份文件"), "feed": ("VARCHAR", "报表"), "column_name": ("VARCHAR", "列"),
    "heading": ("VARCHAR", "列名"), "cells": ("BIGINT", "此次的格数"), "cells_before": ("BIGINT", "上一份的格数"),
    "distance": ("DOUBLE", "分布之差，0 至 1"), "sentence": ("VARCHAR", "提示，两份的数都在内"),
}


def drift_table(con: duckdb.DuckDBPyConnection, inputs: Inputs, kept: Kept) -> None:
    """Make meta.drift out of the raw tables, after meta.unit_doubt. Methods: see drift.sql."""
    begin(con, "meta.drift", _COLUMNS, "分布变化：与同一主体上一份相比，各类所占比重或数值分布明显不同的列，每个文件每列一行。", kept)
    rows = [(file_id, before_id, feed.name, column, feed.spreads[column].heading, now, before, distance,
             _sentence(feed.spreads[column], now, before, distance, most_changed, middles))
            for feed in inputs.feeds if feed.name not in kept.feeds and feed.spreads and _rows(con, feed) >= 2 * LEAST
            for file_id, before_id, column, now, before, distance, most_changed, *middles in con.execute(_drifts(feed)).fetchall()]
    if rows:
        con.executemany(f"INSERT INTO meta.drift VALUES ({', '.join('?' * len(_COLUMNS))})", rows)


def _rows(con: duckdb.DuckDBPyConnection, feed: FeedTable) -> int:
    """How many rows there are: of few nothing can be said."""
    [(rows,)] = con.execute(f"SELECT count(*) FROM raw.{feed.name}").fetchall()
    return int(rows)


def _drifts(feed: FeedTable) -> str:
    cells = "\n  UNION ALL\n  ".join(_cells(feed.name, column, spread) for column, spread in feed.spreads.items())
    sql = _SQL
    for name, part in {"feed": feed.name, "cells": cells, "least": str(LEAST), "far": str(FAR)}.items():
        sql = sql.replace(f"{{{name}}}", part)
    return sql


def _cells(feed: str, column: str, spread: Spread) -> str:
    """file_id, column_name, word or figure, number: a blank is a word of its own, but no figure."""
    of_these = f"FROM raw.{feed} AS r WHERE r.file_id IN (SELECT s.of_file FROM files AS s)"
    if not spread.words:
        return f"SELECT r.file_id, '{column}' AS column_name, NULL AS word, r.{column}::DOUBLE AS figure, 1 AS number {of_these} AND r.{column} IS NOT NULL"
    return (f"SELECT r.file_id, '{column}' AS column_name, unnest(string_split(coalesce(r.{column}::VARCHAR, ''), '|')) AS word, NULL::DOUBLE AS figure, "
            f"1 AS number {of_these}")


def _sentence(spread: Spread, now: int, before: int, distance: float, most_changed: Sequence[Mapping[str, object]] | None,
              middles: Sequence[float]) -> str:
    """列：甲 上一份 40/100（40%），此次 10/90（11%）；…."""
    if most_changed is None:
        return f"{spread.heading}：中位数由 {middles[1]:,.10g} 变为 {middles[0]:,.10g}（{before} 个数与 {now} 个数，分布之差 {distance:.0%}）"
    shares = (f"{spread.words.get(str(each['word']), '空')} 上一份 {_share(each['before'], before)}，此次 {_share(each['now'], now)}" for each in most_changed)
    return f"{spread.heading}：{'；'.join(shares)}（分布之差 {distance:.0%}）"


def _share(part: object, whole: int) -> str:
    return f"{part}/{whole}（{int(str(part)) / whole:.0%}）"
