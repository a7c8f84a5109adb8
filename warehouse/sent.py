"""raw.sent_row: the lines that something counted leads back to, as their departments sent them. The others stay in landing: few are ever counted."""

from __future__ import annotations

import duckdb
import polars as pl

from warehouse.inputs import Inputs
from warehouse.raw import staged
from warehouse.tables import create

TABLE_COLUMNS = {
    "file_id": ("INTEGER", "文件号"), "table_no": ("SMALLINT", "文件中第几张表，从 0 起"), "headings": ("VARCHAR[]", "列名，按文件中的次序"),
    "left_out": ("VARCHAR[]", "未收录的列：个人信息，或不认识的列"), "unit": ("VARCHAR", "表外写明的金额单位"),
}
ROW_COLUMNS = {
    "row_id": ("BIGINT", "来源行号"), "file_id": ("INTEGER", "文件号"), "table_no": ("SMALLINT", "文件中第几张表"),
    "cells": ("VARCHAR", "各格原文，与列名依次对应，空格为空；写成一段文字，cells::VARCHAR[] 还原为列表"),
}
COUNTED = "SELECT row_id FROM mart.contribution UNION SELECT row_id FROM mart.contribution_source"


def sent_rows(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Copy them from staging, when all that is counted is known."""
    create(con, "raw.sent_table", TABLE_COLUMNS, "原表的列名：现行文件的每张表一行。")
    create(con, "raw.sent_row", ROW_COLUMNS, "原行：计数行所由来的每个来源行一行，各格照报送时的原文。")
    tables = [(file.row["file_id"], number, table) for file in inputs.files for number, table in enumerate(file.tables)]
    if not tables:
        return
    frame = pl.DataFrame([{"file_id": file_id, "table_no": number, "headings": table.headings, "left_out": table.left_out, "unit": table.unit}
                          for file_id, number, table in tables], schema_overrides={"left_out": pl.List(pl.String), "unit": pl.String})
    con.register("sent_frame", frame.to_arrow())
    con.execute("INSERT INTO raw.sent_table BY NAME FROM sent_frame")
    con.unregister("sent_frame")
    standing = [file for file in inputs.files if file.stands]
    cells = ", ".join(f"s.c{place}" for place in range(max(len(table.headings) for _, _, table in tables)))
    con.execute(f"INSERT INTO raw.sent_row SELECT s.row_id, s.file_id, s.table_no, [{cells}][:len(t.headings)]::VARCHAR "
                f"FROM {staged('sent', standing, ', union_by_name = true')} AS s JOIN raw.sent_table AS t USING (file_id, table_no) "
                f"WHERE s.row_id IN ({COUNTED})")
