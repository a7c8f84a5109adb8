"""A view of 基金敞口."""

from __future__ import annotations

from pages.view import View


def show(view: View) -> None:
    """Draw the view."""
