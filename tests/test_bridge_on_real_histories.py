"""The change bridge over random histories, through the real register and the real build, for every metric and every zone."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import duckdb
from histories import AS_OFS, BEGINNINGS, RULES, TOLD, File, Rule, Step, sent_again, written
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from analytics.bridge import Bridge, bridge, reason_of_rules
from etl.refresh import inputs_of
from etl.replay import register_of
from warehouse.build import build

# In CI a fixed few, and a failure is shown as found; `make torture` asks for many at random and shrinks what fails, which takes minutes.
EXAMPLES = int(os.environ.get("BRIDGE_EXAMPLES", "15"))
HOW = settings(deadline=None) if "BRIDGE_EXAMPLES" in os.environ else settings(
    deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
RULES_TERMS = {"口径变更", "范围变更", "程序修正"}
TOLD_TERMS = {"迟报补录", "更正撤销", "更正修订"}
REAL_TERMS = {"真实新增", "真实减少"}
NEVER_FALLING = {"g1_poc_small", "g1_stage_visits", "g2_pilot", "g3_landed", "g3_signed"}
VIEW_DATES = st.sampled_from([dt.date(2025, 9, 30), dt.date(2026, 6, 30), *AS_OFS, dt.date(2027, 1, 31)])

Values = dict[tuple[str, str | None], Decimal]  # (metric, zone; None: all) → value


@dataclass(frozen=True, kw_only=True)
class Snapshots:
    """Snapshots of one history, attached as issue, today and, where the rules changed in between, primed (A′)."""

    con: duckdb.DuckDBPyConnection
    primed: str

    def values(self, state: str, day: dt.date) -> Values:
        """Every metric in every zone on a day, zeros included; read apart from the bridge."""
        rows = self.con.execute(
            f"SELECT m.metric_id, z.zone_id, coalesce(sum(c.value), 0) FROM {state}.ref.metric AS m "
            f"CROSS JOIN (SELECT zone_id FROM {state}.ref.zone UNION ALL SELECT NULL) AS z "
            f"LEFT JOIN {state}.mart.contribution AS c ON c.metric_id = m.metric_id AND c.counts_from <= $day "
            "AND coalesce(c.counts_until, DATE '9999-12-31') > $day AND (z.zone_id IS NULL OR c.zone_id = z.zone_id) GROUP BY ALL",
            {"day": day}).fetchall()
        return {(metric_id, zone): value for metric_id, zone, value in rows}

    def rules(self, state: str) -> dict[str, tuple[int, str]]:
        """Version and rules hash by metric."""
        rows = self.con.execute(f"SELECT m.metric_id, m.version, s.rules_hash FROM {state}.ref.metric AS m, {state}.meta.snapshot AS s").fetchall()
        return {metric_id: (version, rules_hash) for metric_id, version, rules_hash in rows}

    @cached_property
    def rules_then_and_now(self) -> tuple[dict[str, tuple[int, str]], dict[str, tuple[int, str]]]:
        return self.rules("issue"), self.rules("today")

    def bridge(self, metric_id: str, zone: str | None, v_a: dt.date, v_n: dt.date) -> Bridge:
        (version_a, hash_a), (version_n, hash_n) = (rules[metric_id] for rules in self.rules_then_and_now)
        why = reason_of_rules(version_a=version_a, version_n=version_n, rules_hash_a=hash_a, rules_hash_n=hash_n)
        return bridge(self.con, a="issue.mart.contribution", b=f"{self.primed}.mart.contribution", n="today.mart.contribution", metric_id=metric_id,
                      zone=zone, v_a=v_a, v_n=v_n, why=why)

    def allowed(self, metric_id: str) -> set[str]:
        """What the first step may be called, none where the rules are the same."""
        then, now = (rules[metric_id] for rules in self.rules_then_and_now)
        return set() if then == now else {"口径变更"} if then[0] != now[0] else {"范围变更"}

    def contributions(self, state: str) -> list[tuple[object, ...]]:
        """What counts, without the row it was read from and when that came."""
        return self.con.execute(f"SELECT * EXCLUDE (row_id, known_at) FROM {state}.mart.contribution ORDER BY ALL").fetchall()


@contextmanager
def snapshots_of(steps: Sequence[Step], *, issued_after: int) -> Iterator[Snapshots]:
    """The issue after some of the steps; today, after all; and the issue's data under today's rules."""
    with tempfile.TemporaryDirectory() as temporary, duckdb.connect(config={"threads": 1}) as con:
        folder = Path(temporary)
        history = written(steps, folder)
        then, now = history.upto[issued_after], history.upto[-1]
        primed = "primed" if any(isinstance(step, Rule) for step in steps[issued_after:]) else "issue"
        for name, (data_upto, rules_upto) in {"issue": (then, then), "today": (now, now), primed: (then, now)}.items():
            register = register_of(history.acts, data_upto=data_upto, rules_upto=rules_upto)
            build(folder / f"{name}.duckdb", inputs_of(history.acts[:data_upto], register, dict(history.staged), clock=None), threads=1)
            con.execute(f"ATTACH '{folder / name}.duckdb' AS {name} (READ_ONLY)")
        yield Snapshots(con=con, primed=primed)


def total(found: Bridge, terms: set[str]) -> Decimal:
    return sum((term.change for term in found.terms if term.term in terms), Decimal(0))


@settings(HOW, max_examples=EXAMPLES)
@given(before=BEGINNINGS, told=st.lists(TOLD, max_size=4), rules=st.just([]) | RULES, days=st.tuples(VIEW_DATES, VIEW_DATES).map(sorted))
def test_the_bridge_is_exact_for_every_metric_and_zone_and_names_only_what_was(
        before: list[Step], told: list[Step], rules: list[Step], days: list[dt.date]) -> None:
    v_a, v_n = days
    with snapshots_of([*before, *rules, *told], issued_after=len(before)) as snapshots:
        issue, primed = snapshots.values("issue", v_a), snapshots.values(snapshots.primed, v_a)
        restated, today = snapshots.values("today", v_a), snapshots.values("today", v_n)
        bridges = {(metric_id, zone): snapshots.bridge(metric_id, zone, v_a, v_n) for metric_id, zone in today}
        for each, found in bridges.items():
            assert found.total == today[each] - issue[each], each
            assert total(found, RULES_TERMS) == primed[each] - issue[each], each
            assert total(found, TOLD_TERMS) == restated[each] - primed[each], each
            assert total(found, REAL_TERMS) == today[each] - restated[each], each
        for metric_id in {metric_id for metric_id, _ in today}:
            whole = bridges[metric_id, None]
            zones = [bridges[metric, zone] for metric, zone in today if metric == metric_id and zone is not None]
            for step in (RULES_TERMS, TOLD_TERMS, REAL_TERMS):
                assert sum(total(found, step) for found in zones) == total(whole, step), (metric_id, step)
            named = {term.term for found in (whole, *zones) for term in found.terms}
            event(f"named: {'、'.join(sorted(named)) or 'nothing'}")
            assert named & RULES_TERMS <= snapshots.allowed(metric_id), metric_id
            assert not named & TOLD_TERMS or told, metric_id
            assert not named & REAL_TERMS or v_a != v_n, metric_id
            assert metric_id not in NEVER_FALLING or "真实减少" not in whole.by_term, metric_id


@settings(HOW, max_examples=max(EXAMPLES // 3, 3))
@given(before=BEGINNINGS, more=st.lists(TOLD, max_size=3))
def test_sending_every_file_again_in_another_row_order_changes_nothing(before: list[Step], more: list[Step]) -> None:
    files = [step for step in (*before, *more) if isinstance(step, File)]
    again = [sent_again(file) for file in sorted(files, key=lambda file: file.as_of)]
    with snapshots_of([*files, *again], issued_after=len(files)) as snapshots:
        assert snapshots.contributions("today") == snapshots.contributions("issue")
