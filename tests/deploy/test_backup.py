"""The backup: what is copied while people work can be put in the place of what was lost."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from issue_home import frozen, told_more
from park import Park
from served import ROOT

from analytics.access import Role
from etl.home import Home
from exports.api.tokens import holder, new
from warehouse import audit
from warehouse.audited import verify
from warehouse.issues import issues


def backed_up(home: Path, target: Path, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "scripts" / "backup.sh", home, target], capture_output=True, text=True, check=False, timeout=60, env=environment)


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_was_copied_is_a_home_with_the_same_numbers_issues_and_record(issue_home: Park, tmp_path: Path) -> None:
    frozen(issue_home)
    (issue_home.home.root / "people.csv").write_text("subject,name,role\n", encoding="utf-8")
    key, token = new(issue_home.home.root, "联席会议系统", Role.SECRETARY, until=None, by="uid:0", now=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    assert backed_up(issue_home.home.root, tmp_path / "copy").returncode == 0
    told_more(issue_home)
    made = issue_home.home.root / "warehouse" / "20990101T000000.duckdb"
    made.write_bytes(b"half of a snapshot")
    done = backed_up(issue_home.home.root, tmp_path / "copy")
    assert done.returncode == 0, done.stderr
    made.unlink()
    restored = Park(home=Home(root=tmp_path / "home"))
    shutil.copytree(tmp_path / "copy", restored.home.root)
    assert restored.served() == issue_home.served()
    assert [each.name for each in issues(restored.home.root)] == ["2026-11r1"]
    assert verify(restored.home.root).faults == ()
    assert verify(restored.home.root).head == verify(issue_home.home.root).head
    assert holder(restored.home.root, token) == key
    assert restored.home.landing.acts() == issue_home.home.landing.acts()
    copied, own = files(tmp_path / "copy"), files(issue_home.home.root)
    assert {name: content for name, content in own.items() if name.startswith(("landing", "issues", "audit", "people", "warehouse"))
            and not name.endswith(".lock") and name not in copied} == {}
    assert all(own[name] == content for name, content in copied.items()), "nothing half, nothing old"
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0


def test_a_copy_of_nothing_is_refused_with_a_sentence(tmp_path: Path) -> None:
    done = backed_up(tmp_path / "nowhere", tmp_path / "copy")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{tmp_path / 'nowhere'}\n  不是数据目录") and "\n  请：写 scripts/backup.sh " in done.stderr
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("lost", ["landing/blobs", "warehouse"])
def test_a_file_that_cannot_be_copied_is_not_passed_over(issue_home: Park, tmp_path: Path, lost: str) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / lost.split("/", maxsplit=1)[0]).write_text("in the way", encoding="utf-8")
    done = backed_up(issue_home.home.root, tmp_path / "copy")
    assert done.returncode != 0
    assert f"{tmp_path / 'copy'}\n  备份没有做完" in done.stderr and "\n  请：" in done.stderr


def bare(home: Path) -> Path:
    """A home with nothing but what a backup looks at first."""
    for folder in ("landing/blobs", "landing/acts", "warehouse"):
        (home / folder).mkdir(parents=True)
    return home


def put(home: Path, name: str, text: str) -> Path:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_restored_home_does_not_deliver_again_what_went_out(tmp_path: Path) -> None:
    home = bare(tmp_path / "home")
    put(home, "issues/2026-11r1/manifest.json", "{}")
    receipt = put(home, "issues/.delivered/2026-11r1.json", '{"/srv/outbox": "2026-11-01T00:00:00+00:00"}')
    put(home, "issues/.new-2026-12/manifest.json", "half")
    assert backed_up(home, tmp_path / "copy").returncode == 0
    receipt.write_text('{"/srv/outbox": "…", "/srv/other": "…"}', encoding="utf-8")
    assert backed_up(home, tmp_path / "copy").returncode == 0
    assert files(tmp_path / "copy") == {name: content for name, content in files(home).items() if ".new-" not in name}


def test_a_key_that_was_changed_is_copied_again_and_what_people_take_back_is_not_kept(tmp_path: Path) -> None:
    home = bare(tmp_path / "home")
    key, upload, done = put(home, "keys/links", "old"), put(home, "submissions/u1/content", "张三,13800000000"), put(home, "jobs/j1/job.json", "{}")
    assert backed_up(home, tmp_path / "copy").returncode == 0
    assert files(tmp_path / "copy") == files(home)
    key.write_text("new", encoding="utf-8")
    for path in (upload, done):
        shutil.rmtree(path.parent)
    assert backed_up(home, tmp_path / "copy").returncode == 0
    assert files(tmp_path / "copy") == {"keys/links": b"new"} and not (tmp_path / "copy" / "submissions" / "u1").exists()


def test_the_record_is_copied_whole_while_others_write_it(tmp_path: Path) -> None:
    home = bare(tmp_path / "home")
    audit.record(home, audit.Event.LOGIN, who="u-1")
    is_over = threading.Event()

    def write() -> None:
        while not is_over.is_set():
            audit.record(home, audit.Event.EXPORTED, who="u-1")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            assert backed_up(home, tmp_path / f"copy{number}").returncode == 0
    finally:
        is_over.set()
        writer.join()
    assert [verify(tmp_path / f"copy{number}").faults for number in range(5)] == [()] * 5


GOING = """#!/bin/sh
# a refresh ends just before this file is copied
case "$*" in *"$GOES"*) if [ -e "$HERE/next.json" ]; then rm -r "$HERE/$GOES"; mv "$HERE/next.json" "$HERE/warehouse/catalogue.json"; fi;; esac
exec /bin/cp "$@"
"""


@pytest.mark.parametrize(("goes", "left"), [("warehouse/a.duckdb", {"warehouse/b.duckdb"}), ("jobs/j1/job.json", {"warehouse/a.duckdb", "warehouse/b.duckdb"})])
def test_what_is_taken_away_while_it_is_copied_is_no_failure(tmp_path: Path, goes: str, left: set[str]) -> None:
    home = bare(tmp_path / "home")
    for name in ("a", "b"):
        put(home, f"warehouse/{name}.duckdb", name)
    put(home, "jobs/j1/job.json", "{}")
    put(home, "warehouse/catalogue.json", '["a", "b"]')
    put(home, "next.json", '["b"]' if goes.startswith("warehouse") else '["a", "b"]')
    cp = put(tmp_path, "bin/cp", GOING)
    cp.chmod(0o755)
    done = backed_up(home, tmp_path / "copy", {"PATH": f"{cp.parent}:/usr/bin:/bin", "GOES": goes, "HERE": str(home)})
    assert done.returncode == 0, done.stderr
    assert {name for name in files(tmp_path / "copy") if name.endswith(".duckdb")} == left
    assert (tmp_path / "copy" / "warehouse" / "catalogue.json").read_bytes() == (home / "warehouse" / "catalogue.json").read_bytes()


def test_two_backups_into_one_place_do_not_mix(tmp_path: Path) -> None:
    home, copy = bare(tmp_path / "home"), tmp_path / "copy"
    copy.mkdir()
    descriptor = os.open(copy, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    done = backed_up(home, copy)
    assert (done.returncode, "另一次备份正在写这个目录" in done.stderr, "没有做完" in done.stderr) == (13, True, False)
    os.close(descriptor)
    assert backed_up(home, copy).returncode == 0
