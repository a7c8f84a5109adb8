"""What the view 先投后股 says: the finding, the state in boxes, the alarms and the agreements."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.aalen_johansen import FEWEST, Step
from analytics.format import UNKNOWN, Money, count, day, percent
from analytics.invest_first import ALARMS, ENDED, STATES, Deal, InvestFirst
from language import _, counted
from pages.choices import link
from pages.cite import box
from pages.dossier_link import dossier_link
from pages.funds_rows import linked
from pages.markup import Markup, el, join, pill
from pages.tables import wide

HORIZON = 24  # months; what the conversion is read at


def title(seen: InvestFirst, money: Money) -> str:
    """The finding in a sentence."""
    if not seen.is_known:
        return _("先投后股的台账或流水在这一天以前没有报来，还不能知道")
    if not seen.deals:
        return _("还没有先投后股协议")
    ringing = sum(bool(each.alarms) for each in seen.deals)
    said = counted("{n} 份先投后股协议，先投余额 {left} {unit}，触发的 {triggered} 份中已转股 {converted} 份", len(seen.deals), unit=money.unit,
                   left=money.text(total(seen.deals, "outstanding")), triggered=seen.triggered, converted=seen.converted)
    return counted("{said}；{n} 份有待核查", ringing, said=said) if ringing else said


def state(seen: InvestFirst, money: Money) -> Markup:
    """Principal to recovery in boxes."""
    def amount(name: str) -> Decimal:
        return total(seen.deals, name)

    principal, recovered = amount("principal"), amount("recovered")
    cycled = amount("recycled") / recovered if recovered else None
    return el("div", box(_("先投本金"), linked("invest_first", f"{money.text(principal)} {money.unit}", layer="deal_principal"),
                          _("现金 {cash}，租金折算 {rent}，其他 {other}", cash=money.text(amount("cash")), rent=money.text(amount("rent")),
                            other=money.text(amount("other"))), of="deal_principal"),
              box(_("先投余额"), linked("invest_first", f"{money.text(amount('outstanding'))} {money.unit}", layer="deal_outstanding"),
                   _("已转股本金 {converted}，已核销 {lost}", converted=money.text(amount("converted")), lost=money.text(amount("written_off"))), of="deal_outstanding"),
              box(_("收回"), linked("invest_first", f"{money.text(recovered)} {money.unit}", layer="deal_recovered"),
                   _("回收倍数 {times}", times=UNKNOWN if not principal else f"{recovered / principal:.2f}"),
                   _("回收再投 {again}，循环率 {rate}", again=money.text(amount("recycled")), rate=UNKNOWN if cycled is None else percent(cycled)), of="deal_recovered"),
              box(_("转股"), _("{converted}/{triggered}", converted=seen.converted, triggered=seen.triggered), _("已转 ÷ 已触发"), *_conversion(seen.conversion),
                  of="deal_conversion"),
              box(_("适当收益"), _corridor(seen), _("按协议 XIRR；上下限由联席会议决定"), of="deal_return"), class_="state")


def alarms(seen: InvestFirst) -> Markup:
    """Every test with what it found; undecided ones say so."""
    headings, rows = (_("检查"), _("不符"), _("协议")), []
    for code, (name, text) in ALARMS.items():
        found = seen.ringing(code)  # type: ignore[arg-type]
        where = join([el("a", each.agreement_id, href=_address(each), target="_self") for each in found]) if found else el("span", UNKNOWN, class_="zero")
        number = pill(_("未定"), "warn") if code in seen.unjudged and not found else el("b", count(len(found))) if found else el("span", "0", class_="zero")
        rows.append([join([el("span", _(name)), el("small", _(text, days=seen.limits.suspended_days) if code == "suspended" else _text(code, text, seen))]), number,
                     el("span", where, class_="codes")])
    return el("section", el("h2", _("待核查")), wide(_("先投后股检查"), headings, rows, numbers=(1,)), class_="alarms")


def deals(found: Sequence[Deal], money: Money, of: str) -> Markup:
    """The agreements, one a line, each leading to its flows."""
    headings = (_("协议"), _("状态"), _("签约"), _("触发"), _("转股"), _("本金"), _("余额"), _("收回"), _("转股比例"), _("按估值算"),
                _("年化收益"), _("代持单位"), _("待核查"))
    rows = [[_name(each), _(STATES[each.status]), day(each.signed_on), day(each.triggered_on), day(each.converted_on), money.text(each.principal),
             linked("invest_first", money.text(each.outstanding), deal=each.agreement_id, layer="deal_outstanding"),
             linked("invest_first", money.text(each.recovered), deal=each.agreement_id, layer="deal_recovered"), _share(each.told_share), _share(each.fair_share),
             _return(each), _holder(each), el("span", *(pill(_(ALARMS[alarm][0]), "warn") for alarm in each.alarms), class_="codes")] for each in found]
    return el("section", el("h2", _("协议：{of}（{unit}）", of=of, unit=money.unit)),
              wide(_("先投后股协议"), headings, rows, numbers=(5, 6, 7, 8, 9, 10), is_long=True),
              el("p", _("按估值算：转股本金 ÷（投前估值 ÷ 原股本 ×（1 − 折扣））折成股数，占转股后股本的比例；同轮另有新增股本的会更低。"),
                 class_="quiet"), class_="deals")


def total(found: Sequence[Deal], name: str) -> Decimal:
    """The sum of one amount, by its name."""
    return sum((getattr(each, name) for each in found), Decimal())


def _conversion(steps: Sequence[Step]) -> tuple[str, ...]:
    """Aalen–Johansen at the horizon, ends without conversion competing; counts alone where too few are at risk."""
    if not steps or steps[0].at_risk < FEWEST:
        return (_("不足 5 份，不算转股率"),)
    reached = [each for each in steps if each.duration <= HORIZON]
    last = reached[-1] if reached else steps[0]
    if last.at_risk < FEWEST - 2:
        last = [each for each in reached if each.at_risk >= FEWEST - 2][-1]
    return (_("{months} 个月转股率 {rate}（Aalen–Johansen，其时在险 {n} 份；未转而了结 {ended}）", months=f"{last.duration:.0f}", rate=f"{last.first:.1%}",
              n=last.at_risk, ended=f"{last.second:.1%}"),)


def _corridor(seen: InvestFirst) -> str:
    low, high = seen.limits.return_low, seen.limits.return_high
    return pill(_("未定"), "warn") if low is None and high is None else "–".join(UNKNOWN if each is None else percent(each) for each in (low, high))


def _text(code: str, text: str, seen: InvestFirst) -> str:
    missing = {"holder": _("；新区国有企业名单未定"), "share": _("；上限未定")}
    return _(text) + (missing[code] if code in seen.unjudged else "")


def _address(each: Deal) -> str:
    return link("funds", view="invest_first", deal=each.agreement_id)


def _name(each: Deal) -> Markup:
    return join([el("a", each.agreement_id, href=_address(each), target="_self"),
                 el("small", dossier_link("organization", each.org_id, each.org_name or each.org_id), title=each.project_name or each.project_id)])


def _holder(each: Deal) -> str:
    """By name; of one that is on no list yet there is but the code."""
    if each.holder is None or each.is_holder_registered:
        return each.holder or UNKNOWN
    return join([el("span", each.holder), el("small", pill(_("待登记"), "warn", _("主体库里还没有它")))])


def _share(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{value:.2%}"


def _return(each: Deal) -> str:
    """Of an agreement that has ended; one still open has had its outlay only."""
    if each.status not in ENDED or (each.returned.value is None and each.returned.standing != "short"):
        return UNKNOWN
    return _("期限不足") if each.returned.value is None else f"{each.returned.value:.2%}"

