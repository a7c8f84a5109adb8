"""The record of who did what: what is in it stays to be seen, and what is missing or changed is found."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.audit import Event, acting, code, record
from warehouse.audit_lines import opened, sealed
from warehouse.audited import Fault, archive, listed, verify

ROOT = Path(__file__).parents[2]
WRITE_FOR_EVER = """
import sys
from pathlib import Path
from warehouse.audit import Event, record
for number in range(int(sys.argv[2])):
    record(Path(sys.argv[1]), Event.EXPORTED, who=sys.argv[3], rows=number)
"""
NOW = dt.datetime.now(dt.UTC)


def written(home: Path, count: int) -> Path:
    """A record of so many lines; its only file."""
    for number in range(count):
        record(home, Event.EXPORTED, who="u1", metric="g1_poc_small", rows=number)
    [file] = (home / "audit").glob("*.jsonl")
    return file


def lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines(keepends=True)


def said(home: Path) -> list[str]:
    """What is wrong, as a person reads it."""
    return [f"{fault.line} {fault.what}" for fault in verify(home).faults]


def months(home: Path, *names: str) -> None:
    """The record as if one line had been written in each of these months."""
    for name in names:
        record(home, Event.LOGIN, who="u1")
        [file] = [path for path in (home / "audit").glob("*.jsonl") if path.stem == f"{NOW:%Y-%m}"]
        file.rename(home / "audit" / f"{name}.jsonl")
        told = json.loads((home / "audit" / ".last").read_text())
        (home / "audit" / ".last").write_text(json.dumps(told | {"file": f"{name}.jsonl"}))


def test_what_was_done_is_told_as_it_was(tmp_path: Path) -> None:
    record(tmp_path, Event.EXPORTED, who="u1", metric="g1_poc_small", rows=12, zone=None)
    [told] = listed(tmp_path)
    assert {name: told[name] for name in ("seq", "event", "who", "metric", "rows", "zone")} == {
        "seq": 1, "event": "exported", "who": "u1", "metric": "g1_poc_small", "rows": 12, "zone": None}
    assert verify(tmp_path).faults == ()
    assert (tmp_path / "audit").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "audit").iterdir())


@pytest.mark.parametrize("fact", ["张三", "某某科技有限公司", "13800138000", "tel:13800138000", "620102199001011234", "a@b.cn", "two words", "=1+1\n", "x" * 601])
def test_of_what_could_be_a_person_or_a_cell_only_the_hash_is_written(tmp_path: Path, fact: str) -> None:
    record(tmp_path, Event.EXPORTED, who=fact, filter=fact)
    [told] = listed(tmp_path)
    assert told["who"] == told["filter"] == code(fact)
    assert re.fullmatch("#[0-9a-f]{16}", code(fact)), "by which the same can be found again"
    assert fact not in (tmp_path / "audit" / f"{NOW:%Y-%m}.jsonl").read_text()


@pytest.mark.parametrize("fact", ["D08", "g1_poc_small", "GZH-2026-0001", "a" * 64, "916200007127755432", "uid:1000", "2026-10-31", ""])
def test_codes_hashes_and_days_are_written_as_they_are(fact: str) -> None:
    assert code(fact) == fact


def test_a_fact_may_not_take_the_place_of_what_every_line_says(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="hash"):
        record(tmp_path, Event.LOGIN, who="u1", hash="0")


def test_who_started_a_process_is_named_and_otherwise_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    assert acting() == f"uid:{os.getuid()}"
    monkeypatch.setenv("GANZHIHUI_WHO", "u7")
    assert acting() == "u7"


@pytest.mark.parametrize(("change", "found"), [
    (lambda rows: [rows[0], rows[1].replace(b'"rows":1', b'"rows":9'), *rows[2:]], ["2 这一行读不通"]),
    (lambda rows: [rows[0], *rows[2:]], ["2 缺第 2–2 条"]),
    (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], ["2 缺第 2–2 条", "3 第 2 条在第 3 条之后"]),
    (lambda rows: [*rows[:2], rows[1], *rows[2:]], ["3 第 2 条在第 2 条之后"]),
    (lambda rows: rows[2:], ["1 缺第 1–2 条"]),
    (lambda rows: rows[:-1], ["0 末尾缺第 5–5 条"]),
    (lambda rows: [], ["0 末尾缺第 1–5 条"]),
    (lambda rows: [*rows[:3], b"\n", *rows[3:]], []),
])
def test_what_was_done_to_the_record_is_found_where_it_was_done(tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], found: list[str]) -> None:
    file = written(tmp_path, 5)
    file.write_bytes(b"".join(change(lines(file))))
    told = said(tmp_path)
    assert [each for each in found if not any(one.startswith(each) for one in told)] == []
    assert bool(told) == bool(found)


def test_a_line_put_in_with_a_seal_of_its_own_breaks_the_chain_after_it(tmp_path: Path) -> None:
    file = written(tmp_path, 3)
    first, second, third = lines(file)
    forged = opened(second.strip())
    assert forged
    del forged["hash"]
    file.write_bytes(first + sealed(forged | {"who": "u2"}).encode() + b"\n" + third)
    assert said(tmp_path) == ["3 第 3 条接的不是第 2 条：前面的内容有改动"]


def test_a_record_rewritten_whole_shows_against_a_head_kept_elsewhere(tmp_path: Path) -> None:
    written(tmp_path, 3)
    known = verify(tmp_path).head
    shutil.rmtree(tmp_path / "audit")
    time.sleep(0.002)
    written(tmp_path, 4)
    assert verify(tmp_path).faults == ()
    assert [fault.what[:12] for fault in verify(tmp_path, known=known).faults] == ["第 3 条不是当时记下的"]


def test_a_cut_tail_stays_to_be_seen_after_more_was_written(tmp_path: Path) -> None:
    file = written(tmp_path, 5)
    file.write_bytes(b"".join(lines(file)[:3]))
    record(tmp_path, Event.LOGIN, who="u1")
    assert [told["event"] for told in listed(tmp_path)][3:] == ["repaired", "login"]
    assert said(tmp_path) == ["4 缺第 4–5 条"]


def test_a_writer_killed_between_line_and_note_leaves_nothing_wrong(tmp_path: Path) -> None:
    file = written(tmp_path, 2)
    before = (tmp_path / "audit" / ".last").read_bytes()
    record(tmp_path, Event.LOGIN, who="u1")
    (tmp_path / "audit" / ".last").write_bytes(before)
    assert said(tmp_path) == []
    record(tmp_path, Event.LOGOUT, who="u1")
    assert [told["seq"] for told in listed(tmp_path)] == [1, 2, 3, 4]
    assert said(tmp_path) == []
    assert len(lines(file)) == 4


@pytest.mark.parametrize("half", [b'{"seq":4,"at":"2026-', b"\0" * 300, b"x\ny\n\nz", "半".encode()[:2]])
def test_half_a_line_after_power_loss_is_said_by_the_next_writer_and_blocks_nothing(tmp_path: Path, half: bytes) -> None:
    file = written(tmp_path, 3)
    with file.open("ab") as end:
        end.write(half)
    assert said(tmp_path) != []
    record(tmp_path, Event.LOGIN, who="u1")
    assert [(told["seq"], told["event"]) for told in listed(tmp_path)][3:] == [(4, "repaired"), (5, "login")]
    assert half in file.read_bytes(), "nothing is ever taken out"
    if b"\n\n" not in half:
        assert said(tmp_path) == []
    file.write_bytes(file.read_bytes().replace(half, half[:-1] + b"!"))
    assert said(tmp_path) != [], "what was torn is sealed too"


def test_a_whole_line_that_lacks_only_its_end_counts(tmp_path: Path) -> None:
    file = written(tmp_path, 2)
    before = (tmp_path / "audit" / ".last").read_bytes()
    record(tmp_path, Event.LOGIN, who="u1")
    (tmp_path / "audit" / ".last").write_bytes(before)
    file.write_bytes(file.read_bytes()[:-1])
    record(tmp_path, Event.LOGOUT, who="u1")
    assert [told["event"] for told in listed(tmp_path)] == ["exported", "exported", "login", "logout"]
    assert said(tmp_path) == []


@pytest.mark.parametrize("noted", [None, b"", b"[]", b'{"seq":1}'])
def test_a_lost_note_is_said_by_the_next_writer(tmp_path: Path, noted: bytes | None) -> None:
    written(tmp_path, 2)
    path = tmp_path / "audit" / ".last"
    path.unlink()
    if noted is not None:
        path.write_bytes(noted)
    assert [each[:9] for each in said(tmp_path)] == ["0 最后一条的记号"]
    record(tmp_path, Event.LOGIN, who="u1")
    assert [told.get("what") for told in listed(tmp_path)] == [None, None, "note", None]
    assert said(tmp_path) == []


def test_a_missing_month_is_found(tmp_path: Path) -> None:
    months(tmp_path, "2025-01", "2025-02", "2025-03")
    assert said(tmp_path) == []
    (tmp_path / "audit" / "2025-02.jsonl").unlink()
    assert verify(tmp_path).faults == (Fault(file="2025-03.jsonl", line=1, what="缺第 2–2 条"),)


def test_old_months_are_moved_and_the_chain_can_still_be_followed(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    recent = f"{NOW - dt.timedelta(days=70):%Y-%m}"
    months(home, "2025-01", "2025-02", recent)
    assert [path.name for path in archive(home, away, now=NOW)] == ["2025-01.jsonl", "2025-02.jsonl"]
    assert archive(home, away, now=NOW) == []
    assert sorted(path.stem for path in (home / "audit").glob("*.jsonl")) == sorted({recent, f"{NOW:%Y-%m}"})
    record(home, Event.LOGIN, who="u1")
    assert said(home) == []
    whole = verify(home, beside=away)
    assert (whole.faults, whole.lines, whole.moved) == ((), 6, ("2025-01.jsonl", "2025-02.jsonl"))
    (away / "2025-02.jsonl").write_bytes((away / "2025-02.jsonl").read_bytes().replace(b"u1", b"u2"))
    assert {fault.file for fault in verify(home, beside=away).faults} >= {"2025-02.jsonl"}
    (away / "2025-02.jsonl").unlink()
    assert "已移存，但不在所给的文件夹里" in {fault.what for fault in verify(home, beside=away).faults}


@pytest.mark.parametrize("day", [dt.datetime(2026, 7, 31, tzinfo=dt.UTC), dt.datetime(2026, 8, 1, tzinfo=dt.UTC)])
def test_what_is_younger_than_six_months_stays(tmp_path: Path, day: dt.datetime) -> None:
    home = tmp_path / "home"
    months(home, "2026-01", "2026-02")
    assert [path.stem for path in archive(home, tmp_path / "away", now=day)] == (["2026-01"] if day.month == 8 else [])


def test_writers_at_once_make_one_chain(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path), "60", f"u{number}"], cwd=ROOT) for number in range(4)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    verdict = verify(tmp_path)
    assert (verdict.faults, verdict.lines) == ((), 240)
    assert sorted(told["rows"] for told in listed(tmp_path, who="u2")) == list(range(60))


def test_a_writer_killed_at_any_instant_leaves_a_record_that_goes_on(tmp_path: Path) -> None:
    for pause in (0.06, 0.09, 0.12, 0.2):
        with subprocess.Popen([sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path), "100000", "u1"], cwd=ROOT) as writer:
            while not (tmp_path / "audit" / ".last").exists():
                time.sleep(0.01)
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
        record(tmp_path, Event.LOGIN, who="u2")
        assert said(tmp_path) == []
    assert len(list(listed(tmp_path, who="u2"))) == 4


def test_a_full_disk_raises_and_what_was_recorded_stays_whole(tmp_path: Path) -> None:
    file = written(tmp_path, 3)
    size = file.stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, before[1]))
    try:
        with pytest.raises(OSError) as full:  # noqa: PT011 - which one it is follows
            record(tmp_path, Event.LOGIN, who="u1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, old)
    assert full.value.errno in (errno.ENOSPC, errno.EFBIG)
    assert file.stat().st_size == size
    record(tmp_path, Event.LOGIN, who="u1")
    assert said(tmp_path) == []
    assert [told["seq"] for told in listed(tmp_path)] == [1, 2, 3, 4]


def test_the_list_can_be_narrowed(tmp_path: Path) -> None:
    months(tmp_path, "2025-01")
    record(tmp_path, Event.LOGIN, who="u2")
    record(tmp_path, Event.LOGOUT, who="u2")
    assert [told["seq"] for told in listed(tmp_path, event="login", who="u2")] == [2]
    assert [told["seq"] for told in listed(tmp_path, since=NOW + dt.timedelta(days=1))] == []
    assert len(list(listed(tmp_path, since=NOW - dt.timedelta(days=1)))) == 2, "older months are not even read"
