"""What the view 财政与筹资 says: the finding, the state in boxes, the tables of sources and of surplus funds that became equity."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.format import UNKNOWN, Money, day, percent
from analytics.public_money import SOURCES, STEPS, Line, PublicMoney, Surplus
from language import _, counted
from pages.cite import box
from pages.funds_rows import linked
from pages.markup import Markup, el, join, pill
from pages.tables import wide


def title(seen: PublicMoney, year: int | None, money: Money) -> str:
    """The finding in a sentence."""
    if not seen.is_known:
        return _("财政与筹资进度在这一天以前没有报来，还不能知道")
    whole = seen.together(year)
    when = _("{year} 年", year=year) if year else _("各年度")
    return _("{when}预算 {planned} {unit}，下达 {issued}，到位 {received}，支出 {spent}；执行率 {rate}", when=when, unit=money.unit, rate=_rate(whole),
             **{step: _step(whole, step, money) for step in ("planned", "issued", "received", "spent")})


def state(seen: PublicMoney, year: int | None, money: Money) -> Markup:
    """The execution, and what the market and society bring."""
    whole = seen.together(year)
    boxes = [box(_("执行率"), _rate(whole), _("支出 ÷ 下达，不是 ÷ 预算"), of="budget_execution")]
    for sources, name in ((("special_bond",), _("专项债")), (("reits",), _("公募REITs")), (("joint_fund",), _("联合科研基金"))):
        found = [each for each in seen.lines if each.source in sources and year in (None, each.year)]
        planned = sum((each.steps.get("budget_planned", Decimal()) for each in found), Decimal())
        asked = sum((each.steps.get("budget_requested", Decimal()) for each in found), Decimal())
        received = sum((each.steps.get("budget_received", Decimal()) for each in found), Decimal())
        told = _("申报 {asked}，到位 {received}", asked=money.text(asked), received=money.text(received)) if found else _("这一年度没有")
        boxes.append(box(name, f"{money.text(planned)} {money.unit}" if found else UNKNOWN, told, _("储备中，尚无预算") if found and not planned else "",
                         of="budget_planned"))
    return el("div", *boxes, class_="state")


def lines(seen: PublicMoney, year: int | None, money: Money) -> Markup:
    """Sources by year, from budget to spending, with the total of each year."""
    headings = (_("来源"), _("年度"), *(_(word) for word in STEPS.values()), _("执行率"))
    rows = [_line(_(SOURCES[each.source]), each, money, category=each.source) for each in seen.lines if year in (None, each.year)]
    return el("section", el("h2", _("从预算到支出（{unit}）", unit=money.unit)),
              wide(_("从预算到支出"), headings, rows, numbers=range(2, 8), total=_line(_("合计"), seen.together(year), money), is_long=True))


def surplus(found: Sequence[Surplus] | None, money: Money) -> Markup:
    """Surplus research funds that became equity; unclear titles marked."""
    heading = el("h2", _("横向结余经费入股（{unit}）", unit=money.unit))
    if found is None:
        return el("section", heading, el("p", _("横向结余经费入股在这一天以前没有报来，还不能知道。"), class_="quiet"))
    if not found:
        return el("section", heading, el("p", _("还没有横向结余经费入股。"), class_="quiet"))
    unclear = sum(not each.is_title_clear for each in found)
    equity = sum((each.equity for each in found), Decimal())
    said = counted("{n} 笔，入股 {amount} {unit}", len(found), amount=money.text(equity), unit=money.unit)
    told = counted("{said}；{n} 笔权属不清晰，不符合条款要求。", unclear, said=said) if unclear else _("{said}；权属都清晰。", said=said)
    headings = (_("入股编号"), _("高校院所"), _("企业"), _("结余"), _("入股"), _("持股比例"), _("批准"), _("权属"))
    rows = [[join([linked("budget", each.investment_id, layer="surplus_equity"), el("small", each.project or UNKNOWN)]), each.institute, each.firm,
             money.text(each.surplus), money.text(each.equity), UNKNOWN if each.share is None else percent(each.share),
             join([el("span", day(each.approved_on)), el("small", each.approval_no)]), _title(each)] for each in found]
    return el("section", heading, el("p", told, class_="quiet"),
              wide(_("横向结余经费入股"), headings, rows, numbers=(3, 4, 5), is_long=True,
                   total=[_("合计"), "", "", money.text(sum((each.surplus for each in found), Decimal())), money.text(equity), "", "", ""]))


def _line(name: str, line: Line, money: Money, category: str | None = None) -> list[str]:
    cells = [linked("budget", money.text(line.steps.get(step)), layer=step, by=category) for step in STEPS]
    return [name if not line.items else join([el("span", name), el("small", counted("含 {n} 项", line.items))]), str(line.year or _("全部")), *cells, _rate(line)]


def _title(each: Surplus) -> Markup:
    if not each.is_title_clear:
        return pill(_("不清晰"), "bad")
    return join([pill(_("清晰"), "good"), pill(_("待佐证"), "warn", _("权属证明不在佐证材料目录")) if not each.is_title_evidenced else Markup()])


def _rate(line: Line) -> str:
    return UNKNOWN if line.execution is None else percent(line.execution)


def _step(line: Line, step: str, money: Money) -> str:
    return money.text(line.steps.get(f"budget_{step}"))

