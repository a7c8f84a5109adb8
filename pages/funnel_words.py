"""What the funnel page says: the boxes, and the tables beside the figures."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.ageing import Ageing, Limit, Old
from analytics.format import UNKNOWN, count, day
from analytics.funnel import BETWEEN, OVERDUE, REACHED, STOCK, TERMINATED, Funnel
from analytics.funnel_finding import months, said
from analytics.passages import Passage, Whole
from analytics.rate import Rate
from analytics.stages import Stage
from exports.funnel_frames import BANDS
from language import _, counted, named
from pages.choices import here
from pages.cite import box
from pages.dossier_link import dossier_link
from pages.funnel_choices import CAUSES, way
from pages.markup import Markup, el, join, pill
from pages.paper import links
from pages.tables import wide

SHOWN = 12  # kinds of moves that are open; the others are behind a click


def boxes(seen: Funnel, whole: Whole, horizon: int) -> Markup:
    """The three views in one number each, never added up, and what stands beside them."""
    paused = seen.count(STOCK, None, ("suspended", "stalled"))
    way_through = UNKNOWN if whole.landed is None else f"{whole.landed:.0%}"
    return el(
        "div", box(_("存量：在途"), counted("{n} 项", seen.count(STOCK)), counted("其中暂停 {n} 项（超过 180 天为停滞）", paused),
                    counted("另有 {n} 项在阶段之间：已通过或退回，尚未进入别的阶段", seen.count(BETWEEN)) if seen.count(BETWEEN) else "", of="funnel_stock"),
        box(_("到达：中试及以后"), counted("{n} 项", _reached(seen, "pilot")), counted("到达转化落地 {n} 项", _reached(seen, "landed")), _("终止、退回不减少到达数"),
            of="funnel_reached"),
        box(_("转化：概念验证至落地"), way_through, counted("进入概念验证后 {n} 个月内", horizon),
             counted("{n} 项的历程，含仍在途的", whole.size) if whole.landed is not None else _("观察到的还太少或时间太短"), of="funnel_conversion"),
        box(_("已终止或撤回"), counted("{n} 项", seen.count(TERMINATED)), _("按原因登记，用于总结经验"), of="funnel_terminated"), class_="state")


def heading(what: str, hint: str, files: Sequence[tuple[str, str]] = (), *, is_wide: bool = False) -> Markup:
    """Above a figure. `files`: kind and address of the figure for paper; `is_wide`: on a telephone the figure is moved sideways, from here with the arrow keys."""
    return el("div", el("h2", what), el("p", hint, class_="quiet"), links(what, files) if files else "", class_="figure", tabindex="0" if is_wide else None,
              role="group" if is_wide else None, aria_label=what if is_wide else None)


def passages_table(passages: Sequence[Passage], horizon: int) -> Markup:
    """The conversion of every stage, with what it is made of."""
    headings = (_("阶段"), _("计时的项目"), counted("{n} 个月内转入后面阶段", horizon), counted("{n} 个月内终止或撤回", horizon), _("中位停留"))
    rows = [[named(each.stage), count(each.moves.size), said(each.advanced(horizon)), said(each.quit(horizon)), months(each)] for each in passages]
    how = el("details", el("summary", _("怎样估计")), el("p", _(
        "仍在途的按删失处理，终止与转化互为竞争（Aalen–Johansen）；停留用 Kaplan–Meier；立项晚于进入的，自立项起才计入风险集。"
        "不足 5 项只列个数，5 至 19 项用 Jeffreys 区间，更多用 log-log 区间，均为 95%。在险不足 3 项处曲线即止。"
        "只知月份、季度的日期按期中计；只知年份或次序颠倒的不计时。")), class_="more")
    return join([wide(_("各阶段转化"), headings, rows, numbers=(1,)), how])


def gates_table(seen: Funnel) -> Markup:
    """Gate meetings, skips and returns by stage."""
    headings = (_("阶段"), _("评审通过率"), _("跨越率"), _("返工率"), _("回退率"))
    rows = [[named(stage), *(_with_counts(each) for each in (gates.passed, gates.skipped, gates.rework, gates.regressed))]
            for stage in seen.stages for gates in (seen.gates(stage),)]
    note = el("p", _("评审通过率＝通过÷（通过＋未通过）；跨越率＝越过下一阶段÷全部前进；返工率＝退回次数÷进入次数；回退率＝退回过的项目÷到达。"), class_="quiet")
    return join([wide(_("评审、跨越与退回"), headings, rows, numbers=(1, 2, 3, 4)), note])


def moves_table(seen: Funnel) -> Markup:
    """Every kind of move, the most frequent first; a number leads to its rows: the bands of the figure cannot be clicked, for Streamlit tells of no click on a sankey."""
    found = sorted(seen.moves.items(), key=lambda item: -item[1])
    rows = [[way(seen.stages, f"{start}>{end}"), el("a", count(number), href=here(of="funnel_moves", category=f"{start}>{end}", stage=None), target="_self",
                                                  aria_label=f"{way(seen.stages, f'{start}>{end}')} · {number}")] for (start, end), number in found]
    headings = (_("从何处到何处"), _("流动次数"))
    rest = el("details", el("summary", counted("其余 {n} 种流动", len(rows) - SHOWN)), wide(_("其余流动"), headings, rows[SHOWN:], numbers=(1,)), class_="more")
    return join([wide(_("阶段流动"), headings, rows[:SHOWN], numbers=(1,)), rest if len(rows) > SHOWN else Markup()])


def causes(seen: Funnel) -> Markup:
    """Terminations by cause and stage, worded as the policy asks: failure is tolerated and learnt from."""
    head = el("h2", _("终止项目：总结经验的登记"))
    if not seen.count(TERMINATED):
        return el("section", head, el("p", _("没有终止或撤回的项目。"), class_="quiet"))
    note = el("p", _("宽容失败：终止是探索的一部分。这里按原因登记，供立项和评审时借鉴，不作排名、不评优劣。"), class_="quiet")
    stages = [each for each in seen.stages if seen.count(TERMINATED, each)]
    rows = [[_(word), *(_linked(seen.count(TERMINATED, stage, (code,)), stage, code) for stage in stages), count(seen.count(TERMINATED, None, (code,)))]
            for code, word in CAUSES.items() if seen.count(TERMINATED, None, (code,))]
    total = [_("合计"), *(count(seen.count(TERMINATED, stage)) for stage in stages), count(seen.count(TERMINATED))]
    return el("section", head, note, wide(_("终止项目"), (_("原因类别"), *map(named, stages), _("合计")), rows, numbers=range(1, len(stages) + 2), total=total))


def ageing_table(found: Ageing, limits: dict[str, Limit], seen: Funnel) -> Markup:
    """The projects that stay longest, with the limit they are held against."""
    head = el("h2", _("停留较久的在途项目"))
    undecided = not any(each.is_decided for each in limits.values())
    rule = join([pill(_("未定"), "warn"), _(" 各阶段的制度时限尚未确定，暂以该阶段停留时间的第三四分位数（四分之三的项目在此之前离开）为参照。")]) if undecided else _(
        "超过制度时限的；时限未定的阶段，以停留时间的第三四分位数为参照。")
    names = {each.stage_id: each for each in seen.stages}
    known = _("；").join(_("{stage} {days} 天", stage=named(names[stage]), days=f"{limit.days:.0f}") for stage, limit in limits.items() if stage in names)
    late = counted("超过制度时限 {n} 项。", seen.count(OVERDUE)) if not undecided else ""
    if not found.rows:
        return el("section", head, el("p", rule, class_="quiet"), el("p", _("没有超过参照时间的在途项目。"), class_="quiet"))
    told = counted("共 {n} 项超过，列出最久的 {shown} 项。参照：{known}。{late}", found.number, shown=len(found.rows), known=known, late=late)
    headings = (_("项目"), _("阶段"), _("进入"), _("已停留（天）"), _("超过（天）"), _("空间"), _("承担单位"))
    rows = [[_name(each), _stage(each, names), day(each.entered_on, each.entered_precision), _age(each), count(round(each.age_days - each.limit_days)),
             each.zone or UNKNOWN, each.org_name or UNKNOWN] for each in found.rows]
    return el("section", head, el("p", rule, class_="quiet"), el("p", told, class_="quiet"), wide(_("停留较久的在途项目"), headings, rows, numbers=(3, 4), is_long=True),
              class_="rows")


def _name(each: Old) -> Markup:
    listed = pill(_("待建档"), "warn", _("事件先到，项目库里还没有它")) if each.name is None else Markup()
    return join([dossier_link("project", each.project_id, each.name or each.project_id), el("small", each.project_id), listed])


def _stage(each: Old, names: dict[str, Stage]) -> Markup:
    return join([el("span", named(names[each.stage_id])), join([" ", pill(_(BANDS[each.band]))]) if each.band != "active" else Markup()])


def _age(each: Old) -> str:
    return count(each.age_days) if each.entered_precision == "D" else _("约 {days}", days=count(each.age_days))


def _reached(seen: Funnel, stage_id: str) -> int:
    return sum(seen.count(REACHED, stage) for stage in seen.stages if stage.stage_id == stage_id)


def _with_counts(rate: Rate) -> Markup:
    if rate.said in ("nothing", "counts") or rate.share is None:
        return join([said(rate)])
    return join([el("span", f"{rate.share:.0%}"), el("small", f"{rate.happened}/{rate.size}")])


def _linked(number: int, stage: Stage, code: str) -> str:
    if not number:
        return el("span", "0", class_="zero")
    return el("a", count(number), href=here(of="funnel_terminated", view="conversion", stage=stage.stage_id, category=code), target="_self",
              aria_label=f"{named(stage)} · {_(CAUSES[code])} · {number}")

