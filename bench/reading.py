"""How long one large file takes to be read, beside the bare library that reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.summary import Line
from bench.tables import write_texts, write_workbook
from bench.watch import Measured, MeasurementFailed, middle

SHEET_ROWS, TEXT_ROWS = 100_000, 1_000_000
Run = Callable[..., Measured]


def lines(folder: Path, run: Run, times: int, share: float = 1) -> list[Line]:
    """A workbook of 20 columns and a GB18030 text file of 10. `share`: of their full size. Raises MeasurementFailed."""
    sheet_rows, text_rows = int(SHEET_ROWS * share), int(TEXT_ROWS * share)
    book, department, clean = folder / "项目库.xlsx", folder / "项目库-gb18030.csv", folder / "clean.csv"
    write_workbook(book, sheet_rows)
    write_texts(department, clean, text_rows)
    found = [
        Line(what=f"reading a workbook of {sheet_rows:,} × 20 cells", ours=_median(run, times, sheet_rows, "read_file", book),
             against="python-calamine, cells as Python values", theirs=_median(run, times, sheet_rows, "calamine", book), aim=1.5),
        Line(what=f"reading a GB18030 text file of {text_rows:,} × 10", ours=_median(run, times, text_rows, "read_file", department),
             against="`polars.read_csv` of a clean UTF-8 copy", theirs=_median(run, times, text_rows, "polars_csv", clean), aim=2)]
    for path in (book, department, clean):
        path.unlink()
    return found


def _median(run: Run, times: int, rows: int, task: str, path: Path) -> Measured:
    runs = [run(task, path=path) for _ in range(times)]
    if {each.facts["rows"] for each in runs} != {rows}:
        raise MeasurementFailed(f"{task}: {runs[0].facts['rows']} rows read of {rows}")
    return middle(runs)
