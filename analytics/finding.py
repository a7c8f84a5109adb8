"""The state of the goals in one sentence, true whatever the numbers are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.goal_card import GoalCard
from analytics.share import percent


def finding(cards: Sequence[GoalCard]) -> str:
    """The title: the time elapsed, which goals are ahead of it, which behind, which reached, which cannot be known."""
    if not cards:
        return "还没有设定目标"
    if all(card.as_of < card.goal.base_on for card in cards):
        return f"截至日早于基准日 {min(card.goal.base_on for card in cards)}，各项目标尚未起算"
    return "；".join(part for part in (_counts(cards), *map(_amount, cards), _unknown(cards)) if part)


def _counts(cards: Sequence[GoalCard]) -> str:
    """The goals that grow with time, against the time; of those not reached in time, that they were not."""
    said = [(_names(card for card in cards if card.pace == "reached"), "已达到目标"),
            (_names(card for card in cards if card.pace == "ended"), "到期未达到目标"),
            (_names(_under_way(cards, 1)), "快于时序"), (_names(_under_way(cards, 0)), "与时序持平"),
            (_names(_under_way(cards, -1)), "慢于时序")]
    clauses = "，".join(names + words for names, words in said if names)
    elapsed = [percent(each) for each in sorted({card.elapsed_share for card in cards})]
    return f"目标期已过 {'至 '.join(dict.fromkeys((elapsed[0], elapsed[-1])))}" + (f"：{clauses}" if clauses else "")


def _under_way(cards: Sequence[GoalCard], sign: int) -> list[GoalCard]:
    return [card for card in cards if card.pace == "rate" and card.lead is not None and (card.lead > 0) - (card.lead < 0) == sign]


def _amount(card: GoalCard) -> str:
    """A value that does not grow with time says how far it is, and by which reading."""
    if card.pace != "gap" or card.share is None:
        return ""
    return f"{card.goal.name_zh}{card.reading_zh}为目标的 {percent(card.share)}"


def _unknown(cards: Sequence[GoalCard]) -> str:
    unknown = [card for card in cards if card.pace == "unknown"]
    return f"{_names(unknown)}因缺报尚不能知道" if unknown else ""


def _names(cards: Iterable[GoalCard]) -> str:
    return "、".join(card.goal.name_zh for card in cards)
