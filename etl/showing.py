"""The commands that only look: history, inspect, metric."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial

import duckdb
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from etl.home import SHANGHAI, Home
from etl.looking import Look, look
from etl.reading import Refused
from etl.report import WrongArgument, in_a_line, legible
from etl.workers import apart
from warehouse.metric import metrics
from warehouse.publish import NoSnapshot, Publication
from warehouse.small_cells import FEWEST, Said
from warehouse.source_line import sources
from warehouse.value import Reading, read_metric


def history(asked: argparse.Namespace) -> int:
    """All publications kept, newest last."""
    publications = Home.here().store.publications()
    if asked.json:
        print(json.dumps([_public(each) for each in publications], ensure_ascii=False, indent=1))
        return 0
    grid = Grid("快照", "自何时起", "缘由", "名称", "记事")
    for each in publications:
        grid.add_row(each.snapshot, f"{each.current_from.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", {"refresh": "刷新", "rollback": "换回"}[each.reason],
                     Text(each.label or ""), str(each.acts_upto))
    wide_console().print(grid)
    return 0


def _public(each: Publication) -> dict[str, object]:
    return {"snapshot": each.snapshot, "current_from": each.current_from.isoformat(), "reason": each.reason, "label": each.label,
            "acts_upto": each.acts_upto}


def inspect(asked: argparse.Namespace) -> int:
    """How a refresh would read a file; 10 where it cannot be read."""
    try:
        seen = apart(partial(look, sheet=asked.sheet, feed=asked.feed, rows=asked.rows), asked.file)
    except Refused as refusal:
        refused = {"refused": {"what": refusal.what, "do": refusal.do}}
        print(json.dumps(refused, ensure_ascii=False, indent=1) if asked.json else
              f"{in_a_line(str(asked.file))}\n  {legible(refusal.what)}\n  请：{legible(refusal.do)}")
        return 10
    if asked.json:
        print(json.dumps(seen.found, ensure_ascii=False, indent=1))
    else:
        _print_tables(seen)
        print(legible("\n".join(seen.told)))
    return 0


def _print_tables(seen: Look) -> None:
    console = wide_console()
    for table, view in zip(seen.found["tables"], seen.views, strict=True):
        rows = f"（第 {table['first_data_row']}–{table['last_data_row']} 行）" if table["data_rows"] else ""
        print(f"{in_a_line(table['sheet']) or '（CSV）'}：列名在第 {'、'.join(map(str, table['header_rows']))} 行，数据 {table['data_rows']} 行{rows}")
        for name, word in (("total_rows", "合计行"), ("section_rows", "分段行"), ("footer_rows", "表尾行"), ("warnings", "注意")):
            if table[name]:
                print(f"  {word}：{'、'.join(in_a_line(str(each)) for each in table[name])}")
        if "" in table["units"]:
            print(f"  全表单位：{table['units']['']}")
        grid = Grid(*view[0])
        for cells in view[1:]:
            grid.add_row(*(Text(in_a_line(cell)) for cell in cells))  # departments' words are text, not markup
        console.print(grid)


def metric(asked: argparse.Namespace) -> int:
    """A metric's value and the rows it is made of."""
    home = Home.here()
    with opened_snapshot(home, asked.snapshot) as (_, cursor):
        if asked.list:
            return _list_metrics(cursor, asked.json)
        if asked.metric is None:
            raise WrongArgument(f"请给出指标。现有：{'、'.join(each.metric_id for each in metrics(cursor))}")
        found = read_metric(cursor, asked.metric, as_of=asked.as_of, zone=asked.zone)
        lines = {} if asked.json else sources(cursor, [row.row_id for row in found.rows])
    is_made = found.metric.made_of != (found.metric.metric_id,)
    if asked.json:
        if found.metric.drill == "groups":
            print(json.dumps(_groups_as_json(found), ensure_ascii=False, indent=1, default=str))
            return 0
        print(json.dumps({
            "metric": found.metric.metric_id, "version": found.metric.version, "value": _number(found.value), "unit": found.metric.unit,
            "as_of": found.as_of, "snapshot": found.snapshot,
            **({"numerator": found.metric.numerator_id, "denominator": found.metric.denominator_id} if found.metric.aggregation == "ratio" else {}),
            **({"computed_by": found.metric.computed_by, "inputs": found.metric.inputs} if found.metric.is_statistic else {}),
            "rows": [{**({"metric": row.metric_id} if is_made else {}), "entity_kind": row.entity_kind,
                      "entity_id": row.entity_id, "occurred_on": row.occurred_on, "occurred_precision": row.occurred_precision,
                      "value": _number(row.value), "zone": row.zone, "department": row.department, "file": row.file, "sha256": row.sha256,
                      "sheet": row.sheet, "row": row.row} for row in found.rows],
        }, ensure_ascii=False, indent=1, default=str))
        return 0
    if found.metric.drill == "groups":
        return _print_groups(found)
    pending = sum(row.is_pending for row in found.rows)
    print(f"{found.metric.name_zh}：{_said(found)}" + (f"（其中待佐证 {pending}）" if pending else ""))
    print(f"截至 {found.as_of} · 快照 {found.snapshot} · 口径第 {found.metric.version} 版 {found.metric.status}\n{found.metric.statement_zh}")
    grid = Grid(*(["指标"] if is_made else []), "编号", "发生日期", "数值", "空间", "部门", "文件", "工作表", "行", "该行原文")
    for row in found.rows:
        sent = "；".join(f"{heading} {text}" for heading, text in lines[row.row_id].cells)
        cells = (*([row.metric_id] if is_made else []), row.entity_id, row.occurred_on, f"{_number(row.value):,}", row.zone, row.department or "",
                 row.file, row.sheet, row.row, sent)
        grid.add_row(*(Text(in_a_line(str(cell))) for cell in cells))  # departments' words are text, not markup
    wide_console().print(grid)
    return 0


