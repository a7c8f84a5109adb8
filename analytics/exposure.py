"""What the government has at risk at V: by layer, by enterprise group, by zone, direction, stage and instrument, and how concentrated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from analytics.concentration import Concentration, concentration, curve
from analytics.limits import Limit, limits
from analytics.sums import added
from language import spoken
from warehouse.known import knowable
from warehouse.metric import Metric, metrics

HERE = Path(__file__).parent
GROUPS_SQL, PARTS_SQL, LOOKED_THROUGH_SQL = (
    (HERE / name).read_text(encoding="utf-8") for name in ("exposure.sql", "exposure_parts.sql", "exposure_looked_through.sql"))
TOTAL = "exp_government"
COUNTED = ("exp_direct", "exp_fund_cost", "exp_invest_first", "exp_guarantee", "exp_pool")  # L1 to L5: these add up to the total
BESIDE = ("exp_fund_fair", "exp_bank", "exp_flows")  # shown and not added
LISTED = 60  # groups that are named; the others are one line


@dataclass(frozen=True, kw_only=True)
class Group:
    """One enterprise group, or firm that belongs to none. `group_id` "": what names no firm. `layers`: by metric, in 元; `share`: of the total."""

    group_id: str
    name: str
    is_registered: bool
    firms: int
    zones: tuple[str, ...]
    layers: Mapping[str, Decimal]
    total: Decimal
    share: Decimal


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a dimension. `code` "": not said; `name` None: of a code that has none here."""

    code: str
    name: str | None
    value: Decimal
    rows: int


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """All of it at V, in 元. `layers`, `total` None: a report it needs has never come.

    `groups`: the largest `LISTED` by total; `others`: what the rest have together, None where there is no rest. `unnamed`: what names no firm, part of the
    total and no group. `zones`: zone_id, metric_id, value; `tiles`: zone_id, group_id, name, value, the groups below the listed as group_id None.
    `looked_through`: share of fund positions, by cost, followed to the last investor; None where funds hold nothing.
    """

    as_of: dt.date
    metrics: Mapping[str, Metric]
    total: Decimal | None
    layers: Mapping[str, Decimal | None]
    groups: tuple[Group, ...]
    others: Group | None
    number: int
    unnamed: Decimal
    zones: pl.DataFrame
    tiles: pl.DataFrame
    parts: Mapping[str, tuple[Part, ...]]
    curve: tuple[tuple[int, float], ...]
    concentration: Concentration | None
    without_largest: Concentration | None
    looked_through: Decimal | None
    limits: Mapping[str, Limit]

    @property
    def typical(self) -> Decimal | None:
        """The mean of a group, by which a unit is chosen in which most of them can be read."""
        return self.total / self.number if self.total and self.number else None


