"""The result of a self-check in words; nothing here reads a number, so that pages need not load what does."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from analytics.format import UNKNOWN
from language import N_, _, counted, listed
from warehouse.selfcheck import KEPT_BACK, Checked, Mismatch

WORDS = {"rows": N_("来源行"), "card": N_("目标卡片"), "table": N_("各页的表"), "map": N_("地图"), "funnel": N_("漏斗"), "exposure": N_("敞口"), "drill": N_("下钻的行"),
         "csv": N_("导出 CSV"), "single": N_("单项导出 CSV"), "parquet": N_("导出 Parquet"), "door": N_("对外接口"),
         "workbook": N_("会议数据表"), "package": N_("数据包")}
WHAT = {"value": N_("数值"), "rows": N_("行数")}


def summary(found: Checked) -> str:
    """How much was compared, and how many do not agree."""
    compared = counted("{n} 个数（{metrics} 个指标，分空间的含各空间）按 {ways} 种读法两两相比", found.cells, metrics=found.metrics, ways=len(found.ways))
    return (_("{compared}，全部一致。", compared=compared) if not found.found else
            counted("{compared}，{n} 个对不上。", found.found, compared=compared))


def sentence(found: Mismatch, names: Mapping[str, str], places: Mapping[str, str]) -> str:
    """`names`: of metrics by id; `places`: of zones by id."""
    where = _("全部") if found.zone is None else places.get(found.zone, found.zone)
    told = _("；").join(_("{ways} {value}", ways=ways, value=value) for value, ways in by_value(found))
    return _("{metric} · {zone} · {what}：{told}", metric=names.get(found.metric_id, found.metric_id), zone=where, what=_(WHAT[found.what]), told=told)


def by_value(found: Mismatch) -> list[tuple[str, str]]:
    """Each number that is told, and the ways that tell it; that of the files' lines first."""
    told: dict[str, list[str]] = {}
    for way, text in found.told.items():
        told.setdefault(_value(text), []).append(word(way))
    return [(value, listed(ways)) for value, ways in told.items()]


def word(way: str) -> str:
    """What people call a way of reading."""
    return _(WORDS[way]) if way in WORDS else way


def _value(text: str | None) -> str:
    """As one way tells it."""
    return UNKNOWN if text is None else _("不公布") if text == KEPT_BACK else f"{Decimal(text):,f}"
