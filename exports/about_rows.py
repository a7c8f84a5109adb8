"""What one must know to read the rows of an export, in words for people and as plain values for programs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from analytics.grouped import unsaid
from analytics.share import percent
from exports.rows import Export, GroupExport
from language import N_, _, either, named
from warehouse.small_cells import Said

NARROWED = {"org": N_("企业集团"), "direction": N_("方向"), "at_stage": N_("阶段"), "category": N_("分类"), "entity": N_("编号")}


def nature(export: Export) -> str:
    """Whether the data are invented."""
    return _("演示数据：虚构的园区，不是真实情况") if export.about.is_demo else _("由部门报送文件汇总")


def filters(export: Export) -> str:
    """What was chosen, in one line."""
    chosen = [(_("空间"), export.zone_name), (_("发生月份"), export.month_name)]
    words = {"org": export.narrow.org, "direction": export.narrow.direction, "at_stage": export.narrow.stage,
             "category": export.category_name if export.narrow.category is not None else None, "entity": export.narrow.entity}
    chosen += [(_(NARROWED[name]), word) for name, word in words.items() if word is not None]
    chosen += list(export.chosen.in_address.items())
    return _("；").join(_("{heading}：{words}", heading=heading, words=words) for heading, words in chosen)


def check(export: Export) -> str:
    """How the rows add up to the value."""
    if isinstance(export, GroupExport):
        return _("这个指标的行是个人，只给到组；人少而不说的写“<3”，为免由合计推算出来而不说的写“不公布”，各组不一定能加成合计。")
    if export.metric.is_statistic:
        return _("统计量不是各行之和，由 {function} 据各指标的行算得。", function=export.metric.computed_by)
    return _("“数值”列之和等于合计。") if not export.parts else _("合计是分子的“数值”之和 ÷ 分母的“数值”之和。")


def total(export: Export) -> str | Decimal:
    """The sum; of a ratio a text, as a share in per cent."""
    if isinstance(export, GroupExport) and export.said is not Said.VALUE:
        return unsaid(export.said)
    if isinstance(export, GroupExport) and export.total is not None and export.metric.aggregation == "ratio":
        return percent(export.total) if export.metric.unit == "%" else f"{export.total:.2f}"
    if export.total is None:
        if export.is_known and export.metric.is_statistic:
            return _("—（统计量，不是各行之和）")
        return _("—（分母为 0，不成比率）") if export.is_known else _("—（缺报，不能知道，也不按 0 计）")
    if not export.parts:
        return export.total
    return percent(export.total) if export.metric.unit == "%" else f"{export.total:.2f}"


def facts(export: Export) -> dict[str, Any]:
    """The same for programs: names that stay, days and moments as ISO 8601, amounts as text; what is not known is null. `filters`: by name."""
    metric, narrow = export.metric, export.narrow
    asked = {"zone": export.zone, "month": export.month, **narrow.parameters, **export.chosen.in_address}
    return {
        "metric_id": metric.metric_id, "metric": named(metric), "definition": either(metric.statement_zh, metric.statement_en), "version": metric.version,
        "status": metric.status, "unit": metric.unit, "filters": {name: told for name, told in asked.items() if told is not None}, "filters_said": filters(export),
        "as_of": export.as_of.isoformat(), "known_at": export.about.known_at.isoformat(), "snapshot": export.snapshot,
        "row_count": export.row_count, "total": _amount(export),
        "total_said": _amount(export) if export.total is not None and not export.parts else str(total(export)), "check": check(export),
        "is_demo": export.about.is_demo, "nature": nature(export)}


def _amount(export: Export) -> str | None:
    """As exact as the rows are; of a ratio all digits there are."""
    return None if export.total is None else f"{export.total:.{export.scale}f}" if not export.parts else f"{export.total:f}"


def as_metadata(told: dict[str, Any]) -> dict[str, str]:
    """Facts as the key-value pairs of a Parquet file: texts as they are, all else as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in told.items()}
