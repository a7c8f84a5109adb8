"""A small park built from the feeds' own good samples, and the shortest way to tell it more."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import xlsxwriter

from analytics.tally import Tally
from etl import staging
from etl.feeds import FEEDS
from etl.home import Home
from etl.reading.heading import plain
from etl.refresh import Inbox, Result, refresh, taken
from etl.register import Register, SentFile, replay
from etl.report import Report
from etl.staging import Job, Refused, Staged
from etl.workers import Outcome
from warehouse.build import build
from warehouse.metric import metrics
from warehouse.snapshot_file import digest
from warehouse.value import read_metric

PROJECT = Path(__file__).parents[1]
SAMPLES = PROJECT / "tests" / "etl" / "feeds" / "samples"
NOON = dt.datetime(2026, 11, 5, 4, tzinfo=dt.UTC)  # 2026-11-05 12:00 in Lanzhou: the park's clock stands here
FOLDERS = {"D04": "工信和数据局", "D08": "科技创新促进中心", "D10": "各产业园区管理运营主体"}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A departmental table as sent: the lines above its headings, the headings, and cells by heading."""

    above: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    key: str  # the heading of its first key column

    def ids(self) -> list[str]:
        """The keys, from top to bottom."""
        return [row[self.key] for row in self.rows]

    def only(self, *ids: str) -> Sheet:
        """The rows of these keys."""
        return replace(self, rows=tuple(row for row in self.rows if row[self.key] in ids))

    def without(self, *ids: str) -> Sheet:
        """The other rows."""
        return replace(self, rows=tuple(row for row in self.rows if row[self.key] not in ids))

    def but(self, id_: str, **cells: str) -> Sheet:
        """With other cells in the row of this key."""
        assert id_ in self.ids()
        assert cells.keys() <= set(self.headings)
        return replace(self, rows=tuple({**row, **cells} if row[self.key] == id_ else row for row in self.rows))

    def plus(self, like: str, **cells: str) -> Sheet:
        """One more row at the end: a copy of the row of this key with other cells."""
        more = self.only(like).but(like, **cells).rows
        return replace(self, rows=(*self.rows, *more))

    def renamed(self, old: str, new: str) -> Sheet:
        """With another heading over a column."""
        assert old in self.headings
        return replace(self, key=new if old == self.key else self.key, headings=tuple(new if each == old else each for each in self.headings),
                       rows=tuple({(new if key == old else key): cell for key, cell in row.items()} for row in self.rows))

    def as_of(self, day: str) -> Sheet:
        """Stated to be the state of another day (such as 2026年9月30日); '' for a table that does not say."""
        lines = tuple(tuple(re.sub("截至.*", f"截至{day}" if day else "", cell) for cell in line) for line in self.above)
        return replace(self, above=lines)

    def grid(self) -> list[list[str]]:
        """All cells, as they lie on the sheet."""
        return [*map(list, self.above), list(self.headings), *([row[heading] for heading in self.headings] for row in self.rows)]

    def csv(self, encoding: str = "utf-8-sig") -> bytes:
        """As a CSV file."""
        text = io.StringIO()
        csv.writer(text).writerows(self.grid())
        return text.getvalue().encode(encoding)

    def xlsx(self, *, rows_above: int = 0, sheet: str = "Sheet1") -> bytes:
        """As a workbook whose first sheet holds a note and whose second holds the table, some rows down."""
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            book.add_worksheet("填报说明").write_row(0, 0, ["请按月填报"])
            page = book.add_worksheet(sheet)
            for at, line in enumerate(self.grid()):
                for place, cell in enumerate(line):
                    page.write_string(rows_above + at, place, cell) if cell else page.write_blank(rows_above + at, place, None)
        return content.getvalue()


def sample(feed: str, which: str = "good") -> Sheet:
    """A feed's sample."""
    with (SAMPLES / feed / f"{which}.csv").open(encoding="utf-8-sig", newline="") as file:
        grid = list(csv.reader(file))
    key = next(column for column in FEEDS[feed].columns if column.key).headings
    at = next(at for at, line in enumerate(grid) if {plain(cell) for cell in line} & set(key))
    return Sheet(above=tuple(map(tuple, grid[:at])), headings=tuple(grid[at]), key=next(cell for cell in grid[at] if plain(cell) in key),
                 rows=tuple(dict(zip(grid[at], line, strict=True)) for line in grid[at + 1:]))


