"""`geometry`: the customer's own boundaries take the place of the schematic ones, by an act that the next refresh applies and a rollback takes back."""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

from etl.geometry import checking
from etl.geometry.reading import NoShapes, Problem, narrow, read_shapes
from etl.geometry.shapes import BASEMAP, ZONE_SHAPES, shape_row
from etl.home import Home
from etl.landing import Act
from etl.reference import RuleRefused, in_force
from etl.register import replay
from etl.report import WrongArgument
from warehouse.lock import writer_lock

DATUMS = {"CGCS2000": "cgcs2000", "WGS-84": "wgs84", "GCJ-02": "gcj02"}
WRITTEN = {code: name for name, code in DATUMS.items()} | {"bd09": "BD-09"}


def geometry(asked: argparse.Namespace) -> int:
    """Record new shapes of all zones; the next refresh applies them. 10 where they cannot be taken."""
    home = Home.here()
    if not asked.file.is_file():
        raise WrongArgument(f"{asked.file} 不是文件。\n  请：给出已有的 GeoJSON 文件。")
    with writer_lock(home.lock, "python -m etl geometry"):
        rules = replay(home.landing.acts()).rules
        rows, doubts = read(asked.file, DATUMS.get(asked.datum), in_force(rules))
        with asked.file.open("rb") as handed:
            sha256, _ = home.landing.keep(handed)
        act = home.landing.append("rule_changed", at=home.now(), table=ZONE_SHAPES, rows=rows, file=asked.file.name, sha256=sha256, doubts=doubts)
    for each in doubts:
        print(f"提醒：{each}。")
    print(f"已记下：{len(rows)} 个空间的边界，共 {sum(float(row['area_km2']) for row in rows):,.1f} 平方千米（记事 {act.seq}）。运行 python -m etl refresh 后生效，"
          f"{_way_back(rules)}。")
    return 0


def read(file: Path, datum: str | None, reference: dict[str, pl.DataFrame]) -> tuple[list[dict[str, str]], list[str]]:
    """Rows of the reference table zone_shapes, and what a person should look at. `datum`: as stated beside the file. Raises RuleRefused."""
    zones = {row["zone_id"]: row["name_zh"] for row in reference["zones"].iter_rows(named=True) if row["kind"] != "bucket"}
    try:
        handed = read_shapes(file, _names(reference["zones"]))
    except NoShapes as problem:
        raise RuleRefused(f"{file.name}\n  {problem.what}", problem.do) from problem
    if found := checking.faults(handed.drawings, zones):
        raise _refused(file, found)
    if datum and handed.datum and datum != handed.datum and {datum, handed.datum} != {"wgs84", "cgcs2000"}:
        raise _refused(file, [Problem(what=f"--datum 写的是 {WRITTEN[datum]}，文件里写的是 {WRITTEN[handed.datum]}", do="与测绘单位核实，改正其一。")])
    stated = datum or handed.datum
    if not stated:
        raise _refused(file, [Problem(what="没有写明坐标系", do=f"问明坐标系，加上 --datum {'、'.join(DATUMS)} 之一")])
    drawn = checking.converted(checking.merged(handed.drawings), stated)
    rows = [shape_row(zone, drawn[zone], label=checking.label_at(drawn[zone]), source=file.name, licence=handed.licence, datum=WRITTEN[stated]) for zone in zones]
    around = checking.drawn_before(reference[BASEMAP].filter(pl.col("kind") == "city").iter_rows(named=True))
    before = checking.drawn_before(reference[ZONE_SHAPES].iter_rows(named=True))
    return rows, checking.doubts(drawn, zones, stated, before, next(iter(around.values())))


def _names(zones: pl.DataFrame) -> dict[str, str]:
    """Zone id by every way to write it."""
    return {narrow(name): row["zone_id"] for row in zones.iter_rows(named=True)
            for name in (row["zone_id"], row["name_zh"], row["name_en"] or "", *(row["aliases_zh"] or "").split("|")) if name}


def _refused(file: Path, problems: list[Problem]) -> RuleRefused:
    """All of it at once, each cure said once."""
    return RuleRefused("\n  ".join((file.name, *(each.what for each in problems))), " ".join(dict.fromkeys(
        each.do if each.do.endswith("。") else f"{each.do}。" for each in problems)))


def _way_back(rules: tuple[Act, ...]) -> str:
    earlier = any(act.body["table"] == ZONE_SHAPES for act in rules)
    return f"{'先前的边界' if earlier else '示意图形'}仍留存，python -m etl rollback 可换回"
