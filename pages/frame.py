"""What every page stands in: its view, the finding as the title, the date and the source, and a warning where reports are missing."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn, Protocol

import duckdb
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.format import day
from analytics.reporting import Late, Reporting
from language import LANGUAGES, SOURCE, _, counted, listed, spoken
from pages.alarm import alarm
from pages.choices import here, link
from pages.cite import citing, footer
from pages.issue_band import band, stored_numbers
from pages.markup import Markup, el, fill, join, pill
from pages.style import style
from pages.view import IssueGone, View, pinned_view
from warehouse.known import NothingReceived
from warehouse.publish import NoSnapshot, Store, StoreError
from warehouse.selfcheck import result

LOG = logging.getLogger(__name__)
TAGS = {SOURCE: "zh-CN", "en": "en"}  # as HTML names the languages
NAMED = 5  # senders named in the banner; all of them are in the table of reports


class Address(Protocol):
    """Where a page shows these choices in the view of this run; None where this reader has no such page."""

    def __call__(self, **choices: str | None) -> str | None: ...


@contextmanager
def opened() -> Iterator[View]:
    """The view that this page run shows. Where nothing can be shown, says so and ends the run."""
    st.html(style())
    with ExitStack() as stack:
        try:
            view = stack.enter_context(pinned_view())
            if not view.access.page(_here()):
                _says(_("您的角色没有这一页"), el("p", _("请：由上方的页面列表打开别的页；要用这一页，请告知管理员。")))
        except NoSnapshot:
            _first_steps(_("还没有发布过数据"), _("数据发布后，这里显示 2027 年各项目标的进展。"))
        except IssueGone as gone:
            draw(band(gone.seen, address("issues", issue=None, id=gone.seen.frozen.name)))
            _says(_("专刊 {name} 的快照已不在或有改动，各页不能照当时的样子显示", name=gone.seen.frozen.name), stored_numbers(gone.seen))
        except NothingReceived as empty:
            _first_steps(_("这一期里还没有任何部门的文件"), _("快照：{snapshot}。", snapshot=empty.snapshot))
        except StoreError:
            LOG.exception("no snapshot can be shown")
            _says(_("数据暂时打不开"), el("p", _("已发布的数据读不出来。部门报送的原件另有保存，没有丢失。")),
                  el("p", fill(_("请：把这句话转给数据管理员，由其查看服务日志，并运行 {command}。"), command=el("code", "python -m etl history"))))
        if wrong := alarm(result(Store(Path(view.store)), view.snapshot), _anchored(address("quality"))):
            draw(wrong)
        if view.issue:
            draw(band(view.issue, address("issues", id=view.issue.frozen.name)))
        try:
            with citing(view, address):
                yield view
                draw(footer(st.session_state.get("page-before", "")))
        except (duckdb.CatalogException, duckdb.BinderException):
            if not view.is_asked:
                raise
            LOG.warning("%s has no table that a page of today reads", view.snapshot, exc_info=True)
            _says(_("该期无此表"), el("p", _("快照 {snapshot} 成于较早的程序，那时还没有本页所用的表；别的页仍可查看。", snapshot=view.snapshot)))


def _anchored(address: str | None) -> str | None:
    return f"{address}#selfcheck" if address else None


def draw(*parts: str) -> None:
    """Put what `pages.markup` made on the page."""
    st.html(el("div", *parts, class_="page", lang=TAGS[spoken()]))


def title(view: View, finding: str, reporting: Reporting) -> None:
    """The finding, the view it holds for, and what may be missing."""
    facts = el("p", el("span", fill(_("数据截至 {day}"), day=el("time", day(view.as_of)))),
               el("span", _("知悉截至 {moment}", moment=f"{view.about.known_at:%Y-%m-%d %H:%M}")), el("span", fill(_("快照 {id}"), id=el("code", view.snapshot))),
               pill(_("演示数据"), "warn", _("虚构的园区，不是真实情况")) if view.about.is_demo else "", _reported(reporting), _other_language(), class_="facts")
    clauses = [el("span", clause) for clause in re.split("(?<=[：，；])", finding)]
    draw(el("header", el("h1", *clauses), facts), *map(_notice, view.notices), _banner(reporting.late))


def address(page: str, **choices: str | None) -> str | None:
    """Where a page shows these choices in the view of this run; None where this reader has no such page."""
    return link(page, **choices) if page in titles() else None


def titles() -> dict[str, str]:
    """The pages that this reader has, by URL path, with what they are called."""
    context = get_script_run_ctx()
    return {str(each.get("url_pathname", "")): str(each["page_name"]) for each in context.pages_manager.get_pages().values()} if context else {}


def _here() -> str:
    """The URL path of the page that is run; the overview's where a page is run by itself."""
    context = get_script_run_ctx()
    page = context.pages_manager.get_pages().get(context.page_script_hash) if context else None
    return str(page.get("url_pathname", "")) if page else ""


