"""A goal as a card: value, target, time, pace, how it came to be, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from analytics.course import Course
from analytics.format import Money, count, day, one_decimal, percent, points
from analytics.goal_card import TRAILING_YEAR, Figure, GoalCard
from analytics.milestones import Milestones
from pages.checklist import checklist
from pages.frame import Address
from pages.markup import Markup, el, join, pill
from pages.sparkline import sparkline

TONES = {"已定": "good", "拟定": "plain", "未定": "warn"}


def grid(cards: Sequence[GoalCard], money: Money, courses: Mapping[str, Course], milestones: Milestones,
         address: Address) -> Markup:
    """All cards. `courses`: by goal_id; `address`: of the page that shows a goal in full."""
    return el("section", *(_card(card, _Unit(card, money), courses.get(card.goal.goal_id), milestones, address(goal=card.goal.goal_id)) for card in cards),
              class_="cards", aria_label="目标进展")


class _Unit:
    """How the amounts of one goal are written: counts as they are, money in the page's unit."""

    def __init__(self, card: GoalCard, money: Money) -> None:
        self._money = money if card.goal.unit == "元" else None
        self.name = money.unit if self._money else card.goal.unit

    def text(self, value: Decimal | None) -> str:
        return self._money.text(value) if self._money else count(value)

    def rate(self, value: Decimal | None) -> str:
        return self._money.text(value) if self._money else one_decimal(value)

    def target(self, value: Decimal) -> str:
        """Without the decimals that say nothing: 20, not 20.00."""
        text = self.text(value)
        return text.rstrip("0").rstrip(".") if "." in text else text


def _card(card: GoalCard, unit: _Unit, course: Course | None, milestones: Milestones, address: str | None) -> Markup:
    metric = card.headline.metric
    head = el("div", el("h2", card.goal.name_zh), pill(metric.status, TONES.get(metric.status, "plain"), "口径状态"), class_="head",
              title=metric.statement_zh)
    reading = el("p", card.reading_zh, class_="reading") if card.reading_zh else Markup()
    pending = f"（其中待佐证 {card.headline.pending}）" if card.headline.pending else ""
    value = el("p", el("strong", unit.text(card.value)), el("span", f"/ {unit.target(card.goal.target)} {unit.name}{pending}"),
               el("span", percent(card.share), class_="share") if card.share is not None else "", class_="value")
    picture = checklist(milestones) if card.kind == "stock" else join([_bar(card), _lead(card), _course(course, unit)])
    foot = el("div", _definition(card), _more(card, address), class_="foot")
    return el("article", head, reading, value, picture, el("p", *_pace(card, unit, milestones), class_="pace"), _beside(card, unit), foot,
              class_=f"card {card.kind}", aria_label=card.goal.name_zh)


def _bar(card: GoalCard) -> Markup:
    """How far, with a mark where the time stands."""
    filled = f"{min(card.share, Decimal(1)) * 100:.2f}%" if card.share is not None else "0"
    said = "完成情况不能知道" if card.share is None else f"完成 {percent(card.share)}"
    mark = el("i", style=f"left:{card.elapsed_share * 100:.2f}%") if card.kind == "cumulative" else Markup()
    spoken = f"{said}，时间已过 {percent(card.elapsed_share)}" if mark else said
    return el("div", el("b", style=f"width:{filled}"), mark, class_="bar", role="img", aria_label=spoken)


def _lead(card: GoalCard) -> Markup:
    if card.kind != "cumulative":
        return Markup()
    elapsed = el("span", f"时间已过 {percent(card.elapsed_share)}", class_="quiet")
    if card.lead is None or card.pace != "rate":
        return el("p", elapsed, class_="lead")
    word, tone = ("快于时序", "good") if card.lead > 0 else ("慢于时序", "warn") if card.lead < 0 else ("与时序持平", "plain")
    return el("p", pill(f"{word} {points(card.lead)} 个百分点" if card.lead else word, tone), elapsed, class_="lead")


def _pace(card: GoalCard, unit: _Unit, milestones: Milestones) -> Sequence[str]:
    """The required monthly rate against the last months, or why there is none."""
    def amount(text: str) -> Markup:
        return join([el("strong", text), f" {unit.name}"])

    mean = (f"近 {len(card.months)} 个月月均 ", amount(unit.rate(card.mean_per_month))) if card.months else ("还没有完整的月份可比",)
    gap = ("距目标尚差 ", amount(unit.text(card.gap)))
    match card.pace:
        case "rate":
            return *mean, "，此后每月需 ", amount(unit.rate(card.required_per_month)), "（至 ", el("time", day(card.goal.deadline_on)), "）。"
        case "gap" if card.kind == "window":
            return *gap, "；", *mean, "。滚动读数不逐月累加，不折算每月需要数。"
        case "gap":
            return *gap, f"，其中 {len(milestones.core)} 项尚无数据来源" if milestones.core else "", "；逐项核实，不作百分比综合。"
        case "reached":
            return "已达到目标；", *mean, "。"
        case "ended":
            return "期限已到，", *gap, "。"
        case "unknown":
            return ("缺报，不能知道，也不按 0 计。",)


def _course(course: Course | None, unit: _Unit) -> Markup:
    """How the value came to be; nothing before the first month since the base date is over."""
    if course is None:
        return Markup()
    said = "近十二个月，逐月滚动" if course.metric.metric_id == TRAILING_YEAR else "各月末累计"
    return sparkline(course, f"{said}（{unit.name}）", unit.text)


def _more(card: GoalCard, address: str | None) -> Markup:
    return el("a", "走势、分空间与来源行", href=address, target="_self", aria_label=f"{card.goal.name_zh}：走势、分空间与来源行") if address else Markup()


def _beside(card: GoalCard, unit: _Unit) -> Markup:
    """What belongs to the number: parts, terminated, and other readings with their own state."""
    named = [(each.metric.name_zh, each) for each in (*card.parts, *card.readings)]
    named += [(name, each) for name, each in (("其中已终止", card.terminated), ("含存量", card.with_stock)) if each]
    return el("dl", *(_line(name, each, unit) for name, each in named)) if named else Markup()


def _line(name: str, figure: Figure, unit: _Unit) -> Markup:
    undecided = pill("未定", "warn") if figure.metric.status == "未定" else Markup()
    return el("div", el("dt", name, undecided), el("dd", unit.text(figure.value)), title=figure.metric.statement_zh)


def _definition(card: GoalCard) -> Markup:
    metric = card.headline.metric
    return el("details", el("summary", f"口径第 {metric.version} 版 · {metric.status}", title=metric.statement_zh),
              el("p", metric.statement_zh), el("p", f"指标代码 {metric.metric_id}；期间 {day(card.goal.base_on)} 至 {day(card.goal.deadline_on)}；"
                                                    f"依据条款 {card.goal.clause_id}。"))
