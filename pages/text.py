"""Text as readers can have it: a department's words where Streamlit would read Markdown, and the keys of rows."""

from __future__ import annotations

import re

SIGNS = frozenset(r"\`*_{}[]()<>#+-.!|~$:^&")
LONGEST = 60  # characters of a label
CODE = re.compile("[a-z][a-z_]*")  # a word of a vocabulary, as it is stored


def plain(text: str) -> str:
    """One line in which no sign means anything, cut where it is too long for a label."""
    line = " ".join(text.split())
    cut = line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
    return "".join(f"\\{sign}" if sign in SIGNS else sign for sign in cut)


def key(stored: str) -> str:
    """The natural key of a row as people write it: its parts without our own codes for words. JJ-2023-01|2026-08-31|month → JJ-2023-01 · 2026-08-31."""
    parts = [part for part in stored.split("|") if part]
    return " · ".join([part for part in parts if not CODE.fullmatch(part)] or parts)