def exposure(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Exposure:
    """At V, of all zones. Raises UnknownMetric."""
    dictionary = {each.metric_id: each for each in metrics(cursor) if each.metric_id.startswith("exp_")}
    told = knowable(cursor, dictionary.values(), as_of)
    known = {name: name in told for name in (*COUNTED, *BESIDE, TOTAL)}
    asked = [name for name in (*COUNTED, *BESIDE) if known[name]]
    found = _by_zone(cursor.cursor().sql(GROUPS_SQL, params={"metrics": asked, "v": as_of}).pl())
    by_group = _by_group(found)
    total = added(by_group["total"])
    named = by_group.filter(pl.col("group_id") != "")
    amounts = named.filter(pl.col("total") > 0)["total"].cast(pl.Float64).to_list()
    listed = named.head(LISTED)
    rest = named.slice(LISTED)
    return Exposure(
        as_of=as_of, metrics=dictionary, total=total if known[TOTAL] else None,
        layers={name: added(by_group[name]) if known[name] else None for name in (*COUNTED, *BESIDE)},
        groups=_groups(listed, total), others=_others(rest, total), number=len(amounts),
        unnamed=added(by_group.filter(pl.col("group_id") == "")["total"]), zones=_zones(found), tiles=_tiles(found, listed["group_id"]),
        parts=_parts(cursor, as_of) if known[TOTAL] else {}, curve=curve(amounts), concentration=concentration(amounts),
        without_largest=concentration(sorted(amounts)[:-1]), looked_through=_looked_through(cursor, as_of), limits=limits(cursor))


def _by_zone(alive: pl.DataFrame) -> pl.DataFrame:
    """One row a group and zone, a column a layer."""
    return alive.group_by("group_id", "zone_id").agg(
        pl.col("name").min(), pl.col("is_registered").all(), pl.col("org_id").filter(pl.col("org_id") != "").n_unique().cast(pl.Int64).alias("firms"),
        *(pl.col("value").filter(pl.col("metric_id") == name).sum().cast(pl.Decimal(20, 2)).alias(name) for name in (*COUNTED, *BESIDE)))


def _by_group(found: pl.DataFrame) -> pl.DataFrame:
    """One row a group, the largest first."""
    return (found.sort("group_id", "zone_id").group_by("group_id", maintain_order=True)
            .agg(pl.col("name").first(), pl.col("is_registered").all(), pl.col("firms").sum(), pl.col("zone_id").alias("zones"),
                 pl.col(*COUNTED, *BESIDE).sum())
            .with_columns(total=pl.sum_horizontal(COUNTED))
            .sort("total", "group_id", descending=[True, False]))


def _groups(frame: pl.DataFrame, total: Decimal) -> tuple[Group, ...]:
    return tuple(Group(group_id=row["group_id"], name=row["name"], is_registered=row["is_registered"], firms=row["firms"], zones=tuple(row["zones"]),
                       layers={name: row[name] for name in (*COUNTED, *BESIDE)}, total=row["total"], share=_share(row["total"], total))
                 for row in frame.iter_rows(named=True))


def _others(rest: pl.DataFrame, total: Decimal) -> Group | None:
    if rest.is_empty():
        return None
    return Group(group_id="", name="", is_registered=True, firms=int(rest["firms"].sum()), zones=(), share=_share(added(rest["total"]), total),
                 total=added(rest["total"]), layers={name: added(rest[name]) for name in (*COUNTED, *BESIDE)})


def _share(value: Decimal, total: Decimal) -> Decimal:
    return value / total if total else Decimal(0)


def _zones(found: pl.DataFrame) -> pl.DataFrame:
    """zone_id, metric_id, value of the layers that count."""
    return (found.group_by("zone_id").agg(pl.col(*COUNTED).sum()).unpivot(on=COUNTED, index="zone_id", variable_name="metric_id", value_name="value")
            .sort("zone_id", "metric_id"))


def _tiles(found: pl.DataFrame, listed: pl.Series) -> pl.DataFrame:
    """zone_id, group_id, name, value, firms: every listed group where it is, and the others of each zone together."""
    return (found.with_columns(value=pl.sum_horizontal(COUNTED))
            .with_columns(pl.when(pl.col("group_id").is_in(listed.implode())).then(pl.col("group_id", "name")))
            .group_by("zone_id", "group_id", "name").agg(pl.col("value", "firms").sum()).filter(pl.col("value") > 0)
            .sort("zone_id", "value", "group_id", descending=[False, True, False]))


def _parts(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> dict[str, tuple[Part, ...]]:
    parts: dict[str, list[Part]] = {"direction": [], "stage": [], "category": []}
    rows = cursor.execute(PARTS_SQL, {"v": as_of, "language": spoken()}).fetchall()
    for dimension, code, name, value, rows_, _order in rows:
        parts[dimension].append(Part(code=code, name=name, value=value, rows=rows_))
    return {name: tuple(each) for name, each in parts.items()}


def _looked_through(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Decimal | None:
    cost, seen = cursor.execute(LOOKED_THROUGH_SQL, {"v": as_of}).fetchall()[0]
    return Decimal(seen) / Decimal(cost) if cost else None
