"""The pages, served as `make serve` serves them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_SECONDS = 60


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serving(home: Path, log: Path, **environment: str) -> Iterator[str]:
    """A server over a data home on a free port, as `make serve` starts it; its address."""
    with started(home, log, **environment) as (address, _):
        yield address


@contextmanager
def started(home: Path, log: Path, **environment: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """As `serving`, with the process."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "GANZHIHUI_DATA": str(home), **environment}, stdout=out, stderr=out)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health", server, log)
        yield address, server
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(health: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(health, timeout=5):
                return
        except OSError:
            assert server.poll() is None and time.monotonic() < until, log.read_text(errors="replace")
            time.sleep(0.1)
