"""Small worlds written by hand: what departments told, file by file, built into a snapshot whose metrics can be read."""

from __future__ import annotations

import atexit
import datetime as dt
import hashlib
import itertools
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from etl.feeds import FEEDS
from etl.gate import typed_columns
from etl.landing import Act
from etl.parsing import typed
from etl.refresh import inputs_of
from etl.register import replay
from etl.sent import TOTALS
from etl.staging import Staged
from warehouse.build import build
from warehouse.value import Reading, read_metric

Row = Mapping[str, Any]
FIRST, LAST = dt.date(2024, 1, 31), dt.date(2028, 12, 31)  # where the feeds' coverage begins and the views may end
NOON = dt.datetime(2029, 1, 5, 4, tzinfo=dt.UTC)
PLACE = {"sheet_no": pl.Int16(), "row": pl.Int64()}
OVERLAPPING = """SELECT a.metric_id, a.key FROM mart.contribution AS a JOIN mart.contribution AS b ON b.metric_id = a.metric_id AND b.key = a.key
    AND b.counts_from > a.counts_from AND (a.counts_until IS NULL OR a.counts_until > b.counts_from)
    UNION ALL SELECT c.metric_id, c.key FROM mart.contribution AS c GROUP BY c.metric_id, c.key, c.counts_from HAVING count(*) > 1"""
ZONES = ("core", "chem", "bio", "energy", "data", "equip", "nuclear", "agri", "outside", "unplaced")


