"""Staging: a file read, gated and kept as Parquet under a key that changes with anything that could change the result."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import polars as pl

from etl.feeds import FEEDS
from etl.gate import MERGED, gate
from etl.reading import Refused, Table, period_in_name, read, stated_period
from etl.recognise import left_out, recognise
from etl.sent import reported_totals, sent_lines
from warehouse.inputs import SentTable

READERS = ("polars", "python-calamine", "xlrd", "lxml", "dataframely")
KINDS = ("accepted", "refused", "reasons", "set_aside", "sent", "totals")
HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Job:
    """One file to stage. `feed` where it is known already; `received_on` is the day by which 'in the future' is judged."""

    blob: Path
    name: str
    sha256: str
    received_on: dt.date
    staging: Path
    feed: str | None = None
    headings: tuple[tuple[str, str, str], ...] = ()  # feed, heading, column: what the sender's own headings were said to mean

    def own(self, feed: str) -> dict[str, str]:
        """Heading → column of one feed."""
        return {heading: column for name, heading, column in self.headings if name == feed}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a table lies in its file. `columns`: heading → column of the sheet, 0-based; `units`: heading → unit, "" that of the whole table."""

    sheet_no: int
    columns: Mapping[str, int]
    units: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Staged:
    """What came of it. `as_of` None: the file does not say. `question`: what must be asked before it can count."""

    folder: Path
    feed: str
    as_of: dt.date | None
    accepted: int
    refused: int
    set_aside: int
    sheets: tuple[str, ...]
    reasons: tuple[str, ...]  # the first few, for the sender
    unknown: tuple[str, ...]
    warnings: tuple[str, ...]
    question: str | None
    tables: tuple[SentTable, ...]
    places: tuple[Place, ...] = ()  # of the same tables

    @property
    def rows_read(self) -> int:
        return self.accepted + self.refused + self.set_aside


def already(job: Job) -> Staged | None:
    """The result of an earlier run, if nothing it depends on has changed and it is whole."""
    return None if job.feed is None else _load(job.staging / _key(job, job.feed))


def stage(job: Job) -> Staged:
    """Read and gate one file. Raises Refused with what is wrong and what to do, OSError on a full disk or where landing was altered."""
    job.blob.open("rb").close()  # what is wrong in landing is no fault of the file's: an OSError, no refusal
    feeds = {name: feed.with_headings(job.own(name)) for name, feed in FEEDS.items() if job.feed in (None, name)}
    known = frozenset(heading for feed in feeds.values() for heading in feed.by_heading())
    reading = read(job.blob, known=known, name=job.name)
    if reading.sha256 != job.sha256:
        raise OSError(f"原件 {job.blob} 已不是收到时的内容，请从备份恢复")
    recognised = recognise(reading.tables, feeds)
    feed, tables = recognised.feed, recognised.tables
    gated = gate(feed, _rows(tables), units=_units(tables), received_on=job.received_on, merged=_merged(tables),
                 counts_from_1904=any(table.counts_from_1904 for table in tables))
    unused = [heading for heading, column in job.own(feed.name).items() if not column]  # nobody has said that they hold nothing personal
    unsaid = (*gated.unknown, *unused)
    headed, lines = sent_lines(feed, tables, unsaid)
    sheets = [""] * (max(table.sheet_no for table in tables) + 1)
    for table in tables:
        sheets[table.sheet_no] = table.sheet
    staged = Staged(
        folder=job.staging / _key(job, feed.name), feed=feed.name, as_of=as_of_tables(tables, job.name), accepted=gated.accepted.height,
        refused=gated.refused.height, set_aside=gated.set_aside.height, sheets=tuple(sheets),
        reasons=tuple(gated.reasons.sort("sheet_no", "row").head(20).select(pl.format("第 {} 行 {}", "row", "reason")).to_series()),
        unknown=gated.unknown, question=recognised.question, tables=headed,
        places=tuple(Place(sheet_no=table.sheet_no, columns=dict(table.places), units=dict(table.units)) for table in tables),
        warnings=(*(warning for table in tables for warning in table.warnings), *left_out(reading, recognised)))
    own = {"accepted": gated.accepted, "refused": gated.refused, "reasons": gated.reasons, "set_aside": gated.set_aside, "sent": lines,
           "totals": reported_totals(feed, tables, unsaid)}
    _save(own, staged)
    return staged


