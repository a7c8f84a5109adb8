"""The peer of the goals page: the same numbers, figures, rows and export as one writes them in Dash: `python -m bench.dash_peer HOME PORT`."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import dash
import duckdb
from dash import Input, Output, State, dcc, html
from waitress import serve

from analytics.burnup import Burnup, burnup, readings
from analytics.drill import Drilled, drill
from analytics.format import Amount, day, goal_money, percent
from analytics.goal_finding import goal_finding
from analytics.goals import goal_cards
from analytics.reporting import reporting
from analytics.snapshot import about
from analytics.zones import zones
from charts import burnup as way
from charts import by_month, by_zone
from charts.theme import Palette
from exports import goal_frames
from exports.rows import rows_of
from warehouse.here import reader
from warehouse.known import view_date

LIGHT = Palette(paper="#ffffff", ink="#0c181d", quiet="#55646d", line="#dfe5e8", accent="#0b5c6b", second="#c7772c")
CONFIG: Any = {"displayModeBar": False, "showTips": False, "scrollZoom": False, "doubleClick": False}
BOX = {"border": "1px solid #dfe5e8", "borderRadius": "10px", "padding": "12px 16px"}
COLUMNS = {"display": "grid", "gridTemplateColumns": "1fr 1fr", "gap": "14px"}


class Numbers:
    """What the page shows of the current snapshot; each choice is computed once, as the caches of the pages do."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self.cursor, self.as_of = cursor, view_date(cursor, None)
        self.cards = {card.goal.goal_id: card for card in goal_cards(cursor, self.as_of)}
        self.parts = {goal: readings(cursor, card) for goal, card in self.cards.items()}
        self.zones = zones(cursor)
        self.money = goal_money(self.cards.values())
        self.late = reporting(cursor, about(cursor).today, self.as_of).late

    @lru_cache(maxsize=256)  # noqa: B019 - there is one for the whole process
    def shown(self, goal: str, part: str, zone: str | None) -> tuple[Any, ...]:
        """The outputs of the one callback."""
        card, cursor = self.cards[goal], self.cursor.cursor()
        amount = Amount(card.goal.unit, self.money)
        seen = burnup(cursor, card, part, zone)
        place = next((each for each in self.zones if each.zone_id == zone), None)
        line, by_zones, months = goal_frames.way(seen, amount), goal_frames.by_zone(seen, amount, self.zones), goal_frames.by_month(seen, amount)
        return (goal_finding(seen, amount, place), _state(seen, amount), _others(seen, amount),
                way.burnup(line.points, names=line.names, target=line.target, target_said=line.target_said, palette=LIGHT, span=line.span),
                by_zone.by_zone(by_zones.frame, palette=LIGHT, chosen=zone), by_month.by_month(months.frame, palette=LIGHT),
                _rows(drill(cursor, part, as_of=self.as_of, zone_id=zone), amount))

    def csv(self, part: str, zone: str | None) -> str:
        """All rows of a reading."""
        return rows_of(self.cursor.cursor(), part, self.as_of, zone).frame.write_csv(include_bom=True, line_terminator="\r\n")


