"""Who is late, and what may read too low because of it."""

from __future__ import annotations

import datetime as dt

from park import Park, sample

from analytics.reporting import reporting
from analytics.snapshot import about

NEWEST = dt.date(2026, 10, 31)


def test_who_never_reported_is_named_with_the_goals_that_depend_on_it(park: Park) -> None:
    with park.open() as con:
        seen = reporting(con, dt.date(2026, 11, 5), NEWEST)
    industry = next(each for each in seen.late if each.department == "工信和数据局")
    assert (industry.as_of, industry.overdue_days, industry.reports) == (None, 0, ("应用场景与友好单位", "科技成果", "阶段事件"))
    assert industry.goals == ("概念验证及小试项目", "中试项目", "转化落地科技成果", "一核引领、多区联动")
    never = sum(row.as_of is None for row in seen.rows)
    assert 4 <= never < len(seen.rows) and all(row.as_of is None for row in seen.rows[:never])
    assert seen.in_time == len(seen.rows) - never


def test_the_day_after_the_due_day_a_report_is_late(park: Park) -> None:
    with park.open() as con:
        due = min(row.due_on for row in reporting(con, NEWEST, NEWEST).rows if row.due_on)
        in_time, late = (reporting(con, due + dt.timedelta(days=days), NEWEST) for days in (0, 1))
    assert {each.overdue_days for each in in_time.late} == {0}
    days = {each.department: each.overdue_days for each in late.late}
    assert set(days.values()) == {0, 1}
    assert (days["科技创新促进中心"], days["工信和数据局"]) == (1, 1)


def test_one_sender_that_is_late_with_several_reports_is_one_line(home: Park) -> None:
    for feed in ("stage_events", "outcomes"):
        home.send(f"各产业园区管理运营主体/化工园区运营公司/{feed}.csv", sample(feed).as_of("2026年8月31日"))
    home.refresh()
    with home.open() as con:
        late = reporting(con, dt.date(2026, 11, 5), NEWEST).late
    chem = next(each for each in late if each.sender)
    assert (chem.sender, chem.reports, chem.as_of, chem.overdue_days) == ("化工园区运营公司", ("科技成果", "阶段事件"), dt.date(2026, 8, 31), 26)
    assert chem.goals == ("概念验证及小试项目", "中试项目", "转化落地科技成果", "一核引领、多区联动")


def test_a_demonstration_is_judged_on_the_day_of_its_own_clock(park: Park) -> None:
    with park.open() as con:
        seen = about(con)
    assert seen.today == dt.date(2026, 11, 5)
    assert seen.known_at.utcoffset() == dt.timedelta(hours=8)
    assert f"{seen.known_at:%H:%M}" == "12:00"
