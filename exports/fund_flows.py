"""GET /flows/funds.csv: the funds' cash flows by ILPA transaction type with the net asset value, so that another tool can compute the same rates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import duckdb
import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from analytics.access import Deed
from analytics.snapshot import about
from exports.asking import Refused, access_of, answered, asked_day, chosen, pinned, refusing
from exports.csv_file import BOM, csv_rows
from exports.headers import headers, is_held
from exports.links import FLOWS
from exports.routes import Streamed
from language import _, spoken
from warehouse.known import view_date

FLOWS_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FUNDS_SQL = "SELECT fund_id FROM mart.fund_total UNION SELECT fund_id FROM core.fund_version ORDER BY 1"
BATCH = 20_000  # rows handed on at a time


def flow_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route(f"/{FLOWS}/funds.csv", _flows, methods=["GET"])]  # HEAD comes along


async def _flows(request: Request) -> Response:
    return await answered(request, _answer)


def _answer(request: Request, stack: ExitStack) -> Response:
    """The response, which owns the stack from here on. Raises Refused."""
    if not access_of(request).may(Deed.EXPORT):
        raise Refused(403, _("没有导出的权限。"))
    asked = chosen(request)
    with refusing():
        cursor = pinned(stack, asked.get("snapshot"))
        day = view_date(cursor, asked_day(asked.get("as_of")))
        known = [fund for (fund,) in cursor.execute(FUNDS_SQL).fetchall()]
        [(snapshot,)] = cursor.execute("SELECT snapshot_id FROM meta.snapshot").fetchall()
        nature = _("演示数据-") if about(cursor).is_demo else ""
    fund = asked.get("fund")
    if fund is not None and fund not in known:
        raise Refused(404, _("没有基金“{fund}”。", fund=fund))
    parameters: dict[str, object] = {"v": day, "fund": fund}
    name = _("{nature}基金流水与净值-{fund}截至{day}-{snapshot}.csv", nature=nature, fund=f"{fund}-" if fund else "", day=day, snapshot=snapshot)
    answer = headers(name, f"fund-flows-{day}.csv", (spoken(), snapshot, *parameters.items()), for_ever={"as_of", "snapshot"} <= request.query_params.keys())
    if is_held(request.headers.get("if-none-match", ""), answer["ETag"]):
        stack.close()
        return Response(status_code=304, headers=answer)
    return Streamed(() if request.method == "HEAD" else _chunks(cursor, parameters), stack, answer, "text/csv; charset=utf-8")


def _chunks(cursor: duckdb.DuckDBPyConnection, parameters: dict[str, object]) -> Iterator[bytes]:
    """The file: names of columns in English, as ILPA has them, then the rows."""
    found = cursor.sql(FLOWS_SQL, params=parameters)
    yield BOM + pl.DataFrame(schema=dict.fromkeys(found.columns, pl.String)).write_csv(line_terminator="\r\n", quote_style="non_numeric").encode()
    for batch in found.to_arrow_reader(BATCH):
        frame = pl.from_arrow(batch)
        assert isinstance(frame, pl.DataFrame)
        yield csv_rows(frame)
