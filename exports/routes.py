"""GET /export/<metric>.csv, .xlsx, .parquet: a metric's rows as a file, the same address the same content; .json says what the CSV is."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, cast, get_args
from urllib.parse import quote

import duckdb
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from analytics.access import Deed
from analytics.chosen import CHOICES, Chosen
from analytics.drill import Narrow
from exports.asking import UNREADABLE, Refused, access_of, answered, asked_day, chosen, parted, pinned, refusing, short
from exports.csv_description import csv_description
from exports.csv_file import csv_chunks
from exports.headers import is_held, of_rows
from exports.links import FOLDER, Format, sealed
from exports.parquet_file import parquet_chunks
from exports.recording import ROWS
from exports.rows import Export, NotAMonth, RowsWithheld, rows_of
from exports.workbook import TooManyRows, refuse_too_many, write_workbook
from language import _

LOG = logging.getLogger(__name__)
PIECE = 1 << 20  # bytes of a workbook sent at a time
MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet", "json": "application/csvm+json"}
AT_ONCE = CapacityLimiter(2)  # workbooks cost seconds of CPU that page runs want too


def export_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route(f"/{FOLDER}/{{name}}", _export, methods=["GET"])]  # HEAD comes along


async def _export(request: Request) -> Response:
    return await answered(request, _answer, AT_ONCE if request.url.path.endswith(".xlsx") else None)


def _answer(request: Request, stack: ExitStack) -> Response:
    """The response, which owns the stack from here on. Raises Refused."""
    fmt, asked = _described(request, stack)
    request.scope[ROWS] = asked.row_count
    answer = of_rows(asked, fmt, for_ever={"as_of", "snapshot"} <= request.query_params.keys())
    if fmt == "csv":
        answer["Link"] = f'<{_beside(request, "json")}>; rel="describedby"; type="{MEDIA_TYPES["json"]}"'
    if is_held(request.headers.get("if-none-match", ""), answer["ETag"]):
        stack.close()
        return Response(status_code=304, headers=answer)
    content: Iterable[bytes] = ()
    if request.method != "HEAD":
        content = _content(request, asked, fmt, stack, answer)
    return Streamed(content, stack, answer, MEDIA_TYPES[fmt])


def _content(request: Request, export: Export, fmt: Format, stack: ExitStack, answer: dict[str, str]) -> Iterable[bytes]:
    match fmt:
        case "csv":
            return csv_chunks(export)
        case "parquet":
            return parquet_chunks(export)
        case "xlsx":
            return pieces(_workbook(export, stack), answer)
        case "json":
            return [csv_description(export, _beside(request, "csv"))]


def _beside(request: Request, fmt: Format) -> str:
    """The address of the same rows in another format, for the same reader."""
    query: bytes = request.scope["query_string"]
    return sealed(f"{quote(request.url.path.rpartition('.')[0])}.{fmt}{'?' if query else ''}{quote(query, safe='=&%+')}")


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
    metric_id, fmt = parted(request.path_params["name"], ".")
    if fmt not in get_args(Format):
        raise Refused(404, _("没有这种导出。现有：/{folder}/指标代码.csv、.xlsx、.parquet、.json。", folder=FOLDER))
    if not access_of(request).may(Deed.EXPORT):
        raise Refused(403, _("没有导出的权限。"))
    asked = chosen(request)
    try:
        with refusing():
            cursor = pinned(stack, asked.get("snapshot"))
            export = rows_of(cursor, short(metric_id), asked_day(asked.get("as_of")), asked.get("zone"), asked.get("month"),
                             narrow=Narrow(org=asked.get("org"), direction=asked.get("direction"), stage=asked.get("stage"), category=asked.get("category"),
                                           entity=asked.get("entity")),
                             chosen=Chosen(**{name: asked[name] for name in CHOICES if name in asked}))
        if fmt == "xlsx":
            refuse_too_many(export)
    except (NotAMonth, TooManyRows) as problem:
        raise Refused(400, str(problem)) from problem
    except RowsWithheld as problem:
        raise Refused(403, str(problem)) from problem
    return cast("Format", fmt), export


def _workbook(export: Export, stack: ExitStack) -> IO[bytes]:
    """The workbook in a file that has no name and goes when it is closed."""
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    try:
        write_workbook(export, file)
    except OSError as problem:
        LOG.exception("a workbook could not be written")
        raise Refused(503, _("工作簿没有写成，已记入日志。请：改用 CSV 或 Parquet，并告知数据管理员检查磁盘剩余空间。")) from problem
    except duckdb.Error as problem:
        LOG.exception("a workbook could not be read out of the snapshot")
        raise Refused(503, _(UNREADABLE)) from problem
    return file


def pieces(file: IO[bytes], headers: dict[str, str]) -> Iterator[bytes]:
    """A whole file to be sent, its length among the headers."""
    headers["Content-Length"] = str(file.seek(0, os.SEEK_END))
    file.seek(0)
    return iter(lambda: file.read(PIECE), b"")
