"""Every page can be used by everybody: axe-core finds nothing, wide and narrow, light and dark, in both languages; and is whole, and Chinese in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from each_way import each_way
from seen import Look
from served import ROOT
from usable import faults

pytestmark = pytest.mark.browser

PATHS = ("", *re.findall(r'url_path="(\w+)"', (ROOT / "app.py").read_text(encoding="utf-8")))
PAGES = ("/goals?goal=g4&zone=chem", "/funnel?view=conversion&zone=chem", "/zones?zone=chem&with=bio", "/zones?show=list", "/tasks",
         "/leads", "/leads?view=conversion", "/policies", "/policies?kind=rule&metric=policy_overdue",
         "/dossier", "/dossier?kind=zone&id=chem", "/dossier?kind=department&id=D08", "/?q=lzxq",
         "/clauses?department=D11", "/dictionary?metric=g1_poc_small", "/changes", "/changes?metric=g1_poc_small&show=all", "/quality?department=D08",
         "/issues", "/submit", "/submit?department=D05", "/?issue=2026-10")  # a page with a test file of its own is seen each way there


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(look: Look, address: str, path: str) -> None:
    assert [way.width for _page, way in each_way(look, f"{address}{path}")] == [1440, 390, 390, 1440]


def test_every_page_is_seen_here_or_in_a_file_of_its_own() -> None:
    here = {re.split("[/?]", path)[1] for path in PAGES}
    own = {path for path in PATHS if "each_way(" in _text(Path(__file__).with_name(f"test_{path or 'overview'}_browser.py"))}
    assert len(PATHS) > 15
    assert set(PATHS) - here - own == set()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_axe_would_find_a_picture_without_words(look: Look, address: str) -> None:
    page = look(address).page
    page.evaluate("document.querySelector('h1').append(document.createElement('img'))")
    assert [rule for rule, _where in faults(page)] == ["image-alt"]
