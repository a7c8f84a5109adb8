"""送出: an issue goes into the outbox from which the joint meeting's system takes it, whole or not at all, and its acknowledgement is read back."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from exports.freezing import NEW
from exports.refusals import NotFrozen, refusing
from language import _
from warehouse import whole_file
from warehouse.catalogue import sync
from warehouse.issues import MANIFEST, Frozen, StoredFile, differences, issues_root
from warehouse.lock import writer_lock

OUTBOX = "GANZHIHUI_OUTBOX"
RECEIPTS = ".delivered"  # beside the issues: when each was put into which outbox, for its folder goes when it is taken
MOST = 1 << 16  # bytes of an acknowledgement that are read: it is somebody else's file
LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Of one issue in one outbox. `sent_at` None: not yet; `state`: not there, received as sent, of other content, or unreadable. `by`, `at`: as the
    receiver wrote them."""

    outbox: Path
    sent_at: dt.datetime | None
    state: Literal["none", "received", "other", "unreadable"]
    by: str = ""
    at: str = ""


def outbox() -> Path | None:
    """The configured outbox; None where there is none."""
    named = os.environ.get(OUTBOX)
    return Path(named).absolute() if named else None


def name_of(frozen: Frozen) -> str:
    """What an issue is called in an outbox; its acknowledgement is beside it as <name>.ack.json."""
    return f"ganzhihui-{frozen.name}"


def deliver(home: Path, frozen: Frozen, to: Path) -> bool:
    """Put an issue into an outbox, once; returns whether it is new there. Raises NotFrozen, and leaves nothing then."""
    with refusing():
        if not to.is_dir():
            raise NotFrozen(_("发件箱 {outbox} 不是文件夹。请：先建好，或改正 {variable}。", outbox=to, variable=OUTBOX), 2)
        with writer_lock(issues_root(home) / ".lock", "python -m exports deliver"):
            if wrong := differences(frozen.folder, frozen.files):
                raise NotFrozen(_("专刊 {name} 的存档有改动（{files}），没有送出。请：由备份恢复后再送。", name=frozen.name,
                                  files=_("、").join(each.name for each in wrong)), 12)
            target, receipt = to / name_of(frozen), _receipt(home, frozen)
            if target.exists():
                if differences(target, frozen.handed_out):
                    raise NotFrozen(_("发件箱中的 {target} 与专刊不同。请：核实后移走，再送一次。", target=target), 12)
                if not receipt.exists():  # killed between the two
                    _write_receipt(receipt, to)
                return False
            if _sent(home, frozen, to):
                return False
            _copy(frozen, to, target)
            _write_receipt(receipt, to)
            return True


def delivery(home: Path, frozen: Frozen, to: Path) -> Delivery:
    """How it stands."""
    path = to / f"{name_of(frozen)}.ack.json"
    sent_at = _sent(home, frozen, to)
    manifest = frozen.file(MANIFEST)
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(MOST))
        by, at, sha256 = str(told.get("by", ""))[:LONGEST], str(told.get("received_at", ""))[:LONGEST], told["manifest_sha256"]
    except FileNotFoundError:
        return Delivery(outbox=to, sent_at=sent_at, state="none")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Delivery(outbox=to, sent_at=sent_at, state="unreadable")
    return Delivery(outbox=to, sent_at=sent_at, state="received" if manifest and sha256 == manifest.sha256 else "other", by=by, at=at)


def _copy(frozen: Frozen, to: Path, target: Path) -> None:
    """Under a temporary name, the manifest last, compared, then renamed."""
    for left in to.glob(f"{NEW}{name_of(frozen)}-*"):
        shutil.rmtree(left)
    folder = Path(tempfile.mkdtemp(prefix=f"{NEW}{name_of(frozen)}-", dir=to))
    try:
        folder.chmod(0o755)  # the receiver is another user
        for each in sorted(frozen.handed_out, key=lambda each: each.name == MANIFEST):
            _copy_file(frozen.folder, folder, each)
        if wrong := differences(folder, frozen.handed_out):
            raise OSError(_("写入发件箱的与专刊不同：{files}", files=_("、").join(each.name for each in wrong)))
        sync(folder)
        os.replace(folder, target)
        sync(to)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_file(source: Path, folder: Path, each: StoredFile) -> None:
    path = folder / each.name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / each.name, path)
    path.chmod(0o444)
    sync(path)


def _receipt(home: Path, frozen: Frozen) -> Path:
    return issues_root(home) / RECEIPTS / f"{frozen.name}.json"


def _write_receipt(receipt: Path, to: Path) -> None:
    """Added to those of other outboxes, replaced whole."""
    receipt.parent.mkdir(mode=0o700, exist_ok=True)
    told = {**_receipts(receipt), str(to): dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    whole_file.replace(receipt, json.dumps(told, ensure_ascii=False, indent=1))


def _receipts(receipt: Path) -> dict[str, str]:
    try:
        told: dict[str, str] = json.loads(receipt.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return told


def _sent(home: Path, frozen: Frozen, to: Path) -> dt.datetime | None:
    said = _receipts(_receipt(home, frozen)).get(str(to))
    return dt.datetime.fromisoformat(said) if said else None
