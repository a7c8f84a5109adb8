"""Any number leads back to a cell of a department's file: the row it names, in the bytes as they were sent, tells of what is counted."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from park import NOON, Park, Sheet, home_of, read_in_process, sample
from python_calamine import CalamineWorkbook

from etl.__main__ import main
from etl.contract import Kind
from etl.feeds import FEEDS
from etl.home import VARIABLE
from etl.landing import Landing
from etl.reading.heading import plain
from warehouse.source_line import sources

KINDS = {"project": ("项目编号",), "outcome": ("成果编号",), "organization": ("统一社会信用代码",), "zone": ("所在空间",), "core_function": ("核心区功能",)}
DAYS = ("发生日期", "落地日期", "签约日期", "投用日期")


def as_workbook(table: Sheet) -> bytes:
    return table.xlsx(rows_above=2, sheet="10月")


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def sent(request: pytest.FixtureRequest, park: Park, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Park]:
    """The park as CSV files, and again as workbooks with another sheet before the table's and rows above it."""
    made = park
    if request.param == "xlsx":
        made = Park.opened(tmp_path_factory.mktemp("workbooks") / "data")
        made.send_samples(as_workbook, suffix="xlsx")
        with read_in_process():
            made.refresh(now=NOON)
    with made.open():  # kept open, so that each of hundreds of commands need not
        yield made


@dataclass(frozen=True, kw_only=True)
class Landed:
    """A file in landing as a plain reader sees it: a grid per sheet. Row 1 is grid[0]."""

    grids: dict[str, list[list[str]]]

    def row(self, sheet: str, number: int) -> dict[str, str]:
        """The cells of a physical row by the headings above it."""
        grid = self.grids[sheet]
        header = next(line for line in grid if sum(bool(cell) for cell in line) > 4)
        return dict(zip(map(plain, header), grid[number - 1], strict=False))


@cache
def landed(blob: Path) -> Landed:
    """Read with csv or calamine, without our reader."""
    content = blob.read_bytes()
    if content.startswith(b"PK"):
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return Landed(grids={name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
                             for name in book.sheet_names})
    return Landed(grids={"": list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True)))})


def told(park: Park, row: dict[str, Any]) -> dict[str, str]:
    """The cells of the row a JSON row of `metric` names."""
    return landed(Landing(park.home.root / "landing").blob(row["sha256"])).row(row["sheet"], row["row"])


