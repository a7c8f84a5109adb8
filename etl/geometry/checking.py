"""What must hold of the shapes handed in, and what is only odd. The only module that knows shapely."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, radians
from statistics import median

import polars as pl
from shapely import make_valid
from shapely.geometry import MultiPolygon, shape
from shapely.ops import polylabel
from shapely.validation import explain_validity

from etl.geometry.reading import Drawing, Problem
from etl.geometry.shapes import Polygons, area_km2, polygons
from warehouse.wgs84 import to_wgs84

GANSU = (92.2, 32.5, 108.8, 42.9)  # west, south, east, north: the province's box, rounded outwards
METRES = 111_320  # a degree of latitude
NEAR = 0.4  # of the length of the shift, by which what is measured may differ from it
NOTABLE = 0.01  # of the smaller zone, from which on an overlap is told
Centres = Mapping[str, tuple[float, float]]


def faults(drawings: Sequence[Drawing], zones: Mapping[str, str]) -> list[Problem]:
    """Everything for which the file is refused. `zones`: name by id of every zone that must be drawn."""
    found = [Problem(what=f"{each.where}：名称不是空间表中的空间", do="用空间表中的代码或名称作 zone_id；多余的要素请删去。") for each in drawings if not each.zone_id]
    found += [Problem(what=f"{each.where}：不是要画的空间", do="只留核心区和承载区。") for each in drawings if each.zone_id and each.zone_id not in zones]
    found += [Problem(what=f"{each.where}：{each.problem.what}", do=each.problem.do) for each in drawings if each.problem]
    found += [Problem(what=f"{each.where}：{said.what}", do=said.do) for each in drawings if each.drawn for said in _misplaced(each.drawn)]
    if missing := zones.keys() - {each.zone_id for each in drawings}:
        found.append(Problem(what=f"缺少：{'、'.join(zones[each] for each in zones if each in missing)}", do="补画所缺的空间后整份交来。"))
    return found


def label_at(drawn: Polygons) -> tuple[float, float]:
    """The point inside the largest part that is farthest from its edge."""
    largest = max(_shape(drawn).geoms, key=lambda part: part.area)
    point = polylabel(largest, tolerance=0.0005)
    return point.x, point.y


def merged(drawings: Iterable[Drawing]) -> dict[str, Polygons]:
    """One shape a zone: several features of it are its parts."""
    whole: dict[str, list[Sequence[Sequence[Sequence[float]]]]] = {}
    for each in drawings:
        whole.setdefault(each.zone_id or "", []).extend(each.drawn or ())
    return dict(whole)


def converted(drawn: Mapping[str, Polygons], datum: str) -> dict[str, Polygons]:
    """The same shapes in WGS-84."""
    points = [point for rings in drawn.values() for ring in rings for line in ring for point in line]
    found = to_wgs84(pl.DataFrame({"longitude_deg": [float(p[0]) for p in points], "latitude_deg": [float(p[1]) for p in points]}), datum).iter_rows()
    return {zone: [[[next(found) for _ in line] for line in ring] for ring in rings] for zone, rings in drawn.items()}


def doubts(drawn: Mapping[str, Polygons], names: Mapping[str, str], datum: str, before: Mapping[str, Polygons], around: Polygons) -> list[str]:
    """What a person should look at, in sentences. `drawn` in WGS-84 by its stated `datum`; `before`: in force now; `around`: the outline of the city."""
    shapes = {zone: _shape(each) for zone, each in drawn.items()}
    said = []
    if datum != "gcj02" and _is_shifted(drawn, before):
        metres = median(hypot(*_metres(each)) for each in _shift(drawn).values())
        said.append(f"各空间整体比现行图形偏移约 {metres:.0f} 米，正是 GCJ-02（高德、腾讯地图）对 WGS-84 的偏移："
                    "若确是 GCJ-02，请加 --datum GCJ-02 重交")
    city = _shape(around)
    if outside := [names[zone] for zone, each in shapes.items() if not city.intersects(each)]:
        said.append(f"不在兰州市范围内：{'、'.join(outside)}")
    zones = list(shapes)
    for at, one in enumerate(zones):
        for other in zones[at + 1:]:
            shared = shapes[one].intersection(shapes[other]).area / min(shapes[one].area, shapes[other].area)
            if shared > NOTABLE:
                said.append(f"{names[one]}与{names[other]}重叠（较小者的 {shared:.0%}），重叠处的面积两边都计")
    return said


def _misplaced(drawn: Polygons) -> list[Problem]:
    points = [point for rings in drawn for ring in rings for point in ring]
    if any(abs(each) > 180 for point in points for each in point[:2]):
        return [Problem(what=f"坐标 {points[0][0]}, {points[0][1]} 不是经纬度，像是以米计的投影坐标", do="转换为经纬度后重试。")]
    west, south, east, north = GANSU
    wrong = next((point for point in points if not (west <= point[0] <= east and south <= point[1] <= north)), None)
    if wrong and all(west <= point[1] <= east and south <= point[0] <= north for point in points):
        return [Problem(what=f"经度与纬度写反了（{wrong[0]}, {wrong[1]}）", do="每个坐标先写经度、后写纬度。")]
    if wrong:
        return [Problem(what=f"有点在甘肃省外：{wrong[0]}, {wrong[1]}", do="核对该处坐标；确系错点的，在原图中改正。")]
    whole = _shape(drawn)
    if not whole.is_valid:
        at = re.search(r"\[(\S+) (\S+)\]", explain_validity(whole))
        return [Problem(what=f"边界自相交{f'，在 {float(at[1]):.5f}, {float(at[2]):.5f} 处' if at else ''}", do="在原图中改正该处，使边界不自相交、各部分不相叠。")]
    if not area_km2(drawn):
        return [Problem(what="面积为 0", do="重新画出边界。")]
    return []


def _shape(drawn: Polygons) -> MultiPolygon:
    return shape({"type": "MultiPolygon", "coordinates": drawn})


def _is_shifted(drawn: Mapping[str, Polygons], before: Mapping[str, Polygons]) -> bool:
    """Whether most zones lie from where they are now as far, and in the direction, as GCJ-02 lies from WGS-84."""
    shift, now, then = _shift(drawn), _centres(drawn), _centres(before)
    alike = Counter(hypot(*_metres((now[zone][0] - then[zone][0] - dx, now[zone][1] - then[zone][1] - dy))) < NEAR * hypot(*_metres((dx, dy)))
                    for zone, (dx, dy) in shift.items() if zone in then)
    return alike[True] > alike[False]


def _shift(drawn: Mapping[str, Polygons]) -> Centres:
    """How far the conversion from GCJ-02 would move each zone, in degrees."""
    now, moved = _centres(drawn), _centres(converted(drawn, "gcj02"))
    return {zone: (x - moved[zone][0], y - moved[zone][1]) for zone, (x, y) in now.items()}


def _centres(drawn: Mapping[str, Polygons]) -> Centres:
    return {zone: (each.x, each.y) for zone, rings in drawn.items() for each in (make_valid(_shape(rings)).centroid,)}


def _metres(difference: tuple[float, float]) -> tuple[float, float]:
    """Degrees at the latitude of the New Area in metres."""
    return difference[0] * METRES * cos(radians(36.5)), difference[1] * METRES


def drawn_before(rows: Iterable[Mapping[str, str]]) -> dict[str, Polygons]:
    """The shapes of reference rows, by their first column."""
    return {next(iter(row.values())): polygons(json.loads(row["geometry"])) for row in rows}
