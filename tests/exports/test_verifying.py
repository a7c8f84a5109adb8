"""Whether an issue is what was frozen: every byte, every value, wherever it lies."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issue_home import frozen, quickly, told_more
from park import FOLDERS, NOON, Park, sample

from etl.home import Home
from exports.__main__ import main
from exports.verifying import verdict, verdict_when_touched, verify
from warehouse.issues import files_of

EXAMPLES = int(os.environ.get("ISSUE_EXAMPLES", "2"))


def writable(path: Path) -> Path:
    path.chmod(0o644)
    return path


def flip(path: Path) -> None:
    """One bit of the last byte but ten."""
    content = bytearray(writable(path).read_bytes())
    content[-10] ^= 1
    path.write_bytes(bytes(content))


def made_to_fit(folder: Path) -> None:
    """Write the hashes of the state as it is now into the manifest."""
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    told["kept"] = [asdict(each) for each in files_of(folder) if each.name.startswith("state/")]
    writable(folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "altered": (lambda folder: flip(folder / "state" / "ref.metric.parquet"), "state/ref.metric.parquet 内容有改动"),
    "missing": (lambda folder: (folder / "state" / "ref.zone.parquet").unlink(), "state/ref.zone.parquet 不见了"),
    "added": (lambda folder: (folder / "state" / "附注.txt").write_text("后来加的", encoding="utf-8"), "state/附注.txt 是后来加的"),
    "manifest": (lambda folder: writable(folder / "manifest.json").write_text("{", encoding="utf-8"), "manifest.json 内容有改动"),
    "a link": (lambda folder: (folder / "SHA256SUMS").symlink_to((folder / "SHA256SUMS").rename(folder.parent / "sums")), "SHA256SUMS 内容有改动"),
}


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_what_is_not_as_frozen_is_named_and_not_mended(issue_home: Park, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    found = frozen(issue_home)
    kept = issue_home.home.root.parent / "kept"
    shutil.copytree(found.folder, kept)
    assert main(["verify"]) == 0
    assert "个指标重算相等（由本数据目录的记事为证）" in capsys.readouterr().out
    hurt, said = DAMAGES[damage]
    hurt(found.folder)
    damaged = {path: path.read_bytes() for path in found.folder.rglob("*") if path.is_file()}
    assert main(["verify"]) == main(["verify", str(found.folder)]) == 12
    assert said in capsys.readouterr().err
    assert verdict(issue_home.home.root, found).files == verdict_when_touched(issue_home.home.root, found).files != ()
    assert {path: path.read_bytes() for path in damaged} == damaged
    assert main(["freeze", "2026-11", "--meeting", "LX-2026-06"]) == 12, "frozen already, but not as it was"
    shutil.rmtree(found.folder)
    shutil.copytree(kept, found.folder)
    assert main(["verify"]) == 0


def test_a_damaged_issue_may_be_frozen_anew_as_a_revision(issue_home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    found = frozen(issue_home)
    flip(found.folder / "manifest.json")
    assert main(["freeze", "2026-11", "--meeting", "LX-2026-06", "--by", "某", "--revise", "存档损坏"]) == 0
    assert "已冻结专刊 2026-11r2" in capsys.readouterr().out
    assert verify(issue_home.home.root / "issues" / "2026-11r2", issue_home.home.root).is_whole


def test_a_forged_number_with_forged_sums_is_found_by_the_act_and_elsewhere_by_the_rows(issue_home: Park, tmp_path: Path) -> None:
    found = frozen(issue_home)
    forged, elsewhere = tmp_path / "unpacked", tmp_path / "elsewhere"
    shutil.copytree(found.folder, forged)
    values = json.loads((forged / "state" / "values.json").read_text(encoding="utf-8"))
    writable(forged / "state" / "values.json").write_text(json.dumps(values | {"g1_poc_small": "999.000000"}), encoding="utf-8")
    made_to_fit(forged)
    here, there = verify(forged, issue_home.home.root), verify(forged, elsewhere)
    assert here.by_act and [each.name for each in here.files] == ["manifest.json", "state/values.json"]
    assert not there.by_act and there.files == () and there.values["g1_poc_small"][0] == "999.000000" and len(there.values) == 1


def test_rows_changed_with_all_sums_made_to_fit_give_another_value(issue_home: Park, tmp_path: Path) -> None:
    found = frozen(issue_home)
    forged = tmp_path / "unpacked"
    shutil.copytree(found.folder, forged)
    rows = writable(forged / "state" / "mart.contribution.parquet")
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE rows AS SELECT * REPLACE (value * 2 AS value) FROM read_parquet('{rows}')")
        con.execute(f"COPY rows TO '{rows}' (FORMAT parquet)")
    made_to_fit(forged)
    checked = verify(forged, tmp_path)
    assert checked.files == () and checked.problems == () and "g1_poc_small" in checked.values


@pytest.mark.parametrize("how", ["gone", "altered"])
def test_a_snapshot_that_is_not_the_frozen_file_is_reported(issue_home: Park, capsys: pytest.CaptureFixture[str], how: str) -> None:
    found = frozen(issue_home)
    path = issue_home.home.store.path(found.snapshot)
    if how == "gone":
        path.unlink()
    else:
        flip(path)
    assert verdict_when_touched(issue_home.home.root, found).is_snapshot_whole is False
    assert main(["verify"]) == 12
    told = capsys.readouterr()
    assert "快照" in told.err and "的文件已不在，或有改动" in told.err and "与冻结时相同" in told.out, "its stored rows still give every value"


def test_an_issue_whose_folder_is_lost_is_said_in_one_line_with_what_to_do(issue_home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    found = frozen(issue_home)
    shutil.rmtree(found.folder)
    assert main(["verify"]) == 12
    assert capsys.readouterr().err == "  整个文件夹不见了\n请：把备份里的原文件放回原处，再核对一次；没有备份的，报告会议秘书，不要自行修改。\n"


@pytest.mark.parametrize("what", ["nothing there", "an empty folder", "a folder of something else"])
def test_what_is_no_issue_is_said(issue_home: Park, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    folder = tmp_path / "folder"
    if what != "nothing there":
        folder.mkdir()
    if what == "a folder of something else":
        (folder / "manifest.json").write_text("[1]", encoding="utf-8")
    assert main(["verify", str(folder)]) == 2
    assert "不是专刊的文件夹" in capsys.readouterr().err


def test_the_list_says_each_revision_for_people_and_for_machines(issue_home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0 and "还没有冻结过专刊" in capsys.readouterr().out
    frozen(issue_home)
    told_more(issue_home)
    frozen(issue_home, revise="补报")
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["2026-11r1", "2026-11r2"] and lines[1].endswith("补报")
    assert main(["list", "--json"]) == 0
    assert [(each["issue"], each["revision"], each["previous"]) for each in json.loads(capsys.readouterr().out)] == [("2026-11", 1, None), ("2026-11", 2, None)]


LATER = st.lists(st.sampled_from(["more", "withdrawn", "rule", "rolled back", "corrected"]), min_size=1, max_size=3)


@given(steps=LATER)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_later_an_issue_verifies(told: Park, tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    park = Park(home=Home(root=tmp_path_factory.mktemp("history") / "data"))
    shutil.copytree(told.home.root, park.home.root)
    with quickly():
        found = frozen(park)
        for number, step in enumerate(steps, start=1):
            landing = park.home.landing
            match step:
                case "more":
                    told_more(park, number)
                case "corrected":
                    park.send(f"{FOLDERS['D08']}/更正-{number}.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 事件="退出"))
                case "withdrawn":
                    landing.append("withdrawn", at=NOON, file=min(park.register.files), by="某")
                case "rule":
                    landing.append("rule_changed", at=NOON, table="goals", rows=[{"goal_id": "g1", "base_on": "2025-08-01"}])
                case "rolled back":
                    first = park.home.store.publications()[0]
                    act = landing.append("rolled_back", at=NOON, snapshot=first.snapshot, acts_upto=first.acts_upto)
                    park.home.store.rollback(first.snapshot, now=NOON, acts_upto=act.seq)
            park.refresh()
            checked = verify(found.folder, park.home.root)
            assert checked.is_whole and checked.metrics > 100, (step, checked.said)
            assert verdict(park.home.root, found).is_snapshot_whole
