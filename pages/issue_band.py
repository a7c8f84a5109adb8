"""Above every page of an issue: which one is looked at, whether its bytes are still those, and the way back to today."""

from __future__ import annotations

from analytics.format import Amount, day, money_unit
from analytics.snapshot import SHANGHAI
from analytics.stored_issue import stored_issue
from exports.verifying import told
from language import _, counted, named
from pages.choices import here
from pages.markup import Markup, el, fill, join, pill, table
from pages.view import Seen
from warehouse.issues import Difference, Frozen


def band(seen: Seen, more: str | None) -> Markup:
    """`more`: the address of the page of issues, None where this reader has none."""
    frozen, verdict = seen.frozen, seen.verdict
    facts = [el("strong", title(frozen)), el("span", _("会议 {meeting}", meeting=frozen.meeting)), el("span", fill(_("截至 {day}"), day=el("time", day(frozen.as_of)))),
             el("span", frozen_at(frozen)), state(verdict.files, is_snapshot_whole=verdict.is_snapshot_whole)]
    links = [el("a", _("存档与下载"), href=more, target="_self") if more else "",
             el("a", _("回到当前数据"), href=here(issue=None, as_of=None, snapshot=None), target="_self")]
    return el("aside", el("p", *facts, class_="facts"), el("p", *links, class_="ways"), class_="issue", aria_label=_("专刊"))


def title(frozen: Frozen) -> str:
    """专刊 2026-10, with the revision where it is not the first."""
    return (_("专刊 {issue}", issue=frozen.issue_id) if frozen.revision == 1 else
            _("专刊 {issue}（第 {revision} 版）", issue=frozen.issue_id, revision=frozen.revision))


def frozen_at(frozen: Frozen) -> str:
    """冻结于 2026-10-22 08:30（某某）."""
    return _("冻结于 {moment}（{by}）", moment=f"{frozen.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", by=frozen.by)


def state(files: tuple[Difference, ...], *, is_snapshot_whole: bool) -> Markup:
    """已核对, or how much is not as it was frozen."""
    number = len(files) + (not is_snapshot_whole)
    if not number:
        return pill(_("已核对"), "good", _("存档与快照的每个字节都与冻结时相同"))
    said = [*map(told, files), *([] if is_snapshot_whole else [_("快照不在或有改动")])]
    return pill(counted("有改动 {n} 处", number), "bad", _("；").join(said))


def stored_numbers(seen: Seen) -> Markup:
    """What the stored rows still give: every metric at the day of the issue."""
    found = stored_issue(seen.frozen)
    if found is None:
        return el("p", _("存档的行也读不出。请：由备份恢复专刊的文件夹与快照，再打开本页。"))
    money = money_unit(value for metric_id, value in found.values.items() if found.dictionary[metric_id].unit == "元")
    amounts = {metric_id: Amount(found.dictionary[metric_id].unit, money) for metric_id in found.values}
    rows = [(join([named(found.dictionary[metric_id]), " ", el("code", metric_id, class_="quiet")]), amounts[metric_id].text(value), amounts[metric_id].unit)
            for metric_id, value in found.values.items()]
    said = _("下面的数由存档的行重算，截至 {day}。请：由备份恢复快照文件 {snapshot}，各页即恢复。", day=day(seen.frozen.as_of), snapshot=seen.frozen.snapshot)
    return join([el("p", said),
                 table(_("各指标"), (_("指标"), _("数值"), _("单位")), rows, numbers=(1,))])
