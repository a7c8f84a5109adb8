"""An address of an export gives the file, the same for ever, or a sentence that says what to do."""

from __future__ import annotations

import csv
import datetime as dt
import http.client
import io
import json
import logging
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import openpyxl
import polars as pl
import pytest
from asked import Answer, Get
from park import Park, sample
from served import serving
from starlette.requests import ClientDisconnect

from analytics.access import Access, Role
from exports import routes
from exports.asking import SHORT
from exports.links import export_url
from exports.rows import rows_of
from serve import app
from warehouse.here import reader

DAY = dt.date(2026, 10, 31)


def current(park: Park) -> str:
    found = park.home.store.current()
    assert found
    return found.snapshot


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


def in_use(park: Park) -> int:
    """Cursors that page runs or exports hold."""
    return sum(each.cursors for each in reader(park.home.root / "warehouse")._open.values())


def told_name(answer: Answer) -> str:
    return unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])


def test_an_address_gives_the_rows_of_what_it_names(read_only: Park, get: Get) -> None:
    with read_only.open() as con:
        for zone, month in ((None, None), ("chem", None), (None, "before"), (None, "2026-03")):
            found = rows(get(export_url("g1_poc_small_incl_stock", "csv", DAY, current(read_only), zone, month)))
            asked = rows_of(con, "g1_poc_small_incl_stock", DAY, zone, month)
            assert [row["编号"] for row in found] == asked.frame["编号"].to_list() != []
            assert sum(Decimal(row["数值"]) for row in found) == asked.total


