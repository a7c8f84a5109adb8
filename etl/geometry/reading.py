"""A GeoJSON file as handed in: which feature draws which zone, in what datum, and what in it cannot be a shape at all."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.geometry.shapes import Polygons, polygons
from etl.words import DATUMS

MOST_BYTES = 50_000_000
EPSG = {"4490": "cgcs2000", "4326": "wgs84", "CRS84": "wgs84"}  # geographic ones: any other is in metres, or not of China
NAMES = ("zone_id", "name_zh", "name", "名称", "区名", "承载区", "空间")  # properties that may name the zone
LONGEST = 30  # characters of a wrong name that are repeated


class NoShapes(Exception):
    """The file cannot be taken at all. `what`, `do`: Chinese sentences."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what, self.do = what, do


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with the file, and what to do about it."""

    what: str
    do: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One feature. `number`: its place in the file, from 1; `zone_id` None: its name is no zone's; `drawn` None: `problem` says why."""

    number: int
    name: str
    zone_id: str | None
    drawn: Polygons | None
    problem: Problem | None = None

    @property
    def where(self) -> str:
        return f"第 {self.number} 个要素（{self.name}）"


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What a file holds. `datum`: as the file itself says it; None where it does not. `licence` of the first feature that has one."""

    drawings: tuple[Drawing, ...]
    datum: str | None
    licence: str


def read_shapes(path: Path, zones: Mapping[str, str]) -> Handed:
    """The features of a FeatureCollection. `zones`: zone id by its id, name and aliases, written narrow. Raises NoShapes."""
    if path.stat().st_size > MOST_BYTES:
        raise NoShapes(f"文件有 {path.stat().st_size >> 20} MB，超过 {MOST_BYTES // 10**6} MB", "只导出核心区和七个承载区的边界，必要时抽稀后重试。")
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise NoShapes(f"不是 UTF-8 编码（第 {problem.start} 字节起）", "用 UTF-8 编码重新导出 GeoJSON。") from problem
    except (json.JSONDecodeError, RecursionError) as problem:
        raise NoShapes(f"不是完整的 JSON：{problem}", "重新导出 GeoJSON。") from problem
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(each, dict) for each in features):
        raise NoShapes("不是 FeatureCollection，或其中没有要素", "导出为 GeoJSON 的 FeatureCollection，每个空间一个要素。")
    properties = [each["properties"] if isinstance(each.get("properties"), dict) else {} for each in features]
    drawings = tuple(_drawing(number, each, said, zones) for number, (each, said) in enumerate(zip(features, properties, strict=True), start=1))
    licence = next((str(each["licence"]) for each in properties if each.get("licence")), "")
    return Handed(drawings=drawings, datum=_datum(told, properties), licence=licence)


def narrow(name: str) -> str:
    """A name as zones are compared."""
    return name.translate(str.maketrans("（）", "()", " 　"))


def _datum(told: dict[str, Any], properties: list[dict[str, Any]]) -> str | None:
    """By the member crs, else by the property datum that all features share. Raises NoShapes where it is a grid in metres."""
    crs = str(((told.get("crs") or {}).get("properties") or {}).get("name", "")) if isinstance(told.get("crs"), dict) else ""
    if found := re.search(r"(?:EPSG|OGC)[:/]+(?:[\d.]*[:/]+)?(\w+)$", crs, re.IGNORECASE):
        if found[1].upper() not in EPSG:
            raise NoShapes(f"坐标系是 {crs}，不是经纬度", "转换为 CGCS2000（EPSG:4490）或 WGS-84（EPSG:4326）的经纬度后重试。")
        return EPSG[found[1].upper()]
    said = {str(each.get("datum", "")).upper() for each in properties}
    return DATUMS.get(said.pop()) if len(said) == 1 else None


def _drawing(number: int, feature: dict[str, Any], said: dict[str, Any], zones: Mapping[str, str]) -> Drawing:
    named = [str(each) for each in (*(said.get(name) for name in NAMES), feature.get("id")) if each]
    zone_id = next((zones[narrow(name)] for name in named if narrow(name) in zones), None)
    name = (named[0] if named else "未写名称")[:LONGEST]
    problem = _unlike(feature.get("geometry"))
    drawn = None if problem else polygons(feature["geometry"])
    return Drawing(number=number, name=name, zone_id=zone_id, drawn=drawn, problem=problem)


def _unlike(geometry: object) -> Problem | None:
    """Why this is no polygon with whole rings; None where it is one."""
    if geometry is None:
        return Problem(what="没有图形（geometry 为空）", do="在原图中补画这一空间的边界。")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        return Problem(what=f"图形是 {kind or '不认识的东西'}，不是面", do="导出为 Polygon 或 MultiPolygon。")
    try:
        rings = list(_rings(polygons(geometry)))
    except (TypeError, ValueError, KeyError):
        rings = []
    if not rings:
        return Problem(what="坐标不成形", do="重新导出，坐标应为 [经度, 纬度] 的环。")
    if any(len(ring) < 4 for ring in rings):
        return Problem(what="有不足四个点的环", do="一个环至少三个不同的点，末点重复首点。")
    if open_ := next((ring for ring in rings if ring[0] != ring[-1]), None):
        return Problem(what=f"边界没有闭合：首点 {_at(open_[0])}，末点 {_at(open_[-1])}", do="让每个环的末点与首点相同。")
    return None


def _rings(drawn: Polygons) -> Iterator[list[tuple[float, float]]]:
    for rings in drawn:
        if not rings:
            raise ValueError("a polygon without rings")
        for ring in rings:
            points = [(float(point[0]), float(point[1])) for point in ring]
            if not all(math.isfinite(each) for point in points for each in point):
                raise ValueError("no finite numbers")
            yield points


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.5f}, {point[1]:.5f}"
