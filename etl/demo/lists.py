"""The full lists of the demo park as the promotion centre sends them: 项目库 and 主体库."""

from __future__ import annotations

from dataclasses import replace

from etl.demo.model import AS_OF, Project, World
from etl.demo.names import SPACES
from etl.demo.park import status_at
from etl.demo.sheets import Row, Sheet, as_written, headed

TRL = {"rd": (2, 3), "poc": (3, 4), "small": (4, 6), "pilot": (6, 7), "landed": (7, 8), "industrial": (9, 9)}
CONTACTS = "甲乙丙丁戊己庚辛"
PROJECT_HEADINGS = ("序号|项目编号|上级项目编号|项目名称|承担单位|统一社会信用代码|承载区|技术方向|技术成熟度(TRL1-9)|攻关类别|"
                    "参与角色|技术经理人编号|立项日期|立项文号|项目状态|联系人|联系电话|备注")
PROJECT_GROUPS = {"承担单位情况": "承担单位|统一社会信用代码", "立项情况": "立项日期|立项文号", "联系方式": "联系人|联系电话"}
PADDED = {"序号": "序\n号", "项目编号": "项  目\n编  号", "承载区": "承 载 区", "项目名称": "项目名称*"}
ORG_HEADINGS = ("统一社会信用代码|名称|主体类型|行业代码(GB/T4754)|企业集团|来源|龙头企业|依托龙头代码|新四军|所在空间|"
                "成立日期|入驻日期|毕业日期|迁出日期|经度|纬度|坐标系")
APPROVED = PROJECT_HEADINGS.split("|").index("立项日期")


def projects(world: World, delivery: int) -> Sheet:
    """项目库 as of the delivery's month. In September one approval date cannot be, and the list has a two-row heading."""
    listed = [project for project in world.projects if project.told <= delivery]
    rows = [_project(world, project, delivery, number) for number, project in enumerate(listed, start=1)]
    if delivery == 2:
        rows[40] = (*rows[40][:APPROVED], "2026-13-09", *rows[40][APPROVED + 1:])
    as_of = AS_OF[delivery - 1]
    sheet = Sheet(name=f"{as_of.month}月", title="“甘智汇”科创园科研与转化项目库（演示）", rows=tuple(rows),
                  stated=("填报单位：科技创新促进中心（盖章）", f"截至{as_of.year}年{as_of.month}月{as_of.day}日"),
                  headings=headed(PROJECT_HEADINGS, PROJECT_GROUPS if delivery == 2 else None),
                  total=("合计", f"{len(rows)}项"), footers=("填表人：演示甲          审核人：演示乙",),
                  words=("项目状态", "在研", "暂停", "完成", "终止", "作废"))
    if delivery == 1:
        return replace(sheet, headings=tuple((group, PADDED.get(text, text)) for group, text in sheet.headings))
    return sheet


def organizations(world: World, delivery: int) -> Sheet:
    """主体库 as of the delivery's month, without title: its date is in the file's name."""
    yes = ("否", "是")
    rows: list[Row] = []
    for number, org in enumerate((org for org in world.orgs if org.told <= delivery), start=1):
        space = SPACES[org.zone][number % len(SPACES[org.zone])] if org.zone else None
        longitude, latitude = org.place or (None, None)
        rows.append((
            org.code, org.name, org.kind, org.industry, org.group, org.origin, yes[org.is_leading], org.leading_code,
            yes[org.is_fourth_army], space, as_written(org.founded_on, 5), as_written(org.moved_in_on, number % 3),
            as_written(org.graduated_on, 5), as_written(org.moved_out_on, 5), longitude, latitude, org.datum,
        ))
    return Sheet(headings=headed(ORG_HEADINGS), rows=tuple(rows))


def _project(world: World, project: Project, delivery: int, number: int) -> Row:
    as_of = AS_OF[delivery - 1]
    mine = (event for event in world.events if event.project_id == project.project_id)
    events = tuple(event for event in mine if not event.is_void and event.on <= as_of)
    entered = [event for event in events if event.kind in ("enter", "reenter")]
    stage = max(entered, key=lambda event: event.on).stage if entered else "rd"
    spaces = SPACES[project.zone_at(delivery)]
    return (
        number, project.project_id, project.parent_id, project.name, project.org.name,
        project.org.code if project.is_org_coded else None, spaces[number % len(spaces)], project.direction,
        TRL[stage][project.is_mature], project.research, project.roles, project.manager_id,
        as_written(project.approved_on, number), project.approval_no, status_at(project, events, delivery),
        f"演示{CONTACTS[number % 8]}", f"1390000{number % 40 + 1:04d}",
        "本月调整承载区" if project.moved and delivery == project.moved[0] else None,
    )
