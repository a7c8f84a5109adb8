"""What the people page says above its tables: its boxes of figures, what is to be done next, how it counts, and its clauses."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.format import UNKNOWN, count, percent
from analytics.waiting import FEW, Wait
from language import _, counted, listed, named
from pages.cite import box
from pages.frame import address
from pages.markup import Markup, el, fill
from pages.people_cells import Cells
from warehouse.small_cells import FEWEST, Said


def boxes(cells: Cells) -> Markup:
    """The figures that say most, each with what it is made of."""
    linked, said, text = cells.linked, cells.said, cells.text
    return el("div",
              _box("manager_registered", cells, fill(_("五懂俱全 {round}"), round=said("manager_all_round"))),
              _box("manager_active", cells, fill(_("占在册 {share}；近一年没有促成合同的 {idle}"), share=said("manager_active_rate"),
                                                 idle=cells.rest("manager_active"))),
              _box("manager_certificate", cells, fill(_("91–180 天内到期 {later}，已过期 {expired}"), later=_certificate(cells, "expiring_180d"),
                   expired=_certificate(cells, "expired")), name=_("证书 90 天内到期"),
                   strong=linked("manager_certificate", cells.amount("manager_certificate").with_unit(text("manager_certificate", "expiring_90d")), "expiring_90d")),
              _box("contract_brokered", cells, fill(_("占全部 {all} 的 {share}"), all=said("contract_registered"), share=said("contract_broker_rate"))),
              _box("contract_commission", cells, fill(_("奖励 {reward}；促成成交额 {turnover}"), reward=said("contract_reward"),
                                                      turnover=said("contract_brokered_turnover"))),
              _box("housing_occupancy", cells, fill(_("在住 {lived} / 可分配 {available} 套，空置 {vacant}"), lived=linked("housing_occupied", text("housing_occupied")),
                   available=linked("housing_available", text("housing_available")), vacant=cells.rest("housing_occupied"))),
              _box("housing_waiting", cells, el("span", _mean(cells))),
              _wait(cells, cells.seen.waits.of()),
              _box("talent_people", cells, fill(_("另有团队 {teams}"), teams=said("talent_teams"))),
              _box("talent_firms", cells, el("span", _("专家、毕业生和团队创办"))), class_="state five")


def next_steps(cells: Cells) -> Markup:
    """What the figures ask for, of whom, by which clause; nothing where they ask for nothing."""
    lines = [el("li", el("span", what), el("small", who, " ", _clause(clause))) for what, who, clause in _asked(cells)]
    return el("section", el("h2", _("下一步")), el("ul", *lines, class_="steps", aria_label=_("下一步"))) if lines else Markup()


def median(cells: Cells, found: Wait, site: str | None = None) -> str:
    """The median of the wait in days; why there is none. Numbers that are not said here are not said there."""
    if not found.size:
        return UNKNOWN
    if found.median_days == 0:
        return _("当月")
    if found.median_days is not None:
        return counted("{n} 天", found.median_days)
    if found.size < FEW:
        numbers = [cells.seen.number(each, None, site) for each in ("housing_applied", "housing_housed")]
        is_said = all(number and number.said is Said.VALUE for number in numbers)
        return _("{over}/{size} 人", over=found.over, size=found.size) if is_said else _("不公布")
    return counted("未达到（已观察 {n} 天）", found.watched_days)


def rule() -> Markup:
    """What a reader must know of the numbers that are not there."""
    return el("p", _("本页只到组，不列个人。少于 {fewest} 人的写“<{fewest}”；由合计、分项推得出它来的，写“不公布”；0 照写。", fewest=FEWEST),
              _("经理人的金额，不足 {fewest} 人的，或一人占去绝大部分的，不公布。", fewest=FEWEST), class_="quiet")


def clauses(cells: Cells) -> Markup:
    """Every clause that the page's figures carry."""
    lines = [el("li", _clause(clause), " ", listed([named(cells.seen.tally.metric(each)) for each in metrics])) for clause, metrics in cells.seen.clauses.items()]
    return el("details", el("summary", _("依据条款：{clauses}", clauses=listed(list(cells.seen.clauses)))), el("ul", *lines), class_="definition")


def _asked(cells: Cells) -> Iterator[tuple[str, str, str]]:
    seen = cells.seen
    if expired := seen.exact("manager_certificate", category="expired"):
        yield counted("{n} 人的证书已过期，仍在名册上：核实是否续聘", int(expired)), _("科技创新促进中心"), "C49"
    if expiring := seen.exact("manager_certificate", category="expiring_90d"):
        yield counted("{n} 本证书九十天内到期：组织复核换证", int(expiring)), _("科技创新促进中心"), "C49"
    idle = seen.rest("manager_active")
    if idle and idle.value:
        yield counted("{n} 名在册经理人近一年没有促成合同：了解原因，对接成果和企业", int(idle.value)), _("科技创新促进中心"), "C47"
    made, brokered = seen.exact("contract_registered"), seen.exact("contract_brokered")
    if made and brokered is not None and made > brokered:
        yield counted("{n} 份技术合同没有写明经理人：登记时补填", round(made - brokered)), _("科技创新促进中心"), "C48"
    full, waiting = seen.exact("housing_occupancy"), seen.exact("housing_waiting")
    if full is not None and waiting:
        yield counted("入住率 {share}，仍有 {n} 人轮候：安排新增房源或调整可分配套数", int(waiting), share=percent(full)), _("组织部"), "C40"
    if unplaced := seen.exact("talent_people", "unplaced"):
        yield _("{came} 名引进人才没有填承载区：报送时补填", came=count(unplaced)), _("组织部"), "C37"


def _clause(clause: str) -> Markup:
    href = address("clauses", clause=clause)
    return el("a", clause, href=href, target="_self") if href else el("span", clause)


def _certificate(cells: Cells, state: str) -> Markup:
    return cells.linked("manager_certificate", cells.text("manager_certificate", state), state)


def _mean(cells: Cells) -> str:
    if cells.seen.mean_wait_days is None:
        return _("所报的平均轮候天数：人数太少或没有报")
    return _("所报的平均轮候 {days} 天", days=f"{cells.seen.mean_wait_days:.1f}")


def _box(metric_id: str, cells: Cells, more: Markup, name: str | None = None, strong: Markup | None = None) -> Markup:
    found = cells.seen.tally.dictionary.get(metric_id)
    return box(name or (named(found) if found else metric_id), strong or cells.said(metric_id), more, of=metric_id)


def _wait(cells: Cells, found: Wait) -> Markup:
    number = cells.said("housing_applied")
    said = fill(_("申请 {applied}，仍在等的计为删失"), applied=number)
    why = _("Kaplan–Meier 中位数，按月：逐月申请与配租的人数，先申请先配租；仍在等的按等到截至日计为删失。")
    return box(_("公寓等待中位数"), el("span", median(cells, found), title=why), said, of="housing_applied")
