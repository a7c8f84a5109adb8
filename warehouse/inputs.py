"""All a snapshot is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Series:
    """How a feed's amounts can be followed through its files. `headings`: amount column → heading; empty where there is no history.

    `entity`: the columns of the key that say whose amount it is; `label` those of them that people know it by. `period`: the key columns
    that say when, as (from, to) or (on,); none: the file's as-of.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    entity: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    period: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How a column's cells can be spread. `words`: code → word, of a vocabulary or yes and no; empty: figures."""

    heading: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column as a department fills it in. `meaning`: what a cell holds, in words; `aliases`: other headings that are known."""

    heading: str
    meaning: str
    is_required: bool
    is_key: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FeedTable:
    """A feed as the warehouse knows it. `columns`: name → (SQL type, comment); `summary`, `fields`, `rules`: its contract in words."""

    name: str
    title: str
    mode: str
    rhythm: str
    dated_by: str | None  # the column that says when a row happened, where it speaks of days before the first as-of
    departments: tuple[str, ...]  # expected to send; empty where anybody may
    columns: Mapping[str, tuple[str, str]]
    key: tuple[str, ...]
    is_shared: bool  # the key is the park's own: several senders tell of one thing
    period: tuple[str, ...]  # the part of the key that is part of the scope of a full list
    series: Series = field(default_factory=Series)
    spreads: Mapping[str, Spread] = field(default_factory=dict)
    summary: str = ""
    fields: tuple[Field, ...] = ()
    rules: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of each column with a vocabulary: code → word


@dataclass(frozen=True, kw_only=True)
class SentTable:
    """One table of a file as its department headed it. `left_out`: headings whose cells are personal, or may be. `unit`: of all its money, if it says one."""

    headings: tuple[str, ...]
    left_out: tuple[str, ...]
    unit: str | None


@dataclass(frozen=True, kw_only=True)
class StagedFile:
    """One file in force. `row`: as raw.file keeps it; `folder` holds its Parquet. `tables`: in order of table_no; none where it does not stand."""

    row: Mapping[str, object]
    folder: Path
    tables: tuple[SentTable, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether no later file of the same scope and as-of replaced it."""
        return bool(self.row["is_standing"])


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """All a snapshot is made of; the same inputs give equal tables."""

    feeds: Sequence[FeedTable]
    files: Sequence[StagedFile]
    reference: Mapping[str, pl.DataFrame]  # all text, one frame per reference CSV
    acts: pl.DataFrame  # seq, recorded_at, kind, body: the log up to the last act
    acts_upto: int
    known_at: dt.datetime
    inputs_hash: str
    rules_hash: str
    code_hash: str
    is_demo: bool
    clock: dt.datetime | None  # fixed clock of a demonstration
