"""A served application as a stranger meets it: raw requests, and websockets that speak as a page does or as it should not."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 120.0  # seconds for a page run on a busy machine


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`headers`: names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, kw_only=True)
class PageRun:
    """What one run of a page sent: `html`: of all its pieces; `error`: of the exception shown, if any; `others`: kind of all other elements, with the Delta each is."""

    html: str
    error: str
    others: tuple[tuple[str, bytes], ...] = ()


class Viewer:
    """One open page: its socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def run(self, page: str, query: str = "") -> PageRun:
        """Ask for a page and take all that comes until it has finished."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        self._socket.send(asked.SerializeToString())
        html, error, others = [], "", []
        while True:
            told = ForwardMsg()
            told.ParseFromString(self._socket.recv(PATIENCE, decode=False))
            kind = told.WhichOneof("type")
            element = told.delta.new_element
            if kind == "delta" and element.WhichOneof("type") == "html":
                html.append(element.html.body)
            elif kind == "delta" and element.WhichOneof("type") in ("exception", "alert"):
                error += str(element)
            elif kind == "delta":
                others.append((element.WhichOneof("type") or "block", told.delta.SerializeToString()))
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return PageRun(html="".join(html), error=error, others=tuple(others))


class Wire:
    """An address and what can be said to it. `port`: where it is asked, if elsewhere than the address says."""

    def __init__(self, address: str, trusted: Path | None = None, port: int | None = None) -> None:
        self.address = address
        self.place = urlsplit(address).netloc
        self._port = port or urlsplit(address).port
        self._tls = ssl.create_default_context(cafile=trusted) if trusted else None

    def ask(self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """One request, its path sent as it is written."""
        host = urlsplit(self.address).hostname or ""
        line = (http.client.HTTPSConnection(host, self._port, timeout=PATIENCE, context=self._tls) if self._tls else
                http.client.HTTPConnection(host, self._port, timeout=PATIENCE))
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, text in {"Host": self.place, **(headers or {})}.items():
                line.putheader(name, text)
            line.endheaders()
            answer = line.getresponse()
            return Answer(status=answer.status, headers={name.lower(): text for name, text in answer.getheaders()}, body=answer.read())
        finally:
            line.close()

    def socket(self, *, origin: str | None = None, path: str = "/_stcore/stream", cookie: str = "") -> ClientConnection:
        """A socket as a page opens it. Raises InvalidStatus where it is refused."""
        for _attempt in range(3):
            with suppress(InvalidMessage):  # one thread reads while another writes, which OpenSSL under Python 3.11 now and then takes for the end of the line
                return self._socket(origin, path, cookie)
        return self._socket(origin, path, cookie)

    def _socket(self, origin: str | None, path: str, cookie: str) -> ClientConnection:
        scheme = "wss" if self._tls else "ws"
        line = socket.create_connection((urlsplit(self.address).hostname, self._port), PATIENCE)
        return connect(f"{scheme}://{self.place}{path}", sock=line, ssl=self._tls, origin=Origin(origin or self.address), subprotocols=[Subprotocol("streamlit")],
                       additional_headers={"Cookie": cookie} if cookie else {}, max_size=None, open_timeout=PATIENCE, proxy=None)

    def closed_after(self, message: str | bytes) -> int | None:
        """The code with which the server closes after this message; None where it stays open."""
        with self.socket() as socket:
            try:
                socket.send(message)
                with suppress(TimeoutError):
                    while True:
                        socket.recv(2)
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 0
        return None

    def refused(self, *, origin: str | None = None, path: str = "/_stcore/stream") -> bool:
        """Whether a socket is not opened."""
        try:
            self.socket(origin=origin, path=path).close()
        except (InvalidStatus, ConnectionClosed):
            return True
        return False
