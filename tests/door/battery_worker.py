"""A worker that ends when nothing waits: HOME. Its readers are processes with all their limits, but forked from one that has loaded the libraries, and no checks run."""

from __future__ import annotations

import multiprocessing as mp
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from park import Unchecked

from etl.home import Home
from etl.work.loop import work


def main(root: Path) -> None:
    mp.set_forkserver_preload(["etl.workers", "etl.intake"])
    forking = SimpleNamespace(get_context=lambda _way: mp.get_context("forkserver"))
    with patch("etl.workers.mp", forking), patch("etl.work.trial.DataChecker", Unchecked):
        work(Home(root=root), linger_s=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
