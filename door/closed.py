"""Which of Streamlit's own addresses are open, by which methods, and why; all others of its are closed."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from door.errors import sentence
from door.sheets import said

READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, kw_only=True)
class Open:
    """Addresses that begin like this (or are this, where it does not end in a stroke) may be asked by these methods."""

    begins: str
    why: str
    methods: frozenset[str] = READING

    def fits(self, path: str) -> bool:
        return path.startswith(self.begins) if self.begins.endswith("/") else path == self.begins


LONGEST = 255  # bytes of an address below these: no longer one is a file's, and the disk refuses to look for it
STREAMLIT = ("/_stcore/", "/component/", "/media/", "/static/", "/app/static/")  # below these nothing is open that is not named here
OPENED = (
    Open(begins="/_stcore/health", why="a proxy asks whether this server lives, a page before it connects; says ok and no more"),
    Open(begins="/_stcore/host-config", why="a page asks it before it connects; lists no host but those of Streamlit's default"),
    Open(begins="/_stcore/stream", why="the websocket of a page"),
    Open(begins="/_stcore/upload_file/", why="the field for files of the page where departments hand in; of a live session only", methods=frozenset({"PUT", "DELETE"})),
    Open(begins="/static/", why="Streamlit's scripts, styles and fonts, the same for everybody"),
    Open(begins="/app/static/", why="our logo, favicon and fonts"),
)


def is_open(path: str, method: str) -> int:
    """0 where an address may be asked so, else the status that says why not."""
    if not f"{path}/".startswith(STREAMLIT) and path not in STREAMLIT:
        return 0
    found = next((each for each in OPENED if each.fits(path)), None) if len(path.encode(errors="replace")) <= LONGEST else None
    return 404 if found is None else 0 if method in found.methods else 405


class Closed:
    """Answers for Streamlit's own addresses that nobody here needs: metrics, the agent's door, components, preflights for other sites.

    /media/ is closed too. Streamlit gives what lies there to whoever has the address, and knows not whose it is; so no page puts anything
    there, and every file to be had is a route that asks who wants it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = is_open(scope["path"], scope["method"]) if scope["type"] == "http" else 0
        await (said(scope, sentence(status), status) if status else self._app)(scope, receive, send)
