"""The rooms import each other in one direction only, and some libraries have a room of their own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EVERYTHING = frozenset({"analytics", "bench", "charts", "door", "etl", "expectations", "exports", "language", "pages", "tests", "warehouse", "app", "serve"})


@dataclass(frozen=True, kw_only=True)
class Room:
    """What a room may import: of ours (itself always), and of the libraries that are kept to few rooms."""

    ours: frozenset[str] = frozenset()
    libraries: frozenset[str] = frozenset()


def room(ours: str = "", libraries: str = "") -> Room:
    """A room by the names it may import, separated by blanks."""
    return Room(ours=frozenset(ours.split()), libraries=frozenset(libraries.split()))


KEPT = frozenset({"great_expectations", "pandas", "streamlit"})  # libraries not everyone may import
ROOMS = {
    "warehouse": room(),
    "charts": room(),
    "language": room(),
    "analytics": room("language warehouse"),
    "expectations": room("warehouse", "great_expectations"),
    "etl": room("warehouse"),
    "door": room("analytics language warehouse", "streamlit"),
    "exports": room("analytics charts language warehouse"),
    "pages": room("analytics charts door exports language warehouse", "streamlit"),
    "app": room("analytics door language pages warehouse", "streamlit"),
    "docs": room(),  # a client for others, who have none of ours
    "serve": room("analytics door exports language pages warehouse", "streamlit"),
}
FREE = frozenset({"tests", "bench"})  # look at everything from outside
FREE_LIBRARIES = {"tests": KEPT - {"pandas"}, "bench": KEPT}


def room_of(module: Path) -> str:
    """The room a module lies in, by its path from the root: its folder, or its own name at the top."""
    return module.parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Line and top-level name of each import, wherever in the module it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "").partition(".")[0] if not node.level else "a relative name"


def modules(root: Path) -> list[Path]:
    """Every Python module below a root, but for hidden folders and data, as paths from the root."""
    found = (path.relative_to(root) for path in root.rglob("*.py"))
    return sorted(path for path in found if path.parts[0] != "data" and not any(part.startswith(".") for part in path.parts))


def trespasses(root: Path) -> list[str]:
    """Each import that the rooms do not allow, in a sentence."""
    found = []
    for path in modules(root):
        name = room_of(path)
        if name not in ROOMS and name not in FREE:
            found.append(f"{path} lies in no known room")
            continue
        ours = EVERYTHING if name in FREE else ROOMS[name].ours | {name}
        libraries = FREE_LIBRARIES[name] if name in FREE else ROOMS[name].libraries
        refused = (EVERYTHING - ours) | (KEPT - libraries) | {"a relative name"}
        for line, target in imported((root / path).read_text(encoding="utf-8")):
            if target in refused:
                found.append(f"{path}:{line} imports {target}")
    return found


def test_every_import_keeps_to_the_direction_of_the_rooms() -> None:
    assert trespasses(ROOT) == []


def test_the_rule_has_something_to_judge() -> None:
    assert {"etl", "warehouse", "expectations", "analytics"} <= {room_of(path) for path in modules(ROOT)}


@pytest.mark.parametrize(("path", "source", "target"), [
    ("warehouse/build.py", "from etl.feeds import FEEDS", "etl"),
    ("charts/bars.py", "import warehouse.reader", "warehouse"),
    ("analytics/goals.py", "import pages.frame", "pages"),
    ("analytics/goals.py", "import streamlit as st", "streamlit"),
    ("etl/refresh.py", "def check() -> None:\n    from expectations.run import run", "expectations"),
    ("etl/refresh.py", "import great_expectations as gx", "great_expectations"),
    ("expectations/run.py", "from etl.home import Home", "etl"),
    ("pages/goals.py", "from etl.feeds import FEEDS", "etl"),
    ("app.py", "import pandas as pd", "pandas"),
    ("tests/test_one.py", "from pandas import DataFrame", "pandas"),
    ("etl/gate.py", "from . import contract", "a relative name"),
])
def test_a_module_that_imports_against_the_direction_is_reported(tmp_path: Path, path: str, source: str, target: str) -> None:
    planted = tmp_path / path
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"\n{source}\n", encoding="utf-8")
    line = 2 + source.count("\n")
    assert trespasses(tmp_path) == [f"{path}:{line} imports {target}"]


def test_a_module_outside_the_rooms_is_reported(tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("import json\n", encoding="utf-8")
    assert trespasses(tmp_path) == ["helpers.py lies in no known room"]


def test_what_the_rooms_allow_is_not_reported(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    page = "import streamlit as st\nfrom analytics.goals import cards\nfrom pages.frame import page\n"
    (tmp_path / "pages/goals.py").write_text(page, encoding="utf-8")
    assert trespasses(tmp_path) == []
