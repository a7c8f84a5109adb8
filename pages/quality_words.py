"""What the quality page says of departments and reports: the finding, the six scores with their counts, and the table of what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from analytics.course import Point
from analytics.format import UNKNOWN, count, day, percent
from analytics.quality import DIMENSIONS, Department, Duty, Score, Scores, scores
from analytics.reporting import feed_title
from language import N_, _, counted, named
from pages.choices import link
from pages.cite import cite
from pages.markup import Markup, el, pill
from pages.sparkline import drawn
from pages.tables import wide

MEANINGS = dict(zip(DIMENSIONS, (
    N_("写法认得：日期、数、代码、名称"), N_("该填的填了，该报的编号都在"), N_("数与日期合理，算得拢"), N_("各报表、各部门之间对得上"), N_("按期报到，没有缺期"),
    N_("引用的材料和原件找得到")), strict=True))
STATES = {"never": (N_("从未报送"), "bad"), "fine": (N_("按期"), "good")}


def report(duty: Duty) -> str:
    """A report's title in the language spoken."""
    return feed_title(duty.row.feed, duty.row.title)


def refused(seen: Iterable[Department], feed: str) -> int:
    """Rows to be put right, of all reports or of one."""
    return sum(duty.refused or 0 for each in seen for duty in each.duties if feed in ("", duty.row.feed))


def dimensions(seen: Sequence[Department], trend: Mapping[str, tuple[tuple[dt.datetime, Score], ...]], *, is_checked: bool) -> Markup:
    """Each of the six with its count and its course; never one number for all."""
    if not is_checked:
        return el("p", _("该期无检查结果：这一期发布时没有做检查。"), class_="notice", role="status")
    found = scores(seen)
    return el("section", el("h2", _("六个维度")), el("div", *(_dimension(each, found.get(each), trend.get(each, ())) for each in DIMENSIONS), class_="state six"))


def _dimension(name: str, score: Score | None, course: tuple[tuple[dt.datetime, Score], ...]) -> Markup:
    word = _(name)
    if score is None or score.share is None:
        return el("div", el("h3", word), el("strong", UNKNOWN), el("p", _("没有查到这一维度的内容")), el("p", _(MEANINGS[name]), class_="meaning"), cite())
    told = counted("查 {n} 项，不符 {failed} 项", score.checked, failed=count(score.failed))
    wrong = tuple(Point(on=at.date(), value=1 - (each.share or Decimal(0))) for at, each in course)
    drawing = _drawn(wrong) if len(wrong) > 1 else Markup()
    return el("div", el("h3", word), el("strong", percent(score.share)), el("p", told), drawing, el("p", _(MEANINGS[name]), class_="meaning"), cite())


def _drawn(wrong: tuple[Point, ...]) -> Markup:
    """The share found wrong, publication by publication: it starts at nothing, so that what grows or shrinks is seen."""
    said = _("历次发布的不符占比：{shares}", shares=_("，").join(f"{each.on} {percent(each.value or Decimal(0))}" for each in wrong))
    return el("figure", drawn(wrong, said), el("figcaption", el("span", f"{wrong[0].on:%m-%d}"), el("span", _("不符占比")), el("span", f"{wrong[-1].on:%m-%d}")),
              class_="spark")


def departments(found: Sequence[Department]) -> Markup:
    """Every department with a report to send, those with most to do first; each leads to its own work."""
    headings = (_("部门"), _("应报"), _("按期"), _("逾期"), _("从未报送"), _("接收行"), _("待改正行"), _("待核对"), *(_(each) for each in DIMENSIONS))
    rows = [[el("a", named(each), href=link("quality", department=each.department_id), target="_self"), count(len(each.duties)), count(each.number("fine")),
             alarm(each.number("late")), alarm(each.number("never")), count(each.accepted), alarm(each.refused), alarm(each.problems), *_six(each.scores)]
            for each in found if each.duties]
    return el("section", el("h2", _("各部门")), wide(_("各部门报送与质量"), headings, rows, numbers=range(1, len(headings)), is_long=True))


def duties(chosen: Department) -> Markup:
    """Every report that one department has to send."""
    heading = el("h2", _("本部门的报表"))
    if not chosen.duties:
        return el("section", heading, el("p", _("本部门没有报送任务；别处需要本部门核对的，列在下面。"), class_="quiet"))
    headings = (_("报表"), _("状态"), _("截至"), _("收到"), _("下次到期"), _("接收行"), _("待改正行"), *(_(each) for each in DIMENSIONS))
    rows = [[_named(each), state(each), day(each.row.as_of), f"{each.arrived_at:%Y-%m-%d}" if each.arrived_at else UNKNOWN, day(each.row.due_on),
             count(each.accepted), alarm(each.refused), *_six(each.scores)] for each in chosen.duties]
    return el("section", heading, wide(_("本部门的报表"), headings, rows, numbers=range(5, len(headings)), is_long=True))


def method() -> Markup:
    """What the numbers are."""
    return el("p", _("六个维度按 GB/T 36344-2018。每项检查只归一个维度；同一行可被几项检查各查一次。维度之间不加总。“—”是没有可查的，不是 0。"), class_="source")


def _named(duty: Duty) -> Markup:
    name = el("a", report(duty), href=link("quality", department=duty.row.department, feed=duty.row.feed), target="_self")
    return el("span", name, el("small", duty.row.sender) if duty.row.sender else "")


def state(duty: Duty) -> Markup:
    """Whether a report is in time."""
    if duty.state == "late":
        return pill(counted("逾期 {n} 天", duty.row.overdue_days), "warn")
    word, tone = STATES[duty.state]
    return pill(_(word), tone)


def alarm(number: int | None) -> str:
    """A number that ought to be 0."""
    return el("b", count(number)) if number else el("span", count(number), class_="zero")


def _six(found: Scores) -> list[str]:
    return [_cell(found.get(each)) for each in DIMENSIONS]


def _cell(score: Score | None) -> str:
    if score is None or score.share is None:
        return el("span", UNKNOWN, class_="zero")
    return el("span", percent(score.share), el("small", f"{count(score.checked - score.failed)}/{count(score.checked)}"))


