"""docs/feeds/ says what the feeds are: it cannot drift, and machines that know the standard can read it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

from etl.__main__ import main
from etl.contract import Kind
from etl.contract_words import vocabulary
from etl.feeds import FEEDS
from etl.odcs import contracts
from etl.tables import feed_table

DOCS = Path(__file__).parents[2] / "docs" / "feeds"


def test_the_documents_are_those_of_todays_feeds(tmp_path: Path) -> None:
    """If this fails: python -m etl feeds."""
    assert main(["feeds", "--to", str(tmp_path)]) == 0
    fresh = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir()} == fresh
    assert len(fresh) == 2 * len(FEEDS) + 1


def test_what_belongs_to_no_feed_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "weather.md").write_text("old", encoding="utf-8")
    main(["feeds", "--to", str(tmp_path)])
    assert not (tmp_path / "weather.md").exists()


@pytest.mark.parametrize("name", FEEDS)
def test_a_page_names_every_column_its_words_and_its_rules(name: str) -> None:
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    for column in FEEDS[name].columns:
        assert f"| {column.heading} |" in text
        assert [word for word in vocabulary(column).values() if word not in text] == []
    assert ("否则退回" in text) == bool(FEEDS[name].rules)


@pytest.mark.parametrize("name", FEEDS)
def test_the_standards_own_package_accepts_the_contract(name: str) -> None:
    text = contracts()[f"{name}.odcs.yaml"]
    read = OpenDataContractStandard.from_string(text)
    schema = (files("open_data_contract_standard") / "schema.json").read_text(encoding="utf-8")
    jsonschema.validate(yaml.safe_load(text), json.loads(schema))
    assert read.schema_ and read.schema_[0].properties
    properties = {each.name: each for each in read.schema_[0].properties}
    personal = {column.name for column in FEEDS[name].columns if column.kind is Kind.PERSONAL}
    assert properties.keys() == feed_table(FEEDS[name]).columns.keys() | personal
    assert {each for each, told in properties.items() if told.classification == "personal"} == personal
    assert {each for each, told in properties.items() if told.primaryKey} == set(feed_table(FEEDS[name]).key)
    assert len(read.schema_[0].quality or []) == len(FEEDS[name].rules)
