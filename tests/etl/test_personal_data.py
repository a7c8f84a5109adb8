"""Personal data stays in landing, which is its owner's alone: nothing else that a refresh writes holds any of it."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
import streamlit as st
from park import Park, home_of, read_in_process, sample
from shown import shown
from streamlit.testing.v1 import AppTest

from etl.contract import Kind
from etl.feeds import FEEDS
from etl.reading.heading import plain
from exports.csv_file import csv_chunks
from exports.rows import rows_of
from warehouse.here import reader
from warehouse.source_line import sources

NAME, PHONE, CARD = "欧阳样例", "13912345678", "620102199001011234"
PERSONAL = {name: [heading for heading in sample(name).headings if plain(heading) in
                   {each for column in feed.columns if column.kind is Kind.PERSONAL for each in column.headings}]
            for name, feed in FEEDS.items()}

ABOUT_PERSONS = [name for name, feed in FEEDS.items() if feed.is_about_persons]
SAID: list[str] = []  # what the refresh told its user


def planted(which: str) -> dict[str, set[str]]:
    """By feed, the personal cells of its sample."""
    return {name: {row[heading] for row in sample(name, which).rows for heading in headings if row[heading]}
            for name, headings in PERSONAL.items() if headings}


@pytest.fixture(scope="module")
def secrets() -> set[str]:
    """Everything personal that is sent below."""
    found = {NAME, PHONE, CARD, *(cell for which in ("good", "bad") for cells in planted(which).values() for cell in cells)}
    assert len(found) > 10
    assert any(re.fullmatch(r"1\d{10}", cell) for cells in planted("good").values() for cell in cells), "the samples hold phone numbers"
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Park:
    """A park sent with personal data in every column that may hold some, in good rows, bad rows, repeated rows and a held list."""
    empty = Park.opened(tmp_path_factory.mktemp("told") / "data")
    for name, headings in PERSONAL.items():
        good, bad = sample(name), sample(name, "bad")
        empty.send(f"{home_of(name)}/{FEEDS[name].title}.csv", good)
        empty.send(f"{home_of(name)}/{FEEDS[name].title}-差.xlsx", bad)
        if headings:
            row = good.rows[0]
            cells = dict(zip(headings, (NAME, PHONE, CARD), strict=False))
            twice = good.plus(row[good.key], **cells).plus(row[good.key], **cells)
            empty.send(f"{home_of(name)}/{FEEDS[name].title}-重.csv", twice.as_of("2026年11月1日"))
            empty.send(f"{home_of(name)}/{FEEDS[name].title}-列名.csv", good.renamed(headings[0], headings[0] + "2").as_of("2026年11月2日"))
    for name in ABOUT_PERSONS:  # each secret in each column that is no personal one: where a clerk puts it by mistake
        good = sample(name)
        for number, heading in enumerate(good.headings):
            row = next(iter(good.rows))
            for secret in (NAME, PHONE, CARD):
                other = {} if heading == good.key else {good.key: f"PL{number}" if name != "talents" else row[good.key]}
                empty.send(f"{home_of(name)}/{FEEDS[name].title}-误{number}-{secret[:2]}.csv",
                           good.only(row[good.key]).but(row[good.key], **{heading: secret, **other}).as_of("2026年11月3日"))
    with read_in_process():
        run = empty.refresh()
    SAID.append(run.said)
    assert empty.ask("SELECT count(*) > 10 FROM rejected.row") == [(True,)]
    return empty


def test_nothing_personal_is_in_what_readers_can_open(told: Park, secrets: set[str]) -> None:
    texts = set()
    with told.open() as con:
        columns = con.execute("SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() "
                              "WHERE NOT internal AND data_type IN ('VARCHAR', 'VARCHAR[]', 'JSON')").fetchall()
        assert len(columns) > 100
        for table, column in columns:
            texts |= {text for (text,) in con.execute(f"SELECT DISTINCT {column}::VARCHAR FROM {table} WHERE {column} IS NOT NULL").fetchall()}
    assert len(texts) > 500
    assert not [(secret, text) for secret in secrets for text in texts if secret in text]


def test_nothing_personal_is_staged(told: Park, secrets: set[str]) -> None:
    parquet = sorted(told.home.staging.rglob("*.parquet"))
    assert len(parquet) >= 4 * len(FEEDS)
    held = [text for path in parquet for text in pl.read_parquet(path).write_csv().splitlines()]
    assert len(held) > 100
    assert not [(secret, line) for secret in secrets for line in held if secret in line]


def test_no_file_outside_landing_and_the_inbox_holds_the_bytes(told: Park, secrets: set[str]) -> None:
    outside = [path for folder in ("staging", "warehouse") for path in (told.home.root / folder).rglob("*") if path.is_file()]
    assert not [(path, secret) for path in outside for secret in secrets if secret.encode() in path.read_bytes()]
    landed = b"".join(path.read_bytes() for path in (told.home.root / "landing" / "blobs").iterdir())
    assert NAME.encode() in landed, "what was sent is kept as it was sent"
    acts = b"".join(path.read_bytes() for path in (told.home.root / "landing" / "acts").iterdir())
    assert not [secret for secret in secrets if secret.encode() in acts]


def test_the_refresh_tells_its_user_nothing_personal(told: Park, secrets: set[str]) -> None:
    assert told.home.root.is_dir()
    assert "是个人信息，不收" in SAID[-1]
    assert not [secret for secret in secrets if secret in SAID[-1]]


def test_no_page_and_no_export_holds_anything_personal(told: Park, secrets: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANZHIHUI_DATA", str(told.home.root))
    st.cache_data.clear()
    reader.cache_clear()
    for module, draw in (("people", "people_page"), ("quality", "quality_page")):
        app = AppTest.from_string(f"from pages.choices import carry\nfrom pages.{module} import {draw}\ncarry('{module}')\n{draw}()\n", default_timeout=60)
        app.run()
        assert not app.exception
        page = shown(app).html
        assert len(page) > 2000
        assert not [secret for secret in secrets if secret in page], module
    with told.open() as con:
        asked = [row[0] for row in con.execute("SELECT metric_id FROM ref.metric WHERE drill = 'groups'").fetchall()]
        written = "".join(b"".join(csv_chunks(rows_of(con, each, None))).decode() for each in asked)
    assert len(asked) > 20
    assert not [secret for secret in secrets if secret in written]
    st.cache_data.clear()
    reader.cache_clear()


def test_a_line_about_persons_leads_back_to_its_place_and_not_to_its_words(told: Park) -> None:
    with told.open() as con:
        for name in ABOUT_PERSONS:
            rows = [row for (row,) in con.execute(f"SELECT row_id FROM raw.{name}").fetchall()]
            assert rows
            assert {line.cells for line in sources(con, rows).values()} == {()}


def test_landing_is_its_owners_alone(told: Park) -> None:
    landing = told.home.root / "landing"
    found: dict[bool, set[int]] = {}
    for path in [landing, *landing.rglob("*")]:
        found.setdefault(Path(path).is_dir(), set()).add(path.stat().st_mode & 0o777)
    assert found == {True: {0o700}, False: {0o600}}
