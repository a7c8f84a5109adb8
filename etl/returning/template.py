"""An empty form for a feed, made of its contract: what is filled in there is read without a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from etl.contract import Column, Feed, Kind
from etl.recognise import FORM_NOTES
from etl.returning.meaning import alternatives, choices, examples, heading, how
from etl.returning.place import written

FIRST_ROW = 5  # as Excel counts, the first to fill in
LAST_ROW = 100_000  # drop-downs and checks reach so far; what is filled in below is read all the same
_HEAD, _TABLE = FIRST_ROW - 2, 7  # 0-based: the headings of the form, and those of the notes
_DUE = {"monthly": "每月", "quarterly": "每季度", "half-yearly": "每半年", "yearly": "每年", "events": "有新发生时"}
_MODES = {"full": "全量表：每次报截至日的全部在册记录，不是只报新增", "events": "事件表：报新发生的记录即可；更正已报的，用原编号再报一次"}
_FORMATS = {Kind.MONEY: "#,##0.00", Kind.NUMBER: "General", Kind.INTEGER: "0", Kind.SHARE: "0.00%", Kind.DAY: "yyyy-mm-dd"}
_WIDTHS = {Kind.TEXT: 22, Kind.WORDS: 18, Kind.PERIOD: 16}
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_template(feed: type[Feed], path: Path, departments: Mapping[str, str]) -> None:
    """Write the form of a feed to a path that is free. `departments`: id → name. Raises WrongArgument, OSError."""
    asked = [column for column in feed.columns if column.kind is not Kind.PERSONAL]  # what would be dropped is not asked for
    with written(path) as beside:
        try:
            with xlsxwriter.Workbook(beside, _SAFE) as book:
                book.set_properties({"title": f"{feed.title}填报模板"})
                sheet = book.add_worksheet(feed.title[:31])
                lists = _notes(book, feed, asked, departments)
                _form(book, sheet, feed, asked, lists)
        except xlsxwriter.exceptions.FileCreateError as problem:
            raise OSError(*problem.args) from problem


def _form(book: Any, sheet: Any, feed: type[Feed], asked: list[Column], lists: Mapping[str, str]) -> None:
    bold, day = book.add_format({"bold": True, "font_size": 14}), book.add_format({"num_format": "yyyy-mm-dd", "bg_color": "#FFF9E5", "border": 1, "align": "left"})
    sheet.write_string(0, 0, f"{feed.title}填报表", bold)
    sheet.write_string(1, 0, "截至日期：")
    sheet.write_blank(1, 1, None, day)
    sheet.data_validation(1, 1, 1, 1, _date_rule("截至日期", "本表数据截至哪一天，如 2026-10-31。不填则须另行确认。"))
    sheet.write_string(2, 0, f"说明：带 * 的列必填；各列怎样填见“{FORM_NOTES}”；从第 {FIRST_ROW} 行起，一行一条。", book.add_format({"font_color": "#666666"}))
    must = book.add_format({"bold": True, "bg_color": "#F8D9A8", "border": 1, "text_wrap": True, "valign": "vcenter"})
    may = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True, "valign": "vcenter"})
    shown_in = examples(feed)
    for at, column in enumerate(asked):
        shown = heading(column)
        sheet.set_column(at, at, max(_WIDTHS.get(column.kind, 13), 2 * len(shown) + 2), book.add_format({"num_format": _FORMATS.get(column.kind, "@")}))
        sheet.write_string(_HEAD, at, shown, must if column.required else may)
        sheet.write_comment(_HEAD, at, _comment(column, shown_in[column.name]), {"x_scale": 2, "y_scale": 1.3})
        if rule := _rule(column, lists.get(column.name)):
            sheet.data_validation(_HEAD + 1, at, LAST_ROW - 1, at, rule)
    sheet.set_row(_HEAD, 32)
    sheet.freeze_panes(_HEAD + 1, 0)


def _comment(column: Column, shown: str) -> str:
    parts = ["必填" if column.required else "可不填", how(column)]
    if words := choices(column):
        parts.append(f"可选：{alternatives(words)}")
    if shown:
        parts.append(f"示例：{shown}")
    return "\n".join(parts)


def _rule(column: Column, source: str | None) -> dict[str, Any] | None:
    """The check at the cell. It stops where the reader would refuse; where it takes more than the check knows, it only warns."""
    told = {"input_title": column.heading[:32], "input_message": how(column)[:255], "error_title": "请核对"}
    match column.kind:
        case Kind.WORD | Kind.YES_NO:
            return {**told, "validate": "list", "source": source, "error_message": "请从下拉列表中选择。"}
        case Kind.WORDS:
            return {**told, "validate": "list", "source": source, "show_error": False}
        case Kind.DAY:
            return _date_rule(column.heading, how(column))
        case Kind.SHARE:
            return {**told, "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1, "error_message": "应在 0 到 1 之间，如 35%。"}
        case Kind.MONEY:
            return {**told, "validate": "decimal", "criteria": "between", "minimum": -1e13, "maximum": 1e13, "error_type": "warning",
                    "error_message": f"应为一个数，单位为{column.unit}。"}
        case Kind.NUMBER | Kind.INTEGER:
            return {**told, "validate": "decimal" if column.kind is Kind.NUMBER else "integer", "criteria": "between", "error_message": f"应为{how(column)}。",
                    "minimum": -1e13 if column.low is None else column.low, "maximum": 1e13 if column.high is None else column.high}
        case _:
            return None


def _date_rule(title: str, message: str) -> dict[str, Any]:
    return {"validate": "date", "criteria": "between", "minimum": dt.date(1949, 10, 1), "maximum": dt.date(2099, 12, 31), "error_type": "warning",
            "input_title": title[:32], "input_message": message[:255], "error_title": "请核对", "error_message": "不像日期，如 2026-03-31。仍要这样填吗？"}


def _notes(book: Any, feed: type[Feed], asked: list[Column], departments: Mapping[str, str]) -> dict[str, str]:
    """The sheet that explains the form. Returns, per column with a vocabulary, where on it the words stand."""
    sheet = book.add_worksheet(FORM_NOTES)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
    who = alternatives([departments.get(each, each) for each in feed.departments]) if feed.departments != ("*",) else "各部门"
    lines = (f"《{feed.title}》怎样填", f"谁来报：{who}；{_DUE[feed.rhythm]}报送。", f"怎样算：{_MODES[feed.mode]}。",
             f"填在“{feed.title[:31]}”表，从第 {FIRST_ROW} 行起；表头不要改名、合并或删除，列的次序可以调整，没有的列可以空着。",
             "截至日期填在表头上方的黄格里。不需要填写个人信息（姓名、电话、证件号）。本页不会被当作数据读入，可以保留。")
    for line, text in enumerate(lines):
        sheet.write_string(line, 0, text, bold if line == 0 else None)
    for at, (text, width) in enumerate((("列名", 20), ("必填", 6), ("填法", 60), ("可选值", 50), ("示例（不计入）", 24))):
        sheet.write_string(_TABLE - 1, at, text, head)
        sheet.set_column(at, at, width)
    ranges: dict[str, str] = {}
    shown_in = examples(feed)
    for line, column in enumerate(asked, start=_TABLE):
        words = choices(column)
        for at, text in enumerate((column.heading, "是" if column.required else "", how(column), alternatives(words), shown_in[column.name])):
            sheet.write_string(line, at, text, wrapped)
        if words:
            at = 6 + len(ranges)
            ranges[column.name] = f"='{FORM_NOTES}'!${xl_col_to_name(at)}${_TABLE + 1}:${xl_col_to_name(at)}${_TABLE + len(words)}"
            sheet.write_string(_TABLE - 1, at, f"“{column.heading}”下拉词", head)
            sheet.set_column(at, at, 18)
            sheet.write_column(_TABLE, at, words)
    return ranges
