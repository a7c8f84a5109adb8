"""Makes the tables of a snapshot: reference rows and staged files in, ref · raw · rejected · core · mart · meta out."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from warehouse.contributions import contributions, metric_files, metrics_in_dictionary
from warehouse.corrections import mentions
from warehouse.drift import drift_table
from warehouse.inputs import Inputs
from warehouse.raw import raw_tables
from warehouse.reference_rules import first_broken
from warehouse.reuse import Kept, keep, parts, remember
from warehouse.search import search_tables
from warehouse.sent import sent_rows
from warehouse.sqlfile import SqlFile, SqlFileError, in_order, load
from warehouse.standing import standing_rows
from warehouse.submitted import submission_tables
from warehouse.tables import comments, create, load_frames, make
from warehouse.unit_doubts import unit_doubt_table

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
SMALL_BLOCK, LARGE_BLOCK = 16_384, 262_144  # bytes: each of some hundred tables takes a block, and large tables are written a third faster in large ones
MANY_ROWS = 500_000
FOLDERS = (("ref", "ref"), ("rejected", "rejected"), ("core", "core"), ("meta", "meta"), ("marts", "mart"))
MAKERS = ("acts.py", "build.py", "contributions.py", "corrections.py", "drift.py", "pinyin.py", "raw.py", "reuse.py", "search.py", "sent.py",
          "sqlfile.py", "standing.py", "submissions.py", "submitted.py", "tables.py", "unit_doubts.py")


@cache
def sql_files() -> tuple[SqlFile, ...]:
    """Every table that is a SQL file, in building order; contributions are apart. Read once in a process, as the code is."""
    files = [load(path, f"{schema}.{path.stem}") for folder, schema in FOLDERS
             for path in sorted((HERE / folder).glob("*.sql"))]
    return tuple(in_order(files))


def build(path: Path, inputs: Inputs, *, threads: int | None = None, base: Path | None = None) -> None:
    """Fill a new snapshot file. Raises OSError or duckdb.Error on a full disk, SqlFileError naming a SQL file that breaks its promise.

    `base`: an older snapshot, whole, from which tables are taken that would come out the same; the result is the same without.
    """
    if base:
        shutil.copyfile(base, path)
    rows = sum(int(str(file.row["rows_read"])) for file in inputs.files)
    config: dict[str, str | bool | int | float | list[str]] = {"default_block_size": SMALL_BLOCK if rows < MANY_ROWS else LARGE_BLOCK}
    with duckdb.connect(str(path), config=config | ({"threads": threads} if threads else {})) as con:
        con.execute("SET preserve_insertion_order = false")
        files, given = sql_files(), _given(inputs)
        made_of = parts(inputs, given)
        kept = keep(con, files, metric_files(), made_of) if base else Kept()
        con.execute("BEGIN")  # one transaction writes the log once
        for schema in ("given", "ref", "raw", "rejected", "core", "mart", "meta"):
            con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        load_frames(con, given)
        raw_tables(con, inputs, kept)
        mentions(con, inputs)
        waiting = [file for file in files if file.table not in kept.tables]
        known = comments(con) | standing_rows(con, inputs.feeds, {table for file in waiting for table in file.reads})
        for file in waiting:
            if not file.table.startswith("mart."):
                make(con, file, known)
        contributions(con, kept.metrics)
        known |= comments(con)
        for file in waiting:
            if file.table.startswith("mart."):  # of what is counted
                make(con, file, known)
        search_tables(con)
        sent_rows(con, inputs)
        unit_doubt_table(con, inputs, kept)
        drift_table(con, inputs, kept)
        _meta(con, path.stem, inputs)
        submission_tables(con, inputs)
        remember(con, made_of)
        con.execute("COMMIT")
        con.execute("DROP SCHEMA given CASCADE")


def check_reference(reference: Mapping[str, pl.DataFrame], feeds: Collection[str]) -> str | None:
    """The first rule these reference tables break, with the keys of its rows, or why the ref schema cannot be made; None if all is well.

    `feeds`: the names of all feeds, which this room does not know.
    """
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA given")
        con.execute("CREATE SCHEMA ref")
        load_frames(con, {**reference, "feeds": pl.DataFrame({"feed": sorted(feeds)}, schema={"feed": pl.String})})
        if broken := first_broken(con):
            return broken
        try:
            for file in sql_files():
                if file.table.startswith("ref."):
                    make(con, file, {})
            metrics_in_dictionary(con)
        except (duckdb.Error, SqlFileError) as problem:
            return str(problem).splitlines()[0]
    return None


def _given(inputs: Inputs) -> dict[str, pl.DataFrame]:
    """The reference rows and feed facts as they came; tables of the schema given while the others are made."""
    feeds = pl.DataFrame({"feed": [f.name for f in inputs.feeds], "title": [f.title for f in inputs.feeds], "mode": [f.mode for f in inputs.feeds],
                          "rhythm": [f.rhythm for f in inputs.feeds], "summary": [f.summary for f in inputs.feeds]})
    expected = pl.DataFrame([(f.name, d) for f in inputs.feeds for d in f.departments],
                            schema={"feed": pl.String, "department_id": pl.String}, orient="row")
    fields = pl.DataFrame([(f.name, place, each.heading, each.meaning, each.is_required, each.is_key, "|".join(each.aliases))
                           for f in inputs.feeds for place, each in enumerate(f.fields, 1)], orient="row",
                          schema={"feed": pl.String, "place": pl.Int32, "heading": pl.String, "meaning": pl.String, "is_required": pl.Boolean,
                                  "is_key": pl.Boolean, "aliases": pl.String})
    rules = pl.DataFrame([(f.name, place, rule) for f in inputs.feeds for place, rule in enumerate(f.rules, 1)],
                         schema={"feed": pl.String, "place": pl.Int32, "rule": pl.String}, orient="row")
    return {**inputs.reference, "feeds": feeds, "expected": expected, "fields": fields, "rules": rules}


def _meta(con: duckdb.DuckDBPyConnection, snapshot_id: str, inputs: Inputs) -> None:
    create(con, "meta.snapshot", {
        "snapshot_id": ("VARCHAR", "快照编号"), "acts_upto": ("INTEGER", "所含最后一件记事"), "known_at": ("TIMESTAMP", "知悉截至时（UTC）"),
        "newest_as_of": ("DATE", "最新截至日，默认的发生截至日"), "earliest_on": ("DATE", "最早可查的发生日"),
        "inputs_hash": ("VARCHAR", "输入指纹"), "rules_hash": ("VARCHAR", "口径与参照表指纹"), "code_hash": ("VARCHAR", "程序指纹"),
        "is_demo": ("BOOLEAN", "演示数据"), "clock": ("TIMESTAMP", "演示的固定时钟（UTC），空为真实时钟")}, "本快照。")
    con.execute(
        "INSERT INTO meta.snapshot SELECT ?, ?, ?, (SELECT max(as_of) FROM raw.file WHERE is_standing), "
        "(SELECT min(c.covered_from) FROM meta.coverage AS c JOIN given.feeds AS f USING (feed) WHERE f.mode = 'events' AND EXISTS ("
        "FROM ref.metric AS m WHERE list_contains(string_split(m.feeds, ' '), f.feed))), ?, ?, ?, ?, ?",
        [snapshot_id, inputs.acts_upto, inputs.known_at, inputs.inputs_hash, inputs.rules_hash, inputs.code_hash, inputs.is_demo, inputs.clock])
    create(con, "meta.act", {"seq": ("INTEGER", "序号"), "recorded_at": ("TIMESTAMP", "时间（UTC）"), "kind": ("VARCHAR", "种类"),
                              "body": ("VARCHAR", "内容，JSON")}, "记事：文件与规则发生过什么，只增不改。")
    create(con, "meta.word", {"feed": ("VARCHAR", "报表"), "column_name": ("VARCHAR", "列"), "code": ("VARCHAR", "代码"), "word": ("VARCHAR", "部门所用的词")},
           "词汇：各报表的列以代码存放的词。")
    words = [(feed.name, column, code, word) for feed in inputs.feeds for column, words in feed.words.items() for code, word in words.items()]
    load_frames(con, {"words": pl.DataFrame(words, schema=dict.fromkeys(("feed", "column_name", "code", "word"), pl.String), orient="row")})
    con.execute("INSERT INTO meta.word FROM given.words")
    con.register("act_frame", inputs.acts.to_arrow())
    con.execute("INSERT INTO meta.act BY NAME FROM act_frame")
    con.unregister("act_frame")


@cache
def code_hash() -> str:
    """Of everything in this room that decides what the tables hold."""
    digest = hashlib.sha256()
    for path in sorted(path for path in HERE.rglob("*") if path.suffix in (".sql", ".ddl") or path.name in MAKERS):
        digest.update(path.relative_to(HERE).as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()
