"""The history of submissions: each file, who sent it and which way, what became of it, and who signed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.format import UNKNOWN, count, day
from analytics.reporting import feed_title
from language import N_, _, counted
from pages.choices import here
from pages.markup import Markup, el, join, pill
from pages.submit_words import moment
from pages.tables import wide
from warehouse.submissions import Submission

WAYS = {"inbox": N_("收件夹"), "web": N_("本页"), "cli": N_("命令行")}
STATES = {"placed": (N_("已计入"), "good"), "held": (N_("待确认"), "warn"), "refused": (N_("整份退回"), "bad"), "repeated": (N_("重复，未计"), "plain"),
          "withdrawn": (N_("已撤下"), "plain"), "superseded": (N_("已被后来的取代"), "plain"),
          "suspended": (N_("换回后暂停使用"), "plain"), "new": (N_("等刷新"), "plain")}


def listed(shown: Sequence[Submission], number: int, names: Mapping[str, str], titles: Mapping[str, str], *, is_of_one: bool) -> Markup:
    """One page of the history, newest first. `is_of_one`: of one department, which then need not be said."""
    if not number:
        return el("section", el("h2", _("报送历史")), el("p", _("还没有报送过文件。"), class_="quiet"))
    whose = _("主体") if is_of_one else _("部门")
    headings = (_("文件"), _("报表"), whose, _("收到"), _("来自"), _("结果"), _("计入"), _("退回"), _("签认"))
    rows = [[el("a", each.name, href=here(file=str(each.file_id), job=None), target="_self"), report(each, titles),
             each.sender or _("本部门") if is_of_one else _whose(each, names), moment(each.at), _way(each), state(each), count(each.accepted), count(each.refused),
             _signed(each)] for each in shown]
    return el("section", el("h2", _("报送历史")), el("p", counted("共 {n} 份，新的在前。点文件名看这一份：撤下、替换、签认都在那里。", number), class_="quiet"),
              wide(_("报送历史"), headings, rows, numbers=(6, 7), is_long=True), class_="rows history")


def one(file: Submission, before: Submission | None, names: Mapping[str, str], titles: Mapping[str, str]) -> Markup:
    """All that is on record of one sending. `before`: the file that it stands for now."""
    facts = [(_("文件号"), str(file.file_id)), (_("报表"), report(file, titles)), (_("部门"), _whose(file, names)), (_("截至日"), day(file.as_of)),
             (_("收到"), moment(file.at)), (_("来自"), _way(file)), (_("计入"), count(file.accepted)), (_("退回"), count(file.refused)),
             *([(_("取代了"), _file(file.supersedes))] if file.supersedes else []), *([(_("被取代于"), _file(file.superseded_by))] if file.superseded_by else []),
             *([(_("与之相同"), _file(file.repeats))] if file.repeats else []),
             *([(_("由谁确认"), file.confirmed_by)] if file.confirmed_by else []),
             *([(_("由谁撤下"), join([file.withdrawn_by, " ", el("span", file.reason, class_="quiet")]))] if file.withdrawn_by else []),
             (_("签认"), _signed(file)), (_("内容指纹"), el("code", file.sha256, class_="hash"))]
    uncounted = el("p", _("这份是较早的版本收下的，行数当时没有记，现在也不在库中。"), class_="quiet") if file.accepted is None and file.status in (
        "withdrawn", "superseded", "suspended") else ""
    why = el("aside", el("p", file.what), el("p", el("strong", _("请：")), file.do) if file.do else "", class_="banner") if file.what and file.status in (
        "held", "refused") else ""
    return el("section", el("h2", file.name, " ", state(file)), why, el("dl", *(el("div", el("dt", name), el("dd", told)) for name, told in facts), class_="terms"),
              uncounted, _comments(_("对发现的说明"), file), _comments(_("被取代的那一份上的说明"), before) if before else "", class_="one-issue")


def _comments(heading: str, file: Submission) -> Markup:
    said = [el("li", el("strong", _(each.finding)), el("p", each.text), el("small", f"{each.by} {moment(each.at)}")) for each in file.comments]
    return join([el("h3", heading), el("ul", *said, class_="said")]) if said else Markup()


def report(file: Submission, titles: Mapping[str, str]) -> str:
    return feed_title(file.feed, titles.get(file.feed, file.feed)) if file.feed else UNKNOWN


def state(file: Submission) -> Markup:
    word, tone = STATES[file.status]
    return pill(_(word), tone)


def _whose(file: Submission, names: Mapping[str, str]) -> Markup:
    return el("span", names.get(file.department, file.department) or UNKNOWN, el("small", file.sender) if file.sender else "")


def _way(file: Submission) -> Markup:
    return el("span", _(WAYS[file.way]), el("small", file.by) if file.by else "")


def _signed(file: Submission) -> Markup:
    if not file.certified:
        return el("span", _("未签认"), class_="zero")
    last = file.certified[-1]
    return el("span", last.by, el("small", moment(last.at)))


def _file(number: int) -> Markup:
    return el("a", _("文件号 {number}", number=number), href=here(file=str(number), job=None), target="_self")
