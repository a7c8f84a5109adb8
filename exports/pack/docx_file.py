"""The report as a Word document that can be edited: the same blocks, headings that Word knows, tables whose head comes again on each page."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx as python_docx
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from exports.pack.document import Block, Document, Heading, Picture, Table, Text
from exports.pack.docx_styles import HEADING, page, styles
from exports.pack.zip_file import repacked
from language import SOURCE, _, spoken

WIDTH = 156  # mm


def docx(document: Document, pictures: Sequence[bytes], *, at: dt.datetime) -> bytes:
    """The file. `pictures`: PNG of each of the document's, in their order; `at`: its date, aware. The same report is the same bytes."""
    word = python_docx.Document()
    page(word)
    styles(word, "zh-CN" if spoken() == SOURCE else spoken())
    _properties(word, document, at)
    _edges(word, document.banner)
    drawn, numbers = iter(pictures), {"table": 0, "picture": 0}
    word.add_paragraph(document.title, style="报告标题")
    for fact in document.facts:
        word.add_paragraph(fact, style="报告说明")
    word.add_paragraph("", style="报告说明")
    for block in document.blocks:
        _put(word, block, drawn, numbers)
    word.paragraphs[-1].paragraph_format.keep_with_next = True  # the date never stands on a page alone
    for number, title in enumerate(document.annexed, 1):
        form = word.add_paragraph(f"{_('附件：') if number == 1 else '　　　'}{number}. {title}").paragraph_format
        form.space_before, form.keep_with_next = Pt(29 if number == 1 else 0), True
    date = word.add_paragraph(document.date)
    date.alignment, date.paragraph_format.right_indent, date.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.RIGHT, Pt(4 * 15.75), Pt(58)
    for annex in document.annexes:
        for number, block in enumerate(annex):
            _put(word, block, drawn, numbers, is_new_page=number == 0)
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue(), at)


def _properties(word: Word, document: Document, at: dt.datetime) -> None:
    properties, moment = word.core_properties, at.astimezone(dt.UTC).replace(tzinfo=None)
    properties.title, properties.author, properties.last_modified_by = document.title, _("甘智汇科创园数据看板"), _("甘智汇科创园数据看板")
    properties.created = properties.modified = moment
    properties.revision, properties.comments, properties.language = 1, document.banner, spoken()


def _edges(word: Word, banner: str) -> None:
    """What each page says at its top, and its number at its foot: right on odd pages, left on even ones."""
    [section] = word.sections
    sides = ((section.header, section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_header, section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for header, footer, side in sides:
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        top, foot = header.paragraphs[0], footer.paragraphs[0]
        top.style, foot.style = word.styles["页眉标注"], word.styles["页码"]
        top.text, foot.alignment = banner, side
        foot.paragraph_format.left_indent = foot.paragraph_format.right_indent = Pt(14)
        foot.add_run("— ")
        foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))  # noqa: SLF001 - fields have no other way in
        foot.add_run(" —")


def _put(word: Word, block: Block, drawn: Iterator[bytes], numbers: dict[str, int], *, is_new_page: bool = False) -> None:
    match block:
        case Heading():
            word.add_paragraph(block.text, style=f"Heading {block.level}").paragraph_format.page_break_before = is_new_page
        case Text(is_note=True):
            word.add_paragraph(block.text, style="附注")
        case Text():
            paragraph = word.add_paragraph()
            if block.lead:
                _east_asia(paragraph.add_run(block.lead), HEADING)
            paragraph.add_run(block.text)
        case Picture():
            numbers["picture"] += 1
            word.add_paragraph(style="图").add_run().add_picture(io.BytesIO(next(drawn)), width=Mm(WIDTH))
            word.inline_shapes[-1]._inline.docPr.set("descr", block.alt)  # noqa: SLF001 - what a screen reader says has no other way in
            word.add_paragraph(f"{_('图')}{numbers['picture']}　{block.caption}", style="图题")
        case Table():
            numbers["table"] += 1
            word.add_paragraph(f"{_('表')}{numbers['table']}　{block.caption}", style="表题")
            _table(word, block)
            word.add_paragraph("", style="附注")


def _east_asia(run: Any, face: str) -> None:
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)  # noqa: SLF001 - Word's second font of a run has no other way in


def _table(word: Word, block: Table) -> None:
    """Fixed widths, no row torn in two, the head again on every page; a short table stays whole."""
    rows = [block.headings, *block.rows, *([block.total] if block.total else [])]
    table = word.add_table(rows=len(rows), cols=len(block.headings), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Mm(WIDTH * each / sum(block.widths)) for each in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for at, (line, row) in enumerate(zip(rows, table.rows, strict=True)):
        is_head, is_total = at == 0, bool(block.total) and at == len(rows) - 1
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx names neither of these
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        is_kept = at < len(rows) - 1 and (is_head or block.is_short)
        for place, (text, cell, width) in enumerate(zip(line, row.cells, widths, strict=True)):
            _cell(word, cell, text, width, is_marked=is_head or is_total, is_shaded=is_head, is_kept=is_kept,
                  align=WD_ALIGN_PARAGRAPH.CENTER if is_head else WD_ALIGN_PARAGRAPH.RIGHT if place in block.numbers else WD_ALIGN_PARAGRAPH.LEFT)


def _cell(word: Word, cell: Any, text: str, width: Any, *, is_marked: bool, is_shaded: bool, is_kept: bool, align: WD_ALIGN_PARAGRAPH) -> None:
    cell.width = width
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - shading and the middle have no other way in
    if is_shaded:
        properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E8E8E8"/>'))
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.alignment = word.styles["表格"], align
    run = paragraph.add_run(text)
    if is_marked:
        _east_asia(run, HEADING)
    if is_kept:
        paragraph.paragraph_format.keep_with_next = True
