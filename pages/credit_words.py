"""What the view 信贷担保质押 says."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from analytics.credit import WATCH, Credit, Loans
from analytics.format import UNKNOWN, Amount, count
from analytics.instruments import GRADES
from language import _, counted
from pages import credit_frames, fund_parts
from pages.cite import box
from pages.fund_parts import boxes, share, times, undecided
from pages.markup import Markup, el, pill
from pages.tables import wide


def finding(seen: Credit, amount: Amount) -> str:
    """The title."""
    if seen.whole is None:
        return _("科技信贷不能知道：还没有报过台账")
    if not seen.whole.balance:
        return _("没有未结清的科技信贷")
    whole = seen.whole
    return counted("科技信贷余额 {much}，共 {n} 份合同：银行自担 {bank}，担保与补偿池分担 {rest}，不良率 {bad}", whole.contracts, much=amount.said(whole.balance),
                   bank=share(whole.bank / whole.balance), rest=share((whole.guarantor + whole.pool) / whole.balance), bad=share(whole.bad_ratio))


def state(seen: Credit, amount: Amount) -> Markup:
    """The numbers in boxes."""
    whole = seen.whole
    assert whole
    return boxes(
        box(_("在保余额"), amount.said(whole.guarantor), _("占余额 {share}", share=share(whole.guarantor / whole.balance)), of="guarantee_balance"),
        box(_("质押贷款"), amount.said(seen.pledged), _("占余额 {share}", share=share(seen.pledged / whole.balance)), of="loan_pledged"),
        box(_("首贷"), counted("{n} 份", whole.first_loans), _("占合同数 {share}", share=share(Decimal(whole.first_loans) / whole.contracts)), of="loan_first"),
        box(_("不良"), amount.said(whole.bad), _("不良率 {share}", share=share(whole.bad_ratio)), _("关注 {value}", value=amount.said(whole.watch)),
            of="loan_bad loan_bad_ratio"),
        box(_("担保放大倍数"), times(seen.guarantors[0].leverage if len(seen.guarantors) == 1 else None),
            _("在保余额 ÷ 净资产，分机构见下表") if any(each.net_assets for each in seen.guarantors) else _("在保余额 ÷ 净资产；净资产未填定"),
            of="guarantee_leverage", tag=undecided()),
        box(_("担保代偿率"), UNKNOWN, _("本期代偿 ÷ 本期解除担保；代偿额没有报表，未接入"), of="guarantee_compensation_rate"))


def products(seen: Credit, amount: Amount) -> Markup:
    """One row a product."""
    headings = [_("产品"), _("合同"), _("首贷"), *(_("{what}（{unit}）", what=what, unit=amount.unit) for what in (
        _("余额"), *(_(each) for each in credit_frames.BEARERS.values()))), _(GRADES[WATCH]), _("不良"), _("不良率")]
    whole = seen.whole
    assert whole
    return el("section", el("h2", _("按产品")), wide(_("按产品"), headings, [_line(credit_frames.product(each), each, amount) for each in seen.products],
                                                   numbers=range(1, len(headings)), total=_line(_("合计"), whole, amount)))


def lenders(seen: Credit, amount: Amount) -> Markup:
    """One row a bank, and whether its bad loans would pause it."""
    headings = [_("金融机构"), _("合同"), _("余额（{unit}）", unit=amount.unit), _("自担（{unit}）", unit=amount.unit), _("不良"), _("不良率"), _("熔断")]
    rows = [[each.name, count(each.contracts), amount.text(each.balance), amount.text(each.bank), _zero(amount.text(each.bad)), share(each.bad_ratio),
             pill(_("暂停"), "bad") if judged == "over" else fund_parts.judged(judged)] for each, judged in seen.lenders]
    return el("section", el("h2", _("按金融机构")), el("p", _("合作银行的不良率超过熔断线的，标“暂停”；熔断线未定的，不替它判断。"), class_="quiet"),
              wide(_("按金融机构"), headings, rows, numbers=range(1, 6)), class_="rows")


def guarantors(seen: Credit, amount: Amount) -> Markup:
    """One row a guarantor."""
    if not seen.guarantors:
        return el("section", el("h2", _("按担保机构")), el("p", _("没有担保贷款。"), class_="quiet"))
    headings = [_("担保机构"), _("合同"), _("在保余额（{unit}）", unit=amount.unit), _("净资产（{unit}）", unit=amount.unit), _("放大倍数"), _("国有比例"),
                _("限额"), _("来源")]
    rows = [[each.loans.name, count(each.loans.contracts), amount.text(each.loans.guarantor), amount.text(each.net_assets), times(each.leverage),
             share(each.state_share) if each.state_share is not None else undecided(), fund_parts.judged(each.state),
             each.source or UNKNOWN] for each in seen.guarantors]
    return el("section", el("h2", _("按担保机构")), el("p", _("净资产与国有比例不在报表里，由联席会议据年报确定，由数据管理员登记，写明来源与日期。"), class_="quiet"),
              wide(_("按担保机构"), headings, rows, numbers=range(1, 6)), class_="rows")


def limits(seen: Credit) -> Markup:
    """Of guarantees and banks."""
    worst = max((each.bad_ratio for each, _judged in seen.lenders if each.bad_ratio is not None), default=None)
    leverages = [each.leverage for each in seen.guarantors if each.leverage is not None]
    measured = {"guarantee_leverage": max(leverages, default=None), "guarantee_single": None, "lender_bad": worst}
    return fund_parts.limit_table([(seen.limits[each], value) for each, value in measured.items() if each in seen.limits])


def steps_said(steps: pl.DataFrame, amount: Amount) -> str:
    """A waterfall in words."""
    return _("{values}（{unit}）。", unit=amount.unit, values=_("；").join(f"{name} {label}" for name, label in steps.select("name", "label").iter_rows()))


def bars_said(bars: pl.DataFrame, amount: Amount) -> str:
    """Stacked bars in words."""
    whole = bars.group_by("name", maintain_order=True).agg(pl.col("label").first())
    return _("{values}（{unit}）。", unit=amount.unit, values=_("；").join(f"{name}{label}" for name, label in whole.iter_rows()))


def _line(name: str, loans: Loans, amount: Amount) -> list[str]:
    return [name, count(loans.contracts), count(loans.first_loans), amount.text(loans.balance), amount.text(loans.bank), amount.text(loans.guarantor),
            amount.text(loans.pool), _zero(amount.text(loans.watch)), _zero(amount.text(loans.bad)), share(loans.bad_ratio)]


def _zero(text: str) -> str:
    return el("span", text, class_="zero") if text in ("0", UNKNOWN) else text
