"""The columns a feed is declared with: what a cell holds, its headings, and what it must satisfy by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from etl.reading.heading import plain
from etl.words import VALIDITY


class Kind(StrEnum):
    """What a cell of a column holds. The gate knows one parser per kind."""

    TEXT = "text"
    WORD = "word"
    WORDS = "words"
    DAY = "day"
    PERIOD = "period"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    SHARE = "share"
    YES_NO = "yes_no"
    PERSONAL = "personal"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a departmental table: its heading there, its meaning here."""

    kind: Kind
    heading: str
    aliases: tuple[str, ...] = ()
    key: bool = False
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)  # as written -> code
    unit: str = "元"  # of a money column whose file names none
    low: float | None = None
    high: float | None = None
    pattern: str | None = None  # full match of a text
    ahead: bool = False  # a day or period that may lie after the day the file came
    is_person: bool = False  # a code that stands for a person: kept to join by, not shown
    name: str = ""  # the attribute it was declared as

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading the column goes by, normalised."""
        return tuple(plain(text) for text in (self.heading, *self.aliases))


def text(heading: str, *aliases: str, key: bool = False, required: bool = False, pattern: str | None = None,
         is_person: bool = False) -> Column:
    """A free text or a code; codes stay text for ever. `is_person`: of a person, whose name or identity number in its place is refused."""
    return Column(kind=Kind.TEXT, heading=heading, aliases=aliases, key=key, required=required, pattern=pattern, is_person=is_person)


def word(heading: str, words: Mapping[str, str], *aliases: str, key: bool = False, required: bool = False) -> Column:
    """One word of a vocabulary. An unknown word refuses the row."""
    return Column(kind=Kind.WORD, heading=heading, aliases=aliases, key=key, required=required, words=words)


def several(heading: str, words: Mapping[str, str], *aliases: str) -> Column:
    """Several words of a vocabulary in one cell; stored as codes joined by '|' in the order of the vocabulary."""
    return Column(kind=Kind.WORDS, heading=heading, aliases=aliases, words=words)


def day(heading: str, *aliases: str, key: bool = False, required: bool = False, ahead: bool = False) -> Column:
    """A date known to the day, month, quarter, half-year or year. Name it `*_on`; the precision goes to `*_precision` (D M Q H Y).

    A date known only to the month (quarter, year) is stored as the last day of that month (quarter, year). `ahead`: a plan or
    a term, which may lie in the future.
    """
    return Column(kind=Kind.DAY, heading=heading, aliases=aliases, key=key, required=required, ahead=ahead)


def period(heading: str, *aliases: str, key: bool = False, required: bool = False, ahead: bool = False) -> Column:
    """A span of whole months, such as 2026年1—2月, stored as `<name>_from` and `<name>_to` (first and last day).

    As part of the key of a full list it is part of the scope: the file is the state of the periods it names, and of no other.
    """
    return Column(kind=Kind.PERIOD, heading=heading, aliases=aliases, key=key, required=required, ahead=ahead)


def money(heading: str, *aliases: str, unit: str, required: bool = False) -> Column:
    """An amount. Name it `*_cny`: stored in 元 with two decimals. `unit` holds where the file names none."""
    return Column(kind=Kind.MONEY, heading=heading, aliases=aliases, unit=unit, required=required)


def number(heading: str, *aliases: str, low: float | None = None, high: float | None = None, required: bool = False) -> Column:
    """A measurement."""
    return Column(kind=Kind.NUMBER, heading=heading, aliases=aliases, low=low, high=high, required=required)


def integer(heading: str, *aliases: str, low: int | None = None, high: int | None = None, required: bool = False) -> Column:
    """A whole number."""
    return Column(kind=Kind.INTEGER, heading=heading, aliases=aliases, low=low, high=high, required=required)


def share(heading: str, *aliases: str, required: bool = False) -> Column:
    """A share of 0–1, written as 0.35 or 35%. Name it `*_share`."""
    return Column(kind=Kind.SHARE, heading=heading, aliases=aliases, low=0, high=1, required=required)


def yes_no(heading: str, *aliases: str, required: bool = False) -> Column:
    """是 or 否. Name it `is_*` or `has_*`."""
    return Column(kind=Kind.YES_NO, heading=heading, aliases=aliases, required=required)


def void_mark(heading: str = "状态", *aliases: str) -> Column:
    """有效 or 作废: by a row marked 作废 a sender of events takes an earlier one back. Name it `validity`."""
    return Column(kind=Kind.WORD, heading=heading, aliases=("记录状态", "数据状态", *aliases), words=VALIDITY)


def personal(heading: str, *aliases: str) -> Column:
    """Personal data: known by name, dropped before anything but the owner-only landing archive is written."""
    return Column(kind=Kind.PERSONAL, heading=heading, aliases=aliases)
