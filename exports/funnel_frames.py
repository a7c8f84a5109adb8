"""The numbers of the funnel's bars as a frame: the same for the page's figure and for the one that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from analytics.funnel import REACHED, STOCK, Funnel
from charts import stages
from language import N_, _, counted, named

BANDS = {"active": N_("推进中"), "suspended": N_("暂停"), "stalled": N_("停滞")}
WAYS = {"entered": N_("进入过"), "skipped": N_("跨越"), "unknown": N_("日期不详")}
PARTS: Mapping[str, Mapping[str, str]] = {STOCK: BANDS, REACHED: WAYS}
VIEWS = {STOCK: N_("存量"), REACHED: N_("到达")}


@dataclass(frozen=True, kw_only=True)
class ByStage:
    """`frame` as charts.stages.SCHEMA has it; `parts`: their names by code."""

    frame: pl.DataFrame
    parts: Mapping[str, str]
    alt: str


def by_stage(seen: Funnel, metric_id: str) -> ByStage:
    """What stands in each stage (funnel_stock), or has reached it (funnel_reached)."""
    parts = {code: _(word) for code, word in PARTS[metric_id].items()}
    frame = pl.DataFrame([{
        "stage": stage.stage_id, "name": named(stage), "part": code, "code": f"{stage.stage_id}|{code}", "value": seen.count(metric_id, stage, (code,)),
        "said": f"{named(stage)} · {word}\n{counted('{n} 项', seen.count(metric_id, stage, (code,)))}"} for stage in seen.stages for code, word in parts.items()],
        schema=stages.SCHEMA)
    alt = _("；").join(_("{stage} {n}", stage=named(stage), n=seen.count(metric_id, stage)) for stage in seen.stages)
    return ByStage(frame=frame, parts=parts, alt=_("{what}（项）：{readings}。", what=_(VIEWS[metric_id]), readings=alt))
