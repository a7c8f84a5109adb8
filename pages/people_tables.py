"""The tables of the people page: managers by grade, certificate, ability and zone; contracts; apartments; talent."""

from __future__ import annotations

from decimal import Decimal

from analytics.format import percent, short
from analytics.people import FIRST
from language import _, counted, named
from pages.markup import Markup, el, join
from pages.people_cells import Cells
from pages.people_words import median
from pages.tables import wide


def managers(cells: Cells) -> Markup:
    """By grade, then certificates and abilities beside each other."""
    if not cells.seen.tally.is_known("manager_registered"):
        return el("section", el("h2", _("技术经理人")), el("p", _("还没有收到技术经理人名册。"), class_="quiet"))
    grades = [[named(each), cells.cell("manager_registered", each.category_id, of=named(each)), cells.cell("manager_active", each.category_id, of=named(each)),
               cells.rest("manager_active", each.category_id)] for each in cells.seen.grades]
    whole = [_("合计"), cells.cell("manager_registered", of=_("合计")), cells.cell("manager_active", of=_("合计")), cells.rest("manager_active")]
    said = _("在册：名册载有、聘任日已到。活跃：近十二个月内至少促成一份签订的技术合同；政策没有规定何为活跃，口径未定。")
    states = [[named(each), _bar(cells, "manager_certificate", each.category_id)] for each in cells.seen.certificates]
    abilities = [[named(each), _bar(cells, "manager_ability", each.category_id)] for each in cells.seen.abilities]
    return join([
        el("section", el("h2", _("技术经理人")), el("p", said, class_="quiet"),
           wide(_("按级别"), [_("级别"), _("在册"), _("活跃"), _("近一年没有促成")], grades, numbers=(1, 2, 3), total=whole)),
        el("section", el("h2", _("证书与能力")), el("p", _("一人可有几个能力标签，各标签的人数不能相加。"), class_="quiet"), el("div", *(
            el("div", wide(caption, [heading, _("人数")], rows, numbers=(1,))) for caption, heading, rows in (
                (_("证书有效期"), _("证书"), states), (_("能力标签"), _("标签"), abilities))), class_="carriers"))])


def places(cells: Cells) -> Markup:
    """Zones beside each other: managers by grade, talent brought in."""
    shown = [each for each in cells.seen.zones if each.kind != "bucket" or any(
        cells.text(metric_id, zone=each.zone_id) not in ("0", "—") for metric_id in ("manager_registered", "talent_people", "talent_teams"))]
    columns = ("talent_people", "talent_teams")
    rows = [[short(each), *(cells.cell("manager_registered", grade.category_id, zone=each.zone_id, of=named(each)) for grade in cells.seen.grades),
             *(cells.cell(metric_id, zone=each.zone_id, of=named(each)) for metric_id in ("manager_registered", *columns))] for each in shown]
    total = [_("合计"), *(cells.cell("manager_registered", grade.category_id, of=_("合计")) for grade in cells.seen.grades),
             *(cells.cell(metric_id, of=_("合计")) for metric_id in ("manager_registered", *columns))]
    headings = [_("空间"), *map(named, cells.seen.grades), _("在册合计"), _("引进人才"), _("引进团队")]
    said = _("经理人的空间是所属机构的主要场所，引进人才的是所报的承载区；没有的为未落区。")
    return el("section", el("h2", _("各空间")), el("p", said, class_="quiet"), wide(
        _("各空间"), headings, rows, numbers=range(1, len(headings)), total=total, is_long=True))


def contracts(cells: Cells) -> Markup:
    """By kind, by year, and how the credit is spread over managers."""
    columns = ("contract_registered", "contract_brokered", "contract_broker_rate", "contract_turnover", "contract_brokered_turnover", "contract_commission",
               "contract_reward")
    if not cells.seen.tally.is_known("contract_registered"):
        return el("section", el("h2", _("促成的技术合同")), el("p", _("还没有收到技术合同台账。"), class_="quiet"))
    rows = [[named(each), *(cells.cell(metric_id, each.category_id, of=named(each)) for metric_id in columns)] for each in cells.seen.contracts]
    rows += [[_("{year}年", year=year), *(cells.cell(metric_id, year=year, of=str(year)) for metric_id in columns)] for year in cells.seen.years
             if cells.text("contract_registered", year=year) != "0"]
    total = [_("合计"), *(cells.cell(metric_id, of=_("合计")) for metric_id in columns)]
    said = _("几名经理人共同促成的，功劳平分，一份合同只计一份；先按类型，再按签订年份列出，两者各自加成合计。")
    return el("section", el("h2", _("促成的技术合同")), el("p", said, class_="quiet"), wide(
        _("促成的技术合同"), [_("类型与年份"), *(cells.heading(each) for each in columns)], rows, numbers=range(1, len(columns) + 1), total=total, is_long=True),
        el("p", _spread(cells), class_="quiet"))


