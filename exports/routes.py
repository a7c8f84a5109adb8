"""GET /export/<metric>.csv and .xlsx: a metric's rows as a file, made outside the page's script, the same address the same content."""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import IO, cast, get_args

import duckdb
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from analytics.access import VISITOR, may_see
from exports.csv_file import csv_chunks
from exports.headers import headers, is_held
from exports.links import FOLDER, Format
from exports.rows import Export, NotAMonth, RowsWithheld, rows_of
from exports.workbook import TooManyRows, refuse_too_many, write_workbook
from language import LANGUAGES, N_, SOURCE, _, listed, speak
from warehouse.errors import NoSnapshot, StoreError, UnknownSnapshot
from warehouse.metric import NothingReceived, OutOfRange, UnknownMetric, UnknownZone
from warehouse.publish import Store
from warehouse.reader import Reader

LOG = logging.getLogger(__name__)
DATA_HOME = "GANZHIHUI_DATA"
SHORT = 60  # characters of a wrong code that are repeated to the reader
PIECE = 1 << 20  # bytes of a workbook sent at a time
MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
AT_ONCE = CapacityLimiter(2)  # workbooks cost seconds of CPU that page runs want too

FORBIDDEN = N_("没有导出的权限。")
UNREADABLE = N_("数据暂时读不出来，已记入日志。请：稍后再试；仍不行，转告数据管理员。")
NO_ROOM = N_("工作簿没有写成，已记入日志。请：改用 CSV，并告知数据管理员检查磁盘剩余空间。")


class Refused(Exception):
    """A request that gets a sentence instead of a file: HTTP status, sentence."""


def export_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route(f"/{FOLDER}/{{name}}", _export, methods=["GET"])]  # HEAD comes along


async def _export(request: Request) -> Response:
    stack = ExitStack()
    try:
        return await to_thread.run_sync(_answer, request, stack, limiter=AT_ONCE if request.url.path.endswith(".xlsx") else None)
    except Refused as refusal:
        stack.close()
        status, sentence = refusal.args
        return PlainTextResponse(f"{sentence}\n", status, {"Cache-Control": "no-store"})
    except BaseException:
        stack.close()
        raise


def _answer(request: Request, stack: ExitStack) -> Response:
    """The response, which owns the stack from here on, in the language asked for. Raises Refused."""
    asked_language = request.query_params.get("lang", SOURCE)
    speak(asked_language if asked_language in LANGUAGES else SOURCE)  # for this thread's turn: each runs in a context of its own
    fmt, asked = _described(request, stack)
    answer = headers(asked, fmt, for_ever={"as_of", "snapshot"} <= request.query_params.keys())
    if is_held(request.headers.get("if-none-match", ""), answer["ETag"]):
        stack.close()
        return Response(status_code=304, headers=answer)
    content: Iterable[bytes] = ()
    if request.method != "HEAD":
        content = csv_chunks(asked) if fmt == "csv" else _pieces(_workbook(asked, stack), answer)
    return Streamed(content, stack, answer, MEDIA_TYPES[fmt])


class Streamed(StreamingResponse):
    """Gives the snapshot and the file back when the last byte is sent or the reader has gone."""

    def __init__(self, content: Iterable[bytes], stack: ExitStack, headers: dict[str, str], media_type: str) -> None:
        super().__init__(content, headers=headers, media_type=media_type)
        self._stack = stack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._stack.close()


def _described(request: Request, stack: ExitStack) -> tuple[Format, Export]:
    """What is asked for, its snapshot pinned on the stack."""
    metric_id, fmt = _parted(request.path_params["name"])
    if fmt not in get_args(Format):
        raise Refused(404, _("没有这种导出。现有：/{folder}/指标代码.csv、/{folder}/指标代码.xlsx。", folder=FOLDER))
    access = may_see(VISITOR)
    if not access.page(FOLDER):
        raise Refused(403, _(FORBIDDEN))
    chosen = {name: _short(text) for name, text in request.query_params.items()}
    as_of = _day(chosen["as_of"]) if "as_of" in chosen else None
    try:
        pinned = stack.enter_context(_reader(_data_home()).pin(chosen.get("snapshot")))
        export = rows_of(pinned.cursor, _short(metric_id), as_of, chosen.get("zone"), chosen.get("month"), departments=access.departments)
        if fmt == "xlsx":
            refuse_too_many(export)
    except UnknownMetric as problem:
        raise Refused(404, _("没有指标“{asked}”。现有：{known}", asked=problem.asked, known=listed(problem.known))) from problem
    except UnknownZone as problem:
        raise Refused(404, _("没有空间“{asked}”。现有：{known}", asked=problem.asked, known=listed(problem.known))) from problem
    except UnknownSnapshot as problem:
        raise Refused(404, _("没有快照“{asked}”。现有（由新到旧）：{known}。", asked=problem.snapshot, known=listed(problem.known[:-11:-1]))) from problem
    except NoSnapshot as problem:
        raise Refused(404, _("还没有发布过数据。")) from problem
    except NothingReceived as problem:
        raise Refused(400, _("快照里还没有任何文件。")) from problem
    except OutOfRange as problem:
        raise Refused(400, _("截至日 {asked} 不在可查范围内：{first} 至 {last}。", asked=problem.asked, first=problem.first, last=problem.last)) from problem
    except (NotAMonth, TooManyRows) as problem:
        raise Refused(400, str(problem)) from problem
    except RowsWithheld as problem:
        raise Refused(403, str(problem)) from problem
    except (StoreError, duckdb.Error) as problem:  # their texts name paths on this machine
        LOG.exception("an export could not be read")
        raise Refused(503, _(UNREADABLE)) from problem
    return cast("Format", fmt), export


def _parted(name: str) -> tuple[str, str]:
    metric_id, _dot, fmt = name.rpartition(".")
    return metric_id, fmt


def _data_home() -> str:
    return str(Path(os.environ.get(DATA_HOME) or "data").absolute())


@lru_cache(maxsize=2)
def _reader(home: str) -> Reader:
    return Reader(Store(Path(home) / "warehouse"))


def _day(text: str) -> dt.date:
    """2026-10-31, and no other way that ISO 8601 knows."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError(text)
        return dt.date.fromisoformat(text)
    except ValueError as problem:
        raise Refused(400, _("as_of“{day}”不是日期，应为 2026-10-31 这样的日期。", day=text)) from problem


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def _workbook(export: Export, stack: ExitStack) -> IO[bytes]:
    """The workbook in a file that has no name and goes when it is closed."""
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    try:
        write_workbook(export, file)
    except OSError as problem:
        LOG.exception("a workbook could not be written")
        raise Refused(503, _(NO_ROOM)) from problem
    except duckdb.Error as problem:
        LOG.exception("a workbook could not be read out of the snapshot")
        raise Refused(503, _(UNREADABLE)) from problem
    return file


def _pieces(file: IO[bytes], headers: dict[str, str]) -> Iterator[bytes]:
    headers["Content-Length"] = str(file.seek(0, os.SEEK_END))
    file.seek(0)
    return iter(lambda: file.read(PIECE), b"")
