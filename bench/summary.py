"""What the measurements say: ratios beside their aims, as JSON and as the table in docs/bench.md."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.watch import Measured

DOC = Path(__file__).parents[1] / "docs" / "bench.md"
IN_BROWSER = {
    "first load": "first load, in a browser that has seen nothing", "reload": "reload", "zone, first time": "a zone chosen, not asked before → settled",
    "zone, again": "a zone chosen again → settled", "csv": "the rows as CSV, from the click to the last byte"}
BROWSER_AIM = 1.0  # at most, of each
LIBRARIES = ("duckdb", "polars", "pandas", "great-expectations", "streamlit", "dash")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One comparison. `ratio` is ours to theirs where less is better (`aim` at most), theirs to ours where more is (`aim` at least)."""

    what: str
    ours: Measured
    against: str
    theirs: Measured
    more_is_better: bool = False
    aim: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        ratio = self.ours.seconds / self.theirs.seconds
        return 1 / ratio if self.more_is_better else ratio

    @property
    def is_met(self) -> bool | None:
        if self.aim is None:
            return None
        return self.ratio >= self.aim if self.more_is_better else self.ratio <= self.aim

    def facts(self) -> dict[str, object]:
        return {"what": self.what, "against": self.against, "ratio": round(self.ratio, 2), "aim": self.aim, "more_is_better": self.more_is_better,
                "met": self.is_met, "seconds": round(self.ours.seconds, 3), "peer_seconds": round(self.theirs.seconds, 3),
                "peak_mb": self.ours.peak_mb, "peer_peak_mb": self.theirs.peak_mb}

    def row(self) -> str:
        aim = "" if self.aim is None else f"{'≥' if self.more_is_better else '≤'} {self.aim:g} ×"
        return (f"| {self.what} | {self.against} | {self.ratio:.2f} × | {aim} | {self.ours.seconds:.2f} s | {self.theirs.seconds:.2f} s | "
                f"{self.ours.peak_mb:,} MB | {self.theirs.peak_mb:,} MB |")


def machine() -> dict[str, object]:
    """What it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cores": os.cpu_count(), "memory_gb": round(memory / 2**30), "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in LIBRARIES}}


def table(rows: int, csv_mb: int, lines: list[Line], page: Measured, browser: Measured, refreshes: Mapping[str, Measured]) -> str:
    """The measured part of the document, in Markdown."""
    names = list(next(iter(refreshes.values())).facts["steps"])
    parts = [
        f"{rows:,} stage events and the other five feeds in proportion, {csv_mb} MB of CSV. {_where()}.",
        "| what | against | ratio | aim | ours | theirs | our peak memory | theirs |\n|---|---|---|---|---|---|---|---|\n" + "\n".join(line.row() for line in lines),
        "Where a refresh with checks spends its time; the checking process loads its library while the tables are made, and they share the cores:",
        "| refresh | " + " | ".join(names) + " |\n|---" + "|---" * len(names) + "|\n" + "\n".join(_steps(name, run) for name, run in refreshes.items()),
        _page(page), _browser(browser)]
    return "\n\n".join(parts)


def table_of_feeds(rows: int, csv_mb: int, refused: float, lines: list[Line]) -> str:
    """The same for a refresh of all feeds. `refused`: the share of rows."""
    names = list(lines[0].ours.facts["steps"])
    return "\n\n".join((
        f"{rows:,} rows of all feeds in two deliveries, {csv_mb} MB of CSV, {refused:.1%} of the rows refused. {_where()}.",
        "| what | against | ratio | aim | ours | theirs | our peak memory | theirs |\n|---|---|---|---|---|---|---|---|\n" + "\n".join(line.row() for line in lines),
        "| refresh | " + " | ".join(names) + " |\n|---" + "|---" * len(names) + "|\n" + "\n".join(_steps(line.what.partition(",")[0], line.ours) for line in lines)))


def _where() -> str:
    about = machine()
    return (f"{about['cores']} cores, {about['memory_gb']} GB, Python {about['python']}, " + ", ".join(f"{name} {about[name]}" for name in LIBRARIES))


def _page(page: Measured) -> str:
    rows = (("cold: caches empty", "cold", "≤ 150 ms"), ("cached", "cached", "≤ 50 ms"), ("the first of a new process, imports included", "first", ""))
    return "| script run of 总览 on these tables | time | aim |\n|---|---|---|\n" + "\n".join(
        f"| {what} | {page.facts[name] * 1000:.0f} ms | {aim} |" for what, name, aim in rows)


def funnel(through: Measured) -> str:
    """The funnel of a large park, in Markdown."""
    facts = through.facts
    one_pass = facts["one_pass"]["cpu"]
    parts = facts["parts"] | {"all of it (aim ≤ 10 ×)": {at: sum(each[at] for each in facts["parts"].values()) for at in ("wall", "cpu")},
                              "beside it: the same tables, ready, merely copied": facts["copied"]}
    rows = [f"| {name} | {taken['wall']:.2f} s | {taken['cpu']:.2f} s | {taken['cpu'] / one_pass:.1f} × |" for name, taken in parts.items()]
    pages = ["| " + " | ".join([name, *(f"{taken[when][at] * 1000:.0f} ms" for when in ("cold", "cached") for at in ("wall", "cpu"))]) + " |"
             for name, taken in facts["page"].items()]
    return (f"Funnel of {facts['projects']:,} projects with {facts['events']:,} events; one pass of DuckDB over the events, put to their projects, takes "
            f"{one_pass:.2f} s of CPU; the whole snapshot is built in {facts['build']:.0f} s.\n\n| table | time | CPU | of one pass, in CPU |\n|---|---|---|---|\n"
            + "\n".join(rows) + "\n\n| script run of 转化漏斗 on these tables (aim ≤ 200 ms) | cold | CPU | cached | CPU |\n|---|---|---|---|---|\n" + "\n".join(pages))


def browser_facts(browser: Measured) -> dict[str, object]:
    """Ratios of ours to theirs, and what they are of."""
    compared = browser.facts["compared"]
    ratios = {what: compared["seconds"][what]["ours"] / compared["seconds"][what]["dash"] for what in IN_BROWSER}
    return {**compared, "aim": BROWSER_AIM, "ratios": {what: round(ratio, 2) for what, ratio in ratios.items()},
            "met": {what: ratio <= BROWSER_AIM for what, ratio in ratios.items()}}


def _browser(browser: Measured) -> str:
    facts: Any = browser_facts(browser)
    of_rows = {"csv": f" ({facts['rows']:,} rows)"}
    rows = [f"| {said}{of_rows.get(what, '')} | {facts['ratios'][what]:.2f} × | ≤ {BROWSER_AIM:g} × | "
            f"{facts['seconds'][what]['ours']:.2f} s | {facts['seconds'][what]['dash']:.2f} s |" for what, said in IN_BROWSER.items()]
    script = f"Script code loaded: {facts['script_mb']['ours']:.1f} MB, theirs {facts['script_mb']['dash']:.1f} MB."
    return "| 2027目标 in Chromium beside the Dash peer | ratio | aim | ours | theirs |\n|---|---|---|---|---|\n" + "\n".join(rows) + f"\n\n{script}"


def _steps(name: str, run: Measured) -> str:
    return f"| {name} | " + " | ".join(f"{seconds:.2f} s ({seconds / run.seconds:.0%})" for seconds in run.facts["steps"].values()) + " |"


def write(text: str, part: str = "measured") -> None:
    """Put a measured part between its marks in docs/bench.md."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, _, rest = DOC.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    DOC.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
