"""Statistics in the dictionary: each names a function there is and the sums it is made of, and leads to their rows."""

from __future__ import annotations

from functools import reduce
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
from worlds import events, world

from analytics.drill import drill
from etl.feeds import FEEDS
from etl.reference import shipped
from exports.rows import rows_of
from warehouse.build import check_reference
from warehouse.metric import metrics
from warehouse.value import read_metric

KNOWN = {str(row["metric_id"]): row for row in shipped()["metrics"].filter(aggregation="statistic").iter_rows(named=True)}
TOLD = {str(row["metric_id"]): row for row in shipped()["statistics"].iter_rows(named=True)}
WITHOUT_A_REPORT = {"guarantee_compensation_rate"}


def test_every_statistic_of_the_dictionary_says_what_computes_it() -> None:
    assert KNOWN.keys() == TOLD.keys()
    assert {each for each in TOLD if not TOLD[each]["computed_by"]} == WITHOUT_A_REPORT


@pytest.mark.parametrize("metric_id", sorted(KNOWN.keys() - WITHOUT_A_REPORT))
def test_the_function_is_there_and_says_what_it_does(metric_id: str) -> None:
    module, _, path = TOLD[metric_id]["computed_by"].partition(":")
    found = reduce(getattr, path.split("."), import_module(module))
    assert callable(found) and found.__doc__


def test_conversion_chances_concentration_and_returns_have_their_rows() -> None:
    named = {"funnel_conversion", "funnel_median_stay", "exp_hhi", "exp_effective_number", "fund_net_irr", "fund_gross_irr", "fund_tvpi", "goal_spi_t", "goal_sdr",
             "goal_chance", "request_wait_median", "forecast_brier", "policy_done_rate"}
    assert named <= KNOWN.keys()


def test_a_statistic_drills_to_the_rows_of_its_inputs_and_has_no_sum(tmp_path: Path) -> None:
    made = world(tmp_path, events(("P1", "poc", "enter", "2026-01-10"), ("P1", "small", "enter", "2026-03-10"), ("P2", "poc", "enter", "2026-02-10")))
    asked = {each.metric_id: each for each in metrics(made.con.cursor())}["funnel_median_stay"]
    assert asked.is_statistic and asked.made_of == ("funnel_stock", "funnel_moves", "funnel_terminated")
    reading = read_metric(made.con, "funnel_median_stay", as_of=made.read("funnel_stock", "2026-04-30").as_of)
    parts = {each: len(made.read(each, "2026-04-30").rows) for each in asked.made_of}
    assert reading.value is None and len(reading.rows) == sum(parts.values()) > 3
    found = drill(made.con.cursor(), "funnel_median_stay", as_of=reading.as_of)
    assert (found.count, found.total, found.is_known, found.is_statistic) == (len(reading.rows), None, True, True)
    export = rows_of(made.con.cursor(), "funnel_median_stay", reading.as_of)
    assert export.frame.height == len(reading.rows) and export.total is None and not export.parts
    assert set(export.frame["指标"]) == {each.name_zh for each in metrics(made.con.cursor()) if each.metric_id in asked.made_of and parts[each.metric_id]}


@pytest.mark.parametrize(("changed", "said"), [
    ({"metric_id": "g2_pilot", "computed_by": "analytics.pool:pool", "inputs": "pool_balance"}, "应为口径词典中的统计量"),
    ({"metric_id": "fund_tvpi", "computed_by": "analytics.funds:pooled", "inputs": "fund_dpi"}, "输入为求和的指标"),
    ({"metric_id": "fund_tvpi", "computed_by": "funds.pooled", "inputs": "fund_nav"}, "模块:函数"),
    ({"metric_id": "fund_tvpi", "computed_by": "analytics.funds:pooled", "inputs": None}, "有函数的应有输入")])
def test_a_statistic_without_a_function_or_sums_is_refused(changed: dict[str, str | None], said: str) -> None:
    tables = shipped()
    tables["statistics"] = pl.concat([
        tables["statistics"].filter(pl.col("metric_id") != changed["metric_id"]), pl.DataFrame([changed], schema=dict.fromkeys(changed, pl.String))])
    assert said in (check_reference(tables, FEEDS) or "")


def test_a_statistic_of_persons_leads_to_groups_as_its_inputs_do() -> None:
    drills = dict(shipped()["metrics"].select("metric_id", "drill").iter_rows())
    assert {each: drills[each] for each in KNOWN} == {
        each: "groups" if "groups" in {drills[part] for part in (TOLD[each]["inputs"] or "").split()} else "rows" for each in KNOWN}
