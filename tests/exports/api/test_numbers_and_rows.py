"""What the door says of a metric is what the pages say of it, and where there is no number it says why and never 0."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest
from api_client import Client, Enter, Served
from people_world import IN_FORCE, people_world
from worlds import NOON, day

from etl.home import VARIABLE
from exports.api.columns import ROW_SCHEMA
from exports.rows import rows_of
from warehouse.here import reader
from warehouse.metric import metrics
from warehouse.publish import Store
from warehouse.value import value

METRIC = "g1_poc_small"


def test_every_value_is_that_of_the_pages_in_all_and_by_zone(secretary: Client, served_home: Served) -> None:
    with served_home.park.open() as cursor:
        for each in [known for known in metrics(cursor) if known.metric_id.startswith("g")]:
            body = secretary.json(f"/metrics/{each.metric_id}")
            if each.is_statistic:
                assert body["value"] is None and body["reason"]
                continue
            on = day(body["as_of"])
            told = {None: body["value"], **{zone["zone_id"]: zone["value"] for zone in body["zones"]}}
            assert {zone: None if said is None else Decimal(said) for zone, said in told.items()} == {zone: value(cursor, each, on, zone) for zone in told}
            assert len(told) == (11 if each.is_zoned else 1)
            assert body["metric"]["statement_zh"] == each.statement_zh and body["metric"]["version"] == each.version


def test_a_metric_whose_reports_never_came_is_null_with_the_reason(secretary: Client) -> None:
    body = secretary.json("/metrics/pool_balance")
    assert (body["value"], body["state"]) == (None, "not_received")
    assert "还没有都报到" in body["reason"] and "不按 0 计" in body["reason"]
    rows = secretary.json("/metrics/pool_balance/rows")
    assert (rows["value"], rows["rows"], rows["row_count"], rows["state"]) == (None, [], 0, "not_received")


def test_a_ratio_comes_with_its_parts(secretary: Client) -> None:
    ratio = next(each for each in secretary.json("/metrics")["metrics"] if each["aggregation"] == "ratio")
    body = secretary.json(f"/metrics/{ratio['metric_id']}")
    assert [part["metric_id"] for part in body["parts"]] == [ratio["numerator_id"], ratio["denominator_id"]]


def test_the_dictionary_has_every_metric_statistics_too(secretary: Client, served_home: Served) -> None:
    with served_home.park.open() as cursor:
        known = {each.metric_id for each in metrics(cursor)}
    found = secretary.json("/metrics")["metrics"]
    assert {each["metric_id"] for each in found} == known and len(found) == len(known)
    assert {each["status"] for each in found} >= {"拟定", "未定"}
    assert {"sum", "ratio", "statistic"} <= {each["aggregation"] for each in found}


def test_pages_of_rows_hold_each_row_once_and_add_up_to_the_value(secretary: Client, served_home: Served) -> None:
    for limit in (1, 3, 1000):
        body, rows = secretary.json(f"/metrics/{METRIC}/rows?limit={limit}"), []
        assert (body["next"] is None) == (limit == 1000)
        while True:
            rows += body["rows"]
            assert len(body["rows"]) <= limit and body["row_count"] > 3
            if body["next"] is None:
                break
            body = secretary.json(body["next"])
        assert len(rows) == body["row_count"] == len({(row["metric_id"], row["key"]) for row in rows})
        assert sum(Decimal(row["value"]) for row in rows) == Decimal(body["value"])
        with served_home.park.open() as cursor:
            assert [row["entity_id"] for row in rows] == rows_of(cursor, METRIC, None).frame["编号"].to_list()


def test_the_next_page_stays_with_its_snapshot_and_names_it(secretary: Client, served_home: Served) -> None:
    body = secretary.json(f"/metrics/{METRIC}/rows?limit=1&issue=2026-11")
    assert body["issue"] == "2026-11r1" and body["snapshot"] == served_home.issue.snapshot
    assert "issue=2026-11r1" in body["next"] and "as_of=" in body["next"]
    now = secretary.json(f"/metrics/{METRIC}/rows?limit=1")
    assert f"snapshot={served_home.now}" in now["next"]
    assert secretary(now["next"].replace(served_home.now, served_home.issue.snapshot)).status == 404, "a cursor is good for its own rows"


def test_csv_and_parquet_hold_what_json_holds(secretary: Client) -> None:
    body = secretary.json(f"/metrics/{METRIC}/rows")
    sheet = list(csv.DictReader(io.StringIO(secretary(f"/metrics/{METRIC}/rows?format=csv").body.decode("utf-8-sig"), newline="")))
    frame = pl.read_parquet(io.BytesIO(secretary(f"/metrics/{METRIC}/rows?format=parquet").body))
    assert list(sheet[0]) == frame.columns == list(body["rows"][0]) == list(ROW_SCHEMA)
    texts = [{name: None if cell == "" else cell for name, cell in row.items()} for row in sheet]
    assert texts == [{name: cell if cell is None or isinstance(cell, str) else json.dumps(cell) for name, cell in row.items()} for row in body["rows"]]
    assert frame.schema["value"] == pl.Decimal(20, 6) and frame.schema["occurred_on"] == pl.Date
    assert frame["value"].sum() == Decimal(body["value"])
    assert frame["key"].to_list() == [row["key"] for row in body["rows"]]


def test_one_zone_alone_is_its_part_of_the_whole(secretary: Client) -> None:
    whole = secretary.json(f"/metrics/{METRIC}")
    for zone in whole["zones"]:
        body = secretary.json(f"/metrics/{METRIC}/rows?zone={zone['zone_id']}")
        assert body["value"] == zone["value"]
        assert all(row["zone_id"] == zone["zone_id"] for row in body["rows"])
    assert sum(Decimal(zone["value"]) for zone in whole["zones"]) == Decimal(whole["value"])


def test_words_are_in_the_language_asked_for_and_codes_are_not_changed(secretary: Client) -> None:
    zh, en = (secretary.json(f"/metrics/{METRIC}/rows?lang={lang}") for lang in ("zh", "en"))
    assert zh["rows"][0]["zone"] != en["rows"][0]["zone"] and zh["rows"][0]["zone_id"] == en["rows"][0]["zone_id"]
    assert "lang=en" in secretary.json(f"/metrics/{METRIC}/rows?lang=en&limit=1")["next"]


@pytest.fixture(scope="module")
def people_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that knows of managers."""
    folder = tmp_path_factory.mktemp("people")
    people_world(folder).con.close()

    def make(path: Path) -> None:
        shutil.copy(folder / "snapshot.duckdb", path)
        path.chmod(0o644)
        with duckdb.connect(str(path)) as con:
            con.execute("UPDATE meta.snapshot SET snapshot_id = ?", [path.stem])

    Store(folder / "data" / "warehouse").publish(make, now=NOON, acts_upto=0, inputs_hash="abcd")
    return folder / "data"


