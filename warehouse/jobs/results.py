"""What comes of a job, as its worker writes it and a page reads it. Texts are the department's own or Chinese sentences; numbers of metrics are decimals as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from types import UnionType
from typing import Any, Literal, Self, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, kw_only=True)
class Result:
    """Any of them."""

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """As it was before it was written with `asdict`."""
        return _made(cls, told)  # type: ignore[no-any-return]


def _made(kind: Any, told: Any) -> Any:
    """A value of this type, of what JSON keeps of it: dataclasses and tuples of them."""
    options = [each for each in get_args(kind) if each is not type(None)] if get_origin(kind) in (Union, UnionType) else [kind]
    if told is None or len(options) != 1:
        return told
    only: Any = options[0]
    if get_origin(only) is tuple:
        inside = get_args(only)
        return tuple(_made(inside[0], each) for each in told) if inside[1:] == (...,) else tuple(map(_made, inside, told))
    return _filled(only, told) if is_dataclass(only) else told


def _filled(kind: Any, told: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    return kind(**{each.name: _made(hints[each.name], told[each.name]) for each in fields(kind) if each.name in told})


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to look at. `finding_id`: the same for the same thing in the same file, for comments. `kind`: refused (a cell, its row does not count),
    set_aside (a row told twice), unknown (a heading nobody knows), reading (of how the file was read), total, unit, check (against other tables).
    `row` as Excel shows it, `column` its letter; None where it is of no one place. `value`: the cell as sent. `about`: the rule that many findings
    break alike, "" where the finding stands by itself."""

    finding_id: str
    kind: str
    what: str
    do: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    heading: str | None = None
    value: str | None = None
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What somebody says of a finding. `what`: the finding's own words, kept with it."""

    finding_id: str
    what: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What the file was taken for. `as_of`: ISO day; `as_of_from`: file (it says so), given (who handed it in), or "" where nobody said.
    `units`: heading → unit, under "" that of the whole table. `sheets`: those with rows in them. `headings`: of the file, `missing`: of the feed that it has not."""

    feed: str
    title: str
    mode: Literal["full", "events"]
    department: str
    sender: str
    as_of: str | None
    as_of_from: str
    sheets: tuple[str, ...]
    rows_read: int
    accepted: int
    refused: int
    set_aside: int
    units: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A cell of a row that is told otherwise; None: blank."""

    heading: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """A row that is new, changed or gone. `key`: its key as people read it; `row`: in this file, None where it is gone. `fields`: of a changed row."""

    key: str
    sheet: str | None
    row: int | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The file against what is on record of its sender. The lists hold at most LISTED rows each, the numbers are of all.
    `compared_with`: name of the file before, "" where there is none; of events everything on record. `is_hidden`: rows are persons, so that neither
    keys nor cells are told."""

    compared_with: str
    compared_as_of: str | None
    new: int
    changed: int
    gone: int
    same: int
    new_rows: tuple[RowChange, ...]
    changed_rows: tuple[RowChange, ...]
    gone_rows: tuple[RowChange, ...]
    is_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What publishing would do to one metric, in the whole park (`zone` None) or in one zone. `before`, `after`: decimals as text in the metric's unit
    (money in 元), None: cannot be known, or is not said of few persons. `come`, `gone`, `changed`: rows that count."""

    metric_id: str
    zone: str | None
    before: str | None
    after: str | None
    come: int = 0
    gone: int = 0
    changed: int = 0


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person must answer before the file counts. `is_as_of`: it wants a day, not yes or no."""

    what: str
    do: str
    is_as_of: bool


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why the whole file does not count. `feed`, `title`: the report it comes nearest to, "" where to none; `missing`: of its columns those needed that the
    file has not, `unknown`: headings of the file that it does not know."""

    what: str
    do: str
    feed: str = ""
    title: str = ""
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Check(Result):
    """What would come of a file. `state`: accepted, held (with a question), refused, repeated (it says what counts already; `repeats` is that file).

    `errors`: cells and rows that do not count; `warnings`: what counts and should be looked at; the lists hold at most LISTED, the numbers are of all.
    `effects`: of metrics whose value or rows change, headline metrics and whole park first; of a held file as if the answer were yes.
    `as_of_before`, `as_of_after`: the days of the two values (ISO). `snapshot`: against which it was tried, "" where nothing was published before.
    `broken`: why publishing would be stopped by our own checks, "" where it would not.
    """

    name: str
    sha256: str
    size: int
    state: Literal["accepted", "held", "refused", "repeated"]
    snapshot: str
    seconds: float
    refusal: Refusal | None = None
    recognised: Recognised | None = None
    repeats: int | None = None
    question: Question | None = None
    errors: tuple[Finding, ...] = ()
    errors_total: int = 0
    warnings: tuple[Finding, ...] = ()
    warnings_total: int = 0
    difference: Difference | None = None
    effects: tuple[Effect, ...] = ()
    as_of_before: str | None = None
    as_of_after: str | None = None
    broken: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent(Result):
    """What came of publishing, withdrawing, confirming or certifying one file. `state`: placed, held, refused, repeated, withdrawn, certified.
    `snapshot`: that was published, "" where nothing new was."""

    file_id: int
    state: str
    what: str
    do: str
    snapshot: str
    accepted: int = 0
    refused: int = 0


@dataclass(frozen=True, kw_only=True)
class Refreshed(Result):
    """`snapshot`: as of `Sent`. `troubled`: files refused or held; `said`: what, and what to do, a text for each; `whose`: the department of each, "" where
    nobody knows."""

    snapshot: str
    troubled: int
    said: tuple[str, ...]
    whose: tuple[str, ...] = ()

    def seen_by(self, departments: frozenset[str] | None) -> Self:
        """What these departments may read of it; None: all."""
        if departments is None:
            return self
        own = [(text, whose) for text, whose in zip(self.said, self.whose, strict=False) if whose in departments]
        return replace(self, troubled=len(own), said=tuple(text for text, _ in own), whose=tuple(whose for _, whose in own))


@dataclass(frozen=True, kw_only=True)
class Mapped(Result):
    """`act`: number of the act that keeps it; files of this sender that were held for the question are judged again at the next refresh."""

    act: int


@dataclass(frozen=True, kw_only=True)
class Made(Result):
    """A file was written: `warehouse.jobs.made_file` says where; `name`: what it should be called."""

    name: str
    said: str


LISTED = 500  # of each list of a result
RESULTS: Mapping[str, type[Result]] = {
    "check": Check, "publish": Sent, "withdraw": Sent, "confirm": Sent, "certify": Sent, "map": Mapped, "refresh": Refreshed, "returned": Made}
