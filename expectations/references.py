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
    table: str
    key: str
    column: str
    heading: str
    target: tuple[str, str, str]
    where: str = "true"


def _of(feed: str, table: str, key: str, *cells: tuple[str, str, tuple[str, str, str]], where: str = "true") -> tuple[Reference, ...]:
    return tuple(Reference(feed=feed, table=table, key=key, column=column, heading=heading, target=target, where=where)
                 for column, heading, target in cells)


REFERENCES: tuple[Reference, ...] = (  # codes of organizations are told by core.org_reference, apart from these two
    *_of("projects", "core.project", "project_id", ("lead_org_id", "承担单位代码", ORGANIZATIONS)),
    *_of("output_values", "core.output_month", "org_id", ("org_id", "统一社会信用代码", ORGANIZATIONS), ("outcome_id", "成果编号", OUTCOMES)),
    *_of("outcomes", "core.outcome", "outcome_id", ("project_id", "项目编号", PROJECTS), ("contract_no", "技术合同登记号", CONTRACTS), where="NOT is_void"),
    *_of("fund_commitments", "core.fund_commitment", "fund_id", ("fund_id", "基金编号", FUNDS)),
    *_of("fund_cashflows", "core.fund_cashflow", "flow_id", ("fund_id", "基金编号", FUNDS), ("project_id", "项目编号", PROJECTS)),
    *_of("fund_valuations", "core.fund_valuation", "fund_id", ("fund_id", "基金编号", FUNDS)),
    *_of("invest_first_deals", "core.invest_first_deal", "agreement_id", ("project_id", "项目编号", PROJECTS)),
    *_of("invest_first_flows", "core.invest_first_flow", "flow_id", ("agreement_id", "协议编号", DEALS)),
    *_of("insurances", "core.insurance", "policy_no", ("investment_flow_id", "联动投资流水号", CASHFLOWS)),
    *_of("leases", "core.lease", "lease_id", ("unit_id", "空间单元编号", UNITS), ("agreement_id", "先投协议编号", DEALS)),
    *_of("space_requests", "core.space_request", "request_id", ("unit_id", "空间单元编号", UNITS)),
    *_of("tech_contracts", "core.tech_contract", "contract_no", ("outcome_id", "成果编号", OUTCOMES), ("manager_id", "经理人编号", MANAGERS)),
    *_of("first_uses", "core.first_use", "product_id", ("outcome_id", "成果编号", OUTCOMES)),
    *_of("surplus_equity", "core.surplus_equity", "investment_id", ("project_id", "项目编号", PROJECTS)),
    *_of("leads", "core.lead", "lead_id", ("project_id", "项目编号", PROJECTS)),
    *_of("policies", "core.policy_step", "item_id", ("clause_id", "条款编号", CLAUSES), ("unit_name", "责任单位", DEPARTMENTS)),
    *_of("tasks", "core.task", "task_id", ("parent_task_id", "上级任务编号", TASKS), ("clause_id", "条款编号", CLAUSES),
         ("unit_name", "牵头单位", DEPARTMENTS)),
    *_of("meetings", "core.resolution", "resolution_id", ("task_id", "关联任务编号", TASKS), ("unit_name", "责任单位", DEPARTMENTS)),
    *_of("appraisals", "core.appraisal", "indicator", ("unit_name", "责任单位", DEPARTMENTS)),
)


def references() -> Iterator[Check]:
    """One warning per feed."""
    for feed, group in groupby(REFERENCES, key=lambda each: each.feed):
        cells = list(group)
        yield Check(
            check_id=f"references_{feed}", dimension="一致性", severity="warning", table=cells[0].table,
            sentence="表里写的编号和代码，在所指的名单或台账里都查得到。",
            action="报送部门：核对是否写错；确属新的，请管该名单的部门补入，补入后本条自消。",
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
