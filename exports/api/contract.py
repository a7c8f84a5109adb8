"""How an operation of the door is declared: its path, parameters, bodies and who may; the routes and the description both come from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from analytics.access import Deed
from exports.api.bodies import VERSION
from exports.api.tokens import Key
from language import LANGUAGES, N_, SOURCE

JSON = "application/json"
PAGE, MOST = 1_000, 10_000  # rows of a page of JSON, where none are asked for and at most
LONGEST = 200  # characters of a parameter; no code is longer
FORMATS = {"json": JSON, "csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """Of the query, or of the path where `is_in_path`. `about`: Chinese, for the catalogue; `schema`: JSON Schema of its text."""

    name: str
    about: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    example: str | None = None
    is_in_path: bool = False


LANG = Parameter(name="lang", about=N_("名称与说明用的语言；编号与状态不随之改变"), schema={"type": "string", "enum": list(LANGUAGES), "default": SOURCE})
AS_OF = Parameter(name="as_of", about=N_("截至日；默认为快照中最新的一天，按专刊时为那一期的截至日"), schema={"type": "string", "format": "date"}, example="2026-10-31")
SNAPSHOT = Parameter(name="snapshot", about=N_("快照；默认为当前的一期，按专刊时为那一期的"), example="20261105T003000000Z-4bdb")
ISSUE = Parameter(name="issue", about=N_("按哪一期专刊：快照与截至日都随它；某一版为 2026-11r1"), example="2026-11")
ZONE = Parameter(name="zone", about=N_("只要一个空间，如 bio；没有落区的是 unplaced，区外是 outside"), example="bio")
FORMAT = Parameter(name="format", about=N_("格式，先于 Accept；CSV 与 Parquet 一次给全，不分页"), schema={"type": "string", "enum": list(FORMATS)})
LIMIT = Parameter(name="limit", about=N_("一页多少行，只用于 JSON"), schema={"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE})
CURSOR = Parameter(name="cursor", about=N_("从哪里接着读：上一页 next 中的，不要自己拼"), schema={"type": "string", "pattern": r"^[0-9]{1,15}-[0-9a-f]{16}$"})
VIEW = (AS_OF, SNAPSHOT, ISSUE, LANG)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that came through the door. `given`: the parameters of path and query, each once and of the declared form."""

    given: Mapping[str, str]
    accept: str
    key: Key

    def text(self, parameter: Parameter) -> str | None:
        """None where it was not given."""
        return self.given.get(parameter.name)


@dataclass(frozen=True, kw_only=True)
class Content:
    """A body ready to be sent. `length` None: not known beforehand; `sha256`: of a whole file."""

    pieces: Iterable[bytes]
    length: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is answered. `content` is made only where it is sent; `facts`: for the record, codes and counts; `is_for_ever`: the address always gives this."""

    media_type: str
    etag: str
    content: Callable[[], Content]
    facts: Mapping[str, str | int | None]
    headers: Mapping[str, str] = field(default_factory=dict)
    is_for_ever: bool = False


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One address of the door. `bodies`: by media type the dataclass of a JSON body, or None for a file; `deed`: what the token's role must allow."""

    name: str
    path: str
    about: str
    bodies: Mapping[str, type | None]
    answer: Callable[[Asked, ExitStack], Answer]
    parameters: tuple[Parameter, ...] = (LANG,)
    deed: Deed | None = None
    faults: tuple[int, ...] = ()

    @property
    def refusals(self) -> tuple[int, ...]:
        """Every status but 200 and 304 that it may answer with."""
        return tuple(sorted({400, 401, 404, 405, 429, 503, *self.faults, *([403] if self.deed else [])}))


def as_etag(digest: str) -> str:
    """Of this version of the contract."""
    return f'"{VERSION}-{digest[:32]}"'
