"""A figure made of plain parts, as plotly.js takes them, on the one template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from charts.theme import Palette, template

Part = dict[str, Any]  # a trace, an axis or the like, by the names of plotly's own reference


if TYPE_CHECKING:
    Sent = object  # so that mypy finds whoever would change a figure with plotly's own methods, which know nothing of its parts
else:
    Sent = go.Figure  # what Streamlit sends without looking into it


class Drawing(Sent):
    """A plotly figure that is sent as it was written. Plotly judges each property whenever a figure is made, copied or taken from a cache, which costs a page
    more than all its queries: here it judges in `checked` alone, which is what tests look at.

    `parts`: data and layout; not to be changed once they are in a figure.
    """

    def __init__(self, parts: Part) -> None:
        self._parts = parts  # and nothing of what plotly keeps beside it

    def __reduce__(self) -> tuple[type[Drawing], tuple[Part]]:
        return Drawing, (self._parts,)

    def to_dict(self) -> Part:
        return self._parts

    def checked(self) -> go.Figure:
        """The same as plotly's own figure. Raises ValueError where it has a property that plotly does not know or takes otherwise."""
        return go.Figure(self._parts)


def drawing(traces: Sequence[Part], palette: Palette, **layout: object) -> Drawing:
    """Traces, each with its `type`, on the template of all figures; `layout` is what this figure has otherwise."""
    return Drawing({"data": list(traces), "layout": {"template": template(palette), **layout}})
