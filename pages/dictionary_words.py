"""What the dictionary page says: its title, one definition in full, and all of them in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from analytics.dictionary import Entry
from analytics.format import Amount, Money, day
from analytics.zones import Zone
from language import N_, _, counted, named
from language import listed as enumerated
from pages.choices import link
from pages.cite import MOST, changed, clause_links
from pages.definition import STATES, statement
from pages.markup import Markup, el, join, pill
from pages.tables import wide

AGGREGATIONS = {"sum": N_("逐行求和"), "distinct": N_("去重计数"), "ratio": N_("比率"), "statistic": N_("统计量")}
KINDS = {"cumulative": N_("累计：计入后不再退出"), "window": N_("时段：只计一段时间内发生的"), "stock": N_("存量：结束后不再计入")}
TONES = {"已定": "good", "拟定": "plain", "未定": "warn"}


def all_(known: Sequence[Entry]) -> str:
    """The title over the whole dictionary."""
    states = Counter(each.metric.status for each in known)
    said = _("、").join(counted("{n} 个{status}", states[state], status=_(state)) for state in STATES if states[state])
    return counted("{n} 个指标：{said}", len(known), said=said)


def one(chosen: Entry) -> str:
    """The title over one metric."""
    metric = chosen.metric
    return _("{what}：口径第 {version} 版，{status}", what=named(metric), version=metric.version, status=_(metric.status))


def definition(chosen: Entry, known: Mapping[str, Entry]) -> Markup:
    """All that decides what the metric counts."""
    metric = chosen.metric
    parts = [each for each in known if known[each].part_of == metric.metric_id]
    lines: list[tuple[str, str]] = [
        (_("指标代码"), el("code", metric.metric_id)), (_("单位"), _(metric.unit)), (_("怎样合成"), _(AGGREGATIONS[chosen.aggregation])),
        (_("计算函数"), el("code", metric.computed_by) if metric.computed_by else _("没有报表，不能算") if metric.is_statistic else ""),
        (_("输入"), join(el("span", _named(each, known)) for each in metric.inputs)),
        (_("分子"), _named(chosen.numerator_id, known)), (_("分母"), _named(chosen.denominator_id, known)), (_("时间"), _(KINDS[chosen.time_kind])),
        (_("空间"), _("分空间，含区外与未落区") if metric.is_zoned else _("不分空间")), (_("属于"), _named(chosen.part_of, known)),
        (_("分项"), join(el("span", _named(each, known)) for each in parts)), (_("所需报表"), enumerated(chosen.feeds)),
        (_("下钻"), _("到行，每行到报送文件") if chosen.is_to_rows else _("到组，不列个人")), (_("归口部门"), chosen.owner),
        (_("依据条款"), clause_links(chosen.clauses)),
        (_("决定"), chosen.decided_by or _("待联席会议决定")), (_("本版自"), day(chosen.valid_from))]
    revised = el("p", _("口径已改过：第 {version} 版自 {day} 起用，此前各期保留当时的版本。", version=metric.version, day=day(chosen.valid_from)),
                 class_="notice") if metric.version > 1 else Markup()
    return el("section", el("p", statement(metric), class_="statement"), revised, el("dl", *(
        el("div", el("dt", name), el("dd", text)) for name, text in lines if text), class_="entry"))


def inputs(chosen: Entry, known: Mapping[str, Entry], values: Mapping[str, Decimal | None], money: Money) -> Markup:
    """What a statistic is computed of: each sum with its value at V, and the way to its definition and rows."""
    rows = [[join([_named(each, known), el("small", each)]), Amount(known[each].metric.unit, money).said(values[each]), el("span", statement(known[each].metric),
             class_="statement")] for each in chosen.metric.inputs]
    return el("section", el("h2", _("由这些指标的行算得")), wide(_("由这些指标的行算得"), [_("指标"), _("现为"), _("定义")], rows, numbers=[1], is_long=True),
              class_="entries")


def by_zone(zones: Mapping[str, Decimal | None], places: Sequence[Zone], total: Decimal | None, amount: Amount) -> Markup:
    """The value in each zone, which add up to the whole; nothing of a metric without places."""
    if not zones:
        return Markup()
    rows = [[named(place), amount.text(zones[place.zone_id])] for place in places if place.zone_id in zones]
    return el("section", el("h2", _("各空间（{unit}）", unit=amount.unit)), wide(_("各空间"), [_("空间"), amount.unit], rows, numbers=[1], total=[
        _("合计"), amount.text(total)]), class_="narrow")


def listed(known: Mapping[str, Entry]) -> Markup:
    """Every metric, each a way to its definition."""
    rows = [[join([_named(each, known), changed(entry.metric), el("small", each)]), _(entry.metric.unit), pill(_(entry.metric.status), TONES[entry.metric.status]),
             str(entry.metric.version), entry.owner, clause_links(entry.clauses, MOST), el("span", statement(entry.metric), class_="statement")]
            for each, entry in known.items()]
    headings = [_("指标"), _("单位"), _("状态"), _("版本"), _("归口部门"), _("条款"), _("定义")]
    return el("section", el("h2", _("全部指标")), wide(_("全部指标"), headings, rows, numbers=[3], is_long=True), class_="entries")


def method() -> Markup:
    """Where definitions come from and how one is changed."""
    return el("p", _("口径由管委会的参照表 metrics.csv 定义；联席会议决定后由数据管理员登记，自登记起成为新的版本，既往各期仍按当时的版本："),
              el("code", "python -m etl rule metrics.csv"), class_="source")


def _named(metric_id: str, known: Mapping[str, Entry]) -> Markup:
    """The metric's name, leading to its definition."""
    return el("a", named(known[metric_id].metric), href=link("dictionary", metric=metric_id), target="_self") if metric_id in known else Markup()
