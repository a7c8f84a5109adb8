"""How a Chinese name is typed by those who type its sounds: the first letters of its characters, and all letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

LONGEST = 20  # characters up to which other readings of a name are kept beside the likeliest
PLAUSIBLE = 2  # readings of one character, the commonest first; the rest are for scholars
DOUBTFUL = 3  # characters whose readings are combined with one another; of more, one at a time
PHRASES = (4, 3, 2)  # characters of the phrases that tell how one of them is read


def plain(text: str) -> str:
    """What of a text is searched: letters, digits and characters alone, in half width and lower case. 甘 智-A（B） → 甘智ab."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


@lru_cache(10_000)
def spelled(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First letters, and all letters, of a plain text, as it is likeliest read first.

    In all letters a character that stands in a known phrase is read as there; of first letters the other readings are kept too.
    Other letters and digits stand for themselves; nothing of a text without a Chinese character. 重庆 → (cq, zq), (chongqing,).
    """
    readings = [_readings(letter) or (letter,) for letter in text]
    if not any(_readings(letter) for letter in text):
        return (), ()
    if len(text) > LONGEST:
        readings = [each[:1] for each in readings]
    told = [_in_phrase(text, at) if len(known) > 1 else None for at, known in enumerate(readings)]
    sounds = [(sure,) if sure else known for known, sure in zip(readings, told, strict=True)]
    ways = _ways(sounds)
    other = [(at, each[0]) for at, known in enumerate(readings) if told[at] for each in known if each[0] != sounds[at][0][0]]
    initials = [each[0] for each in ways[0]]
    return (tuple(dict.fromkeys(["".join(each[0] for each in way) for way in _ways([tuple({each[0]: each[0] for each in known}) for known in sounds])]
                                + ["".join([*initials[:at], letter, *initials[at + 1:]]) for at, letter in other])),
            tuple(dict.fromkeys(map("".join, ways))))


def _ways(sounds: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Every way to read a text, the likeliest first; where several characters are doubtful, each of them otherwise once."""
    likeliest = [each[0] for each in sounds]
    doubtful = [at for at, each in enumerate(sounds) if len(each) > 1]
    if len(doubtful) <= DOUBTFUL:
        return [list(way) for way in product(*sounds)]
    return [likeliest, *([*likeliest[:at], other, *likeliest[at + 1:]] for at in doubtful for other in sounds[at][1:])]


@cache
def _readings(letter: str) -> tuple[str, ...]:
    """Without tones, ü typed as v; empty for what is no Chinese character."""
    if not "\u3400" <= letter <= "\u9fff":
        return ()
    [found] = pinyin(letter, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return tuple(dict.fromkeys(each.replace("ü", "v") for each in found))[:PLAUSIBLE]


def _in_phrase(text: str, at: int) -> str | None:
    """How one character is read in the longest phrase around it that is known."""
    for size in PHRASES:
        for start in range(max(0, at - size + 1), at + 1):
            if phrase := phrases_dict.get(text[start:start + size]):
                return str(to_normal(phrase[at - start][0], v_to_u=False))
    return None
