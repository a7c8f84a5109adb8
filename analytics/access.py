"""What a role may see: the one place that pages and exports ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Access:
    """`pages`: URL paths; `departments`: whose rows. None: all of them."""

    pages: frozenset[str] | None
    departments: frozenset[str] | None

    def page(self, path: str) -> bool:
        """Whether the page under this URL path may be opened."""
        return self.pages is None or path in self.pages


EVERYTHING = Access(pages=None, departments=None)
VISITOR = "visitor"  # whoever can reach the server, until there is a login


def may_freeze(role: str, *, is_demo: bool) -> bool:
    """Whether this role may freeze issues on the pages: in a demonstration everybody, else nobody before there is a login. Raises KeyError."""
    return is_demo and may_see(role).page("issues")


def may_see(role: str) -> Access:
    """What this role may see: everything, for now. Raises KeyError for a role there is none of."""
    return {VISITOR: EVERYTHING}[role]
