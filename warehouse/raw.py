"""raw and rejected: the accepted and the refused rows of the files in force, each under an id that says where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import duckdb
import polars as pl

from warehouse.inputs import FeedTable, Inputs, StagedFile
from warehouse.reuse import Kept
from warehouse.standing import key_text
from warehouse.tables import comment, create, load_frames

FILE_BITS, SHEET_BITS = 36, 28  # row_id = file · 2^36 + sheet · 2^28 + row: unique, stable, ordered as sent
SHEET_MASK, ROW_MASK = (1 << FILE_BITS - SHEET_BITS) - 1, (1 << SHEET_BITS) - 1
BITS = {"file_bits": FILE_BITS, "sheet_bits": SHEET_BITS, "sheet_mask": SHEET_MASK, "row_mask": ROW_MASK}  # the parameters of queries that take an id apart

FILE_COLUMNS = {
    "file_id": ("INTEGER", "文件号，即收到它的记事序号"), "name": ("VARCHAR", "文件名，原样"),
    "sha256": ("VARCHAR", "内容指纹"), "feed": ("VARCHAR", "报表"), "department_id": ("VARCHAR", "报送部门"),
    "sender": ("VARCHAR", "报送主体，空为部门本身"), "as_of": ("DATE", "截至日"), "received_at": ("TIMESTAMP", "收到时间（UTC）"),
    "is_standing": ("BOOLEAN", "现行：未被同一范围同一截至日的后到文件取代"), "rows_read": ("INTEGER", "读出的数据行"),
    "accepted": ("INTEGER", "接收行"), "refused": ("INTEGER", "退回行"), "set_aside": ("INTEGER", "另置行"),
    "sheets": ("VARCHAR[]", "各工作表名，依次"),
}
SOURCE_ROW_COLUMNS = {
    "row_id": ("BIGINT", "来源行号，全库唯一"), "file_id": ("INTEGER", "文件号"), "sheet": ("VARCHAR", "工作表"),
    "row": ("INTEGER", "行号，与 Excel 所示一致"), "disposition": ("VARCHAR", "accepted 接收 / refused 退回 / set_aside 另置"),
}
SET_ASIDE_COLUMNS = {
    "row_id": ("BIGINT", "来源行号"), "file_id": ("INTEGER", "文件号"), "reason": ("VARCHAR", "另置原因"),
}
TOTAL_COLUMNS = {
    "row_id": ("BIGINT", "合计行的来源行号"), "file_id": ("INTEGER", "文件号"), "heading": ("VARCHAR", "部门自己的列名，带单位"),
    "reported": ("DOUBLE", "合计行所填，按文件中的单位"), "summed": ("DOUBLE", "所合计的各行之和，同一单位"),
    "tolerance": ("DOUBLE", "四舍五入可解释的最大差额"),
}
REJECTED_ROW_COLUMNS = {
    "row_id": ("BIGINT", "来源行号"), "file_id": ("INTEGER", "文件号"), "feed": ("VARCHAR", "报表"),
    "cells": ("VARCHAR", "该行各格，JSON，不含个人信息"), "key": ("VARCHAR", "读得出的编号，几列的以 | 相连"),
}
REASON_COLUMNS = {
    "row_id": ("BIGINT", "来源行号"), "heading": ("VARCHAR", "部门自己的列名"), "value": ("VARCHAR", "所填内容"),
    "reason": ("VARCHAR", "退回原因"),
}


def raw_tables(con: duckdb.DuckDBPyConnection, inputs: Inputs, kept: Kept) -> None:
    """Fill them all; of a raw table that was kept, add the files it does not hold yet."""
    create(con, "raw.file", FILE_COLUMNS, "收到的文件：每个在册文件一行。")
    create(con, "raw.set_aside", SET_ASIDE_COLUMNS, "另置行：现行文件中重复而内容相同的行。")
    create(con, "raw.reported_total", TOTAL_COLUMNS, "合计行：现行文件里的合计、小计，每行每列一行，与各行之和并列。")
    create(con, "rejected.row", REJECTED_ROW_COLUMNS, "退回行：现行文件中未被接收的每个数据行一行。")
    create(con, "rejected.reason", REASON_COLUMNS, "退回原因：每行每个原因一行。")
    con.execute("CREATE TABLE given.first_days (feed VARCHAR, department_id VARCHAR, sender VARCHAR, first_on DATE)")
    folders = [(file.row["file_id"], str(file.folder)) for file in inputs.files]
    load_frames(con, {"folders": pl.DataFrame(folders, schema={"file_id": pl.Int32, "folder": pl.String}, orient="row")})
    if inputs.files:
        rows = pl.DataFrame([dict(file.row) for file in inputs.files], infer_schema_length=None)
        con.register("file_frame", rows.to_arrow())
        con.execute("INSERT INTO raw.file BY NAME FROM file_frame")
        con.unregister("file_frame")
    for feed in inputs.feeds:
        own = {"row_id": ("BIGINT", "来源行号"), "file_id": ("INTEGER", "文件号")}
        if f"raw.{feed.name}" not in kept.tables:
            create(con, f"raw.{feed.name}", {**own, **feed.columns}, f"{feed.title}：现行文件中接收的行，原样。")
        files = [file for file in inputs.files if file.stands and file.row["feed"] == feed.name]
        if files:
            _load(con, feed, files, kept.files)
    if standing := [file for file in inputs.files if file.stands]:
        con.execute("INSERT INTO raw.reported_total SELECT row_id, file_id, heading, reported, summed, tolerance FROM " + staged("totals", standing))
    _source_row(con, inputs.feeds)


def _source_row(con: duckdb.DuckDBPyConnection, feeds: Sequence[FeedTable]) -> None:
    """A view, since a row's id holds its file, sheet and row number; that the row is there is what the view adds."""
    kinds = [*((f"raw.{feed.name}", "accepted") for feed in feeds), ("rejected.row", "refused"), ("raw.set_aside", "set_aside")]
    rows = " UNION ALL ".join(f"SELECT row_id, file_id, '{disposition}' AS disposition FROM {table}" for table, disposition in kinds)
    con.execute(
        "CREATE VIEW raw.source_row AS SELECT r.row_id, r.file_id, "
        f"f.sheets[((r.row_id >> {SHEET_BITS}) & {SHEET_MASK}) + 1] AS sheet, "
        f"(r.row_id & {ROW_MASK})::INTEGER AS row, r.disposition "
        f"FROM ({rows}) AS r JOIN raw.file AS f ON f.file_id = r.file_id")
    comment(con, "raw.source_row", "来源行：现行文件的每个数据行一行，可回到原件的文件、工作表、行号。",
             {name: comment for name, (_, comment) in SOURCE_ROW_COLUMNS.items()}, kind="VIEW")


