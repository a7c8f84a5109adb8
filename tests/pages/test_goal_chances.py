"""The chances on the goals page and the overview: what is said with evidence and without, what the levers do, and how forecasts have done."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import streamlit as st
from park import Park
from shown import Shown
from streamlit.testing.v1 import AppTest

from analytics.backtest import Record, Trial
from analytics.confidence import Rating
from analytics.forecast import Forecast, GoalForecast, Point
from analytics.forecast_record import Published
from analytics.likelihood import band
from analytics.outlook import Outlook
from pages.goal_outlook import history
from warehouse.here import reader

SCRIPT = "from pages.goals import goals\nfrom pages.choices import carry\nimport streamlit as st\ncarry('goals')\ngoals()\n"
Run = Callable[..., AppTest]
V, DEADLINE = dt.date(2026, 10, 31), dt.date(2027, 12, 31)


@pytest.fixture
def run(read_only: Park) -> Iterator[Run]:
    st.cache_data.clear()
    reader.cache_clear()

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_string(SCRIPT, default_timeout=60)
        for name, text in parameters.items():
            app.query_params[name] = text
        app.run()
        assert [each.message for each in app.exception] == []
        return app

    yield opened
    st.cache_data.clear()
    reader.cache_clear()


def shown(app: AppTest) -> Shown:
    return Shown(html="\n".join(str(each.proto.body) for each in app.get("html") if not each.proto.body.startswith("<style>")))


def goal(goal_id: str = "g2", *, probability: float | None = 0.72, events: int = 11) -> GoalForecast:
    path = (Point(on=DEADLINE, low=27, middle=34, high=42, planned=30, on_plan=probability),)
    return GoalForecast(goal_id=goal_id, metric_id="g2_pilot", target=30, now=14, probability=probability, limiting="small", raises=0.09, events=events, path=path)


def outlook(*goals: GoalForecast, months: float = 13, before: float | None = None, rating: Rating | None = None, word: float | None = None) -> Outlook:
    made = Forecast(as_of=V, deadline_on=DEADLINE, months=months, method="pipeline-1", seed=2027, draws=5000, goals=goals, joint=0.11, joint_of=("g2",))
    earlier = Published(at=dt.datetime(2026, 10, 9, tzinfo=dt.UTC), forecast=replace(made, as_of=dt.date(2026, 9, 30), goals=(goal(probability=before),)))
    bands = {each.goal_id: band(word if word is not None else each.probability) for each in goals if each.probability is not None and made.is_enough(each)}
    return Outlook(forecast=made, bands=bands, before=earlier if before is not None else None, is_kept=True, ratings={"C06": rating} if rating else {})


@pytest.fixture
def said(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[Outlook | None], str]:
    """The page of goal 2 with this outlook, in words."""
    def text(told: Outlook | None) -> str:
        monkeypatch.setattr("pages.goal_chances.outlook", lambda cursor, as_of: told)
        st.cache_data.clear()
        return shown(run(goal="g2")).text

    return text


Say = Callable[[Outlook | None], str]
RED = Rating(task_id="RW-1", confidence="red", note="场地未落实", remedy="专班每周调度", name_zh="工信和数据局", name_en="Bureau")


def test_a_chance_is_a_word_with_its_band_a_rounded_number_a_range_and_what_limits_it(said: Say) -> None:
    text = said(outlook(goal(), before=0.58))
    assert "达到目标的可能 较可能（60–80%） 概率 约 70%" in text
    assert "期末预计（中位数） 34 项 八成把握在 27–42 之间 目标 30 项" in text
    assert "限制环节 小试 → 中试 这一环快两成，概率提高约 9 个百分点 至今已见 11 次" in text
    assert "上期（截至 2026-09-30）：约 60%。" in text and "中试同时达到：约 10%" in text
    assert "方法 pipeline-1" in text and "5,000 次，种子 2027" in text


@pytest.mark.parametrize(("told", "why"), [
    (outlook(goal(events=4)), "限制环节至今只见 4 次，不足 5 次"), (outlook(goal(), months=5.9), "基准日以来的数据不满 6 个月")])
def test_without_evidence_no_word_and_no_number_is_given(said: Say, told: Outlook, why: str) -> None:
    text = said(told)
    assert f"达到目标的可能 证据不足 {why}" in text
    assert "概率 约" not in text and "同时达到：" not in text


def test_a_word_that_was_kept_says_why(said: Say) -> None:
    assert "较可能（60–80%） 概率 约 60% 按现有数据属“难定”；未越过界限五个百分点" in said(outlook(goal(probability=0.58), word=0.63))


def test_the_rating_of_those_in_charge_stands_beside_with_its_reason_where_it_differs(said: Say) -> None:
    differing = "责任单位的信心 红 工信和数据局，任务 RW-1 与模型不同，理由：场地未落实 回到绿色的措施：专班每周调度"
    assert differing in said(outlook(goal(), rating=RED))
    assert "与模型不同，理由：未填" in said(outlook(goal(), rating=replace(RED, note=None)))
    agreeing = said(outlook(goal(probability=0.1), rating=RED))
    assert "说明：场地未落实" in agreeing and "与模型不同" not in agreeing
    assert "责任单位的信心 — 任务分解中未填信心评级" in said(outlook(goal()))


def test_without_a_forecast_the_page_says_why(said: Say) -> None:
    assert "不作预测。" in said(None)


def test_a_part_a_zone_and_milestones_have_no_forecast(run: Run) -> None:
    assert "预测只对本目标的首要读数" in shown(run(zone="chem")).text
    assert "预测只对本目标的首要读数" in shown(run(part="g1_poc_only")).text
    assert "里程碑逐项核实" in shown(run(goal="g5")).text


def test_the_figure_carries_the_fan_and_its_words(run: Run) -> None:
    drawn = [json.loads(each.proto.spec) for each in run().get("plotly_chart")]
    names = [trace.get("name") for figure in drawn for trace in figure["data"]]
    assert "预测 P10–P90" in names and "预测中位数" in names
    of_a_zone = [json.loads(each.proto.spec) for each in run(zone="chem").get("plotly_chart")]
    assert "预测中位数" not in [trace.get("name") for figure in of_a_zone for trace in figure["data"]]


def middles(app: AppTest) -> list[str]:
    return [row[4] for row in shown(app).table("如果这样")[1:4]]


def test_a_slider_writes_its_place_into_the_url_and_moves_the_chances(run: Run) -> None:
    app = run()
    before = middles(app)
    [slider] = [each for each in app.select_slider if each.label == "每月新增项目"]
    slider.set_value("100").run()
    assert [each.message for each in app.exception] == []
    assert app.query_params["arrivals"] in ("100", ["100"])
    after = middles(app)
    number = [float(re.sub("[^0-9.]", "", each)) for each in (before[0], after[0])]
    assert number[1] > number[0] + 1
    app.button(key="whatif-reset").click().run()
    assert "arrivals" not in app.query_params and middles(app) == before


def test_a_link_opens_what_was_imagined_and_a_wrong_place_is_said(run: Run) -> None:
    app = run(small_stay="-30")
    assert next(each for each in app.select_slider if each.label == "小试：平均停留").value == "-30"
    assert "没有这个小试：平均停留" in shown(run(small_stay="7")).text


def trial(actual: float) -> Trial:
    return Trial(goal_id="g2", made_of=dt.date(2026, 7, 31), on=V, low=12, middle=14, high=16, planned=14, said=0.56, actual=actual)


def test_forecasts_are_held_against_what_came_with_the_caveat_of_invented_data() -> None:
    text = Shown(html=history(Record(forecasts=2, published=(trial(15),), backtest=(trial(15), trial(11))), is_demo=True)).text
    assert "中试 1 0.194 100.0%" in text and "中试 2 0.254 50.0%" in text
    assert "数据是虚构的" in text and "40–60% 2 56.0% 1/2" in text
    real = Shown(html=history(Record(forecasts=2, published=(), backtest=()), is_demo=False)).text
    assert "已留存 2 期预测" in real and "虚构" not in real and "才有回测" in real


def test_the_overview_says_the_word_of_each_goal(overview: Shown) -> None:
    assert overview.text.count("到期达到目标") == 4


def test_an_older_day_is_forecast_from_what_had_happened_by_then(run: Run) -> None:
    text = shown(run(as_of="2026-08-31")).text
    assert "到 2027-12-31 的预测" in text and "上期" not in text
