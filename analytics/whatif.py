"""What can be imagined otherwise: how many projects arrive, what share of a stage advances and how long it takes, each by codes relative to now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.pipeline import STAGES, Change, Observed, arrivals_per_month, conversion, stay
from language import N_, _

NOW = "0"
PERCENT = (-50, -40, -30, -20, -10, 0, 10, 20, 30, 50, 75, 100)  # of arrivals and of stays, which double at most
POINTS = (-20, -15, -10, -5, 0, 5, 10, 15, 20)  # of shares
LEAST, MOST = 0.05, 0.98
TITLES = {"poc": N_("概念验证"), "small": N_("小试"), "pilot": N_("中试")}


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One thing to imagine. `name`: in the URL; `codes`: how much otherwise, by what it then is; "0" is as it is."""

    name: str
    title: str
    codes: Mapping[str, str]


def levers(seen: Observed) -> tuple[Lever, ...]:
    """Arrivals, then share and stay of each stage."""
    found = [_lever("arrivals", _("每月新增项目"), {str(each): _("{n} 项", n=f"{arrivals_per_month(seen) * (100 + each) / 100:.1f}") for each in PERCENT})]
    for stage_id in STAGES:
        share, months = conversion(seen, stage_id), stay(seen, stage_id)
        found += [_lever(f"{stage_id}_share", _("{stage}：转入后续阶段的比例", stage=_(TITLES[stage_id])),
                         {str(each): f"{share + each / 100:.0%}" for each in POINTS if each == 0 or LEAST <= share + each / 100 <= MOST}),
                  _lever(f"{stage_id}_stay", _("{stage}：平均停留", stage=_(TITLES[stage_id])),
                         {str(each): _("{n} 个月", n=f"{months * (100 + each) / 100:.1f}") for each in PERCENT})]
    return tuple(found)


def change_of(seen: Observed, chosen: Mapping[str, str]) -> Change:
    """What the codes chosen mean, by the names of levers."""
    def factor(name: str) -> float:
        return (100 + int(chosen.get(name, NOW))) / 100

    odds = {}
    for stage_id in STAGES:
        now = conversion(seen, stage_id)
        then = now + int(chosen.get(f"{stage_id}_share", NOW)) / 100
        odds[stage_id] = then / (1 - then) / (now / (1 - now))
    return Change(arrivals=factor("arrivals"), odds=odds, stay={stage_id: factor(f"{stage_id}_stay") for stage_id in STAGES})


def _lever(name: str, title: str, codes: dict[str, str]) -> Lever:
    return Lever(name=name, title=title, codes=codes | {NOW: _("{value}（现状）", value=codes[NOW])})