def test_both_files_hold_the_same_rows(read_only: Park, get: Get) -> None:
    answers = [get(export_url("g4b_output_cumulative", fmt, DAY, current(read_only))) for fmt in ("csv", "xlsx")]
    _, *cells = openpyxl.load_workbook(io.BytesIO(answers[1].body))["数据"].iter_rows(values_only=True)
    assert [row["编号"] for row in rows(answers[0])] == [row[2] for row in cells]
    assert [answer.headers["content-type"].partition(";")[0] for answer in answers] == [
        "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
    assert answers[1].headers["content-length"] == str(len(answers[1].body))


def test_a_csv_says_where_it_is_described_and_a_parquet_is_one(read_only: Park, get: Get) -> None:
    answer = get("/export/g1_poc_small.csv?zone=chem&lang=en")
    beside = answer.headers["link"].removeprefix("<").partition(">")[0]
    assert beside == "/export/g1_poc_small.json?zone=chem&lang=en"
    described = json.loads(get(beside).body)
    assert described["url"] == "/export/g1_poc_small.csv?zone=chem&lang=en" and described["ganzhihui:row_count"] == len(rows(answer))
    told = get("/export/g1_poc_small.parquet?zone=chem&lang=en")
    assert told.headers["content-type"] == "application/vnd.apache.parquet" and told.body[:4] == told.body[-4:] == b"PAR1"
    assert pl.read_parquet(io.BytesIO(told.body)).height == len(rows(answer))


def test_without_date_and_snapshot_the_newest_is_given(read_only: Park, get: Get) -> None:
    short, full = get("/export/g1_poc_small.csv"), get(export_url("g1_poc_small", "csv", DAY, current(read_only)))
    assert short.body == full.body
    assert short.headers["etag"] == full.headers["etag"]
    assert short.headers["cache-control"] == "private, no-cache"
    assert full.headers["cache-control"] == "private, max-age=31536000, immutable"


def test_the_file_has_a_chinese_name_that_says_what_it_is(read_only: Park, get: Get) -> None:
    name = told_name(get(export_url("g1_poc_small", "xlsx", DAY, current(read_only), "bio", "2026-03")))
    assert name == f"演示数据-概念验证及小试项目（期内新增）-生物医药产业承载区-2026-03-截至2026-10-31-{current(read_only)}.xlsx"
    assert get("/export/g1_poc_small.csv").headers["content-disposition"].startswith('attachment; filename="g1_poc_small-2026-10-31.csv"; ')


def test_each_choice_is_another_content(read_only: Park, get: Get) -> None:
    snapshot = current(read_only)
    addresses = [export_url("g1_poc_small", "csv", DAY, snapshot), export_url("g1_poc_small", "xlsx", DAY, snapshot),
                 export_url("g1_poc_small", "csv", DAY, snapshot, "bio"), export_url("g1_poc_small", "csv", DAY, snapshot, None, "2026-03"),
                 export_url("g1_poc_small", "csv", dt.date(2026, 9, 30), snapshot), export_url("g1_poc_only", "csv", DAY, snapshot)]
    assert len({get(address).headers["etag"] for address in addresses}) == len(addresses)


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "parquet", "json"])
def test_who_has_the_content_is_not_sent_it_again(read_only: Park, get: Get, fmt: str) -> None:
    address = f"/export/g1_poc_small.{fmt}"
    etag = get(address).headers["etag"]
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = get(address, headers={"If-None-Match": held})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    assert get(address, headers={"If-None-Match": '"other"'}).status == 200
    assert in_use(read_only) == 0


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "parquet", "json"])
def test_head_says_the_same_without_the_file(read_only: Park, get: Get, fmt: str) -> None:
    asked, head = get(f"/export/g1_poc_small.{fmt}"), get(f"/export/g1_poc_small.{fmt}", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {name: text for name, text in asked.headers.items() if name != "content-length"} == head.headers
    assert in_use(read_only) == 0


LONG = "x" * 10_000
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(("address", "status", "says"), [
    ("/export/g9.csv", 404, "没有指标“g9”。相近的：g"),
    ("/export/中试项目.xlsx", 404, "没有指标“中试项目”"),
    (f"/export/{LONG}.csv", 404, "没有指标“x"),
    ("/export/g1_poc_small.pdf", 404, "/export/指标代码.csv"),
    ("/export/g1_poc_small", 404, "/export/指标代码.csv"),
    ("/export/.csv", 404, "没有指标“”"),
    ("/export/g1_poc_small.csv?zone=Biomedicine", 404, "没有空间“Biomedicine”。现有：core"),
    (f"/export/g1_poc_small.csv?zone={SCRIPT}", 404, "没有空间“<script>"),
    (f"/export/g1_poc_small.xlsx?zone={LONG}", 404, "没有空间“x"),
    ("/export/g1_poc_small.csv?snapshot=20200101T000000000Z-abcd", 404, "没有快照“20200101T000000000Z-abcd”。现有"),
    ("/export/g1_poc_small.csv?snapshot=../../etc/passwd", 404, "没有快照"),
    ("/export/g1_poc_small.csv?as_of=2026-13-01", 400, "不是日期，应为 2026-10-31 这样的日期"),
    ("/export/g1_poc_small.csv?as_of=20261031", 400, "不是日期"),
    (f"/export/g1_poc_small.csv?as_of={LONG}", 400, "不是日期"),
    ("/export/g1_poc_small.csv?as_of=2031-01-01", 400, "2026-10-31"),
    ("/export/g1_poc_small.csv?month=2026年3月", 400, "不是月份，应为 2026-10 这样的月份"),
    ("/export/g1_poc_small.xlsx?month=2027-01", 400, "月份 2027-01 在截至日 2026-10-31 之后"),
])
def test_a_wrong_address_gets_a_sentence(read_only: Park, get: Get, address: str, status: int, says: str) -> None:
    answer = get(address)
    assert answer.status == status
    assert says in answer.text
    assert len(answer.text) < 40 * SHORT
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "content-disposition" not in answer.headers
    assert in_use(read_only) == 0


def test_other_parameters_of_a_page_do_no_harm(read_only: Park, get: Get) -> None:
    assert get("/export/g1_poc_small.csv?lang=xx&goal=g2").body == get("/export/g1_poc_small.csv").body


def test_without_any_snapshot_it_says_how_to_begin(empty: Park, get: Get) -> None:
    answer = get("/export/g1_poc_small.csv")
    assert answer.status == 404
    assert "还没有发布过数据" in answer.text


def test_a_snapshot_without_a_file_is_told(empty: Park, get: Get) -> None:
    empty.refresh()
    answer = get("/export/g1_poc_small.csv")
    assert (answer.status, answer.text) == (400, "快照里还没有任何文件。\n")


def test_a_damaged_snapshot_is_told_without_paths(home: Park, get: Get, caplog: pytest.LogCaptureFixture) -> None:
    path = home.home.store.path(current(home))
    path.chmod(0o600)
    path.write_bytes(b"not a database")
    with caplog.at_level(logging.ERROR):
        answer = get(f"/export/g1_poc_small.csv?snapshot={current(home)}")
    assert answer.status == 503
    assert str(home.home.root) not in answer.text
    assert "数据暂时读不出来" in answer.text
    assert caplog.records


@pytest.mark.parametrize(("asked", "said"), [
    ("stage=smal", "没有阶段“smal”的行。相近的：small、"), ("category=nothing", "没有分类“nothing”的行。相近的："), ("entity=GZH-0", "没有编号“GZH-0”的行。相近的：GZH-"),
    ("direction=xx", "没有方向“xx”的行"), ("org=nobody", "没有主体“nobody”的行")])
def test_a_code_that_no_row_ever_had_is_told_with_the_nearest(read_only: Park, get: Get, asked: str, said: str) -> None:
    answer = get(f"/export/g1_poc_small.csv?{asked}")
    assert answer.status == 404
    assert said in answer.text
    assert in_use(read_only) == 0


def test_a_stage_without_rows_today_is_an_empty_table(read_only: Park, get: Get) -> None:
    assert rows(get("/export/g1_poc_small.csv?stage=rd")) == []


def test_an_address_keeps_its_content_when_another_snapshot_is_published(home: Park, get: Get) -> None:
    address = export_url("g1_poc_small", "xlsx", DAY, current(home))
    before, newest = get(address), get("/export/g1_poc_small.xlsx")
    home.send("科技创新促进中心/项目库-更正.csv", sample("projects").but("GZH-2025-0003", 项目名称="（演示）改名"))
    assert home.refresh().snapshot not in address
    assert get(address).body == before.body
    assert get("/export/g1_poc_small.xlsx").headers["etag"] != newest.headers["etag"]


def test_a_reader_who_leaves_gives_the_snapshot_back(read_only: Park, get: Get) -> None:
    for fmt in ("csv", "xlsx", "parquet", "json"):
        with pytest.raises(ClientDisconnect):
            get(f"/export/g1_poc_small.{fmt}", gone_after=0)
        assert in_use(read_only) == 0
    assert get("/export/g1_poc_small.csv").status == 200


def test_a_full_disk_is_told_and_points_to_the_csv(read_only: Park, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(routes, "write_workbook", full)
    answer = get("/export/g1_poc_small.xlsx")
    assert answer.status == 503
    assert "请：改用 CSV" in answer.text
    assert in_use(read_only) == 0


def test_exports_ask_what_may_be_seen(read_only: Park, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "access_of", lambda _request: Access(subject="a", name="a", role=Role.VIEWER, departments=frozenset()))
    assert get("/export/g1_poc_small.csv").status == 403


def test_the_pages_and_the_exports_are_one_app() -> None:
    assert any(getattr(route, "path", "") == "/export/{name}" for route in app._user_routes)
    assert "Headers" in {getattr(each.cls, "__name__", "") for each in app._user_middleware}


@pytest.fixture(scope="module")
def address(park: Park, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the park is served as `make serve` does."""
    with serving(park.home.root, tmp_path_factory.mktemp("served") / "log") as found:
        yield found


def over_http(address: str, method: str, url: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request(method, quote(url, safe="/?=&"), headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_the_server_gives_the_files_with_its_headers_and_uncompressed(park: Park, address: str, tmp_path: Path) -> None:
    for fmt, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        status, headers, body = over_http(address, "GET", export_url("g1_poc_small", fmt, DAY, current(park)))  # type: ignore[arg-type]
        assert status == 200
        assert body.startswith(begins)
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert over_http(address, "HEAD", f"/export/g1_poc_small.{fmt}")[::2] == (200, b"")
    status, headers, body = over_http(address, "GET", "/export/g9.csv")
    assert (status, headers["x-content-type-options"]) == (404, "nosniff")
    assert body.decode().startswith("没有指标“g9”")
    assert over_http(address, "POST", "/export/g1_poc_small.csv")[0] == 405
