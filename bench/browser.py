"""The goals page in Chromium beside its Dash peer: first load, reload, a change of zone and a download, both servers in one run, in turns."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[1]
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
START_S, QUIET_MS, PATIENCE_MS = 60, 300, 120_000
# When anything on the page last changed, and when the reader last asked for something; both in milliseconds since the page was opened.
WATCH = """window.watched = {changed: 0, asked: 0};
for (const kind of ['pointerdown', 'keydown', 'click']) addEventListener(kind, event => watched.asked = event.timeStamp, true);
new MutationObserver(() => watched.changed = performance.now())
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});"""
# Still for a while, drawn, and showing what was asked for.
SETTLED = """([said, ready, quiet]) => document.fonts.status === 'loaded' && document.querySelector('h1')?.innerText.includes(said)
    && document.querySelectorAll('.js-plotly-plot .main-svg').length >= 9 && document.querySelector(ready)
    && !document.querySelector('[data-stale=true],[data-testid=stSkeleton]') && performance.now() - watched.changed > quiet"""
SCRIPT_MB = """performance.getEntriesByType('resource').filter(each => new URL(each.name).pathname.endsWith('.js'))
    .reduce((sum, each) => sum + each.decodedBodySize, 0) / 1e6"""


@dataclass(frozen=True, kw_only=True)
class Site:
    """One of the two. `ready`: what is there once a run is over; `pick`: chooses a zone or a part by its name; `take`: starts the download of the rows shown."""

    name: str
    command: Callable[[Path, int], list[str]]
    path: str
    ready: str
    pick: Callable[[Page, str, str], None]
    take: Callable[[Page], None]


def _pick_ours(page: Page, what: str, name: str) -> None:
    page.get_by_role("combobox", name={"zone": "空间", "part": "读数"}[what]).first.click()
    page.get_by_role("option", name=name).first.click()


def _pick_theirs(page: Page, what: str, name: str) -> None:
    page.click(f"#{what}")
    page.locator(".dash-dropdown-option", has_text=name).first.click()


OURS = Site(
    name="ours", path="/goals", ready="[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED] .taken a",
    command=lambda home, port: [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)], pick=_pick_ours,
    take=lambda page: page.get_by_role("link", name="下载 CSV").click())
THEIRS = Site(
    name="dash", path="/", ready="#count", command=lambda home, port: [sys.executable, "-m", "bench.dash_peer", str(home), str(port)], pick=_pick_theirs,
    take=lambda page: page.click("#take"))


def compared(home: Path, runs: int) -> dict[str, Any]:
    """Medians in seconds by what and site, the script code each loads in MB, and how many rows the download has."""
    zones, part, rows = _asked(home)
    seconds: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    script_mb: dict[str, float] = {}
    with ExitStack() as stack:
        at = {site.name: stack.enter_context(serving(site, home)) + site.path for site in (OURS, THEIRS)}
        play = stack.enter_context(sync_playwright())
        for site in (OURS, THEIRS):  # the first visitor after a start waits for imports and caches
            with profile(play) as context:
                _opened(context, at[site.name], site)
        for turn in range(runs):
            for site in _in_turn(turn):
                with profile(play) as context:
                    page = _opened(context, at[site.name], site)
                    seconds["first load"][site.name].append(_changed(page))
                    script_mb[site.name] = page.evaluate(SCRIPT_MB)
                    page.reload(wait_until="commit")
                    _settle(page, site, "")
                    seconds["reload"][site.name].append(_changed(page))
        with profile(play) as ours, profile(play) as theirs:
            pages = {"ours": _opened(ours, at["ours"], OURS), "dash": _opened(theirs, at["dash"], THEIRS)}
            for what in ("zone, first time", "zone, again"):
                for turn, zone in enumerate(zones):
                    for site in _in_turn(turn):
                        seconds[what][site.name].append(_zone(pages[site.name], site, zone))
        for turn in range(runs):
            for site in _in_turn(turn):
                with profile(play) as context:
                    seconds["csv"][site.name].append(_taken(context, at[site.name], site, part))
    return {"seconds": {what: {name: statistics.median(each) for name, each in sites.items()} for what, sites in seconds.items()},
            "script_mb": script_mb, "rows": rows, "runs": runs}


def _in_turn(turn: int) -> tuple[Site, Site]:
    return (THEIRS, OURS) if turn % 2 else (OURS, THEIRS)


def _asked(home: Path) -> tuple[list[str], str, int]:
    """The zones to choose, and the reading of the first goal whose download is nearest to a hundred thousand rows."""
    from analytics.burnup import readings
    from analytics.goals import goal_cards
    from analytics.zones import zones
    from exports.rows import rows_of
    from warehouse.here import reader
    from warehouse.known import view_date

    with reader(home / "warehouse").pin() as pinned:
        cursor = pinned.cursor
        card = goal_cards(cursor, view_date(cursor, None))[0]
        counts = {each.name_zh: rows_of(cursor, each.metric_id, None).row_count for each in readings(cursor, card)}
        part = min(counts, key=lambda each: abs(counts[each] - 100_000))
        return [each.name_zh for each in zones(cursor) if each.kind == "carrier"], part, counts[part]


@contextmanager
def serving(site: Site, home: Path) -> Iterator[str]:
    """The address of a server of its own, ended with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(site.command(home, port), cwd=ROOT, env={**os.environ, "GANZHIHUI_DATA": str(home)}, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + START_S
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                    break
            except OSError as problem:
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{site.name} did not start") from problem
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def profile(play: Playwright, launch: Sequence[str] = LAUNCH) -> Iterator[BrowserContext]:
    """A browser that has seen nothing yet."""
    browser: Browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=list(launch))
    try:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
        context.add_init_script(WATCH)
        context.set_default_timeout(PATIENCE_MS)
        yield context
    finally:
        browser.close()


def _opened(context: BrowserContext, address: str, site: Site) -> Page:
    page = context.new_page()
    page.goto(address, wait_until="commit")
    _settle(page, site, "")
    return page


def _settle(page: Page, site: Site, said: str) -> None:
    page.wait_for_function(SETTLED, arg=[said, site.ready, QUIET_MS])


def _changed(page: Page, since: str = "0") -> float:
    """Seconds until the page last changed."""
    return float(page.evaluate(f"watched.changed - {since}")) / 1000


def _zone(page: Page, site: Site, zone: str) -> float:
    site.pick(page, "zone", zone)
    _settle(page, site, zone)
    return _changed(page, "watched.asked")


def _taken(context: BrowserContext, address: str, site: Site, part: str) -> float:
    """From the click to the last byte on the disk."""
    page = _opened(context, address, site)
    site.pick(page, "part", part)
    _settle(page, site, part)
    began = time.perf_counter()
    with page.expect_download() as waiting:
        site.take(page)
    waiting.value.path()
    return time.perf_counter() - began


if __name__ == "__main__":
    import json

    print(json.dumps(compared(Path(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
