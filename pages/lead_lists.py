"""The lists of the page of leads: those that have stood long, and those that brought a project."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.format import UNKNOWN, Money, count, day, short
from analytics.leads import Joined, Leads, Slow
from analytics.steps import LEADS
from language import _, counted, named
from pages.frame import address
from pages.markup import Markup, el, join, pill
from pages.tables import wide


def ageing_table(found: Sequence[Slow], seen: Leads, number: int, money: Money) -> Markup:
    """The leads that have stood longest, with the time they are held against. `number`: how many there are in all."""
    head = el("h2", _("久未进展的线索"))
    rule = join([pill(_("拟定")), _(" 停在一步的时间超过第三四分位数的（四分之三的线索在此之前已到下一步或流失）；进展指到达下一步，日常走访不计。")])
    known = _("；").join(_("{step} {days} 天", step=named(each), days=f"{seen.limits[each.stage_id]:.0f}") for each in LEADS if each.stage_id in seen.limits)
    if not found:
        why = _("没有超过参照时间的线索。") if seen.limits else _("到下一步或流失的还不到四分之三，尚无参照时间（证据不足）。")
        return el("section", head, el("p", rule, class_="quiet"), el("p", why, class_="quiet"))
    told = counted("共 {n} 条超过，列出最久的 {shown} 条。参照：{known}。", number, shown=len(found), known=known)
    names, zones = {each.stage_id: each for each in LEADS}, {each.zone_id: each for each in seen.zones}
    headings = (_("线索"), _("驻点"), _("停在"), _("自"), _("已停留（天）"), _("超过（天）"), _("意向空间"), _("意向投资（{unit}）", unit=money.unit))
    rows = [[join([el("span", each.name), el("small", each.lead_id)]), each.office, named(names[each.step_id]), day(each.since, each.precision),
             count(each.days) if each.precision == "D" else _("约 {days}", days=count(each.days)), count(round(each.days - each.limit_days)),
             short(zones[each.zone_id]), money.text(each.intended) if each.intended is not None else UNKNOWN] for each in found]
    return el("section", head, el("p", rule, class_="quiet"), el("p", told, class_="quiet"), wide(_("久未进展的线索"), headings, rows, numbers=(4, 5, 7), is_long=True),
              class_="rows")


def joined(found: Sequence[Joined], seen: Leads) -> Markup:
    """The leads that brought a project into the pipeline, each a way to the project."""
    head, zones = el("h2", _("进入漏斗的线索与项目")), {each.zone_id: each for each in seen.zones}
    if not found:
        return el("section", head, el("p", _("还没有线索的项目进入漏斗。"), class_="quiet"))
    rows = [[join([el("span", each.name), el("small", each.lead_id)]), each.office, short(zones[each.zone_id]), day(each.moved_in_on, each.moved_in_precision),
             day(each.joined_on, each.joined_precision), _project(each), each.stage or UNKNOWN] for each in found]
    headings = (_("线索"), _("驻点"), _("意向空间"), _("入驻"), _("进入漏斗"), _("项目"), _("所处阶段"))
    return el("section", head, wide(_("进入漏斗的线索与项目"), headings, rows, numbers=(), is_long=True), class_="rows")


def _project(each: Joined) -> Markup:
    href, text = address("dossier", kind="project", id=each.project_id), each.project_name or each.project_id
    return el("a", text, href=href, target="_self") if href else el("span", text)
