"""The page in which Streamlit starts, as a page of ours: its language, its name, Streamlit's own words as people say them, and what a page will want at once."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from language import LANGUAGES, SOURCE, _, speaking

CATALOGUES = {SOURCE: "streamlit.csv", "en": "streamlit_en.csv"}  # in language/: all words in Chinese; in English those that only a programmer understands
SCRIPT = Path(__file__).with_name("words.js")
BUNDLES = Path(st.__file__).parent / "static" / "static" / "js"
WANTED = {"zones": "DeckGlJsonChart"}  # by page: the bundle that it would ask for only when the rest stands, and that is long in coming
TAGS = {SOURCE: "zh-CN", "en": "en"}  # as HTML names the languages
OURS = b'<div id="root">'  # what tells Streamlit's page from others


def words(language: str = SOURCE) -> tuple[tuple[str, str, str], ...]:
    """What Streamlit says, what is said instead, and where alone (a CSS selector, or "" for anywhere); {parts} stand for any text."""
    with (Path(__file__).parents[1] / "language" / CATALOGUES[language]).open(encoding="utf-8", newline="") as file:
        return tuple((line["said"], line[language], line["where"]) for line in csv.DictReader(file))


@cache
def script(language: str) -> tuple[str, bytes]:
    """The address of the script of a language, which changes with what it says, and the script."""
    said = f"const words = {json.dumps(words(language), ensure_ascii=False)};\n{SCRIPT.read_text(encoding='utf-8')}".encode()
    return f"/static/words.{hashlib.sha256(said).hexdigest()[:12]}.js", said


def scripts() -> dict[str, bytes]:
    """All of them by their address."""
    return dict(map(script, LANGUAGES))


def shell(html: str, language: str, page: str) -> str:
    """Streamlit's page in a language, for one of our pages by its URL path."""
    added = [f'<script defer src=".{script(language)[0]}"></script>']
    added += [f'<link rel="modulepreload" crossorigin href="./static/js/{each.name}">' for each in sorted(BUNDLES.glob(f"{WANTED.get(page, ' ')}.*.js"))]
    with speaking(language):
        name, without = _("甘智汇科创园"), _("请在浏览器中启用 JavaScript 后再打开本页。")
    html = html.replace('<html lang="en">', f'<html lang="{TAGS[language]}">', 1).replace("<title>Streamlit</title>", f"<title>{name}</title>", 1)
    html = re.sub("<noscript>.*?</noscript>", lambda _found: f"<noscript><p>{without}</p></noscript>", html, count=1, flags=re.DOTALL)
    return html.replace('<script type="module"', "\n    ".join([*added, '<script type="module"']), 1)


class Shell:
    """Middleware. Serves the scripts of the words, and changes Streamlit's page on its way out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
        elif (said := scripts().get(scope["path"])) is not None:
            await Response(said, media_type="text/javascript", headers={"Cache-Control": "public, max-age=31536000, immutable"})(scope, receive, send)
        else:
            await self._app(_plainly(scope), receive, _changed(scope, send))


def _plainly(scope: Scope) -> Scope:
    """A page is asked for uncompressed: it is small, and changed here; what is large is no page."""
    headers = scope["headers"]
    is_page = any(name == b"accept" and b"text/html" in text for name, text in headers)
    return {**scope, "headers": [each for each in headers if each[0] != b"accept-encoding"]} if is_page else scope


def _changed(scope: Scope, send: Send) -> Send:
    """Holds HTML back until it is whole."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [SOURCE])[0]
    language, page = asked if asked in LANGUAGES else SOURCE, scope["path"].rpartition("/")[2]
    began: list[Message] = []
    body = bytearray()

    async def changed(message: Message) -> None:
        if message["type"] == "http.response.start" and MutableHeaders(scope=message).get("content-type", "").startswith("text/html"):
            began.append(message)
        elif not began or message["type"] != "http.response.body":
            await send(message)
        else:
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                said = shell(body.decode(), language, page).encode() if OURS in body else bytes(body)
                headers = MutableHeaders(scope=began[0])
                headers["content-length"] = str(len(said))
                for name in ("etag", "last-modified"):  # of another text
                    del headers[name]
                await send(began[0])
                await send({"type": "http.response.body", "body": said})

    return changed
