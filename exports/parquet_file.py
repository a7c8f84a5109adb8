"""Rows as Parquet with columns of their own types, sent on as they are written; what the rows are stands in the file's key-value metadata."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from exports.about_rows import as_metadata, facts
from exports.rows import Export, GroupExport
from language import N_, _

ROW_GROUP = 50_000  # rows held at a time
PRECISION = N_("日期精度")
# The columns that are no text, by the names of their headings: what they are in Parquet, and out of which column of rows.sql.
TYPED: dict[str, tuple[Any, pl.Expr]] = {
    "occurred": (pl.Date(), pl.col("occurred_on")), "value": (pl.Decimal(20, 6), pl.col("value")), "is_pending": (pl.Boolean(), pl.col("is_pending")),
    "row": (pl.Int64(), pl.col("row")), "received": (pl.Datetime("us", "UTC"), pl.col("received_at").dt.replace_time_zone("UTC"))}


def parquet_chunks(export: Export) -> Iterator[bytes]:
    """The whole file, a row group at a time: days as DATE with the precision beside them (D, M, Q, H or Y), values as DECIMAL(20, 6), the moment of receipt
    as an instant; all else as in the CSV, under the same headings. The facts of `about_rows` by their names."""
    return _groups(export) if isinstance(export, GroupExport) else _rows(export)


def _rows(export: Export) -> Iterator[bytes]:
    kinds: dict[str, Any] = {}
    columns: list[pl.Expr] = []
    for (name, heading), text in zip(export.headings.items(), export.shown, strict=True):
        kind, column = TYPED.get(name, (pl.String(), text))
        kinds[heading] = kind
        columns.append(column.cast(kind).alias(heading))
        if name == "occurred":
            kinds[_(PRECISION)] = pl.String()
            columns.append(pl.col("occurred_precision").alias(_(PRECISION)))
    return written(pl.DataFrame(schema=kinds), (batch.select(columns) for batch in export.as_read(ROW_GROUP)), as_metadata(facts(export)))


def _groups(export: GroupExport) -> Iterator[bytes]:
    return written(export.empty, export.batches(), as_metadata(facts(export)))


def written(empty: pl.DataFrame, frames: Iterable[pl.DataFrame], told: dict[str, str]) -> Iterator[bytes]:
    """A Parquet file, piece by piece as the frames come, each a row group. `empty`: its columns; `told`: its key-value metadata."""
    sink = _Sink()
    schema = _arrow(empty).schema.with_metadata({name: text.encode() for name, text in told.items()})
    with pq.ParquetWriter(sink, schema, compression="zstd") as file:
        for frame in frames:
            file.write_table(_arrow(frame).cast(schema))
            yield sink.taken()
    yield sink.taken()


def _arrow(frame: pl.DataFrame) -> Any:
    """With plain strings, which every reader of Parquet knows."""
    table = frame.to_arrow()
    return table.cast(pa.schema([field.with_type(pa.string()) if not _is_plain(field.type) else field for field in table.schema]))


def _is_plain(kind: Any) -> bool:
    return not (pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


class _Sink(io.RawIOBase):
    """Takes what is written until somebody takes it away."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """All that was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
