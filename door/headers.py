"""What every answer carries, so that a browser keeps a page to itself: the one place that sets such headers; a proxy in front adds none."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SWITCHED_OFF = ("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
                "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking")
ONE_YEAR = 365 * 24 * 3600


def script_hashes(html: str) -> str:
    """The inline scripts of Streamlit's own page, as a Content-Security-Policy names them; no other inline script runs."""
    bodies = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies)


def policy() -> str:
    """Everything from this host only. Streamlit styles its elements inline; nothing else is let through."""
    html = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    return "; ".join((
        "default-src 'self'", f"script-src 'self' {script_hashes(html)}".rstrip(), "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self'", "worker-src 'self' blob:", "object-src 'none'",
        "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'"))


def guarding() -> dict[str, str]:
    """The headers of every answer."""
    return {
        "Content-Security-Policy": policy(), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{each}=()" for each in SWITCHED_OFF),
        "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}


class Headers:
    """Sets on every response what a browser must know to keep a page to itself, and takes off what lets others in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = guarding()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_secure = scope.get("scheme") in ("https", "wss")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault("Cache-Control", "no-store")
                del headers["access-control-allow-origin"]  # Streamlit lends app/static/ to every site
                if is_secure:
                    headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"
                    message["headers"] = [(name, _secure(text) if name == b"set-cookie" else text) for name, text in message["headers"]]
            await send(message)

        await self._app(scope, receive, with_headers)


def _secure(cookie: bytes) -> bytes:
    """Streamlit knows nothing of TLS that ends in front of it, and would let its cookies travel in the open."""
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"


def without_banner() -> None:
    """Streamlit starts uvicorn and leaves it no way to be told not to name itself in every answer; by then its list of headers is made."""
    def told(config: uvicorn.Config) -> list[tuple[bytes, bytes]]:
        return [header for header in vars(config).get("encoded_headers", []) if header[0] != b"server"]

    setattr(uvicorn.Config, "encoded_headers", property(told, lambda config, headers: vars(config).update(encoded_headers=headers)))  # noqa: B010 - for mypy
