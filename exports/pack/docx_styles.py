"""The faces, sizes and the page of an official document (GB/T 9704—2012) as styles of a Word document, so that whoever edits it keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt

LATIN = "Times New Roman"
TITLE, BODY, HEADING, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# What Word takes where a machine has not the first: all of these come with Windows or with Office.
INSTEAD = {TITLE: "华文中宋", BODY: "仿宋", KAI: "楷体", HEADING: "SimHei", SONG: "SimSun"}
NONE = Pt(0)
PITCH = Pt(29)  # 22 lines on 225 mm
SIZE = 15.75  # 三号, on the grid of 28 characters on 156 mm
SMALL = 10.5  # 五号


def page(word: Word) -> None:
    """A4 with the margins of the standard; odd and even pages have feet of their own."""
    word.settings.odd_and_even_pages_header_footer = True
    [section] = word.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(24), Mm(25)


def styles(word: Word, language: str) -> None:
    """All the report uses, by name."""
    _fonts(word)
    normal = word.styles["Normal"]
    _face(normal, BODY, SIZE)
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="{language}"/>'))
    _paragraph(normal, indent=2)
    _paragraph(_style(word, "报告标题", TITLE, 22), align=WD_ALIGN_PARAGRAPH.CENTER, pitch=Pt(36), before=PITCH)
    _paragraph(_style(word, "报告说明", KAI, SIZE), align=WD_ALIGN_PARAGRAPH.CENTER)
    for level, face in ((1, HEADING), (2, KAI), (3, HEADING)):
        _paragraph(_style(word, f"Heading {level}", face, SIZE), indent=2 if level < 3 else 0, keep=True)
    _paragraph(_style(word, "Heading 4", TITLE, 22), align=WD_ALIGN_PARAGRAPH.CENTER, pitch=Pt(36), keep=True)
    _paragraph(_style(word, "表题", HEADING, SMALL), align=WD_ALIGN_PARAGRAPH.CENTER, pitch=None, before=Pt(10), after=Pt(4), keep=True)
    _paragraph(_style(word, "表格", SONG, SMALL), pitch=None, before=Pt(2), after=Pt(2))
    _paragraph(_style(word, "图", SONG, SMALL), align=WD_ALIGN_PARAGRAPH.CENTER, pitch=None, before=Pt(10), keep=True)
    _paragraph(_style(word, "图题", SONG, SMALL), align=WD_ALIGN_PARAGRAPH.CENTER, pitch=None, after=Pt(10))
    _paragraph(_style(word, "附注", SONG, SMALL), pitch=None, before=Pt(4), after=Pt(8))
    _paragraph(_style(word, "页眉标注", HEADING, SMALL), align=WD_ALIGN_PARAGRAPH.CENTER, pitch=None)
    _paragraph(_style(word, "页码", SONG, 14), pitch=None)


def _style(word: Word, name: str, face: str, size: float) -> Any:
    known = {each.name for each in word.styles}
    style: Any = word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    _face(style, face, size)
    return style


def _face(style: Any, face: str, size: float) -> None:
    """One face for Chinese, Latin letters and digits in their own; nothing of the template's themes and colours."""
    properties = style.element.get_or_add_rPr()
    for each in list(properties):
        properties.remove(each)
    properties.append(parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{face}"/>'))
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False


def _paragraph(style: Any, *, indent: int = 0, align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY, pitch: Length | None = PITCH,
               before: Length = NONE, after: Length = NONE, keep: bool = False) -> None:
    """`indent` in characters; `pitch` None: as high as what stands in the line."""
    form = style.paragraph_format
    form.space_before, form.space_after, form.alignment, form.keep_with_next = before, after, align, keep
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE if pitch is None else WD_LINE_SPACING.EXACTLY
    if pitch is not None:
        form.line_spacing = pitch
    form.widow_control = True
    form.first_line_indent = Pt(indent * SIZE) if indent else Pt(0)
    style.element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), str(indent * 100))


def _fonts(word: Word) -> None:
    """What stands in for a face that a machine has not."""
    fonts: Mapping[str, str] = INSTEAD
    entries = "".join(f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>' for name, other in fonts.items())
    table = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{entries}</w:fonts>'.encode()  # noqa: SLF001 - no other way in
