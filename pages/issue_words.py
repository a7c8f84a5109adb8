"""What the page of issues says: the list with its headline numbers, and one issue with every file and hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.format import UNKNOWN, Amount, day, goal_money
from analytics.snapshot import SHANGHAI
from analytics.stored_issue import StoredIssue
from exports.delivering import Delivery
from exports.links import pack_url
from exports.verifying import Verdict, told
from language import _, counted, named
from language import listed as after_each_other
from pages.choices import link
from pages.issue_band import frozen_at, state, title
from pages.markup import Markup, el, fill, join, pill, table
from warehouse.issues import Frozen

KIB = 1024
TAKEN = (".docx", ".pdf", ".xlsx")  # of the files of an issue, what is taken into the meeting
NOT_NOW = {"issue": None, "as_of": None, "snapshot": None}


def finding(known: Sequence[Frozen], verdicts: Mapping[str, Verdict]) -> str:
    """The newest issue, and whether all are as frozen. `known`: the newest first."""
    if not known:
        return _("还没有冻结过专刊")
    last = known[0]
    said = counted("已冻结 {n} 期专刊，最近一期 {issue}，会议 {meeting}：", len({each.issue_id for each in known}), issue=last.issue_id, meeting=last.meeting)
    wrong = [each.name for each in known if not _is_whole(verdicts[each.name])]
    return said + (_("{names} 与冻结时不同", names=after_each_other(wrong)) if wrong else _("与冻结时逐字节相同"))


def listed(known: Sequence[Frozen], verdicts: Mapping[str, Verdict], stored: Mapping[str, StoredIssue | None]) -> Markup:
    """One row an issue and revision, the goals as they were."""
    if not known:
        return Markup()
    found = [each.cards for each in stored.values() if each]
    goals = {card.goal.goal_id: card for cards in reversed(found) for card in cards}
    money = goal_money(card for cards in found for card in cards)
    amounts = {goal_id: Amount(card.goal.unit, money) for goal_id, card in goals.items()}

    def row(each: Frozen) -> tuple[str, ...]:
        there = stored[each.name]
        cards = {card.goal.goal_id: card for card in there.cards} if there else {}
        return (el("a", title(each), href=link("issues", id=each.name), target="_self"), each.meeting, day(each.as_of),
                f"{each.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", each.by,
                state(verdicts[each.name].files, is_snapshot_whole=verdicts[each.name].is_snapshot_whole),
                *(amounts[goal_id].text(cards[goal_id].value) if goal_id in cards else UNKNOWN for goal_id in goals))

    headings = (_("专刊"), _("会议"), _("截至"), _("冻结于"), _("由谁"), _("核对"),
                *(_("{what}（{unit}）", what=named(card.goal), unit=amounts[goal_id].unit) for goal_id, card in goals.items()))
    return el("section", el("h2", _("各期")), table(_("各期专刊"), headings, [row(each) for each in known], numbers=range(6, 6 + len(goals))), class_="issues")


def one(frozen: Frozen, verdict: Verdict, stored: StoredIssue | None, sent: Delivery | None, known: Sequence[Frozen]) -> Markup:
    """What was pinned, whether it is still that, where it went, and its files."""
    later = [each for each in known if each.issue_id == frozen.issue_id and each.revision > frozen.revision]
    facts = [(_("会议"), frozen.meeting), (_("截至"), day(frozen.as_of)), (_("知悉截至（快照）"), el("code", frozen.snapshot)), (_("冻结"), frozen_at(frozen)),
             (_("上一期"), el("a", frozen.previous, href=link("issues", id=frozen.previous), target="_self") if frozen.previous else
              _("无：这是基期，首次载入的不算迟报")),
             *([(_("改版理由"), frozen.reason)] if frozen.reason else []),
             *([(_("后来的一版"), el("a", later[0].name, href=link("issues", id=later[0].name), target="_self"))] if later else []),
             *([(_("送出"), _delivered(sent))] if sent else [])]
    taken = [each.name for each in frozen.handed_out if each.name.endswith(TAKEN) and each.name not in {wrong.name for wrong in verdict.files}]
    ways = [el("a", _("照这一期看全部页面"), href=link("", **NOT_NOW | {"issue": frozen.name}), target="_self"),
            *(el("a", each.rpartition("/")[2], href=pack_url(frozen.name, each), download="") for each in taken),
            el("a", _("下载全部（zip）"), href=pack_url(frozen.name), download="") if not verdict.files else ""]
    return el("section", el("h2", title(frozen), " ", state(verdict.files, is_snapshot_whole=verdict.is_snapshot_whole)), _wrong(frozen, verdict),
              el("dl", *(el("div", el("dt", name), el("dd", said)) for name, said in facts), class_="terms"), el("p", *ways, class_="ways"),
              _headlines(stored), _files(frozen, verdict), class_="one-issue")


def not_here(why: str, *, command: bool = False) -> Markup:
    """Why nothing can be frozen on this page now, and how it is done."""
    how = fill(_("由专班秘书在服务器上运行 {command}。"), command=el("code", "python -m exports freeze ", _("期号 --meeting 会议编号 --by 姓名"))) if command else ""
    return el("section", el("h2", _("冻结下一期")), el("p", why, " ", how))


def method() -> Markup:
    """What an issue is."""
    said = _("专刊钉住快照（知悉截至）与截至日（发生截至）：当时的全部贡献行、口径、预测与交付的文件存档，每个文件的 SHA-256 记入只增不改的记事，其快照永不清理。"
             "打开时逐字节核对，有改动只报告，不修补。")
    return el("p", said, " ", _("在服务器上核对："), el("code", "python -m exports verify"), class_="source")


def _is_whole(verdict: Verdict) -> bool:
    return not verdict.files and verdict.is_snapshot_whole


def _wrong(frozen: Frozen, verdict: Verdict) -> Markup:
    """What is not as it was, in full."""
    said = [*map(told, verdict.files), *([] if verdict.is_snapshot_whole else [_("快照 {snapshot} 的文件已不在，或有改动", snapshot=frozen.snapshot)])]
    if not said:
        return Markup()
    do = _("请：由备份恢复 {folder} 与快照；未改动的文件仍可下载。", folder=f"issues/{frozen.name}/")
    return el("aside", el("p", counted("与冻结时有 {n} 处不同", len(said))), el("ul", *(el("li", each) for each in said)), el("p", do, class_="do"),
              class_="banner", aria_label=_("核对结果"))


def _headlines(stored: StoredIssue | None) -> Markup:
    """The goals as the meeting saw them."""
    if stored is None:
        return el("p", _("存档的行读不出，当时的数不能显示。"), class_="quiet")
    money = goal_money(stored.cards)
    rows = [(join([named(card.goal), " ", el("span", card.reading, class_="quiet")]), amount.text(card.value), amount.target(card.goal.target), amount.unit)
            for card in stored.cards for amount in [Amount(card.goal.unit, money)]]
    return table(_("当时的目标进展"), (_("当时的目标进展"), _("数值"), _("目标值"), _("单位")), rows, numbers=(1, 2))


def _files(frozen: Frozen, verdict: Verdict) -> Markup:
    """Each file with its size and hash; what is not as it was cannot be taken."""
    wrong = {each.name: each for each in verdict.files}
    rows = [(each.name if each.name in wrong or each not in frozen.handed_out else el("a", each.name, href=pack_url(frozen.name, each.name), download=""),
             _("{size} KB", size=f"{max(each.size / KIB, 0.1):,.1f}"), el("code", each.sha256, class_="hash"),
             pill(_("与冻结时不同"), "bad") if each.name in wrong else pill(_("已核对"), "good")) for each in frozen.files]
    return el("details", el("summary", counted("{n} 个文件、大小与 SHA-256", len(rows))),
              el("p", _("state/ 下是存档的行，只留在数据目录，不能下载：其中有的行是个人。"), class_="quiet"),
              table(_("文件"), (_("文件"), _("大小"), "SHA-256", _("核对")), rows, numbers=(1,)), class_="files-of-issue")


def _delivered(sent: Delivery) -> Markup:
    """Whether it is in the outbox, and what came back."""
    if sent.sent_at is None:
        return join([pill(_("尚未送出"))])
    when = _("{moment} 送进发件箱", moment=f"{sent.sent_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    back = {"none": pill(_("对方尚未签收")), "received": pill(_("已签收：{by} {at}", by=sent.by, at=sent.at), "good"),
            "other": pill(_("签收的内容与所送不同"), "bad"), "unreadable": pill(_("签收文件读不出"), "bad")}[sent.state]
    return join([when, " ", back])
