"""A page in Chromium, with every request it made and everything it complained of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from playwright.sync_api import Page

LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync"]
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
STILL = """() => document.querySelector('.page') && !document.querySelector('[data-stale=true],[data-testid=stSkeleton]')
    && document.fonts.status === 'loaded' && (window.sinceChange ??= (() => {
        let last = performance.now();
        new MutationObserver(() => last = performance.now()).observe(document.body, {subtree: true, childList: true, attributes: true});
        return () => performance.now() - last;
    })())() > 300"""
NOT_WHOLE = "[data-testid=stException], [data-testid=stAlert]"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`requests`: of every kind, websockets included. `complaints`: errors and warnings of the console, and exceptions."""

    page: Page
    requests: tuple[str, ...]
    complaints: tuple[str, ...]

    @classmethod
    def of(cls, page: Page, url: str, *, width: int, scheme: str) -> Seen:
        """Open an address in a page, whatever was open in it before, and wait until it is still."""
        requests: list[str] = []
        complaints: list[str] = []
        heard: dict[str, Callable[..., None]] = {
            "request": lambda request: requests.append(request.url), "websocket": lambda socket: requests.append(socket.url),
            "console": lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
            "pageerror": lambda problem: complaints.append(str(problem))}

        def left(_frame: object) -> None:
            """What was open before is gone, and what it said to the last does not count."""
            requests[:] = [url]
            complaints.clear()

        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="null", color_scheme=cast("Literal['light', 'dark']", scheme))
        page.on("request", heard["request"])
        page.on("websocket", heard["websocket"])
        page.on("console", heard["console"])
        page.on("pageerror", heard["pageerror"])
        page.once("framenavigated", left)
        page.goto(url)
        still(page)
        for event, hear in heard.items():
            page.remove_listener(event, hear)
        return cls(page=page, requests=tuple(requests), complaints=tuple(complaints))


def still(page: Page) -> None:
    """Wait until nothing runs and nothing has moved for a while."""
    page.wait_for_selector(READY)
    page.wait_for_function(STILL)


def settled(page: Page) -> None:
    """As `still`, after something was done that takes a moment to begin."""
    page.wait_for_timeout(300)
    still(page)


Look = Callable[..., Seen]  # opens an address in a fresh session; width=1440, scheme="light"
