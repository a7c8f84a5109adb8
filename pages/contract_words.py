"""How a report is filled in, as its department reads it: its columns and what must hold within a row."""

from __future__ import annotations

from analytics.contract import Contract
from analytics.reporting import feed_title
from language import N_, _, counted, listed
from pages.markup import Markup, el, pill
from pages.tables import wide

MODES = {"full": N_("每次报全部：一份就是自截至日起的全部情况"), "events": N_("只报新发生的：重报同一编号为更正，标“作废”为收回")}


def form(asked: Contract) -> Markup:
    """Every column with what it holds; the words to be typed are those of the department, in whatever language the page is read."""
    title = feed_title(asked.feed, asked.title)
    rows = [[_heading(each.heading, each.is_required, each.is_key), el("span", each.meaning, lang="zh-CN"), el("span", listed(each.aliases), lang="zh-CN")]
            for each in asked.fields]
    needed = sum(each.is_required for each in asked.fields)
    said = counted("共 {n} 列，{needed} 列必填。{mode}。", len(asked.fields), needed=needed, mode=_(MODES[asked.mode]))
    return el("section", el("h2", _("怎样填“{report}”", report=title)), el("p", f"{asked.summary} {asked.due}", lang="zh-CN", class_="quiet"),
              el("p", said, class_="quiet"),
              wide(_("{report}的列", report=title), (_("列名"), _("填什么"), _("也认得的列名")), rows, numbers=(), is_long=True), *_rules(asked), class_="rows")


def _heading(heading: str, is_required: bool, is_key: bool) -> Markup:
    marks = ((pill(_("必填")),) if is_required else ()) + ((pill(_("编号")),) if is_key else ())
    return el("span", el("span", heading, lang="zh-CN"), *(part for mark in marks for part in (" ", mark)))


def _rules(asked: Contract) -> tuple[Markup, ...]:
    if not asked.rules:
        return ()
    return (el("p", _("同一行里还要成立，否则退回："), class_="quiet"), el("ul", *(el("li", rule) for rule in asked.rules), lang="zh-CN"))
