"""The tables that pages share: a goal by zone, and who has reported what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from analytics.format import UNKNOWN, Amount, Money, count, day
from analytics.goal_card import GoalCard
from analytics.reporting import Reporting, department, feed_title
from analytics.zones import Zone
from language import _, counted, named
from pages.frame import Address
from pages.markup import Markup, el, join, pill, table
from warehouse.coverage import Coverage


def goals_by_zone(cards: Sequence[GoalCard], zones: Sequence[Zone], money: Money, address: Address) -> Markup:
    """Zones down, goals across; outside and unplaced included, so that each column adds up to its card.

    `address`: of the page that shows the rows behind a number; a number without rows leads nowhere.
    """
    whole = _("合计")

    def cell(card: GoalCard, value: Decimal | None, zone: Zone | None = None) -> str:
        text = Amount(card.goal.unit, money).text(value)
        if text in ("0", UNKNOWN):
            return el("span", text, class_="zero")
        href = address(goal=card.goal.goal_id, zone=zone.zone_id if zone else None)
        return el("a", text, href=href, target="_self", aria_label=f"{named(card.goal)} · {named(zone) if zone else whole} · {text}") if href else text

    rows = [[named(zone), *(cell(card, card.zones.get(zone.zone_id), zone) for card in cards)] for zone in zones]
    headings = [_("空间"), *(_("{what}（{unit}）", what=card.name, unit=Amount(card.goal.unit, money).unit) for card in cards)]
    return wide(_("各空间进展"), headings, rows, numbers=range(1, len(cards) + 1), total=[whole, *(cell(card, card.value) for card in cards)])


def reports(reporting: Reporting) -> Markup:
    """Every report that is due: the late ones open, those in time behind a click."""
    late, in_time = reporting.rows[:-reporting.in_time or None], reporting.rows[len(reporting.rows) - reporting.in_time:]
    open_ = _reports(_("报送情况"), late) if late else el("p", _("各部门都已按期报送。"), class_="quiet")
    if not in_time:
        return open_
    return join([open_, el("details", el("summary", counted("按期的 {n} 份报表", len(in_time))), _reports(_("按期的报表"), in_time), class_="more")])


def _reports(caption: str, rows: Sequence[Coverage]) -> Markup:
    headings = (_("报表"), _("状态"), _("截至"), _("部门"), _("报送主体"), _("接收"), _("退回"), _("下次到期"))
    cells = [(feed_title(row.feed, row.title), _state(row), day(row.as_of), department(row), row.sender or _("本部门"),
              count(row.accepted), count(row.refused), day(row.due_on)) for row in rows]
    return wide(caption, headings, cells, numbers=(5, 6), is_long=True)


def wide(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int], total: Sequence[str] = (),
          is_long: bool = False) -> Markup:
    """A table that scrolls in its own box, and says so where it may have to: on a telephone, if it is long on a small window too."""
    return join([el("p", _("左右滑动看全表"), class_="hint long" if is_long else "hint"), table(caption, headings, rows, numbers=numbers, total=total)])


def _state(row: Coverage) -> Markup:
    if row.as_of is None:
        return pill(_("从未报送"), "bad")
    return pill(counted("逾期 {n} 天", row.overdue_days), "warn") if row.overdue_days else pill(_("按期"), "good")
