"""What is stored may be damaged: it is said, what is served stays right or says so, and what landed makes it good again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from park import FOLDERS, Park, sample

from etl.__main__ import main

CENTRE = FOLDERS["D08"]
GOOD = f"{CENTRE}/更正.csv"
Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """A command's exit code, what it prints and what it complains of."""
    capsys.readouterr()
    code = main(arguments)
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, captured.out, captured.err


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def overwrite_head(path: Path) -> None:
    path.write_bytes(bytes(12_288) + path.read_bytes()[12_288:])


def overwrite_body(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:12_288] + bytes(len(content) - 12_288))


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [cut, overwrite_head, overwrite_body, remove])
def test_a_damaged_snapshot_is_named_and_the_next_refresh_makes_it_again(home: Park, capsys: Captured, damage: Callable[[Path], None]) -> None:
    snapshot, values = home.served()
    path = home.home.store.path(snapshot)
    path.chmod(0o644)
    damage(path)
    for command in (("metric", "g1_poc_small"), ("status",)):
        code, out, said = told(capsys, *command)
        assert (code, out) == (14, "")
        assert snapshot in said and "已损坏" in said and "请：" in said and "python -m etl refresh" in said
    assert told(capsys, "refresh")[0] == 0
    assert home.served()[0] != snapshot
    assert home.values() == values
    assert told(capsys, "metric", "g1_poc_small")[0] == 0
    assert told(capsys, "refresh")[1].startswith('{"step": "unchanged"')


def test_a_single_flipped_byte_is_found_by_the_next_refresh(home: Park, capsys: Captured) -> None:
    snapshot, values = home.served()
    path = home.home.store.path(snapshot)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    assert told(capsys, "refresh")[0] == 0
    assert (home.served()[0] != snapshot, home.values()) == (True, values)


def not_json(path: Path) -> None:
    path.write_text("{", encoding="utf-8")


def another_json(path: Path) -> None:
    path.write_text('{"version": 1, "publications": [{"snapshot": "../../x"}]}', encoding="utf-8")


@pytest.mark.parametrize("damage", [not_json, another_json, remove])
def test_a_damaged_catalogue_is_named_and_nothing_is_swept_away(home: Park, capsys: Captured, damage: Callable[[Path], None]) -> None:
    served = home.served()
    catalogue = home.home.store.catalogue
    before = catalogue.read_bytes()
    damage(catalogue)
    home.send(GOOD, sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    for command in (("metric", "g1_poc_small"), ("status",), ("history",), ("rollback",), ("refresh",)):
        code, _, said = told(capsys, *command)
        assert code == 14
        assert str(catalogue) in said and "请：用备份恢复此文件" in said
    assert home.home.store.path(served[0]).exists()
    catalogue.write_bytes(before)
    assert home.served() == served
    assert told(capsys, "refresh")[0] == 0
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] - 1


def test_without_a_backup_of_the_catalogue_the_current_state_is_made_from_landing(home: Park, capsys: Captured) -> None:
    values = home.values()
    not_json(home.home.store.catalogue)
    home.home.store.root.rename(home.home.root / "warehouse-damaged")
    assert told(capsys, "refresh")[0] == 0
    assert home.values() == values


@pytest.mark.parametrize("damage", [not_json, remove])
def test_a_damaged_act_stops_writers_and_no_reader(home: Park, capsys: Captured, damage: Callable[[Path], None]) -> None:
    served = home.served()
    act = sorted((home.home.root / "landing" / "acts").iterdir())[3]
    before = act.read_bytes()
    home.send(GOOD, sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    damage(act)
    rule = home.home.root / "goals.csv"
    rule.write_text("goal_id,target\ng1,120\n", encoding="utf-8")
    for command in (("refresh",), ("rollback", served[0]), ("rule", str(rule)), ("confirm", "2", "--by", "王某")):
        code, _, said = told(capsys, *command)
        assert code == 14, command
        assert act.name in said and "请从备份恢复该文件后重试" in said
    assert told(capsys, "metric", "g1_poc_small")[0] == told(capsys, "history")[0] == 0
    assert home.served() == served
    act.write_bytes(before)
    assert told(capsys, "refresh")[0] == 0
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] - 1


@pytest.mark.parametrize("damage", [cut, remove], ids=["altered", "missing"])
def test_a_file_that_is_not_in_landing_as_it_was_sent_is_never_published(home: Park, capsys: Captured, damage: Callable[[Path], None]) -> None:
    served = home.served()
    blob = home.home.landing.blob(home.last(f"{CENTRE}/阶段事件.csv").sha256)
    before = blob.read_bytes()
    damage(blob)
    if blob.exists():
        blob.write_bytes(before.replace("概念验证".encode(), "产业化".encode()))
    shutil.rmtree(home.home.staging)
    code, _, said = told(capsys, "refresh")
    assert (code, home.served()) == (14, served)
    assert blob.name in said
    assert home.last(f"{CENTRE}/阶段事件.csv").status == "placed"
    blob.write_bytes(before)
    assert told(capsys, "refresh")[0] == 0
    assert home.served() == served


def truncate_all(folder: Path) -> None:
    for path in folder.glob("*.parquet"):
        path.write_bytes(b"")


def forget(folder: Path) -> None:
    (folder / "staged.json").write_bytes(b"")


def test_damaged_staging_is_read_again(home: Park, capsys: Captured) -> None:
    """What a power cut leaves of files that were written and not yet on the disk: of each file one or another."""
    served = home.served()
    folders = sorted({path.parent for path in home.home.staging.rglob("staged.json")})
    assert len(folders) > 30
    damages: tuple[Callable[[Path], object], ...] = (truncate_all, forget, shutil.rmtree)
    for folder, damage in zip(folders, cycle(damages)):
        damage(folder)
    home.send(GOOD, sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    code, out, said = told(capsys, "refresh")
    assert (code, said) == (0, "")
    assert json.loads(out.splitlines()[-1])["step"] == "published"
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] - 1
    assert home.debris() == []
