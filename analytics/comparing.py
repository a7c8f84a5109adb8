"""Two snapshots side by side and A′ between them: every metric's bridge, read in a few passes over their contributions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import duckdb

from analytics.bridge import Between, build, look, reason_of_rules
from analytics.change_bridge import Chance, Changes, Fact, MetricChange, Prime, Side, Standing, in_order
from analytics.families import FAMILIES, OTHER, family
from analytics.forecast_record import kept
from analytics.older import readable
from analytics.snapshot import about
from analytics.telescope import telescoped
from language import spoken
from warehouse.beside import beside
from warehouse.known import known_days
from warehouse.metric import Metric, metrics
from warehouse.publish import Store
from warehouse.restated import Made, made, restated_path
from warehouse.snapshot_file import connect

ROOM = Path(__file__).parent
VALUES_SQL, NAMED_SQL, NAMES_SQL = ((ROOM / f"changes_{name}.sql").read_text(encoding="utf-8") for name in ("values", "named", "names"))
SUMS = "SELECT metric_id, term, sum(change), count(*) FROM changed GROUP BY metric_id, term"
NAMED = 3  # things of a term that a sentence names
ORDER = {each: at for at, each in enumerate((*FAMILIES, OTHER))}

Terms = Mapping[str, tuple[Fraction, int, tuple[Fact, ...]]]


class NotExact(Exception):
    """The terms of a bridge do not add up: a bug of ours, and nothing that may be shown."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """What to compare: V as known in a snapshot. `as_of` None: its newest; `issue`: the meeting's issue that pinned it."""

    snapshot: str
    as_of: dt.date | None = None
    issue: str | None = None


@dataclass(frozen=True, kw_only=True)
class States:
    """The states in one connection, as the databases issue, primed and today. `prime`: what A′ is; where it is missing, N stands in its place.

    `opened`: each of them by itself, for what reads a single snapshot.
    """

    con: duckdb.DuckDBPyConnection
    opened: Mapping[str, duckdb.DuckDBPyConnection]
    before: Made
    now: Made
    prime: Prime

    def cursor(self, state: str) -> duckdb.DuckDBPyConnection:
        """A cursor on one of them: issue, today and, where it is kept, primed."""
        return self.opened[state].cursor()

    @cached_property
    def then(self) -> dict[str, Metric]:
        """The dictionary of the earlier snapshot."""
        return {each.metric_id: each for each in metrics(self.cursor("issue"))}

    @cached_property
    def dictionary(self) -> dict[str, Metric]:
        """The dictionary of the later one in the order of the committee's table, and after it what only the earlier had."""
        own = self.cursor("today")
        order = [metric_id for (metric_id,) in own.execute("SELECT metric_id FROM ref.metric ORDER BY rowid").fetchall()]
        known = {each.metric_id: each for each in metrics(own)}
        return {metric_id: known[metric_id] for metric_id in order} | {each: self.then[each] for each in self.then if each not in known}

    def between(self, v_a: dt.date, v_n: dt.date) -> Between:
        """What the bridges run over."""
        now = {metric_id: each.version for metric_id, each in self.dictionary.items() if metric_id in self.current}
        then = {metric_id: each.version for metric_id, each in self.then.items()}
        is_missing = self.prime == "missing"
        return Between(
            a="issue.mart.contribution", b="today.mart.contribution" if is_missing else "primed.mart.contribution" if self.prime == "ready" else
            "issue.mart.contribution", n="today.mart.contribution", v_a=v_a, v_n=v_n,
            why="待分" if is_missing else reason_of_rules(version_a=1, version_n=1, rules_hash_a=self.before.rules_hash, rules_hash_n=self.now.rules_hash),
            redefined=() if is_missing else tuple(each for each in now.keys() | then.keys() if now.get(each) != then.get(each)),
            distinct=tuple(each.metric_id for each in (*self.dictionary.values(), *self.then.values()) if each.aggregation == "distinct"))

    @cached_property
    def current(self) -> frozenset[str]:
        """The metrics of the later dictionary alone."""
        return frozenset(metric_id for (metric_id,) in self.cursor("today").execute("SELECT metric_id FROM ref.metric").fetchall())


@contextmanager
def states(store: Store, before: str, now: str) -> Iterator[States]:
    """Both snapshots, and A′ where it is kept. Raises UnknownSnapshot, DamagedSnapshot."""
    with ExitStack() as stack:
        opened = {name: stack.enter_context(closing(store.open(snapshot))) for name, snapshot in (("issue", before), ("today", now))}
        then, current = made(opened["issue"]), made(opened["today"])
        path = restated_path(store, then, current)
        prime: Prime = "same" if then.is_like(current) else "ready" if path.exists() else "missing"
        files = {"issue": store.path(before), "today": store.path(now)}
        if prime == "ready":
            files["primed"] = path
            opened["primed"] = stack.enter_context(closing(connect(path, {})))
        yield States(con=stack.enter_context(beside(**files)), opened=opened, before=then, now=current, prime=prime)


