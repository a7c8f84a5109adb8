"""Projects that events tell of and no list has named are counted, and told of once, with who told of them."""

from __future__ import annotations

from park import FOLDERS, Park, sample

CENTRE = FOLDERS["D08"]
TOLD = "不在项目库中"


def test_projects_nobody_has_listed_are_told_of_once_by_department(empty: Park) -> None:
    events = sample("stage_events")
    empty.send(f"{CENTRE}/项目库.csv", sample("projects"))
    empty.send(f"{CENTRE}/阶段事件.csv", events)
    first = empty.refresh().said
    listed = {row["项目编号"] for row in sample("projects").rows}
    assert (TOLD in first) is bool({row["项目编号"] for row in events.rows} - listed)
    one, two = ((events.only("SJ-0001").but("SJ-0001", 事件编号=f"SJ-9{each}", 项目编号=project)) for each, project in (("1", "P-X1"), ("2", "P-X\x1b2")))
    empty.send(f"{CENTRE}/又一件.csv", one)
    empty.send("工信和数据局/阶段事件.csv", two)
    said = empty.refresh().said
    assert ("阶段事件（已计入，待建档）\n  2 个项目有事件而不在项目库中，各按自成一项计入：" in said
            and "工信和数据局 1 个（P-X<001B>2）" in said and "科技创新促进中心 1 个（P-X1）" in said and "\n  请：项目编号写错的，" in said)
    empty.send(f"{CENTRE}/再一件.csv", one.but("SJ-91", 事件编号="SJ-93", 项目编号="P-X3"))
    again = empty.refresh().said
    assert "1 个项目有事件而不在项目库中" in again and "P-X3" in again and "P-X1" not in again, "each is told of once"
