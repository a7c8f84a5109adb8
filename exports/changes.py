"""The bridge between two states as a file: a line for every metric with its terms and its sentence, and a line for everything that moved one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import polars as pl

from analytics.bridge import build, look
from analytics.change_bridge import TERMS, Changes, MetricChange, decimal
from analytics.changes_said import WORDS, money, sentence, summary
from analytics.comparing import Point, compare, states
from exports.csv_file import BOM, csv_rows
from exports.parquet_file import ROW_GROUP, written
from exports.workbook import MOST_ROWS, TooManyRows, opened
from language import N_, _, named, spoken
from warehouse.publish import Store
from warehouse.raw import BITS

ROWS_SQL = Path(__file__).with_name("changes_rows.sql").read_text(encoding="utf-8")
HEADINGS = {"metric": N_("指标"), "metric_id": N_("指标代码"), "term": N_("构成"), "key": N_("编号"), "name": N_("名称"), "change": N_("变化"), "unit": N_("单位"),
            "occurred_on": N_("发生日期"), "zone": N_("空间"), "department": N_("部门"), "file": N_("文件"), "sheet": N_("工作表"), "row": N_("行"),
            "received": N_("收到时间"), "sha256": N_("内容指纹")}
SHARE_DIGITS = Decimal("0.000001")


@dataclass(frozen=True, kw_only=True)
class BridgeExport:
    """All that changed, and its rows, in the language that was spoken when it was made. `asked`: what both ends and the narrowing were."""

    changes: Changes
    rows: pl.DataFrame

    @cached_property
    def metrics(self) -> pl.DataFrame:
        """A line for every metric that is known at one end at least; values in the metric's unit, money in 元, shares 0–1."""
        unit = money(self.changes)
        known = [each for each in (*self.changes.metrics, *self.changes.statistics) if each.standing != "unknown"]
        return pl.DataFrame([_line(each, sentence(each, unit)) for each in known], infer_schema_length=None, schema_overrides=dict.fromkeys(
            (_("上期"), *(_(WORDS[term]) for term in TERMS), _("本期")), pl.Decimal(38, 6)))

    @property
    def summary(self) -> str:
        return summary(self.changes, money(self.changes))


def _line(change: MetricChange, said: str) -> dict[str, object]:
    def told(exact: Any) -> Decimal | None:
        return None if exact is None else decimal(exact).quantize(SHARE_DIGITS)

    terms = {_(WORDS[term]): told(change.of(term)) for term in TERMS}
    return {_("指标"): named(change.metric), _("指标代码"): change.metric.metric_id, _("单位"): _(change.metric.unit), _("上期"): told(change.before), **terms,
            _("本期"): told(change.now), _("说明"): said}


def bridge_export(store: Store, before: Point, now: Point, *, zone: str | None = None, department: str | None = None, metric_id: str | None = None) -> BridgeExport:
    """All metrics, and the rows of one or of all of them. Raises UnknownSnapshot, DamagedSnapshot, KeyError for an unknown metric."""
    changes = compare(store, before, now, zone=zone, department=department)
    with states(store, before.snapshot, now.snapshot) as both:
        between = both.between(changes.before.as_of, changes.now.as_of)
        asked = None if metric_id is None else list(both.dictionary[metric_id].made_of)
        look(both.con, between)
        build(both.con, between, metrics=asked, zone=zone, department=department)
        found = both.con.sql(ROWS_SQL, params={"distinct": list(between.distinct), "v_now": changes.now.as_of, "metrics": asked, "language": spoken(),
                                               **BITS}).pl()
        names = {metric_id: named(each) for metric_id, each in both.dictionary.items()}
        units = {metric_id: _(each.unit) for metric_id, each in both.dictionary.items()}
    rows = found.with_columns(metric=pl.col("metric_id").replace_strict(names, return_dtype=pl.String),
                              unit=pl.col("metric_id").replace_strict(units, return_dtype=pl.String), occurred_on=pl.col("occurred_on").cast(pl.String),
                              term=pl.col("term").replace({term: _(word) for term, word in WORDS.items()}))
    return BridgeExport(changes=changes, rows=rows.select(pl.col(name).alias(_(words)) for name, words in HEADINGS.items()))


