"""The numbers of the exposure as the frames of its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from html import escape
from textwrap import wrap

import polars as pl

from analytics.exposure import COUNTED, Exposure, Part
from analytics.format import Amount, short
from analytics.instruments import instrument
from analytics.share import percent
from analytics.sums import added
from analytics.zones import Zone
from charts import bars, stacked, treemap
from language import _, counted, named


def tiles(seen: Exposure, amount: Amount, places: Mapping[str, Zone]) -> pl.DataFrame:
    """As charts.treemap.SCHEMA: all, the zones, the groups in each."""
    total = seen.total or Decimal(0)
    order = {zone: number for number, zone in enumerate(places)}

    def said(name: str, value: Decimal) -> str:
        return f"{name}\n{amount.said(value)} · {percent(value / total)}"

    rows = []
    for (zone,), own in seen.tiles.group_by("zone_id", maintain_order=True):
        place, whole = _short(places[str(zone)]).replace("<br>", " "), added(own["value"])
        at = order[str(zone)] if places[str(zone)].kind != "bucket" else -1
        rows.append({"id": str(zone), "parent": "all", "name": place, "label": amount.text(whole), "value": amount.number(whole), "said": said(place, whole),
                     "colour": at})
        for row in own.iter_rows(named=True):
            name = counted("其余 {n} 户", row["firms"]) if row["group_id"] is None else row["name"] or _("未写明企业")
            rows.append({"id": f"{zone}/{row['group_id'] if row['group_id'] is not None else '*'}", "parent": str(zone), "name": _tile_name(name),
                         "label": amount.text(row["value"]), "value": amount.number(row["value"]), "said": said(name, row["value"]), "colour": at})
    everything = amount.number(added(seen.tiles["value"]))
    root = {"id": "all", "parent": "", "name": _("全部"), "label": amount.text(total), "value": everything, "said": amount.said(total), "colour": -1}
    return pl.DataFrame([root, *rows], schema=treemap.SCHEMA)


def by_zone(seen: Exposure, amount: Amount, places: Mapping[str, Zone]) -> pl.DataFrame:
    """As charts.stacked.SCHEMA: every zone that has any, in the order of the policy, its layers side by side."""
    values = {(row["zone_id"], row["metric_id"]): row["value"] for row in seen.zones.iter_rows(named=True)}
    rows = []
    for zone, place in places.items():
        whole = sum((values.get((zone, layer), Decimal(0)) for layer in COUNTED), Decimal(0))
        rows += [{"code": zone, "name": _short(place), "part": named(seen.metrics[layer]), "value": amount.number(values.get((zone, layer), Decimal(0))),
                  "said": f"{named(place)}\n{named(seen.metrics[layer])} {amount.said(values.get((zone, layer), Decimal(0)))}", "label": f" {amount.text(whole)}"}
                 for layer in COUNTED if whole or place.kind != "bucket"]
    return pl.DataFrame(rows, schema=stacked.SCHEMA)


def parts(found: tuple[Part, ...], dimension: str, amount: Amount, most: int = 12) -> pl.DataFrame:
    """As charts.bars.SCHEMA: the largest first, what is not said last, those beyond `most` as one bar without a code."""
    said = [each for each in found if each.code]
    unsaid = [each for each in found if not each.code]
    rows = [(each.code, part_name(each, dimension), each.value) for each in said[:most]]
    if rest := said[most:]:
        rows.append(("*", counted("其余 {n} 项", len(rest)), sum((each.value for each in rest), Decimal(0))))
    rows += [("-", part_name(each, dimension), each.value) for each in unsaid]
    return pl.DataFrame([{"code": code, "name": name, "value": amount.number(value), "said": f"{name}\n{amount.said(value)}", "label": amount.text(value)}
                         for code, name, value in rows], schema=bars.SCHEMA)


def largest(seen: Exposure, amount: Amount, most: int) -> pl.DataFrame:
    """As charts.bars.SCHEMA: the enterprise groups with most, each with its share of all, and the others as one bar."""
    rows = [(each.group_id, each.name or _("未写明企业"), each.total, each.share) for each in seen.groups[:most]]
    left = [*seen.groups[most:], *([seen.others] if seen.others else [])]
    if left:
        rest = sum((each.total for each in left), Decimal(0))
        rows.append(("*", counted("其余 {n} 户", seen.number - len(rows)), rest, rest / seen.total if seen.total else Decimal(0)))
    return pl.DataFrame([{"code": code, "name": _bare(name), "value": amount.number(value), "said": f"{name}\n{amount.said(value)}",
                          "label": _("{value}（{share}）", value=amount.text(value), share=percent(share))} for code, name, value, share in rows], schema=bars.SCHEMA)


def part_name(part: Part, dimension: str) -> str:
    """What a direction, stage or instrument is called."""
    if not part.code:
        return _("贷款，不分阶段") if dimension == "stage" else _("未分方向") if dimension == "direction" else _("未写明")
    return instrument(part.code) if dimension == "category" else part.name or part.code


def _bare(name: str) -> str:
    """A firm's name without what all names share."""
    bare = re.sub("^（[^）]*）|(股份|责任)?(有限)?公司$", "", name).strip() or name
    return re.sub("有限$|有限责任$", "", bare) or bare


def _tile_name(name: str) -> str:
    """Short enough for a tile: in lines of eight characters."""
    bare = _bare(name)
    return bare if bare.isascii() else "<br>".join(escape(bare[at:at + 8]) for at in range(0, len(bare), 8))


def _short(place: Zone) -> str:
    """Short enough for the axis of a telephone."""
    return "<br>".join(wrap(re.split("[（(]", short(place))[0].strip(), 20))


def zones_said(bars: pl.DataFrame, amount: Amount) -> str:
    """The zones in words."""
    whole = bars.group_by("name", maintain_order=True).agg(pl.col("label").first())
    return _("各空间政府敞口（{unit}）：{values}。", unit=amount.unit, values=_("；").join(f"{name}{label}" for name, label in whole.iter_rows()).replace("<br>", " "))


def parts_said(bars: pl.DataFrame, amount: Amount) -> str:
    """Instruments, directions or stages in words."""
    return _("政府敞口（{unit}）：{values}。", unit=amount.unit, values=_("；").join(f"{name} {label}" for name, label in bars.select("name", "label").iter_rows()))
