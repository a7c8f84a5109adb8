"""What docs/security.md names as proof is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
OWN, MATRIX = "tests/test_security_doc.py", "tests/door/test_access_matrix.py"  # named in the text as a whole
NAMED = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+))?")
NUMBER = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}\.\d{1,2})(?![\d.])(（L[23]）)?")
# OWASP ASVS 5.0.0: the requirements of level 1, as its CSV lists them
LEVEL_1 = re.findall(r"[\d.]+", """1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3 4.1.1 4.4.1
5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1
15.1.1 15.2.1 15.3.1""")


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
    assert [path for path, test in NAMED.findall(document) if not test and path not in (OWN, MATRIX)] == [], "a test, not a file of them"


def test_every_requirement_of_level_1_is_met_or_said_not_to_apply_and_no_other_is_called_one() -> None:
    assert len(LEVEL_1) == len(set(LEVEL_1)) == 70
    document = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    before, _, after = document.partition("## 不适用")
    rows = NUMBER.findall("\n".join(line.split("|")[1] for line in before.splitlines() if line.startswith("| ")))
    met = {number for number, level in rows if not level}
    idle = {number for number, _ in NUMBER.findall(after.partition("\n## ")[0])}
    assert {each for each in met if not each.startswith("16.")} | idle == set(LEVEL_1) and not met & idle, "V16 has none of level 1, and says so in its heading"
    assert not {number for number, level in rows if level} & set(LEVEL_1)


def test_the_time_in_which_parts_are_renewed_is_said() -> None:
    document = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert re.search(r"## 部件更新\n\n每月.*7 天内.*30 天内", document)


def test_a_test_that_is_gone_would_be_told() -> None:
    assert missing("tests/test_house.py::test_nobody_wrote tests/none.py tests/test_house.py") == ["tests/test_house.py::test_nobody_wrote", "tests/none.py::"]
