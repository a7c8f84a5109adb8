"""The tables that pages share: a goal by zone, and who has reported what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from analytics.format import Money, count, day
from analytics.goal_card import GoalCard
from analytics.reporting import Reporting
from analytics.zones import Zone
from pages.frame import Address
from pages.markup import Markup, el, join, pill, table
from warehouse.coverage import Coverage

SWIPE = "左右滑动看全表"


def goals_by_zone(cards: Sequence[GoalCard], zones: Sequence[Zone], money: Money, address: Address) -> Markup:
    """Zones down, goals across; outside and unplaced included, so that each column adds up to its card.

    `address`: of the page that shows the rows behind a number; a number without rows leads nowhere.
    """
    def cell(card: GoalCard, value: Decimal | None, zone: Zone | None = None) -> str:
        text = money.text(value) if card.goal.unit == "元" else count(value)
        if text in ("0", "—"):
            return el("span", text, class_="zero")
        href = address(goal=card.goal.goal_id, zone=zone.zone_id if zone else None)
        return el("a", text, href=href, target="_self", aria_label=f"{card.goal.name_zh}，{zone.name_zh if zone else '合计'}：{text}") if href else text

    rows = [[zone.name_zh, *(cell(card, card.zones.get(zone.zone_id), zone) for card in cards)] for zone in zones]
    headings = ["空间", *(f"{card.goal.name_zh}{card.reading_zh}（{money.unit if card.goal.unit == '元' else card.goal.unit}）" for card in cards)]
    return _wide("各空间进展", headings, rows, numbers=range(1, len(cards) + 1), total=["合计", *(cell(card, card.value) for card in cards)])


def reports(reporting: Reporting) -> Markup:
    """Every report that is due, the late ones first."""
    headings = ("报表", "状态", "截至", "部门", "主体", "接收", "退回", "下次到期")
    rows = [(row.title, _state(row), day(row.as_of), row.department_name, row.sender or "本部门", count(row.accepted), count(row.refused),
             day(row.due_on)) for row in reporting.rows]
    return _wide("报送情况", headings, rows, numbers=(5, 6), is_long=True)


def _wide(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int], total: Sequence[str] = (),
          is_long: bool = False) -> Markup:
    """A table that scrolls in its own box, and says so where it may have to: on a telephone, if it is long on a small window too."""
    return join([el("p", SWIPE, class_="hint long" if is_long else "hint"), table(caption, headings, rows, numbers=numbers, total=total)])


def _state(row: Coverage) -> Markup:
    if row.as_of is None:
        return pill("从未报送", "bad")
    return pill(f"逾期 {row.overdue_days} 天", "warn") if row.overdue_days else pill("按期", "good")
