"""The store of snapshots: each refresh is a new read-only DuckDB file, and the catalogue says which of them is current."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse import catalogue, snapshot_file
from warehouse.catalogue import Publication
from warehouse.errors import DamagedCatalogue, DamagedSnapshot, NoSnapshot, StoreError, UnfinishedSnapshot, UnknownSnapshot
from warehouse.snapshot_file import Setting

__all__ = [
    "DamagedCatalogue", "DamagedSnapshot", "NoSnapshot", "Publication", "Setting", "Store", "StoreError", "UnfinishedSnapshot",
    "UnknownSnapshot",
]  # fmt: skip

SNAPSHOT_FILE = re.compile(r"(?P<snapshot>.+?)\.duckdb(?P<beside>\..+)?")


class Store:
    """The snapshots under one directory.

    Reading needs no lock and never writes. `publish`, `rollback` and `label` change the store: their caller holds
    `warehouse.lock.writer_lock`, which is why whatever the catalogue does not list can be swept away as debris.
    Every method that reads the catalogue raises DamagedCatalogue if it cannot.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalogue = root / "catalogue.json"

    def publications(self) -> tuple[Publication, ...]:
        """All that are kept, oldest first."""
        return catalogue.read(self.catalogue)

    def current(self) -> Publication | None:
        """What readers see now; None if nothing was published yet."""
        return next(reversed(self.publications()), None)

    def at(self, moment: datetime) -> Publication | None:
        """What readers saw at a moment (aware), as far as it is kept; None before the first. Raises ValueError if naive."""
        upto = _utc(moment)
        return next((each for each in reversed(self.publications()) if each.current_from <= upto), None)

    def get(self, snapshot: str) -> Publication:
        """The last turn of a snapshot. Raises UnknownSnapshot."""
        return catalogue.newest_of(self.publications(), snapshot)

    def path(self, snapshot: str) -> Path:
        """Where the file of a snapshot is. Only a name from the catalogue is safe here; `get` says whether it is one."""
        return self.root / f"{snapshot}.duckdb"

    def publish(
        self, build: Callable[[Path], None], *, now: datetime, acts_upto: int, inputs_hash: str, label: str | None = None
    ) -> Publication:
        """Build a snapshot and make it current, then prune.

        `build` writes a DuckDB file at the path it gets (its stem is the snapshot's name) and closes it. Whatever it or the
        disk raises passes through: nothing is left behind and the catalogue is as before. Raises UnfinishedSnapshot,
        DamagedSnapshot if DuckDB cannot read back what was built, ValueError for a naive `now`, a blank label or a hash that is no hex.
        """
        moment, kept_as = _utc(now), None if label is None else _label(label)
        if not re.fullmatch(r"[0-9a-f]{4,}", inputs_hash):
            raise ValueError(f"inputs_hash must be a hex digest, not {inputs_hash!r}")
        self.root.mkdir(parents=True, exist_ok=True)
        known = self.publications()
        if not self.catalogue.exists():
            catalogue.write(self.catalogue, known)
        self.sweep()
        path = self.path(_unused_name(moment, inputs_hash, {each.snapshot for each in known}))
        try:
            build(path)
            publication = Publication(
                snapshot=path.stem, current_from=moment, reason="refresh", label=kept_as, acts_upto=acts_upto,
                inputs_hash=inputs_hash, sha256=snapshot_file.sealed(path),
            )  # fmt: skip
            self._append(publication)
        except BaseException:  # a full disk, a failed check, Ctrl-C
            self.sweep()
            raise
        self.sweep()
        return publication

    def rollback(self, to: str, *, now: datetime, acts_upto: int) -> Publication:
        """Make an older snapshot current again. Raises UnknownSnapshot, DamagedSnapshot."""
        self.verify(to)
        publication = replace(self.get(to), current_from=_utc(now), reason="rollback", acts_upto=acts_upto)
        self._append(publication)
        self.sweep()
        return publication

    def label(self, snapshot: str, text: str) -> None:
        """Name a snapshot, in place of the name it had, and so keep it for ever. Raises UnknownSnapshot, ValueError if blank."""
        self.get(snapshot)
        name = _label(text)
        turns = [replace(each, label=name) if each.snapshot == snapshot else each for each in self.publications()]
        catalogue.write(self.catalogue, turns)

    def unlabel(self, snapshot: str) -> None:
        """Take its name from a snapshot, which is then pruned in its turn. Raises UnknownSnapshot."""
        self.get(snapshot)
        catalogue.write(self.catalogue, [replace(each, label=None) if each.snapshot == snapshot else each for each in self.publications()])

    def verify(self, snapshot: str) -> None:
        """Read the whole file and compare it with what was published. Raises UnknownSnapshot, DamagedSnapshot."""
        publication, path = self.get(snapshot), self.path(snapshot)
        try:
            found = snapshot_file.digest(path)
        except OSError as error:
            raise DamagedSnapshot(snapshot, path, f"读不出（{error}）") from error
        if found != publication.sha256:
            raise DamagedSnapshot(snapshot, path, "内容与发布时不同")

    def open(self, snapshot: str, **config: Setting) -> duckdb.DuckDBPyConnection:
        """A read-only connection that reaches nothing but this file, with one thread unless told otherwise.

        Raises UnknownSnapshot, DamagedSnapshot; duckdb.ConnectionException if this process has it open with other settings.
        """
        self.get(snapshot)
        try:
            return snapshot_file.connect(self.path(snapshot), config)
        except DamagedSnapshot:
            self.get(snapshot)  # pruned since we looked: then it is unknown, not damaged
            raise

    def _append(self, publication: Publication) -> None:
        """Add and prune in one commit, so that no reader finds a catalogue that lists a file already swept."""
        catalogue.write(self.catalogue, catalogue.retained([*self.publications(), publication], publication.current_from))

    def sweep(self) -> None:
        """Remove what the catalogue on disk does not list. Readers that have such a file open keep it until they close it."""
        listed = {each.snapshot for each in self.publications()}
        for path in self.root.iterdir():
            if _is_debris(path.name, listed):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _is_debris(name: str, listed: set[str]) -> bool:
    """True of files of no listed snapshot, of write-ahead logs, and of half-written files.

    Where a listed snapshot is read by a query that outgrows memory, DuckDB has a directory <name>.duckdb.tmp: not debris.
    """
    if (parts := SNAPSHOT_FILE.fullmatch(name)) and parts["snapshot"] in listed:
        return parts["beside"] not in (None, ".tmp")
    return parts is not None or name.endswith((".wal", ".tmp"))


def _unused_name(moment: datetime, inputs_hash: str, used: set[str]) -> str:
    first = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03}Z-{inputs_hash[:4]}"
    name, count = first, 1
    while name in used:
        count += 1
        name = f"{first}-{count}"
    return name


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {moment!r}")
    return moment.astimezone(UTC)


def _label(text: str) -> str:
    if not text.strip():
        raise ValueError("a label must not be blank")
    return text.strip()
