"""The government's exposure in the report: the layers, in whose hands, in which zones, and against which limits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb

from analytics.exposure import BESIDE, COUNTED, TOTAL
from analytics.exposure_finding import exposure_finding, is_minimum
from analytics.format import UNKNOWN, money_unit, percent
from analytics.limits import SHARE, Limit
from exports.figure import NotDrawable
from exports.figures import Kind, figure
from exports.pack.document import Block, Picture, Table, Text
from exports.pack.meeting import Meeting
from language import N_, _, named

STATES = {"unset": N_("限额未定"), "unknown": N_("不能知道"), "within": N_("在限额内"), "over": N_("超过限额")}
KINDS: tuple[Kind, ...] = ("groups", "zones")


def exposure(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> Iterator[Block]:
    """The finding, the layers, two figures, the limits."""
    found = seen.exposure
    if found is None:
        yield Text(text=_("该期快照尚无基金与担保的报表，政府敞口不能知道。"))
        return
    amount = seen.exposure_amount
    yield Text(text=exposure_finding(found, amount.money) + _("。") + (_("部分基金持仓不能再穿透，合计是下限。") if is_minimum(found) else "") + _judged(seen))
    rows = [[named(found.metrics[layer]), amount.text(value), percent(value / found.total) if value is not None and found.total else UNKNOWN, _("计入")]
            for layer in COUNTED for value in (found.layers[layer],)]
    rows += [[named(found.metrics[layer]), amount.text(found.layers[layer]), "", _("只列示")] for layer in BESIDE]
    yield Table(caption=_("政府敞口分层（{unit}）", unit=amount.unit), headings=[_("层"), _("金额"), _("占比"), _("是否计入合计")], rows=rows, widths=(40, 20, 20, 20),
                numbers=(1, 2), total=[_("合计"), amount.text(found.total), "100.0%" if found.total else UNKNOWN, ""])
    for kind in KINDS:
        try:
            drawn = figure(cursor, kind, TOTAL, seen.as_of)
        except NotDrawable:
            continue
        yield Picture(caption=_("{what}：{figure}", what=named(drawn.metric), figure=drawn.name), drawing=drawn.within(), alt=drawn.words.alt)
    yield Text(is_note=True, text=_("注：贷款按合同只计一次；银行贷款、资金流水与公允价值只列示，不计入合计。"))


def _judged(seen: Meeting) -> str:
    """Single names against the limits."""
    found = seen.exposure
    assert found
    measured = {"single_name": found.concentration.largest if found.concentration else None,
                "five_names": found.concentration.five_largest if found.concentration else None}
    said = [_("{limit} {value}，{state}", limit=named(found.limits[each]), value=_measured(found.limits[each], value), state=_(STATES[found.limits[each].judge(value)]))
            for each, value in measured.items() if each in found.limits]
    return _("；").join(said) + _("。") if said else ""


def _measured(limit: Limit, value: float | None) -> str:
    if value is None:
        return UNKNOWN
    known = Decimal(str(value))
    return percent(known) if limit.unit == SHARE else money_unit([known]).text(known)
