"""The bridge of one metric as the frame of a waterfall, for the page and for paper."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from analytics.change_bridge import Changes, MetricChange, decimal
from analytics.changes_said import amount_of, moved_by, sentence, value, word
from analytics.format import Money, day
from charts.waterfall import SCHEMA
from language import _

SMALL = 0.3  # of the smaller whole: below it steps would hardly be seen on an axis from 0
BELOW = 0.5  # of what moves, left below the lowest level


@dataclass(frozen=True, kw_only=True)
class Steps:
    """`floor`: where the axis begins; `alt`: the same in words; `unit`: of the numbers."""

    frame: pl.DataFrame
    floor: float
    alt: str
    unit: str


def steps(changes: Changes, change: MetricChange, unit: Money) -> Steps | None:
    """From what it was to what it is; None where there is no bridge."""
    if not change.terms or change.now is None:
        return None
    amount = amount_of(change, unit)

    def number(exact: Fraction) -> float:
        return amount.number(decimal(exact)) or 0.0

    start, level, levels = change.before or Fraction(0), change.before or Fraction(0), [change.before or Fraction(0)]
    rows = [_row("before", _("上期\n{day}", day=day(changes.before.as_of)), number(start), value(change, start, unit), is_whole=True)]
    for each in change.terms:
        level += each.exact
        levels.append(level)
        rows.append(_row(each.term, word(change, each.term), number(each.exact), moved_by(change, each.exact, unit), is_whole=False))
    rows.append(_row("now", _("本期\n{day}", day=day(changes.now.as_of)), number(change.now), value(change, change.now, unit), is_whole=True))
    low, high = min(levels), max(levels)
    is_cut = low > 0 and high - low < Fraction(SMALL) * low
    return Steps(frame=pl.DataFrame(rows, schema=SCHEMA), floor=number(low - (high - low) * Fraction(BELOW)) if is_cut else 0.0,
                 alt=sentence(change, unit), unit=amount.unit)


def _row(code: str, name: str, number: float, said: str, *, is_whole: bool) -> dict[str, object]:
    return {"code": code, "name": name, "value": number, "is_whole": is_whole, "said": "\n".join((name.replace("\n", " "), said)), "label": said}