def source() -> Markup:
    """Where the numbers of a page come from, and how to see it."""
    return el("p", _("每个数都由部门报送文件中的行合计而成，可以逐级点到来源的文件、工作表与行号。"), class_="source")


def _other_language() -> Markup:
    """To the same page, with the same choices, in the other language."""
    return join(el("a", name, href=here(lang=None if code == SOURCE else code), target="_self", lang=TAGS[code], hreflang=TAGS[code], class_="language")
                for code, name in LANGUAGES.items() if code != spoken())


def _reported(reporting: Reporting) -> Markup:
    return pill(counted("{in_time}/{n} 份报表按期", len(reporting.rows), in_time=reporting.in_time), "warn" if reporting.late else "good")


def _banner(late: Sequence[Late]) -> Markup:
    """Who is late and what may read too low because of it; nothing where all have reported."""
    if not late:
        return Markup()
    lines = [_late(each) for each in late[:NAMED]]
    rest = counted("另有 {n} 家，见报送情况。", len(late) - NAMED)
    href = address("quality")
    more = el("li", el("a", rest, href=href, target="_self") if href else rest) if len(late) > NAMED else Markup()
    return el("aside", el("p", counted("{n} 家报送不全", len(late))), el("ul", *lines, more), class_="banner", aria_label=_("报送提醒"))


def _late(each: Late) -> Markup:
    who = el("strong", " · ".join(part for part in (each.department, each.sender) if part))
    if each.as_of is None:
        said = _("{who}：{reports}从未报送。")
    elif each.is_uneven:
        said = counted("{{who}}：{{reports}}，最早的停在 {{since}}，最久的逾期 {n} 天。", each.overdue_days)
    else:
        said = counted("{{who}}：{{reports}}停在 {{since}}，逾期 {n} 天。", each.overdue_days)
    low = _("{goals}可能偏低。", goals=listed(each.goals)) if each.goals else ""
    return el("li", fill(said, who=who, reports=listed(each.reports), since=el("time", day(each.as_of))), low)


def _notice(text: str) -> Markup:
    return el("p", text, class_="notice", role="status")


def _first_steps(what: str, then: str) -> NoReturn:
    _says(what, el("p", then), el("p", _("怎样开始：")), el(
        "ol", el("li", fill(_("把各部门的文件放进数据目录的 {folder}，文件不必改名。"), folder=el("code", _("inbox/部门名称/")))),
        el("li", fill(_("运行 {command}，按提示处理退回的文件。"), command=el("code", "python -m etl refresh"))),
        el("li", fill(_("刷新本页。想先看看样子，运行 {command}，写入的是演示数据。"), command=el("code", "make demo")))))


def _says(what: str, *more: Markup) -> NoReturn:
    """An empty or broken state, which ends the page run."""
    draw(el("section", el("h1", what), join(more), class_="empty"))
    st.stop()
