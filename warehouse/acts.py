"""The record of what happened, as it lies in landing: read here by whoever needs it, written by etl/landing.py alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

KNOWN = 50_000  # acts remembered as read: one never changes


class LandingDamaged(Exception):
    """An act cannot be read: the record of what happened is broken."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that happened. `kind`: opened, received, seen (lay there again, unchanged), placed, held, refused, repeated, confirmed, withdrawn, commented,
    certified, mapped, rule_changed, rolled_back, published, frozen; finished, cancelled of a job: what it recorded counts whole or not at all."""

    seq: int
    at: dt.datetime  # aware, UTC
    kind: str
    body: Mapping[str, Any]


def read_acts(folder: Path) -> tuple[Act, ...]:
    """All acts, oldest first. Raises LandingDamaged naming the file."""
    if not folder.is_dir():
        return ()
    acts = tuple(_read(path) for path in sorted(folder.glob("[0-9]*.json")))
    if gap := next((number for number, act in enumerate(acts, start=1) if act.seq != number), None):
        raise LandingDamaged(f"原始档案缺少记事：{act_name(gap)}。请从备份恢复该文件后重试。")
    return acts


def effective(acts: Iterable[Act]) -> list[Act]:
    """Acts that count: a rollback brings back the acts that counted at its target and suspends those in between; of a job that was cancelled or did not
    come to its end none does, nor what was decided on its files."""
    so_far: list[Act] = []
    counting: list[Act] = []
    for act in acts:
        if act.kind == "rolled_back":
            counting = effective(earlier for earlier in so_far if earlier.seq <= act.body["acts_upto"])
        elif act.kind == "cancelled":
            undone = {each.seq for each in counting if each.body.get("job") == act.body["job"]}
            counting = [each for each in counting if each.seq not in undone and each.body.get("file") not in undone]
        else:
            counting.append(act)
        so_far.append(act)
    return counting


def act_name(seq: int) -> str:
    """The file of an act."""
    return f"{seq:08d}.json"


def _read(path: Path) -> Act:
    stat = path.stat()
    return _kept(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=KNOWN)
def _kept(path: Path, _mtime_ns: int, _size: int) -> Act:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return Act(seq=body.pop("seq"), at=dt.datetime.fromisoformat(body.pop("at")), kind=body.pop("kind"), body=body)
    except (ValueError, KeyError, TypeError) as broken:
        raise LandingDamaged(f"原始档案的记事已损坏：{path.name}（{broken}）。请从备份恢复该文件后重试。") from broken
