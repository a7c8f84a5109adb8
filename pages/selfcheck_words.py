"""自检: whether every number is the same wherever it is read, and which is not."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.format import count
from analytics.snapshot import SHANGHAI
from exports.selfcheck.said import WHAT, by_value, summary, word
from language import _, counted, listed
from pages.markup import Markup, el, join, pill
from pages.tables import wide
from warehouse.selfcheck import Checked

LISTED = 50  # mismatches put on the page; all of them are in the file


def block(found: Checked | None, names: Mapping[str, str], places: Mapping[str, str]) -> Markup:
    """When it was checked, how much, and every mismatch. `names`: of metrics by id; `places`: of zones by id."""
    head = el("h2", _("自检"))
    if found is None:
        return el("section", head, el("p", _("这一期还没有自检过。每次刷新发布前、每天夜里各做一次。"), class_="quiet"), id="selfcheck")
    state = pill(_("全部一致"), "good") if not found.found else pill(counted("{n} 个对不上", found.found), "bad")
    when = _("{moment}，快照 {snapshot}，截至 {day}", moment=f"{found.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", snapshot=found.snapshot, day=found.as_of)
    depth = _("逐个读过每一个数") if found.is_all else _("逐个读的是抽查，夜里全查")
    return el("section", head, el("p", state, " ", summary(found), class_="finding"), el("p", _("{when}；{depth}。", when=when, depth=depth), class_="quiet"),
              _mismatches(found, names, places) if found.found else Markup(), _ways(found), id="selfcheck", class_="selfcheck")


def _ways(found: Checked) -> Markup:
    """Every way of reading, and how many numbers it told."""
    said = listed(_("{way} {value}", way=word(way), value=count(number)) for way, number in sorted(found.ways.items(), key=lambda item: -item[1]))
    return el("details", el("summary", _("比了哪些读法")), el("p", _("每种读法读到的数：{told}。", told=said), class_="quiet"),
              el("p", _("个人的指标只比说出来的数；因人少不说的，每一处都不得说。"), class_="quiet"), class_="more")


def _mismatches(found: Checked, names: Mapping[str, str], places: Mapping[str, str]) -> Markup:
    """Each with what every way tells."""
    shown = found.mismatches[:LISTED]
    rows = [(join([names.get(each.metric_id, each.metric_id), " ", el("code", each.metric_id, class_="quiet")]),
             _("全部") if each.zone is None else places.get(each.zone, each.zone), _(WHAT[each.what]),
             join(el("div", el("strong", value), f" {ways}") for value, ways in by_value(each))) for each in shown]
    rest = [el("p", counted("另有 {n} 个。", found.found - len(shown)), class_="quiet")] if found.found > len(shown) else []
    return join([wide(_("对不上的数"), (_("指标"), _("空间"), _("比什么"), _("各处所说")), rows, numbers=()), *rest])