def csv_chunks(export: BridgeExport) -> Iterator[bytes]:
    """The rows: UTF-8 with BOM, CRLF, no cell that a spreadsheet would run."""
    yield BOM + export.rows.clear().write_csv(line_terminator="\r\n", quote_style="non_numeric").encode()
    for batch in export.rows.iter_slices(20_000):
        yield csv_rows(batch)


def parquet_chunks(export: BridgeExport) -> Iterator[bytes]:
    """The rows with their days, amounts and moments as such; what they are, in the file's key-value metadata under the words of the sheet 说明."""
    day, received = _("发生日期"), _("收到时间")
    rows = export.rows.with_columns(pl.col(day).str.to_date(), pl.col(received).str.to_datetime("%Y-%m-%d %H:%M", time_zone="Asia/Shanghai").dt.convert_time_zone("UTC"))
    told = {"row_count": str(rows.height), **dict(said_about(export.changes, export.summary))}
    return written(rows.clear(), rows.iter_slices(ROW_GROUP), told)


def write_workbook(export: BridgeExport, target: IO[bytes]) -> None:
    """The sheets 变化, 行 and 说明. Raises TooManyRows, OSError (disk full)."""
    if export.rows.height > MOST_ROWS:
        raise TooManyRows(_("共 {rows} 行，工作簿最多 {most} 行。请：改用 CSV 或 Parquet，其中是全部行；或选定一个指标后再导出。",
                             rows=f"{export.rows.height:,}", most=f"{MOST_ROWS:,}"))
    with opened(target) as book:
        book.set_properties({"title": _("会间变化"), "created": export.changes.now.known_at.replace(tzinfo=None)})
        _sheet(book, _("变化"), export.metrics, {_("指标"): 34, _("说明"): 90})
        _sheet(book, _("行"), export.rows, {_("指标"): 30, _("名称"): 36, _("文件"): 30, _("编号"): 22})
        _about(book, export)


def _sheet(book: Any, title: str, frame: pl.DataFrame, widths: dict[str, int]) -> None:
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True, "valign": "vcenter"})
    text, number = book.add_format({"num_format": "@"}), book.add_format({"num_format": "#,##0.######"})
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    for at, name in enumerate(frame.columns):
        sheet.set_column(at, at, widths.get(name, 14))
        sheet.write_string(0, at, name, head)
    for line, row in enumerate(frame.iter_rows(), start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, at, cell[:32_767], text)
            elif cell is not None:
                sheet.write_number(line, at, cell, number)


def _about(book: Any, export: BridgeExport) -> None:
    changes, sheet = export.changes, book.add_worksheet(_("说明"))
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    for line, (heading, said) in enumerate(said_about(changes, export.summary)):
        sheet.write_string(line, 0, heading, text)
        sheet.write_string(line, 1, said, text)


def said_about(changes: Changes, whole: str) -> Sequence[tuple[str, str]]:
    """What one must know to read it."""
    sides = [_("{day}，快照 {snapshot}，知悉截至 {moment}", day=each.as_of, snapshot=each.snapshot, moment=f"{each.known_at:%Y-%m-%d %H:%M}")
             for each in (changes.before, changes.now)]
    return [
        (_("数据性质"), _("演示数据：虚构的园区，不是真实情况") if changes.now.is_demo else _("由部门报送文件汇总")), (_("上期"), sides[0]), (_("本期"), sides[1]),
        (_("空间"), changes.zone or _("全部")), (_("部门"), changes.department or _("全部")), (_("概述"), whole),
        (_("怎样核对"), _("每个指标：上期 + 各项构成 = 本期，一分不差；“行”表中同一指标同一构成的“变化”之和等于该项（比率按分子、分母分列）。金额为元，占比为 0 至 1。"))]
