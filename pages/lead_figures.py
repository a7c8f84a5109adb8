"""The figures of the page of leads, from its numbers."""

from __future__ import annotations

import polars as pl

from analytics.leads import OPEN, REACHED, Leads
from analytics.steps import LEADS
from charts import stages
from charts.theme import Palette
from language import _, counted
from pages import funnel_figures
from pages.goal_figures import Figure


def standing(seen: Leads, zone: str | None, office: str | None, colours: Palette) -> Figure:
    """What stands at each step, those that have stood long told apart."""
    parts = {"on": _("在参照时间内"), "slow": _("久未进展")}
    names = dict(zip(OPEN, (_("跟踪"), _("已签约待入驻"), _("已入驻待进漏斗")), strict=True))
    whole = {each: int(seen.tally.value(each, zone, office) or 0) for each in OPEN}
    slow = {each: seen.slow_number(zone, office, step.stage_id) for each, step in zip(OPEN, LEADS, strict=True)}
    bars = pl.DataFrame([_bar(each, name, part, word, number) for each, name in names.items()
                         for (part, word), number in zip(parts.items(), (whole[each] - slow[each], slow[each]), strict=True)], schema=stages.SCHEMA)
    alt = _("；").join(_("{stage} {n}", stage=name, n=whole[each]) for each, name in names.items())
    return Figure(figure=stages.stages(bars, parts=parts, palette=colours), alt=_("{what}（条）：{readings}。", what=_("在途线索"), readings=alt))


def reached(seen: Leads, zone: str | None, office: str | None, colours: Palette) -> Figure:
    """What has reached each step."""
    names = dict(zip(REACHED, (_("线索"), _("签约"), _("入驻"), _("进入漏斗")), strict=True))
    numbers = {each: int(seen.tally.value(each, zone, office) or 0) for each in REACHED}
    bars = pl.DataFrame([_bar(each, name, "all", name, numbers[each]) for each, name in names.items()], schema=stages.SCHEMA)
    alt = _("；").join(_("{stage} {n}", stage=name, n=numbers[each]) for each, name in names.items())
    return Figure(figure=stages.stages(bars, parts={"all": _("到达")}, palette=colours), alt=_("{what}（条）：{readings}。", what=_("到达"), readings=alt))


def conversion(seen: Leads, zone: str | None, office: str | None, months: int, colours: Palette) -> tuple[Figure, Figure]:
    """The share of each step that went on, and what became of leads since they were found."""
    passages = [seen.steps.of(each, zone, office) for each in LEADS]
    words = {"on": _("已签约"), "out": _("流失"), "open": _("仍在跟踪")}
    return funnel_figures.conversion(passages, months, colours, None), funnel_figures.course(passages[0], months, colours, words)


def _bar(step: str, name: str, part: str, word: str, number: int) -> dict[str, object]:
    return {"stage": step, "name": name, "part": part, "code": "", "value": number, "said": f"{name} · {word}\n{counted('{n} 条', number)}"}
