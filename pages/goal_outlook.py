"""What the goals page says of the chances: word, number and range of the chosen goal, what limits it, who rates it how, and how forecasts have done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from analytics.backtest import Record, Trial, brier, calibration, covered
from analytics.burnup import Burnup
from analytics.confidence import COLOURS, Rating
from analytics.forecast import Forecast, GoalForecast
from analytics.forecast_finding import LIMITS, SHORT_NAMES, lacking
from analytics.format import UNKNOWN, Amount, day
from analytics.goal_card import GoalCard
from analytics.likelihood import band, rounded
from analytics.outlook import Outlook
from analytics.share import percent
from language import _, counted, listed, named
from pages.cite import box
from pages.markup import Markup, el, join, pill, table
from pages.tables import wide

SHOWN_TRIALS = 18


def chances(seen: Burnup, card: GoalCard, amount: Amount, told: Outlook | None) -> Markup:
    """The chosen goal's chance, in boxes; why there is none where there is none. `card`: of the goal as its headline has it."""
    goal = told.forecast.goal(card.goal.goal_id) if told else None
    if seen.zone_id is not None or seen.card.headline.metric.metric_id != card.headline.metric.metric_id:
        return _absent(_("预测只对本目标的首要读数、全部空间给出。"))
    if card.kind == "stock":
        return _absent(_("里程碑逐项核实，不作概率预测。"))
    if told is None or goal is None:
        return _absent(_("截至日不在基准日与期限之间，或尚无可用的报送，不作预测。"))
    of = card.headline.metric.metric_id
    boxes = [_probability(goal, told, of), _range(goal, amount, of), _limit(goal, of), _rating(goal, told, told.ratings.get(card.goal.clause_id), of)]
    return el("section", el("h2", _("到 {deadline} 的预测", deadline=day(told.forecast.deadline_on))), el("div", *boxes, class_="state"),
              el("p", *_notes(goal, told), class_="quiet notes"), class_="outlook")


def shown(seen: Burnup, card: GoalCard, told: Outlook | None) -> GoalForecast | None:
    """The forecast that belongs on the figure: of the goal's own reading everywhere."""
    is_own = seen.zone_id is None and seen.card.headline.metric.metric_id == card.headline.metric.metric_id
    return told.forecast.goal(card.goal.goal_id) if told and is_own else None


def word(goal: GoalForecast, told: Outlook) -> Markup:
    """The word with its band as a pill, or that there is too little to go by."""
    if goal.probability is None:
        return pill(_("不给概率"))
    found = told.bands.get(goal.goal_id)
    return pill(found.said, found.tone, _said(goal)) if found else pill(_("证据不足"), "plain", lacking(goal, told.forecast))


def imagined(now: Forecast, then: Forecast, told: Outlook, cards: Iterable[GoalCard], amounts: dict[str, Amount]) -> Markup:
    """What the levers do to every goal: probability and middle of the range, as it is and as imagined. No probability where there is too little to go by."""
    def said(probability: float | None, goal_ids: Iterable[str]) -> str:
        return _rounded(probability) if set(goal_ids) <= told.bands.keys() else _("证据不足")

    rows = []
    for card in cards:
        one, other = now.goal(card.goal.goal_id), then.goal(card.goal.goal_id)
        if one and other and one.path:
            amount = amounts[card.goal.goal_id]
            rows.append([named(card.goal), *(said(each.probability, (each.goal_id,)) for each in (one, other)), amount.with_unit(_amount(amount, one.end.middle)),
                         amount.with_unit(_amount(amount, other.end.middle))])
    joint = [_("以上同时达到"), *(said(each.joint, each.joint_of) for each in (now, then)), "", ""]
    return wide(_("如果这样"), (_("目标"), _("现状概率"), _("改后概率"), _("现状中位数"), _("改后中位数")), rows, numbers=(1, 2, 3, 4), total=joint)


def history(found: Record, *, is_demo: bool) -> Markup:
    """The forecasts published, and what a backtest gives, each as soon as there is something to hold against it."""
    parts = [el("h3", _("已发布的预测"))]
    if found.published:
        parts.append(_tried(found.published, _("已发布的预测")))
    else:
        parts.append(el("p", counted("已留存 {n} 期预测，所测的月末都还没有到；到了就在这里与实际相比。", found.forecasts) if found.forecasts
                        else _("还没有留存以前的预测；每次发布留存一次，所测的月末到了就在这里与实际相比。"), class_="quiet"))
    parts.append(el("h3", _("回测"), pill(_("演示数据"), "warn") if is_demo else Markup()))
    if found.backtest:
        caveat = _("在以往各月末，只用当时已发生的事（按现在所知）作预测，再与一、三、六个月后相比。")
        parts.append(el("p", caveat, _("数据是虚构的，只说明方法怎样校验，不说明它在真实园区准不准。") if is_demo else "", class_="quiet"))
        parts.append(_tried(found.backtest, _("回测")))
    else:
        parts.append(el("p", _("基准日以来满六个月、又有后来的月末可比时，才有回测；该期快照里没有。"), class_="quiet"))
    return el("section", *parts, class_="record")


