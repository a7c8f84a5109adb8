"""A report as blocks in their order, whichever file it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from charts.paper.sheet import Drawing

SHORT = 14  # rows


@dataclass(frozen=True, kw_only=True)
class Heading:
    """`level` 1: 一、 2: （一） 3: 附件1 4: the title of an annex."""

    level: Literal[1, 2, 3, 4]
    text: str


@dataclass(frozen=True, kw_only=True)
class Text:
    """A paragraph; `lead` stands before it in the face of a heading; `is_note`: smaller, beside the report."""

    text: str
    lead: str = ""
    is_note: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """`numbers`: places of the columns aligned right; `widths`: relative, of the columns; `total`: a last row set apart. Cells are texts as readers see them."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    numbers: Sequence[int] = ()
    total: Sequence[str] = ()

    @property
    def is_short(self) -> bool:
        """Whether it can stay whole on one page: few rows, of numbers and not of texts that may be long."""
        return bool(self.numbers) and len(self.rows) <= SHORT


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure of a sheet's size; `alt`: in words."""

    caption: str
    drawing: Drawing
    alt: str


Block = Heading | Text | Table | Picture


@dataclass(frozen=True, kw_only=True)
class Document:
    """`banner`: what each page says at its top, "" where nothing has to be; `facts`: below the title; `annexes`: each begins on a page of its own."""

    title: str
    facts: Sequence[str]
    banner: str
    blocks: Sequence[Block]
    date: str
    annexes: Sequence[Sequence[Block]] = field(default=())

    @property
    def annexed(self) -> list[str]:
        """The titles of the annexes."""
        return [each.text for annex in self.annexes for each in annex if isinstance(each, Heading) and each.level == 4]

    @property
    def pictures(self) -> list[Picture]:
        """All of them in their order."""
        return [each for each in (*self.blocks, *(block for annex in self.annexes for block in annex)) if isinstance(each, Picture)]

    @property
    def tables(self) -> list[Table]:
        """All of them in their order."""
        return [each for each in (*self.blocks, *(block for annex in self.annexes for block in annex)) if isinstance(each, Table)]
