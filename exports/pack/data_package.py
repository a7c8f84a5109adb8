"""The data of a pack as a Frictionless Data Package v2: every table as CSV and as Parquet, its schema, and where it comes from."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from typing import Any

import duckdb
import polars as pl

from exports.csv_file import BOM, csv_rows
from exports.pack.meeting import Meeting
from exports.pack.package_tables import FIELDS, Resource, resources
from language import _

FOLDER = "data"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAMES = {pl.String: "string", pl.Boolean: "boolean", pl.Date: "date"}
LINEAGE_SQL = "SELECT snapshot_id, acts_upto, inputs_hash, rules_hash, code_hash FROM meta.snapshot"


def package(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> dict[str, bytes]:
    """The files by their paths, datapackage.json first."""
    tables = resources(cursor, seen)
    files: dict[str, bytes] = {}
    listed = []
    for each in tables:
        csv, parquet = f"{FOLDER}/{each.name}.csv", f"{FOLDER}/{each.name}.parquet"
        files[csv], files[parquet] = _csv(each.frame), _parquet(each.frame)
        listed += [_table(each, csv, files[csv]), _columns(each, parquet, files[parquet])]
    [lineage] = cursor.execute(LINEAGE_SQL).fetchall()
    told = {
        "$schema": PROFILE, "name": "ganzhihui-meeting-pack", "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"ganzhihui:{seen.snapshot}:{seen.as_of}")),
        "title": _("甘智汇科创园联席会议数据包"), "description": _nature(seen), "version": f"{seen.as_of:%Y.%m.%d}", "created": seen.about.known_at.isoformat(),
        "sources": [{"title": _("各部门报送的文件，见 files 表")}], "resources": listed,
        "ganzhihui": {"as_of": seen.as_of.isoformat(), "known_at": seen.about.known_at.isoformat(), "is_demo": seen.about.is_demo, "meeting": seen.occasion.meeting,
                      "issue": seen.occasion.issue, "revision": seen.occasion.revision,
                      "lineage": dict(zip(("snapshot", "acts_upto", "inputs_hash", "rules_hash", "code_hash"), lineage, strict=True))}}
    return {"datapackage.json": (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()} | files


def _nature(seen: Meeting) -> str:
    said = _("演示数据：虚构的园区，不是真实情况。") if seen.about.is_demo else ""
    return said + _("contributions 表中 aggregation 为 sum 的指标，value 之和等于 values 表中的值；ratio 是分子之和除以分母之和。涉及个人的指标没有行。")


def _csv(frame: pl.DataFrame) -> bytes:
    """UTF-8 with BOM, CRLF, and no text that a spreadsheet would run."""
    return BOM + frame.clear().write_csv(line_terminator="\r\n", quote_style="non_numeric").encode() + csv_rows(frame)


def _parquet(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.write_parquet(target, compression="zstd", statistics=True)
    return target.getvalue()


def _file(name: str, about: str, path: str, content: bytes, fmt: str, media: str) -> dict[str, Any]:
    return {"name": name, "title": about, "path": path, "format": fmt, "mediatype": media, "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _table(each: Resource, path: str, content: bytes) -> dict[str, Any]:
    fields = [_field(name, kind, each) for name, kind in each.frame.schema.items()]
    keys = [{"fields": [name], "reference": {"resource": table, "fields": [name]}} for name, table in each.references.items()]
    return _file(each.name, each.about, path, content, "csv", "text/csv") | {
        "type": "table", "encoding": "utf-8-sig", "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": True, "header": True},
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": list(each.key)} | ({"foreignKeys": keys} if keys else {})}


def _columns(each: Resource, path: str, content: bytes) -> dict[str, Any]:
    told = _file(f"{each.name}_parquet", _("{what}（Parquet）", what=each.about), path, content, "parquet", "application/vnd.apache.parquet")
    return told | {"type": "file"}  # a reader that is not told guesses its columns


def _field(name: str, kind: pl.DataType, each: Resource) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if name in each.required else {}
    if list(each.key) == [name]:
        limits["unique"] = True
    if name == "sha256":
        limits["pattern"] = "[0-9a-f]{64}"
    if name == "occurred_precision":
        limits["enum"] = ["D", "M", "Q", "H", "Y"]
    if name == "row":
        limits["minimum"] = 1
    own = {"name": name, "type": _type(kind)} | ({"description": _(FIELDS[name])} if name in FIELDS else {})
    return own | ({"constraints": limits} if limits else {})


def _type(kind: pl.DataType) -> str:
    if isinstance(kind, pl.Datetime):
        return "datetime"
    return "integer" if kind.is_integer() else "number" if kind.is_numeric() else NAMES[type(kind)]