def compare(store: Store, before: Point, now: Point, *, zone: str | None = None, department: str | None = None,
            has_statistics: bool = True) -> Changes:
    """Everything that changed from one point to the other, in one zone and of one department or in all. Raises UnknownSnapshot, DamagedSnapshot, NotExact.

    `has_statistics`: without them it takes half the time. Names are in the language spoken. With a zone only metrics that have places are listed;
    statistics and probabilities are of the whole park.
    """
    with states(store, before.snapshot, now.snapshot) as both:
        v_a, v_n = before.as_of or both.before.newest_as_of, now.as_of or both.now.newest_as_of
        assert v_a and v_n, "a snapshot without a file has nothing to compare"
        is_whole = zone is None and department is None
        sides = [Side(snapshot=of.snapshot, as_of=day, issue=point.issue, known_at=told.known_at, is_demo=told.is_demo)
                 for of, day, point, told in ((both.before, v_a, before, about(both.cursor("issue"))), (both.now, v_n, now, about(both.cursor("today"))))]
        listed = tuple(each for each in metric_changes(both, v_a, v_n, zone=zone, department=department) if zone is None or each.metric.is_zoned)
        return Changes(before=sides[0], now=sides[1], zone=zone, department=department, prime=both.prime, metrics=listed,
                       statistics=telescoped(both.cursor, both.dictionary, both.prime, both.between(v_a, v_n)) if is_whole and has_statistics else (),
                       chances=_chances(both) if is_whole else ())


def statistics(store: Store, before: Point, now: Point) -> tuple[MetricChange, ...]:
    """Of the whole park, as `compare` has them."""
    with states(store, before.snapshot, now.snapshot) as both:
        v_a, v_n = before.as_of or both.before.newest_as_of, now.as_of or both.now.newest_as_of
        assert v_a and v_n, "a snapshot without a file has nothing to compare"
        return telescoped(both.cursor, both.dictionary, both.prime, both.between(v_a, v_n))


def metric_changes(both: States, v_a: dt.date, v_n: dt.date, *, zone: str | None = None, department: str | None = None) -> list[MetricChange]:
    """Every metric but the statistics from `v_a` in the one to `v_n` in the other, by family, the goals' own first. Raises NotExact."""
    between = both.between(v_a, v_n)
    look(both.con, between)
    build(both.con, between, zone=zone, department=department)
    readings = [_values(both.con, state, on, between.distinct, zone, department)
                for state, on in ((between.a, v_a), (between.b, v_a), (between.n, v_a), (between.n, v_n))]
    terms = _terms(both)
    standings = _standings(both, v_a, v_n)
    headlines = {metric_id for (metric_id,) in both.cursor("today").execute("SELECT metric_id FROM ref.goal").fetchall()}
    found = [_change(metric, standings[metric.metric_id], readings, terms, is_headline=metric.metric_id in headlines, has_prime=both.prime != "missing")
             for metric in both.dictionary.values() if metric.aggregation != "statistic"]
    return sorted(found, key=lambda each: (ORDER[family(each.metric.metric_id)], not each.is_headline))


def _change(metric: Metric, standing: Standing, readings: Sequence[Mapping[str, Decimal]], terms: Mapping[str, Terms], *, is_headline: bool,
            has_prime: bool) -> MetricChange:
    """One metric out of what was read at the four readings and of the terms of what it is made of."""
    parts = [[Fraction(reading.get(each, Decimal(0))) for each in metric.made_of] for reading in readings]
    before, restated, told, now = (_quotient(each) for each in parts)
    is_known_before, is_known_now = standing in ("bridged", "ended"), standing in ("bridged", "begun", "added")
    is_bridged = standing in ("bridged", "added") and (len(metric.made_of) == 1 or (standing == "bridged" and before is not None and now is not None))
    found: Terms = {}
    if is_bridged:
        found = terms.get(metric.metric_id, {}) if len(metric.made_of) == 1 else _of_ratio([terms.get(each, {}) for each in metric.made_of], parts)
        start = before if standing == "bridged" else Fraction(0)
        if sum((each for each, *_ in found.values()), Fraction(0)) != (now or 0) - (start or 0):
            raise NotExact(f"{metric.metric_id}: {start} → {now}, {found}")
    return MetricChange(metric=metric, standing=standing, before=before if is_known_before else None, now=now if is_known_now else None,
                        restated=restated if is_bridged and has_prime else None, told=told if is_bridged else None, terms=in_order(found), is_headline=is_headline)


