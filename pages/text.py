"""Text as readers can have it: a department's words where Streamlit would read Markdown."""

from __future__ import annotations

SIGNS = frozenset(r"\`*_{}[]()<>#+-.!|~$:^&")
LONGEST = 60  # characters of a label


def plain(text: str) -> str:
    """One line in which no sign means anything, cut where it is too long for a label."""
    line = " ".join(text.split())
    cut = line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
    return "".join(f"\\{sign}" if sign in SIGNS else sign for sign in cut)
