"""One writer at a time, and the second is told who is first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.lock import Busy, writer_lock

HOLD = """
import os, sys, time
from pathlib import Path
from warehouse.lock import writer_lock
with writer_lock(Path(sys.argv[1]), "定时更新"):
    if os.fork() == 0:
        print(os.getpid(), flush=True)
    time.sleep(60)
"""


def test_the_second_writer_is_told_who_holds_the_lock_since_when_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "data" / ".lock"
    with writer_lock(path, "张三"), pytest.raises(Busy) as caught, writer_lock(path, "李四"):
        pass
    assert caught.value.holder.startswith(f"张三（进程 {os.getpid()}）从 20")
    assert caught.value.holder.endswith(" 起正在更新数据")
    assert "请：" in str(caught.value)


def test_the_lock_is_free_after_the_block_even_if_it_failed(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), writer_lock(path, "张三"):
            raise ZeroDivisionError
    assert path.read_bytes() == b""


def test_an_unreadable_note_does_not_hide_that_the_lock_is_held(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with writer_lock(path, "张三"):
        for note in (b"", b"\xff", b"[]", b'{"pid": 1, "since": "x", "who": ""}'):
            path.write_bytes(note)
            with pytest.raises(Busy, match="另一个进程正在更新数据"), writer_lock(path, "李四"):
                pass


def test_kill_9_frees_the_lock_although_a_forked_child_lives_on(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as holder:
        assert holder.stdout is not None
        child = int(holder.stdout.readline())
        try:
            with pytest.raises(Busy, match=f"定时更新（进程 {holder.pid}）"), writer_lock(path, "李四"):
                pass
            holder.kill()
            holder.wait()
            os.kill(child, 0)
            with writer_lock(path, "李四"):
                pass
        finally:
            holder.kill()
            os.kill(child, signal.SIGKILL)
