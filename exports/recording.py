"""Every file that is taken away is recorded: who, which address with which filters, how many rows, and the SHA-256 of what was sent."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl, quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from warehouse.audit import Event, code, record
from warehouse.here import data_home

LOG = logging.getLogger(__name__)
ROWS = "rows"  # where a route says, in the scope of its request, how many there are
LONGEST = 600  # characters of an address, which stays in the letters of codes
PLAIN = "#,:>"  # letters of codes that part no filter from the next


class NotRecorded(Exception):
    """What must be recorded and cannot be is not done."""


async def recorded(request: Request, who: str, response: Response) -> Response:
    """The response, which is recorded as it is sent. What was not sent whole (HEAD, a refusal, 304) is no export. Raises NotRecorded."""
    if request.method != "GET" or response.status_code != 200:
        return response
    if isinstance(response, StreamingResponse):
        response.body_iterator = _recorded(request, who, response.body_iterator)  # type: ignore[arg-type]  # ours give bytes
    else:
        await to_thread.run_sync(_record, request, who, hashlib.sha256(response.body), len(response.body), True)
    return response


async def _recorded(request: Request, who: str, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, the last of them held back until the record stands: a file that could not be recorded arrives as a broken one."""
    seal, length, last, is_whole = hashlib.sha256(), 0, None, False
    try:
        async for piece in pieces:
            if last is not None:
                yield last
            seal.update(piece)
            length, last = length + len(piece), piece
        is_whole = True
        await to_thread.run_sync(_record, request, who, seal, length, True)
        if last is not None:
            yield last
    finally:
        if not is_whole and length:  # the reader went away in the middle, and has what came so far
            _record(request, who, seal, length, False)


def filters(query: bytes) -> str:
    """A query string as it may be recorded: codes as they are; of what is none, a department's own word or a name, the hash alone, however it was
    encoded on its way. One word that may not be read thus hides none of the others."""
    asked = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return "&".join(f"{quote(code(name), safe=PLAIN)}={quote(code(text), safe=PLAIN)}" for name, text in asked)


def _record(request: Request, who: str, seal: hashlib._Hash, length: int, is_whole: bool) -> None:
    try:
        record(data_home(), Event.EXPORTED, who=who, file=quote(request.url.path)[:LONGEST], asked=filters(request.scope["query_string"])[:LONGEST],
               rows=request.scope.get(ROWS), bytes=length, sha256=seal.hexdigest(), whole=int(is_whole))
    except OSError as problem:
        LOG.exception("an export could not be recorded")
        raise NotRecorded from problem
