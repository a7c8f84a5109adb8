"""The backup: what is copied while people work can be put in the place of what was lost."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from issue_home import frozen, told_more
from park import Park
from served import ROOT

from analytics.access import Role
from etl.home import Home
from exports.api.tokens import holder, new
from warehouse.audited import verify
from warehouse.issues import issues


def backed_up(home: Path, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "scripts" / "backup.sh", home, target], capture_output=True, text=True, check=False, timeout=60)


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
    assert done.stderr.startswith("Usage:")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("lost", ["landing/blobs", "warehouse"])
def test_a_file_that_cannot_be_copied_is_not_passed_over(issue_home: Park, tmp_path: Path, lost: str) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / lost.split("/", maxsplit=1)[0]).write_text("in the way", encoding="utf-8")
    assert backed_up(issue_home.home.root, tmp_path / "copy").returncode != 0
