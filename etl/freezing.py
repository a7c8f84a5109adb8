"""What `python -m exports freeze` has written becomes an issue: its snapshot is kept for ever, its folder gets its name, and an act records every hash."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.home import Home
from etl.landing import Act
from etl.report import WrongArgument
from warehouse.catalogue import sync
from warehouse.errors import DamagedIssue
from warehouse.issues import MANIFEST, SUMS, StoredFile, differences, files_of, issues, issues_root
from warehouse.lock import writer_lock
from warehouse.publish import DamagedSnapshot

PATIENCE_S = 300.0  # a refresh that publishes meanwhile is waited for: what was written would be lost, and nobody is in the way
ORPHAN = ".orphan-"
LABEL = "专刊 "  # of a snapshot that issues pinned: their names follow
SAID = ("issue", "revision", "meeting", "as_of", "snapshot", "snapshot_sha256", "previous", "by", "reason", "frozen_at", "acts_upto", "rules_hash", "code_hash")


def frozen(asked: argparse.Namespace) -> int:
    """The command: 0 recorded."""
    act = record(Home.here(), asked.folder)
    print(json.dumps({"act": act.seq}))
    return 0


def record(home: Home, folder: Path) -> Act:
    """Make an issue of a folder that was written for one beside it, whole and with its manifest; the act is the commit.

    Raises WrongArgument where the folder is not what its manifest says, or not the next revision; Busy, UnknownSnapshot,
    DamagedSnapshot; OSError on a full disk, and then the folder lies where it lay.
    """
    with writer_lock(home.lock, "python -m exports freeze", wait_s=PATIENCE_S):
        told = _told(folder)
        name, target = f"{told['issue']}r{told['revision']}", issues_root(home.root) / f"{told['issue']}r{told['revision']}"
        if told["revision"] != 1 + max((each.revision for each in issues(home.root) if each.issue_id == told["issue"]), default=0):
            raise WrongArgument(f"专刊 {name} 不是第 {told['issue']} 期的下一版。\n  请：重新冻结。")
        release(home)
        _keep_for_ever(home, told, name)
        _make_way(target, folder)
        os.replace(folder, target)
        try:
            sync(target.parent)
            files = [[each.name, each.size, each.sha256] for each in files_of(target)]
            return home.landing.append("frozen", at=_moment(home, told), **{said: told[said] for said in SAID}, files=files)
        except BaseException:
            os.replace(target, folder)
            raise


def release(home: Home) -> None:
    """Take the label of an issue from snapshots of which it is none: its freezing was killed between label and act, and the snapshot would be kept for
    nothing. The caller holds the home's lock. Where issues cannot be read, nothing is taken."""
    try:
        known = {each.name for each in issues(home.root)}
    except DamagedIssue:
        return
    for each in {turn.snapshot: turn for turn in home.store.publications()}.values():
        if each.label is None or not each.label.startswith(LABEL):
            continue
        names = each.label.removeprefix(LABEL).split("、")
        kept = [name for name in names if name in known]
        if not kept:
            home.store.unlabel(each.snapshot)
        elif kept != names:
            home.store.label(each.snapshot, f"{LABEL}{'、'.join(kept)}")


def _told(folder: Path) -> Mapping[str, Any]:
    """The manifest of a folder whose bytes are as it says. Raises WrongArgument."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = [StoredFile(**each) for each in (*told["files"], *told["kept"])]
        missing = [name for name in SAID if name not in told]
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise WrongArgument(f"{folder} 不是写好的专刊（{broken}）。\n  请：运行 python -m exports freeze。") from broken
    wrong = [each.name for each in differences(folder, listed) if each.name != MANIFEST]
    if wrong or missing or SUMS not in {each.name for each in listed}:
        raise WrongArgument(f"{folder} 与其清单不符：{'、'.join([*wrong, *missing]) or SUMS}。\n  请：重新运行 python -m exports freeze。")
    return told  # type: ignore[no-any-return]


def _keep_for_ever(home: Home, told: Mapping[str, Any], name: str) -> None:
    """A labelled snapshot is never pruned. It gets its label before the act: a label without an issue keeps one file too many, the reverse one too few."""
    publication = home.store.get(told["snapshot"])
    if publication.sha256 != told["snapshot_sha256"]:
        raise DamagedSnapshot(told["snapshot"], home.store.path(told["snapshot"]), "内容与冻结时所读的不同")
    names = [*(publication.label or "").removeprefix(LABEL).split("、"), name] if publication.label else [name]
    home.store.label(told["snapshot"], f"{LABEL}{'、'.join(dict.fromkeys(names))}")


def _make_way(target: Path, folder: Path) -> None:
    """A folder without an act is no issue: a freeze was killed in its last instant, or its act was lost since. It goes where the new one holds the
    same bytes, whenever they were frozen; otherwise it is put aside."""
    if not target.exists():
        return
    if not [each for each in differences(target, files_of(folder)) if each.name != MANIFEST]:
        shutil.rmtree(target)
    else:
        os.replace(target, target.with_name(f"{ORPHAN}{target.name}-{target.stat().st_mtime_ns}"))


def _moment(home: Home, told: Mapping[str, Any]) -> dt.datetime:
    """When it was frozen: as the manifest says in a demonstration, whose clock stands still, else now."""
    return dt.datetime.fromisoformat(told["frozen_at"]) if home.demo_clock() else home.now()
