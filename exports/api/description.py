"""The OpenAPI 3.1 description and the JSON Schemas of the contract, made from the declarations that the routes are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from exports.api.bodies import PREFIX, VERSION, Problem
from exports.api.contract import LONGEST, Operation, Parameter
from exports.api.json_answer import adapter
from exports.api.problems import MEDIA_TYPE, TITLES
from language import N_, _

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_JSON = "application/schema+json"
ABOUT = N_("甘智汇科创园数据看板的只读接口，供联席会议系统取专刊、指标的值与各行。数由与页面相同的函数算得。主版次在地址中；"
           "次版次只增不改，所以遇到不认识的字段请略过。")
HEADERS = {
    "ETag": N_("内容的标记；下次在 If-None-Match 中带上，没有变则答 304"), "Cache-Control": N_("可以留用多久"), "Contract-Version": N_("约定的版本"),
    "Link": N_("rel=next 的下一页；rel=describedby 的 JSON Schema")}


def openapi(operations: Iterable[Operation], bodies: Mapping[str, type]) -> dict[str, Any]:
    """In the language spoken."""
    names = {body: name for name, body in bodies.items()}
    definitions: dict[str, Any] = {}
    for name, body in bodies.items():
        made = _schema_of(body, "#/components/schemas/{model}")
        definitions |= made.pop("$defs", {}) | {name: made}
    return {
        "openapi": "3.1.1", "jsonSchemaDialect": DIALECT,
        "info": {"title": _("甘智汇科创园数据看板 · 对外接口"), "version": VERSION, "description": _(ABOUT)},
        "servers": [{"url": PREFIX}], "security": [{"token": []}],
        "paths": {re.sub(r":\w+}", "}", each.path): {"get": _operation(each, names)} for each in operations},
        "components": {"schemas": definitions, "securitySchemes": {"token": {
            "type": "http", "scheme": "bearer", "description": _("由数据管理员发放：python -m exports tokens new")}}}}


def schema(name: str, bodies: Mapping[str, type]) -> dict[str, Any]:
    """Of one body, by itself, in the language spoken."""
    return {"$schema": DIALECT, "$id": f"urn:ganzhihui:api:{VERSION}:{name}"} | _schema_of(bodies[name], "#/$defs/{model}")


def schema_names(bodies: Mapping[str, type]) -> tuple[str, ...]:
    """Those that /schema knows."""
    return tuple(bodies)


def written(made: Mapping[str, Any]) -> bytes:
    """As JSON for people to read too."""
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _operation(each: Operation, names: Mapping[type, str]) -> dict[str, Any]:
    found = {media_type: {"schema": {"$ref": f"#/components/schemas/{names[body]}"}} if body else {} for media_type, body in each.bodies.items()}
    refusal = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{names[Problem]}"}}}
    answers: dict[str, Any] = {"200": {"description": _("答复"), "headers": _headers("ETag", "Cache-Control", "Contract-Version", "Link"), "content": found},
                               "304": {"description": _("与所带的 ETag 相同，没有变"), "headers": _headers("ETag", "Cache-Control", "Contract-Version")}}
    for status in each.refusals:
        answers[str(status)] = {"description": _(TITLES[status]), "content": refusal}
    if each.deed:
        answers["403"]["description"] = _("令牌的角色没有导出的权限，或这些内容只留在数据目录")
    about = {"operationId": each.name, "summary": _(each.about)}
    return about | {"parameters": [_parameter(parameter) for parameter in each.parameters], "responses": answers}


def _parameter(each: Parameter) -> dict[str, Any]:
    is_free = each.schema["type"] == "string" and each.schema.keys().isdisjoint({"enum", "format", "pattern"})
    told = {"name": each.name, "in": "path" if each.is_in_path else "query", "required": each.is_in_path, "description": _(each.about),
            "schema": {**each.schema, **({"maxLength": LONGEST} if is_free else {})}}
    return told if each.example is None else {**told, "example": each.example}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"description": _(HEADERS[name]), "schema": {"type": "string"}} for name in names}


def _schema_of(body: type, where: str) -> dict[str, Any]:
    made: dict[str, Any] = _said(adapter(body).json_schema(mode="serialization", ref_template=where))
    return made


def _said(part: Any) -> Any:
    """The texts of a schema in the language spoken, without the titles that are only names again."""
    if isinstance(part, list):
        return [_said(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {name: _(found) if name == "description" and isinstance(found, str) else _said(found) for name, found in part.items()
            if not (name == "title" and isinstance(found, str))}
