"""What a new snapshot may take from an older one: tables made by the same code of the same reference rows and the same files would come out the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

from warehouse.contributions import TABLES, retain
from warehouse.inputs import Inputs
from warehouse.sqlfile import SqlFile
from warehouse.tables import create

CODE = ("code", "")
ALWAYS_MADE = ("mart.", "meta.", "rejected.")  # the last tell of every file there ever was
ALWAYS_CHANGED = frozenset({"rejected.row", "rejected.reason", "raw.set_aside", "raw.source_row", "raw.reported_total"})
BY_FEED = frozenset({"meta.unit_doubt", "meta.drift"})  # each row told by the files of its feed and nothing else
COLUMNS = {
    "source": ("VARCHAR", "来源：参照表，或报表的原始表"), "part": ("VARCHAR", "报表的文件号，空为来源本身"),
    "fingerprint": ("VARCHAR", "内容指纹"),
}
Parts = dict[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """`tables`: those that stay, by name. `files`: numbers of the files whose rows the kept raw tables hold already. `feeds`: those of which neither
    contract nor files differ, so that what `BY_FEED` tables say of each by itself holds still. `metrics`: whose rows stay."""

    tables: frozenset[str] = frozenset()
    files: frozenset[int] = frozenset()
    feeds: frozenset[str] = frozenset()
    metrics: frozenset[str] = frozenset()


def parts(inputs: Inputs, given: dict[str, pl.DataFrame]) -> Parts:
    """The fingerprint of everything tables are made of: of each given frame, of each feed, and of each of its files and how it was read."""
    found: Parts = {CODE: f"{inputs.code_hash} {duckdb.__version__}"}
    found |= {(f"given.{name}", ""): _hash(frame.write_csv()) for name, frame in given.items()}
    found |= {(f"raw.{feed.name}", ""): _hash(repr(feed)) for feed in inputs.feeds}
    for file in inputs.files:
        found[f"raw.{file.row['feed']}", str(file.row["file_id"])] = _hash([list(file.row.items()), file.folder.name])
    return found


def keep(con: duckdb.DuckDBPyConnection, files: Sequence[SqlFile], metrics: Sequence[SqlFile], now: Parts) -> Kept:
    """Drop from a copy of an older snapshot all that must be made anew. A raw table stays where files only joined it; what reads it does not.

    `files`: of the tables, in building order; `metrics`: of what is counted. A SQL file that reads raw.file must look there for files of the
    feeds it reads, and of no other: what raw.file says of those is in their fingerprints.
    """
    before = _made_of(con)
    if before.get(CODE) != now[CODE]:
        _drop_others(con, ())
        return Kept()
    differing = {each for each in before.keys() | now.keys() if before.get(each) != now.get(each)}
    changed = {source for source, _ in differing} | ALWAYS_CHANGED
    made_anew = {source for source, part in differing if (source, part) in before or not part}
    raw = {source for source, _ in now if source.startswith("raw.")} - made_anew
    standing = {f"given.{source.removeprefix('raw.')}_{what}" for source in changed for what in ("version", "latest")}
    for file in files:
        if file.reads & (changed | standing) or file.table.startswith(ALWAYS_MADE):
            changed.add(file.table)
    tables = raw | {file.table for file in files if file.table not in changed} | BY_FEED
    counted = frozenset(file.path.stem for file in metrics if not file.reads & changed) if "ref.metric" in tables else frozenset()
    if counted:
        retain(con, counted)
        tables |= {f"mart.{name}" for name in TABLES}
    _drop_others(con, tables)
    return Kept(tables=frozenset(tables), files=frozenset(int(part) for source, part in before if part and source in raw),
                feeds=frozenset(source.removeprefix("raw.") for source in raw - {each for each, _ in differing}), metrics=counted)


def begin(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, tuple[str, str]], sentence: str, kept: Kept) -> None:
    """Make one of the `BY_FEED` tables, or leave in it what still holds."""
    if table in kept.tables:
        con.execute(f"DELETE FROM {table} WHERE NOT list_contains(?, feed)", [sorted(kept.feeds)])
    else:
        create(con, table, columns, sentence)


def _made_of(con: duckdb.DuckDBPyConnection) -> Parts:
    """What the older snapshot was made of; nothing if it does not say."""
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'meta' AND table_name = 'made_of'").fetchall():
        return {}
    return {(source, part): fingerprint for source, part, fingerprint in con.execute("SELECT source, part, fingerprint FROM meta.made_of").fetchall()}


def _drop_others(con: duckdb.DuckDBPyConnection, kept: Collection[str]) -> None:
    """Their blocks are free for new tables once the file is checkpointed."""
    found = con.execute("SELECT 'VIEW', schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal "
                        "UNION ALL SELECT 'TABLE', schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
    for kind, name in found:
        if name not in kept:
            con.execute(f"DROP {kind} {name}")
    con.execute("CHECKPOINT")


def remember(con: duckdb.DuckDBPyConnection, now: Parts) -> None:
    """Write down what this snapshot was made of."""
    create(con, "meta.made_of", COLUMNS, "本快照由哪些参照表与文件做成；下一次只重做有变化的表。")
    rows = pl.DataFrame([(source, part, fingerprint) for (source, part), fingerprint in now.items()], schema=list(COLUMNS), orient="row")
    con.register("made_of_frame", rows.to_arrow())
    con.execute("INSERT INTO meta.made_of BY NAME FROM made_of_frame")
    con.unregister("made_of_frame")


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, default=str, ensure_ascii=False).encode()).hexdigest()