def _print_groups(found: Reading) -> int:
    """A metric whose rows would be persons: its numbers, small ones unsaid."""
    whole = f"{_unsaid(found.said, found.value)} {found.metric.unit}"
    if found.metric.aggregation == "ratio" and found.value is not None:
        whole = f"{found.value * 100:.1f}%" if found.metric.unit == "%" else f"{found.value:.2f} {found.metric.unit}"
    print(f"{found.metric.name_zh}：{whole}")
    print(f"截至 {found.as_of} · 快照 {found.snapshot} · 口径第 {found.metric.version} 版 {found.metric.status}\n{found.metric.statement_zh}")
    print("只到组，不列个人；“<3”是 1 或 2，“不公布”是为免由合计推算出来而不说的。")
    grid = Grid("指标", "空间", "分类", "年份", "数值")
    for at, number in found.groups:
        grid.add_row(at.metric_id, at.zone_id or "全部", Text("全部" if at.category is None else at.category or "未填"), str(at.year or "全部"),
                     _unsaid(number.said, number.value))
    wide_console().print(grid)
    return 0


def _groups_as_json(found: Reading) -> dict[str, object]:
    """As the other metrics, with groups in place of rows; a number that is not said is null."""
    return {"metric": found.metric.metric_id, "version": found.metric.version, "value": _number(found.value), "said": found.said, "unit": found.metric.unit,
            "as_of": found.as_of, "snapshot": found.snapshot, "rows": [],
            "groups": [{"metric": at.metric_id, "zone": at.zone_id, "category": at.category, "year": at.year, "said": number.said,
                        "value": _number(number.value)} for at, number in found.groups]}


def _unsaid(said: Said, value: Decimal | None) -> str:
    match said:
        case Said.FEW:
            return f"<{FEWEST}"
        case Said.WITHHELD:
            return "不公布"
        case Said.VALUE:
            return "—" if value is None else f"{_number(value):,}"


def _said(found: Reading) -> str:
    """The value with its unit; of a ratio with both of its parts, of a statistic what computes it of what."""
    if found.metric.is_statistic:
        return f"统计量，不是各行之和（{found.metric.computed_by} 据 {'、'.join(found.metric.inputs)} 的行）" if found.metric.inputs else "—（没有报表，不能算）"
    if found.metric.aggregation != "ratio":
        return f"{'—' if found.value is None else f'{_number(found.value):,}'} {found.metric.unit}"
    sums = [sum((row.value for row in found.rows if row.metric_id == each), Decimal(0)) for each in found.metric.made_of]
    parts = " ÷ ".join(f"{name} {_number(each):,}" for name, each in zip(found.metric.made_of, sums, strict=True))
    if found.value is None:
        return f"—（{parts}）"
    return f"{found.value * 100:.1f}%（{parts}）" if found.metric.unit == "%" else f"{found.value:.2f} {found.metric.unit}（{parts}）"


def _list_metrics(cursor: duckdb.DuckDBPyConnection, as_json: bool) -> int:
    known = metrics(cursor)
    if as_json:
        print(json.dumps([{"metric": each.metric_id, "version": each.version, "name": each.name_zh, "unit": each.unit, "status": each.status}
                          for each in known], ensure_ascii=False, indent=1))
    else:
        widest = max((len(each.metric_id) for each in known), default=0)
        for each in known:
            print(f"{each.metric_id:{widest}}  {each.name_zh}（{each.unit}，{each.status}）")
    return 0


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@contextmanager
def opened_snapshot(home: Home, asked: str | None) -> Iterator[tuple[Publication, duckdb.DuckDBPyConnection]]:
    """The current snapshot or the named one. Raises NoSnapshot, UnknownSnapshot, DamagedSnapshot."""
    current = home.store.current()
    if current is None:
        raise NoSnapshot
    publication = home.store.get(asked) if asked else current
    connection = home.store.open(publication.snapshot)
    try:
        yield publication, connection
    finally:
        connection.close()


def wide_console() -> Console:
    """Wide where the output is no terminal: a file is not 80 columns."""
    console = Console(emoji=False)
    return console if console.is_terminal else Console(emoji=False, width=200)
