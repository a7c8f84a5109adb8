"""States made again from landing: all of it, or the data of one moment under the rules of another; nothing is published or recorded."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from etl import intake, staging
from etl.home import Home
from etl.landing import Act
from etl.refresh import inputs_of
from etl.register import Register, replay
from etl.staging import Job, Staged
from etl.workers import stage_all
from warehouse.build import build


def prime(home: Home, *, data_upto: int, rules_upto: int, path: Path) -> None:
    """Build A′ at `path` (a new file): the data acts up to one act under the rule acts up to another, by today's code.

    What was read before is taken from staging; nothing is written but `path`, so no lock is needed. Raises as `rebuild` does.
    """
    acts = home.landing.acts()
    known = [act for act in acts if act.seq <= data_upto]
    _build(home, known, register_of(acts, data_upto=data_upto, rules_upto=rules_upto), path, use_staged=True)


def rebuild(home: Home, path: Path) -> None:
    """Build the state of all acts at `path` (a new file) from landing alone; ref, raw, rejected, core and mart equal the published ones.

    Raises LandingDamaged, SqlFileError, OSError or duckdb.Error on a full disk.
    """
    acts = home.landing.acts()
    _build(home, acts, replay(acts), path, use_staged=False)


def register_of(acts: Sequence[Act], *, data_upto: int, rules_upto: int) -> Register:
    """Files as the acts up to `data_upto` left them, rules as those up to `rules_upto` did. Each as effective then: a rollback in between counts."""
    data = replay([act for act in acts if act.seq <= data_upto])
    rules = replay([act for act in acts if act.seq <= rules_upto])
    return replace(data, rules=rules.rules)


def _build(home: Home, acts: Sequence[Act], register: Register, path: Path, *, use_staged: bool) -> None:
    with tempfile.TemporaryDirectory(prefix=".staging-", dir=path.parent) as beside:
        staged = _staged(home, register, Path(beside), use_staged=use_staged)
        read = {file_id: file for file_id, file in register.files.items() if file.status != "placed" or file_id in staged}
        build(path, inputs_of(acts, replace(register, files=read), staged, clock=home.demo_clock()))


def _staged(home: Home, register: Register, beside: Path, *, use_staged: bool) -> dict[int, Staged]:
    """Files in force by number, read where they must be; what today's reader refuses is left out, as a refresh leaves it out."""
    files = register.placed()
    jobs = intake.jobs(home, home.landing, register, files)
    staged: dict[int, Staged] = {}
    waiting: dict[int, Job] = {}
    for file_id, job in jobs.items():
        if use_staged and (found := staging.already(job)):
            staged[file_id] = found
        else:
            waiting[file_id] = replace(job, staging=beside)
    outcomes = stage_all(list(dict.fromkeys(waiting.values())), done=lambda job, outcome: None) if waiting else {}
    for file_id, job in waiting.items():
        outcome = outcomes[job]
        if isinstance(outcome, OSError):
            raise outcome
        if isinstance(outcome, Staged):
            staged[file_id] = outcome
    return staged
