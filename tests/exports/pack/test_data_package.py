"""The data of a pack validate against their own description, add up to the cards, and lead back to the files."""

from __future__ import annotations

import hashlib
import json
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest
from park import Park

from analytics.dictionary import entries
from exports.pack.data_package import package
from exports.pack.meeting import Occasion, meeting
from exports.pack.write import Pack
from warehouse.known import view_date
from warehouse.metric import metrics
from warehouse.value import value

Altered = Callable[..., duckdb.DuckDBPyConnection]


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "data" / f"{name}.parquet")


def test_the_package_is_what_it_says(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own imports
        from frictionless import validate
    found = validate(str(folder / "datapackage.json"))
    assert found.flatten(["title", "message"]) == []
    assert {task.name for task in found.tasks} >= {"metrics", "values", "zone_values", "contributions", "files"}


def test_a_wrong_cell_would_be_found(folder: Path, tmp_path: Path) -> None:
    from frictionless import validate

    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name == "data":
            (tmp_path / "data").mkdir(exist_ok=True)
            (tmp_path / "data" / path.name).write_bytes(path.read_bytes())
    told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for each in told["resources"]:
        del each["bytes"], each["hash"]
    (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    zones = tmp_path / "data" / "zones.csv"
    zones.write_bytes(zones.read_bytes().replace(b'"chem"', b'"chemistry"'))
    assert "foreign-key" in {kind for (kind,) in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}


def test_the_rows_add_up_to_every_value(folder: Path, read_only: Park) -> None:
    sums = table(folder, "contributions").group_by("metric_id").agg(pl.col("value").sum())
    told = dict(sums.iter_rows())
    with read_only.open() as cursor:
        day = view_date(cursor, None)
        listed = {metric_id for metric_id, each in entries(cursor).items() if each.is_to_rows}  # the rows of the others would be persons
        known = {each.metric_id: value(cursor, each, day) for each in metrics(cursor) if each.aggregation == "sum" and each.metric_id in listed}
    assert sum(each is not None and each > 0 for each in known.values()) > 20
    assert {each: told.get(each, 0) for each, found in known.items() if found is not None} == {each: found for each, found in known.items() if found is not None}
    assert set(told) <= {each for each, found in known.items() if found is not None}


def test_csv_and_parquet_hold_the_same(folder: Path) -> None:
    for name in ("values", "contributions", "files"):
        content = (folder / "data" / f"{name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\r\n") == content.count(b"\n") == table(folder, name).height + 1
        as_text = pl.read_csv(content, infer_schema=False)
        assert as_text.columns == table(folder, name).columns
    csv = pl.read_csv(folder / "data" / "contributions.csv", schema_overrides={"value": pl.Decimal(20, 6)})
    assert csv["value"].sum() == table(folder, "contributions")["value"].sum()


def test_every_row_leads_to_a_file(folder: Path) -> None:
    rows = table(folder, "contributions").join(table(folder, "files"), on="file_id", how="anti")
    assert rows.height == 0 and table(folder, "contributions")["row"].null_count() == 0


def test_the_zones_of_a_sum_add_up_to_it(folder: Path) -> None:
    sums = table(folder, "metrics").filter(pl.col("aggregation") == "sum")["metric_id"].implode()
    said = table(folder, "zone_values").filter(pl.col("metric_id").is_in(sums) & pl.col("value").is_not_null().all().over("metric_id"))  # of persons not all are
    by_zone = said.group_by("metric_id").agg(pl.col("value").sum())
    both = by_zone.join(table(folder, "values").drop_nulls("value"), on="metric_id")
    assert both.height > 20 and both.filter(pl.col("value") != pl.col("value_right")).height == 0


def test_metrics_about_persons_have_no_rows(altered: Altered) -> None:
    cursor = altered("UPDATE ref.metric SET drill = 'groups' WHERE metric_id = 'g2_pilot'")
    seen = meeting(cursor, None, Occasion(), None)
    made = package(cursor, seen)
    assert b'"g2_pilot"' in made["data/values.csv"] and b'"g2_pilot"' not in made["data/contributions.csv"]
    assert b'"g1_poc_small"' in made["data/contributions.csv"]


def test_a_cell_that_begins_like_a_formula_is_guarded(altered: Altered) -> None:
    cursor = altered("UPDATE ref.zone SET name_zh = '=1+1' WHERE zone_id = 'chem'")
    assert "\"'=1+1\"" in package(cursor, meeting(cursor, None, Occasion(), None))["data/zones.csv"].decode("utf-8-sig")


def test_the_fingerprints_are_those_of_the_files_and_the_zip_holds_them(pack: Pack) -> None:
    lines = [line.split("  ", 1) for line in (pack.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    there = {path.relative_to(pack.folder).as_posix() for path in pack.folder.rglob("*") if path.is_file()}
    assert {name for _digest, name in lines} == there - {"SHA256SUMS", "会议材料.zip"}
    assert set(pack.files) == there
    for name, digest in [*((name, digest) for digest, name in lines), *pack.files.items()]:
        assert hashlib.sha256((pack.folder / name).read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(pack.folder / "会议材料.zip") as book:
        assert {name: book.read(name) for name in book.namelist()} == {
            name: (pack.folder / name).read_bytes() for name in there - {"会议材料.zip"}}


@pytest.mark.parametrize("name", ["汇报材料.docx", "会议材料.zip"])
def test_a_zip_tells_no_hour_of_the_day_it_was_written(folder: Path, name: str) -> None:
    with zipfile.ZipFile(folder / name) as book:
        assert {each.date_time[:3] for each in book.infolist()} == {(2026, 11, 5)}
