"""What the demo park is made of. `told` is the number (1–3) of the delivery that first carries a record; 0: never sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

BASE = date(2025, 9, 29)
START = date(2024, 1, 2)
AS_OF = (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31))  # what the lists of the three deliveries show
END = AS_OF[-1]
STAGES = ("rd", "poc", "small", "pilot", "landed", "industrial")
CENTRE, INDUSTRY = "D08", "D04"
OPERATORS = {"chem": "化工园区运营公司", "bio": "生物医药产业园运营公司", "energy": "新材料产业园运营公司"}
LATE_OPERATOR = OPERATORS["chem"]  # sends nothing after August


@dataclass(frozen=True, kw_only=True)
class Org:
    """One legal entity. `zone` is where it sits; blank for outside bodies."""

    code: str
    name: str
    kind: str
    zone: str
    industry: str | None = None
    group: str | None = None
    origin: str | None = None
    is_leading: bool = False
    leading_code: str | None = None
    is_fourth_army: bool = False
    founded_on: date | None = None
    moved_in_on: date | None = None
    graduated_on: date | None = None
    moved_out_on: date | None = None
    place: tuple[float, float] | None = None
    datum: str | None = None
    told: int = 1


@dataclass(frozen=True, kw_only=True)
class Project:
    """One project. `moved`: (delivery, zone) from which a list shows another 承载区; `void_from`: the delivery that voids it."""

    project_id: str
    parent_id: str | None
    name: str
    org: Org
    is_org_coded: bool
    zone: str
    moved: tuple[int, str] | None
    direction: str | None
    research: str | None
    roles: str
    manager_id: str | None
    approved_on: date
    approval_no: str | None
    is_mature: bool  # at the upper end of its stage's TRL
    told: int
    void_from: int | None = None

    def zone_at(self, delivery: int) -> str:
        """The 承载区 that the list of a delivery shows."""
        return self.moved[1] if self.moved and delivery >= self.moved[0] else self.zone


@dataclass(frozen=True, kw_only=True)
class Event:
    """One stage event as one delivery tells it. The same (sender, event_id) told again replaces it."""

    event_id: str = ""
    sender: str = ""
    project_id: str
    stage: str
    kind: str
    on: date  # of a date known to the month or quarter: its last day
    precision: str = "D"
    space: str | None = None  # a zone id; None: not stated
    evidence_id: str | None = None
    cause: str | None = None
    is_confirmed: bool | None = None
    is_void: bool = False
    told: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One outcome as one sender tells it; landing columns come from the second sender."""

    outcome_id: str
    sender: str
    project_id: str
    name: str
    right: str
    route: str | None = None
    contract_no: str | None = None
    signed_on: date | None = None
    implementer: str | None = None
    space: str | None = None
    proof: str | None = None
    evidence_id: str | None = None
    landed_on: date | None = None
    is_void: bool = False
    told: int


@dataclass(frozen=True, kw_only=True)
class Output:
    """One output row. `amount` is in 千元 as sent; `first` and `last` are months as (year, month)."""

    first: tuple[int, int]
    last: tuple[int, int]
    span: str  # 当月 累计 年度
    org: Org
    outcome_id: str | None
    report: str  # 快报 定报
    calibre: str
    amount: Decimal
    share: Decimal | None
    is_taxed: bool
    basis: str | None
    told: int


@dataclass(frozen=True, kw_only=True)
class Document:
    """One line of a department's catalogue of evidence."""

    evidence_id: str
    sender: str
    name: str
    kind: str
    number: str | None
    made_on: date
    told: int


@dataclass(frozen=True, kw_only=True)
class World:
    """The whole park: what there is, and what was told when."""

    seed: int
    orgs: tuple[Org, ...]
    projects: tuple[Project, ...]
    events: tuple[Event, ...]
    outcomes: tuple[Outcome, ...]
    outputs: tuple[Output, ...]
    documents: tuple[Document, ...]

    def dice(self, feed: str) -> Random:
        """The random stream of one feed: what another feed draws does not disturb it."""
        return Random(f"{self.seed} {feed}")
