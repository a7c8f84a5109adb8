"""基金敞口: what has the government at risk, in which enterprises, and in which form?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from language import N_, _
from pages import frame, funds_budget, funds_credit, funds_exposure, funds_funds, funds_invest_first, funds_pool
from pages.choices import choose, picker
from pages.view import View


@dataclass(frozen=True, kw_only=True)
class SubView:
    """One of the page's views: what the reader calls it, and what draws it, from its title to its definitions."""

    name: str
    show: Callable[[View], None]


# By the code in the URL, which people bookmark: ?view=credit. In the order of the page.
VIEWS = {
    "exposure": SubView(name=N_("总敞口"), show=funds_exposure.show),
    "funds": SubView(name=N_("基金"), show=funds_funds.show),
    "invest_first": SubView(name=N_("先投后股"), show=funds_invest_first.show),
    "credit": SubView(name=N_("信贷担保质押"), show=funds_credit.show),
    "pool": SubView(name=N_("风险补偿与保险"), show=funds_pool.show),
    "budget": SubView(name=N_("财政与筹资"), show=funds_budget.show),
}
CHOICES = ("name", "layer", "by", "slice", "at", "month", "kind", "fund", "deal", "year")  # of one view, left behind on the way to another


def funds() -> None:
    """Draw the page."""
    with frame.opened() as view:
        chosen = choose("view", {code: _(each.name) for code, each in VIEWS.items()}, default=next(iter(VIEWS)), title=_("视图"))
        with st.container(key="views"):
            picker(chosen, _("视图"),
                   partial(st.segmented_control, label_visibility="collapsed"), default=next(iter(VIEWS)), drop=CHOICES)
        VIEWS[chosen.code].show(replace(view, notices=(*view.notices, *filter(None, [chosen.notice]))))
