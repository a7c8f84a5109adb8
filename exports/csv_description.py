"""What a CSV of rows is, as JSON beside it: CSV on the Web (W3C, Metadata Vocabulary for Tabular Data, 2015), for a CSV has no place for it."""

from __future__ import annotations

import json
from typing import Any

from exports.about_rows import facts
from exports.rows import ROW, VALUE, Export
from language import named, spoken


def csv_description(export: Export, address: str) -> bytes:
    """`address`: of the CSV, from the root of the site. The facts of `about_rows` by their names, after "ganzhihui:"."""
    kinds: dict[str, Any] = {VALUE: {"base": "decimal", "format": {"decimalChar": "."}}, ROW: "integer"}
    columns = [{"name": name, "titles": heading, "datatype": kinds.get(name, "string")} for name, heading in export.headings.items()]
    told = {"@context": ["http://www.w3.org/ns/csvw", {"@language": spoken()}], "url": address, "dc:title": named(export.metric),
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True}, "tableSchema": {"columns": columns},
            **{f"ganzhihui:{name}": value for name, value in facts(export).items()}}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
