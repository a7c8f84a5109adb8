"""Projects that events tell of and no list has named: they count, and the refresh that first meets them says so once."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from etl.report import Report, in_a_line

Unlisted = tuple[str, str]  # department that told of it, project
NAMED = 5  # projects of a department that are named
THERE = "SELECT 1 FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = 'stage_event' AND column_name = 'is_listed'"
FOUND = """SELECT DISTINCT d.name_zh, e.project_id FROM core.stage_event AS e JOIN ref.department AS d USING (department_id)
WHERE NOT e.is_listed AND e.is_counted"""


def unlisted(con: duckdb.DuckDBPyConnection) -> frozenset[Unlisted]:
    """What a snapshot holds of them; nothing where it was made before this was known."""
    return frozenset(con.execute(FOUND).fetchall() if con.execute(THERE).fetchall() else ())


def tell(report: Report, new: frozenset[Unlisted]) -> None:
    """Say how many there are of which department, and what to do."""
    by_department: dict[str, list[str]] = defaultdict(list)
    for department, project in sorted(new):
        by_department[department].append(in_a_line(project))
    parts = [f"{department} {len(projects)} 个（{'、'.join(projects[:NAMED])}{' 等' if len(projects) > NAMED else ''}）"
             for department, projects in by_department.items()]
    if parts:
        report.say("阶段事件（已计入，待建档）", f"{len({project for _, project in new})} 个项目有事件而不在项目库中，各按自成一项计入：{'；'.join(parts)}。",
                   "项目编号写错的，请报送部门更正后重新报送；没有写错的，请项目库的报送部门把它列入项目库。")
