"""GET /figure/<metric>-<way|fan|zones|months|stages|groups>.svg and .png: a figure for a document or a slide, the same address the same content."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import cast, get_args

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from analytics.access import Deed
from charts.paper.rendering import NoChineseFont, NotDrawn, rendered
from exports.asking import Refused, access_of, answered, asked_day, chosen, parted, pinned, refusing, short
from exports.figure import Figure, NotDrawable
from exports.figures import Kind, figure
from exports.headers import is_held, of_figure
from exports.links import FIGURES, FigureFormat
from language import _, listed

LOG = logging.getLogger(__name__)
MEDIA_TYPES: dict[FigureFormat, str] = {"svg": "image/svg+xml", "png": "image/png"}
AT_ONCE = CapacityLimiter(2)  # each is a process of its own, and takes a core for most of a second


def figure_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route(f"/{FIGURES}/{{name}}", _figure, methods=["GET"])]  # HEAD comes along


async def _figure(request: Request) -> Response:
    return await answered(request, _answer, AT_ONCE)


def _answer(request: Request, stack: ExitStack) -> Response:
    """The whole response. Raises Refused."""
    with stack:
        fmt, asked = _described(request, stack)
        answer = of_figure(asked, fmt, for_ever={"as_of", "snapshot"} <= request.query_params.keys())
        if is_held(request.headers.get("if-none-match", ""), answer["ETag"]):
            return Response(status_code=304, headers=answer)
        drawing = asked.drawing()
    content = b"" if request.method == "HEAD" else _drawn(drawing, fmt)
    return Response(content, headers=answer, media_type=MEDIA_TYPES[fmt])


def _drawn(drawing: dict[str, object], fmt: FigureFormat) -> bytes:
    try:
        return rendered(drawing, fmt)
    except NoChineseFont as problem:
        raise Refused(503, _("服务器上没有中文字体，PNG 中的汉字会成为方框，所以没有画。请：下载 SVG；或请数据管理员安装字体（如 fonts-noto-cjk）后再试。")) from problem
    except NotDrawn as problem:
        LOG.exception("a figure could not be drawn")
        raise Refused(503, _("图没有画成，已记入日志。请：稍后再试；仍不行，转告数据管理员。")) from problem


def _described(request: Request, stack: ExitStack) -> tuple[FigureFormat, Figure]:
    """What is asked for, its snapshot pinned on the stack."""
    name, fmt = parted(request.path_params["name"], ".")
    metric_id, kind = parted(name, "-")
    if fmt not in get_args(FigureFormat) or kind not in get_args(Kind):
        raise Refused(404, _("没有这种图。现有：/{folder}/指标代码-图.svg 和 .png，图为 {kinds} 之一。", folder=FIGURES, kinds=listed(get_args(Kind))))
    if not access_of(request).may(Deed.EXPORT):
        raise Refused(403, _("没有导出的权限。"))
    asked = chosen(request)
    try:
        with refusing():
            cursor = pinned(stack, asked.get("snapshot"))
            return cast("FigureFormat", fmt), figure(cursor, cast("Kind", kind), short(metric_id), asked_day(asked.get("as_of")), asked.get("zone"))
    except NotDrawable as problem:
        raise Refused(404, str(problem)) from problem
