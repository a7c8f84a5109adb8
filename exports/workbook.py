"""Rows as a workbook: the data, and a sheet that says what they are."""

from __future__ import annotations

import gc
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import IO, Any

import polars as pl
import xlsxwriter

from exports.about_rows import check, filters, nature, total
from exports.csv_file import csv_header, csv_rows
from exports.rows import ROW, VALUE, Export
from language import _, either, named

MOST_ROWS = 100_000  # about ten seconds to write; beyond it a spreadsheet is no longer the right tool either
LONGEST = 32_767  # characters a cell holds
WIDTHS = {"metric": 26, "entity_id": 22, "entity_name": 40, "value": 16, "zone": 26, "department": 30, "organization": 34, "file": 30, "received": 17,
          "sha256": 22}
# Departments' words are never taken for formulas, links or numbers.
AS_SENT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


HEAD = {"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True, "valign": "vcenter"}
A4, A3 = 9, 8  # Excel's numbers of paper
WIDE = 12  # columns from which on a sheet is printed on A3


class TooManyRows(Exception):
    """More rows than a workbook gets; the message points to the CSV."""


def write_workbook(export: Export, target: IO[bytes]) -> None:
    """The sheets 数据 and 说明, in the language spoken, into an open file. The same export is the same bytes. Raises TooManyRows, OSError (disk full)."""
    refuse_too_many(export)
    with opened(target) as book:
        book.set_properties({"title": named(export.metric), "comments": nature(export), "created": export.about.known_at.replace(tzinfo=None)})
        digest = data_sheet(book, export, _("数据"))
        _about(book, export, digest)


@contextmanager
def opened(target: IO[bytes], *, constant_memory: bool = True) -> Iterator[Any]:
    """A workbook that is written into an open file at the end of the block, and what it puts down meanwhile taken away. Raises OSError (disk full)."""
    failed = None
    try:
        with (tempfile.TemporaryDirectory(prefix="workbook-") as folder,
              xlsxwriter.Workbook(target, AS_SENT | {"constant_memory": constant_memory, "tmpdir": folder}) as book):
            yield book
    except xlsxwriter.exceptions.FileCreateError as problem:
        [cause] = problem.args
        failed = OSError(getattr(cause, "errno", None), str(getattr(cause, "strerror", cause)))
        del cause  # which holds what was half-written
    if failed:
        gc.collect()  # so that it is given up now, and not when its target is closed already
        raise failed


def refuse_too_many(export: Export) -> None:
    """Raises TooManyRows."""
    if export.row_count > MOST_ROWS:
        raise TooManyRows(_("共 {rows} 行，工作簿最多 {most} 行。请：改用 CSV 或 Parquet，其中是全部行；或选定空间、月份后再导出。",
                           rows=f"{export.row_count:,}", most=f"{MOST_ROWS:,}"))


def data_sheet(book: Any, export: Export, name: str) -> str:
    """Every row, text as text and numbers as numbers, ready to be printed; returns the SHA-256 of the same rows as CSV."""
    sheet = book.add_worksheet(name)
    print_set_up(sheet, name, len(export.headings), is_demo=export.about.is_demo)
    head = book.add_format(HEAD)
    text = book.add_format({"num_format": "@"})
    number = book.add_format({"num_format": "#,##0" + ("." + "0" * export.scale if export.scale else "")})
    names = list(export.headings)  # groups have no rows; what comes after the row is to check by, and would make the rest too small
    sheet.print_area(0, 0, export.row_count, names.index(ROW) if ROW in names else len(names) - 1)
    sheet.freeze_panes(1, 0)
    for at, (name, heading) in enumerate(export.headings.items()):
        sheet.set_column(at, at, WIDTHS.get(name, 10))
        sheet.write_string(0, at, heading, head)
    sheet.autofilter(0, 0, max(export.row_count, 1), len(export.headings) - 1)
    write_string, write_number = sheet.write_string, sheet.write_number
    columns = [(at, write_number, number if name == VALUE else None) if name in (VALUE, ROW) else (at, write_string, text)
               for at, name in enumerate(export.headings)]
    digest = hashlib.sha256(csv_header(export))
    line = 0
    for batch in export.batches():
        digest.update(csv_rows(batch))
        for row in _fitting(batch, export.headings[VALUE]).iter_rows():
            line += 1
            for (at, write, form), cell in zip(columns, row, strict=True):
                if cell is not None:
                    write(line, at, cell, form)
    return digest.hexdigest()


def print_set_up(sheet: Any, name: str, columns: int, *, is_demo: bool) -> None:
    """Landscape, as wide as the paper, the head again on each page, the pages numbered; invented data say so on each."""
    sheet.set_landscape()
    sheet.set_paper(A3 if columns > WIDE else A4)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header("&L" + name.replace("&", "&&") + ("&R" + _("演示数据") if is_demo else ""))
    sheet.set_footer("&C&P / &N")


def _fitting(batch: pl.DataFrame, value: str) -> pl.DataFrame:
    """With every text short enough for a cell; a longer one would be left out without a word."""
    cut = _("…（已截断，全文见 CSV）")
    return batch.with_columns(
        pl.col(value).cast(pl.Float64),
        *(pl.when(pl.col(name).str.len_chars() > LONGEST).then(pl.col(name).str.head(LONGEST - len(cut)) + cut).otherwise(pl.col(name)).alias(name)
          for name, kind in batch.schema.items() if kind == pl.String))


def _about(book: Any, export: Export, digest: str) -> None:
    """What the rows are: definition, choices, dates, and what to check them by."""
    sheet = book.add_worksheet(_("说明"))
    name = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0" + ("." + "0" * export.scale if export.scale else ""), "align": "left", "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for line, (heading, said) in enumerate(_said(export, digest)):
        sheet.write_string(line, 0, heading, name)
        if isinstance(said, str):
            sheet.write_string(line, 1, said, text)
        else:
            sheet.write_number(line, 1, said, number)


def _said(export: Export, digest: str) -> list[tuple[str, str | int | Decimal]]:
    metric = export.metric
    return [
        (_("数据性质"), nature(export)),
        (_("指标"), _("{what}（{unit}）", what=named(metric), unit=metric.metric_id)),
        (_("定义"), either(metric.statement_zh, metric.statement_en)),
        (_("口径版本与状态"), _("第 {version} 版 · {status}", version=metric.version, status=_(metric.status))),
        (_("筛选"), filters(export)),
        (_("发生截至日"), export.as_of.isoformat()),
        (_("知悉截至（快照）"), _("{moment}（{snapshot}）", moment=f"{export.about.known_at:%Y-%m-%d %H:%M}", snapshot=export.snapshot)),
        (_("单位"), _(metric.unit)),
        (_("行数"), export.row_count),
        *((name if unit == metric.unit else _("{what}（{unit}）", what=name, unit=_(unit)), amount) for name, unit, amount in export.parts),
        (_("合计"), total(export)),
        (_("数据行的 SHA-256"), digest),
        (_("怎样核对"), _("上面的 SHA-256 是同一条件下导出的 CSV 文件的指纹；{check}", check=check(export))),
    ]
