"""The goals in the report: where each stands, how likely it is to be met, its burn-up with what may come."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from analytics.forecast_finding import chance_finding
from analytics.format import UNKNOWN, percent
from analytics.goal_card import GoalCard
from analytics.goal_finding import goal_finding
from analytics.likelihood import rounded
from exports.figure import NotDrawable
from exports.figures import Kind, figure
from exports.pack.document import Block, Heading, Picture, Table, Text
from exports.pack.meeting import Meeting
from exports.pack.numbering import second
from language import _, counted, named


def goals(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> Iterator[Block]:
    """A table of all, then each with its figure."""
    yield table(seen)
    for number, card in enumerate(seen.cards, 1):
        yield Heading(level=2, text=second(number, named(card.goal)))
        yield Text(text=said(card, seen))
        if picture := drawn(cursor, card):
            yield picture


def table(seen: Meeting) -> Table:
    """One row a goal."""
    rows = [[card.name, amount.with_unit(amount.target(card.goal.target)), amount.said(card.value), UNKNOWN if card.share is None else percent(card.share),
             percent(card.elapsed_share), needed(card, seen), chance(card, seen)] for card in seen.cards for amount in (seen.amount(card),)]
    return Table(caption=_("各项目标进展"), headings=[_("目标"), _("目标值"), _("现值"), _("完成"), _("时序"), _("还需"), _("到期达到的可能")], rows=rows,
                 widths=(30, 13, 16, 11, 11, 19, 25), numbers=(1, 2, 3, 4, 5))


def needed(card: GoalCard, seen: Meeting) -> str:
    """每月 3.4 项, or what is missing."""
    amount = seen.amount(card)
    if card.pace == "rate":
        return _("每月 {amount}", amount=amount.with_unit(amount.rate(card.required_per_month)))
    return _("已达到") if card.gap == 0 else amount.said(card.gap)


def chance(card: GoalCard, seen: Meeting) -> str:
    """较可能（60–80%）约 65%; why not where there is no word."""
    goal = seen.outlook.forecast.goal(card.goal.goal_id) if seen.outlook else None
    if card.kind == "stock":
        return _("逐项核实，不作推算")
    if seen.outlook is None or goal is None:
        return UNKNOWN
    found = seen.outlook.bands.get(goal.goal_id)
    if goal.probability is None or found is None:
        return _("证据不足")
    return _("{word}，{rounded}", word=_(found.word), rounded=rounded(goal.probability))


def said(card: GoalCard, seen: Meeting) -> str:
    """The state and the chance of one goal."""
    amount = seen.amount(card)
    parts = [goal_finding(seen.burnups[card.goal.goal_id], amount, None) + _("。")]
    if card.headline.pending:
        parts.append(counted("其中 {n} 项待佐证。", card.headline.pending))
    if card.with_stock and card.with_stock.value is not None:
        parts.append(_("{what} {value}。", what=named(card.with_stock.metric), value=amount.said(card.with_stock.value)))
    parts += [_("{what} {value}。", what=named(each.metric), value=amount.said(each.value)) for each in card.readings]
    if card.kind == "stock":
        unknown = seen.milestones.unknown
        parts.append(_("各里程碑见附件3。") + (counted("另有 {n} 项尚无报送，不能知道。", unknown) if unknown else ""))
    goal = seen.outlook.forecast.goal(card.goal.goal_id) if seen.outlook else None
    if seen.outlook and goal and card.kind != "stock":
        parts.append(chance_finding(goal, seen.outlook, amount))
    if card.headline.metric.status == "未定" or card.goal.status == "未定":
        parts.append(_("这一口径尚未审定，以上各读数并列。"))
    return "".join(parts)


def drawn(cursor: duckdb.DuckDBPyConnection, card: GoalCard) -> Picture | None:
    """With the forecast where there is one; None of milestones, which are no course."""
    if card.kind == "stock":
        return None
    kinds: tuple[Kind, ...] = ("fan", "way")
    for kind in kinds:
        try:
            found = figure(cursor, kind, card.headline.metric.metric_id, card.as_of)
        except NotDrawable:
            continue
        return Picture(caption=_("{what}：{figure}", what=card.name, figure=found.name), drawing=found.within(), alt=found.words.alt)
    return None
