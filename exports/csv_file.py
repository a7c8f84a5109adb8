"""Rows as CSV that Excel and WPS open rightly and that no cell of which is run as a formula."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from exports.rows import Export

BOM = b"\xef\xbb\xbf"
# What a spreadsheet may take for a formula; Chinese ones take the full-width signs too.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"


def csv_chunks(export: Export) -> Iterator[bytes]:
    """The whole file, some thousand rows at a time: UTF-8 with BOM, CRLF, every text in quotes, so that a code stays text to who heeds them."""
    yield csv_header(export)
    yield from map(csv_rows, export.batches())


def csv_header(export: Export) -> bytes:
    """The file's beginning: the BOM and the headings."""
    return BOM + export.empty.write_csv(line_terminator="\r\n", quote_style="non_numeric").encode()


def csv_rows(rows: pl.DataFrame) -> bytes:
    """One batch of rows, each text that could be run as a formula with a ' before it."""
    guarded = rows.with_columns(
        pl.when(pl.col(text).str.contains(FORMULA)).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(text)
        for text, kind in rows.schema.items() if kind == pl.String)
    return guarded.write_csv(include_header=False, line_terminator="\r\n", quote_style="non_numeric").encode()
