"""Every figure and every page cites the clauses it stems from, or says that it is the committee's own; what is defined anew is marked."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from park import Park
from shown import Run, shown

from etl.__main__ import main

APP = Path(__file__).parents[2] / "app.py"
CITED = re.compile(r"\bC\d\d\b|管理口径")
EMPTY = {"br", "img", "input"}
CARDS = ("card", "zone-card")
VIEWS = {"funds": [{"view": each} for each in ("exposure", "credit", "pool", "funds", "invest_first", "budget")],
         "goals": [{"goal": each} for each in ("g1", "g3", "g4", "g5")], "zones": [{"zone": "chem"}]}


def pages() -> list[tuple[str, str]]:
    """URL path and what draws it, as “pages.goals:goals”, of every page that app.py lists."""
    tree = ast.parse(APP.read_text(encoding="utf-8"))
    modules = {alias.name: node.module for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    [sections] = [node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SECTIONS" and isinstance(node.value, ast.Dict)]
    found = []
    for page in (page for listed in sections.values if isinstance(listed, ast.List) for page in listed.elts):
        assert isinstance(page, ast.Call) and isinstance(page.args[0], ast.Name)
        paths = [str(each.value.value) for each in page.keywords if each.arg == "url_path" and isinstance(each.value, ast.Constant)]
        found.append(("".join(paths), f"{modules[page.args[0].id]}:{page.args[0].id}"))
    return found


class Figures(HTMLParser):
    """The words of every card, and of every box of a row of figures."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool, bool]] = []  # tag, whether its divs are boxes, whether it is a figure
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        is_figure = bool(set(classes) & set(CARDS)) or bool(self.open and self.open[-1][1] and tag == "div")
        if is_figure:
            self.found.append("")
        if tag not in EMPTY:
            self.open.append((tag, tag == "div" and "state" in classes, is_figure))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(is_figure for _, _, is_figure in self.open):
            self.found[-1] += f" {data}"


def figures(html: str) -> list[str]:
    parser = Figures()
    parser.feed(html)
    return parser.found


def test_a_box_that_cites_nothing_would_be_seen() -> None:
    assert figures('<div class="state four"><div><p>甲</p><span class="cite"><a>C05</a></span></div><div><p>乙</p></div></div><p>C06</p>') == [" 甲 C05", " 乙"]


@pytest.mark.parametrize("run", pages(), ids=[path or "overview" for path, _ in pages()], indirect=True)
def test_every_figure_and_the_foot_of_the_page_cite_a_clause_or_say_whose_they_are(read_only: Park, run: Run, request: pytest.FixtureRequest) -> None:
    path = request.node.callspec.params["run"][0]
    carried = {clause for clause, told in read_only.ask("SELECT clause_id, pages FROM ref.clause") if f"/{path}" in told.split()}
    for choices in VIEWS.get(path, [{}]):
        html = shown(run(**choices)).html
        assert [each for each in figures(html) if not CITED.search(each)] == [], choices
        [foot] = re.findall(r"<footer.*?</footer>", html)
        assert set(re.findall(r">(C\d\d)<", foot)) == carried or (path == "clauses" and "等 87 条" in foot)
        assert carried or path == "clauses" or "管理口径" in foot


@pytest.mark.parametrize("run", [("", "pages.overview:overview")], ids=["overview"], indirect=True)
def test_a_goal_whose_definition_changed_since_the_last_publication_says_so(home: Park, run: Run) -> None:
    assert "口径已变" not in shown(run()).text
    changed = home.home.root / "metrics.csv"
    changed.write_text("metric_id,version,valid_from\ng2_pilot,2,2026-10-15\n", encoding="utf-8")
    assert main(["rule", str(changed)]) == 0
    home.refresh()
    page = shown(run())
    assert "口径已变 · 2026-10-15" in page.card("中试项目").text
    assert page.text.count("口径已变") == 1


@pytest.mark.parametrize("run", [("dictionary", "pages.dictionary:dictionary_page")], ids=["dictionary"], indirect=True)
def test_a_changed_definition_is_marked_until_the_next_issue_is_frozen(home: Park, run: Run) -> None:
    issue = home.home.store.current()
    assert issue
    home.home.store.label(issue.snapshot, "第一次联席会议")
    changed = home.home.root / "metrics.csv"
    changed.write_text("metric_id,version,valid_from\ng2_pilot,2,2026-10-15\n", encoding="utf-8")
    assert main(["rule", str(changed)]) == 0
    home.refresh()
    changed.write_text("metric_id,decided_by\ng3_landed,联席会议 2026-10-22\n", encoding="utf-8")
    assert main(["rule", str(changed)]) == 0
    now = home.refresh().snapshot
    assert "口径已变 · 2026-10-15" in shown(run()).text
    home.home.store.label(now, "第二次联席会议")
    changed.write_text("metric_id,decided_by\ng3_landed,联席会议 2026-10-23\n", encoding="utf-8")
    assert main(["rule", str(changed)]) == 0
    home.refresh()
    assert "口径已变" not in shown(run()).text
