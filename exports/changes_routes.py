"""GET /bridge/changes.csv, .xlsx, .parquet and /bridge/<metric>.svg, .png: what changed between two states, as files. The same address is the same content."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from typing import cast, get_args

import duckdb
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from analytics.access import Deed
from analytics.changes_said import finding, money, sentence
from analytics.comparing import Point, compare, states
from charts.paper.rendering import NoChineseFont, NotDrawn, rendered
from charts.paper.sheet import Words
from charts.paper.waterfall import waterfall
from exports.asking import UNREADABLE, Refused, access_of, answered, asked_day, chosen, parted, refusing, short
from exports.changes import BridgeExport, bridge_export, csv_chunks, parquet_chunks, said_about, write_workbook
from exports.changes_frames import steps
from exports.headers import headers, is_held
from exports.links import BRIDGE, TABLES, FigureFormat, TableFormat
from exports.recording import ROWS
from exports.routes import MEDIA_TYPES, PIECE, Streamed
from exports.workbook import TooManyRows
from language import _, named, spoken
from warehouse.here import store_root
from warehouse.pins import pins
from warehouse.publish import Store

LOG = logging.getLogger(__name__)
FIGURE_TYPES: dict[str, str] = {"svg": "image/svg+xml", "png": "image/png"}
AT_ONCE = CapacityLimiter(2)


def bridge_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route(f"/{BRIDGE}/{{name}}", _bridge, methods=["GET"])]


async def _bridge(request: Request) -> Response:
    return await answered(request, _answer, AT_ONCE)


def _answer(request: Request, stack: ExitStack) -> Response:
    """The response. Raises Refused."""
    if not access_of(request).may(Deed.EXPORT):
        raise Refused(403, _("没有导出的权限。"))
    name, fmt = parted(request.path_params["name"], ".")
    if fmt not in (*get_args(FigureFormat), *TABLES) or (fmt in TABLES) != (name == "changes"):
        raise Refused(404, _("没有这种文件。现有：/{folder}/changes.csv、changes.xlsx、changes.parquet，以及 指标代码.svg、指标代码.png。", folder=BRIDGE))
    asked = chosen(request)
    before, now = (_point(asked, end) for end in ("from", "to"))
    store, zone, department = Store(store_root()), asked.get("zone"), asked.get("department")
    with refusing():
        with states(store, before.snapshot, now.snapshot) as both:
            prime = both.prime  # once A′ has been replayed the same address tells more
        told = headers(f"{_('会间变化')}-{name}-{before.snapshot}-{now.snapshot}.{fmt}", f"{name}.{fmt}", (fmt, spoken(), prime, *sorted(asked.items())),
                       for_ever=False)
        if is_held(request.headers.get("if-none-match", ""), told["ETag"]):
            return Response(status_code=304, headers=told)
        try:
            if fmt in FIGURE_TYPES:
                return Response(_figure(store, before, now, name, zone, department, cast("FigureFormat", fmt)), headers=told, media_type=FIGURE_TYPES[fmt])
            export = bridge_export(store, before, now, zone=zone, department=department, metric_id=asked.get("metric"))
        except KeyError as problem:
            raise Refused(404, _("没有指标“{asked}”。", asked=short(str(problem.args[0])))) from problem
    request.scope[ROWS] = export.rows.height
    table = cast("TableFormat", fmt)
    content = csv_chunks(export) if table == "csv" else parquet_chunks(export) if table == "parquet" else _workbook(export, stack)
    return Streamed(content, stack, told, MEDIA_TYPES[table])


def _point(asked: dict[str, str], end: str) -> Point:
    """`from` and `to` are issues or snapshots. Raises Refused."""
    known = {each.name: each for each in reversed(pins(store_root().parent))}
    name = asked.get(end)
    pin = known.get(name) if name else next(iter(known.values()), None) if end == "to" else None
    if pin is None:
        raise Refused(404, _("{end}“{asked}”：没有这一期。", end=end, asked=name or ""))
    return Point(snapshot=pin.snapshot, issue=pin.issue, as_of=asked_day(asked.get(f"{end}_as_of")) or pin.as_of)


def _figure(store: Store, before: Point, now: Point, metric_id: str, zone: str | None, department: str | None, fmt: FigureFormat) -> bytes:
    changes = compare(store, before, now, zone=zone, department=department)
    change, unit = changes.by_metric[metric_id], money(changes)
    shown = steps(changes, change, unit)
    if shown is None:
        raise Refused(404, _("指标“{metric}”在两期之间没有可画的变化。", metric=named(change.metric)))
    facts = [_("{heading}：{words}", heading=heading, words=said) for heading, said in said_about(changes, "")[:5]]
    note = (_("纵轴不从 0 起。"),) if shown.floor else ()
    words = Words(title=sentence(change, unit), facts=(*facts[:3], _("；").join(facts[3:]), *note), alt=shown.alt,
                  source=_("来源：甘智汇科创园数据看板，由部门报送文件中的行合计而成。{finding}。", finding=finding(changes, unit)))
    try:
        return rendered(waterfall(shown.frame, words, floor=shown.floor), fmt)
    except NoChineseFont as problem:
        raise Refused(503, _("服务器上没有中文字体，PNG 中的汉字会成为方框，所以没有画。请：下载 SVG；或请数据管理员安装字体（如 fonts-noto-cjk）后再试。")) from problem
    except NotDrawn as problem:
        LOG.exception("a figure could not be drawn")
        raise Refused(503, _("图没有画成，已记入日志。请：稍后再试；仍不行，转告数据管理员。")) from problem


def _workbook(export: BridgeExport, stack: ExitStack) -> Iterable[bytes]:
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    try:
        write_workbook(export, file)
    except TooManyRows as problem:
        raise Refused(400, str(problem)) from problem
    except (OSError, duckdb.Error) as problem:
        LOG.exception("a workbook could not be written")
        raise Refused(503, _(UNREADABLE)) from problem
    file.seek(0, os.SEEK_SET)
    return iter(lambda: file.read(PIECE), b"")