@pytest.fixture
def people(enter: Enter, people_home: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Its door."""
    monkeypatch.setenv(VARIABLE, str(people_home))
    reader.cache_clear()
    return enter(root=people_home)


def test_a_metric_of_persons_gives_groups_and_no_person_in_any_format(people: Client) -> None:
    answers = [people(f"/metrics/manager_registered/rows?as_of={IN_FORCE}&format={fmt}") for fmt in ("json", "csv", "parquet")]
    answers.append(people(f"/metrics/manager_registered?as_of={IN_FORCE}"))
    assert {answer.status for answer in answers} == {200}
    assert not any(b"JL-0" in answer.body for answer in answers)
    body = json.loads(answers[0].body)
    assert (body["kind"], body["rows"]) == ("groups", []) and body["row_count"] == len(body["groups"]) > 3
    assert {group["zone_id"] for group in body["groups"]} == {None, "core", "chem"}
    sheet = pl.read_csv(io.BytesIO(answers[1].body), infer_schema=False)
    assert sheet["state"].to_list() == [group["state"] for group in body["groups"]]
    assert pl.read_parquet(io.BytesIO(answers[2].body)).height == len(body["groups"])


def test_a_small_number_of_persons_is_null_and_said_to_be_small(people: Client) -> None:
    groups = people.json(f"/metrics/manager_registered/rows?as_of={IN_FORCE}&zone=chem")["groups"]
    unsaid = [group for group in groups if group["state"] != "known"]
    assert unsaid and all(group["value"] is None and group["reason"] for group in unsaid)
    assert any("<3" in group["reason"] for group in unsaid)
    pages = people.json(f"/metrics/manager_registered/rows?as_of={IN_FORCE}&limit=2")
    assert len(pages["groups"]) == 2 and len(people.json(pages["next"])["groups"]) == 2


def test_a_day_before_the_first_report_is_null_with_the_day_from_which_it_is_known(secretary: Client) -> None:
    late = max((each for each in secretary.json("/metrics")["metrics"] if each["known_from"] and each["is_zoned"]), key=lambda each: each["known_from"])
    refused = json.loads(secretary(f"/metrics/{METRIC}?as_of=1990-01-01").body)
    earliest = refused["what"].partition("：")[2][:10]
    assert earliest < late["known_from"]
    body = secretary.json(f"/metrics/{late['metric_id']}?as_of={earliest}")
    assert (body["value"], body["state"]) == (None, "before_first") and late["known_from"] in body["reason"]
    assert {zone["value"] for zone in body["zones"]} == {None}
