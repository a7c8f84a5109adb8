"""The one read-only door for pages: a page run pins one snapshot, and every number on it comes from there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from warehouse import catalogue
from warehouse.publish import DamagedCatalogue, NoSnapshot, Publication, Setting, Store, StoreError


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """One snapshot for the length of a page run.

    `cursor` and the cursors made from it close with the run. `fallback_from`: what should have been shown but does not open,
    the name of the newest snapshot or of the catalogue file; None when all is well.
    """

    publication: Publication
    cursor: duckdb.DuckDBPyConnection
    fallback_from: str | None


@dataclass(kw_only=True)
class _Open:
    connection: duckdb.DuckDBPyConnection
    cursors: int = 0


class Reader:
    """The snapshots one process has open; safe for many threads. `config` goes to DuckDB (see Store.open)."""

    def __init__(self, store: Store, *, most_open: int = 3, **config: Setting) -> None:
        self._store, self._most_open, self._config = store, most_open, config
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._known: tuple[Publication, ...] = ()
        self._good: Publication | None = None  # the last that was served as the current one
        self._open: dict[str, _Open] = {}  # the least recently pinned first

    @contextmanager
    def pin(self, snapshot: str | None = None) -> Iterator[Pinned]:
        """The current snapshot, or the named one.

        If the current one does not open: the last that this process served, else the newest older one that opens. A named one
        has no substitute. Raises NoSnapshot, UnknownSnapshot, DamagedSnapshot, DamagedCatalogue.
        """
        with self._lock:
            unreadable = self._look()
            if snapshot is None:
                publication, held = self._newest_that_opens()
                newest = self._known[-1].snapshot
                fallback_from = unreadable if publication.snapshot == newest else newest
            else:
                publication = catalogue.newest_of(self._known, snapshot)
                held, fallback_from = self._opened(snapshot), unreadable
            cursor = held.connection.cursor()
            held.cursors += 1
            self._close_idle(self._most_open)
        try:
            yield Pinned(publication=publication, cursor=cursor, fallback_from=fallback_from)
        finally:
            cursor.close()
            with self._lock:
                held.cursors -= 1
                self._close_idle(self._most_open)

    def close(self) -> None:
        """Close what no page run is using."""
        with self._lock:
            self._good = None
            self._close_idle(0)

    def _look(self) -> str | None:
        """Read the catalogue again if its file changed. If it cannot be read the list seen last stays; returns the file's name."""
        try:
            stat = self._store.catalogue.stat()
            seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        except FileNotFoundError:
            seen = None
        try:
            if seen is None or seen != self._seen:
                self._known = self._store.publications()
                self._seen = seen
        except DamagedCatalogue:
            if not self._known:
                raise
            return self._store.catalogue.name
        return None

    def _newest_that_opens(self) -> tuple[Publication, _Open]:
        if not self._known:
            raise NoSnapshot
        newest, *older = reversed(self._known)
        first: StoreError | None = None
        for publication in (newest, *([self._good] if self._good else []), *older):
            try:
                held = self._opened(publication.snapshot)
            except StoreError as error:
                first = first or error
            else:
                self._good = publication
                return publication, held
        assert first is not None
        raise first

    def _opened(self, snapshot: str) -> _Open:
        held = self._open.pop(snapshot, None) or _Open(connection=self._store.open(snapshot, **self._config))
        self._open[snapshot] = held
        return held

    def _close_idle(self, most: int) -> None:
        """Close the least recently pinned above `most`, but none that a page run uses and not the last good one."""
        good = self._good.snapshot if self._good else None
        idle = [name for name, held in self._open.items() if not held.cursors and name != good]
        for name in idle[: max(0, len(self._open) - most)]:
            self._open.pop(name).connection.close()
