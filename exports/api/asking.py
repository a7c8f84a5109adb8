"""What a request asks for, held to what its operation declares: every parameter known, given once, and of its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from exports.api.contract import FORMATS, LONGEST, Operation, Parameter
from exports.api.problems import Fault
from exports.asking import short
from language import _, listed
from warehouse.known import iso_day


def given(operation: Operation, path: Mapping[str, str], query: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters by name. Raises Fault: a misspelt one that was passed over would give other numbers than were asked for."""
    known = {each.name: each for each in operation.parameters if not each.is_in_path}
    found = dict(path)
    for name, text in query:
        if name not in known:
            raise Fault(400, _("没有参数“{name}”。", name=short(name)), where=_("地址的参数"),
                        do=_("只用这些参数：{known}。", known=listed(known)))
        if name in found:
            raise Fault(400, _("参数 {name} 给了不止一次。", name=name), where=_("参数 {name}", name=name), do=_("每个参数只给一次。"))
        _refuse_wrong(known[name], text)
        found[name] = text
    return found


def _refuse_wrong(parameter: Parameter, text: str) -> None:
    where = _("参数 {name}", name=parameter.name)
    if len(text) > LONGEST:
        raise Fault(400, _("参数 {name} 太长。", name=parameter.name), where=where)
    schema = parameter.schema
    if "enum" in schema and text not in schema["enum"]:
        raise Fault(400, _("“{text}”不是 {name} 可取的。", text=short(text), name=parameter.name), where=where,
                    do=_("取其中之一：{known}。", known=listed(schema["enum"])))
    if "pattern" in schema and not re.fullmatch(schema["pattern"], text, re.ASCII):
        raise Fault(400, _("“{text}”不是 {name} 可取的。", text=short(text), name=parameter.name), where=where)
    if schema.get("format") == "date":
        try:
            iso_day(text)
        except ValueError as problem:
            raise Fault(400, _("“{text}”不是日期。", text=short(text)), where=where, do=_("写成 2026-10-31 这样的日期。")) from problem
    if schema["type"] == "integer":
        least, most = schema["minimum"], schema["maximum"]
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
            raise Fault(400, _("“{text}”不是 {least} 至 {most} 的整数。", text=short(text), least=least, most=most), where=where, do=_("改成这个范围内的整数。"))


def wanted(accept: str, asked: str | None) -> str:
    """The format: the one asked for by name, else the one the Accept header (RFC 9110, 12.5.1) likes best, JSON before CSV before Parquet. Raises Fault."""
    if asked is not None:
        return asked
    if not accept.strip():
        return "json"
    ranges = [_range(each) for each in accept.split(",")]
    liked = {name: max(((precision, quality) for kind, quality in ranges if (precision := _precision(kind, media_type))), default=(0, 0.0))[1]
             for name, media_type in FORMATS.items()}
    best = max(liked, key=lambda name: liked[name])
    if not liked[best]:
        raise Fault(406, _("没有 Accept 所要的格式。"), where=_("Accept 头"), do=_("用 {known}，或给参数 format。", known=listed(FORMATS.values())))
    return best


def _range(text: str) -> tuple[str, float]:
    """A media range and its quality; what is no number counts as 1, as if it were not there."""
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    qualities = [each.removeprefix("q=") for each in parameters if each.startswith("q=")]
    try:
        quality = float(qualities[0]) if qualities else 1.0
    except ValueError:
        quality = 1.0
    return kind, min(max(quality, 0.0), 1.0) if quality == quality else 1.0  # nan is not itself


def _precision(kind: str, media_type: str) -> int:
    """How closely a media range names a type: 0 not at all, 3 by its own name."""
    return 3 if kind == media_type else 2 if kind == f"{media_type.partition('/')[0]}/*" else 1 if kind in ("*/*", "*") else 0