def _tried(tried: Sequence[Trial], caption: str) -> Markup:
    """How forecasts have done: scores by goal, calibration, and the last of them one by one."""
    scores = [[_(SHORT_NAMES[goal_id]), str(len(own)), _ratio(brier(own)), _share(covered(own))]
              for goal_id in SHORT_NAMES for own in ([each for each in tried if each.goal_id == goal_id],) if own]
    classes = [[_("{low}–{high}%", low=round(each.low * 100), high=round(min(each.high, 1) * 100)), str(each.trials), percent(Decimal(str(each.said))),
                f"{each.came_true}/{each.trials}"] for each in calibration(tried)]
    rows = [[_(SHORT_NAMES[each.goal_id]), day(each.made_of), day(each.on), f"{each.low:.0f}–{each.high:.0f}", f"{each.middle:.0f}", f"{each.actual:.0f}",
             _("在内") if each.is_inside else _("在外"), rounded(each.said), _("达到") if each.came_true else _("未达到")]
            for each in sorted(tried, key=lambda trial: (trial.made_of, trial.on, trial.goal_id), reverse=True)[:SHOWN_TRIALS]]
    one_by_one = wide(_("逐次对照"), (_("目标"), _("预测所据"), _("所测月末"), "P10–P90", _("中位数"), _("实际"), _("区间"), _("达到计划线的概率"), _("计划线")), rows,
                      numbers=(3, 4, 5, 7), is_long=True)
    first = table(caption, (_("目标"), _("次数"), _("Brier 分（越低越好，0.25 等于各半）"), _("落在 P10–P90 内")), scores, numbers=(1, 2, 3))
    second = table(_("校准"), (_("当时所说"), _("次数"), _("平均所说"), _("后来达到")), classes, numbers=(1, 2, 3))
    rest = el("details", el("summary", counted("逐次对照，最近 {n} 次", len(rows))), one_by_one, class_="more")
    return join([el("div", first, second, class_="pair"), rest])


def _probability(goal: GoalForecast, told: Outlook, of: str) -> Markup:
    found = told.bands.get(goal.goal_id)
    if goal.probability is None:
        return box(_("达到目标的可能"), _("不给概率"), _("报产值的落地成果不足三项，只列实际数。"), of=of)
    if found is None:
        return box(_("达到目标的可能"), _("证据不足"), lacking(goal, told.forecast), of=of)
    held = _("按现有数据属“{word}”；未越过界限五个百分点，也未连续两期，暂不改说法。", word=_(band(goal.probability).word)) if found != band(goal.probability) else ""
    return box(_("达到目标的可能"), found.said, _said(goal), held, of=of, tone=found.tone)


def _range(goal: GoalForecast, amount: Amount, of: str) -> Markup:
    if not goal.path:
        return box(_("期末预计"), UNKNOWN, of=of)
    end = goal.end
    more = _("目标 {target}", target=amount.with_unit(amount.target(Decimal(str(goal.target)))))
    single = ""
    if goal.largest_share is not None and goal.without_largest is not None:
        single = _("贡献最大的单项约占 {share}；剔除它，概率 {without}", share=percent(Decimal(str(goal.largest_share))), without=rounded(goal.without_largest))
    return box(_("期末预计（中位数）"), amount.with_unit(_amount(amount, end.middle)),
                _("八成把握在 {low}–{high} 之间", low=_amount(amount, end.low), high=_amount(amount, end.high)), more, single, of=of)


def _limit(goal: GoalForecast, of: str) -> Markup:
    if goal.limiting is None:
        return box(_("限制环节"), UNKNOWN, _("已达到目标，或没有哪一环加快两成能提高概率。"), of=of)
    raises = round(goal.raises * 100)
    said = counted("这一环快两成，概率提高约 {n} 个百分点", raises) if raises else _("这一环快两成，概率提高不到 1 个百分点")
    return box(_("限制环节"), _(LIMITS[goal.limiting]), said, counted("至今已见 {n} 次", goal.events), of=of)


def _rating(goal: GoalForecast, told: Outlook, found: Rating | None, of: str) -> Markup:
    """What those in charge say, beside the model."""
    if found is None:
        return box(_("责任单位的信心"), UNKNOWN, _("任务分解中未填信心评级"), of=of)
    colour, tone = COLOURS[found.confidence]
    lines = [_("{who}，任务 {task}", who=named(found), task=found.task_id)]
    if goal.probability is not None and goal.goal_id in told.bands and not found.agrees(goal.probability):
        lines.append(_("与模型不同，理由：{note}", note=found.note or _("未填")))
    elif found.note:
        lines.append(_("说明：{note}", note=found.note))
    if found.confidence != "green":
        lines.append(_("回到绿色的措施：{remedy}", remedy=found.remedy or _("未填")))
    return box(_("责任单位的信心"), _(colour), *lines, of=of, tone=tone)


def _notes(goal: GoalForecast, told: Outlook) -> list[Markup]:
    """What was said before, all goals together, and how the forecast is made."""
    made = told.forecast
    notes = []
    if told.before:
        earlier = told.earlier(goal)
        notes.append(_("上期（截至 {day}）：{said}。", day=day(told.before.forecast.as_of), said=_rounded(earlier.probability) if earlier else UNKNOWN))
    if made.joint is not None and told.bands.keys() >= set(made.joint_of):
        names = listed(_(SHORT_NAMES[each]) for each in made.joint_of)
        notes.append(_("{names}同时达到：{joint}（同一批抽样，不是各项相乘）。", names=names, joint=rounded(made.joint)))
    notes.append(_("方法 {method}：按基准日以来的到来、转阶段与退出抽样 {draws} 次，种子 {seed}。", method=made.method, draws=f"{made.draws:,}", seed=made.seed))
    return [el("span", each) for each in notes]


def _said(goal: GoalForecast) -> str:
    return _("概率 {rounded}", rounded=rounded(goal.probability)) if goal.probability is not None else ""


def _absent(why: str) -> Markup:
    return el("p", why, class_="quiet outlook")



def _amount(amount: Amount, value: float) -> str:
    return amount.text(Decimal(str(round(value))))


def _rounded(probability: float | None) -> str:
    return UNKNOWN if probability is None else rounded(probability)


def _ratio(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return UNKNOWN if value is None else percent(Decimal(str(value)))
