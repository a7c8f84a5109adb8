"""The search box above every page: what is typed is looked for at once, in the snapshot that the page shows."""

from __future__ import annotations

import streamlit as st

from analytics.dossier_kinds import KINDS
from analytics.search import LONGEST, PAGE, Found, Group, highlighted, search
from language import N_, _, counted, speak
from pages.choices import TYPED, language, take
from pages.frame import address, draw, titles
from pages.markup import Markup, el, join
from pages.style import style
from pages.view import pinned_view
from warehouse.known import NothingReceived
from warehouse.publish import StoreError

WIDGET = f"choice-{TYPED}"
METRIC, CLAUSE = "metric", "clause"
NAMES = {**{kind: each.title for kind, each in KINDS.items()}, METRIC: N_("指标"), CLAUSE: N_("条款"), PAGE: N_("页面")}
FIRST = ("organization", "project", "outcome")  # of things found equally well
HOWS = {"code": N_("编号"), "former": N_("曾用名"), "alias": N_("别名")}


@st.fragment
def search_box() -> None:
    """Draw it. Its own part of the page: typing does not run the page again. The URL keeps what is typed as `q`."""
    speak(language().code)
    asked = st.query_params.get(TYPED, "")[:LONGEST]
    if st.session_state.get(WIDGET) != asked:
        st.session_state[WIDGET] = asked
    with st.container(key="search"):
        st.text_input(_("搜索"), key=WIDGET, type="search", live="200ms", max_chars=LONGEST, label_visibility="collapsed", on_change=_typed,
                      placeholder=_("搜索：名称、编号、拼音首字母、条款号、指标"))
        if asked.strip():
            st.html(style())
            draw(_found(asked))


def _typed() -> None:
    take(TYPED, st.session_state[WIDGET] or None)


def _found(typed: str) -> Markup:
    pages = titles()
    kinds = [*dict.fromkeys((*FIRST, *KINDS))] if "dossier" in pages else []
    kinds += [kind for kind, page in ((METRIC, "dictionary"), (CLAUSE, "clauses")) if page in pages]
    try:
        with pinned_view() as view:
            groups = search(view.cursor, typed, pages, kinds)
    except (NothingReceived, StoreError):
        return _panel(el("p", _("还没有数据可搜索。")))
    if groups is None:
        return _panel(el("p", _("“{typed}”里没有可以搜索的字。请：输入名称、编号、拼音首字母（如 lzxq）或条款号（如 C05）。", typed=typed)))
    if not groups:
        return _panel(el("p", _("没有找到“{typed}”。请：少输几个字，或换成编号、拼音首字母（如 lzxq）、曾用名再试；刚报送的数据要等下一次发布。", typed=typed)))
    total = sum(each.found for each in groups)
    return _panel(el("p", counted("找到 {n} 项", total), class_="quiet"), *(_group(each, typed) for each in groups))


def _panel(*parts: Markup) -> Markup:
    return el("section", *parts, class_="found", aria_label=_("搜索结果"), role="region", aria_live="polite")


def _group(group: Group, typed: str) -> Markup:
    rest = group.found - len(group.results)
    more = el("p", counted("另有 {n} 项，再多输几个字可缩小范围。", rest), class_="quiet") if rest else Markup()
    return el("div", el("h3", _(NAMES[group.kind])), el("ul", *(_result(each, typed) for each in group.results)), more)


def _result(found: Found, typed: str) -> Markup:
    """Its name and number, with what was typed marked; where neither was met, the words that were."""
    name = found.name if len(found.name) <= LONGEST else found.name[:LONGEST] + "…"
    is_named = found.how in ("name", "initials", "pinyin") and found.written == found.name
    code = Markup() if found.kind == PAGE or found.id == found.name else el("code", _marked(found.id, typed, "name" if found.how == "code" else ""))
    met = Markup() if is_named or found.how == "code" or found.kind == PAGE else el("small", _(HOWS[found.how]) if found.how in HOWS else "", " ", _marked(
        found.written, typed, found.how))
    shown = el("span", _marked(name, typed, found.how if is_named else ""), lang="zh-CN" if found.kind == CLAUSE else None)  # the policy's words
    return el("li", el("a", shown, code, met, href=_address(found), target="_self"))


def _marked(text: str, typed: str, how: str) -> Markup:
    return join(el("mark", piece) if is_met else piece for piece, is_met in highlighted(text, typed, how)) if how else join([text])


def _address(found: Found) -> str | None:
    match found.kind:
        case "page":
            return address(found.id)
        case "metric":
            return address("dictionary", metric=found.id)
        case "clause":
            return address("clauses", clause=found.id)
        case kind:
            return address("dossier", kind=kind, id=found.id)
