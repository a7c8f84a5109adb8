"""Which cell formats of a workbook show percentages, and which set the text in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

BUILT_IN_PERCENTS = (9, 10)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True, kw_only=True)
class Formats:
    """Numbers of cell formats (the `s` of a cell): those that show percentages, and how far those set in go."""

    percents: frozenset[int] = frozenset()
    indents: Mapping[int, int] = field(default_factory=dict)


def shows_percent(code: str) -> bool:
    """Whether a number format shows a share as percentage: 0.00%; not where % is a literal."""
    return "%" in _LITERAL.sub("", code).split(";")[0]


def formats_of(styles: bytes) -> Formats:
    """The formats of the styles part of an .xlsx."""
    root = xml_root(styles)
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iterfind("{*}numFmts/{*}numFmt")}
    percents, indents = set(), {}
    for number, each in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        built_in = each.get("numFmtId", "0")
        if built_in in map(str, BUILT_IN_PERCENTS) or shows_percent(codes.get(built_in, "")):
            percents.add(number)
        alignment = each.find("{*}alignment")
        level = alignment.get("indent", "0") if alignment is not None else "0"
        if level.isdigit() and int(level):
            indents[number] = int(level)
    return Formats(percents=frozenset(percents), indents=indents)


def xml_root(content: bytes) -> etree._Element:
    """The root of an XML part, read without entities and without a network. Raises etree.XMLSyntaxError."""
    return etree.fromstring(content, xml_parser())


def xml_parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True)
