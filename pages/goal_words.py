"""What the goals page says: its title, the state of the chosen reading, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from analytics.burnup import Burnup
from analytics.zones import Zone
from language import N_, _, counted, named
from pages.definition import statement
from pages.format import UNKNOWN, Amount, day, percent
from pages.markup import Markup, el, pill

ALL_ZONES, BEFORE = N_("全部空间"), N_("基准日前")
WAYS = {"↑": N_("保持"), "↗": N_("加快"), "→": N_("明显加快"), "↓": N_("更正")}


def title(seen: Burnup, amount: Amount, zone: Zone | None) -> str:
    """The finding of the chosen reading, in one sentence."""
    card = seen.card
    what = named(card.headline.metric)
    if zone:
        what = _("{zone}：{what}", zone=named(zone), what=what)
    value = amount.said(amount.text(card.value))
    if card.value is None:
        return _("{what}因缺报尚不能知道", what=what)
    if not seen.is_measured:
        whole = sum((value for value in card.zones.values() if value), Decimal(0))
        if zone and whole:
            return _("{what} {value}，占全部空间的 {share}", what=what, value=value, share=percent(card.value / whole))
        return f"{what} {value}"
    if card.share is None:
        return _("{what}已达到 {value}，共 {target}", what=what, value=value, target=amount.said(amount.target(card.goal.target)))
    done = _("{what} {value}，为目标的 {share}", what=what, value=value, share=percent(card.share))
    return _("{done}：{clauses}", done=done, clauses=_("，").join(part for part in (_against_plan(seen, amount), _needed(seen, amount)) if part))


def _against_plan(seen: Burnup, amount: Amount) -> str:
    if seen.planned_now is None or seen.card.value is None:
        return ""
    ahead = seen.card.value - seen.planned_now
    text = amount.rate(abs(ahead))
    if not any(digit in text for digit in "123456789"):
        return _("与拟定计划线持平")
    return _("比拟定计划线多 {amount}", amount=amount.said(text)) if ahead > 0 else _("比拟定计划线少 {amount}", amount=amount.said(text))


def _needed(seen: Burnup, amount: Amount) -> str:
    card = seen.card
    if card.gap == 0:
        return _("已达到目标")
    if card.pace == "rate":
        return _("此后每月需 {amount}", amount=amount.said(amount.rate(card.required_per_month)))
    return _("距目标尚差 {amount}", amount=amount.said(amount.text(card.gap)))


def state(seen: Burnup, amount: Amount) -> Markup:
    """The reading in four boxes: how far, against the plan, the trend, the rate that is needed."""
    card = seen.card
    value, mean = amount.said(amount.text(card.value)), amount.said(amount.rate(card.mean_per_month))
    pending = _("其中待佐证 {pending}", pending=card.headline.pending) if card.headline.pending else ""
    target = amount.said(amount.target(card.goal.target))
    far = (_("分空间、分项没有单独的目标") if not seen.is_measured else _("目标 {target}", target=target) if card.share is None else
           _("目标 {target}，完成 {share}", target=target, share=percent(card.share)))
    boxes = [_box(_("截至 {day}", day=day(card.as_of)), value, far, pending)]
    if seen.plan:
        boxes.append(_box(_("拟定计划线"), amount.said(amount.rate(seen.planned_now)), _("SPI(t) {spi}：已挣得的计划时间 ÷ 已过时间", spi=_ratio(seen.spi_t)),
                          _("计划线未经批准，取 3u²−2u³")))
        boxes.append(_box(_("趋势"), " ".join((seen.trend, _(WAYS[seen.trend]))) if seen.trend else UNKNOWN,
                          _("ρ {rho}：至今平均速度 ÷ 全程所需速度", rho=_ratio(seen.rho))))
    recent = counted("近 {n} 个月月均 {mean}", len(card.months), mean=mean) if card.months else _("还没有完整的月份可比")
    if seen.is_measured and card.pace == "rate":
        boxes.append(_box(_("此后每月需"), amount.said(amount.rate(card.required_per_month)), recent, _("至 {day}", day=day(card.goal.deadline_on))))
    elif seen.is_measured:
        boxes.append(_box(_("距目标尚差"), amount.said(amount.text(card.gap)), *(
            (recent, _("滚动读数不逐月累加，不折算每月需要数")) if card.kind == "window" else (_("逐项核实，不作百分比综合"),))))
    elif card.months and card.kind != "stock":
        boxes.append(_box(counted("近 {n} 个月月均", len(card.months)), mean))
    return el("div", *boxes, class_="state")


def others(seen: Burnup, amount: Amount, address: Callable[[str], str]) -> Markup:
    """The goal's other readings at V, each a way to look at it. `address`: of a reading."""
    lines = [el("div", el("dt", el("a", named(each.metric), href=address(each.metric.metric_id), target="_self"),
                          pill(_("未定"), "warn") if each.metric.status == "未定" else Markup()), el("dd", amount.text(each.value)), title=statement(each.metric))
             for each in seen.others]
    return el("dl", *lines, class_="others", aria_label=_("其他读数")) if lines else Markup()


def heading(figure: str, seen: Burnup, amount: Amount) -> Markup:
    """What a figure shows, and what a click on it does. `figure`: way, zones or months."""
    match figure:
        case "way":
            name, hint = _("进展与计划"), _("点一个点，看当时计入的行。")
        case "zones":
            name, hint = _("分空间"), _("点一条，只看这一空间；再点一次，看全部。")
        case _:
            name, hint = _("按发生月份"), _("点一列，看当月发生的行；再点一次，看全部。")
    unplanned = "" if seen.plan or figure != "way" or not seen.is_measured else _("这一读数不逐月累加，没有计划线。")
    return el("div", el("h2", _("{what}（{unit}）", what=name, unit=amount.unit)), el("p", unplanned, hint, class_="quiet"), class_="figure")


def _box(name: str, value: str, *more: str) -> Markup:
    return el("div", el("p", name), el("strong", value), *(el("p", each) for each in more if each))


def _ratio(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"
