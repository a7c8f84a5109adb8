"""What a feed is: a departmental table declared as data. One subclass per file in etl/feeds/, and no code in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, Literal

from etl.reading.heading import plain

Mode = Literal["full", "events"]
Rhythm = Literal["monthly", "quarterly", "half-yearly", "yearly", "events"]


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
    name: str = ""  # the attribute it was declared as

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading the column goes by, normalised."""
        return tuple(plain(text) for text in (self.heading, *self.aliases))


def text(heading: str, *aliases: str, key: bool = False, required: bool = False, pattern: str | None = None) -> Column:
    """A free text or a code; codes stay text for ever."""
    return Column(kind=Kind.TEXT, heading=heading, aliases=aliases, key=key, required=required, pattern=pattern)


def word(heading: str, words: Mapping[str, str], *aliases: str, key: bool = False, required: bool = False) -> Column:
    """One word of a vocabulary. An unknown word refuses the row."""
    return Column(kind=Kind.WORD, heading=heading, aliases=aliases, key=key, required=required, words=words)


def several(heading: str, words: Mapping[str, str], *aliases: str) -> Column:
    """Several words of a vocabulary in one cell; stored as codes joined by '|' in the order of the vocabulary."""
    return Column(kind=Kind.WORDS, heading=heading, aliases=aliases, words=words)


def day(heading: str, *aliases: str, required: bool = False) -> Column:
    """A date known to the day, month, quarter or year. Name it `*_on`; the precision goes to `*_precision` (D M Q Y).

    A date known only to the month (quarter, year) is stored as the last day of that month (quarter, year).
    """
    return Column(kind=Kind.DAY, heading=heading, aliases=aliases, required=required)


def period(heading: str, *aliases: str, key: bool = False, required: bool = False) -> Column:
    """A span of whole months, such as 2026年1—2月, stored as `<name>_from` and `<name>_to` (first and last day)."""
    return Column(kind=Kind.PERIOD, heading=heading, aliases=aliases, key=key, required=required)


def money(heading: str, *aliases: str, unit: str, required: bool = False) -> Column:
    """An amount. Name it `*_cny`: stored in 元 with two decimals. `unit` holds where the file names none."""
    return Column(kind=Kind.MONEY, heading=heading, aliases=aliases, unit=unit, required=required)


def number(heading: str, *aliases: str, low: float | None = None, high: float | None = None) -> Column:
    """A measurement."""
    return Column(kind=Kind.NUMBER, heading=heading, aliases=aliases, low=low, high=high)


def integer(heading: str, *aliases: str, low: int | None = None, high: int | None = None) -> Column:
    """A whole number."""
    return Column(kind=Kind.INTEGER, heading=heading, aliases=aliases, low=low, high=high)


def share(heading: str, *aliases: str) -> Column:
    """A share of 0–1, written as 0.35 or 35%. Name it `*_share`."""
    return Column(kind=Kind.SHARE, heading=heading, aliases=aliases, low=0, high=1)


def yes_no(heading: str, *aliases: str) -> Column:
    """是 or 否. Name it `is_*` or `has_*`."""
    return Column(kind=Kind.YES_NO, heading=heading, aliases=aliases)


def personal(heading: str, *aliases: str) -> Column:
    """Personal data: known by name, dropped before anything but the owner-only landing archive is written."""
    return Column(kind=Kind.PERSONAL, heading=heading, aliases=aliases)


class Feed:
    """A departmental table. Subclass it once per module of etl/feeds/; attributes made by `text`, `word`, … are its columns.

    `departments`: ids that may send it, or "*" for all. `mode`: "full" (each file is the state of its scope from its as-of
    on) or "events" (files add rows; a repeated key replaces). `dated_by`: the column that says when a row happened.
    `shared_key`: the key is the park's own, so that rows of several senders describe one object; otherwise a key is told
    apart by its sender. `ended`: (column, codes) that mark a row of a full list as having ended. `ignored`: headings that
    are known and carry nothing.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    departments: ClassVar[tuple[str, ...]]
    rhythm: ClassVar[Rhythm]
    mode: ClassVar[Mode]
    dated_by: ClassVar[str]
    shared_key: ClassVar[bool]
    ended: ClassVar[tuple[str, tuple[str, ...]] | None]
    ignored: ClassVar[tuple[str, ...]]
    columns: ClassVar[tuple[Column, ...]]

    def __init_subclass__(cls, *, title: str, departments: str, rhythm: Rhythm, mode: Mode, dated_by: str,
                          shared_key: bool = False, ended: tuple[str, tuple[str, ...]] | None = None,
                          ignored: Iterable[str] = ("序号", "备注")) -> None:
        if taken := sorted(name for name, value in vars(cls).items() if (isinstance(value, Column) and hasattr(Feed, name))
                           or (isinstance(value, Column) and name in Feed.__annotations__)):
            raise TypeError(f"{cls.__module__}：列不能叫 {', '.join(taken)}，这些名字属于报表本身")
        cls.name = cls.__module__.rpartition(".")[2]
        cls.title, cls.departments, cls.rhythm, cls.mode = title, tuple(departments.split()), rhythm, mode
        cls.dated_by, cls.shared_key, cls.ended = dated_by, shared_key, ended
        cls.ignored = tuple(plain(heading) for heading in ignored)
        cls.columns = tuple(replace(value, name=name) for name, value in vars(cls).items() if isinstance(value, Column))

    @classmethod
    def key(cls) -> tuple[Column, ...]:
        """The columns that tell two rows of one sender apart."""
        return tuple(column for column in cls.columns if column.key)

    @classmethod
    def by_heading(cls) -> dict[str, Column]:
        """Every known heading, normalised, and its column."""
        return {heading: column for column in cls.columns for heading in column.headings}
