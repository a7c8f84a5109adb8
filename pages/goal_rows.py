"""The rows behind a number of the goals page, each with the lines of the files that said it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analytics.drill import Counted, Drilled, Source
from analytics.format import UNKNOWN, Amount, count, day
from analytics.zones import Zone
from exports.goal_frames import BEFORE
from pages.goal_words import ALL_ZONES
from pages.markup import Markup, el, join, pill, table

ROWS, SWIPE = "计入的行", "左右滑动看全表"


def rows(found: Drilled, amount: Amount, of: str, files: Sequence[tuple[str, str]]) -> Markup:
    """The rows behind a number, each with the lines of the files it comes from. `files`: kind and address of all of them as a file."""
    if found.total is None:
        return el("p", f"{of}：因缺报不能知道，没有可列的行。", class_="quiet")
    if not found.count:
        return el("p", f"{of}：没有计入的行，合计 0。", class_="quiet")
    shown = f"，列出最近的 {len(found.rows)} 行" if len(found.rows) < found.count else ""
    is_money = amount.unit.endswith("元")
    headings = ["名称", "单位", "发生日期", "空间", "阶段", f"数值（{amount.unit}）", "来源"]
    cells = [[_name(each), each.org_name or UNKNOWN, day(each.occurred_on, each.occurred_precision), each.zone or UNKNOWN, each.stage or UNKNOWN,
              amount.text(each.value), _sources(each)] for each in found.rows]
    has_stage, has_org = any(each.stage for each in found.rows), any(each.org_name for each in found.rows) and not is_money
    kept = [at for at in range(len(headings)) if (has_org, has_stage)[at == 4] or at not in (1, 4)]
    body = table(ROWS, [headings[at] for at in kept], [[line[at] for at in kept] for line in cells], numbers=[kept.index(5)])
    links = [el("a", f"下载 {kind.upper()}", href=href, download="") for kind, href in files]
    return join([el("p", f"{of}：共 {count(found.count)} 行，合计 {amount.said(found.total)}{shown}。", *links, class_="quiet taken"),
                 el("p", SWIPE, class_="hint"), body])


def chosen_rows(zone: Zone | None, month: str, at: dt.date) -> str:
    """What the rows below are of."""
    when = "" if not month else BEFORE if month == "before" else f"{month[:4]}年{int(month[5:])}月发生"
    return " · ".join(part for part in (zone.name_zh if zone else ALL_ZONES, when, f"截至 {day(at)}") if part)


def _name(row: Counted) -> Markup:
    kinds = {"project": "项目", "outcome": "成果", "organization": "单位", "zone": "空间"}
    listed = pill("待建档", "warn", "事件先到，项目库里还没有它") if row.name is None else Markup()
    return join([el("span", row.name or row.entity_id), el("small", f"{kinds.get(row.entity_kind, '')} {row.entity_id}"), listed,
                 pill("待佐证", "warn") if row.is_pending else Markup()])


def _sources(row: Counted) -> Markup:
    """Closed: the file and line of the row itself. Open: every line it was made of."""
    first = row.sources[0]
    further = f" 等 {len(row.sources)} 行" if len(row.sources) > 1 else ""
    return el("details", el("summary", f"{first.file} 第 {first.row} 行{further}"), *map(_source, row.sources), class_="sources")


def _source(source: Source) -> Markup:
    sheet = f" · 工作表 {source.sheet}" if source.sheet else ""
    sender = f"（{source.sender}）" if source.sender else ""
    where = el("p", el("strong", source.file), f"{sheet} · 第 {source.row} 行；{source.department}{sender}报送，{source.received_at:%Y-%m-%d %H:%M} 收到")
    return el("div", where, el("dl", *(el("div", el("dt", heading), el("dd", text)) for heading, text in source.cells)))
