"""Personal data stays in landing, which is its owner's alone: nothing else that a refresh writes holds any of it."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from park import Park, home_of, read_in_process, sample

from etl.contract import Kind
from etl.feeds import FEEDS
from etl.reading.heading import plain

NAME, PHONE, CARD = "欧阳样例", "13912345678", "620102199001011234"
PERSONAL = {name: [heading for heading in sample(name).headings if plain(heading) in
                   {each for column in feed.columns if column.kind is Kind.PERSONAL for each in column.headings}]
            for name, feed in FEEDS.items()}


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
    with read_in_process():
        empty.refresh()
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


def test_landing_is_its_owners_alone(told: Park) -> None:
    landing = told.home.root / "landing"
    found: dict[bool, set[int]] = {}
    for path in [landing, *landing.rglob("*")]:
        found.setdefault(Path(path).is_dir(), set()).add(path.stat().st_mode & 0o777)
    assert found == {True: {0o700}, False: {0o600}}
