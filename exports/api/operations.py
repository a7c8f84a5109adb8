"""Everything the door answers, declared once: what serves it and what describes it both read this list."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace

from analytics.access import Deed
from exports.api import issues, metrics, rows
from exports.api.bodies import IssueDetail, Issues, Metrics, Problem
from exports.api.contract import CURSOR, FORMAT, FORMATS, JSON, LANG, LIMIT, VIEW, ZONE, Answer, Asked, Operation, Parameter
from exports.api.description import SCHEMA_JSON, openapi, schema, schema_names, written
from exports.api.json_answer import of_bytes
from exports.api.number_bodies import MetricValue, Rows
from exports.api.problems import Fault
from language import N_, _, listed

NAME = Parameter(name="name", about=N_("约定中的名称"), is_in_path=True, example="metric")
METRIC = replace(metrics.METRIC, about=N_("指标代码，见口径词典"))
BODIES: Mapping[str, type] = {"issues": Issues, "issue": IssueDetail, "metrics": Metrics, "metric": MetricValue, "rows": Rows, "problem": Problem}


def _description(_asked: Asked, _stack: ExitStack) -> Answer:
    return of_bytes(written(openapi(OPERATIONS, BODIES)), {})


def _schema(asked: Asked, _stack: ExitStack) -> Answer:
    name = asked.given[NAME.name]
    if name not in schema_names(BODIES):
        raise Fault(404, _("约定中没有这个名称。"), where=_("地址中的名称"), do=_("取其中之一：{known}。", known=listed(schema_names(BODIES))))
    return of_bytes(written(schema(name, BODIES)), {}, media_type=SCHEMA_JSON)


OPERATIONS = (
    Operation(name="issues", path="/issues", about=N_("各期专刊的各版"), bodies={JSON: Issues}, answer=issues.catalogue),
    Operation(name="issue", path="/issues/{issue}", about=N_("一期专刊及其文件；不写版次的是最新一版"), bodies={JSON: IssueDetail},
              parameters=(issues.ISSUE_ID, LANG), answer=issues.detail),
    Operation(name="pack", path="/issues/{issue}/pack", about=N_("整期的压缩包；存档有一个字节改动即不送出"), bodies={issues.ZIP: None},
              parameters=(issues.ISSUE_ID, LANG), answer=issues.pack, deed=Deed.EXPORT, faults=(409,)),
    Operation(name="file", path="/issues/{issue}/files/{name:path}", about=N_("专刊的一个文件，与冻结时逐字节相同"), bodies={issues.ANY: None},
              parameters=(issues.ISSUE_ID, issues.FILE, LANG), answer=issues.file, deed=Deed.EXPORT, faults=(409,)),
    Operation(name="metrics", path="/metrics", about=N_("口径词典：全部指标，统计量也在内"), bodies={JSON: Metrics}, parameters=VIEW,
              answer=metrics.dictionary, faults=(409,)),
    Operation(name="metric", path="/metrics/{metric}", about=N_("一个指标的值，分空间，比率另有分子分母；没有数的是 null 与原因，不是 0"),
              bodies={JSON: MetricValue}, parameters=(METRIC, *VIEW, ZONE), answer=metrics.figure, faults=(409,)),
    Operation(name="rows", path="/metrics/{metric}/rows", about=N_("值由哪些行加成，每行回到部门文件的行号；行是个人的只给各组"),
              bodies={JSON: Rows} | {media_type: None for name, media_type in FORMATS.items() if name != "json"},
              parameters=(METRIC, *VIEW, ZONE, FORMAT, LIMIT, CURSOR), answer=rows.rows, deed=Deed.EXPORT, faults=(406, 409)),
    Operation(name="openapi", path="/openapi.json", about=N_("本说明，OpenAPI 3.1"), bodies={JSON: None}, answer=_description),
    Operation(name="schema", path="/schema/{name}", about=N_("约定的 JSON Schema（2020-12）"), bodies={SCHEMA_JSON: None}, parameters=(NAME, LANG), answer=_schema),
)
