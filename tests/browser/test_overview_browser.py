"""The overview in a real browser, on the demonstration: complete, legible, and silent towards the rest of the world."""

from __future__ import annotations

import datetime as dt
import io
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from each_way import across, each_way
from legible import FAINT
from PIL import Image
from seen import Look
from served import serving

from analytics.finding import finding
from analytics.goal_card import GoalCard
from analytics.goals import goal_cards
from analytics.snapshot import about
from warehouse.known import view_date
from warehouse.publish import Store

pytestmark = pytest.mark.browser

CHARTS = re.compile(r"plotly|vega|echarts|deckgl|mermaid|graphviz", re.IGNORECASE)


@pytest.fixture(scope="module")
def cards(demo: Path) -> tuple[GoalCard, ...]:
    """What the page should say, read past Streamlit."""
    store = Store(demo / "warehouse")
    current = store.current()
    assert current
    con = store.open(current.snapshot)
    try:
        assert about(con).is_demo
        return goal_cards(con, view_date(con, None))
    finally:
        con.close()


def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str, cards: tuple[GoalCard, ...]) -> None:
    for page, way in each_way(look, f"{address}/"):
        if way.language == "zh":
            assert page.get_by_role("heading", level=1).inner_text() == finding(cards)
            assert page.get_by_role("heading", level=2).all_inner_texts() == [
                *(card.goal.name_zh for card in cards), "自上次发布以来", "各空间进展", "报送情况"]
        assert page.get_by_role("article").count() == len(cards) == 5
        assert not re.search("Traceback|Error|exception", page.inner_text("body"))
        assert across(page, ".card") == (1 if way.width == 390 else 3)  # three cards, then one and a wide one
        levels = [int(each[1]) for each in page.evaluate("[...document.querySelectorAll('.page h1, .page h2, .page h3')].map(each => each.tagName)")]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ground = page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")
        assert ground == ("rgb(15, 23, 27)" if way.scheme == "dark" else "rgb(255, 255, 255)")


def test_no_request_leaves_the_host_and_nothing_is_complained_of(look: Look, address: str) -> None:
    seen = look(address)
    hosts = {urlsplit(url).netloc for url in seen.requests if urlsplit(url).scheme not in ("data", "blob")}
    assert hosts == {urlsplit(address).netloc}
    assert any(url.startswith("ws://") for url in seen.requests)
    assert seen.complaints == ()


def test_no_chart_bundle_is_loaded(look: Look, address: str) -> None:
    scripts = [url for url in look(address).requests if urlsplit(url).path.endswith(".js")]
    assert len(scripts) > 10
    assert [url for url in scripts if CHARTS.search(url)] == []


@pytest.mark.parametrize(("scheme", "accent"), [("light", [11, 92, 107]), ("dark", [99, 195, 210])])
def test_the_sparklines_are_drawn_in_the_colour_of_the_scheme(look: Look, address: str, scheme: str, accent: list[int]) -> None:
    page = look(address, scheme=scheme).page
    drawings = page.locator(".drawing")
    assert drawings.count() == 4
    for at in range(4):
        with Image.open(io.BytesIO(drawings.nth(at).screenshot())) as picture:
            rgb = picture.convert("RGB").tobytes()
        pixels = [rgb[start:start + 3] for start in range(0, len(rgb), 3)]
        line = sum(all(abs(part - wanted) < 12 for part, wanted in zip(pixel, accent, strict=True)) for pixel in pixels)
        assert 0.005 < line / len(pixels) < 0.2, at  # the line and its dot; were the mask refused, all of it would be


def test_a_scheme_chosen_in_the_app_recolours_the_sparklines(look: Look, address: str) -> None:
    page = look(address, scheme="light").page
    drawing = page.locator(".drawing").first
    colour = "element => getComputedStyle(element).backgroundColor"
    assert drawing.evaluate(colour) == "rgb(11, 92, 107)"
    page.evaluate("document.querySelector('[data-testid=stApp]').style.colorScheme = 'dark'")
    assert drawing.evaluate(colour) == "rgb(99, 195, 210)"


@pytest.mark.parametrize("width", [1440, 390])
def test_the_keyboard_reaches_everything_that_opens_or_leads_on(look: Look, address: str, width: int) -> None:
    page = look(address, width=width).page
    wanted = page.evaluate("[...document.querySelectorAll('.page summary, .page a[href], .page [tabindex=\"0\"]')].filter(one => one.checkVisibility()).length")
    assert wanted > 40
    reached = []
    for _ in range(wanted + 30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    found = {each["at"]: each for each in reached if each}
    assert sorted(found) == list(range(wanted))
    assert [at for at, each in found.items() if not each["outlined"]] == []


def test_tables_scroll_in_their_own_box_and_say_so_on_a_narrow_screen(look: Look, address: str) -> None:
    page = look(address, width=390).page
    boxes = "[...document.querySelectorAll('.page .scroll')].filter(box => box.checkVisibility()).map(box => box.scrollWidth > box.clientWidth)"
    assert page.evaluate(boxes) == [True, True]
    page.get_by_text(re.compile("^按期的 .* 份报表$")).click()
    assert page.evaluate(boxes) == [True, True, True]
    assert page.get_by_text("左右滑动看全表").count() == 3
    assert page.get_by_text("左右滑动看全表").first.is_visible()
    assert not look(address).page.get_by_text("左右滑动看全表").first.is_visible()


def test_on_paper_the_page_is_light_and_without_what_is_pressed(look: Look, address: str) -> None:
    page = look(address, scheme="dark").page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1032, "height": 700})  # A4 across, without its margins
    assert page.evaluate("getComputedStyle(document.querySelector('.page h1')).color") == "rgb(12, 24, 29)"
    assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor") == "rgb(255, 255, 255)"
    assert [page.locator(each).first.is_hidden() for each in ("[data-testid=stHeader]", ".st-key-search", ".page .language", ".page .hint")] == [True] * 4
    assert across(page, ".card") == 3


