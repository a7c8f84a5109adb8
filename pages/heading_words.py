"""What was said of senders' own headings: what holds, who said it and when, which files are read so, and what was taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from analytics.headings import Explained
from analytics.reporting import feed_title
from analytics.snapshot import SHANGHAI
from language import _, counted, listed
from pages.markup import Markup, el, join, pill
from pages.tables import wide
from warehouse.said_headings import Said

NAMED = 3  # files that are named


def explanations(told: Sequence[Explained], departments: Mapping[str, str], titles: Mapping[str, str]) -> Markup:
    """`departments`, `titles`: names by id, of departments and of reports."""
    holding, ended = [each for each in told if each.said.holds], [each for each in told if not each.said.holds]
    if not told:
        return el("p", _("还没有说明过列名。文件里有不认识的列时，检查的结果里可以说明一次，以后照此读取。"), class_="quiet")
    first = (_("部门"), _("报表"), _("文件中的列名"), _("读作"))
    rows = [[*_what(each.said, departments, titles), _who(each.said), _files(each.files)] for each in holding]
    table = wide(_("已说明的列名"), (*first, _("由谁"), _("现行文件")), rows, numbers=(), is_long=True) if rows else el("p", _("没有仍然有效的说明。"), class_="quiet")
    if not ended:
        return table
    past = [[*_what(each.said, departments, titles), _who(each.said), f"{each.said.ended_by} {_moment(each.said.ended_at)}"] for each in ended]
    return join([table, el("details", el("summary", counted("已收回或改过的 {n} 条", len(ended))),
                           wide(_("已收回的列名"), (*first, _("由谁"), _("由谁收回")), past, numbers=(), is_long=True), class_="more")])


def one(said: Said, departments: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """An explanation in a line, as a choice."""
    who = " · ".join(part for part in (departments.get(said.department_id, said.department_id), said.sender) if part)
    return _("{who} · {report}：{heading} → {means}", who=who, report=feed_title(said.feed, titles.get(said.feed, said.feed)), heading=said.heading,
             means=said.means or _("不用"))


def _what(said: Said, departments: Mapping[str, str], titles: Mapping[str, str]) -> tuple[str, ...]:
    name = el("span", departments.get(said.department_id, said.department_id), el("small", said.sender) if said.sender else "")
    return (name, feed_title(said.feed, titles.get(said.feed, said.feed)), el("span", said.heading, lang="zh-CN"),
            el("span", said.means, lang="zh-CN") if said.means else pill(_("不用")))


def _who(said: Said) -> Markup:
    return el("span", said.by, el("small", _moment(said.at)))


def _moment(at: dt.datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


def _files(names: Sequence[str]) -> Markup:
    if not names:
        return el("span", _("尚无"), class_="zero")
    more = counted("等 {n} 份", len(names)) if len(names) > NAMED else ""
    return el("span", listed(names[:NAMED]), more)
