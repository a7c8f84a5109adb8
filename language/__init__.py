"""The language a reader is spoken to in. The words stand in the code in Chinese; another language is a catalogue beside this file."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Protocol

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

__all__ = ["LANGUAGES", "N_", "SOURCE", "Named", "_", "counted", "either", "listed", "named", "speak", "speaking", "spoken"]

SOURCE = "zh"
LANGUAGES = {SOURCE: "中文", "en": "English"}
_SPOKEN: ContextVar[str] = ContextVar("spoken", default=SOURCE)


class Named(Protocol):
    """Anything of the committee's tables: both names are kept there."""

    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def speak(code: str) -> None:
    """Speak this language, one of LANGUAGES, for the rest of this run."""
    _SPOKEN.set(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language, one of LANGUAGES, within the block."""
    before = _SPOKEN.set(code)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """The code of the language that is spoken now."""
    return _SPOKEN.get()


def _(text: str, /, **parts: object) -> str:
    """A text of the interface in the language spoken, its {parts} filled in. `text` is Chinese and literal, so that the catalogue can be held to it."""
    words = catalogue(spoken()).gettext(text)
    return words.format(**parts) if parts else words


def counted(text: str, number: int, /, **parts: object) -> str:
    """The same where the words depend on how many; the number itself is the part {n}, with separators of thousands."""
    return catalogue(spoken()).ngettext(text, text, number).format(n=f"{number:,}", **parts)


def N_(text: str, /) -> str:  # noqa: N802 - the name that catalogues' tools know
    """Marks a text for the catalogue that is put into words later, by `_`."""
    return text


def either(zh: str, en: str | None) -> str:
    """Of two texts that the committee's tables hold the one in the language spoken; the Chinese one where there is no other."""
    return zh if spoken() == SOURCE else en or zh


def named(thing: Named) -> str:
    """Its name in the language spoken."""
    return either(thing.name_zh, thing.name_en)


def listed(names: Iterable[str]) -> str:
    """Names after each other: 甲、乙."""
    return _("、").join(names)


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The words of a language; those of the source are in the code."""
    if code == SOURCE:
        return gettext.NullTranslations()
    with (Path(__file__).parent / f"{code}.po").open("rb") as file:
        read = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
