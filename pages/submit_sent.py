"""What came of publishing, withdrawing, confirming, certifying or refreshing, and where to go from there."""

from __future__ import annotations

from language import N_, _, counted
from pages import frame, submit_words
from pages.choices import link
from pages.markup import el
from warehouse.jobs.folder import Job
from warehouse.jobs.results import Refreshed, Sent

DONE = {"placed": N_("已发布，各页已是新的数"), "withdrawn": N_("已撤下，先前的一份重新有效"), "certified": N_("已签认"),
        "repeated": N_("与现行的文件相同，没有重复计入"), "held": N_("已收下，但要先答一个问题，暂未计入"), "refused": N_("整份退回，没有计入")}
FINE = ("placed", "withdrawn", "certified", "repeated")


def sent(asked: Job, told: Sent) -> None:
    """The end of the way, with the ways on."""
    if told.state == "placed":
        frame.draw(submit_words.steps(len(submit_words.STEPS)))
    said = [_(DONE[told.state])]
    if told.state == "placed":
        said.append(counted("计入 {n} 行", told.accepted) + (counted("，退回 {n} 行待改正", told.refused) if told.refused else ""))
    if told.snapshot:
        said.append(_("快照 {snapshot}", snapshot=told.snapshot))
    frame.draw(submit_words.sentence(_("。").join(said) + _("。"), "", tone="notice good" if told.state in FINE else "banner"))
    if told.what and told.state not in FINE:
        frame.draw(submit_words.sentence(told.what, told.do))
    ways = [(link("", department=None), _("看总览")), (link("quality", department=asked.department), _("看本部门的数据质量")), (link("changes"), _("看会间变化"))]
    frame.draw(el("p", *(el("a", word, href=href, target="_self") for href, word in ways if told.snapshot), class_="ways"),
               el("p", el("a", _("看这一份的记录"), href=link("submit", department=asked.department, file=str(told.file_id)), target="_self"),
                  el("a", _("再交一份"), href=link("submit", department=asked.department), target="_self"), class_="ways"))


def refreshed(told: Refreshed) -> None:
    """What came of taking what lies in the inbox."""
    frame.draw(submit_words.sentence(_("已发布快照 {snapshot}。", snapshot=told.snapshot) if told.snapshot else _("收件夹里没有新的内容。"), tone="notice good"))
    if told.troubled:
        frame.draw(el("section", el("h2", counted("{n} 份要处理", told.troubled)), el("ul", *(el("li", each) for each in told.said), class_="said")))
    frame.draw(submit_words.back(_("回到报送")))
