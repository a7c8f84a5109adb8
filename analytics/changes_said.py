"""What changed, as a secretary would say it: a sentence for each metric and a paragraph for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from analytics.bridge import REAL_TERMS, RULES_TERMS, TOLD_TERMS
from analytics.change_bridge import HAPPENED, TERMS, TOLD, UNDIVIDED, Changes, MetricChange, TermSum, decimal
from analytics.families import GOALS
from analytics.format import UNKNOWN, Amount, Money, day, money_unit
from analytics.share import points
from analytics.units import PERCENT, YUAN
from language import N_, _, counted, listed, named

NAMED = 3  # things named in brackets
WORDS = {"口径变更": N_("口径变更"), "范围变更": N_("范围变更"), "程序修正": N_("程序修正"), UNDIVIDED: N_("口径与更正（待分开）"), "迟报补录": N_("迟报补录"),
         "更正撤销": N_("更正撤销"), "更正修订": N_("更正修订"), TOLD: N_("补报与更正"), "真实新增": N_("真实新增"), "真实减少": N_("真实减少"), HAPPENED: N_("真实变化")}
ONE_WAY = {"真实新增": 1, "真实减少": -1, "迟报补录": 1, "更正撤销": -1}  # what the word says already of a sum: no sign is needed


def money(changes: Changes) -> Money:
    """One unit for all that is shown: that in which most amounts that changed can be read."""
    amounts = sorted(abs(decimal(each.total)) for each in changes.changed if each.metric.unit == YUAN and each.total)
    return money_unit(amounts[len(amounts) // 2:len(amounts) // 2 + 1])


def word(change: MetricChange, term: str) -> str:
    """What a term is called; in a ratio it moves rows of both parts, and what grows may lower the ratio."""
    if len(change.metric.made_of) > 1 and term in REAL_TERMS:
        return _("真实新增的行") if term == "真实新增" else _("真实减少的行")
    return _(WORDS[term])


def amount_of(change: MetricChange, unit: Money) -> Amount:
    """How its values are written."""
    return Amount(change.metric.unit, unit)


def value(change: MetricChange, exact: Fraction | None, unit: Money) -> str:
    """A value of it, with its unit."""
    amount = amount_of(change, unit)
    if exact is None or not _is_quotient(change):
        return amount.said(None if exact is None else decimal(exact))
    return amount.with_unit(_rounded(exact, _digits(change)))


def moved_by(change: MetricChange, exact: Fraction, unit: Money, *, is_signed: bool = True) -> str:
    """By how much it moved: +4 项, −1.2 个百分点."""
    size = abs(exact)
    sign = "" if not is_signed or not exact else "+" if exact > 0 else "−"
    if change.metric.unit == PERCENT:
        return _("{sign}{points} 个百分点", sign=sign, points=points(decimal(size)))
    return sign + value(change, size, unit)


def _is_quotient(change: MetricChange) -> bool:
    """Whether its values have as many digits as one likes: ratios and statistics but for shares, which are said in per cent."""
    return change.metric.aggregation in ("ratio", "statistic") and change.metric.unit not in (PERCENT, YUAN)


def _digits(change: MetricChange) -> int:
    """Decimals enough to see that it moved, and by what."""
    told = [abs(each.exact) for each in change.terms] + ([abs(change.total)] if change.total else [])
    return next((digits for digits in (2, 3, 4) if all(round(each, digits) for each in told)), 4)


def _rounded(exact: Fraction, digits: int) -> str:
    return f"{decimal(exact).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"


def sentence(change: MetricChange, unit: Money, *, names: int = NAMED) -> str:
    """Where it stood, where it stands, and why; at most so many things named for each reason."""
    name, now = named(change.metric), value(change, change.now, unit)
    match change.standing:
        case "unknown":
            return _("{name}：两期都因缺报不能知道。", name=name)
        case "begun":
            return _("{name}：上期无数，本期首次有数，为 {now}，作为基期，不作比较。", name=name, now=now)
        case "ended":
            return _("{name}：上期 {before}，本期因缺报不能知道。", name=name, before=value(change, change.before, unit))
    if change.now is None or (change.before is None and change.standing == "bridged"):
        return _("{name}：上期 {before}，本期 {now}；分母为 0 的一期不成比率，不作比较。", name=name, before=value(change, change.before, unit), now=now)
    why = _("；").join(_term(change, each, unit, names) for each in as_said(change.terms))
    if change.standing == "added":
        return _("{name}：上期无此指标，本期为 {now}：{why}。", name=name, now=now, why=why) if why else _("{name}：上期无此指标，本期为 {now}。", name=name, now=now)
    if not change.is_changed:
        return _("{name}为 {now}，没有变化。", name=name, now=now)
    before = value(change, change.before, unit)
    if not change.total:
        return _("{name}仍为 {now}：{why}，相抵。", name=name, now=now, why=why)
    if change.total > 0:
        return _("{name}由 {before}增至 {now}：{why}。", name=name, before=before, now=now, why=why)
    return _("{name}由 {before}减至 {now}：{why}。", name=name, before=before, now=now, why=why)


def as_said(terms: Iterable[TermSum]) -> list[TermSum]:
    """What happened before what was told late, and that before what the rules moved."""
    steps = [*REAL_TERMS, HAPPENED, *TOLD_TERMS, TOLD]
    return sorted(terms, key=lambda each: steps.index(each.term) if each.term in steps else len(steps) + TERMS.index(each.term))


def _term(change: MetricChange, term: TermSum, unit: Money, most: int) -> str:
    is_plain = len(change.metric.made_of) == 1 and term.count and ONE_WAY.get(term.term) == (1 if term.exact > 0 else -1)
    said = _("{term} {amount}", term=word(change, term.term), amount=moved_by(change, term.exact, unit, is_signed=not is_plain))
    called = list(dict.fromkeys(each.name for each in term.largest))[:most]
    if not called:
        return said
    if term.count > len(called):
        return counted("{said}（{names}等，共 {n} 条）", term.count, said=said, names=listed(called))
    return _("{said}（{names}）", said=said, names=listed(called))


def finding(changes: Changes, unit: Money) -> str:
    """The whole in one sentence, with what moved the first of the goals."""
    goals = [each for each in changes.changed if each.is_headline and each.standing == "bridged"]
    whole = counted("与 {before} 相比，{n} 个指标有变化", len(changes.changed), before=day(changes.before.as_of))
    if not goals:
        return whole if changes.changed else _("与 {before} 相比，没有指标变化", before=day(changes.before.as_of))
    said = [_("{name} {before} → {now}", name=named(each.metric), before=value(each, each.before, unit), now=value(each, each.now, unit)) for each in goals[:2]]
    return _("{whole}：{goals}", whole=whole, goals=_("，").join(said))


def summary(changes: Changes, unit: Money) -> str:
    """One paragraph: how much changed and why, then the goals one by one, then what did not move."""
    before, now = changes.before, changes.now
    opening = _("自 {before}（知悉截至 {known_before}）至 {now}（知悉截至 {known_now}），可比的 {all} 个指标中，{changed} 个有变化，{rest} 个没有。",
                before=day(before.as_of), known_before=f"{before.known_at:%Y-%m-%d}", now=day(now.as_of), known_now=f"{now.known_at:%Y-%m-%d}",
                all=len(changes.changed) + len(changes.unchanged), changed=len(changes.changed), rest=len(changes.unchanged))
    moved = [each for each in changes.changed if each.terms]
    causes = [(_("当期发生的变化"), REAL_TERMS), (_("迟报补录"), TOLD_TERMS[:1]), (_("更正"), TOLD_TERMS[1:]), (_("口径、范围或程序的变动"), RULES_TERMS)]
    counts = [(word, sum(any(term.term in terms for term in each.terms) for each in moved)) for word, terms in causes]
    why = _("其中：") + _("；").join(counted("{word}涉及 {n} 个", count, word=word) for word, count in counts if count) + _("。") if any(n for _w, n in counts) else ""
    goals = [sentence(each, unit, names=0) for each in changes.metrics if each.family == GOALS and each.is_headline and each.standing != "unknown"]
    begun = [named(each.metric) for each in changes.changed if each.standing == "begun"]
    shown = listed(begun[:NAMED])
    first = counted("另有 {n} 个指标首次有数，作为基期，如：{names}。", len(begun), names=shown) if begun else ""
    return "".join((opening, why, *goals, first))


def chances(changes: Changes) -> Sequence[str]:
    """Probabilities previous and now, which have no bridge."""
    def said(probability: float | None) -> str:
        return UNKNOWN if probability is None else f"{Decimal(str(probability)) * 100:.0f}%"

    return tuple(_("{goal}：到期达到目标的概率由 {before} 变为 {now}。", goal=named(each), before=said(each.before), now=said(each.now)) for each in changes.chances)
