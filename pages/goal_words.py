"""What the goals page says: its title, the state of the chosen reading, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analytics.burnup import Burnup
from analytics.format import UNKNOWN, Amount, day, percent
from exports.figures import NAMES, Kind
from language import N_, _, counted, named
from pages.cite import box
from pages.definition import statement
from pages.markup import Markup, el, pill
from pages.paper import links

ALL_ZONES = N_("全部空间")
WAYS = {"↑": N_("保持"), "↗": N_("加快"), "→": N_("明显加快"), "↓": N_("更正")}


def state(seen: Burnup, amount: Amount) -> Markup:
    """The reading in four boxes: how far, against the plan, the trend, the rate that is needed."""
    card = seen.card
    value, mean = amount.said(card.value), amount.with_unit(amount.rate(card.mean_per_month))
    pending = _("其中待佐证 {pending}", pending=card.headline.pending) if card.headline.pending else ""
    target = amount.with_unit(amount.target(card.goal.target))
    far = (_("分空间、分项没有单独的目标") if not seen.is_measured else _("目标 {target}", target=target) if card.share is None else
           _("目标 {target}，完成 {share}", target=target, share=percent(card.share)))
    of = seen.lines[0].metric.metric_id
    boxes = [box(_("截至 {day}", day=day(card.as_of)), value, far, pending, of=of)]
    if seen.plan:
        boxes.append(box(_("拟定计划线"), amount.with_unit(amount.rate(seen.planned_now)), _("SPI(t) {spi}：已挣得的计划时间 ÷ 已过时间", spi=_ratio(seen.spi_t)),
                          _("计划线未经批准，取 3u²−2u³"), of=of))
        boxes.append(box(_("趋势"), " ".join((seen.trend, _(WAYS[seen.trend]))) if seen.trend else UNKNOWN,
                          _("ρ {rho}：至今平均速度 ÷ 全程所需速度", rho=_ratio(seen.rho)), of=of))
    recent = counted("近 {n} 个月月均 {mean}", len(card.months), mean=mean) if card.months else _("还没有完整的月份可比")
    if seen.is_measured and card.pace == "rate":
        boxes.append(box(_("此后每月需"), amount.with_unit(amount.rate(card.required_per_month)), recent, _("至 {day}", day=day(card.goal.deadline_on)), of=of))
    elif seen.is_measured:
        boxes.append(box(_("距目标尚差"), amount.said(card.gap), *(
            (recent, _("滚动读数不逐月累加，不折算每月需要数")) if card.kind == "window" else (_("逐项核实，不作百分比综合"),)), of=of))
    elif card.months and card.kind != "stock":
        boxes.append(box(counted("近 {n} 个月月均", len(card.months)), mean, of=of))
    return el("div", *boxes, class_="state")


def others(seen: Burnup, amount: Amount, address: Callable[[str], str]) -> Markup:
    """The goal's other readings at V, each a way to look at it. `address`: of a reading."""
    lines = [el("div", el("dt", el("a", named(each.metric), href=address(each.metric.metric_id), target="_self"),
                          pill(_("未定"), "warn") if each.metric.status == "未定" else Markup()), el("dd", amount.text(each.value)), title=statement(each.metric))
             for each in seen.others]
    return el("dl", *lines, class_="others", aria_label=_("其他读数")) if lines else Markup()


def heading(figure: Kind, seen: Burnup, amount: Amount, files: Sequence[tuple[str, str]], *, is_ahead: bool = False) -> Markup:
    """What a figure shows, and what a click on it does. `files`: kind and address of the figure for paper; `is_ahead`: a forecast is in it."""
    hints: dict[Kind, str] = {"way": _("点一个点，看当时计入的行。"), "zones": _("点一条，只看这一空间；再点一次，看全部。"),
                              "months": _("点一列，看当月发生的行；再点一次，看全部。")}
    shown: Kind = "fan" if is_ahead else figure
    what, hint = _(NAMES[shown]), hints[figure]
    unplanned = "" if seen.plan or figure != "way" or not seen.is_measured else _("这一读数不逐月累加，没有计划线。")
    return el("div", el("h2", _("{what}（{unit}）", what=what, unit=amount.unit)), el("p", unplanned, hint, class_="quiet"), links(what, files),
              class_="figure")




def _ratio(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"
