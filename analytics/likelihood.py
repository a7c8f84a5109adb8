"""How a probability is said: in steps of five per cent, never as certain, in one of five words with its band, which does not flicker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from language import N_, _

STEP, EDGE = 0.05, 0.05  # rounding; how far past a threshold a probability must be to change the word at once
TINY = 1e-9  # 0.8 + 0.05 is more than 0.85


@dataclass(frozen=True, kw_only=True)
class Band:
    """A word and the probabilities it stands for: `low` included, `high` not. `tone`: as pills have it."""

    word: str
    low: float
    high: float
    tone: str

    @property
    def said(self) -> str:
        """The word with its band, in the language spoken."""
        if self.high > 1:
            return _("{word}（≥{low}%）", word=_(self.word), low=round(self.low * 100))
        if self.low == 0:
            return _("{word}（<{high}%）", word=_(self.word), high=round(self.high * 100))
        return _("{word}（{low}–{high}%）", word=_(self.word), low=round(self.low * 100), high=round(self.high * 100))


BANDS = (Band(word=N_("很难"), low=0.0, high=0.2, tone="bad"), Band(word=N_("较难"), low=0.2, high=0.4, tone="warn"),
         Band(word=N_("难定"), low=0.4, high=0.6, tone="plain"), Band(word=N_("较可能"), low=0.6, high=0.8, tone="good"),
         Band(word=N_("很可能"), low=0.8, high=1.01, tone="good"))


def rounded(probability: float) -> str:
    """0.63 → 约 65%; below 5 and above 95 per cent no number is given."""
    if probability < EDGE:
        return "<5%"
    if probability > 1 - EDGE:
        return ">95%"
    return _("约 {percent}%", percent=5 * int(probability / STEP + 0.5))


def band(probability: float) -> Band:
    """The band a probability lies in."""
    return next(each for each in BANDS if probability < each.high)


def settled(probabilities: Sequence[float]) -> Band:
    """The band to show after these forecasts, oldest first, at least one: it changes where a threshold is passed by five points, or at the second in a row."""
    shown = before = band(probabilities[0])
    for probability in probabilities[1:]:
        found = band(probability)
        is_clear = probability >= shown.high + EDGE - TINY or probability <= shown.low - EDGE + TINY
        if found is not shown and (is_clear or found is before):
            shown = found
        before = found
    return shown
