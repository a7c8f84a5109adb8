"""What is found by names, numbers and sounds, over a world written by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from dossier_world import BANK, FIRM, told_world
from hypothesis import given
from hypothesis import strategies as st
from worlds import World

from analytics.dossier_kinds import KINDS
from analytics.search import EACH, MOST, Found, Group, highlighted, numbers, search
from warehouse.pinyin import plain, spelled

KNOWN = ("organization", *KINDS, "metric", "clause")
PAGES = {"funnel": "转化漏斗", "quality": "数据质量"}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> World:
    return told_world(tmp_path_factory.mktemp("search"))


def groups(known: World, typed: str) -> tuple[Group, ...]:
    found = search(known.con.cursor(), typed, PAGES, KNOWN)
    assert found is not None
    return found


def first(known: World, typed: str) -> Found:
    return groups(known, typed)[0].results[0]


def ids(known: World, typed: str) -> set[str]:
    return {each.id for group in groups(known, typed) for each in group.results}


@pytest.mark.parametrize(("typed", "kind", "id_", "how"), [
    ("兰州绿源科技有限公司", "organization", FIRM, "name"),
    ("绿源科技", "organization", FIRM, "name"),
    (FIRM, "organization", FIRM, "code"),
    (FIRM.lower(), "organization", FIRM, "code"),
    ("老城化学", "organization", FIRM, "former"),
    ("lzly", "organization", FIRM, "initials"),
    ("LZLY", "organization", FIRM, "initials"),
    ("lanzhoulv", "organization", FIRM, "pinyin"),
    ("kejiyou", "organization", FIRM, "pinyin"),
    ("gzh1", "project", "GZH-1", "code"),
    ("GZH-1", "project", "GZH-1", "code"),
    ("陇源", "group", "陇源集团", "name"),
    ("陇创 基金", "fund", "JJ-1", "name"),
    ("xt-1", "deal", "XT-1", "code"),
    ("化工中试平台", "platform", "PT-1", "name"),
    ("C05", "clause", "C05", "code"),
    ("c87", "clause", "C87", "code"),
    ("化工园区", "zone", "chem", "alias"),
    ("lshg", "zone", "chem", "initials"),
    ("科创局", "department", "D01", "alias"),
    ("g2_pilot", "metric", "g2_pilot", "code"),
    ("转化漏斗", "page", "funnel", "name"),
    ("zhld", "page", "funnel", "initials"),
])
def test_a_thing_is_found_by(known: World, typed: str, kind: str, id_: str, how: str) -> None:
    found = first(known, typed)
    assert (found.kind, found.id, found.how) == (kind, id_, how)


@pytest.mark.parametrize("typed", ["cqch", "cqcx", "cqzx", "zqzx", "chongqingchanghang"])
def test_a_name_with_characters_of_several_readings_is_found_by_each(known: World, typed: str) -> None:
    assert BANK in ids(known, typed)


def test_an_exact_number_comes_before_whatever_else_holds_it(known: World) -> None:
    assert [(each.kind, each.id) for group in groups(known, "GZH-1") for each in group.results][0] == ("project", "GZH-1")
    found = groups(known, "chem")
    assert (found[0].kind, found[0].results[0].id) == ("zone", "chem")


def test_what_begins_so_comes_before_what_holds_it_and_sounds_come_last(known: World) -> None:
    [mine] = [group for group in groups(known, "绿源") if group.kind == "outcome"]
    assert mine.results[0].how == "name"
    hows = [each.how for group in groups(known, "ly") for each in group.results]
    assert hows and hows == sorted(hows, key=lambda how: how in ("initials", "pinyin"))


@pytest.mark.parametrize("typed", ["", "   ", "%_'\"", "<>&;()", "%%%", "。，！", "\u200b"])
def test_what_holds_nothing_to_look_for_is_said_to_be_so(known: World, typed: str) -> None:
    assert search(known.con.cursor(), typed, PAGES, KNOWN) is None


@pytest.mark.parametrize("typed", ["%_'\"<script>alert(1)</script>", "'; DROP TABLE mart.search; --", "查无此人查无此人", "x" * 5000])
def test_hostile_or_senseless_words_find_nothing_and_break_nothing(known: World, typed: str) -> None:
    assert groups(known, typed) == ()
    assert first(known, "GZH-1").id == "GZH-1"


def test_a_wild_card_is_no_wild_card(known: World) -> None:
    assert ids(known, "g2%pilot") == ids(known, "g2pilot")
    assert "GZH-1" not in ids(known, "G_H-1") if groups(known, "G_H-1") else True


def test_results_are_few_and_the_rest_is_counted(known: World) -> None:
    found = groups(known, "c")
    assert sum(len(group.results) for group in found) <= MOST
    assert all(len(group.results) <= EACH and group.found >= len(group.results) > 0 for group in found)
    [clauses] = [group for group in found if group.kind == "clause"]
    assert clauses.found == 87


def test_kinds_whose_page_a_reader_does_not_have_are_not_found(known: World) -> None:
    found = search(known.con.cursor(), "绿源", {}, ("metric", "clause"))
    assert found == ()


def test_what_was_typed_is_marked_where_it_stands() -> None:
    assert highlighted("兰州绿源", "绿") == (("兰州", False), ("绿", True), ("源", False))
    assert highlighted("GZH-2024-0016", "gzh2024") == (("GZH-2024", True), ("-0016", False))
    assert highlighted("（演示）兰州新区", "lzxq", "initials") == (("（演示）", False), ("兰州新区", True))
    assert highlighted("兰州新区", "zhouxin", "pinyin") == (("兰", False), ("州新", True), ("区", False))
    assert highlighted("陇创一号基金", "陇创 基金") == (("陇创", True), ("一号", False), ("基金", True))
    assert highlighted("兰州", "上海") == (("兰州", False),)


@given(st.text(max_size=30), st.text(max_size=10), st.sampled_from(["name", "initials", "pinyin"]))
def test_marking_never_loses_or_adds_a_letter(text: str, typed: str, how: str) -> None:
    assert "".join(piece for piece, _is_met in highlighted(text, typed, how)) == text


@pytest.mark.parametrize(("text", "initials", "letters"), [
    ("兰州", {"lz"}, {"lanzhou"}), ("银行", {"yh", "yx"}, {"yinhang"}), ("重庆", {"cq", "zq"}, {"chongqing"}), ("绿a1", {"la1"}, {"lva1", "lua1"}), ("abc", set(), set()),
    ("曾", {"c", "z"}, {"ceng", "zeng"})])
def test_names_are_spelled_as_they_are_read(text: str, initials: set[str], letters: set[str]) -> None:
    assert tuple(map(set, spelled(text))) == (initials, letters)


def test_a_text_is_compared_by_letters_digits_and_characters_alone() -> None:
    assert plain(" Ａ（甘 智）-1 %_'") == "a甘智1"


def test_nothing_about_persons_is_looked_through(known: World) -> None:
    assert known.con.execute("SELECT count(*) FROM mart.search WHERE contains(written, 'JL-1')").fetchall() == [(0,)]
    assert not {"talent", "tech_manager"} & set(numbers(known.con.cursor()))


def test_a_snapshot_made_before_there_was_a_search_finds_pages(known: World, tmp_path: Path) -> None:
    [(path,)] = known.con.execute("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL").fetchall()
    shutil.copyfile(path, tmp_path / "older.duckdb")
    with duckdb.connect(str(tmp_path / "older.duckdb")) as con:
        con.execute("DROP TABLE mart.search")
        con.execute("DROP TABLE mart.searchable")
        assert [each.kind for each in search(con.cursor(), "漏斗", PAGES, KNOWN) or ()] == ["page"]
        assert numbers(con.cursor()) == {}
