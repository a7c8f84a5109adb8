"""What publishing would do to the figures: every goal before and after, then the other metrics that move. 试算，未发布."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.format import Amount, Money, money_unit, points
from analytics.trial import Headline, Moved, Step, Trial
from analytics.units import YUAN
from language import _, counted, either, named
from pages.cite import cite
from pages.markup import Markup, el, fill, join, pill
from pages.tables import wide

SHOWN = 40  # metrics named at once; the rest behind a click


def effects(found: Trial, before: str | None, after: str | None) -> Markup:
    """The whole section. `before`, `after`: ISO days of the two values."""
    moved_on = el("p", _("数据截至日随之由 {before} 变为 {after}，按日子算的指标也因此变动。", before=before, after=after), class_="quiet") if (
        before and after and before != after) else ""
    heading = el("h2", _("发布后各指标会怎样"), " ", pill(_("试算，未发布"), "warn"))
    money = _money([each.step for each in found.headlines if each.card.goal.unit == YUAN] + [each.step for each in found.moved if each.metric.unit == YUAN])
    cards = el("div", *(_card(each, money) for each in found.headlines), class_="state trial")
    if found.is_still:
        return el("section", heading, moved_on, cards, el("p", _("各指标的数都不变。"), class_="quiet"))
    return el("section", heading, moved_on, cards, _table(found, found.moved[:SHOWN], money),
              el("details", el("summary", counted("另外 {n} 个指标", len(found.moved) - SHOWN)), _table(found, found.moved[SHOWN:], money), class_="more")
              if len(found.moved) > SHOWN else "", class_="rows moved-metrics")


def _money(steps: Sequence[Step]) -> Money:
    """A unit in which the changes can be seen; where nothing changes, one for the values."""
    changes = [abs(each.after - each.before) for each in steps if each.moves and each.before is not None and each.after is not None]
    return money_unit(changes or [value for each in steps for value in (each.before, each.after)])


def _card(each: Headline, money: Money) -> Markup:
    amount, step = Amount(each.card.goal.unit, money), each.step
    value = join([el("del", amount.text(step.before)), " → ", el("ins", amount.text(step.after))]) if step.moves else join([amount.text(step.after)])
    said = _moved(step, amount) if step.moves else _("不变")
    return el("div", el("h3", named(each.card.goal)), el("strong", value), el("p", said, " · ", amount.unit), cite(each.card.headline.metric.metric_id),
              class_="moves" if step.moves else None)


def _table(found: Trial, moved: tuple[Moved, ...], money: Money) -> Markup:
    if not moved:
        return Markup()
    more = [(_("计入的行"), any(map(_rows, moved))), (_("哪些空间"), any(each.zones for each in moved))]
    headings = (_("其他变动的指标"), _("前"), _("后"), _("变动"), _("单位"), *(word for word, is_there in more if is_there))
    rows = []
    for each in moved:
        amount = Amount(each.metric.unit, money)
        last = (_rows(each), _zones(found, each, amount))
        rows.append([named(each.metric), amount.text(each.step.before), amount.text(each.step.after), _moved(each.step, amount), amount.unit,
                     *(cell for cell, (_word, is_there) in zip(last, more, strict=True) if is_there)])
    return wide(_("其他变动的指标"), headings, rows, numbers=(1, 2, 3), is_long=True)


def _moved(step: Step, amount: Amount) -> str:
    if step.before is None or step.after is None:
        return _("原来不能知道") if step.before is None else _("之后不能知道")
    change = step.after - step.before
    if amount.is_share:
        return _("{sign}{points} 个百分点", sign="+" if change > 0 else "−", points=points(change)) if change else "0"
    return f"{'+' if change > 0 else '−'}{amount.text(abs(change))}" if change else "0"


def _rows(each: Moved) -> str:
    parts = (counted("增 {n}", each.come) if each.come else "", counted("减 {n}", each.gone) if each.gone else "",
             counted("改 {n}", each.changed) if each.changed else "")
    return _("、").join(part for part in parts if part)


def _zones(found: Trial, each: Moved, amount: Amount) -> Markup:
    return join([el("span", fill(_("{zone} {before} → {after}"), zone=either(*found.zones.get(zone, (zone, zone))), before=amount.text(step.before),
                                 after=amount.text(step.after)), class_="place") for zone, step in each.zones.items()])
