"""Many readers at once: each opens a page on a socket of its own, reads on, and connects again where its line is cut, as a browser does."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus
from wire import PageRun, Viewer, Wire

PAGES = ("", "goals", "funnel", "zones", "quality")


@dataclass(frozen=True, kw_only=True)
class Read:
    """One page that somebody read. `at`, `took`: seconds."""

    page: str
    run: PageRun
    at: float
    took: float


@dataclass(kw_only=True)
class Readers:
    """What they read, and what went wrong for them; `cuts`: lines that were cut and mended."""

    reads: list[Read] = field(default_factory=list)
    wrong: list[BaseException] = field(default_factory=list)
    cuts: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    def read_on(self, wire: Wire, pages: Sequence[str], chance: random.Random, cookie: str, pause: float) -> None:
        """One reader, until it is over."""
        self._over.wait(chance.uniform(0, pause))
        while not self._over.is_set():
            try:
                with wire.socket(cookie=cookie) as socket:
                    viewer = Viewer(socket)
                    while not self._over.is_set():
                        page, begun = chance.choice(pages), time.monotonic()
                        run = viewer.run(page)
                        self.reads.append(Read(page=page, run=run, at=begun, took=time.monotonic() - begun))
                        self._over.wait(chance.uniform(0.5, 1.5) * pause)
            except (ConnectionClosed, ConnectionError, InvalidMessage, InvalidStatus, EOFError):
                self.cuts += 1
                self._over.wait(0.5)
            except BaseException as problem:
                self.wrong.append(problem)
                raise

    @contextmanager
    def reading(self, wire: Wire, count: int, *, pages: Sequence[str] = PAGES, cookies: Sequence[str] = ("",), pause: float = 1.0) -> Iterator[None]:
        """Within the block so many read, each with one of the cookies; at its end they finish the page they are on."""
        threads = [threading.Thread(target=self.read_on, args=(wire, pages, random.Random(number), cookies[number % len(cookies)], pause), daemon=True)
                   for number in range(count)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join(60)
            self._over.clear()

    def pages(self) -> dict[tuple[str, str], set[str]]:
        """What was shown for each page of each snapshot: one text, if none was torn."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for each in self.reads:
            found[each.page, snapshot(each.run)].add(each.run.html)
        return found

    def times(self, since: float = 0) -> str:
        """For people to read."""
        took = sorted(each.took for each in self.reads if each.at >= since)
        parts = statistics.quantiles(took, n=20)
        return f"{len(took)} page runs, p50 {1000 * parts[9]:.0f} ms, p95 {1000 * parts[18]:.0f} ms, longest {took[-1]:.1f} s"


def snapshot(run: PageRun) -> str:
    """The one snapshot that a page run says it shows."""
    _before, found, after = run.html.partition("快照 <code>")
    assert found, run.error or run.html[-2000:]
    return after.partition("</code>")[0]