def staged(kind: str, files: Iterable[StagedFile], options: str = "") -> str:
    """What is staged of these files, to select from, with file_id and row_id: the folder a row came from tells its file.

    A folder is read once: a file that was sent twice is staged once, and joins both its numbers.
    """
    of_file = {file.row["file_id"]: file.folder for file in files}
    paths = ", ".join("'" + str(folder / f"{kind}.parquet").replace("'", "''") + "'" for folder in dict.fromkeys(of_file.values()))
    return (f"(SELECT s.*, g.file_id, (g.file_id::BIGINT << {FILE_BITS}) + (s.sheet_no::BIGINT << {SHEET_BITS}) + s.row AS row_id "
            f"FROM read_parquet([{paths}], filename = true{options}) AS s JOIN given.folders AS g ON s.filename = g.folder || '/{kind}.parquet' "
            f"WHERE g.file_id IN ({', '.join(map(str, of_file))}))")


def _load(con: duckdb.DuckDBPyConnection, feed: FeedTable, files: list[StagedFile], held: Collection[object]) -> None:
    """Copy the staged Parquet of one feed. `held`: numbers of the files whose accepted rows are there already."""
    columns = ", ".join(feed.columns)
    if new := [file for file in files if file.row["file_id"] not in held]:
        con.execute(f"INSERT INTO raw.{feed.name} SELECT row_id, file_id, {columns} FROM {staged('accepted', new)}")
    if refusing := [file for file in files if file.row["refused"]]:
        con.execute(f"INSERT INTO rejected.row SELECT row_id, file_id, '{feed.name}', cells, {key_text(feed.key, 'r')} FROM {staged('refused', refusing)} AS r")
        con.execute(f"INSERT INTO rejected.reason SELECT row_id, heading, value, reason FROM {staged('reasons', refusing)}")
    if repeating := [file for file in files if file.row["set_aside"]]:
        con.execute(f"INSERT INTO raw.set_aside SELECT row_id, file_id, reason FROM {staged('set_aside', repeating)}")
    if feed.dated_by:
        con.execute(f"INSERT INTO given.first_days SELECT '{feed.name}', f.department_id, f.sender, min(r.{feed.dated_by}) "
                    f"FROM raw.{feed.name} AS r JOIN raw.file AS f USING (file_id) GROUP BY ALL")
