"""The key of a row as its sender would say it: words for codes, a month for two dates, no letter for how precise a day is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

import duckdb

from analytics.format import day
from warehouse.duties import has

Words = Mapping[tuple[str, str, str], str]  # feed, column and code to the department's own word
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PRECISIONS = frozenset("DMQHY")  # a day, a month, a quarter, half a year, a year


def vocabulary(cursor: duckdb.DuckDBPyConnection) -> Words:
    """The departments' words; none in a snapshot made before they were kept, where codes must do."""
    if not has(cursor, "meta.word"):
        return {}
    return {(feed, column, code): word for feed, column, code, word in cursor.execute(
        "SELECT feed, column_name, code, word FROM meta.word ORDER BY rowid").fetchall()}


def by_code(words: Words) -> dict[str, dict[str, str]]:
    """Feed → code → the first word for it, whatever its column: the key of a row does not tell of which column a part is."""
    found: dict[str, dict[str, str]] = {}
    for (feed, _column, code), word in words.items():
        found.setdefault(feed, {}).setdefault(code, word)
    return found


def said_key(key: str, known: Mapping[str, str]) -> str:
    """`key`: as the gate joins it, its parts by “|”; `known`: words of the feed's codes. Blank where no part of it could be read (the gate writes “#” and a number)."""
    return "" if key.startswith("#") else " ".join(_said(key.split("|"), known))


def _said(parts: Sequence[str], known: Mapping[str, str]) -> Iterator[str]:
    at = 0
    while at < len(parts):
        part, after = parts[at], parts[at + 1] if at + 1 < len(parts) else ""
        if DAY.fullmatch(part) and (after in PRECISIONS or DAY.fullmatch(after)):
            yield day(dt.date.fromisoformat(part), after) if after in PRECISIONS else _span(part, after)
            at += 2
        else:
            if part:
                yield known.get(part, part)
            at += 1


def _span(first: str, last: str) -> str:
    """2026年8月, or 2026-01—2026-06."""
    return day(dt.date.fromisoformat(first), "M") if first[:7] == last[:7] else f"{first[:7]}—{last[:7]}"
