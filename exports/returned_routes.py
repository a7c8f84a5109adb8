"""GET /template/<report>.xlsx: the empty form of a report, made by the data side; who may hand in may fetch it."""

from __future__ import annotations

import logging
import re
import tempfile
from contextlib import ExitStack
from pathlib import Path

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from analytics.access import Deed
from exports.asking import Refused, access_of, answered, short
from exports.child import NotDone, etl
from exports.headers import headers
from exports.links import TEMPLATES
from exports.routes import MEDIA_TYPES, Streamed, pieces
from language import _
from warehouse.snapshot_file import digest

LOG = logging.getLogger(__name__)
REPORT = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII)
AT_ONCE = CapacityLimiter(2)  # each is a process of two seconds


def returned_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route(f"/{TEMPLATES}/{{feed}}.xlsx", _template, methods=["GET"])]  # HEAD comes along


async def _template(request: Request) -> Response:
    return await answered(request, _form, AT_ONCE)


def _form(request: Request, stack: ExitStack) -> Response:
    """The response, which owns the stack from here on. Raises Refused."""
    if not access_of(request).may(Deed.SUBMIT):
        raise Refused(403, _("没有报送的权限。"))
    feed = request.path_params["feed"]
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="template-")))
    path = made("template", feed, folder=folder) if REPORT.fullmatch(feed) else None
    if path is None:
        raise Refused(404, _("没有报表“{asked}”。请：回到报送页，从列表中选。", asked=short(feed)))
    return sent(request, stack, path, plain=f"template-{feed}.xlsx")


def made(*words: str, folder: Path) -> Path | None:
    """The one file that a command of the data side wrote into the folder; None where it knows nothing of the kind. Raises Refused."""
    try:
        etl(*words, "-o", str(folder))
    except NotDone as problem:
        if problem.code == 2:
            return None
        LOG.error("%s was not made: %s", words[0], problem.said)
        raise Refused(503, _("文件没有写成，已记入日志。请：稍后再试；仍不行，转告数据管理员。")) from problem
    except OSError as problem:
        LOG.exception("%s could not be started", words[0])
        raise Refused(503, _("文件没有写成，已记入日志。请：稍后再试；仍不行，转告数据管理员。")) from problem
    return next(folder.iterdir())


def sent(request: Request, stack: ExitStack, path: Path, *, plain: str) -> Response:
    """The file under its own name, to be kept by nobody on the way: whoever asks again is asked again for their rights."""
    answer = headers(path.name, plain, (digest(path),), for_ever=False) | {"Cache-Control": "private, no-store"}
    file = stack.enter_context(path.open("rb"))
    media = MEDIA_TYPES["xlsx"] if path.suffix == ".xlsx" else "application/vnd.ms-excel.sheet.macroEnabled.12"
    return Streamed(() if request.method == "HEAD" else pieces(file, answer), stack, answer, media)
