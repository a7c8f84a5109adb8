"""The search box and dossiers over a hundred thousand things, beside one bare scan of their names: `python -m bench --search`."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

from bench.cells import credit_codes, picked, some_days
from bench.funnel import AS_OF, IDS, NOON, staged_rows
from bench.watch import Measured

THINGS = 100_000
EVENTS = 5  # of each project
AIM_MS = 100
PLACES = ("兰州", "甘肃", "兰州新区", "河西", "陇上", "敦煌", "重庆", "银川")
WORDS = "绿源陇创长行重科恒泰宏远金川祥和瑞丰兴业博睿中天乐华润泽信达嘉盛弘毅明德同创力合众诚"
TRADES = ("催化剂", "生物制药", "新能源材料", "数据技术", "装备制造", "核技术应用", "种业", "环保科技")
TYPED = {"a whole number": "GZH-0012345", "the first half of a number": "91620100MA00", "a whole name": "兰州绿源陇创催化剂有限公司", "part of a name": "绿源",
         "two words": "兰州 催化剂", "initials": "lzly", "all letters": "lanzhoulv", "one letter": "l", "what is nowhere": "查无此物", "a clause": "C05"}
BARE = "SELECT s.id, s.name_zh FROM mart.searchable AS s WHERE contains(s.name_zh, $q)"


def table(told: Measured) -> str:
    """What was measured, in Markdown."""
    facts = told.facts
    rows = [f"| {what} | {taken['ms']:.0f} ms | {taken['ms'] / facts['bare_ms']:.1f} × | {taken['found']:,} |" for what, taken in facts["typed"].items()]
    dossiers = [f"| a {what} | {ms:.0f} ms | {ms / facts['bare_ms']:.1f} × | |" for what, ms in facts["dossiers"].items()]
    return (f"{facts['things']:,} things ({facts['terms']:,} ways to write them, {facts['spelling_s']:.1f} s of the refresh), {facts['events']:,} events. One bare DuckDB scan of "
            f"their names takes {facts['bare_ms']:.1f} ms; one thread, medians of nine.\n\n| typed (aim ≤ {AIM_MS} ms) | time | of the bare scan | found |\n"
            "|---|---|---|---|\n" + "\n".join(rows + dossiers))


def search(home: str, things: int) -> dict[str, Any]:
    """Build a snapshot of so many things, then look for some of them."""
    from analytics.dossier import dossier
    from analytics.dossier_kinds import KINDS
    from analytics.search import search as look_for
    from warehouse.build import build
    from warehouse.search import search_tables

    path = Path(home) / "snapshot.duckdb"
    Path(home).mkdir(parents=True)
    build(path, _inputs(Path(home) / "staged", things))
    with duckdb.connect(str(path)) as con:
        con.execute("DROP TABLE mart.search")
        con.execute("DROP TABLE mart.searchable")
        began = time.perf_counter()
        search_tables(con)
        spelling = time.perf_counter() - began
    kinds = (*KINDS, "metric", "clause")
    with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as con:
        cursor = con.cursor()
        bare = _ms(lambda: cursor.execute(BARE, {"q": "绿源"}).fetchall())
        typed = {what: {"ms": _ms(lambda words=words: look_for(cursor, words, {}, kinds)), "found": sum(each.found for each in look_for(cursor, words, {}, kinds) or ())}  # type: ignore[misc]
                 for what, words in TYPED.items()}
        [(firm,)] = cursor.execute("SELECT p.lead_org_id FROM core.project AS p GROUP BY ALL ORDER BY count(*) DESC, p.lead_org_id LIMIT 1").fetchall()
        asked = {"project": ("project", "GZH-0012345" if things == THINGS else "GZH-0000001"), "firm": ("organization", firm), "zone": ("zone", "chem")}
        dossiers = {what: _ms(lambda of=of: dossier(cursor, *of, AS_OF)) for what, of in asked.items()}  # type: ignore[misc]
        [(terms, events)] = cursor.execute("SELECT (SELECT count(*) FROM mart.search), (SELECT count(*) FROM core.stage_event)").fetchall()
    slowest = max(taken["ms"] for taken in typed.values())
    return {"seconds": slowest / 1000, "things": things, "terms": terms, "events": events, "spelling_s": spelling, "bare_ms": bare, "typed": typed, "dossiers": dossiers}


def _ms(work: Callable[[], object], times: int = 9) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _inputs(folder: Path, things: int) -> Any:
    """Three firms to two projects, with their events, as reading leaves them."""
    from etl.landing import Act
    from etl.refresh import inputs_of
    from etl.register import replay

    rng = np.random.default_rng(20261124)
    firms, projects = things * 3 // 5, things * 2 // 5
    codes = credit_codes(firms)
    organizations = pl.DataFrame({"org_id": codes, "org_name": _names(rng, firms), "org_kind": "enterprise", "space_name": "绿色化工", "founded_on": some_days(rng, firms),
                                  "founded_precision": "D"})
    listed = pl.select(project_id=pl.format("GZH-{}", pl.int_range(projects).cast(pl.String).str.zfill(7))).with_columns(
        project_name=_names(rng, projects), lead_org_name=pl.lit("某单位"), lead_org_id=codes.gather(rng.integers(0, firms, projects)), zone_name=pl.lit("绿色化工"),
        approved_on=pl.lit(dt.date(2021, 12, 1)), approved_precision=pl.lit("D"), status=pl.lit("active"))
    events = pl.select(event_id=pl.format("SJ{}", pl.int_range(projects * EVENTS))).with_columns(
        project_id=listed["project_id"].gather(np.arange(projects * EVENTS) // EVENTS), stage_id=picked(rng, projects * EVENTS, IDS), event_type=pl.lit("enter"),
        occurred_on=some_days(rng, projects * EVENTS), occurred_precision=pl.lit("D"), validity=pl.lit("valid"))
    acts, staged = [], {}
    for at, (feed, frame) in enumerate((("organizations", organizations), ("projects", listed), ("stage_events", events))):
        number = 2 * at + 1
        acts.append(Act(seq=number, at=NOON, kind="received", body={"name": f"{feed}.csv", "path": feed, "sha256": str(number), "mtime_ns": 0}))
        acts.append(Act(seq=number + 1, at=NOON, kind="placed", body={"file": number, "feed": feed, "department": "D08", "sender": "", "as_of": AS_OF.isoformat()}))
        staged[number] = staged_rows(feed, frame, folder / feed)
    return inputs_of(acts, replay(acts), staged, clock=None)


def _names(rng: np.random.Generator, count: int) -> pl.Series:
    """Names as firms have them: a place, two words of two characters, a trade."""
    pairs = [WORDS[at:at + 2] for at in range(0, len(WORDS), 2)]
    return pl.select(pl.format("{}{}{}{}有限公司", picked(rng, count, PLACES), picked(rng, count, pairs), picked(rng, count, pairs), picked(rng, count, TRADES))).to_series()


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"search": search}
