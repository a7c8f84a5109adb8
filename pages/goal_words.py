"""What the goals page says: its title, the state of the chosen reading, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analytics.burnup import Burnup
from analytics.format import UNKNOWN, Amount, day, percent
from pages.markup import Markup, el, pill

ALL_ZONES, ALL_MONTHS, NO_POINT = "全部空间", "全部月份", "页面的截至日"
OTHERS = "其他读数"
TITLES = {"goal": "目标", "part": "读数", "zone": "空间", "month": "发生月份", "at": "计到哪一天"}
WAYS = {"↑": "保持", "↗": "加快", "→": "明显加快", "↓": "更正"}


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


def heading(figure: str, seen: Burnup, amount: Amount, files: Sequence[tuple[str, str]]) -> Markup:
    """What a figure shows, and what a click on it does. `figure`: way, zones or months; `files`: kind and address
    of the figure for paper."""
    names = {"way": ("进展与计划", "点一个点，看当时计入的行。"), "zones": ("分空间", "点一条，只看这一空间；再点一次，看全部。"),
             "months": ("按发生月份", "点一列，看当月发生的行；再点一次，看全部。")}
    name, hint = names[figure]
    unplanned = "" if seen.plan or figure != "way" or not seen.is_measured else "这一读数不逐月累加，没有计划线。"
    return el("div", el("h2", f"{name}（{amount.unit}）"), el("p", unplanned + hint, class_="quiet"), _files(name, files), class_="figure")


def _files(name: str, files: Sequence[tuple[str, str]]) -> Markup:
    """Links that a reader who hears them can tell apart."""
    return el("p", "下载", *(el("a", kind.upper(), href=href, download="", aria_label=f"下载 {kind.upper()}：{name}") for kind, href in files), class_="files")


def _box(name: str, value: str, *more: str) -> Markup:
    return el("div", el("h3", name), el("strong", value), *(el("p", each) for each in more if each))


def _ratio(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"
