"""What the routes beside the pages have in common: what an address asks for, whether it may, and a sentence where it cannot be had."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches

import duckdb
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from analytics.access import VISITOR, Access
from exports.known_codes import UnknownCode
from exports.links import seal_with
from exports.recording import NotRecorded, recorded
from exports.verifying import verdict_when_touched
from language import LANGUAGES, N_, SOURCE, _, listed, speak
from warehouse.errors import NoSnapshot, StoreError, UnknownIssue, UnknownSnapshot
from warehouse.here import data_home, reader, store_root
from warehouse.issues import Frozen, issue
from warehouse.known import NothingReceived, OutOfRange, iso_day
from warehouse.metric import UnknownMetric
from warehouse.value import UnknownZone

LOG = logging.getLogger(__name__)
NEAREST = 6  # metrics named to who asked for one there is none of
SHORT = 60  # characters of a wrong code that are repeated to the reader

UNREADABLE = N_("数据暂时读不出来，已记入日志。请：稍后再试；仍不行，转告数据管理员。")


class Refused(Exception):
    """A request that gets a sentence instead of a file: HTTP status, sentence."""


async def answered(request: Request, answer: Callable[[Request, ExitStack], Response], limiter: CapacityLimiter | None = None) -> Response:
    """The answer of a function that runs in a thread, in the language asked for, and owns the stack once it has returned; a sentence where it raises Refused."""
    stack = ExitStack()
    asked = request.query_params.get("lang", SOURCE)
    speak(asked if asked in LANGUAGES else SOURCE)  # each request has a context of its own, and the thread a copy of it
    seal_with(request.scope.get("seal"))
    try:
        return await recorded(request, access_of(request).subject, await to_thread.run_sync(answer, request, stack, limiter=limiter))
    except Refused as refusal:
        stack.close()
        status, sentence = refusal.args
        return PlainTextResponse(f"{sentence}\n", status, {"Cache-Control": "no-store"})
    except NotRecorded:
        stack.close()
        return PlainTextResponse(_("这次导出记不下来（审计记录写不进），所以没有给出。请：告知数据管理员检查磁盘。") + "\n", 503, {"Cache-Control": "no-store"})
    except BaseException:
        stack.close()
        raise


def access_of(request: Request) -> Access:
    """Whose request it is: what the door before the routes found out; without a login, who sits at this machine."""
    found: Access = request.scope.get("access", VISITOR)
    return found


def chosen(request: Request) -> dict[str, str]:
    """The choices in the address, none longer than what can be repeated to the reader. An issue is its snapshot and, unless another is asked, its day.

    Raises Refused where there is no such issue, or its snapshot is not as frozen.
    """
    asked = {name: short(text) for name, text in request.query_params.items()}
    if "issue" not in asked:
        return asked
    frozen = readable_issue(asked["issue"])
    return {"as_of": frozen.as_of.isoformat()} | asked | {"snapshot": frozen.snapshot}


def readable_issue(name: str) -> Frozen:
    """An issue whose snapshot is still the one that was frozen. Raises Refused where there is no such issue, or it is not."""
    with refusing():
        frozen = issue(data_home(), name)
        if not verdict_when_touched(data_home(), frozen).is_snapshot_whole:
            raise Refused(409, _("专刊 {name} 的快照已不在或有改动，不能由它导出。请：下载存档（会议专刊页），并告知数据管理员。", name=frozen.name))
    return frozen


def pinned(stack: ExitStack, snapshot: str | None) -> duckdb.DuckDBPyConnection:
    """A cursor on the asked snapshot or else the current one, until the stack closes. Raises StoreError."""
    return stack.enter_context(reader(store_root()).pin(snapshot)).cursor


@contextmanager
def refusing() -> Iterator[None]:
    """Within the block, what the warehouse does not have or cannot read becomes a Refused."""
    try:
        yield
    except UnknownMetric as problem:
        raise Refused(404, _("没有指标“{asked}”。相近的：{known}", asked=problem.asked,
                               known=listed(nearest(problem.asked, problem.known)))) from problem
    except UnknownZone as problem:
        raise Refused(404, _("没有空间“{asked}”。现有：{known}", asked=problem.asked, known=listed(problem.known))) from problem
    except UnknownCode as problem:
        raise Refused(404, _("没有{word}“{asked}”的行。相近的：{known}", word=_(problem.word), asked=problem.asked,
                               known=listed(nearest(problem.asked, problem.known)) or _("无"))) from problem
    except UnknownSnapshot as problem:
        raise Refused(404, _("没有快照“{asked}”。现有（由新到旧）：{known}。", asked=problem.snapshot, known=listed(problem.known[:-11:-1]))) from problem
    except UnknownIssue as problem:
        raise Refused(404, _("没有第“{asked}”期专刊。相近的：{known}", asked=problem.asked, known=listed(problem.nearest) or _("（尚无）"))) from problem
    except NoSnapshot as problem:
        raise Refused(404, _("还没有发布过数据。")) from problem
    except NothingReceived as problem:
        raise Refused(400, _("快照里还没有任何文件。")) from problem
    except OutOfRange as problem:
        raise Refused(400, _("截至日 {asked} 不在可查范围内：{first} 至 {last}。", asked=problem.asked, first=problem.first, last=problem.last)) from problem
    except (StoreError, duckdb.Error) as problem:  # their texts name paths on this machine
        LOG.exception("an export could not be read")
        raise Refused(503, _(UNREADABLE)) from problem


def asked_day(text: str | None) -> dt.date | None:
    """As `iso_day`, where one was asked. Raises Refused."""
    if text is None:
        return None
    try:
        return iso_day(text)
    except ValueError as problem:
        raise Refused(400, _("as_of“{day}”不是日期，应为 2026-10-31 这样的日期。", day=text)) from problem


def parted(name: str, sign: str) -> tuple[str, str]:
    """Before and after the last sign."""
    before, _sign, after = name.rpartition(sign)
    return before, after


def short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def nearest(asked: str, known: Sequence[str]) -> list[str]:
    """Those that begin alike before all others."""
    return sorted(get_close_matches(asked, known, NEAREST, cutoff=0), key=lambda each: each[:1] != asked[:1])