def _quotient(parts: Sequence[Fraction]) -> Fraction | None:
    if len(parts) == 1:
        return parts[0]
    return parts[0] / parts[1] if parts[1] else None


def _of_ratio(parts: Sequence[Terms], values: Sequence[Sequence[Fraction]]) -> Terms:
    """What each term adds to a ratio: (Δn − r_A·Δd) ÷ d_N, so that all of them together are r_N − r_A."""
    numerators, denominators = parts
    (n_before, d_before), *_, (_n_now, d_now) = values
    nothing: tuple[Fraction, int, tuple[Fact, ...]] = (Fraction(0), 0, ())
    found = {}
    for term in {**numerators, **denominators}:
        (up, count_up, named_up), (down, count_down, named_down) = numerators.get(term, nothing), denominators.get(term, nothing)
        found[term] = (up - n_before / d_before * down) / d_now, count_up + count_down, (named_up or named_down)
    return found


def _values(con: duckdb.DuckDBPyConnection, state: str, on: dt.date, distinct: Sequence[str], zone: str | None, department: str | None) -> dict[str, Decimal]:
    return dict(con.execute(VALUES_SQL, {"state": state, "on": on, "distinct": list(distinct), "zone": zone, "department": department}).fetchall())


def _terms(both: States) -> Mapping[str, Terms]:
    """By metric and term: the sum, how many units, and the largest of them."""
    named = largest(both, most=NAMED)
    found: dict[str, dict[str, tuple[Fraction, int, tuple[Fact, ...]]]] = defaultdict(dict)
    for metric_id, term, change, count in both.con.execute(SUMS).fetchall():
        found[metric_id][term] = Fraction(change), count, tuple(named.get((metric_id, term), ()))
    return found


def largest(both: States, *, most: int, metric_id: str | None = None, term: str | None = None) -> dict[tuple[str, str], list[Fact]]:
    """The units of the terms made last, the largest changes first, by metric and term; of one metric or term or of all."""
    rows = both.con.execute(NAMED_SQL, {"most": most, "term": term, "metric": metric_id}).fetchall()
    things = [row[4:] for row in rows if row[5] is not None]
    called: dict[tuple[str, str], str] = {}
    for state in ("issue", "today"):
        own = both.cursor(state)
        called |= {(kind, id_): name for kind, id_, name in own.execute(readable(own, NAMES_SQL), {
            "kinds": [each[0] for each in things], "ids": [each[1] for each in things], "orgs": [each[2] for each in things], "language": spoken()}).fetchall()}
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for metric, of_term, unit, change, kind, id_, _org in rows:
        found[metric, of_term].append(Fact(unit=unit, name=called.get((kind, id_), id_ or unit), change=change))
    return found


def _standings(both: States, v_a: dt.date, v_n: dt.date) -> dict[str, Standing]:
    """Of every metric. A feed that had nothing to say before is a baseline and not late."""
    then, now = known_days(both.cursor("issue")), known_days(both.cursor("today"))
    primed = known_days(both.cursor("primed")) if both.prime == "ready" else now

    def knows(days: Mapping[str, dt.date | None], metric_id: str, on: dt.date) -> bool:
        first = days.get(metric_id)
        return first is not None and first <= on

    found: dict[str, Standing] = {}
    for metric_id in both.dictionary:
        was, is_known = knows(then, metric_id, v_a), knows(now, metric_id, v_n)
        if metric_id in both.then:
            found[metric_id] = "bridged" if was and is_known else "ended" if was else "begun" if is_known else "unknown"
        else:
            found[metric_id] = ("added" if knows(primed, metric_id, v_a) else "begun") if is_known else "unknown"
    return found


def _chances(both: States) -> tuple[Chance, ...]:
    told = {}
    for state in ("issue", "today"):
        made_then = kept(both.cursor(state))
        told[state] = {each.goal_id: each.probability for each in made_then.goals} if made_then else {}
    goals = both.cursor("today").execute("SELECT goal_id, name_zh, name_en FROM ref.goal ORDER BY goal_id").fetchall()
    return tuple(Chance(goal_id=goal_id, name_zh=zh, name_en=en, before=told["issue"].get(goal_id), now=told["today"].get(goal_id))
                 for goal_id, zh, en in goals if goal_id in told["issue"] or goal_id in told["today"])
