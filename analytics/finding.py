"""The state of the goals in one sentence, true whatever the numbers are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.goal_card import GoalCard
from analytics.share import percent
from language import _, listed, named


def finding(cards: Sequence[GoalCard]) -> str:
    """The title: the time elapsed, which goals are ahead of it, which behind, which reached, which cannot be known."""
    if not cards:
        return _("还没有设定目标")
    if all(card.as_of < card.goal.base_on for card in cards):
        return _("截至日早于基准日 {base}，各项目标尚未起算", base=min(card.goal.base_on for card in cards))
    return _("；").join(part for part in (_counts(cards), *map(_amount, cards), _unknown(cards)) if part)


def _counts(cards: Sequence[GoalCard]) -> str:
    """The goals that grow with time, against the time; of those not reached in time, that they were not."""
    said = [(_names(card for card in cards if card.pace == "reached"), _("{names}已达到目标")),
            (_names(card for card in cards if card.pace == "ended"), _("{names}到期未达到目标")),
            (_names(_under_way(cards, 1)), _("{names}快于时序")), (_names(_under_way(cards, 0)), _("{names}与时序持平")),
            (_names(_under_way(cards, -1)), _("{names}慢于时序"))]
    clauses = _("，").join(sentence.format(names=names) for names, sentence in said if names)
    elapsed = [percent(each) for each in sorted({card.elapsed_share for card in cards})]
    spans = dict.fromkeys((elapsed[0], elapsed[-1]))
    time = _("目标期已过 {elapsed}", elapsed=_(" 至 ").join(spans))
    return _("{time}：{clauses}", time=time, clauses=clauses) if clauses else time


def _under_way(cards: Sequence[GoalCard], sign: int) -> list[GoalCard]:
    return [card for card in cards if card.pace == "rate" and card.lead is not None and (card.lead > 0) - (card.lead < 0) == sign]


def _amount(card: GoalCard) -> str:
    """A value that does not grow with time says how far it is, and by which reading."""
    if card.pace != "gap" or card.share is None:
        return ""
    return _("{what}为目标的 {share}", what=card.name, share=percent(card.share))


def _unknown(cards: Sequence[GoalCard]) -> str:
    unknown = [card for card in cards if card.pace == "unknown"]
    return _("{names}因缺报尚不能知道", names=_names(unknown)) if unknown else ""


def _names(cards: Iterable[GoalCard]) -> str:
    return listed(named(card.goal) for card in cards)