def page(numbers: Numbers) -> dash.Dash:
    """The app: a layout and two callbacks."""
    app = dash.Dash(__name__, title="2027目标", update_title="")
    first = next(iter(numbers.cards))
    app.layout = html.Div(style={"maxWidth": "1300px", "margin": "20px auto", "fontFamily": "sans-serif"}, children=[
        html.H1(id="finding"), html.P(f"数据截至 {day(numbers.as_of)}"),
        html.Ul([html.Li(f"{each.department} {each.sender}：{'、'.join(each.reports)}，逾期 {each.overdue_days} 天") for each in numbers.late[:5]]),
        dcc.RadioItems([{"label": card.goal.name_zh, "value": goal} for goal, card in numbers.cards.items()], first, id="goal", inline=True),
        dcc.Dropdown(id="part", clearable=False, **_parts(numbers, first)),
        dcc.Dropdown([{"label": each.name_zh, "value": each.zone_id} for each in numbers.zones], id="zone", placeholder="全部空间"),
        html.Div(id="state", style=COLUMNS), html.Dl(id="others", style=COLUMNS),
        html.Div([html.H2("进展与计划"), dcc.Graph(id="way", config=CONFIG)], style=BOX),
        html.Div([html.Div([html.H2("分空间"), dcc.Graph(id="zones", config=CONFIG)], style=BOX),
                  html.Div([html.H2("按发生月份"), dcc.Graph(id="months", config=CONFIG)], style=BOX)], style=COLUMNS),
        html.H2("计入的行"), html.Button("下载 CSV", id="take"), dcc.Download(id="taken"), html.Div(id="rows")])

    @app.callback(Output("part", "options"), Output("part", "value"), Input("goal", "value"), prevent_initial_call=True)
    def other_goal(goal: str) -> tuple[Any, str]:
        parts = _parts(numbers, goal)
        return parts["options"], parts["value"]

    @app.callback(*(Output(name, at) for name, at in (("finding", "children"), ("state", "children"), ("others", "children"), ("way", "figure"),
                                                      ("zones", "figure"), ("months", "figure"), ("rows", "children"))),
                  State("goal", "value"), Input("part", "value"), Input("zone", "value"))
    def chosen(goal: str, part: str, zone: str | None) -> tuple[Any, ...]:
        return numbers.shown(goal, part, zone)

    @app.callback(Output("taken", "data"), Input("take", "n_clicks"), State("part", "value"), State("zone", "value"), prevent_initial_call=True)
    def take(_: int, part: str, zone: str | None) -> dict[str, object]:
        return {"content": numbers.csv(part, zone), "filename": f"{part}.csv", "type": "text/csv"}

    return app


def _parts(numbers: Numbers, goal: str) -> dict[str, Any]:
    parts = numbers.parts[goal]
    return {"options": [{"label": each.name_zh, "value": each.metric_id} for each in parts], "value": parts[0].metric_id}


def _state(seen: Burnup, amount: Amount) -> list[html.Div]:
    card = seen.card
    said = [(f"截至 {day(card.as_of)}", amount.said(card.value), percent(card.share) if seen.is_measured and card.share is not None else "")]
    if seen.plan:
        said += [("拟定计划线", amount.said(seen.planned_now), f"SPI(t) {seen.spi_t:.2f}" if seen.spi_t is not None else ""),
                 ("趋势", seen.trend or "", f"ρ {seen.rho:.2f}" if seen.rho is not None else ""), ("此后每月需", amount.rate(card.required_per_month), "")]
    return [html.Div([html.H3(name), html.Strong(value), html.P(more)], style=BOX) for name, value, more in said]


def _others(seen: Burnup, amount: Amount) -> list[html.Div]:
    return [html.Div([html.Dt(each.metric.name_zh), html.Dd(amount.text(each.value))], title=each.metric.statement_zh) for each in seen.others]


def _rows(found: Drilled, amount: Amount) -> list[Any]:
    """Without the cells of the lines they come from, which the page has too: as components of Dash they keep the browser busy for over half a minute."""
    headings = ("名称", "单位", "发生日期", "空间", "阶段", f"数值（{amount.unit}）", "来源")
    lines = [html.Tr([html.Th([row.name or row.entity_id, html.Small(row.entity_id)]), html.Td(row.org_name), html.Td(day(row.occurred_on, row.occurred_precision)),
                      html.Td(row.zone), html.Td(row.stage), html.Td(amount.text(row.value)),
                      html.Td(f"{row.sources[0].file} 第 {row.sources[0].row} 行")])
             for row in found.rows]
    return [html.P(f"共 {found.count:,} 行，合计 {amount.said(found.total)}。", id="count"),
            html.Table([html.Thead(html.Tr([html.Th(each) for each in headings])), html.Tbody(lines)])]


if __name__ == "__main__":
    with reader(Path(sys.argv[1]) / "warehouse").pin() as pinned:
        serve(page(Numbers(pinned.cursor)).server, host="127.0.0.1", port=int(sys.argv[2]), threads=8)
