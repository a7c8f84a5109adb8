"""A store of toys for the tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest
from toys import Toys

from warehouse.publish import Store


@pytest.fixture
def toys(tmp_path: Path) -> Toys:
    """An empty store; its directory does not exist yet."""
    return Toys(store=Store(tmp_path / "warehouse"))