def home_of(feed: str) -> str:
    """The inbox folder from which the park's samples of this feed come."""
    first = FEEDS[feed].departments[0]
    sender = "D08" if first == "*" else first
    return FOLDERS.get(sender, sender)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a refresh did, and what it said."""

    result: Result
    said: str
    steps: tuple[str, ...]
    staged: Mapping[int, Staged] = field(default_factory=dict)  # of files in force, by number, where nothing was built

    @property
    def snapshot(self) -> str:
        assert self.result.published, f"nothing was published: {self.said}"
        return self.result.published.snapshot


_VALUES: dict[str, dict[str, Decimal]] = {}  # by a snapshot's bytes: many tests read those with which all of them begin


def _values(con: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    (day,) = con.execute("SELECT newest_as_of FROM meta.snapshot").fetchall()[0]
    tally = Tally(con, [each.metric_id for each in metrics(con)], day)
    return {metric_id: found for metric_id in tally.dictionary if (found := tally.value(metric_id)) is not None}


@dataclass(kw_only=True)
class Park:
    """A data home, and what one does with it."""

    home: Home
    _sent: int = field(default=0)

    @classmethod
    def opened(cls, root: Path) -> Park:
        """An empty home whose clock stands at NOON."""
        park = cls(home=Home(root=root))
        park.home.landing.append("opened", at=NOON, clock=NOON.isoformat())
        park.home.inbox.mkdir()
        return park

    def send(self, path: str, content: Sheet | bytes) -> Path:
        """Put a file into the inbox, at rest, newer than all sent before."""
        target = self.home.inbox / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Sheet):
            content = content.xlsx() if path.endswith(".xlsx") else content.csv()
        target.write_bytes(content)
        self.touch(target)
        return target

    def touch(self, path: Path) -> None:
        """Give a file a new time of change, some way back."""
        newest = max((file.stat().st_mtime for file in self.home.inbox.rglob("*") if file.is_file() and file != path), default=0)
        self._sent += 1
        moment = max(newest, 1_700_000_000) + 60 * self._sent
        os.utime(path, (moment, moment))

    def send_samples(self, make: Callable[[Sheet], Sheet | bytes] = lambda sheet: sheet, suffix: str = "csv") -> None:
        """The good sample of every feed, from its proper department."""
        for name, feed in FEEDS.items():
            self.send(f"{home_of(name)}/{feed.title}.{suffix}", make(sample(name)))

    def refresh(self, *, now: dt.datetime = NOON, checks: bool = False) -> Run:
        """A refresh in this process."""
        steps, said = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(steps), contextlib.redirect_stderr(said), Report() as report:
            result = refresh(self.home, report, now=now, checks=checks)
        return Run(result=result, said=said.getvalue(), steps=tuple(json.loads(line)["step"] for line in steps.getvalue().splitlines()))

    def judge(self, *, now: dt.datetime = NOON) -> Run:
        """What a refresh does before it builds: files are received, read and decided on, and what is to be said of them is said."""
        steps, said = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(steps), contextlib.redirect_stderr(said), Report() as report:
            staged, refused = taken(self.home, self.home.landing, Inbox(folder=self.home.inbox), now, report)
        return Run(result=Result(published=None, refused=refused), said=said.getvalue(), staged=staged,
                   steps=tuple(json.loads(line)["step"] for line in steps.getvalue().splitlines()))

    @contextlib.contextmanager
    def open(self, snapshot: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A snapshot, by default the current one."""
        current = self.home.store.current()
        assert current
        connection = self.home.store.open(snapshot or current.snapshot)
        try:
            yield connection
        finally:
            connection.close()

    def ask(self, sql: str, *values: object, snapshot: str | None = None) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        with self.open(snapshot) as con:
            return con.execute(sql, list(values)).fetchall()

    def value(self, metric_id: str, *, as_of: dt.date | None = None, zone: str | None = None, snapshot: str | None = None) -> Decimal:
        """One metric, which must be known."""
        with self.open(snapshot) as con:
            found = read_metric(con, metric_id, as_of=as_of, zone=zone).value
        assert found is not None
        return found

    def values(self, snapshot: str | None = None) -> dict[str, Decimal]:
        """All metrics that are known at the newest as-of."""
        with self.open(snapshot) as con:
            [(name,)] = con.execute("SELECT snapshot_id FROM meta.snapshot").fetchall()
            bytes_ = digest(self.home.store.path(name))
            if bytes_ not in _VALUES:
                _VALUES[bytes_] = _values(con)
        return dict(_VALUES[bytes_])

    def served(self) -> tuple[str, dict[str, Decimal]]:
        """What readers see: the current snapshot, and the metrics in it."""
        current = self.home.store.current()
        assert current
        return current.snapshot, self.values()

    @property
    def register(self) -> Register:
        return replay(self.home.landing.acts())

    def last(self, path: str) -> SentFile:
        """The last file sent from this place."""
        file = self.register.newest_at(path)
        assert file, f"nothing was received from {path}"
        return file

    def debris(self) -> list[str]:
        """What lies in the home and belongs to nothing."""
        listed = {f"{each.snapshot}.duckdb" for each in self.home.store.publications()} | {"catalogue.json", "selfcheck"}
        stray = [path for path in (self.home.root / "warehouse").iterdir() if path.name not in listed]
        for folder in (self.home.staging, self.home.root / "landing" / "blobs", self.home.root / "landing" / "acts", self.home.root / "landing"):
            stray += folder.glob(".*")
        return sorted(str(path.relative_to(self.home.root)) for path in stray)


def read_here(jobs: Sequence[Job], *, done: Callable[[Job, Outcome], None], workers: int = 2) -> dict[Job, Outcome]:
    """What etl.workers.stage_all does, without the processes, which take a second to start."""
    outcomes: dict[Job, Outcome] = {}
    for job in jobs:
        try:
            outcomes[job] = staging.stage(job)
        except (Refused, OSError) as problem:
            outcomes[job] = problem
        done(job, outcomes[job])
    return outcomes


@contextlib.contextmanager
def read_in_process() -> Iterator[None]:
    """Within the block, refresh and rebuild read files without child processes and build with one thread: a small park is done sooner so."""
    one_thread = partial(build, threads=1)
    with (patch("etl.refresh.stage_all", read_here), patch("etl.replay.stage_all", read_here), patch("etl.refresh.build", one_thread),
          patch("etl.replay.build", one_thread)):
        yield


class Unchecked:
    """Stands in for the checking and the forecasting process, which take seconds."""

    def __enter__(self) -> Unchecked:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def check(self, _: Path) -> tuple[int, int]:
        return 0, 0

    def forecast(self, _: Path) -> int:
        return 0
