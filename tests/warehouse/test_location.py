"""Coordinates of every datum become WGS-84, as published points say; a building is a place name."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import World, sent, world

METRES_PER_DEGREE = 111_320
# datum as sent, latitude, longitude, and where that is in WGS-84: the points by which the open implementations are tested
# (eviltransform: Shanghai, Shenzhen, Beijing; coordtransform: Tiananmen; geotool: Jiaxing, also in BD-09).
PUBLISHED = {
    "shanghai": ("gcj02", 31.17530398364597, 121.531541859215, 31.1774276, 121.5272106),
    "shenzhen": ("gcj02", 22.540796131694766, 113.9171764808363, 22.543847, 113.912316),
    "beijing": ("gcj02", 39.91334545536069, 116.38404722455657, 39.911954, 116.377817),
    "tiananmen": ("gcj02", 39.91640428150164, 116.41024449916938, 39.915, 116.404),
    "jiaxing": ("gcj02", 30.608604331756705, 121.09626935575027, 30.6107779, 121.0917077),
    "jiaxing_bd": ("bd09", 30.61484572185035, 121.10271732371203, 30.6107779, 121.0917077),
    "as_it_is": ("wgs84", 36.5, 103.6, 36.5, 103.6),
    "china_2000": ("cgcs2000", 36.5, 103.6, 36.5, 103.6),
}
UNIT = {"main_use": "office", "built_m2": 10.0, "lettable_m2": 8.0, "let_m2": 1.0, "status": "in_use"}


@pytest.fixture(scope="module")
def located(tmp_path_factory: pytest.TempPathFactory) -> World:
    rows = [{"org_id": name, "org_name": name, "org_kind": "enterprise", "datum": datum, "latitude_deg": latitude, "longitude_deg": longitude}
            for name, (datum, latitude, longitude, *_) in PUBLISHED.items()]
    rows += [{"org_id": "no_datum", "org_name": "x", "org_kind": "enterprise", "latitude_deg": 36.5, "longitude_deg": 103.6},
             {"org_id": "half", "org_name": "x", "org_kind": "enterprise", "datum": "gcj02", "latitude_deg": 36.5}]
    return world(tmp_path_factory.mktemp("located"), sent("organizations", *rows))


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_point_is_found_within_twenty_centimetres(located: World, name: str) -> None:
    [(latitude, longitude)] = located.con.execute("SELECT latitude_deg, longitude_deg FROM core.location WHERE entity_id = ?", [name]).fetchall()
    _, _, _, true_latitude, true_longitude = PUBLISHED[name]
    assert abs(latitude - true_latitude) * METRES_PER_DEGREE < 0.2
    assert abs(longitude - true_longitude) * METRES_PER_DEGREE < 0.2


def test_a_point_whose_datum_or_half_is_missing_is_not_put_on_the_map(located: World) -> None:
    assert located.con.execute("SELECT entity_id FROM core.location WHERE entity_id IN ('no_datum', 'half')").fetchall() == []


def test_a_building_of_the_register_is_a_place_and_a_zone_name_stays_a_zone(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        sent("premises", {**UNIT, "unit_id": "K-1", "building_name": "云 谷大厦", "space_name": "大数据产业园"},
             {**UNIT, "unit_id": "K-2", "building_name": "化工园区", "space_name": "核心区"},
             {**UNIT, "unit_id": "K-3", "building_name": "无名楼", "space_name": "月球基地"}, department="D09"),
        sent("projects", *({"project_id": name, "project_name": name, "lead_org_name": "x", "zone_name": name, "status": "active"}
                           for name in ("云谷大厦", "化工园区", "无名楼"))))
    assert made.con.execute("SELECT project_id, zone_id FROM core.project_place ORDER BY 1").fetchall() == [
        ("云谷大厦", "data"), ("化工园区", "chem"), ("无名楼", "unplaced")]