def metric(park: Park, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Any:
    monkeypatch.setenv(VARIABLE, str(park.home.root))
    assert main(["metric", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def digits(text: str) -> str:
    """2026年6月5日 → 20260605; a month or a quarter gives what it has."""
    parts = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    return "".join(part.zfill(2) for part in parts)


def test_each_row_of_each_metric_leads_to_the_row_of_the_file_that_tells_of_it(
        sent: Park, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    roots = dict(sent.ask("SELECT project_id, root_project_id FROM core.project"))
    zones = dict(sent.ask("SELECT alias, zone_id FROM ref.zone_alias"))
    functions = sent.ask("SELECT core_function_id, name_zh FROM ref.core_function")
    kinds = set()
    for asked in metric(sent, capsys, monkeypatch, "--list"):
        found = metric(sent, capsys, monkeypatch, asked["metric"])
        if "groups" in found:
            assert found["rows"] == [], "of persons no row leaves"
            continue
        if "numerator" not in found and found["value"] is not None:
            assert sum(round(100 * row["value"]) for row in found["rows"]) == pytest.approx(round(100 * found["value"]), abs=len(found["rows"]))
        for row in found["rows"]:
            cells = told(sent, row)
            assert any(cells.values()), (asked["metric"], row)
            if not asked["metric"].startswith(("g1_", "g2_", "g3_", "g4", "g5_")):
                continue
            about = next(cells[heading] for heading in KINDS[row["entity_kind"]] if heading in cells)
            means = {"project": roots.get(about, about), "zone": zones.get(about.replace(" ", "")),
                     "core_function": next((id_ for id_, name in functions if about in name), about)}.get(row["entity_kind"], about)
            assert means == row["entity_id"], (asked["metric"], row, cells)
            kinds.add(row["entity_kind"])
            if row["occurred_precision"] == "D":
                days = [digits(cells[heading]) for heading in DAYS if cells.get(heading)]
                assert row["occurred_on"].replace("-", "") in days, (row, cells)
    assert kinds == set(KINDS), "every kind of thing was traced"


def test_every_row_that_was_read_leads_to_its_own_key(sent: Park) -> None:
    for name, feed in FEEDS.items():
        texts = [column for column in feed.key() if column.kind == "text"]
        rows = sent.ask(f"SELECT f.sha256, s.sheet, s.row, {', '.join(f'r.{column.name}' for column in texts)} FROM raw.{name} AS r "
                        "JOIN raw.source_row AS s USING (row_id) JOIN raw.file AS f ON f.file_id = r.file_id ORDER BY row_id")
        assert len(rows) == len(sample(name).rows)
        for sha256, sheet, row, *keys in rows:
            cells = told(sent, {"sha256": sha256, "sheet": sheet, "row": row})
            sent_keys = [next(cells[heading] for heading in column.headings if heading in cells) for column in texts]
            assert [key or "" for key in keys] == ["" if cell in ("—", "无") else cell for cell in sent_keys]


def test_further_sources_lead_to_rows_too(sent: Park) -> None:
    rows = sent.ask("SELECT c.metric_id, c.entity_id, f.feed, f.sha256, s.sheet, s.row FROM mart.contribution_source AS x "
                    "JOIN mart.contribution AS c USING (metric_id, key, counts_from) "
                    "JOIN raw.source_row AS s ON s.row_id = x.row_id JOIN raw.file AS f USING (file_id)")
    everything = sent.ask("SELECT count(*) FROM mart.contribution_source")
    assert [(len(rows),)] == everything != [(0,)]
    assert {feed for _, _, feed, *_ in rows} >= {"projects", "evidence"}
    for _, entity_id, feed, sha256, sheet, row in rows:
        cells = told(sent, {"sha256": sha256, "sheet": sheet, "row": row})
        if feed in ("projects", "output_values"):
            assert entity_id in cells.values() or cells["上级项目编号"] == entity_id


def test_every_line_that_counts_is_kept_as_it_stands_in_the_file(sent: Park) -> None:
    placed = {row_id: (sha256, {heading for column in FEEDS[feed].columns if column.kind is Kind.PERSONAL or column.is_person for heading in column.headings},
                       FEEDS[feed].is_about_persons)
              for row_id, sha256, feed in sent.ask("SELECT s.row_id, f.sha256, f.feed FROM raw.sent_row AS s JOIN raw.file AS f USING (file_id)")}
    with sent.open() as con:
        lines = sources(con, placed)
    assert len(lines) == len(placed) > 20
    for row_id, line in lines.items():
        sha256, personal, is_about_persons = placed[row_id]
        there = told(sent, {"sha256": sha256, "sheet": line.sheet, "row": line.row})
        personal = set(there) if is_about_persons else personal
        kept = [(heading, text) for heading, text in there.items() if text and heading not in personal]
        assert [(plain(heading), text) for heading, text in line.cells] == kept
        assert set(line.left_out) == personal & there.keys()
    assert any(line.left_out for line in lines.values())


def test_the_file_and_sheet_are_named_as_they_were_sent(sent: Park, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = metric(sent, capsys, monkeypatch, "g1_poc_small")["rows"]
    names = {(row["file"], row["sheet"]) for row in rows}
    assert names in ({("阶段事件.csv", "")}, {("阶段事件.xlsx", "10月")})
    assert {path.name for path in sent.home.inbox.rglob("*.*")} >= {name for name, _ in names}


def test_a_refused_row_leads_to_its_row_and_says_what_stood_there(empty: Park) -> None:
    for name, feed in FEEDS.items():
        empty.send(f"{home_of(name)}/{feed.title}-差.xlsx", as_workbook(sample(name, "bad")))
    empty.refresh()
    rows = empty.ask("SELECT f.sha256, s.sheet, s.row, r.cells FROM rejected.row AS r JOIN raw.source_row AS s USING (row_id) "
                    "JOIN raw.file AS f ON f.file_id = r.file_id")
    assert len(rows) == sum(len(sample(name, "bad").rows) for name in FEEDS)
    persons = {(sha256, row) for sha256, row, feed in empty.ask(
        "SELECT f.sha256, s.row, f.feed FROM rejected.row AS r JOIN raw.source_row AS s USING (row_id) JOIN raw.file AS f ON f.file_id = r.file_id")
        if FEEDS[feed].is_about_persons}
    for sha256, sheet, row, cells in rows:
        there = told(empty, {"sha256": sha256, "sheet": sheet, "row": row})
        kept = json.loads(cells)
        assert len(kept) >= 5 or (not kept and (sha256, row) in persons), "of persons no cell is kept"
        assert {heading: cell or "" for heading, cell in kept.items()} == {heading: there[heading] for heading in kept}
