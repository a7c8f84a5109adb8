"""A worker whose jobs never come to the end of a build, to be killed or cancelled: HOME. A cancelled job starts it over as one that settles and ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from unittest.mock import patch

from issue_home import quickly

from etl.home import Home
from etl.work.loop import work


def main(root: Path, then: str) -> None:
    """`then`: stuck, or settle."""
    home = Home(root=root)
    if then == "settle":
        with quickly():
            work(home, linger_s=0)
        return
    with quickly(), patch("etl.refresh.build", lambda *_args, **_more: time.sleep(600)):
        work(home, start_over=lambda: os.execv(sys.executable, [sys.executable, __file__, str(root), "settle"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
