"""GET /template/<report>.xlsx, the empty form of a report, and /returned/<job>, a department's own workbook with what is wrong marked in it: for who may, asked again."""

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
from exports.asking import UNREADABLE, Refused, access_of, answered, short
from exports.child import NotDone, etl
from exports.headers import headers
from exports.links import RETURNED, TEMPLATES
from exports.routes import MEDIA_TYPES, Streamed, pieces
from language import _
from warehouse.audit import Event, record
from warehouse.here import data_home
from warehouse.jobs.folder import NotYours, UnknownJob, job, made_file, result
from warehouse.jobs.results import Made
from warehouse.snapshot_file import digest

LOG = logging.getLogger(__name__)
REPORT, EVERY = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII), "all"  # what the command takes for all reports is none
AT_ONCE = CapacityLimiter(2)  # each is a process of two seconds


def returned_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route(f"/{TEMPLATES}/{{feed}}.xlsx", _template, methods=["GET"]),  # HEAD comes along
            Route(f"/{RETURNED}/{{job}}", _returned, methods=["GET"])]


async def _template(request: Request) -> Response:
    return await answered(request, _form, AT_ONCE)


async def _returned(request: Request) -> Response:
    return await answered(request, _marked)


def _marked(request: Request, stack: ExitStack) -> Response:
    """The response, which owns the stack from here on; each fetching is on record. Raises Refused."""
    access, home, job_id = access_of(request), data_home(), request.path_params["job"]
    try:
        asked, path, told = job(home, job_id), made_file(home, job_id, access), result(home, job_id, access)
    except UnknownJob as problem:
        raise Refused(404, _("没有这份退回件，或已过保留期。请：回到报送页再做一份。")) from problem
    except NotYours as problem:
        raise Refused(403, _("没有看这份退回件的权限。")) from problem
    if path is None or not isinstance(told, Made):
        raise Refused(404, _("没有这份退回件，或已过保留期。请：回到报送页再做一份。"))
    try:
        record(home, Event.VIEWED, who=access.subject, what="returned", department=asked.department, job=job_id, sha256=digest(path))
    except OSError as problem:
        LOG.exception("what must be recorded could not be")
        raise Refused(503, _(UNREADABLE)) from problem
    return sent(request, stack, path, name=told.name, plain=f"returned-{job_id}{Path(told.name).suffix}")


def _form(request: Request, stack: ExitStack) -> Response:
    """The response, which owns the stack from here on. Raises Refused."""
    if not access_of(request).may(Deed.SUBMIT):
        raise Refused(403, _("没有报送的权限。"))
    feed = request.path_params["feed"]
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="template-")))
    path = made("template", feed, folder=folder) if REPORT.fullmatch(feed) and feed != EVERY else None
    if path is None:
        raise Refused(404, _("没有报表“{asked}”。请：回到报送页，从列表中选。", asked=short(feed)))
    return sent(request, stack, path, name=path.name, plain=f"template-{feed}.xlsx")


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


def sent(request: Request, stack: ExitStack, path: Path, *, name: str, plain: str) -> Response:
    """The file under its own name, to be kept by nobody on the way: whoever asks again is asked again for their rights."""
    answer = headers(name, plain, (digest(path),), for_ever=False) | {"Cache-Control": "private, no-store"}
    file = stack.enter_context(path.open("rb"))
    media = MEDIA_TYPES["xlsx"] if name.endswith(".xlsx") else "application/vnd.ms-excel.sheet.macroEnabled.12"
    return Streamed(() if request.method == "HEAD" else pieces(file, answer), stack, answer, media)
