"""A full disk while landing, staging or building: exit 14, what is served stays, nothing is lost, and with room the next run succeeds."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from park import FOLDERS, Park, Unchecked, read_in_process, sample

from etl.__main__ import main
from etl.home import VARIABLE, Home

CENTRE = FOLDERS["D08"]
BIG = f"{CENTRE}/补报.xlsx"
KIB = 1024
ROWS = 3000
ROOM = {"landing": 150 * KIB, "staging": 500 * KIB, "building": 2400 * KIB}  # of the file, its rows, the snapshot: some 400, 1,600 and 3,900
DONE = {"landing": [], "staging": ["received"], "building": ["received", "read"]}


def big() -> bytes:
    """A workbook of one new entry and many evidence numbers that do not compress: larger as rows than as a file."""
    noise = random.Random(1)
    row = {**sample("stage_events").only("SJ-0013").rows[0], "事件": "暂停"}
    rows = [{**row, "事件编号": f"SJ-9{number:05}", "佐证材料编号": noise.randbytes(100).hex()} for number in range(ROWS)]
    rows[0] = {**rows[0], "事件": "进入", "项目编号": "GZH-2099-0001"}
    return replace(sample("stage_events"), rows=tuple(rows)).xlsx()


class Disk(Protocol):
    """A place for a data home whose room can be taken away."""

    root: Path

    def only(self, room: int) -> contextlib.AbstractContextManager[None]:
        """Within the block, no more than so many bytes can be written."""


class Small:
    """A file system in memory."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextlib.contextmanager
    def only(self, room: int) -> Iterator[None]:
        filler = self.root / "filler"
        free = shutil.disk_usage(self.root).free
        filler.write_bytes(bytes(free - room))
        try:
            yield
        finally:
            filler.unlink()


class Limited:
    """Any file system, with a limit on the size of a file."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextlib.contextmanager
    def only(self, room: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(params=["a small file system", "a limit on files"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    root = tmp_path / "disk"
    root.mkdir()
    if request.param == "a limit on files":
        yield Limited(root)
        return
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(root)], capture_output=True, check=False).returncode == 0
    if not mounted:
        pytest.skip("no file system may be mounted here")
    yield Small(root)
    subprocess.run(["umount", str(root)], check=True)


@pytest.mark.parametrize("stage", list(ROOM))
def test_a_full_disk_stops_the_refresh_and_loses_nothing(
        disk: Disk, stage: str, park: Park, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    home = Park(home=Home(root=disk.root / "data"))
    shutil.copytree(park.home.root, home.home.root)
    monkeypatch.setenv(VARIABLE, str(home.home.root))
    monkeypatch.setattr("etl.refresh.Checker", Unchecked)
    monkeypatch.setattr("etl.refresh.Forecaster", Unchecked)
    served = home.served()
    home.send(BIG, big())
    with read_in_process():
        with disk.only(ROOM[stage]):
            for _ in range(2):
                assert main(["refresh"]) == 14
                captured = capsys.readouterr()
                assert "Traceback" not in captured.err
                assert "请：检查磁盘" in captured.err
                assert home.served() == served, "readers read on from a full disk"
                assert main(["metric", "g1_poc_small", "--json"]) == 0
                assert json.loads(capsys.readouterr().out)["value"] == served[1]["g1_poc_small"]
                if "received" in captured.out or not DONE[stage]:
                    assert [json.loads(line)["step"] for line in captured.out.splitlines()] == DONE[stage]
        assert home.debris() == []
        assert main(["refresh"]) == 0, capsys.readouterr().err
    assert home.last(BIG).status == "placed"
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] + 1
    assert home.ask("SELECT accepted FROM raw.file WHERE name = '补报.xlsx'") == [(ROWS,)]
    assert home.debris() == []
