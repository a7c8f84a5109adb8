"""What a file says its rows add up to is kept beside what they do add up to, and a difference is the sender's to put right."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import polars as pl
from park import Park

from etl.staging import Job, stage

POOL = ["流水号", "日期", "类型", "合同编号", "金额（万元）", "登记电话"]


def staged(folder: Path, *lines: list[str]) -> pl.DataFrame:
    """The totals kept of a text file with these lines."""
    path = folder / "风险补偿金-202610.csv"
    path.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    return pl.read_parquet(stage(Job(blob=path, name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), received_on=dt.date(2026, 11, 5),
                                     staging=folder)).folder / "totals.parquet")


def entry(number: int, amount: str) -> list[str]:
    return [f"L-{number}", "2026-10-01", "支付", "", amount, f"{13900010000 + number}"]


def test_a_total_is_kept_with_what_its_rows_add_up_to(tmp_path: Path) -> None:
    found = staged(tmp_path, POOL, entry(1, "10.5"), entry(2, "20.25"), ["合计", "", "", "", "31.75", ""])
    assert found.select("row", "heading", "reported", "summed").rows() == [(4, "金额（万元）", 31.75, 30.75)]
    assert 0 < found["tolerance"][0] < 1


def test_of_a_column_nobody_knows_no_total_is_kept(tmp_path: Path) -> None:
    """It may hold anything: here the sum of telephone numbers."""
    found = staged(tmp_path, POOL, entry(1, "10"), entry(2, "20"), ["合计", "", "", "", "30", "27800020003"])
    assert found["heading"].to_list() == ["金额（万元）"]


def test_a_wrong_total_stays_in_the_snapshot_until_the_file_is_corrected(empty: Park) -> None:
    def send(total: str) -> None:
        lines = [POOL[:5], entry(1, "10")[:5], entry(2, "20")[:5], ["合计", "", "", "", total]]
        empty.send("D05/风险补偿金-202610.csv", "\n".join(map(",".join, lines)).encode())
        empty.refresh()

    off = ("SELECT t.reported, t.summed, f.name FROM raw.reported_total AS t JOIN raw.file AS f USING (file_id) "
           "WHERE abs(t.reported - t.summed) > t.tolerance AND file_id = (SELECT max(file_id) FROM raw.file)")
    send("33")
    assert empty.ask(off) == [(33.0, 30.0, "风险补偿金-202610.csv")]
    send("30")
    assert empty.ask(off) == []
