"""What every file ever in force told of the keys that were once refused: from it rejected.correction says when each was put right, and by what."""

from __future__ import annotations

import duckdb

from warehouse.inputs import FeedTable, Inputs, StagedFile
from warehouse.raw import FILE_BITS, staged
from warehouse.standing import key_text


def mentions(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Make given.mention (file_id, row_id, key, is_refused) and given.whole_list (feed). Superseded files are read from staging again."""
    con.execute("CREATE TABLE given.mention (file_id INTEGER, row_id BIGINT, key VARCHAR, is_refused BOOLEAN)")
    con.execute("CREATE TABLE given.whole_list (feed VARCHAR)")
    con.executemany("INSERT INTO given.whole_list VALUES (?)", [(feed.name,) for feed in inputs.feeds if feed.mode == "full" and not feed.period] or [(None,)])
    con.execute(f"INSERT INTO given.mention SELECT x.file_id, x.row_id, {identity('x.key', 'x.row_id')}, true FROM rejected.row AS x")
    for feed in inputs.feeds:
        if old := _superseded(feed, inputs):
            con.execute(f"INSERT INTO given.mention SELECT r.file_id, r.row_id, {identity(key_text(feed.key, 'r'), 'r.row_id')}, true "
                        f"FROM {staged('refused', old)} AS r")
    refused = {name for (name,) in con.execute("SELECT DISTINCT f.feed FROM given.mention AS m JOIN raw.file AS f USING (file_id)").fetchall()}
    for feed in inputs.feeds:
        if feed.name in refused:
            _accepted(con, feed, inputs)


def identity(key: str, row_id: str) -> str:
    """The SQL of what a refused row is known by from file to file: its key, or where none could be read, its place."""
    return f"CASE WHEN replace({key}, '|', '') = '' THEN '#' || ({row_id} & {(1 << FILE_BITS) - 1}) ELSE {key} END"


def _superseded(feed: FeedTable, inputs: Inputs) -> list[StagedFile]:
    return [file for file in inputs.files if not file.stands and file.row["feed"] == feed.name]


def _accepted(con: duckdb.DuckDBPyConnection, feed: FeedTable, inputs: Inputs) -> None:
    """The rows that were accepted under a key that was refused at some time."""
    old = _superseded(feed, inputs)
    for table in (f"raw.{feed.name}", *([staged("accepted", old)] if old else [])):
        con.execute(f"INSERT INTO given.mention SELECT r.file_id, r.row_id, {key_text(feed.key, 'r')} AS key, false FROM {table} AS r "
                    f"WHERE {key_text(feed.key, 'r')} IN (SELECT m.key FROM given.mention AS m JOIN raw.file AS f USING (file_id) "
                    f"WHERE m.is_refused AND f.feed = '{feed.name}')")
