"""Every word of the interface, collected from the code: the Chinese catalogue, and what the others are held to."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from language import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[1]
TEMPLATE = Path(__file__).parent / "messages.pot"
SPEAKING = ("app.py", "serve.py", "analytics/**.py", "door/**.py", "exports/**.py", "language/**.py", "pages/**.py")  # charts get theirs, the rest is for the terminal
CHECKS = (  # what they say is kept in the snapshot in Chinese, and put into words by the page that shows it
    *(f"expectations/{name}.py" for name in ("agreement", "references", "refused_rows", "suite")), "expectations/sql/**.sql")
STOP = chr(0x3002)  # the full stop of Chinese
KEYWORDS = {"_": None, "N_": None, "counted": (1, 1)}


def collected() -> Catalog:
    """The words in the code, each with the files that say it."""
    words = Catalog()
    methods: list[tuple[str, Any]] = [*((place, "python") for place in SPEAKING), *((place, said_by_checks) for place in CHECKS)]
    for path, _, text, _, _ in extract_from_dir(ROOT, method_map=methods, keywords=KEYWORDS, comment_tags=()):
        words.add(text, locations=[(path, 0)])
    return words


def said_by_checks(file: IO[bytes], keywords: object, comment_tags: object, options: object) -> Iterator[tuple[int, None, str, list[str]]]:  # noqa: ARG001
    """The sentences of a file of checks, as Babel asks for them: in SQL the first line, of those that are somebody's; in Python what ends as sentences do."""
    text = file.read().decode("utf-8")
    if Path(file.name).suffix == ".sql":
        sentence, _, whose = (text.splitlines() + ["", ""])[:3]
        found = [sentence.removeprefix("-- ")] if whose.startswith("-- by: ") else []
    else:
        tree = ast.parse(text)
        pieces = {id(piece) for joined in ast.walk(tree) if isinstance(joined, ast.JoinedStr) for piece in joined.values}
        found = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(STOP)
                 and id(node) not in pieces]
    yield from ((1, None, sentence, []) for sentence in found)


def path_of(code: str) -> Path:
    """The catalogue of a language that is not the source."""
    return TEMPLATE.with_name(f"{code}.po")


def load(code: str) -> Catalog:
    with path_of(code).open("rb") as file:
        return read_po(file, locale=code)


def brought_up_to_date(code: str) -> Catalog:
    """The catalogue with the words that are in the code and no others; new ones are empty, and none is guessed."""
    catalogue = load(code)
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def write(catalogue: Catalog, path: Path) -> None:
    """As a file that only changes where words change."""
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, sort_by_file=True, include_lineno=False, omit_header=True)


def main() -> None:
    """Bring all catalogues up to date and say what is still to be put into words."""
    write(collected(), TEMPLATE)
    for code in LANGUAGES:
        if code != SOURCE:
            catalogue = brought_up_to_date(code)
            write(catalogue, path_of(code))
            for message in catalogue:
                if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string]):
                    sys.stdout.write(f"{code}: {message.id}\n")


if __name__ == "__main__":
    main()
