"""The workbook of a pack: 说明, 变化, a sheet for each card, and of each goal every row it counts; texts as texts, numbers as numbers, no formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import duckdb

from exports.pack import sheets
from exports.pack.meeting import Meeting
from exports.pack.numbering import date
from exports.pack.sheets import Sheet
from exports.rows import Export, RowsWithheld, rows_of
from exports.workbook import HEAD, LONGEST, MOST_ROWS, data_sheet, opened, print_set_up
from language import _, counted, named
from warehouse.metric import metrics


def workbook(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> bytes:
    """The file; the same numbers are the same bytes. Raises OSError (disk full)."""
    target = io.BytesIO()
    tables = [each(seen) for each in (sheets.changes, sheets.cards)]
    rest = [*(each(seen) for each in (sheets.funnel, sheets.exposure, sheets.zones, sheets.tasks, sheets.resolutions, sheets.reports)),
            sheets.definitions(metrics(cursor))]
    rows = _rows(cursor, seen)
    with opened(target, constant_memory=False) as book:
        book.set_properties({"title": _("甘智汇科创园建设进展情况汇报"), "comments": _nature(seen), "created": seen.about.known_at.replace(tzinfo=None)})
        _about(book, seen, [*tables, *rest], rows)
        for table in tables:
            _sheet(book, table, seen)
        for name, export in rows.items():
            data_sheet(book, export, name)
        for table in rest:
            _sheet(book, table, seen)
    return target.getvalue()


def _rows(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> dict[str, Export]:
    """By the sheet's name, the rows of each goal's headline; those too many for a sheet are in the data alone."""
    found = {}
    for card in seen.cards:
        try:
            export = rows_of(cursor, card.headline.metric.metric_id, seen.as_of)
        except RowsWithheld:
            continue
        if export.row_count <= MOST_ROWS:
            found[_("{goal}明细", goal=named(card.goal))[:31]] = export
    return found


def _about(book: Any, seen: Meeting, tables: Sequence[Sheet], rows: dict[str, Export]) -> None:
    """What the workbook is, and what stands on each sheet."""
    sheet = book.add_worksheet(_("说明"))
    print_set_up(sheet, _("说明"), 2, is_demo=seen.about.is_demo)
    name, text = book.add_format({"bold": True, "valign": "top"}), book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.freeze_panes(1, 0)
    occasion = seen.occasion
    lines = [(_("名称"), _("甘智汇科创园建设进展情况汇报：数据表")), (_("数据性质"), _nature(seen)), (_("会议"), occasion.meeting or _("未指定")),
             (_("期号"), _("{issue} 期第 {revision} 稿", issue=occasion.issue, revision=occasion.revision) if occasion.issue else _("未冻结")),
             (_("发生截至日"), date(seen.as_of)),
             (_("知悉截至（快照）"), _("{moment}（{snapshot}）", moment=f"{seen.about.known_at:%Y-%m-%d %H:%M}", snapshot=seen.snapshot)),
             (_("怎样读"), _("代码是文本，数是数，没有公式。金额单位为元，占比按 0–1 存、以百分数显示。空格是不能知道，不是 0。"))]
    lines += [(each.name, each.about) for each in tables]
    lines += [(each, counted("{what}：计入的 {n} 行，“数值”之和等于现值", export.row_count, what=named(export.metric))) for each, export in rows.items()]
    for line, (heading, said) in enumerate(lines):
        sheet.write_string(line, 0, heading, name)
        sheet.write_string(line, 1, said, text)


def _sheet(book: Any, table: Sheet, seen: Meeting) -> None:
    sheet = book.add_worksheet(table.name)
    print_set_up(sheet, table.name, len(table.headings), is_demo=seen.about.is_demo)
    head = book.add_format(HEAD)
    for at, (heading, width) in enumerate(zip(table.headings, table.widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, head)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headings) - 1)
    text, day = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}), book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    share, number = (book.add_format({"num_format": form, "valign": "top"}) for form in ("0.0%", "#,##0.######"))
    whole = book.add_format({"num_format": "#,##0", "valign": "top"})
    for line, row in enumerate(table.rows, 1):
        for at, cell in enumerate(row):
            match cell:
                case None | "":
                    pass
                case str():
                    sheet.write_string(line, at, cell[:LONGEST], text)
                case dt.date():
                    sheet.write_datetime(line, at, dt.datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a date in a workbook has no time zone
                case _:
                    sheet.write_number(line, at, float(cell), share if at in table.shares else whole if Decimal(str(cell)) % 1 == 0 else number)


def _nature(seen: Meeting) -> str:
    return _("演示数据：虚构的园区，不是真实情况") if seen.about.is_demo else _("由部门报送文件汇总")
