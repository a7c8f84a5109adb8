"""Everything known of one thing at V: its state today, what lines of files told of it, who else they name, and which metrics count it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from analytics.changes import Change, changes, refused
from analytics.dossier_kinds import KINDS
from analytics.fact_sql import RELATED, TIMELINE, told_sql
from analytics.facts import FACTS, Fact, Lines
from analytics.row_key import Words, vocabulary
from analytics.snapshot import SHANGHAI
from language import spoken
from warehouse.metric import Metric, metrics
from warehouse.source_line import Source, sources

STATE_SQL = {path.stem: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "dossier_sql").glob("*.sql"))}
COUNTED_SQL = Path(__file__).with_name("dossier_counted.sql").read_text(encoding="utf-8")
MOST = 40  # facts listed, the newest; all of them are counted
COMING = 5
NEIGHBOURS = 8  # of each kind


@dataclass(frozen=True, kw_only=True)
class Thing:
    """`name`: in the language spoken; its id where no register knows it."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One fact of one line. `stage`, `word`, `thing`: what its sentence takes in; `named`: the other things the line names, each with its role;
    `is_gone`: the line has left its list since; `sources`: never empty."""

    fact: Fact
    lines: Lines
    on: dt.date
    precision: str
    stage: str
    word: str
    thing: str
    number: str | None
    amount_cny: Decimal | None
    named: tuple[tuple[str, Thing], ...]
    is_gone: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Something the same lines name, by its roles there, and by how many of them."""

    thing: Thing
    roles: tuple[str, ...]
    lines: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A metric in which the thing counts at V, by how many rows and with which sum."""

    metric: Metric
    rows: int
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """`state`: what dossier_sql/<kind>.sql tells, empty where no register knows the thing; `titles`: of the feeds; `past`: the newest first, `found` of them in all;
    `coming`: terms after V, the next first; `refused`: lines that name it and were sent back; `neighbours` and how many there are, by kind."""

    thing: Thing
    state: Mapping[str, Any]
    words: Words
    titles: Mapping[str, str]
    past: tuple[Told, ...]
    found: int
    coming: tuple[Told, ...]
    changes: tuple[Change, ...]
    refused: int
    neighbours: Mapping[str, tuple[Neighbour, ...]]
    found_neighbours: Mapping[str, int]
    counted: tuple[Counted, ...]


def dossier(cursor: duckdb.DuckDBPyConnection, kind: str, id_: str, as_of: dt.date, departments: Collection[str] | None = None) -> Dossier | None:
    """All of it; `departments`: whose lines may be seen, None for all. None where neither a register nor a line knows such a thing."""
    asked: dict[str, Any] = {"id": id_, "v": as_of, "departments": None if departments is None else sorted(departments)}
    [state] = _rows(cursor, STATE_SQL[kind], {"id": id_, "v": as_of, "language": spoken()}) or [{}]
    cursor.execute(told_sql(kind), asked)  # of this cursor alone
    facts = _rows(cursor, TIMELINE, {"v": as_of, "most": MOST})
    others = _rows(cursor, RELATED, {"kind": kind, "id": id_, "most": NEIGHBOURS})
    cursor.execute("DROP TABLE temp.told")
    if not state and not facts and not others:
        return None
    words = vocabulary(cursor)
    named = _named(cursor, [(kind, id_), *((each["kind"], each["id"]) for each in others), *((x["kind"], x["id"]) for fact in facts for x in fact["named"])])
    lines = {row_id: replace(line, received_at=line.received_at.astimezone(SHANGHAI))
             for row_id, line in sources(cursor, {row_id for fact in facts for row_id in (fact["row_id"], *fact["sources"])}).items()}
    stages = dict(cursor.execute("SELECT stage_id, coalesce(CASE WHEN $language = 'en' THEN name_en END, name_zh) FROM ref.stage", {"language": spoken()}).fetchall())
    told = [(fact["is_coming"], _told(fact, (kind, id_), words, named, lines, stages)) for fact in facts]
    thing = Thing(kind=kind, id=id_, name=str(state.get("name") or named.get((kind, id_)) or id_))
    past = tuple(each for is_coming, each in told if not is_coming)
    return Dossier(
        thing=thing, state=state, words=words, titles=_titles(cursor), past=past, coming=tuple(each for is_coming, each in told if is_coming)[:COMING],
        found=sum({fact["is_series"]: fact["found"] for fact in facts if not fact["is_coming"]}.values()),
        changes=changes(cursor, [row_id for fact in facts for row_id in (fact["row_id"], *fact["sources"])], own=(kind, id_), as_of=as_of,
                        departments=asked["departments"]),
        refused=refused(cursor, id_, asked["departments"]),
        neighbours=_neighbours(others, named), found_neighbours={each["kind"]: each["found"] for each in others}, counted=_counted(cursor, kind, id_, as_of))


def _titles(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    return dict(cursor.execute("SELECT DISTINCT feed, title FROM meta.coverage").fetchall())


def _told(fact: Mapping[str, Any], own: tuple[str, str], words: Words, named: Mapping[tuple[str, str], str], lines: Mapping[int, Source],
          stages: Mapping[str, str]) -> Told:
    declared = FACTS[fact["lines"]]
    ids = dict.fromkeys((fact["row_id"], *fact["sources"]))
    others = {(each["kind"], each["id"]): each["role"] for each in reversed(fact["named"]) if (each["kind"], each["id"]) != own}
    return Told(
        fact=declared.facts[fact["fact"]], lines=declared, on=fact["happened_on"], precision=fact["precision"] or "D", stage=stages.get(fact["stage_id"], ""),
        word=words.get((declared.feed, declared.word, fact["word"] or ""), fact["word"] or ""), thing=fact["thing"] or "", number=fact["number"],
        amount_cny=fact["amount_cny"], is_gone=fact["is_gone"], sources=tuple(lines[each] for each in ids if each in lines),
        named=tuple((role, Thing(kind=kind, id=id_, name=named.get((kind, id_), id_))) for (kind, id_), role in reversed(others.items())))


def _neighbours(others: Iterable[Mapping[str, Any]], named: Mapping[tuple[str, str], str]) -> Mapping[str, tuple[Neighbour, ...]]:
    found: dict[str, list[Neighbour]] = {}
    for each in others:
        thing = Thing(kind=each["kind"], id=each["id"], name=named.get((each["kind"], each["id"]), each["id"]))
        found.setdefault(each["kind"], []).append(Neighbour(thing=thing, roles=_roles(each["roles"]), lines=each["lines"]))
    return {kind: tuple(found[kind]) for kind in KINDS if kind in found}


def _roles(told: Iterable[str]) -> tuple[str, ...]:
    """What can be said of it; that a project is the root of its own lines need not be."""
    known = set(told)
    return tuple(sorted(known - ({"", "root"} if "" in known else {""})))


def _counted(cursor: duckdb.DuckDBPyConnection, kind: str, id_: str, as_of: dt.date) -> tuple[Counted, ...]:
    known = {each.metric_id: each for each in metrics(cursor)}
    rows = cursor.execute(COUNTED_SQL.replace("true /* counted */", KINDS[kind].counted), {"id": id_, "v": as_of}).fetchall()
    return tuple(Counted(metric=known[metric_id], rows=number, value=value) for metric_id, number, value in rows if metric_id in known)


def _named(cursor: duckdb.DuckDBPyConnection, things: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """What registers call them, in the language spoken."""
    asked: dict[str, list[str]] = {}
    for kind, id_ in dict.fromkeys(things):
        asked.setdefault(kind, []).append(id_)
    branches = []
    for kind in asked:
        table, key, name_zh, name_en = KINDS[kind].register
        branches.append(f"SELECT '{kind}', {key}, coalesce(CASE WHEN $language = 'en' THEN {name_en} END, {name_zh}) FROM {table} AS t "
                        f"WHERE {key} IN (SELECT unnest(${kind})){f' GROUP BY {key}' if 'arg_max' in name_zh else ''}")
    found = cursor.execute(" UNION ALL ".join(branches), {**asked, "language": spoken()}).fetchall()
    return {(kind, id_): name for kind, id_, name in found if name}


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str, asked: Mapping[str, object]) -> Sequence[Mapping[str, Any]]:
    done = cursor.execute(sql, {name: value for name, value in asked.items() if f"${name}" in sql})
    columns = [name for name, *_ in done.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in done.fetchall()]
