"""What a worksheet's XML says and the workbook reader does not: hidden rows, percentages, indents, formulas without a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from etl.reading.cell_formats import Formats
from etl.reading.cells import MANY_CELLS, Place

# Errors of newer Excel that the workbook reader does not know; it would give up the whole sheet for one of them.
_NEW_ERRORS = frozenset(("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#EXTERNAL!"))
_PREFIX = re.compile(rb"<(\w+:)?sheetData\b")
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})(\d+)"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_LAST_COLUMN = 16_383
_SPAN = re.compile(rb'\s(min|max)="(\d+)"')


@dataclass(frozen=True, kw_only=True)
class SheetFacts:
    """Places are (row, column), 0-based."""

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    percents: tuple[Place, ...]
    indents: Mapping[Place, int]
    uncalculated: tuple[Place, ...]
    errors: Mapping[Place, str]
    has_links: bool  # formulas that reach into other workbooks

    @property
    def unreadable(self) -> list[Place]:
        """Cells the workbook reader stumbles over."""
        return [place for place, text in self.errors.items() if text in _NEW_ERRORS]


class SheetXml:
    """The XML of one sheet, searched for what is rare instead of parsed for what is common: cells are many."""

    def __init__(self, xml: bytes) -> None:
        found = _PREFIX.search(xml)
        prefix = (found[1] or b"") if found else b""
        self._xml, self._prefix, self._start = xml, prefix, found.start() if found else len(xml)
        self._cell, self._row = b"<" + prefix + b"c", b"<" + prefix + b"row"
        self._row_end = b"</" + prefix + b"row>"
        self._values = [b"</" + prefix + name for name in (b"v>", b"is>")]

    def extent(self) -> tuple[Place, int | None]:
        """The last row with a value and a column no value is behind, (-1, -1) where there is none; and how many cells have one where they may be many."""
        bottom, right = self._last_row(), self._widest()
        if (bottom + 1) * (right + 1) <= MANY_CELLS:
            return (bottom, right), None
        return self._last(), sum(self._xml.count(tag) for tag in self._values)

    def facts(self, formats: Formats, *, is_uncomputed: bool) -> SheetFacts:
        """`is_uncomputed`: a program wrote the workbook and put 0 wherever Excel is to compute."""
        has_formulas = b"<" + self._prefix + b"f" in self._xml
        hides_rows = self._xml.find(b"hidden=", self._start) >= 0
        return SheetFacts(
            hidden_rows=frozenset(number for number, _, attributes in self._rows() if _HIDDEN.search(attributes)) if hides_rows else frozenset(),
            hidden_columns=self._hidden_columns(), percents=tuple(self._styled(formats.percents)),
            indents={place: formats.indents[style] for style in formats.indents for place in self._styled({style})},
            uncalculated=tuple(self._uncalculated(is_uncomputed)) if has_formulas else (), errors=dict(self._errors()),
            has_links=has_formulas and re.search(rb"<" + self._prefix + rb"f\b[^>]*>[^<]*\[\d+\]", self._xml) is not None)

    def _rows(self) -> Iterator[tuple[int, int, bytes]]:
        """Number, place in the XML and attributes of each row; one without a number follows the one before."""
        number = -1
        for found in re.finditer(rb"<" + self._prefix + rb"row\b([^>]*)>", self._xml):
            told = _ROW_NUMBER.search(found[1])
            number = int(told[1]) - 1 if told else number + 1
            yield number, found.start(), found[1]

    def _last_row(self) -> int:
        """The number of the row the last value stands in; -1 where there is none."""
        value = max(self._xml.rfind(tag) for tag in self._values)
        row = self._xml.rfind(self._row, 0, value) if value >= 0 else -1
        if row < 0:
            return -1
        told = _ROW_NUMBER.search(self._xml, row, self._xml.find(b">", row))
        return int(told[1]) - 1 if told else len(list(self._rows())) - 1

    def _widest(self) -> int:
        """The last column of the last cell of any row, formatted blanks too: no value is behind it."""
        xml, reference = self._xml, self._cell + b' r="'
        ends: set[bytes] = set()
        start = 0
        while (end := xml.find(self._row_end, start)) >= 0:
            cell = xml.rfind(self._cell, start, end)
            if cell >= 0:
                if not xml.startswith(reference, cell):  # it does not say where it is
                    return _LAST_COLUMN
                ends.add(xml[cell + len(reference) : cell + len(reference) + 3].rstrip(b'0123456789"'))
            start = end + 1
        return max((_column(letters) if letters.isalpha() else _LAST_COLUMN for letters in ends), default=-1)

    def _last(self) -> Place:
        """The last row and column that hold a value, by the last such cell of each row; formatted blanks do not count."""
        rows = list(self._rows())
        bottom = right = -1
        ends = [*(start for _, start, _ in rows[1:]), len(self._xml)]
        for (number, start, _), end in zip(rows, ends, strict=False):
            value = max(self._xml.rfind(tag, start, end) for tag in self._values)
            if value >= 0:
                bottom = max(bottom, number)
                found = _REFERENCE.search(self._xml, self._xml.rfind(self._cell, start, value), value)
                right = max(right, _column(found[1]) if found else self._counted(start, value))
        return bottom, right

    def _counted(self, start: int, end: int) -> int:
        """The column of the last cell in a stretch of a row whose cells do not say where they are."""
        return len(re.findall(self._cell + rb"\b", self._xml[start:end])) - 1

    def _hidden_columns(self) -> frozenset[int]:
        hidden: set[int] = set()
        for found in re.finditer(rb"<" + self._prefix + rb"col\b([^>]*)>", self._xml[: self._start]):
            if _HIDDEN.search(found[1]):
                span = {name: int(value) for name, value in _SPAN.findall(found[1])}
                hidden.update(range(max(span.get(b"min", 1), 1) - 1, min(span.get(b"max", 0), 16_384)))
        return frozenset(hidden)

    def _styled(self, styles: frozenset[int] | set[int]) -> Iterator[Place]:
        if not styles:
            return
        numbers = b"|".join(str(style).encode() for style in sorted(styles))
        for found in re.finditer(rb'\ss="(?:' + numbers + rb')"', self._xml):
            tag = self._xml.rfind(b"<", 0, found.start())
            if self._xml.startswith((self._cell + b" ", self._cell + b"\n"), tag):
                yield self._place(tag)

    def _uncalculated(self, is_uncomputed: bool) -> Iterator[Place]:
        """Formulas without a saved value. A text formula may well have given an empty text, which is a value."""
        formula, value = self._prefix + b"f", self._prefix + b"v"
        pattern = (rb"<%bc\b([^>]*)>\s*<%b\b(?:[^>]*/>|[^>]*>[^<]*</%b>)\s*(<%b\s*/>|<%b></%b>|<%b>0</%b>)?\s*</%bc>"
                   % (self._prefix, formula, formula, value, value, value, value, value, self._prefix))
        for found in re.finditer(pattern, self._xml):
            is_zero = found[2] is not None and b">0<" in found[2]
            is_text = b't="str"' in found[1] and found[2] is not None
            if not is_text and (is_uncomputed or not is_zero):
                yield self._place(found.start())

    def _errors(self) -> Iterator[tuple[Place, str]]:
        if b't="e"' not in self._xml:
            return
        pattern = rb'<%bc\b[^>]*\st="e"[^>]*>(?:(?!</%bc>).)*?<%bv>([^<]*)</' % (self._prefix, self._prefix, self._prefix)
        for found in re.finditer(pattern, self._xml, re.DOTALL):
            yield self._place(found.start()), found[1].decode("utf-8", "replace").strip()

    def _place(self, tag: int) -> Place:
        """The place of the cell whose tag begins there; one without a reference is counted from those before it."""
        end = self._xml.find(b">", tag)
        if found := _REFERENCE.search(self._xml, tag, end):
            return int(found[2]) - 1, _column(found[1])
        row_tag = self._xml.rfind(b"<" + self._prefix + b"row", 0, tag)
        told = _ROW_NUMBER.search(self._xml, row_tag, self._xml.find(b">", row_tag))
        number = int(told[1]) - 1 if told else self._xml.count(b"<" + self._prefix + b"row", 0, row_tag)
        return number, self._counted(row_tag, tag) + 1


@cache
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
