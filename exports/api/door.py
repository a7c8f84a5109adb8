"""The read-only HTTP door for other systems, beside the pages: a token, a limit, a record of every request, and then the answer."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import ExitStack
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, compile_path
from starlette.types import Receive, Scope, Send

from exports.api.asking import given
from exports.api.bodies import PREFIX, VERSION
from exports.api.contract import Answer, Asked, Operation
from exports.api.operations import OPERATIONS
from exports.api.problems import Fault, response
from exports.api.throttle import Throttle
from exports.api.tokens import Key, UnusableKeys, holder
from exports.headers import is_held
from exports.routes import Streamed
from language import LANGUAGES, SOURCE, _, speak
from warehouse.audit import Event, code, record
from warehouse.here import data_home

LOG = logging.getLogger(__name__)
METHODS = ("GET", "HEAD")
SHOWN = 500  # characters of an address that are said again
REALM = 'Bearer realm="ganzhihui"'
PATTERNS = [(compile_path(each.path), each) for each in OPERATIONS]


def api_routes(throttle: Throttle) -> list[BaseRoute]:
    """What `serve.py` mounts: everything under /api, whatever the method, so that nothing there is taken for a page."""
    door = Door(throttle)
    return [Route("/api", door), Route("/api/{rest:path}", door)]


class Door:
    """Knows nothing of the login of the pages: only the header Authorization opens it, so no other site can ask through somebody's browser."""

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle
        self._at_once = CapacityLimiter(4)  # page runs want the processor too

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        asked = request.query_params.get("lang", SOURCE)
        speak(asked if asked in LANGUAGES else SOURCE)
        stack = ExitStack()
        try:
            answer = await to_thread.run_sync(self._answered, request, stack, limiter=self._at_once)
        except BaseException:
            stack.close()
            raise
        await answer(scope, receive, send)

    def _answered(self, request: Request, stack: ExitStack) -> Response:
        """The answer, which owns the stack, or the refusal, once it is on record; without a record there is neither."""
        told = _Told()
        try:
            made = self._answer(request, stack, told)
        except Fault as fault:
            stack.close()
            if told.is_quiet or _recorded(Event.REFUSED, told, fault.status):
                return response(fault, _address(request))
        else:
            if _recorded(Event.EXPORTED, told, made.status_code):
                return made
            stack.close()
        return response(Fault(503, _("审计记录写不下去，所以没有答复。"), where=_("本服务")), _address(request))

    def _answer(self, request: Request, stack: ExitStack, told: _Told) -> Response:
        key = self._admitted(request, told)
        operation, path = _found(request.url.path.removeprefix(request.scope.get("root_path", "")))
        told.facts["route"] = operation.name
        if request.method not in METHODS:
            raise Fault(405, _("这里只读，没有方法 {method}。", method=request.method[:20]), where=_("请求的方法"), do=_("用 {known}。", known="GET"),
                        headers={"Allow": ", ".join(METHODS)})
        if operation.deed and not key.access.may(operation.deed):
            raise Fault(403, _("这个令牌的角色（{role}）不能取行与会议材料。", role=key.role), where=_("令牌"))
        asked = Asked(given=given(operation, path, request.query_params.multi_items()), accept=",".join(request.headers.getlist("accept")), key=key)
        made = operation.answer(asked, stack)
        filters = urlencode({name: text for name, text in asked.given.items() if name in ("zone", "lang", "format", "limit")})
        told.facts |= {**made.facts, "filters": code(filters) if filters else None}
        return _response(request, operation, made, stack, told)

    def _admitted(self, request: Request, told: _Told) -> Key:
        """Whose token it is. Raises Fault."""
        address = request.client.host if request.client else "?"
        told.who, told.facts["address"] = "stranger", code(address)
        scheme, _blank, token = (request.headers.getlist("authorization") or [""])[0].partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else ""
        try:
            key = holder(data_home(), token) if token else None
        except (UnusableKeys, OSError) as problem:
            LOG.exception("the tokens cannot be read")
            raise Fault(503, _("令牌暂时核对不了，已记入日志。"), where=_("本服务")) from problem
        if key is not None:
            told.who = key.access.subject
        is_open = key is not None and not key.has_ended(dt.datetime.now(dt.UTC))
        whom = told.who if is_open else address
        if wait := self._throttle.wait(whom, is_stranger=not is_open):
            told.is_quiet = not self._throttle.is_first(whom)
            raise Fault(429, _("请求太多。"), where=_("令牌") if is_open else _("来处的地址"), do=_("{n} 秒后再发。", n=wait), headers={"Retry-After": str(wait)})
        if key and is_open:
            return key
        what = _("没有带令牌。") if not token else _("令牌已到期或已收回。") if key else _("令牌不对。")
        raise Fault(401, what, where=_("Authorization 头"), do=_("向数据管理员要令牌，写成 Authorization: Bearer 令牌。"),
                    headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"' if token else REALM})


class _Told:
    """What is going to stand in the record of one request. `is_quiet`: it stands there already, a minute ago at most."""

    def __init__(self) -> None:
        self.who, self.is_quiet = "stranger", False
        self.facts: dict[str, str | int | None] = {"route": "none"}


def _found(path: str) -> tuple[Operation, dict[str, str]]:
    """The operation of an address, with what its path says. Raises Fault."""
    rest = path.removeprefix(PREFIX)
    for (pattern, _format, convertors), operation in PATTERNS:
        if path.startswith(f"{PREFIX}/") and (match := pattern.fullmatch(rest)):
            return operation, {name: str(convertors[name].convert(text)) for name, text in match.groupdict().items()}
    raise Fault(404, _("没有这个地址。"), where=_("地址"), do=_("全部地址见 {address}。", address=f"{PREFIX}/openapi.json"))


def _response(request: Request, operation: Operation, made: Answer, stack: ExitStack, told: _Told) -> Response:
    """It owns the stack from here on."""
    headers = {"ETag": made.etag, "Cache-Control": f"private, {'max-age=31536000, immutable' if made.is_for_ever else 'no-cache'}",
               "Contract-Version": VERSION, "Content-Encoding": "identity", **made.headers}  # told outright, so that nothing compresses it: a tag is of these bytes
    if operation.bodies.get(made.media_type):
        headers["Link"] = ", ".join(part for part in (made.headers.get("Link"), f'<{PREFIX}/schema/{operation.name}>; rel="describedby"') if part)
    if is_held(request.headers.get("if-none-match", ""), made.etag):
        stack.close()
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Streamed((), stack, headers, made.media_type)
    content = made.content()
    told.facts |= {"sha256": content.sha256} if content.sha256 else {}
    if content.length is not None:
        headers["Content-Length"] = str(content.length)
    return Streamed(content.pieces, stack, headers, made.media_type)


def _recorded(event: Event, told: _Told, status: int) -> bool:
    """Whether it is on record now."""
    try:
        record(data_home(), event, who=told.who, door="api", status=status, **told.facts)
    except (OSError, ValueError):
        LOG.exception("a request of the HTTP door could not be recorded and was not answered")
        return False
    return True


def _address(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{quote(request.url.path)}{query}"[:SHOWN]