def as_of_tables(tables: tuple[Table, ...], name: str) -> dt.date | None:
    """The day the tables, or else the file's name, say they stand at."""
    stated = stated_period(text for table in tables for text in table.stated) or period_in_name(name)
    return stated[1] if stated else None


def _units(tables: tuple[Table, ...]) -> dict[str, str]:
    units: dict[str, str] = {}
    for table in tables:
        for heading, unit in table.units.items():
            if units.setdefault(heading, unit) != unit:
                raise Refused(f"各工作表的金额单位不一致：{units[heading]}、{unit}", "统一单位，或分成几个文件重新报送。")
    return units


def _rows(tables: tuple[Table, ...]) -> pl.DataFrame:
    frames = [table.rows.with_columns(pl.lit(table.sheet_no, dtype=pl.Int16).alias("sheet_no")) for table in tables]
    return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")


def _merged(tables: tuple[Table, ...]) -> pl.DataFrame:
    """The rows over which one number is merged, as the gate wants them."""
    spans = [(table.sheet_no, heading, first, last) for table in tables for heading, of in table.merged.items() for first, last in of]
    told = pl.DataFrame(spans, schema=[name for name in MERGED if name != "row"], schema_overrides=MERGED, orient="row")
    return told.with_columns(row=pl.int_ranges("first", pl.col("last") + 1)).explode("row").select(*MERGED)


def _save(frames: Mapping[str, pl.DataFrame], staged: Staged) -> None:
    """Write beside, then rename: a folder with its name is whole, unless the machine fell over before the disk had it all."""
    beside = staged.folder.with_name(f".new-{os.getpid()}-{staged.folder.name}")
    beside.mkdir(parents=True)
    try:
        for kind in KINDS:
            _write(frames[kind], beside / f"{kind}.parquet")
        facts = {**asdict(staged), "folder": None, "as_of": staged.as_of and staged.as_of.isoformat(), "sizes": _sizes(beside)}
        (beside / "staged.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        if not _load(staged.folder):
            shutil.rmtree(staged.folder, ignore_errors=True)
            beside.rename(staged.folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(frame: pl.DataFrame, path: Path) -> None:
    try:
        frame.write_parquet(path, compression="lz4")
    except pl.exceptions.ComputeError as problem:  # so Polars calls what the disk answers
        raise OSError(f"{path}：{problem}") from problem


def _sizes(folder: Path) -> list[int]:
    return [(folder / f"{kind}.parquet").stat().st_size for kind in KINDS]


def _load(folder: Path) -> Staged | None:
    """What is staged there; None if nothing is, or not all of it: then it is read again."""
    try:
        facts = json.loads((folder / "staged.json").read_text(encoding="utf-8"))
        if facts.pop("sizes") != _sizes(folder):
            return None
    except (FileNotFoundError, ValueError):
        return None
    as_of = dt.date.fromisoformat(facts["as_of"]) if facts["as_of"] else None
    lists = {name: tuple(facts[name]) for name in ("sheets", "reasons", "unknown", "warnings")}
    tables = tuple(SentTable(headings=tuple(each["headings"]), left_out=tuple(each["left_out"]), unit=each["unit"]) for each in facts["tables"])
    return Staged(**{**facts, **lists, "folder": folder, "as_of": as_of, "tables": tables, "places": tuple(Place(**each) for each in facts["places"])})


def sweep(staging: Path) -> None:
    """Remove what a killed run left half-written."""
    for folder in staging.glob(".new-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _key(job: Job, feed: str) -> str:
    parts = (job.sha256, job.name, job.received_on.isoformat(), feed, _file_hash(HERE / "feeds" / f"{feed}.py"), reading_hash(),
             json.dumps(sorted(job.own(feed).items())))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


@cache
def reading_hash() -> str:
    """Of the code and the libraries that turn bytes into typed rows; feeds are hashed one by one."""
    code = [path for path in sorted(HERE.rglob("*.py")) if path.parent.name not in ("feeds", "demo", "returning", "work") and path.stem != "__main__"]
    versions = [f"{name} {importlib.metadata.version(name)}" for name in READERS]
    return hashlib.sha256("\n".join([*(_file_hash(path) for path in code), *versions]).encode()).hexdigest()


def feeds_hash() -> str:
    """Of the files of all feeds."""
    return hashlib.sha256("\n".join(_file_hash(path) for path in sorted((HERE / "feeds").glob("*.py"))).encode()).hexdigest()


@cache
def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


__all__ = ["Job", "Refused", "Staged", "already", "as_of_tables", "feeds_hash", "reading_hash", "stage", "sweep"]
