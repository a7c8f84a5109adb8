"""What every page stands in: its view, the finding as the title, the date and the source, and a warning where reports are missing."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import NoReturn, Protocol

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.format import day
from analytics.reporting import Late, Reporting
from pages.choices import link
from pages.markup import Markup, el, join, pill
from pages.style import style
from pages.view import NothingReceived, View, pinned_view
from warehouse.publish import NoSnapshot, StoreError

LOG = logging.getLogger(__name__)
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
        except NoSnapshot:
            _first_steps("还没有发布过数据", "数据发布后，这里显示 2027 年各项目标的进展。")
        except NothingReceived as snapshot:
            _first_steps("这一期里还没有任何部门的文件", f"快照：{snapshot}。")
        except StoreError:
            LOG.exception("no snapshot can be shown")
            _says("数据暂时打不开", el("p", "已发布的数据读不出来。部门报送的原件另有保存，没有丢失。"),
                  el("p", "请：把这句话转给数据管理员，由其查看服务日志，并运行 ", el("code", "python -m etl history"), "。"))
        yield view


def draw(*parts: str) -> None:
    """Put what `pages.markup` made on the page."""
    st.html(el("div", *parts, class_="page", lang="zh-CN"))


def title(view: View, finding: str, reporting: Reporting) -> None:
    """The finding, the view it holds for, and what may be missing."""
    facts = el("p", el("span", "数据截至 ", el("time", day(view.as_of))), el("span", f"知悉截至 {view.about.known_at:%Y-%m-%d %H:%M}"),
               el("span", "快照 ", el("code", view.snapshot)), pill("演示数据", "warn", "虚构的园区，不是真实情况") if view.about.is_demo else "",
               _reported(reporting), class_="facts")
    draw(el("header", el("h1", *(el("span", clause) for clause in re.split("(?<=[：，；])", finding))), facts), *map(_notice, view.notices), _banner(reporting.late))


def address(page: str, **choices: str | None) -> str | None:
    """Where a page shows these choices in the view of this run; None where this reader has no such page."""
    context = get_script_run_ctx()
    known = {each["url_pathname"] for each in context.pages_manager.get_pages().values()} if context else set()
    return link(page, **choices) if page in known else None


def source() -> Markup:
    """Where the numbers of a page come from, and how to see it."""
    return el("p", "每个数都由部门报送文件中的行合计而成。列出一个指标的全部来源行（文件、工作表、行号）：", el("code", "python -m etl metric 指标代码"),
              class_="source")


def _reported(reporting: Reporting) -> Markup:
    return pill(f"{reporting.in_time}/{len(reporting.rows)} 份报表按期", "warn" if reporting.late else "good")


def _banner(late: Sequence[Late]) -> Markup:
    """Who is late and what may read too low because of it; nothing where all have reported."""
    if not late:
        return Markup()
    named = [el("li", el("strong", " · ".join(part for part in (each.department, each.sender) if part)), f"：{'、'.join(each.reports)}",
                f"停在 {day(each.as_of)}，逾期 {each.overdue_days} 天" if each.as_of else "从未报送",
                f"。{'、'.join(each.goals)}可能偏低。" if each.goals else "。") for each in late[:NAMED]]
    more = el("li", f"另有 {len(late) - NAMED} 家，见报送情况。") if len(late) > NAMED else Markup()
    return el("aside", el("p", f"{len(late)} 家报送不全"), el("ul", *named, more), class_="banner", aria_label="报送提醒")


def _notice(text: str) -> Markup:
    return el("p", text, class_="notice", role="status")


def _first_steps(what: str, then: str) -> NoReturn:
    _says(what, el("p", then), el("p", "怎样开始："), el(
        "ol", el("li", "把各部门的文件放进数据目录的 ", el("code", "inbox/部门名称/"), "，文件不必改名。"),
        el("li", "运行 ", el("code", "python -m etl refresh"), "，按提示处理退回的文件。"),
        el("li", "刷新本页。想先看看样子，运行 ", el("code", "make demo"), "，写入的是演示数据。")))


def _says(what: str, *more: Markup) -> NoReturn:
    """An empty or broken state, which ends the page run."""
    draw(el("section", el("h1", what), join(more), class_="empty"))
    st.stop()
