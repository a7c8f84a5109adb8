"""The store that this process shows, and the one door to it that its pages and routes share."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from warehouse.publish import Store
from warehouse.reader import Reader

DATA_HOME = "GANZHIHUI_DATA"


def data_home() -> Path:
    """Where all data lie: what the environment names, by default ./data; absolute."""
    return Path(os.environ.get(DATA_HOME) or "data").absolute()


def store_root() -> Path:
    """Where the snapshots lie."""
    return data_home() / "warehouse"


@lru_cache(maxsize=2)
def reader(root: Path) -> Reader:
    """The door to a store, kept open between page runs. Its connections close when neither this nor a run holds it any more."""
    return Reader(Store(root))