def test_what_is_new_is_told_against_the_previous_delivery(look: Look, address: str, demo: Path) -> None:
    *_, before, current = Store(demo / "warehouse").publications()
    page = look(address).page
    said = page.locator(".news").inner_text()
    assert re.search(r"概念验证及小试项目\s*\+\d+ 计入：（演示）", said)
    assert f"上一次发布于 {before.current_from + dt.timedelta(hours=8):%Y-%m-%d %H:%M}" in said
    assert before.snapshot != current.snapshot
    first = Store(demo / "warehouse").publications()[0].snapshot
    assert "首次发布" in look(f"{address}/?snapshot={first}").page.locator(".news").inner_text()


def test_a_number_leads_to_its_page_with_the_same_view(look: Look, address: str, cards: tuple[GoalCard, ...]) -> None:
    older = cards[0].as_of.replace(day=1) - dt.timedelta(days=1)
    page = look(f"{address}/?as_of={older}").page
    hrefs = page.evaluate("[...document.querySelectorAll('.page a:not(.language, .cite a)')].map(each => each.getAttribute('href'))")
    assert len(hrefs) > 20
    assert [each for each in hrefs if not re.fullmatch(rf"/goals\?as_of={older}&goal=g\d(&zone=\w+)?", each)] == []


def test_what_another_host_offers_is_not_let_in(look: Look, address: str) -> None:
    page = look(address).page
    tried = """() => new Promise(done => {
        document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
        const image = new Image(); image.src = 'http://203.0.113.1/x.png'; })"""
    assert page.evaluate(tried) == "img-src"


def test_each_card_shows_its_number(look: Look, address: str, cards: tuple[GoalCard, ...]) -> None:
    page = look(address).page
    for card in cards:
        shown = page.get_by_role("article", name=card.goal.name_zh).locator(".value strong").inner_text()
        assert card.value is not None
        assert shown == (f"{card.value / 10**8:.2f}" if card.goal.unit == "元" else f"{card.value:.0f}")


def test_the_keyboard_alone_opens_a_definition(look: Look, address: str, cards: tuple[GoalCard, ...]) -> None:
    page = look(address).page
    statement = page.get_by_role("article", name=cards[0].goal.name_zh).get_by_text(cards[0].headline.metric.statement_zh)
    assert not statement.is_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert statement.is_visible()


def test_a_link_to_an_older_date_opens_there_in_a_fresh_session(look: Look, address: str, cards: tuple[GoalCard, ...]) -> None:
    older = cards[0].as_of.replace(day=1) - dt.timedelta(days=1)
    page = look(f"{address}/?as_of={older}").page
    assert f"数据截至 {older}" in page.locator(".facts").inner_text()
    assert page.get_by_role("heading", level=1).inner_text() != finding(cards)


def test_a_script_in_the_url_is_shown_as_text_and_does_nothing(look: Look, address: str) -> None:
    page = look(f"{address}/?as_of=<script>document.title='taken'</script>").page
    assert "<script>document.title=" in page.locator(".notice").inner_text()
    assert "taken" not in page.title()


def test_text_can_be_read_on_its_ground_in_both_schemes(look: Look, address: str) -> None:
    for scheme in ("light", "dark"):
        page = look(address, scheme=scheme).page
        assert page.evaluate(FAINT) == [], scheme


def test_text_too_faint_would_be_found(look: Look, address: str) -> None:
    page = look(address).page
    page.evaluate("document.querySelector('h1').style.color = '#bbb'")
    assert [each.split()[0] for each in page.evaluate(FAINT)][:1] == ["目标期已过"]


def test_the_first_visitor_after_a_start_gets_no_module_as_a_page(look: Look, demo: Path, cards: tuple[GoalCard, ...], tmp_path: Path) -> None:
    with serving(demo, tmp_path / "log") as fresh:
        page = look(f"{fresh}/frame").page
        assert page.get_by_role("heading", level=1).inner_text() == finding(cards)


# Which of the things that open or lead on has the focus, and whether that shows; null where it is none of them.
FOCUSED = """() => {
    const each = document.activeElement, style = getComputedStyle(each);
    const at = [...document.querySelectorAll('.page summary, .page a[href], .page [tabindex="0"]')].filter(one => one.checkVisibility()).indexOf(each);
    return at < 0 ? null : {at, outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
}"""