def housing(cells: Cells) -> Markup:
    """Apartments by site: how full, who waits and for how long."""
    columns = ("housing_total", "housing_available", "housing_occupied")
    after = ("housing_occupancy", "housing_waiting", "housing_applied", "housing_housed")
    if not cells.seen.sites:
        return el("section", el("h2", _("人才公寓")), el("p", _("还没有收到人才公寓的报表。"), class_="quiet"))

    def line(site: str | None, of: str) -> list[str]:
        return [of, *(cells.cell(each, site, of=of) for each in columns), cells.rest("housing_occupied", site), *(cells.cell(each, site, of=of) for each in after),
                median(cells, cells.seen.waits.of(category=site), site)]

    headings = [_("房源点"), _("总套数"), _("可分配"), _("在住"), _("空置"), _("入住率"), _("轮候"), _("申请"), _("配租"), _("等待中位数")]
    said = _("等待中位数按 Kaplan–Meier：由逐月申请与配租的人数，按先申请先配租推算，仍在轮候的计为删失，一半还没有等到的写“未达到”；首期之前就在轮候的不计入。")
    return el("section", el("h2", _("人才公寓")), el("p", said, class_="quiet"), wide(
        _("人才公寓"), headings, [line(site, site) for site in cells.seen.sites], numbers=range(1, len(headings)), total=line(None, _("合计")), is_long=True))


def talent(cells: Cells) -> Markup:
    """Whom was brought in, from where, in which year."""
    def metric(kind: str) -> str:
        return "talent_teams" if kind.startswith("team") else "talent_people"

    shown = [each for each in cells.seen.talents if cells.text(metric(each.category_id), each.category_id) not in ("0", "—")]
    if not shown:
        return el("section", el("h2", _("引进人才")), el("p", _("还没有收到人才引进的报表。"), class_="quiet"))
    years = [year for year in cells.seen.years if any(cells.text(each, year=year) != "0" for each in ("talent_people", "talent_teams"))]
    rows = [[named(each), *(cells.cell(metric(each.category_id), each.category_id, year=year, of=named(each)) for year in years),
             cells.cell(metric(each.category_id), each.category_id, of=named(each)), cells.cell("talent_firms", each.category_id, of=named(each))] for each in shown]
    rows += [[_("{what}合计（{unit}）", what=named(cells.seen.tally.metric(each)), unit=cells.amount(each).unit),
              *(cells.cell(each, year=year, of=str(year)) for year in years), cells.cell(each),
              cells.cell("talent_firms", of=_("合计")) if each == "talent_people" else ""] for each in ("talent_people", "talent_teams")]
    headings = [_("类别与来源"), *(_("{year}年", year=year) for year in years), _("累计"), _("创办企业（户）")]
    said = _("专家与毕业生计人，团队计支，两者不相加；年份是所报期间的年份。创办企业的合计含团队所办。")
    return el("section", el("h2", _("引进人才")), el("p", said, class_="quiet"), wide(
        _("引进人才"), headings, rows, numbers=range(1, len(headings))))


def _bar(cells: Cells, metric_id: str, category: str) -> Markup:
    """A number with a bar behind it, as long as its share of all managers."""
    value, whole = cells.seen.exact(metric_id, category=category), cells.seen.exact("manager_registered")
    share = min(float(value / whole), 1) if value and whole else 0.0
    return el("span", cells.cell(metric_id, category), class_="level", style=f"--level:{share:.4f}")


def _spread(cells: Cells) -> str:
    found = cells.seen.spread
    if found is None:
        return _("促成成交额的集中度：有促成的经理人不足十名，不算。")
    return counted("促成成交额的集中度：{n} 名经理人，HHI {hhi}，相当于 {effective} 名平分；前 {first} 名合计占 {share}，任何一名的份额都不公布。", found.spread.n,
                   hhi=f"{found.spread.hhi:.3f}", effective=f"{found.spread.effective:.1f}", first=FIRST, share=percent(Decimal(str(found.first))))
