"""A goal as a card: value, target, time, pace, how it came to be, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from analytics.course import Course
from analytics.format import Amount, Money, day, percent, points
from analytics.goal_card import TRAILING_YEAR, Figure, GoalCard
from analytics.milestones import Milestones
from analytics.outlook import Outlook
from language import _, counted, named
from pages.checklist import checklist
from pages.cite import cite, owner
from pages.definition import definition, statement
from pages.frame import Address
from pages.goal_outlook import word
from pages.markup import Markup, el, fill, join, pill
from pages.sparkline import sparkline

TONES = {"已定": "good", "拟定": "plain", "未定": "warn"}


def grid(cards: Sequence[GoalCard], money: Money, courses: Mapping[str, Course], milestones: Milestones,
         address: Address, chances: Outlook | None = None) -> Markup:
    """All cards. `courses`: by goal_id; `address`: of the page that shows a goal in full; `chances`: what is forecast, where it is."""
    return el("section", *(_card(card, Amount(card.goal.unit, money), courses.get(card.goal.goal_id), milestones, address(goal=card.goal.goal_id),
                                 chances)
                           for card in cards), class_="cards", aria_label=_("目标进展"))


def _card(card: GoalCard, amount: Amount, course: Course | None, milestones: Milestones, address: str | None, chances: Outlook | None) -> Markup:
    metric = card.headline.metric
    head = el("div", el("h2", named(card.goal)), pill(_(metric.status), TONES.get(metric.status, "plain"), _("口径状态")), class_="head",
              title=statement(metric))
    reading = el("p", card.reading, class_="reading") if card.reading else Markup()
    pending = _("（其中待佐证 {pending}）", pending=card.headline.pending) if card.headline.pending else ""
    value = el("p", el("strong", amount.text(card.value)), el("span", f"/ {amount.target(card.goal.target)} {amount.unit}{pending}"),
               el("span", percent(card.share), class_="share") if card.share is not None else "", class_="value")
    picture = checklist(milestones) if card.kind == "stock" else join([_bar(card), _lead(card), _course(course, amount)])
    foot = el("div", owner(metric.metric_id), definition(card), cite(metric.metric_id), _more(card, address), class_="foot")
    return el("article", head, reading, value, picture, el("p", _pace(card, amount, milestones), class_="pace"), _chance(card, chances), _beside(card, amount), foot,
              class_=f"card {card.kind}", aria_label=named(card.goal))


def _bar(card: GoalCard) -> Markup:
    """How far, with a mark where the time stands."""
    filled = f"{min(card.share, Decimal(1)) * 100:.2f}%" if card.share is not None else "0"
    said = _("完成情况不能知道") if card.share is None else _("完成 {share}", share=percent(card.share))
    mark = el("i", style=f"left:{card.elapsed_share * 100:.2f}%") if card.kind == "cumulative" else Markup()
    spoken = _("{said}，时间已过 {elapsed}", said=said, elapsed=percent(card.elapsed_share)) if mark else said
    return el("div", el("b", style=f"width:{filled}"), mark, class_="bar", role="img", aria_label=spoken)


def _lead(card: GoalCard) -> Markup:
    if card.kind != "cumulative":
        return Markup()
    elapsed = el("span", _("时间已过 {elapsed}", elapsed=percent(card.elapsed_share)), class_="quiet")
    if card.lead is None or card.pace != "rate":
        return el("p", elapsed, class_="lead")
    if not card.lead:
        return el("p", pill(_("与时序持平")), elapsed, class_="lead")
    gap = points(card.lead)
    said = pill(_("快于时序 {gap} 个百分点", gap=gap), "good") if card.lead > 0 else pill(_("慢于时序 {gap} 个百分点", gap=gap), "warn")
    return el("p", said, elapsed, class_="lead")


def _pace(card: GoalCard, amount: Amount, milestones: Milestones) -> Markup:
    """The required monthly rate against the last months, or why there is none."""
    def strong(text: str) -> Markup:
        return join([el("strong", text), f" {amount.unit}"])

    mean = fill(counted("近 {n} 个月月均 {{mean}}", len(card.months)), mean=strong(amount.rate(card.mean_per_month))) if card.months else _("还没有完整的月份可比")
    gap = strong(amount.text(card.gap))
    match card.pace:
        case "rate":
            return fill(_("{mean}，此后每月需 {required}（至 {deadline}）。"), mean=mean, required=strong(amount.rate(card.required_per_month)),
                        deadline=el("time", day(card.goal.deadline_on)))
        case "gap" if card.kind == "window":
            return fill(_("距目标尚差 {gap}；{mean}。滚动读数不逐月累加，不折算每月需要数。"), gap=gap, mean=mean)
        case "gap" if card.kind == "stock" and milestones.unknown:
            return fill(counted("距目标尚差 {{gap}}，其中 {n} 项尚不能判定；逐项核实，不作百分比综合。", milestones.unknown), gap=gap)
        case "gap":
            return fill(_("距目标尚差 {gap}；逐项核实，不作百分比综合。"), gap=gap)
        case "reached":
            return fill(_("已达到目标；{mean}。"), mean=mean)
        case "ended":
            return fill(_("期限已到，距目标尚差 {gap}。"), gap=gap)
        case "unknown":
            return join([_("缺报，不能知道，也不按 0 计。")])


def _chance(card: GoalCard, chances: Outlook | None) -> Markup:
    """The word for the goal's chance, where there is a forecast of it."""
    goal = chances.forecast.goal(card.goal.goal_id) if chances else None
    return el("p", el("span", _("到期达到目标"), class_="quiet"), word(goal, chances), class_="lead") if goal and chances else Markup()


def _course(course: Course | None, amount: Amount) -> Markup:
    """How the value came to be; nothing before the first month since the base date is over."""
    if course is None:
        return Markup()
    said = _("近十二个月，逐月滚动（{unit}）", unit=amount.unit) if course.metric.metric_id == TRAILING_YEAR else _("各月末累计（{unit}）", unit=amount.unit)
    return sparkline(course, said, amount.text)


def _more(card: GoalCard, address: str | None) -> Markup:
    said = _("走势、分空间与来源行")
    return el("a", said, href=address, target="_self", aria_label=f"{said} · {named(card.goal)}") if address else Markup()


def _beside(card: GoalCard, amount: Amount) -> Markup:
    """What belongs to the number: parts, terminated, and other readings with their own state."""
    rows = [(named(each.metric), each) for each in (*card.parts, *card.readings)]
    rows += [(name, each) for name, each in ((_("其中已终止"), card.terminated), (_("含存量"), card.with_stock)) if each]
    return el("dl", *(_line(name, each, amount) for name, each in rows)) if rows else Markup()


def _line(name: str, figure: Figure, amount: Amount) -> Markup:
    undecided = pill(_("未定"), "warn") if figure.metric.status == "未定" else Markup()
    return el("div", el("dt", name, undecided), el("dd", amount.text(figure.value)), title=statement(figure.metric))
