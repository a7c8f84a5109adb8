"""What is found by a name, a number or the sounds of either: exact before prefix before substring before spelling, grouped by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from language import either
from warehouse.duties import has
from warehouse.pinyin import plain, spelled

SEARCH_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
LONGEST = 60  # characters of what is typed that are looked for
MOST, EACH = 20, 6  # results in all, and of one kind
PARTS = 3  # words between blanks, each of which must stand in the term
SHORT = 3  # letters that are looked for at the beginning of a spelling only
PAGE = "page"


@dataclass(frozen=True, kw_only=True)
class Found:
    """One result. `name`: in the language spoken; `how`: code, name, former, alias, initials or pinyin; `written`: the term that was met, as it is written."""

    kind: str
    id: str
    name: str
    how: str
    written: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Results of one kind, the best first; `found` of them in all."""

    kind: str
    results: tuple[Found, ...]
    found: int


def search(cursor: duckdb.DuckDBPyConnection, typed: str, pages: Mapping[str, str], kinds: Sequence[str]) -> tuple[Group, ...] | None:
    """The groups, the best first, MOST results in all; None where nothing that can be looked for was typed.

    `pages`: URL path to title; `kinds`: of which things, those named first before others found as well.
    """
    parts = [part for part in map(plain, typed[:LONGEST].split()) if part][:PARTS]
    if not parts:
        return None
    whole = "".join(parts)
    ranked = [(0 if each.results[0].how == "name" else 4, each) for each in _pages(whole, pages)]
    if has(cursor, "mart.search"):
        named = {f"part{number}": part for number, part in enumerate(parts)}
        rows = cursor.execute(SEARCH_SQL.replace("true /* terms */", _terms(parts)), {"q": whole, "each": EACH, **named}).fetchall()
        for kind in kinds:
            mine = [row for row in rows if row[0] == kind]
            if mine:
                results = tuple(Found(kind=kind, id=id_, name=either(name_zh, name_en), how=how, written=written) for *_, id_, name_zh, name_en, how, written in mine)
                ranked.append((mine[0][2], Group(kind=kind, found=mine[0][1], results=results)))
    return _fewest([group for _rank, group in sorted(ranked, key=lambda each: each[0])])


def numbers(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """How many things of each kind can be found; empty in a snapshot made before they were listed."""
    return dict(cursor.execute("SELECT kind, count(*) FROM mart.searchable GROUP BY kind").fetchall()) if has(cursor, "mart.searchable") else {}


def highlighted(text: str, typed: str, how: str = "name") -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is what was typed, or, of a name met by its sounds, what was spelled."""
    places = [at for at, letter in enumerate(text) if plain(letter)]
    letters = [plain(text[at]) for at in places]
    marked: set[int] = set()
    if how in ("initials", "pinyin"):
        marked = _spelled(letters, places, plain(typed), how)
    else:
        joined = "".join(letters)
        starts = [at for at, letter in zip(places, letters, strict=True) for _ in letter]
        for part in filter(None, map(plain, (*typed.split(), typed))):
            at = joined.find(part)
            if at >= 0:
                marked |= set(range(starts[at], starts[at + len(part) - 1] + 1))
    pieces: list[tuple[str, bool]] = []
    for at, letter in enumerate(text):
        if pieces and pieces[-1][1] == (at in marked):
            pieces[-1] = (pieces[-1][0] + letter, at in marked)
        else:
            pieces.append((letter, at in marked))
    return tuple(pieces)


def _spelled(letters: Sequence[str], places: Sequence[int], typed: str, how: str) -> set[int]:
    """Where in the text the characters stand whose sounds were typed."""
    sounds = [(spelled(letter)[0 if how == "initials" else 1] or (letter,)) for letter in letters]
    for start in range(len(sounds)):
        rest, end = typed, start
        while rest and end < len(sounds):
            step = next((each for each in sounds[end] if rest.startswith(each) or each.startswith(rest)), None)
            if step is None:
                break
            rest, end = rest[len(step):], end + 1
        if not rest:
            return set(range(places[start], places[end - 1] + 1))
    return set()


def _terms(parts: Sequence[str]) -> str:
    """Which terms may hold the parts: sounds are typed in letters alone; of one letter what begins so, and of few no long spelling, in which they stand by chance."""
    whole = "".join(parts)
    is_spelled = whole.isascii() and not any(map(str.isdigit, whole))
    hows = ["code", "name", "former", "alias", *(["initials"] if whole.isascii() else []), *(["pinyin"] if is_spelled and len(whole) > SHORT else [])]
    holds = "starts_with(t.term, $part0)" if whole.isascii() and len(whole) == 1 else " AND ".join(f"contains(t.term, $part{number})" for number in range(len(parts)))
    short = " OR t.how = 'pinyin' AND starts_with(t.term, $q)" if is_spelled and 1 < len(whole) <= SHORT else ""
    among = ", ".join(f"'{how}'" for how in hows)
    return f"(t.how IN ({among}) AND {holds}{short})"


def _pages(whole: str, pages: Mapping[str, str]) -> tuple[Group, ...]:
    found = [Found(kind=PAGE, id=path, name=title, how="name" if whole in plain(title) else "initials", written=title) for path, title in pages.items()
             if any(whole in each for each in (plain(title), path, *spelled(plain(title))[0], *spelled(plain(title))[1])) and (len(whole) > 1 or not whole.isascii())]
    return (Group(kind=PAGE, results=tuple(found[:EACH]), found=len(found)),) if found else ()


def _fewest(groups: Sequence[Group]) -> tuple[Group, ...]:
    """MOST results at most: each group gives up those beyond its share, none its first."""
    left, kept = MOST, []
    for number, group in enumerate(groups):
        room = max(1, left - (len(groups) - number - 1))
        results = group.results[:room]
        left -= len(results)
        kept.append(Group(kind=group.kind, results=results, found=group.found))
    return tuple(kept)
