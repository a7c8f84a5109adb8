"""The funnel in a sentence, and its rates and stays in words."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.format import UNKNOWN, count
from analytics.funnel import REACHED, STOCK, Funnel
from analytics.passages import Passage, days
from analytics.rate import Rate
from language import _, counted, named


def funnel_finding(seen: Funnel | None, passages: Sequence[Passage], horizon: int, place: str) -> str:
    """The finding of the funnel in one sentence, true whatever the numbers are."""
    if seen is None:
        return _("转化漏斗因缺报尚不能知道")
    whole = seen.count(STOCK)
    if not seen.count(REACHED):
        return _("{place}还没有项目进入过任何阶段", place=place)
    largest = max(seen.stages, key=lambda stage: seen.count(STOCK, stage))
    open_ = counted("{place}在途 {n} 项，以{stage}最多（{most}）", whole, place=place, stage=named(largest), most=count(seen.count(STOCK, largest))) if whole else \
        _("{place}没有在途的项目", place=place)
    known = [(rate.share, each) for each in passages[:-1] for rate in (each.advanced(horizon),) if rate.share is not None]
    if not known:
        return _("{open}；各阶段的转化率还看不出", open=open_)
    share, hardest = min(known, key=lambda pair: pair[0])
    return counted("{open}；进入后 {n} 个月内转入后面阶段的，{stage}最低：{share}", horizon, open=open_, stage=named(hardest.stage), share=f"{share:.0%}")


def said(rate: Rate, *, is_short: bool = False) -> str:
    """42%（10%–71%）; of few the counts alone; what is not known yet says until when it was watched."""
    match rate.said:
        case "nothing":
            return UNKNOWN
        case "counts":
            return f"{rate.happened}/{rate.size}"
        case "unseen":
            seen = max(rate.until or 0, 0) / days(1)
            return f"{rate.happened}/{rate.size}" if is_short else _(
                "{happened}/{size}，只观察到 {months} 个月", happened=rate.happened, size=rate.size, months=f"{seen:.1f}")
        case _ if is_short:
            return f"{rate.share or 0.0:.0%}"
        case _:
            share, low, high = rate.share or 0.0, rate.low or 0.0, rate.high or 0.0
            return _("{share}（{low}–{high}）", share=f"{share:.0%}", low=f"{low:.0%}", high=f"{high:.0%}")


def months(passage: Passage) -> str:
    """The median stay in months, or until when it was not reached."""
    if passage.stays.size < 5:
        return counted("只有 {n} 项", passage.stays.size) if passage.stays.size else UNKNOWN
    if passage.median_days is None:
        return _("未达到（已观察至 {months} 个月）", months=f"{max(min(passage.stays.until, 1e6), 0) / days(1):.1f}")
    return _("{months} 个月", months=f"{passage.median_days / days(1):.1f}")
