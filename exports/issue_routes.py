"""GET /pack/<issue>.zip and /pack/<issue>/<file>: what was frozen, byte for byte; what is no longer that is refused and never sent."""

from __future__ import annotations

import tempfile
import zipfile
from contextlib import ExitStack
from mimetypes import guess_type
from pathlib import Path
from typing import IO

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from analytics.access import Deed
from analytics.snapshot import SHANGHAI
from exports.asking import Refused, access_of, answered, refusing, short
from exports.headers import headers, is_held
from exports.links import PACKS
from exports.routes import Streamed, pieces
from language import _, listed
from warehouse.here import data_home
from warehouse.issues import MANIFEST, Difference, Frozen, StoredFile, differences, issue

PIECE = 1 << 20


def issue_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route(f"/{PACKS}/{{issue}}.zip", _zip, methods=["GET"]), Route(f"/{PACKS}/{{issue}}/{{name:path}}", _file, methods=["GET"])]  # HEAD comes along


async def _zip(request: Request) -> Response:
    return await answered(request, _zipped)


async def _file(request: Request) -> Response:
    return await answered(request, _single)


def _zipped(request: Request, stack: ExitStack) -> Response:
    """The response, which owns the stack from here on. Raises Refused."""
    frozen = _asked(request)
    manifest = whole(frozen)
    answer = headers(f"{_('专刊')}-{frozen.name}.zip", f"issue-{frozen.name}.zip", (manifest.sha256,), for_ever=_is_exact(request, frozen))
    if is_held(request.headers.get("if-none-match", ""), answer["ETag"]):
        return Response(status_code=304, headers=answer)
    return Streamed(() if request.method == "HEAD" else pieces(zipped(frozen, stack), answer), stack, answer, "application/zip")


def _single(request: Request, stack: ExitStack) -> Response:
    """The response, which owns the stack from here on. Raises Refused."""
    frozen, name = _asked(request), request.path_params["name"]
    stored = file_of(frozen, name)
    base = name.rpartition("/")[2]
    answer = headers(f"{frozen.name}-{base}", f"issue-{frozen.name}{Path(name).suffix}", (stored.sha256,), for_ever=_is_exact(request, frozen))
    if is_held(request.headers.get("if-none-match", ""), answer["ETag"]):
        return Response(status_code=304, headers=answer)
    file = stack.enter_context((frozen.folder / name).open("rb"))
    return Streamed(() if request.method == "HEAD" else pieces(file, answer), stack, answer, media_type(name))


def whole(frozen: Frozen) -> StoredFile:
    """The manifest of an issue every byte of which is as it was frozen. Raises Refused where one is not."""
    manifest = frozen.file(MANIFEST)
    wrong = differences(frozen.folder, frozen.files)
    if wrong or manifest is None:
        raise _refused(frozen, wrong)
    return manifest


def zipped(frozen: Frozen, stack: ExitStack) -> IO[bytes]:
    """What is handed out of an issue as a zip in a file that has no name and goes with the stack; the same issue is the same zip."""
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    moment = frozen.at.astimezone(SHANGHAI)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in frozen.handed_out:
            entry = zipfile.ZipInfo(f"{frozen.name}/{each.name}", moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (frozen.folder / each.name).open("rb") as source, archive.open(entry, "w") as target:
                while piece := source.read(PIECE):
                    target.write(piece)
    return file


def file_of(frozen: Frozen, name: str) -> StoredFile:
    """One of the files that are handed out, as it was frozen. Raises Refused where there is none of this name, it stays here, or is not as frozen."""
    stored = frozen.file(name)
    if stored is None:
        raise Refused(404, _("专刊 {issue} 中没有文件“{name}”。现有：{known}", issue=frozen.name, name=short(name),
                               known=listed(each.name for each in frozen.handed_out)))
    if stored not in frozen.handed_out:
        raise Refused(403, _("{name} 是存档的行，只留在数据目录，不能下载。", name=short(name)))
    if wrong := _wrong(frozen, stored):
        raise _refused(frozen, wrong)
    return stored


def media_type(name: str) -> str:
    """Of a file by its name."""
    return guess_type(name)[0] or "application/octet-stream"


def _wrong(frozen: Frozen, stored: StoredFile) -> tuple[Difference, ...]:
    """Of one file alone."""
    return tuple(each for each in differences(frozen.folder, [stored]) if each.name == stored.name)


def _asked(request: Request) -> Frozen:
    if not access_of(request).may(Deed.EXPORT):
        raise Refused(403, _("没有导出的权限。"))
    with refusing():
        return issue(data_home(), short(request.path_params["issue"]))


def _is_exact(request: Request, frozen: Frozen) -> bool:
    """Whether the address names the revision: the newest one may be another tomorrow."""
    return bool(request.path_params["issue"] == frozen.name)


def _refused(frozen: Frozen, wrong: tuple[Difference, ...]) -> Refused:
    return Refused(409, _("专刊 {name} 的存档与冻结时不同，没有送出：{files}。请：告知数据管理员由备份恢复。", name=frozen.name,
                          files=listed(each.name for each in wrong) or MANIFEST))
