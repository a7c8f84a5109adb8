"""What docs/security.md names as proof is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+))?")


def missing(document: str) -> list[str]:
    """Each test that is named and is not there."""
    found = []
    for path, test in NAMED.findall(document):
        file = ROOT / path
        names = {node.name for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)} if file.is_file() else None
        if names is None or (test and test not in names) or (not test and not any(name.startswith("test_") for name in names)):
            found.append(f"{path}::{test}")
    return found


def test_every_test_that_is_named_is_there() -> None:
    document = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert len(NAMED.findall(document)) > 40
    assert missing(document) == []


def test_every_requirement_has_a_test() -> None:
    document = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line for line in document.splitlines() if line.startswith("| ") and not line.startswith(("| 项", "|---"))]
    assert len(rows) > 30
    assert [row for row in rows if not NAMED.search(row)] == []


def test_a_test_that_is_gone_would_be_told() -> None:
    assert missing("tests/test_house.py::test_nobody_wrote tests/none.py tests/test_house.py") == ["tests/test_house.py::test_nobody_wrote", "tests/none.py::"]
