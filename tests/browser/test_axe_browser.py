"""Every page can be used by everybody: axe-core finds nothing, wide and narrow, light and dark, in both languages."""

from __future__ import annotations

import pytest
from seen import Look
from usable import faults

pytestmark = pytest.mark.browser

PAGES = ("/", "/goals?goal=g4&zone=chem", "/funnel", "/funnel?view=reached", "/funnel?view=conversion&zone=chem", "/funds", "/funds?view=credit",
         "/funds?view=pool", "/funds?view=funds", "/funds?view=invest_first", "/funds?view=budget", "/platforms?metric=premise_occupancy",
         "/zones?zone=chem&with=bio", "/zones?show=list", "/people?metric=manager_registered", "/tasks",
         "/adoption?metric=first_used", "/leads", "/leads?view=reached&metric=lead_signed", "/leads?view=conversion",
         "/policies", "/policies?kind=rule&metric=policy_overdue",
         "/dossier", "/dossier?kind=zone&id=chem", "/dossier?kind=department&id=D08", "/?q=lzxq",
         "/clauses?department=D11", "/dictionary?metric=g1_poc_small", "/changes", "/changes?metric=g1_poc_small&show=all", "/quality", "/quality?department=D08",
         "/issues", "/submit", "/submit?department=D05", "/?issue=2026-10")
AT_REST = "() => document.getAnimations().every(each => each.playState !== 'running' || each.effect.getTiming().iterations === Infinity)"  # figures fade in


@pytest.mark.parametrize(("width", "scheme", "language"), [(1440, "light", "zh"), (390, "dark", "en")])  # each of the two at least once
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(look: Look, address: str, path: str, width: int, scheme: str, language: str) -> None:
    seen = look(f"{address}{path}{'&' if '?' in path else '?'}lang={language}", scheme=scheme, width=width)
    page = seen.page
    page.wait_for_function(AT_REST)
    blocked = [each for each in seen.complaints if "Content Security Policy" in each or "Permissions-Policy" in each or "blocked" in each.lower()]
    assert [each for each in blocked if not each.startswith("WebAssembly.")] == []  # the map asks for it, may not have it, and goes on without
    assert faults(page) == []


def test_axe_would_find_a_picture_without_words(look: Look, address: str) -> None:
    page = look(address).page
    page.evaluate("document.querySelector('h1').append(document.createElement('img'))")
    assert [rule for rule, _where in faults(page)] == ["image-alt"]
