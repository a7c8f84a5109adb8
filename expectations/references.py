"""What one report names must be in another: declared here, column by column; one check per feed is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from expectations.check import Check, Query

ORGANIZATIONS = ("core.organization", "org_id", "主体库")
PROJECTS = ("core.project", "project_id", "项目库")
OUTCOMES = ("core.outcome", "outcome_id", "科技成果")
FUNDS = ("core.fund_version", "fund_id", "基金台账")
DEALS = ("core.invest_first_deal_version", "agreement_id", "先投后股台账")
UNITS = ("core.premise_version", "unit_id", "载体空间")
MANAGERS = ("core.tech_manager_version", "manager_id", "技术经理人")
TASKS = ("core.task_version", "task_id", "任务分解")
CASHFLOWS = ("core.fund_cashflow", "flow_id", "基金流水")
CONTRACTS = ("core.tech_contract", "contract_no", "技术合同")
CLAUSES = ("ref.clause", "clause_id", "条款表")
DEPARTMENTS = ("ref.department_alias", "alias", "部门表")


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A column whose filled cells must be found in a list. `key`: the row's own number; `where`: which rows are looked at."""

    feed: str
    title: str
    table: str
    key: str
    column: str
    heading: str
    target: tuple[str, str, str]
    where: str = "true"


def _of(feed: str, title: str, table: str, key: str, *cells: tuple[str, str, tuple[str, str, str]], where: str = "true") -> tuple[Reference, ...]:
    return tuple(Reference(feed=feed, title=title, table=table, key=key, column=column, heading=heading, target=target, where=where)
                 for column, heading, target in cells)


REFERENCES: tuple[Reference, ...] = (  # codes of organizations are told by core.org_reference, apart from these two
    *_of("projects", "项目库", "core.project", "project_id", ("lead_org_id", "承担单位代码", ORGANIZATIONS)),
    *_of("output_values", "产值", "core.output_month", "org_id", ("org_id", "统一社会信用代码", ORGANIZATIONS), ("outcome_id", "成果编号", OUTCOMES)),
    *_of("outcomes", "科技成果", "core.outcome", "outcome_id", ("project_id", "项目编号", PROJECTS), ("contract_no", "技术合同登记号", CONTRACTS), where="NOT is_void"),
    *_of("fund_commitments", "基金出资", "core.fund_commitment", "fund_id", ("fund_id", "基金编号", FUNDS)),
    *_of("fund_cashflows", "基金流水", "core.fund_cashflow", "flow_id", ("fund_id", "基金编号", FUNDS), ("project_id", "项目编号", PROJECTS)),
    *_of("fund_valuations", "基金估值", "core.fund_valuation", "fund_id", ("fund_id", "基金编号", FUNDS)),
    *_of("invest_first_deals", "先投后股台账", "core.invest_first_deal", "agreement_id", ("project_id", "项目编号", PROJECTS)),
    *_of("invest_first_flows", "先投后股流水", "core.invest_first_flow", "flow_id", ("agreement_id", "协议编号", DEALS)),
    *_of("insurances", "科技保险", "core.insurance", "policy_no", ("investment_flow_id", "联动投资流水号", CASHFLOWS)),
    *_of("leases", "租约", "core.lease", "lease_id", ("unit_id", "空间单元编号", UNITS), ("agreement_id", "先投协议编号", DEALS)),
    *_of("space_requests", "场所需求", "core.space_request", "request_id", ("unit_id", "空间单元编号", UNITS)),
    *_of("tech_contracts", "技术合同", "core.tech_contract", "contract_no", ("outcome_id", "成果编号", OUTCOMES), ("manager_id", "经理人编号", MANAGERS)),
    *_of("first_uses", "五首推广", "core.first_use", "product_id", ("outcome_id", "成果编号", OUTCOMES)),
    *_of("surplus_equity", "横向结余经费入股", "core.surplus_equity", "investment_id", ("project_id", "项目编号", PROJECTS)),
    *_of("leads", "招引项目", "core.lead", "lead_id", ("project_id", "项目编号", PROJECTS)),
    *_of("policies", "制度与申报", "core.policy_step", "item_id", ("clause_id", "条款编号", CLAUSES), ("unit_name", "责任单位", DEPARTMENTS)),
    *_of("tasks", "任务分解", "core.task", "task_id", ("parent_task_id", "上级任务编号", TASKS), ("clause_id", "条款编号", CLAUSES),
         ("unit_name", "牵头单位", DEPARTMENTS)),
    *_of("meetings", "联席会议", "core.resolution", "resolution_id", ("task_id", "关联任务编号", TASKS), ("unit_name", "责任单位", DEPARTMENTS)),
    *_of("appraisals", "绩效考评", "core.appraisal", "indicator", ("unit_name", "责任单位", DEPARTMENTS)),
)


def references() -> Iterator[Check]:
    """One warning per feed."""
    for feed, group in groupby(REFERENCES, key=lambda each: each.feed):
        cells = list(group)
        lists = "、".join(dict.fromkeys(each.target[2] for each in cells))
        title = cells[0].title
        yield Check(
            check_id=f"references_{feed}", dimension="一致性", severity="warning", table=cells[0].table,
            sentence=f"{title}里写的编号和代码在{lists}里都查得到。",
            action=f"报送部门：核对是否写错；确属新的，请管{lists}的部门补入，补入后本条自消。",
            test=Query(sentence="", by="row_id", select="\nUNION ALL\n".join(map(_missing, cells)) + "\nORDER BY ALL",
                       checked="(" + " UNION ALL ".join(f"SELECT t.row_id FROM {_told(each)} AS t" for each in cells) + ")"))


def _told(each: Reference) -> str:
    """The filled cells of a column; one that names several, as in 甲、乙, counts once for each."""
    return (f"(SELECT t.row_id, t.{each.key}::VARCHAR AS key, trim(unnest(regexp_split_to_array(t.{each.column}, '[、，,；;/]'))) AS cell "
            f"FROM {each.table} AS t WHERE t.{each.column} IS NOT NULL AND {each.where})")


def _missing(each: Reference) -> str:
    target, column, name = each.target
    cell = "t.cell" if each.target is not DEPARTMENTS else "lower(translate(t.cell, '（） 　', '()'))"
    return (f"SELECT t.key, '{each.heading} ' || t.cell || ' 不在{name}' AS found, t.row_id FROM {_told(each)} AS t "
            f"WHERE NOT EXISTS (FROM {target} AS d WHERE d.{column} = {cell})")
