"""Whether an issue is what was frozen: every byte against the hashes, and every metric read again out of the stored rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from exports.refusals import NotFrozen, refusing
from exports.stored_values import values
from language import N_, _
from warehouse.errors import StoreError
from warehouse.issues import MANIFEST, STATE, SUMS, VALUES, Difference, Frozen, StoredFile, differences, handed_out, issues
from warehouse.publish import Store
from warehouse.stored import stored

WHAT = {"altered": N_("内容有改动"), "missing": N_("不见了"), "added": N_("是后来加的")}
MOST = 1 << 24  # bytes of a manifest that are read


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What of a folder is not as frozen. `by_act`: whether this data home recorded it, and so vouches for the manifest too; `values`: metrics
    whose stored rows no longer give the recorded value, with both; `problems`: in sentences; `metrics`: how many were computed again, 0 of what
    was handed out, for the rows stay in the data home."""

    folder: Path
    name: str
    by_act: bool
    files: tuple[Difference, ...]
    values: Mapping[str, tuple[str | None, str | None]]
    problems: tuple[str, ...]
    metrics: int

    @property
    def is_whole(self) -> bool:
        return not (self.files or self.values or self.problems)

    @property
    def said(self) -> tuple[str, ...]:
        """Each difference in a sentence."""
        return (*self.problems, *(told(each) for each in self.files),
                *(_("指标 {metric}：冻结时 {then}，按存档的行算得 {now}", metric=metric, then=then or "—", now=now or "—")
                  for metric, (then, now) in self.values.items()))


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Of an issue in its data home. `files`: of its folder, not as frozen; `snapshot`: whether it is the very file that was frozen."""

    files: tuple[Difference, ...]
    is_snapshot_whole: bool


def told(each: Difference) -> str:
    """One difference as a sentence."""
    return _("{name} {what}", name=each.name, what=_(WHAT[each.what]))


def verify(folder: Path, home: Path) -> Verified:
    """A folder of an issue, wherever it lies: in the data home, delivered, or unpacked. Raises NotFrozen where it is no folder of an issue."""
    try:
        manifest = _manifest(folder)
        listed, kept = ([StoredFile(**each) for each in manifest[what]] for what in ("files", "kept"))
        name, as_of = f"{manifest['issue']}r{manifest['revision']}", dt.date.fromisoformat(manifest["as_of"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
        recorded = _recorded(folder.name, home)
        if recorded is None:
            raise NotFrozen(_("{folder} 不是专刊的文件夹：其中没有可读的 {manifest}。", folder=folder, manifest=MANIFEST), 2) from broken
        if not folder.exists():
            return Verified(folder=folder, name=recorded.name, by_act=True, files=(), values={}, problems=(_("整个文件夹不见了"),), metrics=0)
        return Verified(folder=folder, name=recorded.name, by_act=True, files=_differences(folder, recorded.files), values={},
                        problems=(_("{manifest} 读不出，各指标的数无从核对", manifest=MANIFEST),), metrics=0)
    recorded = _recorded(name, home)
    expected = recorded.files if recorded else [*listed, *kept]
    is_handed_out = not (folder / STATE).exists() and not (recorded and recorded.folder == folder.absolute())
    found = [each for each in _differences(folder, handed_out(expected) if is_handed_out else expected) if recorded or each.name != MANIFEST]
    then, now, problems = ({}, {}, []) if is_handed_out else _read_again(folder, as_of)
    return Verified(folder=folder, name=name, by_act=recorded is not None, files=tuple(found), metrics=len(then),
                    values={} if problems else {each: (then.get(each), now.get(each)) for each in sorted(then.keys() | now.keys())
                                                if then.get(each) != now.get(each)}, problems=(*_sums(folder, listed), *problems))


def snapshot_problem(home: Path, frozen: Frozen) -> str | None:
    """Why the snapshot of an issue can no longer be looked at, in a sentence; None where it is the very file that was frozen. Reads it whole."""
    return None if _is_snapshot_whole(home, frozen) else _("快照 {snapshot} 的文件已不在，或有改动", snapshot=frozen.snapshot)


def verdict(home: Path, frozen: Frozen) -> Verdict:
    """Read every byte of an issue and of its snapshot."""
    return Verdict(files=differences(frozen.folder, frozen.files), is_snapshot_whole=_is_snapshot_whole(home, frozen))


def verdict_when_touched(home: Path, frozen: Frozen) -> Verdict:
    """The same for whoever opens page after page: read again as soon as a file has changed its size, time or place."""
    paths = [*sorted(frozen.folder.rglob("*")), Store(home / "warehouse").path(frozen.snapshot)]
    return _remembered(home, frozen, tuple(_seen(path) for path in paths))


@lru_cache(maxsize=64)
def _remembered(home: Path, frozen: Frozen, seen: tuple[tuple[str, int, int, int], ...]) -> Verdict:  # noqa: ARG001 - decides whether it is still so
    return verdict(home, frozen)


def _seen(path: Path) -> tuple[str, int, int, int]:
    try:
        stat = path.lstat()
    except FileNotFoundError:
        return str(path), -1, 0, 0
    return str(path), stat.st_size, stat.st_ctime_ns, stat.st_ino


def _is_snapshot_whole(home: Path, frozen: Frozen) -> bool:
    store = Store(home / "warehouse")
    try:
        store.verify(frozen.snapshot)
        return store.get(frozen.snapshot).sha256 == frozen.snapshot_sha256
    except StoreError:
        return False


def _manifest(folder: Path) -> Mapping[str, Any]:
    with (folder / MANIFEST).open("rb") as file:
        told: Mapping[str, Any] = json.loads(file.read(MOST))
    return told


def _recorded(name: str, home: Path) -> Frozen | None:
    with refusing():
        return next((each for each in issues(home) if each.name == name), None)


def _differences(folder: Path, expected: Sequence[StoredFile]) -> tuple[Difference, ...]:
    with refusing():
        return differences(folder, expected)


def _sums(folder: Path, listed: Sequence[StoredFile]) -> list[str]:
    """Whether SHA256SUMS says the same as the manifest."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return [_("{sums} 读不出", sums=SUMS)]
    said = {name: sha256 for sha256, _blank, name in (line.partition("  ") for line in lines)}
    return [] if said == {each.name: each.sha256 for each in listed if each.name != SUMS} else [_("{sums} 与 {manifest} 所列不同", sums=SUMS, manifest=MANIFEST)]


def _read_again(folder: Path, as_of: dt.date) -> tuple[dict[str, str | None], dict[str, str | None], list[str]]:
    """The values as they were recorded, as the rows give them, and what is in the way."""
    try:
        then = dict(json.loads((folder / VALUES).read_text(encoding="utf-8")))
        with stored(folder / STATE) as cursor:
            return then, values(cursor, as_of), []
    except (duckdb.Error, OSError, ValueError, TypeError):
        return {}, {}, [_("存档的行读不出，各指标的数无从核对")]
