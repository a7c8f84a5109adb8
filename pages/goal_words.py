"""What the goals page says: its title, the state of the chosen reading, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from analytics.burnup import Burnup
from analytics.zones import Zone
from pages.format import UNKNOWN, Money, count, day, one_decimal, percent
from pages.markup import Markup, el, pill

ALL_ZONES, ALL_MONTHS, NO_POINT, BEFORE = "全部空间", "全部月份", "页面的截至日", "基准日前"
OTHERS = "其他读数"
TITLES = {"goal": "目标", "part": "读数", "zone": "空间", "month": "发生月份", "at": "计到哪一天"}
WAYS = {"↑": "保持", "↗": "加快", "→": "明显加快", "↓": "更正"}
NAMES = {"plan": "拟定计划线"}


class Amount:
    """How the amounts of a goal are written: counts as they are, money in the unit of the page."""

    def __init__(self, unit: str, money: Money) -> None:
        self._money = money if unit == "元" else None
        self.unit = self._money.unit if self._money else unit

    def number(self, value: Decimal | None) -> float | None:
        """In the unit, for a drawing."""
        return None if value is None else float(value / self._money.cny if self._money else value)

    def text(self, value: Decimal | None) -> str:
        return self._money.text(value) if self._money else count(value)

    def rate(self, value: Decimal | None) -> str:
        return self._money.text(value) if self._money else one_decimal(value)

    def said(self, value: Decimal | None) -> str:
        """With its unit: 52 项; of a target without decimals that say nothing."""
        return UNKNOWN if value is None else f"{self.text(value)} {self.unit}"

    def target(self, value: Decimal) -> str:
        text = self.text(value)
        return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {self.unit}"


def title(seen: Burnup, amount: Amount, zone: Zone | None) -> str:
    """The finding of the chosen reading, in one sentence."""
    card = seen.card
    what = (f"{zone.name_zh}：" if zone else "") + card.headline.metric.name_zh
    if card.value is None:
        return f"{what}因缺报尚不能知道"
    if not seen.is_measured:
        whole = sum((value for value in card.zones.values() if value), Decimal(0))
        return f"{what} {amount.said(card.value)}" + (f"，占全部空间的 {percent(card.value / whole)}" if zone and whole else "")
    if card.share is None:
        return f"{what}已达到 {amount.said(card.value)}，共 {amount.target(card.goal.target)}"
    done = f"{what} {amount.said(card.value)}，为目标的 {percent(card.share)}"
    return done + "：" + "，".join(part for part in (_against_plan(seen, amount), _needed(seen, amount)) if part)


def _against_plan(seen: Burnup, amount: Amount) -> str:
    if seen.planned_now is None or seen.card.value is None:
        return ""
    ahead = seen.card.value - seen.planned_now
    text = amount.rate(abs(ahead))
    if not any(digit in text for digit in "123456789"):
        return "与拟定计划线持平"
    return f"比拟定计划线{'多' if ahead > 0 else '少'} {text} {amount.unit}"


def _needed(seen: Burnup, amount: Amount) -> str:
    card = seen.card
    if card.gap == 0:
        return "已达到目标"
    return f"此后每月需 {amount.rate(card.required_per_month)} {amount.unit}" if card.pace == "rate" else f"距目标尚差 {amount.said(card.gap)}"


def state(seen: Burnup, amount: Amount) -> Markup:
    """The reading in four boxes: how far, against the plan, the trend, the rate that is needed."""
    card = seen.card
    pending = f"其中待佐证 {card.headline.pending}" if card.headline.pending else ""
    far = f"目标 {amount.target(card.goal.target)}" if seen.is_measured else "分空间、分项没有单独的目标"
    share = f"，完成 {percent(card.share)}" if seen.is_measured and card.share is not None else ""
    boxes = [_box(f"截至 {day(card.as_of)}", amount.said(card.value), far + share, pending)]
    if seen.plan:
        boxes.append(_box("拟定计划线", f"{amount.rate(seen.planned_now)} {amount.unit}", f"SPI(t) {_ratio(seen.spi_t)}：已挣得的计划时间 ÷ 已过时间",
                          "计划线未经批准，取 3u²−2u³"))
        boxes.append(_box("趋势", f"{seen.trend or UNKNOWN} {WAYS[seen.trend] if seen.trend else ''}", f"ρ {_ratio(seen.rho)}：至今平均速度 ÷ 全程所需速度"))
    mean = f"近 {len(card.months)} 个月月均 {amount.rate(card.mean_per_month)} {amount.unit}" if card.months else "还没有完整的月份可比"
    if seen.is_measured and card.pace == "rate":
        boxes.append(_box("此后每月需", f"{amount.rate(card.required_per_month)} {amount.unit}", mean, f"至 {day(card.goal.deadline_on)}"))
    elif seen.is_measured:
        boxes.append(_box("距目标尚差", amount.said(card.gap), mean if card.kind == "window" else "逐项核实，不作百分比综合",
                          "滚动读数不逐月累加，不折算每月需要数" if card.kind == "window" else ""))
    elif card.months and card.kind != "stock":
        boxes.append(_box(f"近 {len(card.months)} 个月月均", f"{amount.rate(card.mean_per_month)} {amount.unit}"))
    return el("div", *boxes, class_="state")


def others(seen: Burnup, amount: Amount, address: Callable[[str], str]) -> Markup:
    """The goal's other readings at V, each a way to look at it. `address`: of a reading."""
    lines = [el("div", el("dt", el("a", each.metric.name_zh, href=address(each.metric.metric_id), target="_self"),
                          pill("未定", "warn") if each.metric.status == "未定" else Markup()), el("dd", amount.text(each.value)), title=each.metric.statement_zh)
             for each in seen.others]
    return el("dl", *lines, class_="others", aria_label=OTHERS) if lines else Markup()


def definition(seen: Burnup) -> Markup:
    """The state of the definition and its words."""
    metric, goal = seen.card.headline.metric, seen.card.goal
    return el("details", el("summary", f"口径第 {metric.version} 版 · {metric.status}", title=metric.statement_zh), el("p", metric.statement_zh),
              el("p", f"指标代码 {metric.metric_id}；期间 {day(goal.base_on)} 至 {day(goal.deadline_on)}；依据条款 {goal.clause_id}。"), class_="definition")


def heading(figure: str, seen: Burnup, amount: Amount) -> Markup:
    """What a figure shows, and what a click on it does. `figure`: way, zones or months."""
    names = {"way": ("进展与计划", "点一个点，看当时计入的行。"), "zones": ("分空间", "点一条，只看这一空间；再点一次，看全部。"),
             "months": ("按发生月份", "点一列，看当月发生的行；再点一次，看全部。")}
    name, hint = names[figure]
    unplanned = "" if seen.plan or figure != "way" or not seen.is_measured else "这一读数不逐月累加，没有计划线。"
    return el("div", el("h2", f"{name}（{amount.unit}）"), el("p", unplanned + hint, class_="quiet"), class_="figure")


def _box(name: str, value: str, *more: str) -> Markup:
    return el("div", el("h3", name), el("strong", value), *(el("p", each) for each in more if each))


def _ratio(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"
