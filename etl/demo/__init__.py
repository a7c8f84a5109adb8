"""An invented, coherent park written as departments' files, in three dated deliveries, from one seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from etl.demo import (
    adoption,
    credit_reports,
    fund_reports,
    invest_first_reports,
    leads,
    lists,
    people,
    platforms,
    policy,
    public_money,
    records,
    returns,
    space_reports,
    tasks,
)
from etl.demo.meeting import Meeting
from etl.demo.model import AS_OF, CENTRE, INDUSTRY, LATE_OPERATOR, OPERATORS, World
from etl.demo.policy import MEETINGS
from etl.demo.sending import SentFile
from etl.demo.sheets import Sheet, comma_text, xlsx
from etl.demo.sums import Sums, summed
from etl.demo.truth import Truth, counted
from etl.demo.world import world

__all__ = ["CLOCK", "SEED", "Delivery", "SentFile", "Sums", "Truth", "deliveries", "sums", "truth"]

SEED = 20260929
_HERE = ZoneInfo("Asia/Shanghai")
CLOCK = datetime(2026, 11, 5, 9, 0, tzinfo=_HERE)
_DAYS = tuple(datetime(2026, *day, 30, tzinfo=_HERE) for day in ((9, 8, 9), (10, 9, 9), (11, 5, 8)))
_FAMILIES = (fund_reports, credit_reports, public_money, invest_first_reports, space_reports, platforms, people, adoption, leads, tasks, policy)
_OPERATORS_ROOM = ("各产业园区管理运营主体", "园区运营主体", "D10")  # the same department by name, alias and id


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What came in at one time. `at` is aware, Asia/Shanghai; `met`: the meeting that was held since the delivery before."""

    at: datetime
    files: tuple[SentFile, ...]
    met: Meeting | None = None


def deliveries(seed: int = SEED) -> tuple[Delivery, ...]:
    """The three deliveries, oldest first. The same seed gives the same bytes."""
    park = world(seed)
    return tuple(Delivery(at=at, files=tuple(_files(park, number)), met=_met() if number == len(_DAYS) else None) for number, at in enumerate(_DAYS, start=1))


def _met() -> Meeting:
    """The last of the meetings, frozen on its morning."""
    on, _ = MEETINGS[-1]
    return Meeting(issue_id=f"{on:%Y-%m}", meeting_id=f"LX-{on.year}-{len(MEETINGS):02d}", at=datetime(on.year, on.month, on.day, 8, 30, tzinfo=_HERE))


def truth(seed: int = SEED, delivery: int = 3) -> Truth:
    """Goal values that the deliveries up to this one tell about the end of its month, whatever the pipeline makes of them."""
    return counted(world(seed), delivery)


def sums(seed: int = SEED) -> Sums:
    """Sums that all deliveries together tell, whatever the pipeline makes of them."""
    return summed(world(seed))


def _files(park: World, number: int) -> Iterator[SentFile]:
    month = f"{AS_OF[number - 1]:%Y%m}"
    yield SentFile(path=f"D08/项目库-{month}.xlsx", content=xlsx(lists.projects(park, number)))
    firms = lists.organizations(park, number)
    yield SentFile(path=f"D08/主体库-{month}.csv", content=comma_text(firms, encoding="utf-8-sig"))
    yield SentFile(path=f"D08/科技成果-{month}.xlsx", content=xlsx(records.signed_outcomes(park, number)))
    yield from _sent(f"促进中心/阶段事件-{month}.xlsx", records.stage_events(park, CENTRE, number))
    yield from _sent(f"D08/佐证材料目录-{month}.csv", records.evidence(park, CENTRE, number), "utf-8-sig")
    progress = f"工信和数据局/中试进展-{month}.xlsx" if number == 1 else f"工信局-中试进展-{month}.xlsx"
    yield from _sent(progress, records.stage_events(park, INDUSTRY, number))
    yield from _sent(f"工信和数据局/成果落地-{month}.csv", records.landed_outcomes(park, INDUSTRY, number))
    yield from _sent(f"D04/佐证材料-{month}.csv", records.evidence(park, INDUSTRY, number), "utf-8-sig")
    yield from _sent(f"工信和数据局/产值快报-{month}.csv", returns.preliminary(park, number))
    if number == 1:
        yield SentFile(path="工信和数据局/2025年度产值定报.xlsx", content=xlsx(returns.final(park)))
    for operator in OPERATORS.values():
        if operator == LATE_OPERATOR and number > 1:
            continue
        room = f"{_OPERATORS_ROOM[number - 1]}/{operator}"
        yield from _sent(f"{room}/阶段事件-{month}.csv", records.stage_events(park, operator, number))
        yield from _sent(f"{room}/成果落地-{month}.xlsx", records.landed_outcomes(park, operator, number))
        yield from _sent(f"{room}/佐证材料-{month}.csv", records.evidence(park, operator, number), "utf-8-sig")
    for family in _FAMILIES:
        yield from family.files(park, number)


def _sent(path: str, sheet: Sheet | None, encoding: str = "gb18030") -> Iterator[SentFile]:
    """The file, if there is anything to send."""
    if sheet:
        yield SentFile(path=path, content=xlsx(sheet) if path.endswith(".xlsx") else comma_text(sheet, encoding=encoding))
