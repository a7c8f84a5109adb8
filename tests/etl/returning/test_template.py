"""A form made of a contract, filled in and sent back, is read without a question and without a warning."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from filled import AS_OF, Value, asked_for, fill, rows
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from park import NOON, Park

from etl.__main__ import main
from etl.contract import Feed, Kind
from etl.feeds import FEEDS
from etl.gate import Gated, gate
from etl.reading import read
from etl.recognise import left_out, recognise
from etl.returning.meaning import choices, examples, heading
from etl.returning.template import FIRST_ROW, write_template
from etl.staging import as_of_tables

RECEIVED_ON = date(2026, 11, 5)
Captured = pytest.CaptureFixture[str]


@pytest.fixture(params=list(FEEDS.values()), ids=list(FEEDS))
def feed(request: pytest.FixtureRequest) -> type[Feed]:
    found: type[Feed] = request.param
    return found


@cache
def empty_form(feed: str) -> bytes:
    """Written once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        write_template(FEEDS[feed], Path(folder) / "form.xlsx", {"D08": "科技创新促进中心"})
        return (Path(folder) / "form.xlsx").read_bytes()


@pytest.fixture
def form(feed: type[Feed], tmp_path: Path) -> Path:
    """The empty form of a feed."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(empty_form(feed.name))
    return path


def sent_back(feed: type[Feed], path: Path, *, received_on: date = RECEIVED_ON) -> tuple[Gated, date | None]:
    """The form as a refresh reads it; nothing about it may be odd."""
    known = frozenset(heading for each in FEEDS.values() for heading in each.by_heading())
    reading = read(path, known=known)
    recognised = recognise(reading.tables, FEEDS)
    assert recognised.feed is feed
    assert recognised.question is None
    assert left_out(reading, recognised) == ()
    [table] = recognised.tables
    assert table.warnings == ()
    rows = table.rows.with_columns(pl.lit(table.sheet_no, dtype=pl.Int16).alias("sheet_no"))
    gated = gate(feed, rows, units=table.units, received_on=received_on)
    return gated, as_of_tables(recognised.tables, path.name)


def checked_cells(sheet: Any) -> dict[tuple[int, int], Any]:
    """(column, first row) → the check on the cells from there down."""
    return {(cells.min_col, cells.min_row): rule for rule in sheet.data_validations.dataValidation for cells in rule.sqref.ranges}


@settings(max_examples=int(os.environ.get("FORM_EXAMPLES", "3")), deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate],
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_a_filled_form_is_accepted_whole_without_a_warning(feed: type[Feed], data: st.DataObject) -> None:
    told: list[dict[str, Value]] = data.draw(rows(feed))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(empty_form(feed.name))
        fill(path, feed, told)
        gated, as_of = sent_back(feed, path)
    assert gated.reasons["reason"].to_list() == []
    assert gated.accepted["row"].to_list() == list(range(FIRST_ROW, FIRST_ROW + len(told)))
    assert gated.unknown == ()
    assert as_of == AS_OF
    for column in feed.columns:
        if column.kind in (Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.SHARE):
            factor = {"千元": 1000, "万元": 10_000, "亿元": 10**8}.get(column.unit, 1) if column.kind is Kind.MONEY else 1
            got = [None if value is None else float(value) for value in gated.accepted[column.name]]
            assert got == [None if row[column.name] is None else pytest.approx(float(str(row[column.name])) * factor, rel=1e-6) for row in told]


def test_an_empty_form_holds_no_rows_and_asks_for_its_day(feed: type[Feed], form: Path) -> None:
    gated, as_of = sent_back(feed, form)
    assert gated.accepted.is_empty() and gated.refused.is_empty() and as_of is None


def test_the_example_is_beside_the_form_and_would_be_accepted_in_it(feed: type[Feed], form: Path) -> None:
    fill(form, feed, [{name: text or None for name, text in examples(feed).items()}])
    gated, _ = sent_back(feed, form)
    assert gated.reasons["reason"].to_list() == []
    assert gated.accepted.height == 1


def test_every_vocabulary_is_a_drop_down_of_the_words_the_reader_takes(feed: type[Feed], form: Path) -> None:
    book = openpyxl.load_workbook(form)
    sheet = book[feed.title]
    lists = {column: rule.formula1 for (column, _), rule in checked_cells(sheet).items() if rule.type == "list"}
    wanted = {at: choices(column) for at, column in enumerate(asked_for(feed), 1) if choices(column)}
    assert lists.keys() == wanted.keys()
    for at, words in wanted.items():
        page, _, cells = lists[at].partition("!")
        assert tuple(cell.value for (cell,) in book[page.strip("'")][cells.replace("$", "")]) == words


def test_codes_are_text_and_dates_and_shares_are_checked(feed: type[Feed], form: Path) -> None:
    sheet = openpyxl.load_workbook(form)[feed.title]
    rules = {column: rule for (column, row), rule in checked_cells(sheet).items() if row == FIRST_ROW}
    for at, column in enumerate(asked_for(feed), 1):
        shown = sheet.column_dimensions[get_column_letter(at)].number_format
        assert (shown == "@") is (column.kind in (Kind.TEXT, Kind.WORD, Kind.WORDS, Kind.YES_NO, Kind.PERIOD)), column.heading
        if column.kind is Kind.DAY:
            assert (rules[at].type, rules[at].errorStyle) == ("date", "warning"), "a month is a date too"
        if column.kind is Kind.SHARE:
            assert (rules[at].type, rules[at].formula1, rules[at].formula2) == ("decimal", "0", "1")


def test_every_heading_says_what_it_wants_and_no_person_is_asked_for(feed: type[Feed], form: Path) -> None:
    head = openpyxl.load_workbook(form)[feed.title][FIRST_ROW - 1]
    assert [cell.value for cell in head] == [heading(column) for column in asked_for(feed)]
    for cell, column in zip(head, asked_for(feed), strict=True):
        assert cell.comment is not None and cell.comment.text.startswith("必填" if column.required else "可不填")
        assert str(cell.value).startswith("*") is column.required
    personal = {heading for column in feed.columns if column.kind is Kind.PERSONAL for heading in column.headings}
    assert not personal & {cell.value for cell in head}


def test_the_command_writes_all_forms_and_never_over_one(empty: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template", "all", "-o", "forms"]) == 0
    assert sorted(path.name for path in Path("forms").iterdir()) == sorted(f"填报模板-{each.title}.xlsx" for each in FEEDS.values())
    before = (tmp_path / "forms/填报模板-产值.xlsx").read_bytes()
    assert main(["template", "产值", "-o", "forms"]) == main(["template", "output_values"]) == 0
    assert (tmp_path / "forms/填报模板-产值 (2).xlsx").is_file() and (tmp_path / "填报模板-产值.xlsx").is_file()
    assert (tmp_path / "forms/填报模板-产值.xlsx").read_bytes() == before
    capsys.readouterr()
    assert main(["template", "产值", "-o", "forms/填报模板-产值.xlsx"]) == 2
    assert "已经有了，不覆盖。\n  请：" in capsys.readouterr().err
    assert main(["template", "产值表"]) == 2
    assert "没有报表“产值表”，是不是“产值”？" in capsys.readouterr().err
    assert main(["template", "all", "-o", "forms/填报模板-产值.xlsx"]) == 2
    assert not list(tmp_path.rglob(".new-*"))


def test_a_filled_form_put_into_the_inbox_counts(empty: Park, tmp_path: Path) -> None:
    form, feed = tmp_path / "表.xlsx", FEEDS["evidence"]
    write_template(feed, form, {})
    fill(form, feed, [{name: text or None for name, text in examples(feed).items()}])
    empty.send("科技创新促进中心/表.xlsx", form.read_bytes())
    run = empty.refresh(now=NOON)
    assert (run.result.refused, run.said) == (0, "")
    assert empty.ask("SELECT count(*) FROM raw.evidence") == [(1,)]
