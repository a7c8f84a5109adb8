"""Files are read in child processes with a memory and a time limit: a file that kills its reader is refused, and the refresh lives."""

from __future__ import annotations

import ctypes
import multiprocessing as mp
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from etl.staging import Job, Refused, Staged, stage

GIB = 1 << 30
PR_SET_PDEATHSIG = 1  # of prctl(2)
KILLED = "读取程序意外中止，文件可能已损坏或过大"
Outcome = Staged | Refused | OSError


def memory_limit(size_bytes: int) -> int:
    """Address space a reader may use, in bytes: room for the libraries, and a multiple of the file."""
    return 4 * GIB + 30 * size_bytes


def time_limit(size_bytes: int) -> float:
    """Seconds a file may take: a minute, and a second per megabyte."""
    return 60 + size_bytes / 1e6


def stage_all(jobs: Sequence[Job], *, done: Callable[[Job, Outcome], None], workers: int = 2) -> dict[Job, Outcome]:
    """Stage the jobs, `workers` at a time; `done` is told of each as it ends. Returns an outcome per job."""
    waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
    for job in sorted(jobs, key=lambda job: -job.blob.stat().st_size):
        waiting.put(job)
    outcomes: dict[Job, Outcome] = {}
    telling = threading.Lock()

    def serve() -> None:
        with _Reader() as reader:
            while True:
                try:
                    job = waiting.get_nowait()
                except queue.Empty:
                    return
                outcome = reader.stage(job)
                with telling:
                    outcomes[job] = outcome
                    done(job, outcome)

    side_by_side = min(workers, len(jobs), os.cpu_count() or 1)
    if side_by_side:
        with ThreadPoolExecutor(side_by_side) as pool:
            for ended in [pool.submit(serve) for _ in range(side_by_side)]:
                ended.result()
    return outcomes


class _Reader:
    """One child process, replaced when a file kills it."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def stage(self, job: Job) -> Outcome:
        if self._process is None:
            context = mp.get_context("spawn")
            self._line, far = context.Pipe()
            self._process = context.Process(target=_serve, args=(far,), daemon=True)
            self._process.start()
            far.close()
        limit = time_limit(job.blob.stat().st_size)
        try:
            self._line.send(job)
            if self._line.poll(limit):
                outcome: Outcome = self._line.recv()
                return outcome
            self._stop()
            return Refused(f"读取超过 {limit:.0f} 秒", "拆成较小的文件，或另存为 CSV 后重新报送。")
        except (EOFError, ConnectionError):
            self._stop()
            return Refused(KILLED, "用 Excel 或 WPS 打开并另存为 .xlsx 或 CSV 后重新报送。")

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._line.close()
            self._process = None


def _serve(line: Connection) -> None:
    _die_with_parent()
    os.environ["RUST_BACKTRACE"] = "0"  # where a native library aborts, the sender gets a sentence
    for job in _jobs(line):
        size = job.blob.stat().st_size
        resource.setrlimit(resource.RLIMIT_AS, (memory_limit(size), resource.getrlimit(resource.RLIMIT_AS)[1]))
        try:
            line.send(stage(job))
        except (Refused, OSError) as problem:
            line.send(problem)
        except MemoryError:
            line.send(Refused("读取所需的内存超过上限", "拆成较小的文件后重新报送。"))


def _die_with_parent() -> None:
    """A reader that outlives a killed refresh would write into the staging of the next one. Elsewhere than on Linux it ends after its job."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _jobs(line: Connection) -> Iterator[Job]:
    while True:
        try:
            yield line.recv()
        except EOFError:
            return
