"""A page in Chromium, with every request it made and everything it complained of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from playwright.sync_api import Browser, Page

LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync"]
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
STILL = """() => document.querySelector('.page') && !document.querySelector('[data-stale=true],[data-testid=stSkeleton]')
    && document.fonts.status === 'loaded' && (window.sinceChange ??= (() => {
        let last = performance.now();
        new MutationObserver(() => last = performance.now()).observe(document.body, {subtree: true, childList: true, attributes: true});
        return () => performance.now() - last;
    })())() > 300"""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`requests`: of every kind, websockets included. `complaints`: errors and warnings of the console, and exceptions."""

    page: Page
    requests: tuple[str, ...]
    complaints: tuple[str, ...]

    @classmethod
    def of(cls, browser: Browser, url: str, *, width: int, scheme: str) -> Seen:
        """Open a page in a fresh session and wait until it is still."""
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=cast("Literal['light', 'dark']", scheme))
        page = context.new_page()
        requests: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("websocket", lambda socket: requests.append(socket.url))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto(url)
        page.wait_for_selector(READY)
        page.wait_for_function(STILL)
        return cls(page=page, requests=tuple(requests), complaints=tuple(complaints))

    def whole(self) -> bytes:
        """A picture of the page from top to bottom, PNG."""
        size = self.page.viewport_size
        assert size
        height = self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": min(height + 80, 8000)})
        picture = self.page.screenshot()
        self.page.set_viewport_size(size)
        return picture


Look = Callable[..., Seen]  # opens an address in a fresh session; width=1440, scheme="light"
