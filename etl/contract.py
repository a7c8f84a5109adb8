"""What a feed is: a departmental table declared as data. One subclass per file in etl/feeds/, and no code in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import new_class
from typing import ClassVar, Literal

from etl.columns import (
    Column,
    Kind,
    day,
    integer,
    money,
    number,
    period,
    personal,
    several,
    share,
    text,
    void_mark,
    word,
    yes_no,
)
from etl.reading.heading import plain

__all__ = ["AtMost", "Column", "Feed", "InOrder", "Kind", "Mode", "Rhythm", "RowRule", "SumToOne", "day", "integer", "money", "number", "period",
           "personal", "several", "share", "text", "void_mark", "word", "yes_no"]

Mode = Literal["full", "events"]
Rhythm = Literal["monthly", "quarterly", "half-yearly", "yearly", "events"]


@dataclass(frozen=True)
class InOrder:
    """No day before the one to its left, as far as both are known; a row that breaks it is refused under the later day."""

    days: tuple[str, ...]

    def __init__(self, *days: str) -> None:
        object.__setattr__(self, "days", days)


@dataclass(frozen=True)
class AtMost:
    """A part is no more than its whole; a row that breaks it is refused under the part."""

    part: str
    whole: str


@dataclass(frozen=True)
class SumToOne:
    """Shares that make a whole, a blank being 0; where one is filled and their sum is off by more than 0.01, the row is refused."""

    shares: tuple[str, ...]

    def __init__(self, *shares: str) -> None:
        object.__setattr__(self, "shares", shares)


RowRule = InOrder | AtMost | SumToOne


class Feed:
    """A departmental table. Subclass it once per module of etl/feeds/; attributes made by `text`, `word`, … are its columns.

    `departments`: ids that may send it, or "*" for all. `mode`: "full" (each file is the state of its scope from its as-of
    on) or "events" (files add rows; a repeated key replaces; one with a `void_mark` retracts). `dated_by`: the column that says
    when a row happened, where the feed speaks of days before its first as-of. `shared_key`: the key is the park's own, so that
    rows of several senders describe one object; otherwise a key is told apart by its sender. `ended`: (column, codes) that mark
    a row of a full list as having ended. `rules`: what the cells of one row must satisfy together. `ignored`: headings that are
    known and carry nothing. `is_about_persons`: its rows, or the few that a number of it counts, are persons: codes in it must not be names, identity or
    telephone numbers, and of its lines no reader sees more than where they stand.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    departments: ClassVar[tuple[str, ...]]
    rhythm: ClassVar[Rhythm]
    mode: ClassVar[Mode]
    dated_by: ClassVar[str | None]
    shared_key: ClassVar[bool]
    ended: ClassVar[tuple[str, tuple[str, ...]] | None]
    rules: ClassVar[tuple[RowRule, ...]]
    ignored: ClassVar[tuple[str, ...]]
    is_about_persons: ClassVar[bool]
    columns: ClassVar[tuple[Column, ...]]

    def __init_subclass__(cls, *, title: str, departments: str, rhythm: Rhythm, mode: Mode, dated_by: str | None = None,
                          shared_key: bool = False, ended: tuple[str, tuple[str, ...]] | None = None, rules: Iterable[RowRule] = (),
                          ignored: Iterable[str] = ("序号", "备注"), is_about_persons: bool = False) -> None:
        if taken := sorted(name for name, value in vars(cls).items() if (isinstance(value, Column) and hasattr(Feed, name))
                           or (isinstance(value, Column) and name in Feed.__annotations__)):
            raise TypeError(f"{cls.__module__}：列不能叫 {', '.join(taken)}，这些名字属于报表本身")
        cls.name = cls.__module__.rpartition(".")[2]
        cls.title, cls.departments, cls.rhythm, cls.mode = title, tuple(departments.split()), rhythm, mode
        cls.dated_by, cls.shared_key, cls.ended, cls.rules = dated_by, shared_key, ended, tuple(rules)
        cls.is_about_persons = is_about_persons
        cls.ignored = tuple(plain(heading) for heading in ignored)
        cls.columns = tuple(replace(value, name=name) for name, value in vars(cls).items() if isinstance(value, Column))

    @classmethod
    def key(cls) -> tuple[Column, ...]:
        """The columns that tell two rows of one sender apart."""
        return tuple(column for column in cls.columns if column.key)

    @classmethod
    def scope_period(cls) -> Column | None:
        """The period that is part of the scope of a full list; None where a file speaks for the whole list."""
        return next((column for column in cls.key() if column.kind is Kind.PERIOD), None) if cls.mode == "full" else None

    @classmethod
    def with_headings(cls, mapped: Mapping[str, str]) -> type[Feed]:
        """This feed as one sender writes it: heading → name of the column it stands for, or "" for one that carries nothing."""
        if not mapped:
            return cls
        more = {column.name: tuple(heading for heading, name in mapped.items() if name == column.name) for column in cls.columns}
        said = {"title": cls.title, "departments": " ".join(cls.departments), "rhythm": cls.rhythm, "mode": cls.mode, "dated_by": cls.dated_by,
                "shared_key": cls.shared_key, "ended": cls.ended, "rules": cls.rules,
                "is_about_persons": cls.is_about_persons, "ignored": (*cls.ignored, *(heading for heading, name in mapped.items() if not name))}
        columns = {column.name: replace(column, aliases=(*column.aliases, *more[column.name])) for column in cls.columns}
        return new_class(cls.__name__, (cls,), said, lambda body: body.update(columns, __module__=cls.__module__))

    @classmethod
    def by_heading(cls) -> dict[str, Column]:
        """Every known heading, normalised, and its column."""
        return {heading: column for column in cls.columns for heading in column.headings}
