"""Files are read in child processes with limits of memory, time and output: a file that kills its reader is refused, and its parent lives."""

from __future__ import annotations

import ctypes
import errno
import multiprocessing as mp
import os
import pickle
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from etl.staging import Job, Refused, Staged, stage

GIB = 1 << 30
PR_SET_PDEATHSIG = 1  # of prctl(2)
ANSWER_BYTES = 256 << 20  # of what a reader tells; its tables go to the disk
KILLED = "读取程序意外中止，文件可能已损坏或过大"
TOO_MUCH = Refused("读出的内容远大于文件本身，不予读取", "删去多余的行列后另存，或拆成较小的文件重新报送。")
Outcome = Staged | Refused | OSError
Told = TypeVar("Told")


def memory_limit(size_bytes: int) -> int:
    """Address space a reader may use, in bytes: room for the libraries, and a multiple of the file."""
    return 4 * GIB + 30 * size_bytes


def time_limit(size_bytes: int) -> float:
    """Seconds a file may take: a minute, and a second per megabyte."""
    return 60 + size_bytes / 1e6


def output_limit(size_bytes: int) -> int:
    """Bytes a reader may write to any one file: a multiple of what it reads."""
    return 2 * GIB + 30 * size_bytes


def apart(function: Callable[..., Told], path: Path, *arguments: Any) -> Told:
    """What a module's function gives for a file and these arguments, run in a reader of its own. Raises Refused, or the OSError it raises."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # the function says what is wrong with it
    with Reader() as reader:
        told = reader.run(function, (path, *arguments), size)
    if isinstance(told, Refused | OSError):
        raise told
    result: Told = told
    return result


def stage_all(jobs: Sequence[Job], *, done: Callable[[Job, Outcome], None], workers: int = 2) -> dict[Job, Outcome]:
    """Stage the jobs, `workers` at a time; `done` is told of each as it ends. Returns an outcome per job."""
    waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
    for job in sorted(jobs, key=lambda job: -job.blob.stat().st_size):
        waiting.put(job)
    outcomes: dict[Job, Outcome] = {}
    telling = threading.Lock()

    def serve() -> None:
        with Reader() as reader:
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


class Reader:
    """One child process, replaced when a file kills it."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def stage(self, job: Job) -> Outcome:
        outcome: Outcome = self.run(stage, (job,), job.blob.stat().st_size)
        return outcome

    def run(self, function: Callable[..., Any], arguments: tuple[Any, ...], size: int) -> Any:
        """What the function gives, or the Refused or OSError it raises; Refused where it breaks a limit or its process."""
        if self._process is None:
            context = mp.get_context("spawn")
            self._line, far = context.Pipe()
            self._process = context.Process(target=_serve, args=(far,), daemon=True)
            self._process.start()
            far.close()
        limit = time_limit(size)
        try:
            self._line.send((function, arguments, memory_limit(size), output_limit(size)))
            if self._line.poll(limit):
                return pickle.loads(self._line.recv_bytes(ANSWER_BYTES))  # noqa: S301 -- our own child
            self._stop()
            return Refused(f"读取超过 {limit:.0f} 秒", "拆成较小的文件，或另存为 CSV 后重新报送。")
        except (EOFError, ConnectionError):
            self._stop()
            return Refused(KILLED, "用 Excel 或 WPS 打开并另存为 .xlsx 或 CSV 后重新报送。")
        except OSError:  # so the line calls an answer that is too long
            self._stop()
            return TOO_MUCH

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._line.close()
            self._process = None


def _serve(line: Connection) -> None:
    _die_with_parent()
    _silence_native_code()
    for function, arguments, memory, output in _tasks(line):
        for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, output)):
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))
        try:
            line.send(function(*arguments))
        except OSError as problem:
            line.send(TOO_MUCH if problem.errno == errno.EFBIG or f"(os error {errno.EFBIG})" in str(problem) else problem)
        except Refused as problem:
            line.send(problem)
        except MemoryError:
            line.send(Refused("读取所需的内存超过上限", "拆成较小的文件后重新报送。"))


def _silence_native_code() -> None:
    """What a native library prints when it aborts helps nobody: the sender gets a sentence. Tracebacks of ours still come out."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _die_with_parent() -> None:
    """A reader that outlives a killed refresh would write into the staging of the next one. Elsewhere than on Linux it ends after its job."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _tasks(line: Connection) -> Iterator[tuple[Callable[..., Any], tuple[Any, ...], int, int]]:
    while True:
        try:
            yield line.recv()
        except EOFError:
            return
