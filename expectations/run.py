"""Runs checks on one snapshot with Great Expectations, read-only, and says in our own words what they found."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import great_expectations as gx
import sqlalchemy as sa
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults, ProgressBarsConfig
from great_expectations.datasource.fluent.interfaces import TestConnectionError
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation

from expectations.check import HIDDEN, Check, Finding, Query
from expectations.dialect import url
from expectations.suite import SUITE, kept
from expectations.whose import cases, parts

SHOWN = 5  # offending keys named in a detail
_FEEDS = "SELECT DISTINCT feed FROM meta.coverage ORDER BY feed"
_MENTION = "/* {batch} */\n"  # our SELECTs name their tables themselves; without the word, Great Expectations prints advice


@dataclass(frozen=True, kw_only=True)
class Ran:
    """Findings in the order of the suite, and what went wrong with the checks that did not run, by check id."""

    findings: tuple[Finding, ...]
    broken: Mapping[str, str]


def run(snapshot: Path, checks: Sequence[Check] | None = None) -> Ran:
    """Check a snapshot file; by default everything. Raises sqlalchemy.exc.DatabaseError where it will not open."""
    engine = sa.create_engine(url(snapshot))
    with engine.connect() as connection, contextlib.redirect_stdout(sys.stderr):  # stdout is for the findings alone
        if checks is None:
            checks = SUITE + kept([name for (name,) in connection.exec_driver_sql(_FEEDS)])
        results = dict(_validated(_source(snapshot), checks))
        broken = {check.check_id: reason for check in checks if (reason := _error(results.get(check.check_id)))}
        findings = tuple(_finding(check, results[check.check_id], connection) for check in checks if check.check_id not in broken)
    engine.dispose()
    return Ran(findings=findings, broken=broken)


def _source(snapshot: Path) -> SQLDatasource:
    """The snapshot in a context that lives as long as the process and reports to nobody."""
    quiet = DataContextConfig(store_backend_defaults=InMemoryStoreBackendDefaults(), analytics_enabled=False,
                              progress_bars=ProgressBarsConfig(globally=False))
    context = gx.get_context(mode="ephemeral", project_config=quiet)
    return context.data_sources.add_sql("snapshot", connection_string=url(snapshot))


def _validated(source: SQLDatasource, checks: Iterable[Check]) -> Iterator[tuple[str, ExpectationValidationResult]]:
    """The result of every check by its id; the checks of one table in one suite, so that its column checks share their queries."""
    def place(check: Check) -> tuple[str, tuple[str, ...]]:
        return check.table, check.key

    for (table, key), together in groupby(sorted(checks, key=place), key=place):
        suite = gx.ExpectationSuite(name=" ".join((table, *key)), expectations=[_expectation(check) for check in together])
        try:
            asset = source.add_table_asset(suite.name, table_name=table)
            batch = asset.get_batch(asset.build_batch_request())
        except TestConnectionError:
            continue  # there is no such table: its checks stay without a result
        done = batch.validate(suite, result_format={
            "result_format": "COMPLETE", "partial_unexpected_count": SHOWN, **({"unexpected_index_column_names": list(key)} if key else {})})
        for result in done.results:
            yield (result.expectation_config.meta if result.expectation_config else {})["check_id"], result


def _expectation(check: Check) -> Expectation:
    meta = {"check_id": check.check_id}
    if isinstance(check.test, Query):
        return UnexpectedRowsExpectation(unexpected_rows_query=_MENTION + check.test.select.replace("{table}", check.table), meta=meta)
    return check.test.copy(update={"meta": meta}, deep=True)


def _error(result: ExpectationValidationResult | None) -> str | None:
    """What stopped a check; None where it ran. A check that did not run has an empty result: it says nothing about the data."""
    if result is None:
        return "快照里没有这张表"
    if result.result:
        return None
    info = result.exception_info or {}
    each = [info] if "exception_message" in info else [value for value in info.values() if isinstance(value, Mapping)]
    messages = dict.fromkeys(str(problem.get("exception_message")).splitlines()[0] for problem in each)
    return "；".join(messages) or "Great Expectations 没有给出结果"


def _finding(check: Check, result: ExpectationValidationResult, connection: sa.Connection) -> Finding:
    if isinstance(check.test, Query):
        failed = int(result.result["observed_value"])
        keys = result.result["details"]["unexpected_rows"]
        found = connection.exec_driver_sql("SELECT count(*) FROM " + check.test.checked.replace("{table}", check.table)).all()
        checked = int(found[0][0])
    else:
        failed, checked = int(result.result["unexpected_count"] or 0), int(result.result["element_count"])  # None: an empty table
        keys = result.result.get("partial_unexpected_index_list") or result.result["partial_unexpected_list"]
    return Finding(check_id=check.check_id, dimension=check.dimension, severity=check.severity, table=check.table, success=bool(result.success),
                   failed=failed, checked=checked, sentence=check.sentence, detail=_detail(failed, checked, keys, _hidden(check)), action=check.action,
                   owner=check.owner, parts=parts(check, failed, connection), cases=cases(check, connection) if failed else ())


def _hidden(check: Check) -> tuple[str, ...]:
    """The columns that say whose a row is."""
    return HIDDEN if isinstance(check.test, Query) and check.test.by else ()


def _detail(failed: int, checked: int, keys: Sequence[Mapping[str, Any]], hidden: tuple[str, ...]) -> str:
    if not failed:
        return f"查 {checked} 项，全部符合。"
    shown = ([value for name, value in key.items() if name not in hidden and value not in (None, "")] for key in keys[:SHOWN])
    named = "；".join(" ".join(map(str, values)) for values in shown)
    return f"查 {checked} 项，不符 {failed} 项：{named}" + (" 等。" if failed > SHOWN else "。")
