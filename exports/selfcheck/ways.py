"""The ways in which a number leaves, each one function: what a reader of it would take down. A new way is a function, its place in WAYS and its word."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from analytics.chosen import EVERYTHING
from analytics.dictionary import entries
from analytics.drill import drill
from analytics.exposure import BESIDE, COUNTED, TOTAL, exposure
from analytics.funnel import BETWEEN, FAILED, MOVES, OVERDUE, PASSED, REACHED, REGRESSED, STOCK, TERMINATED, funnel
from analytics.goals import goal_cards
from analytics.snapshot import about
from analytics.tally import Tally
from analytics.zone_measures import measures
from exports.api.json_answer import adapter
from exports.api.metrics import of_metric
from exports.api.number_bodies import MetricValue
from exports.api.numbers import STATES
from exports.api.views import Seen
from exports.selfcheck.files import by_package, by_parquet, by_single_csv, by_whole_csv, by_workbook
from exports.selfcheck.told import UNSAID, Asked, Cell, Read, Told, of_rows
from warehouse.duties import has
from warehouse.metric import Metric
from warehouse.small_cells import Said
from warehouse.value import said_value

ROWS_SQL = Path(__file__).with_name("rows.sql").read_text(encoding="utf-8")


def by_card(asked: Asked) -> Read:
    """总览 and 2027目标: the goals' cards."""
    told: dict[Cell, Told] = {}
    for card in goal_cards(asked.cursor, asked.as_of):
        beside = [each for each in (card.terminated, card.with_stock) if each]
        told |= {Cell(each.metric.metric_id, None): each.value for each in (card.headline, *card.parts, *card.readings, *beside)}
        told |= {Cell(card.headline.metric.metric_id, zone): value for zone, value in card.zones.items()}
    return told


def by_table(asked: Asked) -> Read:
    """The tables of 平台与载体, 人才与技术经理人, 推广应用, 招引 and 制度与申报, asked for everything."""
    tally = Tally(asked.cursor, asked.metrics, asked.as_of)
    return {Cell(metric_id, zone): _tallied(tally, asked.metrics[metric_id], zone) for metric_id, zone in asked.grid}


def _tallied(tally: Tally, metric: Metric, zone: str | None) -> Told:
    if metric.drill == "groups" and tally.groups and tally.is_known(metric.metric_id):
        number = said_value(tally.groups, metric, zone)
        return number.value if number.said is Said.VALUE else UNSAID
    return tally.value(metric.metric_id, zone)


def by_map(asked: Asked) -> Read:
    """空间布局: the map and its total."""
    told: dict[Cell, Told] = {}
    for metric_id, measure in measures(asked.cursor, asked.as_of, list(asked.metrics)).items():
        if asked.metrics[metric_id].drill == "rows":
            told |= {Cell(metric_id, None): measure.total} | {Cell(metric_id, zone): value for zone, value in measure.zones.items()}
    return told


def by_funnel(asked: Asked) -> Read:
    """转化漏斗: its counts."""
    found = funnel(asked.cursor, asked.as_of, EVERYTHING) if has(asked.cursor, "mart.funnel_now") else None
    ids = (STOCK, REACHED, MOVES, TERMINATED, BETWEEN, PASSED, FAILED, REGRESSED, OVERDUE)
    return {Cell(each, None, "rows"): Decimal(found.count(each)) for each in ids if each in asked.known} if found else {}


def by_exposure(asked: Asked) -> Read:
    """基金敞口: the layers, and all of them."""
    if not has(asked.cursor, "core.fund_version"):
        return {}
    found = exposure(asked.cursor, asked.as_of)
    return {Cell(TOTAL, None): found.total} | {Cell(each, None): found.layers[each] for each in (*COUNTED, *BESIDE) if each in found.layers}


def by_drill(asked: Asked) -> Read:
    """计入的行 below the numbers of every page, of the samples."""
    told: dict[Cell, Told] = {}
    for metric_id, zone in asked.samples:
        found = drill(asked.cursor, metric_id, as_of=asked.as_of, zone_id=zone, most=1)
        if found.grouped is not None:
            told[Cell(metric_id, zone)] = found.total if found.grouped.total.said is Said.VALUE else UNSAID
        else:
            told |= {Cell(metric_id, zone): found.total, Cell(metric_id, zone, "rows"): Decimal(found.count) if found.is_known else None}
    return told


def by_door(asked: Asked) -> Read:
    """对外接口: the JSON that another system gets, of the metrics of the samples in all their zones."""
    view = Seen(cursor=asked.cursor, as_of=asked.as_of, snapshot=asked.snapshot, about=about(asked.cursor), issue=None)
    known = entries(asked.cursor)
    told: dict[Cell, Told] = {}
    for metric_id in dict.fromkeys(metric_id for metric_id, _zone in asked.samples):
        body = json.loads(adapter(MetricValue).dump_json(of_metric(view, known[metric_id], None)))
        told |= {Cell(metric_id, each.get("zone_id")): UNSAID if each["state"] in STATES.values() else None if each["value"] is None else Decimal(each["value"])
                 for each in (body, *body["zones"])}
    return told


def by_rows(asked: Asked) -> Read:
    """The lines of the departments' files; of persons' metrics too, whose sums are compared and never told."""
    return of_rows(asked, asked.cursor.execute(ROWS_SQL, {"v": asked.as_of}).fetchall(), list(asked.metrics.values()))


Way = Callable[[Asked], Read]
ROWS = "rows"  # the one way that knows what is not said
WAYS: Mapping[str, Way] = {  # by its code, whose word is in exports/selfcheck/said.py
    ROWS: by_rows, "card": by_card, "table": by_table, "map": by_map, "funnel": by_funnel, "exposure": by_exposure, "drill": by_drill, "csv": by_whole_csv,
    "single": by_single_csv, "parquet": by_parquet, "door": by_door, "workbook": by_workbook, "package": by_package}


def readings(asked: Asked) -> Iterator[tuple[Cell, dict[str, Told]]]:
    """Every cell that two ways at least tell of, with what each tells."""
    cells: dict[Cell, dict[str, Told]] = defaultdict(dict)
    for code, read in WAYS.items():
        for cell, told in read(asked).items():
            cells[cell][code] = told
    yield from ((cell, told) for cell, told in cells.items() if len(told) > 1)
