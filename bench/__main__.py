"""python -m bench: measure on invented files, print JSON, and at full size write the table into docs/bench.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import every_feed, exporting, exposures, reading, search, summary
from bench.data import write
from bench.summary import Line
from bench.watch import Measured, MeasurementFailed, measured, middle

FULL = 2_000_000
FUND_FLOWS = 500_000
CHANGED = "D08/阶段事件-202610.csv"
TIMES, BROWSER_TIMES = 3, 5
EVENTS_PER_ROW = 3  # the funnel is measured on three times as many events


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything. Exit code 1 where a measurement failed; a missed aim is no failure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure reading, refresh and pages beside their peers.")
    parser.add_argument("--rows", type=int, default=FULL, help=f"stage events; the table in docs/bench.md is written at {FULL:,} only")
    parser.add_argument("--reading", action="store_true", help="only the reading of single files; the table in docs/bench.md is left alone")
    parser.add_argument("--feeds", action="store_true", help="only a refresh of all feeds, as many rows in all; its part of docs/bench.md is rewritten")
    parser.add_argument("--exposures", action="store_true", help="only the views of 基金敞口, with --rows loans; the table is left alone")
    parser.add_argument("--funnel", action="store_true", help="only the funnel; the table in docs/bench.md is left alone")
    parser.add_argument("--funds", action="store_true", help=f"only the view of funds over {FUND_FLOWS:,} cash flows; the table in docs/bench.md is left alone")
    parser.add_argument("--changes", action="store_true", help="only 会间变化, with --rows contributions in each of two snapshots; the table is left alone")
    parser.add_argument("--export", action="store_true", help=f"only exports of {exporting.ROWS:,} rows; its part of docs/bench.md is rewritten")
    parser.add_argument("--search", action="store_true", help=f"only the search box and dossiers over {search.THINGS:,} things; its part of docs/bench.md is rewritten")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            if asked.reading:
                print("\n".join(line.row() for line in reading.lines(Path(folder), _run, TIMES, min(asked.rows / FULL, 1))))
                return 0
            if asked.funds:
                print(json.dumps(_run("funds_page", folder=folder, rows=FUND_FLOWS).facts))
                return 0
            if asked.changes:
                print(json.dumps(dict(_run("changes", home=Path(folder) / "changes", rows=asked.rows).facts)))
                return 0
            if asked.exposures:
                print(exposures.line(Path(folder), _run, min(asked.rows, exposures.LOANS)))
                return 0
            if asked.feeds:
                text = _every_feed(Path(folder), asked.rows)
                print(text)
                if asked.rows == FULL:
                    summary.write(text, "every feed")
                return 0
            if asked.export:
                text = exporting.table(_run, middle, Path(folder), min(asked.rows, exporting.ROWS), TIMES)
                print(text)
                if asked.rows >= exporting.ROWS:
                    summary.write(text, "export")
                return 0
            if asked.search:
                text = search.table(_run("search", home=Path(folder) / "search", things=min(asked.rows, search.THINGS)))
                print(text)
                if asked.rows >= search.THINGS:
                    summary.write(text, "search")
                return 0
            if asked.funnel:
                print(summary.funnel(_run("funnel", home=Path(folder) / "funnel", rows=EVENTS_PER_ROW * asked.rows)))
                return 0
            results, text = _measure(Path(folder), asked.rows)
        except MeasurementFailed as problem:
            print(problem, file=sys.stderr)
            return 1
    print(json.dumps(results, ensure_ascii=False, indent=1))
    print(f"\n{text}", file=sys.stderr)
    if asked.rows == FULL:
        summary.write(text)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            summary.write(_every_feed(Path(folder), asked.rows), "every feed")
    return 0


def _measure(folder: Path, rows: int) -> tuple[dict[str, object], str]:
    inbox = folder / "inbox"
    _say("writing the files")
    files = write(inbox, rows)
    csv_mb = sum(path.stat().st_size for path in files) >> 20
    bare = middle([_run("bare", inbox=inbox, database=folder / f"bare-{turn}.duckdb") for turn in range(TIMES)])
    gate = middle([_run("gate", inbox=inbox, folder=folder / f"staged-{turn}") for turn in range(TIMES)])
    plain = _run("pandas", inbox=inbox, folder=folder / "pandas-plain", workers=1, parser="c")
    tuned = middle([_run("pandas", inbox=inbox, folder=folder / f"pandas-{turn}", workers=2, parser="pyarrow") for turn in range(TIMES)])
    _same_rows(gate, plain, tuned)
    quick = middle([_run("refresh", home=folder / f"home-{turn}", inbox=inbox, checks=False) for turn in range(TIMES)])
    checked = _run("refresh", home=folder / "home", inbox=inbox, checks=True)
    again, again_checked = _changed(inbox, folder / "home-0", checks=False), _changed(inbox, folder / "home", checks=True)
    passed = middle([_run("events_pass", home=folder / "home") for _ in range(TIMES)])
    known, drawn = (middle([_run("forecast", home=folder / "home", draws=draws) for _ in range(TIMES)]) for draws in (False, True))
    page = _run("page", home=folder / "home")
    browser = _run("browser", home=folder / "home", runs=BROWSER_TIMES)
    through = _run("funnel", home=folder / "funnel", rows=EVENTS_PER_ROW * rows)
    lines = [
        *reading.lines(folder, _run, TIMES, min(rows / FULL, 1)),
        Line(what="reading and gate, 2 reader processes", ours=gate, against="the same cleaning in pandas, as one writes it (1 process)",
             theirs=plain, more_is_better=True, aim=3),
        Line(what="the same", ours=gate, against="pandas in 2 processes with the pyarrow parser", theirs=tuned, more_is_better=True),
        Line(what="refresh without checks, into an empty home", ours=quick, against="DuckDB `read_csv` of the same bytes into tables", theirs=bare, aim=5),
        Line(what="refresh with checks", ours=checked, against="the same", theirs=bare, aim=8),
        Line(what="refresh after one of the files changed, without checks", ours=again, against="the first refresh without checks", theirs=quick, aim=0.6),
        Line(what="refresh after one of the files changed, with checks", ours=again_checked, against="the first refresh with checks", theirs=checked, aim=0.6),
        Line(what="what the forecast takes from the snapshot", ours=known, against="one pass of DuckDB over the stage events", theirs=passed, aim=10),
        Line(what="the forecast itself, 5,000 draws and 10,000 for what limits it, whatever the size", ours=drawn, against="the same", theirs=passed)]
    results: dict[str, object] = {
        "machine": summary.machine(), "stage_events": rows, "csv_mb": csv_mb, "comparisons": [line.facts() for line in lines],
        "steps_s": {
            "refresh": quick.facts["steps"], "refresh_with_checks": checked.facts["steps"], "changed": again.facts["steps"],
            "changed_with_checks": again_checked.facts["steps"]}, "snapshot_mb": quick.facts["snapshot_mb"],
        "page_ms": {name: round(page.facts[name] * 1000) for name in ("first", "cold", "cached")},
        "browser": summary.browser_facts(browser), "funnel": dict(through.facts)}
    text = summary.table(rows, csv_mb, lines, page, browser, {"first": checked, "one file changed": again_checked})
    return results, f"{text}\n\n{summary.funnel(through)}"


def _every_feed(folder: Path, rows: int) -> str:
    """A refresh of all feeds beside the bare load of the same files."""
    inbox = folder / "every feed"
    _say("writing the files of every feed")
    csv_mb = sum(path.stat().st_size for path in every_feed.write(inbox, rows)) >> 20
    bare = middle([_run("bare", inbox=inbox, database=folder / f"every-{turn}.duckdb") for turn in range(TIMES)])
    ours = [Line(what=f"refresh {'with' if checks else 'without'} checks, into an empty home", against="DuckDB `read_csv` of the same bytes into tables",
                 ours=_run("refresh", home=folder / f"every-home-{checks}", inbox=inbox, checks=checks), theirs=bare) for checks in (False, True)]
    refused = ours[0].ours.facts["refused"] / ours[0].ours.facts["rows"]
    return summary.table_of_feeds(rows, csv_mb, refused, ours)


def _changed(inbox: Path, home: Path, *, checks: bool) -> Measured:
    """Refresh a home again and again after one more correction in one file."""
    runs = []
    for turn in range(1, TIMES + 1):
        _correct(inbox)
        runs.append(_run("refresh", home=home, inbox=inbox, checks=checks, days_later=turn))
        if runs[-1].facts["publications"] != turn + 1:
            raise MeasurementFailed("the changed file published nothing")
    return middle(runs)


def _run(task: str, **arguments: object) -> Measured:
    run = measured(task, **arguments)
    _say(f"{task}: {run.seconds:.2f} s, {run.peak_mb:,} MB")
    return run


def _same_rows(*runs: Measured) -> None:
    """Peers that accept other rows are no peers."""
    counts = {(run.facts["accepted"], run.facts["refused"]) for run in runs}
    if len(counts) > 1:
        raise MeasurementFailed(f"accepted and refused rows differ: {sorted(counts)}")


def _correct(inbox: Path) -> None:
    """Append a correction of one event to a file, as if it had been sent again."""
    path = inbox / CHANGED
    changed_at = path.stat().st_mtime_ns + 10**9
    with path.open("a", encoding="utf-8") as file:
        file.write("SJ00000000,GZH-0000000,研发,进入,,2024-07-01,,,,有效,更正\n")
    os.utime(path, ns=(changed_at, changed_at))  # a file touched this second is looked at twice


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
