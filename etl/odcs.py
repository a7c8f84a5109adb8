"""The contract of every feed as Open Data Contract Standard v3 (Bitol, https://bitol-io.github.io/open-data-contract-standard), in YAML."""

from __future__ import annotations

import json
from typing import Any

from etl.contract import AtMost, Column, Feed, InOrder, Kind, RowRule, SumToOne
from etl.contract_words import meaning, vocabulary
from etl.feeds import FEEDS
from etl.parsing import typed
from etl.tables import feed_table

VERSION = "1.0.0"
LOGICAL = {"VARCHAR": "string", "DATE": "date", "BOOLEAN": "boolean", "BIGINT": "integer", "DOUBLE": "number"}
MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12, "events": 1}


def contracts() -> dict[str, str]:
    """File name → YAML, one per feed."""
    return {f"{name}.odcs.yaml": "\n".join(_yaml(contract(feed))) + "\n" for name, feed in FEEDS.items()}


def contract(feed: type[Feed]) -> dict[str, Any]:
    """One contract as the standard's tree. Personal columns are named and classified, though no table ever has them."""
    sql = feed_table(feed).columns
    keys = [name for column in feed.key() for name in typed(column)]
    properties = [_property(column, name, sql[name], keys) for column in feed.columns for name in typed(column)]
    properties += [{"name": column.name, "businessName": column.heading, "logicalType": "string", "required": False, "classification": "personal",
                    "description": meaning(column)} for column in feed.columns if column.kind is Kind.PERSONAL]
    return {
        "version": VERSION, "kind": "DataContract", "apiVersion": "v3.1.0", "id": f"ganzhihui.{feed.name}", "name": feed.title, "status": "active",
        "domain": "兰州新区科技创新", "description": {
            "purpose": f"{feed.title}：部门按期报送的表。",
            "usage": "全量表：自截至日起为其报送范围的全部情况。" if feed.mode == "full" else "事件表：重报同一编号为更正，标“作废”为收回。",
            "limitations": "个人信息列只留在原件中。" if any(column.kind is Kind.PERSONAL for column in feed.columns) else "无个人信息。"},
        "schema": [{
            "name": feed.name, "businessName": feed.title, "logicalType": "object", "physicalType": "table", "physicalName": f"raw.{feed.name}",
            "dataGranularityDescription": f"一行一个：{'、'.join(column.heading for column in feed.key())}", "properties": properties,
            **({"quality": [_quality(rule, feed) for rule in feed.rules]} if feed.rules else {})}],
        "slaProperties": [{"property": "frequency", "value": MONTHS[feed.rhythm], "unit": "month", "driver": "operational"}],
        "customProperties": [
            {"property": "departments", "value": list(feed.departments)}, {"property": "mode", "value": feed.mode},
            {"property": "sharedKey", "value": feed.shared_key}]}


def _property(column: Column, name: str, sql: tuple[str, str], keys: list[str]) -> dict[str, Any]:
    kind, comment = sql
    is_first = name == next(iter(typed(column)))
    told: dict[str, Any] = {
        "name": name, "businessName": comment, "description": meaning(column), "physicalType": kind,
        "logicalType": LOGICAL.get(kind, "number"), "required": column.required and is_first, "classification": "internal"}
    if name in keys:
        told |= {"primaryKey": True, "primaryKeyPosition": keys.index(name) + 1}
    if column.kind is Kind.WORD and is_first:
        told["enum"] = [{"value": code, "label": word} for code, word in vocabulary(column).items()]
    options: dict[str, Any] = {"pattern": column.pattern} if column.pattern else {}
    limits = {"minimum": column.low, "maximum": column.high} if is_first and kind != "VARCHAR" else {}
    if options := options | {key: value for key, value in limits.items() if value is not None}:
        told["logicalTypeOptions"] = options
    if column.aliases and is_first:
        told["customProperties"] = [{"property": "headings", "value": [column.heading, *column.aliases]}]
    return told


def _quality(rule: RowRule, feed: type[Feed]) -> dict[str, Any]:
    """A rule of the whole row: the SQL counts the rows that break it."""
    match rule:
        case InOrder():
            name, broken = "in_order", " OR ".join(f"{a} > {b}" for a, b in zip(rule.days, rule.days[1:], strict=False))
        case AtMost():
            name, broken = "at_most", f"{rule.part} > {rule.whole}"
        case SumToOne():
            total = " + ".join(f"coalesce({each}, 0)" for each in rule.shares)
            name, broken = "sum_to_one", f"coalesce({', '.join(rule.shares)}) IS NOT NULL AND abs({total} - 1) > 0.01"
    return {"name": name, "type": "sql", "dimension": "consistency", "severity": "error",
            "query": f"SELECT count(*) FROM raw.{feed.name} WHERE {broken}", "mustBe": 0}


def _yaml(value: Any, indent: str = "") -> list[str]:
    """Block style; scalars as JSON, which is YAML: no text can be taken for a number, a date or a yes."""
    lines: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list) and inner:
                lines += [f"{indent}{key}:", *_yaml(inner, indent + "  ")]
            else:
                lines.append(f"{indent}{key}: {json.dumps(inner, ensure_ascii=False)}")
    else:
        for item in value:
            if isinstance(item, dict):
                first, *rest = _yaml(item, indent + "  ")
                lines += [f"{indent}- {first.strip()}", *rest]
            else:
                lines.append(f"{indent}- {json.dumps(item, ensure_ascii=False)}")
    return lines
