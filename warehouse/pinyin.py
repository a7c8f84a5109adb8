"""How a Chinese name is typed by those who type its sounds: the first letters of its characters, and all letters."""

from __future__ import annotations

import unicodedata
from functools import cache

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

LONGEST = 20  # characters up to which other readings of a name are kept beside the likeliest
PLAUSIBLE = 2  # readings of one character, the commonest first; the rest are for scholars
PHRASES = (4, 3, 2)  # characters of the phrases that tell how one of them is read


def plain(text: str) -> str:
    """What of a text is searched: letters, digits and characters alone, in half width and lower case. 甘 智-A（B） → 甘智ab."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def spelled(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First letters, and all letters, of a plain text: as it is likeliest read, then with one character read otherwise; in full letters only
    a character that stands in no known phrase.

    Other letters and digits stand for themselves; nothing of a text without a Chinese character. 重庆 → (cq, zq), (chongqing,).
    """
    readings = [_readings(letter) for letter in text]
    if not any(readings):
        return (), ()
    told = [_in_phrase(text, at) if len(known) > 1 else None for at, known in enumerate(readings)]
    likeliest = [sure or (known or (letter,))[0] for letter, known, sure in zip(text, readings, told, strict=True)]
    others = [(at, other) for at, known in enumerate(readings) for other in known if other != likeliest[at]] if len(text) <= LONGEST else []
    initials = [each[0] for each in likeliest]
    return (tuple(dict.fromkeys(["".join(initials), *("".join([*initials[:at], other[0], *initials[at + 1:]]) for at, other in others)])),
            tuple(dict.fromkeys(["".join(likeliest), *("".join([*likeliest[:at], other, *likeliest[at + 1:]]) for at, other in others if not told[at])])))


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