def day(text: str) -> dt.date:
    """2026-03-31."""
    return dt.date.fromisoformat(text)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file as it arrives: typed accepted rows (columns not given are blank), and keys of rows that were refused."""

    feed: str
    rows: tuple[Row, ...]
    department: str = "D08"
    sender: str = ""
    as_of: dt.date = FIRST
    refused: tuple[Row, ...] = ()


def sent(feed: str, *rows: Row, department: str = "D08", sender: str = "", as_of: str = "2024-01-31", refused: Sequence[Row] = ()) -> Sent:
    return Sent(feed=feed, rows=rows, department=department, sender=sender, as_of=day(as_of), refused=tuple(refused))


def rule(table: str, **row: str) -> Act:
    """A reference row changed on site."""
    return Act(seq=0, at=NOON, kind="rule_changed", body={"table": table, "rows": [row]})


@dataclass(frozen=True, kw_only=True)
class World:
    """A built snapshot. A value that cannot be known is None and never passes for 0."""

    con: duckdb.DuckDBPyConnection
    readings: dict[tuple[str, str, str | None], Reading] = field(default_factory=dict)

    def read(self, metric: str, on: str, zone: str | None = None) -> Reading:
        """The metric with its rows; a snapshot never changes, so each is read once."""
        asked = (metric, on, zone)
        if asked not in self.readings:
            self.readings[asked] = read_metric(self.con, metric, as_of=day(on), zone=zone)
        return self.readings[asked]

    def value(self, metric: str, on: str, zone: str | None = None) -> Decimal | None:
        """Of everything there is."""
        return self.read(metric, on, zone).value

    def of(self, metric: str, entity: str, *days: str, zone: str | None = None) -> list[Decimal]:
        """What one project, outcome or firm adds to the metric on each of these days."""
        readings = [self.read(metric, on, zone) for on in days]
        assert all(reading.value is not None for reading in readings), f"{metric} cannot be known"
        return [sum((row.value for row in reading.rows if row.entity_id == entity), Decimal(0)) for reading in readings]

    def zones(self, metric: str, entity: str, *days: str) -> list[list[str]]:
        """The zones in which it counts on each of these days."""
        return [sorted(row.zone for row in self.read(metric, on).rows if row.entity_id == entity) for on in days]

    def is_pending(self, metric: str, entity: str, on: str) -> bool:
        """Whether the one row by which it counts still wants evidence."""
        [found] = [row.is_pending for row in self.read(metric, on).rows if row.entity_id == entity]
        return found

    def metrics(self) -> list[str]:
        return [row[0] for row in self.con.execute("SELECT metric_id FROM ref.metric ORDER BY 1").fetchall()]


def quiet() -> list[Sent]:
    """Files without a row, so that every feed is covered and V may be any day between."""
    return [sent(feed, department=department, as_of=as_of) for as_of in (FIRST.isoformat(), LAST.isoformat())
            for feed, department in (("stage_events", "D08"), ("outcomes", "D08"), ("output_values", "D04"))]


def world(folder: Path, *told: Sent | Act, covered: bool = True, lists: bool = True, began: Sequence[Sent] = ()) -> World:
    """The snapshot after these files and rules. `covered`: files without rows beside them; `lists`: so too for the two full lists; `began`: told
    before, the same in many worlds."""
    given = {each.feed for each in (*began, *told) if isinstance(each, Sent)}
    blank = [sent(feed) for feed in ("projects", "organizations") if lists and feed not in given]
    before = [*(quiet() if covered else []), *blank, *began]
    con = duckdb.connect(str(_built(folder, [*before, *told], base=beginning(before))), read_only=True)
    assert not con.execute(OVERLAPPING).fetchall(), "something counts twice on one day"
    return World(con=con)


BEGUN: dict[str, Path] = {}  # by what was told


def beginning(before: Sequence[Sent] | None = None) -> Path:
    """The snapshot after what many worlds begin with (None: `quiet`), built once; a world takes of it what nothing more is told of, as a refresh
    takes it from the snapshot before."""
    before = quiet() if before is None else before
    known = repr(before)
    if known not in BEGUN:
        folder = Path(tempfile.mkdtemp())
        atexit.register(shutil.rmtree, folder)
        BEGUN[known] = _built(folder, before, base=next(iter(BEGUN.values()), None))
    return BEGUN[known]


def _built(folder: Path, told: Iterable[Sent | Act], *, base: Path | None = None) -> Path:
    numbers = itertools.count(1)
    acts: list[Act] = []
    staged: dict[int, Staged] = {}
    for each in told:
        at = NOON + dt.timedelta(minutes=len(acts))
        if isinstance(each, Act):
            acts.append(Act(seq=next(numbers), at=at, kind=each.kind, body=each.body))
            continue
        number = next(numbers)
        acts.append(Act(seq=number, at=at, kind="received", body={"name": f"{each.feed}-{number}.csv", "path": str(number),
                                                                  "sha256": hashlib.sha256(repr(each).encode()).hexdigest(),
                                                                  "mtime_ns": 0}))
        acts.append(Act(seq=next(numbers), at=at, kind="placed", body={"file": number, "feed": each.feed, "department": each.department,
                                                                       "sender": each.sender, "as_of": each.as_of.isoformat()}))
        staged[number] = _staged(each, folder / str(number))
    path = folder / "snapshot.duckdb"
    build(path, inputs_of(acts, replay(acts), staged, clock=None), threads=1, base=base)
    return path


def _staged(file: Sent, folder: Path) -> Staged:
    feed = FEEDS[file.feed]
    columns = typed_columns(feed)
    keys = {name: dtype for column in feed.key() for name, dtype in typed(column).items()}
    headings = {column.name: column.heading for column in feed.columns}
    accepted = [{"sheet_no": 0, "row": number, **row} for number, row in enumerate(file.rows, start=2)]
    refused = [{"sheet_no": 0, "row": number, **row, "cells": json.dumps({headings[name]: text for name, text in row.items()}, ensure_ascii=False)}
               for number, row in enumerate(file.refused, start=2 + len(accepted))]
    unknown = {name for row in file.rows for name in row} - columns.keys()
    assert not unknown, f"{file.feed} has no {unknown}"
    frames = {"accepted": pl.DataFrame(accepted, schema={**PLACE, **columns}),
              "refused": pl.DataFrame(refused, schema={**PLACE, **keys, "cells": pl.String}),
              "reasons": pl.DataFrame(schema={**PLACE, "heading": pl.String, "value": pl.String, "reason": pl.String}),
              "set_aside": pl.DataFrame(schema={**PLACE, "reason": pl.String}), "sent": pl.DataFrame(schema={**PLACE, "table_no": pl.Int16}),
              "totals": pl.DataFrame(schema=TOTALS)}
    folder.mkdir()
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet")
    return Staged(folder=folder, feed=file.feed, as_of=file.as_of, accepted=len(accepted), refused=len(refused), set_aside=0, sheets=("",),
                  reasons=(), unknown=(), warnings=(), question=None, tables=())


def project(project_id: str, zone: str = "绿色化工", *, parent: str | None = None, org: str | None = None, status: str = "active",
            approval_no: str | None = "新科〔2025〕1号") -> Row:
    """A row of the project list."""
    return {"project_id": project_id, "project_name": f"{project_id}项目", "lead_org_name": "某单位", "lead_org_id": org, "zone_name": zone,
            "parent_project_id": parent, "approved_on": day("2024-01-10"), "approved_precision": "D", "approval_no": approval_no, "status": status}


def event(event_id: str, project_id: str, stage: str, kind: str, on: str, *, precision: str = "D", space: str | None = None, void: bool = False,
          evidence: str | None = None, confirmed: bool | None = None) -> Row:
    """A row of the stage events."""
    return {"event_id": event_id, "project_id": project_id, "stage_id": stage, "event_type": kind, "occurred_on": day(on),
            "occurred_precision": precision, "space_name": space, "validity": "void" if void else "valid", "evidence_id": evidence,
            "is_pilot_confirmed": confirmed}


def events(*rows: tuple[str, str, str, str], department: str = "D08", as_of: str = "2024-01-31") -> Sent:
    """Events as (project, stage, kind, day), numbered as they stand."""
    return sent("stage_events", *(event(f"{as_of}-{number}", *row) for number, row in enumerate(rows, start=1)), department=department, as_of=as_of)


def organization(org_id: str, space: str | None = "绿色化工", *, founded_on: str | None = None) -> Row:
    """A row of the list of organizations."""
    founded = {"founded_on": day(founded_on), "founded_precision": "D"} if founded_on else {}
    return {"org_id": org_id, "org_name": f"{org_id}公司", "org_kind": "enterprise", "space_name": space, **founded}


def monotone(values: Iterable[Decimal | None]) -> bool:
    """Known throughout, and never falling."""
    known = list(values)
    return None not in known and all(before <= after for before, after in itertools.pairwise(known))  # type: ignore[operator]
