"""What changed since the last issue, in the report."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.format import Amount, money_unit
from analytics.units import YUAN
from exports.pack.changes import Change, Changes
from exports.pack.document import Block, Table, Text
from exports.pack.meeting import Meeting
from exports.pack.numbering import date
from language import _, named


def changes(seen: Meeting) -> Iterator[Block]:
    """A sentence for each metric, then the bridge as a table; of a baseline, that it is one."""
    found = seen.changes
    if found is None:
        yield Text(text=_("本期是基期，没有上一期可以比较；初次入库的数据不算迟报。"))
        return
    told = "".join(sentence(each) for each in found.changes if each.is_headline)
    yield Text(text=_("与 {since}（数据截至{day}）相比：", since=found.since, day=date(found.before_as_of)) + (told or _("各目标没有变化。")))
    yield from table(found)


def sentence(change: Change) -> str:
    """As given, else the two numbers."""
    if change.sentence:
        return change.sentence if change.sentence.endswith(_("。")) else change.sentence + _("。")
    amount = amount_of(change)
    return _("{what}由 {before} 变为 {now}。", what=named(change.metric), before=amount.said(change.before), now=amount.said(change.now))


def table(found: Changes) -> Iterator[Table]:
    """Before, what each reason adds, now."""
    told = [each for each in found.changes if each.is_headline]
    terms = list(dict.fromkeys(term for each in told for term in each.terms))
    if not told:
        return
    rows = [[named(each.metric), amount.said(each.before), *(_signed(amount, each, term) for term in terms), amount.said(each.now)]
            for each in told for amount in (amount_of(each),)]
    yield Table(caption=_("会间变化"), headings=[_("指标"), _("上期"), *(_(term) for term in terms), _("本期")], rows=rows,
                widths=(28, 14, *(12 for _each in terms), 14), numbers=range(1, len(terms) + 3))


def amount_of(change: Change) -> Amount:
    """How the change of a metric is written."""
    return Amount(change.metric.unit, money_unit((change.before, change.now) if change.metric.unit == YUAN else ()))


def _signed(amount: Amount, change: Change, term: str) -> str:
    value = change.terms.get(term)
    return "" if not value else ("+" if value > 0 else "−") + amount.text(abs(value))
