"""Web pages saved as .xls, which many systems call their export to Excel: read as Excel shows them, everything on one sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree, html

from etl.reading.cells import Heads, Place, check_extent, number_text, percent_text, rectangular, sheet_grid
from etl.reading.encoding import as_utf8, encoding_of
from etl.reading.grid import Grid, Merge
from etl.reading.table import Refused

_DO = "重新导出，或用 Excel 打开原表，另存为 .xlsx 后重新报送。"
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_INDENT = re.compile(r"(?:padding-left|text-indent)\s*:\s*([\d.]+)\s*(pt|px|em)", re.IGNORECASE)
_LEVEL = {"pt": 9.0, "px": 12.0, "em": 1.0}  # what Excel writes for one level
_CLASS_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_NO_MARKUP = re.compile(r"<!--.*?-->|<(script|style|textarea|title)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ROW_TAG = re.compile(r"<tr\b", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+")
_UNSEEN = frozenset(("head", "script", "style", "title", "xml", "noscript", "template", "select", "textarea", "object"))
_INLINE = frozenset(("a", "b", "i", "u", "s", "em", "strong", "font", "span", "sub", "sup", "small", "big", "nobr", "label", "img", "input", "ins", "del"))
_WIDEST, _HIGHEST = 16_384, 1 << 20


def grids_of(path: Path) -> tuple[list[Grid], Heads]:
    """One grid: lines of text and the rows of the tables from the top down. Raises Refused for damage and pages without a table."""
    text = as_utf8(path, encoding_of(path)).decode().removeprefix("\ufeff")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("网页（HTML）存成的表格已损坏，读不出来。", _DO) from error
    if any(each.level == etree.ErrorLevels.FATAL for each in parser.error_log):  # nested 256 deep, or a text of 10 MB: it stopped there
        raise Refused("网页（HTML）嵌套太深或有超长的文字，读不了。", _DO)
    if len(list(root.iter("tr"))) < len(_ROW_TAG.findall(_NO_MARKUP.sub("", text))) or _ends_early(text):
        raise Refused("网页（HTML）存成的表格不完整或没有传完，有的行读不出来。", _DO)
    page = _Page(styles=dict(_CLASS_RULE.findall("\n".join(sheet.text or "" for sheet in root.iter("style")))))
    page.add(root)
    page.end_line()
    if page.cells < sum(1 for _ in root.iter("td", "th")):
        raise Refused("网页（HTML）存成的表格标记混乱，有的单元格不在任何一行里。", _DO)
    if not page.tables:
        raise Refused("网页（HTML）文件里没有表格。", "报送原始的 Excel 或 CSV 文件。")
    lowered = text.lower()
    warnings = [f"网页（HTML）中有文字不在任何一格里，没有读入：{'、'.join(page.stray[:3])}"] if page.stray else []
    if lowered.count("<table") > lowered.count("</table"):
        warnings.append("网页（HTML）结尾没有 </table>，可能没有传完，请核对行数")
    return [sheet_grid("", 0, rectangular(page.rows, "网页"), warnings=warnings, merges=page.merges, hidden_rows=page.hidden_rows, hidden_columns=page.hidden_columns,
                       indents=page.indents)], {}


def _ends_early(text: str) -> bool:
    """Whether the page stops within a row: a parser closes what is open and says nothing."""
    end = text[-65_536:].lower()
    return end.rfind("<td") > max(end.rfind("</table"), end.rfind("</tr"), end.rfind("</td"), end.rfind("</html"))


@dataclass(kw_only=True)
class _Page:
    """A page as far as it is laid out in rows."""

    styles: dict[str, str]  # what each class is given
    rows: list[list[str]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    indents: dict[Place, int] = field(default_factory=dict)
    tables: int = 0
    cells: int = 0  # seen so far, shown or not
    stray: list[str] = field(default_factory=list)  # texts in a table and in none of its cells
    line: list[str] = field(default_factory=list)

    def add(self, element: etree._Element) -> None:
        """An element outside of tables: a line of text, or a table. A table around tables only arranges them, unless it holds more itself."""
        if element.tag in _UNSEEN or _HIDDEN.search(element.get("style", "")):
            self.cells += sum(1 for _ in element.iter("td", "th"))
            return
        if element.tag == "table":
            self.end_line()
            if _arranges(element):
                for row in _rows(element):
                    self._add_arranged(row)
            else:
                self._add_table(element)
            return
        if element.tag not in _INLINE:
            self.end_line()
        self.line.append(_joined(element.text))
        for child in element:
            self.add(child)
            self.line.append(_joined(child.tail))
        if element.tag not in _INLINE:
            self.end_line()

    def end_line(self) -> None:
        if text := "".join(self.line).strip():
            self.rows.append([text])
        self.line.clear()

    def _add_arranged(self, row: etree._Element) -> None:
        cells = _cells(row)
        self.cells += len(cells)
        if any(next(cell.iterdescendants("table"), None) is not None for cell in cells):
            for cell in cells:
                self.add(cell)
        elif any(texts := [_text(cell) for cell in cells]):
            self.rows.append(texts)

    def _add_table(self, table: etree._Element) -> None:
        self.tables += 1
        for caption in table.iterchildren("caption"):
            if text := _text(caption):
                self.rows.append([text])
        place = 0
        for column in table.iter("col"):
            count = _span(column, "span", _WIDEST)
            if self._is_hidden(column):
                self.hidden_columns.update(range(place, min(place + count, _WIDEST)))
            place += count
        self.stray += _loose(table)
        taken: dict[int, int] = {}  # per column the row down to which a cell above reaches
        for row in _rows(table):
            self._add_row(row, taken)

    def _add_row(self, row: etree._Element, taken: dict[int, int]) -> None:
        number, column = len(self.rows), 0
        if self._is_hidden(row):
            self.hidden_rows.add(number)
        cells: list[str] = []
        for cell in _cells(row):
            self.cells += sum(1 for _ in cell.iter("td", "th"))
            style = self._style(cell)
            if style and _HIDDEN.search(style):
                continue
            while taken.get(column, -1) >= number:
                column += 1
            across, down = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _HIGHEST)
            if column + across > _WIDEST:
                check_extent("网页", (_HIGHEST - 1, column + across))
            if text := _shown(cell):
                cells.extend([""] * (column - len(cells)))
                cells.append(text)
                if style and (found := _INDENT.search(style)) and (level := round(float(found[1]) / _LEVEL[found[2].lower()])):
                    self.indents[number, column] = level
            if across > 1 or down > 1:
                self.merges.append(((number, column), (number + down - 1, column + across - 1)))
            if down > 1:
                taken.update(dict.fromkeys(range(column, column + across), number + down - 1))
            column += across
        self.rows.append(cells)

    def _is_hidden(self, element: etree._Element) -> bool:
        return element.get("hidden") is not None or _HIDDEN.search(self._style(element)) is not None

    def _style(self, element: etree._Element) -> str:
        """Its own style and those of its classes."""
        names = element.get("class")
        return element.get("style", "") + (";" + ";".join(self.styles.get(name, "") for name in names.split()) if names else "")


def _arranges(table: etree._Element) -> bool:
    """Whether a table is there to arrange other tables: these hold more cells than it does itself."""
    if next(table.iterdescendants("table"), None) is None:
        return False
    own = sum(len(_cells(row)) for row in _rows(table))
    return sum(1 for _ in table.iter("td", "th")) - own >= own


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows of its own in the order they are shown: the head first, the foot last. Forms and misspelt tags may stand around them."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    sections = {"thead": 0, "tfoot": 2}
    order = {row: min((sections[str(each.tag)] for each in row.iterancestors("thead", "tfoot", "table") if each.tag in sections), default=1) for row in rows}
    return sorted(rows, key=order.__getitem__)


def _cells(row: etree._Element) -> list[etree._Element]:
    """The cells of its own, with a form or a misspelt tag around them or none."""
    return [cell for cell in row.iter("td", "th") if next(cell.iterancestors("tr"), None) is row]


def _loose(element: etree._Element) -> Iterator[str]:
    """The texts that stand in a table and in none of its cells."""
    if text := _joined(element.text).strip():
        yield text
    for child in element:
        if child.tag not in _UNSEEN and child.tag not in ("td", "th", "caption", "table"):
            yield from _loose(child)
        if text := _joined(child.tail).strip():
            yield text


def _shown(cell: etree._Element) -> str:
    """The text of a cell; where Excel rounded a number for show and kept the whole beside it, the whole."""
    text = _text(cell)
    if text and (whole := cell.get("x:num")):
        is_share = text.endswith("%")
        if _NUMBER.fullmatch(text.removesuffix("%")):
            try:
                return percent_text(float(whole)) if is_share else number_text(float(whole))
            except ValueError:
                return text
    return text


def _text(cell: etree._Element) -> str:
    """The text a cell shows: runs of white space are one space, breaks are line breaks."""
    if not len(cell):
        return _joined(cell.text).strip()
    parts: list[str] = []

    def add(element: etree._Element) -> None:
        if element.tag in _UNSEEN or _HIDDEN.search(element.get("style", "")):
            return
        parts.append(_joined(element.text))
        for child in element:
            if child.tag not in _INLINE:
                parts.append("\n")
            add(child)
            if child.tag not in _INLINE and child.tag != "br":
                parts.append("\n")
            parts.append(_joined(child.tail))

    add(cell)
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(parts).split("\n"))))


def _joined(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f\xa0]+", " ", text) if text else ""


def _span(element: etree._Element, name: str, most: int) -> int:
    digits = re.match(r"\s*(\d{1,9})", element.get(name, ""))
    return max(1, min(int(digits[1]), most)) if digits else 1
