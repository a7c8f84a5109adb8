"""The customer's boundaries: what is refused and why, what is doubted, what a refresh and a rollback make of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from park import Park

from etl.__main__ import main
from etl.geometry.shapes import GEO, area_km2, polygons, shipped_shapes
from etl.landing import Act
from etl.reference import in_force, shipped
from warehouse.wgs84 import to_wgs84

Collection = dict[str, Any]


def zones() -> Collection:
    """The shipped shapes as a customer might hand them in: without a word on the datum."""
    told: Collection = json.loads((GEO / "zones.geojson").read_text(encoding="utf-8"))
    for each in told["features"]:
        each["properties"] = {"名称": each["properties"]["name_zh"]}
        del each["id"]
    return told


def moved(told: Collection, change: Callable[[float, float], tuple[float, float]]) -> Collection:
    for each in told["features"]:
        each["geometry"]["coordinates"] = [[list(change(*point)) for point in ring] for ring in each["geometry"]["coordinates"]]
    return told


def handed(home: Park, told: Collection | str, *more: str) -> int:
    path = home.home.root / "边界.geojson"
    path.write_text(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return main(["geometry", str(path), *more])


def broken(number: int, geometry: Any) -> Collection:
    told = zones()
    told["features"][number]["geometry"] = geometry
    return told


def ring(*points: tuple[float, float]) -> Any:
    return {"type": "Polygon", "coordinates": [[list(each) for each in points]]}


def more(name: str) -> Collection:
    """The zones and one feature too many."""
    told = zones()
    told["features"].append({**told["features"][0], "properties": {"name": name}})
    return told


BOW_TIE = ring((103.60, 36.60), (103.64, 36.64), (103.64, 36.60), (103.60, 36.64), (103.60, 36.60))
BAD: dict[str, tuple[Collection | str, str, str]] = {
    "null geometry": (broken(1, None), "第 2 个要素（绿色化工产业承载区）：没有图形", "补画"),
    "self-crossing": (broken(3, BOW_TIE), "第 4 个要素（新能源新材料产业承载区）：边界自相交，在 103.62000, 36.62000 处", "在原图中改正"),
    "open": (broken(2, ring((103.6, 36.6), (103.64, 36.6), (103.64, 36.64), (103.6, 36.64))), "边界没有闭合：首点 103.60000, 36.60000", "末点与首点相同"),
    "too few": (broken(2, ring((103.6, 36.6), (103.64, 36.6), (103.6, 36.6))), "不足四个点", "三个不同的点"),
    "a line": (broken(2, {"type": "LineString", "coordinates": [[103, 36], [104, 36]]}), "图形是 LineString，不是面", "Polygon"),
    "words": (broken(2, ring(("东", "北"), ("东", "北"), ("东", "北"), ("东", "北"))), "坐标不成形", "[经度, 纬度]"),  # type: ignore[arg-type]
    "not a number": (json.dumps(broken(2, ring((103.6, 36.6), (float("nan"), 36.6), (103.6, 36.7), (103.6, 36.6)))), "坐标不成形", "[经度, 纬度]"),
    "nothing in it": (broken(2, {"type": "Polygon", "coordinates": []}), "坐标不成形", "[经度, 纬度]"),
    "no area": (broken(2, ring((103.6, 36.6), (103.7, 36.6), (103.65, 36.6), (103.6, 36.6))), "第 3 个要素（生物医药产业承载区）", "。"),
    "swapped": (moved(zones(), lambda x, y: (y, x)), "经度与纬度写反了（36.", "先写经度"),
    "outside Gansu": (moved(zones(), lambda x, y: (x + 12, y)), "有点在甘肃省外：115.", "核对该处坐标"),
    "in metres": (moved(zones(), lambda x, y: (x * 3431, y * 111320)), "像是以米计的投影坐标", "转换为经纬度"),
    "a zone missing": ({**zones(), "features": zones()["features"][1:]}, "缺少：核心区", "补画所缺的空间"),
    "an unknown zone": (more("北区"), "（北区）：名称不是空间表中的空间", "多余的"),
    "a bucket": (more("区外"), "（区外）：不是要画的空间", "只留"),
    "a grid": (zones() | {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}}, "坐标系是 urn:ogc:def:crs:EPSG::4547，不是经纬度", "4490"),
    "half a file": ('{"type": "FeatureCollection", "features": [', "不是完整的 JSON", "重新导出"),
    "another thing": ('["a", 1]', "不是 FeatureCollection", "FeatureCollection"),
    "very deep": ("[" * 100_000, "不是完整的 JSON", "重新导出"),
    "empty": ('{"type": "FeatureCollection", "features": []}', "没有要素", "每个空间一个要素"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_a_map_is_refused_with_place_and_cure_and_changes_nothing(empty: Park, capsys: pytest.CaptureFixture[str], name: str) -> None:
    told, what, do = BAD[name]
    before = empty.home.landing.acts()
    assert handed(empty, told, "--datum", "CGCS2000") == 10
    said = capsys.readouterr().err
    where, _, cure = said.partition("请：")
    assert where.startswith("边界.geojson\n  ") and what in where and do in cure
    assert "Traceback" not in said
    assert empty.home.landing.acts() == before


def test_everything_wrong_is_told_at_once(empty: Park, capsys: pytest.CaptureFixture[str]) -> None:
    told = broken(1, None)
    told["features"][3]["geometry"] = BOW_TIE
    del told["features"][5]
    assert handed(empty, told, "--datum", "CGCS2000") == 10
    said = capsys.readouterr().err
    assert "第 2 个要素" in said and "第 4 个要素" in said and "缺少：高端装备与智能制造产业承载区" in said


def test_the_datum_is_asked_for_where_nobody_has_said_it(empty: Park, capsys: pytest.CaptureFixture[str]) -> None:
    assert handed(empty, zones()) == 10
    said = capsys.readouterr().err
    assert "没有写明坐标系" in said and "--datum CGCS2000、WGS-84、GCJ-02 之一" in said


def test_what_the_file_says_of_its_datum_and_what_the_command_says_must_agree(empty: Park, capsys: pytest.CaptureFixture[str]) -> None:
    stated = zones() | {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}}
    assert handed(empty, stated, "--datum", "GCJ-02") == 10
    assert "--datum 写的是 GCJ-02，文件里写的是 CGCS2000" in capsys.readouterr().err
    assert handed(empty, stated) == 0
    assert empty.home.landing.acts()[-1].body["rows"][0]["datum"] == "CGCS2000"


def shifted() -> Collection:
    """The zones as a map in GCJ-02 draws them: moved by what the conversion takes off."""
    told = zones()
    points = [point for each in told["features"] for ring in each["geometry"]["coordinates"] for point in ring]
    back = iter(to_wgs84(pl.DataFrame(points, schema=["longitude_deg", "latitude_deg"], orient="row"), "gcj02").rows())

    def there(x: float, y: float) -> tuple[float, float]:
        longitude, latitude = next(back)
        return 2 * x - longitude, 2 * y - latitude

    return moved(told, there)


def test_a_shift_of_gcj_02_that_nobody_mentioned_is_a_warning_and_mentioned_it_is_taken_off(empty: Park, capsys: pytest.CaptureFixture[str]) -> None:
    told = shifted()
    assert handed(empty, told, "--datum", "WGS-84") == 0
    assert "正是 GCJ-02（高德、腾讯地图）对 WGS-84 的偏移" in capsys.readouterr().out
    assert handed(empty, told, "--datum", "GCJ-02") == 0
    assert "提醒" not in capsys.readouterr().out
    rows = {row["zone_id"]: json.loads(row["geometry"])["coordinates"] for row in empty.home.landing.acts()[-1].body["rows"]}
    true = zones()["features"][0]["geometry"]["coordinates"][0]
    off = max(abs(a - b) for found, point in zip(rows["core"][0][0], true, strict=True) for a, b in zip(found, point, strict=True))
    assert off < 0.00002, "within two metres, on a shift of two hundred"


def test_zones_that_overlap_or_lie_beyond_the_city_are_doubted(empty: Park, capsys: pytest.CaptureFixture[str]) -> None:
    told = zones()
    told["features"][2]["geometry"] = told["features"][0]["geometry"]
    told["features"][4]["geometry"] = ring((100.4, 38.9), (100.5, 38.9), (100.5, 39.0), (100.4, 39.0), (100.4, 38.9))
    assert handed(empty, told, "--datum", "CGCS2000") == 0
    said = capsys.readouterr().out
    assert "核心区（产业孵化大厦）与生物医药产业承载区重叠（较小者的 100%）" in said
    assert "不在兰州市范围内：数据信息产业承载区" in said


def test_several_features_of_a_zone_are_its_parts_and_holes_do_not_count() -> None:
    outer, hole = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.4], [0.2, 0.2]]
    assert area_km2([[outer, hole]]) == pytest.approx(area_km2([[outer]]) - area_km2([[hole]]))
    assert polygons({"type": "Polygon", "coordinates": [outer]}) == [[outer]]


def test_the_area_of_the_earth_is_what_the_ellipsoid_has() -> None:
    assert area_km2([[[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]]) == pytest.approx(510_065_621.724, abs=0.001)


def test_a_refresh_draws_the_new_shapes_and_a_rollback_the_old(home: Park) -> None:
    first = home.served()[0]
    ask = "SELECT source, is_schematic, round(area_km2, 1)::DOUBLE, label_longitude_deg FROM ref.zone_shape WHERE zone_id = 'core'"
    [(source, is_schematic, area, at)] = home.ask(ask)
    assert (source, is_schematic) == ("schematic", True)
    wider = moved(zones(), lambda x, y: (103.668 + (x - 103.668) * 1.1, y))
    assert handed(home, wider, "--datum", "CGCS2000") == 0
    assert home.ask(ask)[0][0] == "schematic", "nothing changes before a refresh"
    act = home.home.landing.acts()[-1]
    assert home.home.landing.blob(act.body["sha256"]).read_text(encoding="utf-8") == json.dumps(wider, ensure_ascii=False), "the file is kept as sent"
    home.refresh()
    [(source, is_schematic, wide, there)] = home.ask(ask)
    assert (source, is_schematic) == ("边界.geojson", False)
    assert wide == pytest.approx(area * 1.1, abs=0.11)
    assert there == pytest.approx(at, abs=0.002), "its name stands in its middle"
    assert main(["rollback", first]) == 0
    assert home.ask(ask)[0][0] == "schematic"


def test_the_shapes_are_changed_by_their_own_command_alone(empty: Park, capsys: pytest.CaptureFixture[str]) -> None:
    path = empty.home.root / "zone_shapes.csv"
    path.write_text("zone_id,geometry\ncore,{}\n", encoding="utf-8")
    assert main(["rule", str(path)]) == 10
    assert "对不上任何一张参照表" in capsys.readouterr().err


def test_shapes_handed_in_twice_replace_each_other() -> None:
    rows = shipped_shapes()["zone_shapes"].with_columns(source=pl.lit("新.geojson")).to_dicts()
    act = Act(seq=1, at=dt.datetime(2026, 11, 5), kind="rule_changed", body={"table": "zone_shapes", "rows": rows})
    assert in_force([act, act])["zone_shapes"].height == shipped()["zone_shapes"].height == 8
