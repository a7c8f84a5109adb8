"""What changed as files: rows that add up to the terms, a workbook with the sentences, and a waterfall for paper."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from xml.etree import ElementTree as ET

import openpyxl
import polars as pl
import pytest
from asked import Answer, ask
from meetings import Meetings, held
from starlette.applications import Starlette

from analytics.comparing import Point, compare
from exports.changes_routes import bridge_routes
from exports.links import bridge_url


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Meetings:
    return held(tmp_path_factory.mktemp("meetings"))


@pytest.fixture
def at(meetings: Meetings, monkeypatch: pytest.MonkeyPatch) -> Meetings:
    monkeypatch.setenv("GANZHIHUI_DATA", str(meetings.store.root.parent))
    return meetings


def get(at: Meetings, name: str, fmt: str, **more: str) -> Answer:
    return ask(Starlette(routes=bridge_routes()), bridge_url(name, fmt, **{"from": at.first, "to": at.second, **more}))  # type: ignore[arg-type]


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


def test_the_rows_add_up_to_the_terms_of_every_metric(at: Meetings) -> None:
    answer = get(at, "changes", "csv")
    assert answer.status == 200 and answer.body.startswith(b"\xef\xbb\xbf")
    found = rows(answer)
    changes = compare(at.store, Point(snapshot=at.first), Point(snapshot=at.second))
    for change in changes.metrics:
        if len(change.metric.made_of) == 1 and change.standing == "bridged":
            for term in change.terms:
                own = [Decimal(row["变化"]) for row in found if row["指标代码"] == change.metric.metric_id and row["构成"] == term.term]
                assert len(own) == term.count and sum(own) == term.exact


def test_a_row_leads_back_to_the_line_that_said_it(at: Meetings) -> None:
    [late] = [row for row in rows(get(at, "changes", "csv", metric="g1_poc_small")) if row["构成"] == "迟报补录"]
    assert (late["名称"], late["文件"], late["行"], late["收到时间"]) == ("GZH-3号项目", "stage_events.csv", "2", "2026-11-05 12:14")


def test_parquet_has_the_same_rows_with_days_and_amounts_as_such(at: Meetings) -> None:
    answer, texts = get(at, "changes", "parquet"), rows(get(at, "changes", "csv"))
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    table = pl.read_parquet(io.BytesIO(answer.body))
    assert (table.schema["发生日期"], table.schema["收到时间"], table.schema["行"].is_integer(), table.schema["变化"].is_decimal()) == (
        pl.Date(), pl.Datetime("us", "UTC"), True, True)
    assert [str(day or "") for day in table["发生日期"]] == [row["发生日期"] for row in texts] and table["变化"].to_list() == [Decimal(row["变化"]) for row in texts]
    assert pl.read_parquet_metadata(io.BytesIO(answer.body))["row_count"] == str(len(texts))


def test_the_workbook_has_the_bridge_the_rows_and_what_they_are(at: Meetings) -> None:
    book = openpyxl.load_workbook(io.BytesIO(get(at, "changes", "xlsx").body))
    assert book.sheetnames == ["变化", "行", "说明"]
    headings, *lines = book["变化"].iter_rows(values_only=True)
    for line in lines:
        told = dict(zip(headings, line, strict=True))
        if isinstance(told["上期"], int | float) and isinstance(told["本期"], int | float) and any(told[each] for each in ("真实新增", "真实减少")):
            reasons: float = sum(float(str(told[each] or 0)) for each in headings[headings.index("上期") + 1:headings.index("本期")])
            assert told["上期"] + reasons == pytest.approx(told["本期"], abs=1e-5), told["指标"]
    assert "由 2 项增至 3 项" in " ".join(str(line[-1]) for line in lines)
    assert at.first in str([each.value for each in book["说明"]["B"]])


def test_the_waterfall_for_paper_writes_every_amount_and_the_sentence(at: Meetings) -> None:
    answer = get(at, "g1_poc_small", "svg")
    assert answer.status == 200 and answer.headers["content-type"] == "image/svg+xml"
    said = "".join(each.text or "" for each in ET.fromstring(answer.text).iter())
    for part in ("2 项", "3 项", "真实新增", "迟报补录", "更正撤销", "−1 项", "演示数据"):
        assert part in said


@pytest.mark.parametrize(("name", "fmt", "more", "status"), [
    ("changes", "csv", {"from": "nonsense"}, 404), ("changes", "pdf", {}, 404), ("changes", "svg", {}, 404), ("nonsense", "svg", {}, 404),
    ("changes", "csv", {"metric": "nonsense"}, 404), ("task_listed", "csv", {}, 404), ("changes", "csv", {"from_as_of": "yesterday"}, 400)])
def test_what_cannot_be_had_is_a_sentence(at: Meetings, name: str, fmt: str, more: dict[str, str], status: int) -> None:
    answer = get(at, name, fmt, **more)
    assert answer.status == status and answer.headers["content-type"].startswith("text/plain") and answer.text.strip()
