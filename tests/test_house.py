"""The house rules that a machine can hold: no foreign addresses, nothing of one machine, every module and target explained."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from etl.__main__ import parser

ROOT = Path(__file__).parents[1]
# Spelled in two halves, so that this file keeps its own rule.
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".", "debian" + ".org")
PLACES = (".." + "/shared", "/" + "work/", "/" + "tmp/v", "/" + "root/", "/" + "home/")


def tracked() -> list[Path]:
    """Every file of the project, as paths from the root: what git tracks or would."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [Path(name) for name in listed if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """A file's text; of a binary one, or one in another encoding, what of it is text."""
    return (ROOT / path).read_bytes().decode("utf-8", errors="ignore")


def naming(words: tuple[str, ...], paths: list[Path]) -> list[str]:
    """Each place, as file:line, where one of the words stands; a folder of ours within a path is none of them."""
    found = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + ")")
    return [f"{path}:{number}" for path in paths for number, line in enumerate(text_of(path).splitlines(), 1) if found.search(line)]


def python() -> list[Path]:
    """The project's modules that hold anything."""
    return [path for path in tracked() if path.suffix == ".py" and text_of(path).strip()]


@pytest.mark.parametrize("words", [REGISTRIES, PLACES], ids=["registries", "places"])
def test_no_file_names_a_registry_or_a_place_on_one_machine(words: tuple[str, ...]) -> None:
    files = tracked()
    assert Path("Makefile") in files
    assert naming(words, files) == []


def test_a_file_that_names_a_place_would_be_found(tmp_path: Path) -> None:
    planted = tmp_path / "notes.md"
    planted.write_text(f"first\nsee {PLACES[0]}/design.md\n", encoding="utf-8")
    assert naming(PLACES[:1], [planted]) == [f"{planted}:2"]


@pytest.mark.parametrize("module", python(), ids=str)
def test_every_module_opens_with_a_sentence(module: Path) -> None:
    docstring = ast.get_docstring(ast.parse(text_of(module)))
    assert docstring
    assert re.search(r"[.?!。？！:：]$", docstring.splitlines()[0]), docstring


def test_every_make_target_says_what_it_does() -> None:
    makefile = text_of(Path("Makefile"))
    targets = set(re.findall(r"^([a-z][\w-]*):(?!=)", makefile, flags=re.MULTILINE))
    explained = set(re.findall(r"^([a-z][\w-]*):.* ## \S", makefile, flags=re.MULTILINE))
    assert targets - explained == set()
    assert {"help", "venv", "demo", "refresh", "serve", "test", "lint", "types", "torture", "bench", "lock", "clean"} <= explained


def test_every_pinned_package_carries_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = text_of(Path(name))
        pins = re.split(r"\n(?=[a-z0-9])", text[text.index("==") - 60:])
        assert len(pins) > 10, name
        assert [pin for pin in pins if "==" in pin and "--hash=sha256:" not in pin] == []
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text), name


def test_every_direct_requirement_is_pinned_as_asked() -> None:
    locked = text_of(Path("requirements.txt"))
    asked = re.findall(r"^([\w-]+==[\w.]+)", text_of(Path("requirements.in")), flags=re.MULTILINE)
    assert asked
    assert [pin for pin in asked if not re.search(rf"^{re.escape(pin)} ", locked, flags=re.MULTILINE)] == []


def test_every_local_link_of_the_documents_leads_somewhere() -> None:
    documents = [path for path in tracked() if path.suffix == ".md"]
    broken = [f"{path}: {target}" for path in documents for target in re.findall(r"\]\(([^)#\s]+)", text_of(path))
              if "://" not in target and not (ROOT / path.parent / target).exists()]
    assert broken == []


def test_every_command_the_documents_name_is_one() -> None:
    known = set(re.findall(r"^    (\w+)  ", parser().format_help(), flags=re.MULTILINE))
    assert {"demo", "refresh", "status", "history", "rollback", "inspect", "metric"} <= known
    documents = "".join(text_of(path) for path in tracked() if path.suffix == ".md")
    named = set(re.findall(r"python -m etl (\w+)", documents))
    table = set(re.findall(r"^\| `(\w+)", text_of(Path("README.md")), flags=re.MULTILINE))
    assert named
    assert table
    assert (named | table) - known == set()
