"""What the page of submissions says around its forms: the steps, the jobs under way and how they end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from analytics.snapshot import SHANGHAI
from language import N_, _, counted
from pages.choices import here, link
from pages.markup import Markup, el, fill, join, pill
from pages.tables import wide
from warehouse.jobs.folder import Job, Kind

KINDS = {Kind.CHECK: N_("检查"), Kind.PUBLISH: N_("发布"), Kind.WITHDRAW: N_("撤下"), Kind.CONFIRM: N_("确认"), Kind.CERTIFY: N_("签认"), Kind.MAP: N_("说明列名"),
         Kind.REFRESH: N_("刷新"), Kind.RETURNED: N_("做退回件")}
STATES = {"queued": (N_("排队"), "plain"), "running": (N_("进行中"), "warn"), "done": (N_("已完成"), "good"), "failed": (N_("没有做成"), "bad"),
          "cancelled": (N_("已取消"), "plain"), "interrupted": (N_("中断"), "bad")}
STEPS = (N_("交文件"), N_("检查"), N_("看结果"), N_("签认"), N_("发布"))
OVER = 6  # jobs that are over and still named, besides those that wait for a signature
SILENT = (Kind.RETURNED,)  # jobs that change nothing: nobody else needs to see them


def steps(at: int) -> Markup:
    """Where in the five steps one is, from 0."""
    items = [el("li", _(word), class_="done" if place < at else None, aria_current="step" if place == at else None) for place, word in enumerate(STEPS)]
    return el("ol", *items, class_="stepper", aria_label=_("报送的步骤"))


def back(said: str) -> Markup:
    """To the beginning of the page."""
    return el("p", el("a", said, href=here(job=None, replaces=None), target="_self"), class_="ways")


def back_to_list() -> Markup:
    """From one file to all."""
    return el("p", el("a", _("回到报送历史"), href=here(file=None), target="_self"), class_="ways")


def sentence(what: str, do: str = "", *, tone: str = "notice") -> Markup:
    """What is, and what to do."""
    return el("div", el("p", what), el("p", el("strong", _("请：")), do.removeprefix(_("请："))) if do else "", class_=tone, role="status")


def gone() -> Markup:
    """Where the bytes of an upload are no longer kept."""
    return sentence(_("上传的文件已不在：已经发布，或超过保留期。"), _("再交一次。"))


def title(asked: Job) -> str:
    """What is being done to which file."""
    name = str(asked.arguments.get("name") or "")
    if not name and (number := asked.arguments.get("file")):
        name = _("文件号 {number}", number=number)
    return f"{_(KINDS[asked.kind])} {name}" if name else _(KINDS[asked.kind])


def progress(asked: Job, now: dt.datetime) -> Markup:
    """How far a job is, and for how long already."""
    share = min(max(asked.share, 0.0), 1.0)
    said = counted("前面还有 {n} 项，轮到就开始", asked.queue_place - 1) if asked.queue_place > 1 else _("等待开始") if asked.state == "queued" else (
        asked.title or _("正在准备"))
    bar = el("div", el("b", style=f"width:{share * 100:.0f}%"), class_="bar", role="progressbar", aria_valuenow=f"{share * 100:.0f}", aria_valuemin="0",
             aria_valuemax="100", aria_label=said)
    return el("section", el("p", el("strong", said), el("span", f"{share:.0%}" if share else ""), class_="line"), bar,
              el("p", _("已用 {time}。关掉本页也会做完；回到这个网址就能看到结果。", time=_lasted(now - asked.asked_at)), class_="quiet"), class_="progress")


def ended(asked: Job) -> Markup:
    """How a job ended that brought nothing."""
    what = {"failed": _("没有做成：{why}", why=asked.what), "cancelled": asked.what or _("已取消，什么都没有改变。"),
            "interrupted": _("处理程序中途停了，这一项没有做完；已发布的数据没有变。")}.get(asked.state, asked.what)
    return sentence(what, asked.do)


def under_way(known: Sequence[Job], waiting: Collection[str], names: Mapping[str, str], own: frozenset[str] | None, now: dt.datetime) -> Markup:
    """What anybody is doing now, and what was done last; of other departments who, what and since when, no more. `waiting`: uploads that were checked
    and not published, which are all named: their results wait for somebody."""
    named: set[tuple[str, str]] = set()
    loud = []
    for each in known:
        file = each.department, str(each.arguments.get("name") or each.job_id)
        if each.kind not in SILENT and not (each.kind is Kind.CHECK and file in named):  # of one file that was checked again, or published since, the last
            loud.append(each)
            named.add(file)
    over = [each for each in loud if each.is_over]
    kept = [each for at, each in enumerate(over) if at < OVER or (each.kind is Kind.CHECK and each.arguments.get("upload") in waiting)]
    shown = [*(each for each in loud if not each.is_over), *kept]
    if not shown:
        return Markup()
    rows = [[_what(each, is_own=own is None or each.department in own), names.get(each.department, "") if own is None or each.department in own else _("别的部门"),
             each.who.name or _("本机"), _moment(each.asked_at, now), _state(each, is_own=own is None or each.department in own)] for each in shown]
    return el("section", el("h2", _("正在办的和刚办完的")),
              wide(_("正在办的和刚办完的"), (_("事项"), _("部门"), _("由谁"), _("开始"), _("状态")), rows, numbers=(), is_long=True), class_="rows jobs")


def no_right() -> Markup:
    return el("section", el("h1", _("这一页由部门数据员使用")), el("p", _("您没有报送的权限。请：需要报送的，请管理员授予本部门数据员的身份。")), class_="empty")


def first() -> Markup:
    """Where nothing was published yet."""
    return el("header", el("h1", _("还没有发布过数据：从这里交第一份文件")), el("p", _("检查、签认、发布之后，各页就有数可看。"), class_="quiet"))


def not_now() -> Markup:
    """Where the reader looks at an issue or an older snapshot."""
    way = el("a", _("回到当前数据报送"), href=link("submit", issue=None, snapshot=None, as_of=None), target="_self")
    return el("section", el("h1", _("现在看的是较早的一期")), el("p", fill(_("报送只对当前数据。{link}"), link=way)), class_="empty")


def moment(at: dt.datetime) -> str:
    """In Shanghai, to the minute."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _moment(at: dt.datetime, now: dt.datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{local:%H:%M:%S}" if local.date() == now.astimezone(SHANGHAI).date() else f"{local:%Y-%m-%d %H:%M}"


def _what(asked: Job, *, is_own: bool) -> str:
    return el("a", title(asked), href=here(job=asked.job_id), target="_self") if is_own else _(KINDS[asked.kind])


def _state(asked: Job, *, is_own: bool) -> Markup:
    """How it stands, and for whom it is how it ended."""
    word, tone = STATES[asked.state]
    said = el("small", asked.what.partition("\n")[0], lang="zh-CN") if is_own and asked.is_over and asked.what else Markup()
    if asked.state == "done" and said:
        return said  # what came of it, good or not
    return join([pill(_(word), tone), el("span", f" {asked.share:.0%}", class_="quiet") if asked.state == "running" else "", said])


def _lasted(time: dt.timedelta) -> str:
    seconds = max(int(time.total_seconds()), 0)
    return counted("{n} 秒", seconds) if seconds < 60 else _("{minutes} 分 {seconds} 秒", minutes=seconds // 60, seconds=seconds % 60)
