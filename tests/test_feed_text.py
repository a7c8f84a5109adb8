"""What departments write is shown as they wrote it: on no page is any of it taken for HTML, Markdown, a link, a formula or an icon."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from unittest.mock import patch

import pytest
from park import Park, Sheet, Unchecked, home_of, read_in_process, sample
from served import serving
from streamlit.proto.Delta_pb2 import Delta
from wire import PageRun, Viewer, Wire

from etl.feeds import FEEDS
from etl.reading.heading import plain

EVIL = '<img src=x onerror=alert(1)>[x](javascript:alert(1)) $x^2$ :red[r] :material/home: <u>b</u><a href="https://evil.example">e</a>'
NAMES = frozenset({"project_name", "lead_org_name", "org_name", "outcome_name", "fund_name", "investor_name", "platform_name", "scenario_name", "product_name",
                   "item_name", "content", "remedy", "confidence_note", "document_name", "group_name", "building_name"})
PAGES = (("", "q=src"), ("goals", "goal=g1"), ("goals", "goal=g4"), ("funnel", "view=reached"), ("funds", ""), ("funds", "view=funds"), ("funds", "view=invest_first"),
         ("platforms", "metric=premise_occupancy"), ("zones", "show=list"), ("zones", "zone=chem&with=bio"), ("adoption", "metric=first_used"),
         ("leads", "metric=lead_signed"), ("policies", "metric=policy_overdue"), ("tasks", ""), ("dossier", "kind=project&id=GZH-2024-0001"),
         ("dossier", "kind=fund&id=JJ-03"), ("dossier", "kind=zone&id=chem"))


class Elements(HTMLParser):
    """What a browser makes of a page: `text`: what is read; `made`: elements that only a name can have brought in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.made: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in ("img", "u") or any(name.startswith("on") for name in told) or str(told.get("href", "")).startswith(("javascript:", "https://evil")):
            self.made.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def renamed(feed: str) -> Sheet:
    """A sample whose names end in what may do harm."""
    sheet = sample(feed)
    headings = {heading for column in FEEDS[feed].columns if column.name in NAMES for heading in column.headings}
    return dataclasses.replace(sheet, rows=tuple({heading: cell + EVIL if plain(heading) in headings and cell else cell for heading, cell in row.items()}
                                                 for row in sheet.rows))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], PageRun]:
    root = tmp_path_factory.mktemp("evil")
    park = Park.opened(root / "data")
    for name, feed in FEEDS.items():
        park.send(f"{home_of(name)}/{feed.title}.csv", renamed(name))
    with read_in_process(), patch("etl.refresh.Checker", Unchecked), patch("etl.refresh.Forecaster", Unchecked):
        assert "退回" not in park.refresh().said
    found = {}
    with serving(park.home.root, root / "log") as address:
        for page in PAGES:
            with Wire(address).socket() as socket:
                found[page] = Viewer(socket).run(*page)
    return found


def test_every_page_shows_names_as_they_were_written_and_makes_nothing_of_them(runs: dict[tuple[str, str], PageRun]) -> None:
    for page, run in runs.items():
        assert run.error == "", page
        elements = Elements(run.html)
        assert elements.made == [], page
        assert "<img src=x" in "".join(elements.text), page


def texts(part: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a figure with where it stands."""
    if isinstance(part, dict):
        for name, each in part.items():
            yield from texts(each, f"{path}.{name}")
    elif isinstance(part, list):
        for each in part:
            yield from texts(each, path)
    elif isinstance(part, str):
        yield path, part


def test_figures_take_no_markup_from_names(runs: dict[tuple[str, str], PageRun]) -> None:
    told = [(path, text) for run in runs.values() for kind, element in run.others if kind == "plotly_chart" for path, text in
            texts(json.loads(Delta.FromString(element).new_element.plotly_chart.spec)) if not path.endswith((".ids", ".parents", ".customdata"))]
    assert len([text for _, text in told if "&lt;img src=x" in text]) > 5
    assert [(path, text) for path, text in told if re.search(r"<(?!br>|extra>|/extra>)[a-z/]", text)] == []


def test_no_name_gets_into_what_streamlit_takes_for_markdown(runs: dict[tuple[str, str], PageRun]) -> None:
    """Options of a choice are plain text; labels, headings, captions and the like are Markdown."""
    for page, run in runs.items():
        for kind, element in run.others:
            if kind == "plotly_chart":
                continue
            text = re.sub(r'^\s*options: ".*"$', "", str(Delta.FromString(element)), flags=re.MULTILINE)
            assert "onerror" not in text, f"{page}: {kind}"


def test_what_would_be_made_of_a_name_is_found() -> None:
    assert Elements(f"<p>{EVIL}</p>").made == ["img", "u", "a"]
