"""Numbers of 基金敞口's views that lead to the rows they are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.format import UNKNOWN
from language import _, named
from pages.choices import link
from pages.definition import statement
from pages.markup import Markup, el
from warehouse.metric import Metric


def linked(code: str, text: str, **choices: str | None) -> str:
    """A number that leads to the rows it is made of, in the view of this code."""
    if text in ("0", UNKNOWN):
        return el("span", text, class_="zero")
    return el("a", text, href=link("funds", view=code, **choices) + "#rows", target="_self")


def statements(about: Mapping[str, Metric], metrics: Sequence[str]) -> Markup:
    """What the ratios and rates of a view mean, closed: they have no rows of their own."""
    lines = [el("div", el("dt", named(about[each])), el("dd", statement(about[each]))) for each in metrics if each in about]
    return el("details", el("summary", _("比率与收益率的口径")), el("dl", *lines), class_="definition")
