"""The report as PDF/A-2a, set by Typst: tagged, its fonts inside, the same bytes for the same report on the same fonts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from exports.pack.document import Block, Document, Heading, Picture, Table, Text
from exports.pack.problem import NotWritten
from language import _, spoken

REPORT_TYP = Path(__file__).with_name("report.typ").read_bytes()
# Each face by what an office has first, then by what a server can have; the last are of fonts-noto-cjk, the 楷体 also of fonts-arphic-ukai.
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
FACES: Mapping[str, Sequence[str]] = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", SERIF),
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", SERIF),
    "heading": ("SimHei", "Source Han Sans SC", SANS),
    "kai": ("KaiTi_GB2312", "KaiTi", "STKaiti", "AR PL UKai", "LXGW WenKai", SERIF),
    "song": ("SimSun", "Source Han Serif SC", SERIF)}


def pdf(document: Document, pictures: Sequence[bytes], *, at: dt.datetime) -> bytes:
    """The file. `pictures`: SVG of each of the document's, in their order; `at`: its date, aware. Raises NotWritten without a Chinese font."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    given = json.dumps(_told(document, pictures, at, set(fonts.families())), ensure_ascii=False)
    made = typst.Compiler(REPORT_TYP, font_paths=fonts, sys_inputs={"document": given}).compile(
        format="pdf", pdf_standards="a-2a", timestamp=int(at.timestamp()))
    assert isinstance(made, bytes)
    return made


def _told(document: Document, pictures: Sequence[bytes], at: dt.datetime, families: set[str]) -> dict[str, Any]:
    drawn = iter(pictures)
    return {
        "title": document.title, "author": _("甘智汇科创园数据看板"), "facts": list(document.facts), "banner": document.banner, "date": document.date,
        "day": [at.year, at.month, at.day], "language": spoken(), "fonts": _faces(families), "words": {"table": _("表"), "picture": _("图"), "annex": _("附件：")},
        "annexed": document.annexed,
        "blocks": [_block(each, drawn) for each in document.blocks], "annexes": [[_block(each, drawn) for each in annex] for annex in document.annexes]}


def _faces(families: set[str]) -> dict[str, list[str]]:
    """Of each face the fonts there are. Raises NotWritten."""
    found = {face: [each for each in asked if each in families] for face, asked in FACES.items()}
    if missing := [asked[-1] for face, asked in FACES.items() if not found[face]]:
        raise NotWritten(_("会议材料没有写成：服务器上没有中文字体 {font}。请：安装字体（如 fonts-noto-cjk）后再试。", font=missing[0]))
    return found


def _block(block: Block, drawn: Any) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Text():
            return {"kind": "text", "text": block.text, "lead": block.lead, "is_note": block.is_note}
        case Picture():
            return {"kind": "picture", "caption": block.caption, "alt": block.alt, "svg": next(drawn).decode()}
        case Table():
            return {"kind": "table", "caption": block.caption, "headings": list(block.headings), "rows": [list(row) for row in block.rows],
                    "widths": list(block.widths), "numbers": list(block.numbers), "total": list(block.total), "is_short": block.is_short}
