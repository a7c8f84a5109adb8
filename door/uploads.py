"""What comes up through the file field of a page is looked at by its first bytes: no program, film or script gets in under the name of a table.

Reading looks again and better, and names what people send by mistake (a PDF, a picture, a Word document, an encrypted workbook) in a sentence of its own
with what to do; so these come through to it.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from door.limits import UPLOADS

LOOKED_AT = 64  # bytes of a file that are enough
HEAD_MOST = 16 << 10  # bytes that the head of a multipart body may take
NEVER = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!", b"<?php", b"dex\n", b"\0asm", b"SQLite format 3",
         b"DUCK", b"PAR1", b"OggS", b"ID3", b"fLaC", b"RIFF", b"\x1aE\xdf\xa3", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd", b"MSCF", b"\x80\x04\x95", b"-----BEGIN")


def is_never_a_table(start: bytes) -> bool:
    """By the first bytes of a file: a program, a script, a film, a data base, a key. Films of the ISO kind say so after their length."""
    return start.startswith(NEVER) or start[4:8] == b"ftyp" or start[8:12] == b"DUCK"


class Sniffed:
    """Looks into each upload while it passes; ends it with 415 where it is never a table."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "PUT" and scope["path"].startswith(UPLOADS):
            receive = _looked_at(receive)
        await self._app(scope, receive, send)


def _looked_at(receive: Receive) -> Receive:
    begun, is_known = b"", False

    async def next_piece() -> Message:
        nonlocal begun, is_known
        message = await receive()
        if not is_known and message["type"] == "http.request":
            begun += message.get("body", b"")
            head, blank, file = begun.partition(b"\r\n\r\n")
            is_known = len(file) >= LOOKED_AT or not message.get("more_body", False)
            if len(head) > HEAD_MOST or (is_known and blank and is_never_a_table(file)):
                raise HTTPException(415)
        return message

    return next_piece
