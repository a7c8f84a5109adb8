"""What the view 风险补偿与保险 says."""

from __future__ import annotations

from decimal import Decimal

from analytics.format import UNKNOWN, Amount, count, day, one_decimal
from analytics.instruments import RISKS
from analytics.pool import Pool
from language import _, counted
from pages import fund_parts
from pages.choices import link
from pages.cite import box
from pages.fund_parts import boxes, share, times
from pages.markup import Markup, el, pill
from pages.tables import wide


def finding(seen: Pool, amount: Amount) -> str:
    """The title."""
    if seen.balance is None:
        return _("补偿池不能知道：还没有报过流水")
    much, stress = amount.said(seen.balance), seen.coverage.stress
    if seen.credit.whole is None:
        return _("补偿池净额 {much}，贷款台账还没有报过", much=much)
    if stress is None:
        return _("补偿池净额 {much}，没有不良与关注贷款需要它承担", much=much)
    return (_("补偿池净额 {much}：不良与关注全部违约时够付 {times}", much=much, times=times(stress)) if stress >= 1 else
            _("补偿池净额 {much}：不良与关注全部违约时只够付 {share}", much=much, share=share(stress)))


def state(seen: Pool, amount: Amount) -> Markup:
    """The numbers in boxes."""
    pooled = seen.credit.pooled
    return boxes(
        box(_("补偿池净额"), amount.said(seen.balance), _("注资加追回减支付"), of="pool_balance"),
        box(_("或有责任"), amount.said(pooled.pool if pooled else None), _("入池余额 × 分担比例，全部违约时"),
            _("超过净额 {value}", value=amount.said(pooled.pool - seen.balance)) if pooled and seen.balance is not None and pooled.pool > seen.balance else "",
            of="exp_pool"),
        box(_("放大倍数"), times(seen.leverage), _("入池贷款 {value} ÷ 净额", value=amount.said(pooled.balance if pooled else None)), of="pool_leverage"),
        box(_("覆盖率"), times(seen.coverage.bad), _("压力覆盖率 {stress}", stress=times(seen.coverage.stress)),
            _("再加一倍 {double}", double=times(seen.coverage.double)), of="pool_coverage"),
        box(_("今年消耗率"), share(seen.consumption), _("今年支付 ÷ 年初净额"), of="pool_consumption"),
        box(_("申请核准率"), share(seen.told.approval_rate), _("平均兑付 {days} 天", days=one_decimal(seen.told.mean_days)),
            counted("尚未支付 {n} 份", seen.told.unpaid), of="pool_approval_rate pool_days_to_payment"),
        box(_("代偿回收率"), share(seen.told.recovery_rate), _("追回 {recovered} ÷ 支付 {paid}", recovered=amount.said(seen.told.recovered),
                                                        paid=amount.said(seen.told.paid)), of="pool_recovery_rate"))


def covered(seen: Pool) -> str:
    """How often the pool's assets cover its part."""
    return _("补偿池够付：不良 {bad}，加上关注 {stress}，再加一倍 {double}。", bad=times(seen.coverage.bad), stress=times(seen.coverage.stress),
             double=times(seen.coverage.double))


def claims(seen: Pool, amount: Amount) -> Markup:
    """One row a contract that claimed."""
    headings = [_("企业"), _("申请日"), _("核准日"), _("支付日"), _("兑付天数"), *(_("{what}（{unit}）", what=what, unit=amount.unit)
                                                                   for what in (_("申请"), _("核准"), _("支付"), _("追回")))]
    rows = [[el("span", each.firm or _("未写明企业"), el("small", each.contract_id or _("没有写明合同"))), day(each.claimed_on), day(each.approved_on),
             day(each.paid_on), UNKNOWN if each.days_to_payment is None else count(each.days_to_payment), *(_zero(amount.text(value)) for value in (
                 each.claimed, each.approved, each.paid, each.recovered)),] for each in seen.claims]
    sums = [sum((getattr(each, name) for each in seen.claims), Decimal(0)) for name in ("claimed", "approved", "paid", "recovered")]
    body = (wide(_("补偿的申请、核准、支付、追回"), headings, rows, numbers=range(4, 9), total=[_("合计"), "", "", "", one_decimal(seen.told.mean_days),
                                                                                    *(amount.text(value) for value in sums)])
            if rows else el("p", _("还没有补偿申请。"), class_="quiet"))
    return el("section", el("h2", _("补偿的申请、核准、支付、追回")), body)


def insured(seen: Pool, amount: Amount) -> Markup:
    """One row a risk."""
    if seen.insured is None:
        return el("section", el("h2", _("科技保险")), el("p", _("还没有报过科技保险。"), class_="quiet"))
    headings = [_("险种"), _("在保保单"), *(_("{what}（{unit}）", what=what, unit=amount.unit) for what in (_("保额"), _("保费"), _("已赔付"))), _("赔付 ÷ 保费")]
    rows = [[_(RISKS[each.risk]) if each.risk in RISKS else each.risk, count(each.policies), amount.text(each.cover), amount.text(each.premium),
             _zero(amount.text(each.claims)), share(each.claims / each.premium if each.premium else None)] for each in seen.insured]
    cover, premium, paid = (sum((getattr(each, name) for each in seen.insured), Decimal(0)) for name in ("cover", "premium", "claims"))
    total = [_("合计"), count(sum(each.policies for each in seen.insured)), amount.text(cover), amount.text(premium), amount.text(paid),
             share(paid / premium if premium else None)]
    return el("section", el("h2", _("科技保险")), wide(_("科技保险"), headings, rows, numbers=range(1, 6), total=total))


def linked(seen: Pool, amount: Amount) -> Markup:
    """Firms that are insured and have an investment or a loan."""
    if not seen.linked:
        return el("section", el("h2", _("投保联动")), el("p", _("没有既投保、又有投资或贷款的企业。"), class_="quiet"))
    headings = [_("企业"), *(_("{what}（{unit}）", what=what, unit=amount.unit) for what in (_("保额"), _("其中联动"), _("政府投资"), _("贷款余额")))]
    rows = [[el("span", el("a", each.name, href=f"{link('funds', name=each.group_id)}#rows", target="_self"),
                pill(_("联动"), "good", _("保单写明了联动的投资流水")) if each.linked else ""), amount.text(each.cover),
             *(_zero(amount.text(value)) for value in (each.linked, each.invested, each.loans))] for each in seen.linked]
    said = counted("{n} 家企业既有在保保单，又有投资或贷款；保单写明投资流水号的标“联动”。", seen.linked_firms)
    return el("section", el("h2", _("投保联动")), el("p", said, class_="quiet"), wide(_("投保联动"), headings, rows, numbers=range(1, 5)), class_="rows")


def limits(seen: Pool) -> Markup:
    """Of the pool."""
    measured = {"pool_consumption": seen.consumption, "pool_payment": None}
    return fund_parts.limit_table([(seen.limits[each], value) for each, value in measured.items() if each in seen.limits])


def _zero(text: str) -> str:
    return el("span", text, class_="zero") if text in ("0", UNKNOWN) else text
