"""meta.submission and what was said with it: every file ever sent, who sent, commented and certified it, as the acts tell."""

from __future__ import annotations

import json

import duckdb
import polars as pl

from warehouse.acts import Act
from warehouse.inputs import Inputs
from warehouse.submissions import submissions
from warehouse.tables import create

COLUMNS = {
    "file_id": ("INTEGER", "文件号，即收到它的记事序号"), "received_at": ("TIMESTAMP", "收到时间（UTC）"), "way": ("VARCHAR", "来路：inbox 收件夹 / web 网页 / cli 命令"),
    "handed_in_by": ("VARCHAR", "由谁报送，收件夹来的为空"), "name": ("VARCHAR", "文件名，原样"), "sha256": ("VARCHAR", "内容指纹"),
    "status": ("VARCHAR", "现状：placed 计入 / held 待确认 / refused 退回 / repeated 相同 / withdrawn 撤下 / superseded 被取代 / suspended 因换回暂停 / cancelled 取消"),
    "feed": ("VARCHAR", "报表，空为认不出"), "department_id": ("VARCHAR", "报送部门，空为不知"), "sender": ("VARCHAR", "报送主体，空为部门本身"),
    "as_of": ("DATE", "截至日"), "accepted": ("INTEGER", "接收行"), "refused": ("INTEGER", "退回行"), "what": ("VARCHAR", "为什么退回或待确认"),
    "superseded_by": ("INTEGER", "被哪个文件取代"), "withdrawn_by": ("VARCHAR", "由谁撤下"), "reason": ("VARCHAR", "为什么撤下"), "confirmed_by": ("VARCHAR", "由谁确认"),
}
COMMENT_COLUMNS = {
    "file_id": ("INTEGER", "文件号"), "commented_at": ("TIMESTAMP", "时间（UTC）"), "commented_by": ("VARCHAR", "由谁说明"),
    "finding": ("VARCHAR", "就哪一条提示，空为全文件"), "text": ("VARCHAR", "说明"),
}
CERTIFICATION_COLUMNS = {
    "file_id": ("INTEGER", "文件号"), "certified_at": ("TIMESTAMP", "时间（UTC）"), "certified_by": ("VARCHAR", "由谁签认"), "sha256": ("VARCHAR", "所签认内容的指纹"),
}
TYPES: dict[str, pl.DataType] = {"INTEGER": pl.Int32(), "VARCHAR": pl.String(), "TIMESTAMP": pl.Datetime("us"), "DATE": pl.Date()}
Table = dict[str, tuple[str, str]]


def submission_tables(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Make the three tables."""
    acts = [Act(seq=row["seq"], at=row["recorded_at"], kind=row["kind"], body=json.loads(row["body"])) for row in inputs.acts.iter_rows(named=True)]
    told = submissions(acts)
    _fill(con, "meta.submission", COLUMNS, "报送记录：收到过的每个文件一行，不论来路与结果。", [
        (each.file_id, each.at, each.way, each.by, each.name, each.sha256, each.status, each.feed, each.department, each.sender, each.as_of, each.accepted,
         each.refused, each.what, each.superseded_by, each.withdrawn_by, each.reason, each.confirmed_by) for each in told])
    _fill(con, "meta.submission_comment", COMMENT_COLUMNS, "报送说明：报送人就提示所作的每条说明一行。", [
        (each.file_id, said.at, said.by, said.finding, said.text) for each in told for said in each.comments])
    _fill(con, "meta.certification", CERTIFICATION_COLUMNS, "签认：每次签认一行。", [
        (each.file_id, signed.at, signed.by, signed.sha256) for each in told for signed in each.certified])


def _fill(con: duckdb.DuckDBPyConnection, table: str, columns: Table, sentence: str, rows: list[tuple[object, ...]]) -> None:
    create(con, table, columns, sentence)
    frame = pl.DataFrame(rows, schema={name: TYPES[kind] for name, (kind, _) in columns.items()}, orient="row")
    con.register("submission_frame", frame.to_arrow())
    con.execute(f"INSERT INTO {table} BY NAME FROM submission_frame")
    con.unregister("submission_frame")
