"""Dates and numbers of headings as official documents write them."""

from __future__ import annotations

import datetime as dt

from language import N_, _

NUMERALS = N_("一二三四五六七八九十")


def date(on: dt.date) -> str:
    """2026年11月5日."""
    return _("{year}年{month}月{day}日", year=on.year, month=on.month, day=on.day)


def first(number: int, text: str) -> str:
    """一、目标进展."""
    return _("{number}、{text}", number=_(NUMERALS)[number - 1], text=text)


def second(number: int, text: str) -> str:
    """（一）中试."""
    return _("（{number}）{text}", number=_(NUMERALS)[number - 1], text=text)
