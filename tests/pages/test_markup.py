"""Text never becomes markup, and a table says what it is."""

from __future__ import annotations

from pages.markup import Markup, el, join, pill, table


def test_text_is_escaped_and_markup_is_not() -> None:
    assert el("p", "<b>", el("b", "a & b")) == "<p>&lt;b&gt;<b>a &amp; b</b></p>"


def test_an_attribute_cannot_be_left_by_what_is_in_it() -> None:
    assert el("p", title='"><script>', aria_label="x", class_=None) == '<p title="&quot;&gt;&lt;script&gt;" aria-label="x"></p>'


def test_joining_keeps_what_is_markup() -> None:
    joined = join(["<", Markup("<br>")])
    assert joined == "&lt;<br>"
    assert isinstance(joined, Markup)


def test_the_cells_of_a_table_are_escaped_and_its_first_column_heads_the_rows() -> None:
    made = table("表", ("甲", "乙"), [("<i>", "1")], numbers=(1,), total=("合计", "1"))
    assert '<th scope="row">&lt;i&gt;</th><td class="number">1</td>' in made
    assert '<th scope="col">甲</th>' in made
    assert "<tfoot><tr>" in made
    assert 'role="region" aria-label="表" tabindex="0"' in made


def test_a_pill_says_its_title() -> None:
    assert pill("未定", "warn", "口径状态") == '<span class="pill warn" title="口径状态">未定</span>'
