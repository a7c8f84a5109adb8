"""What the view 基金 says: the finding, the state in boxes, and the tables, net apart from gross."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.cash_flows import Rate
from analytics.format import UNKNOWN, Money, count, day, percent
from analytics.fund_portfolio import TESTS, Portfolio, Verdict, tolerance_used, verdict
from analytics.funds import INVESTORS, KINDS, Fund, Investors, Position, ratio
from language import N_, _, counted
from pages.cite import box
from pages.dossier_link import dossier_link
from pages.funds_rows import linked
from pages.markup import Markup, el, join, pill
from pages.tables import wide

STATES = {"preparing": N_("筹备"), "raising": N_("募集"), "investing": N_("投资"), "exiting": N_("退出"), "liquidating": N_("清算")}
UNSET = N_("未定")


def title(found: Sequence[Fund], position: Position, money: Money, *, is_known: bool, of: str) -> str:
    """The finding in a sentence."""
    if not is_known:
        return _("基金出资、流水或估值在这一天以前没有报来，基金的数还不能知道")
    if not found:
        return _("{of}：台账里没有这类基金", of=of)
    said = counted("{of}：{n} 只基金实缴 {paid} {unit}，已投 {invested}，已分配 {given}，净值 {nav}", len(found), of=of, unit=money.unit,
                   paid=money.text(position.paid_in), invested=money.text(position.invested), given=money.text(position.distributed),
                   nav=money.text(position.nav))
    return _("{said}；每实缴 1 元现值 {tvpi} 元", said=said, tvpi=times(position.tvpi)) if position.tvpi is not None else said


def state(position: Position, who: Investors, money: Money) -> Markup:
    """Five boxes, all net."""
    valued = (_("估值日 {day}", day=day(position.valued_on)) if position.valued_on else _("没有估值，按成本")) + (_("，已超过两个季度") if position.is_stale else "")
    return el("div", box(_("认缴"), f"{money.text(position.committed)} {money.unit}",
                          _("实缴 {paid}，PICC {picc}", paid=money.text(position.paid_in), picc=share(position.picc)),
                          _("未缴 {left}", left=money.text(position.unfunded)), of="fund_commitment"),
              box(_("净值"), f"{money.text(position.nav)} {money.unit}",
                   _("在投公允价值 {fair}，账面未用 {cash}", fair=money.text(position.fair_value), cash=money.text(position.cash)),
                   valued, of="fund_nav", tone="stale" if position.is_stale else None),
              box(_("TVPI（净）"), times(position.tvpi), _("DPI {dpi} + RVPI {rvpi}", dpi=times(position.dpi), rvpi=times(position.rvpi)), of="fund_tvpi"),
              box(_("净内部收益率"), rate_text(position.net), *rate_notes(position.net, position.tvpi), of="fund_net_irr"),
              box(_("社会资本占比"), share(who.private_share), _("财政放大 {times} 倍：（认缴 − 财政）÷ 财政", times=times(who.leverage)),
                  of="fund_private_share"), class_="state")


def net(found: Sequence[Fund], position: Position, money: Money) -> Markup:
    """What investors see."""
    headings = (_("基金"), _("类型"), _("认缴"), _("实缴"), _("未缴"), "PICC", _("已分配"), _("净值"), _("估值日"), "DPI", "RVPI", "TVPI", _("净内部收益率"))
    rows = [[_name(each), _(KINDS.get(each.listed.kind or "", UNKNOWN)), *_net(each.position, money, each.listed.fund_id)] for each in found]
    return el("section", el("h2", _("净口径：出资人的投入与所得（{unit}）", unit=money.unit)),
              wide(_("净口径"), headings, rows, numbers=range(2, 13), total=[_("合计"), "", *_net(position, money, None)], is_long=True))


def gross(found: Sequence[Fund], position: Position, seen: Portfolio, money: Money) -> Markup:
    """What the funds see: before fees."""
    headings = (_("基金"), _("已投"), _("退出回收"), _("公允价值"), _("MOIC（毛）"), _("毛内部收益率"), _("费用"),
                _("最大单户 ÷ 规模"), _("单户上限"), _("已确认损失"), _("容亏率上限"), _("容亏使用"))
    rows = [[_name(each), *_gross(each.position, money, each.listed.fund_id), *_limits(each, seen, money)] for each in found]
    lost = sum((seen.losses[each.listed.fund_id].lost for each in found if each.listed.fund_id in seen.losses), Decimal())
    total = [_("合计"), *_gross(position, money, None), "", "", money.text(lost), "", ""]
    return el("section", el("h2", _("毛口径：基金的投资与回收，未扣费用（{unit}）", unit=money.unit)),
              wide(_("毛口径"), headings, rows, numbers=range(1, 12), total=total, is_long=True),
              el("p", _("容亏使用 =（已确认净损失 ÷ 累计投资额）÷ 容亏率上限；只计全部退出的项目，别的项目的收益不抵。"), class_="quiet"))


def investors(who: Investors, money: Money) -> Markup:
    """LP structure."""
    committed, paid = (sum(sums.values(), Decimal()) for sums in (who.committed, who.paid))
    headings = (_("出资人"), _("认缴"), _("占比"), _("实缴"), _("占比"))
    kinds = [kind for kind in (*INVESTORS, "") if who.committed.get(kind) or who.paid.get(kind)]
    rows = [[_(INVESTORS[kind]) if kind else _("未列明"), linked("funds", money.text(who.committed.get(kind, Decimal())), layer="fund_commitment", by=kind or None),
             share(ratio(who.committed.get(kind, Decimal()), committed)), money.text(who.paid.get(kind, Decimal())),
             share(ratio(who.paid.get(kind, Decimal()), paid))] for kind in kinds]
    total = [_("合计"), money.text(committed), "", money.text(paid), ""]
    return el("section", el("h2", _("出资结构（{unit}）", unit=money.unit)), wide(_("出资结构"), headings, rows, numbers=range(1, 5), total=total))


def tests(portfolio: Portfolio, ids: frozenset[str]) -> Markup:
    """投早 投小 投长期 投硬科技, each with its text."""
    of_these = [each for each in portfolio.investments if each.fund_id in ids]
    rows = []
    for code, (name, text) in TESTS.items():
        passed = verdict(of_these, code)
        rows.append([join([el("span", _(name), title=_(text)), el("small", _(text))]), _share(passed.amount_share), _share(passed.deal_share),
                     _undecided(passed)])
    headings = (_("检验"), _("占金额"), _("占笔数"), _("不能判定"))
    return el("section", el("h2", _("投早、投小、投长期、投硬科技")), wide(_("投早投小投长期投硬科技"), headings, rows, numbers=(1, 2, 3)), class_="tests")


def times(value: Decimal | None) -> str:
    """A multiple: 1.2 → 1.20."""
    return UNKNOWN if value is None else f"{value:.2f}"


def share(value: Decimal | None) -> str:
    return UNKNOWN if value is None else percent(value)


def rate_text(found: Rate) -> str:
    if found.value is not None:
        return f"{found.value:.2%}"
    return _("期限不足") if found.standing == "short" else UNKNOWN if not found.changes else _("无法计算")


def rate_notes(found: Rate, multiple: Decimal | None) -> tuple[str, ...]:
    """Why there is no rate, or how far it may be trusted."""
    match found.standing:
        case "fine":
            return ()
        case "indicative":
            return (_("首次实缴不满两年，仅供参考"),)
        case "short":
            return (_("首次实缴不满一年，不年化；总价值倍数 {times}", times=times(multiple)),)
        case "several":
            roots = _("、").join(f"{root:.2%}" for root in found.roots)
            known = counted("−99% 至 1000% 间有 {n} 个根：{roots}", len(found.roots), roots=roots) if found.roots else _("−99% 至 1000% 间没有根")
            return (counted("现金流变号 {n} 次；{known}", found.changes, known=known), _("总价值倍数 {times}", times=times(multiple)))
        case _:
            return (_("−99% 至 1000% 间没有根；总价值倍数 {times}", times=times(multiple)),) if found.changes else (_("还没有进出"),)


def _net(each: Position, money: Money, fund_id: str | None) -> list[str]:
    def cell(metric_id: str, value: Decimal) -> str:
        return linked("funds", money.text(value), fund=fund_id, layer=metric_id)

    dated = el("span", day(each.valued_on), pill(_("过期"), "warn", _("已超过两个季度没有估值"))) if each.is_stale else day(each.valued_on)
    nav = el("span", cell("fund_nav", each.nav), class_="stale") if each.is_stale else cell("fund_nav", each.nav)
    return [cell("fund_commitment", each.committed), cell("fund_paid_in", each.paid_in), cell("fund_unfunded", each.unfunded), share(each.picc),
            cell("fund_distributed", each.distributed), nav, dated, times(each.dpi), times(each.rvpi), times(each.tvpi), _rate(each.net, each.tvpi)]


def _gross(each: Position, money: Money, fund_id: str | None) -> list[str]:
    cells = (("fund_invested", each.invested), ("fund_exits", each.exits), ("fund_fair_value", each.fair_value))
    return [*(linked("funds", money.text(value), fund=fund_id, layer=metric_id) for metric_id, value in cells), times(each.moic), _rate(each.gross, each.moic),
            linked("funds", money.text(each.fees), fund=fund_id, layer="fund_fees")]


def _limits(fund: Fund, seen: Portfolio, money: Money) -> list[str]:
    losses, used = seen.losses.get(fund.listed.fund_id), tolerance_used(fund, seen)
    largest = ratio(losses.largest, fund.position.committed) if losses else None
    over = largest is not None and fund.listed.single_limit is not None and largest > fund.listed.single_limit
    unset = pill(_(UNSET), "warn")
    return [el("b", share(largest)) if over else share(largest), share(fund.listed.single_limit) if fund.listed.single_limit is not None else unset,
            money.text(losses.lost) if losses else UNKNOWN, share(fund.listed.loss_limit) if fund.listed.loss_limit is not None else unset,
            share(used) if used is not None else unset if fund.listed.loss_limit is None else UNKNOWN]


def _rate(found: Rate, multiple: Decimal | None) -> Markup:
    notes = _("；").join(rate_notes(found, multiple))
    tone = "zero" if found.value is None else None
    marks = {"indicative": _("仅供参考"), "several": counted("变号 {n} 次", found.changes)}
    mark = el("small", marks[found.standing]) if found.standing in marks else Markup()
    return el("span", rate_text(found), mark, title=notes or None, class_=tone)


def _name(fund: Fund) -> Markup:
    status = _(STATES[fund.listed.status]) if fund.listed.status in STATES else _("不在台账")
    return join([linked("funds", fund.listed.name, fund=fund.listed.fund_id),
                 el("small", dossier_link("fund", fund.listed.fund_id, fund.listed.fund_id), f" · {status}")])


def _share(value: Decimal | None) -> str:
    return el("span", UNKNOWN, class_="zero") if value is None else percent(value)


def _undecided(found: Verdict) -> str:
    return f"{count(found.undecided)}/{count(found.deals)}"

