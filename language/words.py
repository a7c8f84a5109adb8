"""Every word of the interface, collected from the code: the Chinese catalogue, and what the others are held to."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from language import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[1]
TEMPLATE = Path(__file__).parent / "messages.pot"
SPEAKING = ("app.py", "serve.py", "analytics/**.py", "exports/**.py", "language/**.py", "pages/**.py")  # charts get their words, the rest is for the terminal
KEYWORDS = {"_": None, "N_": None, "counted": (1, 1)}


def collected() -> Catalog:
    """The words in the code, each with the files that say it."""
    words = Catalog()
    for path, _, text, _, _ in extract_from_dir(ROOT, method_map=[(place, "python") for place in SPEAKING], keywords=KEYWORDS, comment_tags=()):
        words.add(text, locations=[(path, 0)])
    return words


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
