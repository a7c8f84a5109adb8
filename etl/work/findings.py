"""What to look at in a file that was read: cells and rows that do not count, and what counts and is doubtful, each with its place and what to do."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import polars as pl
from xlsxwriter.utility import xl_col_to_name

from etl.register import SentFile
from etl.staging import Staged
from warehouse.duties import has
from warehouse.jobs.results import LISTED, Finding
from warehouse.raw import FILE_BITS, ROW_MASK, SHEET_BITS, SHEET_MASK
from warehouse.snapshot_file import connect
from warehouse.unit_doubts import unit_doubts

CASES = "SELECT DISTINCT check_id, feed, department_id, sender, key FROM meta.check_case"
OWN_CASES = """SELECT c.check_id, c.feed, c.department_id, c.sender, c.key, r.sentence, c.found, r.action, c.row_id
FROM meta.check_case AS c JOIN meta.check_result AS r USING (check_id)
WHERE c.feed = $feed AND c.department_id = $department AND c.sender = $sender AND NOT starts_with(c.check_id, 'rows_') AND c.check_id <> 'totals_add_up' ORDER BY ALL"""
AGAIN = "改正后把整份文件重新上传；其余各行可以照常计入。"


def errors(staged: Staged) -> tuple[tuple[Finding, ...], int]:
    """The refused cells in the order of the file, the first LISTED of them, and how many there are."""
    found = pl.scan_parquet(staged.folder / "reasons.parquet").sort("sheet_no", "row", maintain_order=True)
    rows = found.head(LISTED).collect()
    listed = tuple(_at(staged, "refused", int(row["sheet_no"]), int(row["row"]), str(row["reason"]), AGAIN, row["heading"], row["value"])
                   for row in rows.iter_rows(named=True))
    return listed, int(found.select(pl.len()).collect().item())


def warnings(staged: Staged, file: SentFile, trial: Path | None, before: Path | None) -> tuple[tuple[Finding, ...], int]:
    """What counts all the same, by kind and place. `trial`, `before`: snapshots with and without the file, for what other tables say of it."""
    totals = tuple(_totals(staged))
    found = [*_of_reading(staged, totals), *totals, *(_of_tables(staged, file, trial, before) if trial else ())]
    aside = pl.read_parquet(staged.folder / "set_aside.parquet").sort("sheet_no", "row")
    found += [_at(staged, "set_aside", int(row["sheet_no"]), int(row["row"]), str(row["reason"]), "内容相同的行只计一次，不必改。")
              for row in aside.head(LISTED).iter_rows(named=True)]
    return tuple(found[:LISTED]), len(found) + max(0, aside.height - LISTED)


def _of_reading(staged: Staged, totals: Sequence[Finding]) -> Iterator[Finding]:
    """What reading noticed; of a total that does not add up its cell is told already."""
    for heading in staged.unknown:
        place = next(((table.sheet_no, table.columns[heading]) for table in staged.places if heading in table.columns), None)
        yield _finding("unknown", f"列“{heading}”不认识，没有使用", "是报表的列的，在“列名说明”里说明一次；不是的，说明不用，以后不再提示。", heading=heading,
                       sheet=staged.sheets[place[0]] if place else None, column=xl_col_to_name(place[1]) if place else None)
    told = tuple(f"第 {each.row} 行的合计与" for each in totals)
    for said in (each for each in staged.warnings if not each.startswith(told)):
        yield _finding("reading", said, "核对即可；读得不对的，改正后重新上传。")


def _totals(staged: Staged) -> Iterator[Finding]:
    totals = pl.read_parquet(staged.folder / "totals.parquet")
    for row in totals.filter((pl.col("reported") - pl.col("summed")).abs() > pl.col("tolerance")).head(LISTED).iter_rows(named=True):
        yield _at(staged, "total", row["sheet_no"], row["row"], f"合计行填 {row['reported']:,.10g}，各行之和是 {row['summed']:,.10g}",
                  "核对合计行和各行，改正错的一处；看板只用各行，不用合计。", row["heading"])


def _of_tables(staged: Staged, file: SentFile, trial: Path, before: Path | None) -> Iterator[Finding]:
    """Doubtful units, and what the checks find that they did not find before."""
    with closing(connect(trial, {})) as con:
        for doubt in unit_doubts(con):
            if doubt.file_id == file.file_id:
                yield _finding("unit", f"{doubt.sentence}。", "核对该列的单位；确是单位错了，改正后重新上传；属实的不必改。")
        if not has(con, "meta.check_case"):
            return
        own = con.execute(OWN_CASES, {"feed": staged.feed, "department": file.department_id, "sender": file.sender}).fetchall()
    known: set[tuple[str, ...]] = set()
    if before:
        with contextlib.closing(connect(before, {})) as con:
            known = set(con.execute(CASES).fetchall()) if has(con, "meta.check_case") else set()
    for *case, sentence, told, action, row_id in own:
        if tuple(case) in known:
            continue
        what = "：".join(filter(None, (case[-1], told)))
        if row_id is not None and row_id >> FILE_BITS == file.file_id:
            yield _at(staged, "check", (row_id >> SHEET_BITS) & SHEET_MASK, row_id & ROW_MASK, what, action, about=sentence)
        else:
            yield _finding("check", what, action, about=sentence)


def _at(staged: Staged, kind: str, sheet_no: int, row: int, what: str, do: str, heading: str | None = None, value: str | None = None, about: str = "") -> Finding:
    """A finding in one row, and under a heading where there is one. Headings are found without their unit."""
    bare = (heading or "").partition("（")[0]
    tables = (table.columns for table in staged.places if table.sheet_no == sheet_no)
    column = next((columns[each] for columns in tables for each in (heading or "", bare) if each in columns), None)
    return _finding(kind, what, do, sheet=staged.sheets[sheet_no] if sheet_no < len(staged.sheets) else None, row=row,
                    column=None if column is None else xl_col_to_name(column), heading=heading, value=value, about=about)


def _finding(kind: str, what: str, do: str, *, sheet: str | None = None, row: int | None = None, column: str | None = None, heading: str | None = None,
             value: str | None = None, about: str = "") -> Finding:
    told = "\n".join(map(str, (kind, sheet, row, heading, about, what)))
    return Finding(finding_id=hashlib.sha256(told.encode()).hexdigest()[:16], kind=kind, what=what, do=do, sheet=sheet or None, row=row, column=column,
                   heading=heading, value=value, about=about)
