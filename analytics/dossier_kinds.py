"""The kinds of things that have a dossier: one declaration each, from which page, search and links follow. Persons are none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from language import N_


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that dossier_sql/<kind>.sql tells: in a sentence `said` holds {x}, in a list of facts it is the heading.

    How it is written follows from the column: `_on` a day (with its `_precision`), `_cny` money, `_share` per cent, `_m2` an area. `words`: “feed.column”
    whose vocabulary a code is of, or “state” for one of STATES.
    """

    said: str
    column: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of thing. `register`: table, id, name, English name; `counted`: which rows of mart.contribution are its own; `sentence`: its state today, clause by
    clause, those that are unknown left out; `facts`: what else one would ask; `pages`: where else it is shown, with the choices that lead there, {id} among them."""

    title: str
    register: tuple[str, str, str, str]
    counted: str
    sentence: Sequence[Part]
    facts: Sequence[Part]
    pages: Sequence[tuple[str, Mapping[str, str]]] = ()


def part(said: str, column: str, words: str = "") -> Part:
    return Part(said=said, column=column, words=words)


STATES = {"landed": N_("已落地"), "signed": N_("已签约、未落地"), "listed": N_("已登记、未签约")}  # of an outcome
ZONE, LISTED = part(N_("在{x}"), "zone"), part(N_("登记截至"), "listed_on")
MONEY = (part(N_("贷款余额 {x}"), "loans_cny"), part(N_("先投后股未转股 {x}"), "deals_cny"), part(N_("基金投资成本 {x}"), "funds_cny"))

KINDS = {
    "project": Kind(
        title=N_("项目"), register=("core.project", "project_id", "project_name", "project_name"), counted="c.entity_kind = 'project' AND c.entity_id = $id",
        sentence=(part("{x}", "status", "projects.status"), part(N_("处于{x}"), "stage"), part(N_("{x} 进入"), "entered_on"), ZONE),
        facts=(
            part(N_("承担单位"), "lead_org_name"), part(N_("根项目"), "root_project_id"), part(N_("技术方向"), "direction"),
            part(N_("攻关类别"), "research_class", "projects.research_class"), part(N_("技术成熟度"), "trl"), part(N_("立项日期"), "approved_on"),
            part(N_("立项文号"), "approval_no"), LISTED)),
    "organization": Kind(
        title=N_("主体"), register=("core.organization", "org_id", "org_name", "org_name"),
        counted="(c.org_id = $id AND c.entity_kind <> 'fund' OR c.entity_kind = 'organization' AND c.entity_id = $id)",
        sentence=(
            part("{x}", "org_kind", "organizations.org_kind"), ZONE, part(N_("{x} 迁出"), "moved_out_on"), part(N_("承担项目 {x} 个"), "projects"),
            part(N_("落地成果 {x} 项"), "outcomes"), part(N_("近十二个月产值 {x}"), "output_cny"), *MONEY),
        facts=(
            part(N_("企业集团"), "group_name"), part(N_("来源"), "origin", "organizations.origin"), part(N_("龙头企业"), "is_leading", "organizations.is_leading"),
            part(N_("在租面积"), "leased_m2"), part(N_("行业代码"), "industry_code"), part(N_("成立日期"), "founded_on"), part(N_("入驻日期"), "moved_in_on"), LISTED)),
    "group": Kind(
        title=N_("企业集团"), register=("(SELECT DISTINCT group_name FROM core.organization WHERE group_name IS NOT NULL)", "group_name", "group_name", "group_name"),
        counted="c.org_id IN (SELECT o.org_id FROM core.organization AS o WHERE o.group_name = $id)", sentence=(part(N_("主体库中成员 {x} 家"), "members"), *MONEY),
        facts=()),
    "outcome": Kind(
        title=N_("成果"), register=("core.outcome", "outcome_id", "outcome_name", "outcome_name"), counted="c.entity_kind = 'outcome' AND c.entity_id = $id",
        sentence=(part("{x}", "state", "state"), part("{x}", "state_on"), part(N_("由{x}实施"), "implementer"), ZONE),
        facts=(
            part(N_("所属项目"), "project_name"), part(N_("权属类型"), "right_kind", "outcomes.right_kind"), part(N_("转化方式"), "route", "outcomes.route"),
            part(N_("技术合同登记号"), "contract_no"), part(N_("落地佐证"), "landing_proof", "outcomes.landing_proof"),
            part(N_("待佐证"), "is_pending", "organizations.is_leading"), part(N_("作废"), "is_void", "organizations.is_leading"))),
    "fund": Kind(
        title=N_("基金"), register=("core.fund_version", "fund_id", "arg_max(fund_name, valid_from)", "arg_max(fund_name, valid_from)"),
        counted="(c.entity_kind = 'fund' AND c.entity_id = $id OR c.entity_kind = 'position' AND starts_with(c.entity_id, $id || '/'))",
        sentence=(
            part(N_("{x}基金"), "fund_kind", "funds.fund_kind"), part(N_("{x}期"), "status", "funds.status"), part(N_("认缴 {x}"), "committed_cny"),
            part(N_("实缴 {x}"), "paid_in_cny"), part(N_("已投 {x}"), "invested_cny"), part(N_("持有 {x} 家"), "positions")),
        facts=(
            part(N_("管理人"), "manager"), part(N_("持仓公允价值"), "fair_cny"), part(N_("已分配"), "distributed_cny"), part(N_("设立日期"), "established_on"),
            part(N_("容亏率上限"), "loss_tolerance_share"), part(N_("单项目上限"), "single_project_cap_share"), LISTED),
        pages=[("funds", {"view": "funds", "fund": "{id}"})]),
    "platform": Kind(
        title=N_("平台"), register=("core.platform_version", "platform_id", "arg_max(platform_name, valid_from)", "arg_max(platform_name, valid_from)"),
        counted="c.entity_kind IN ('platform', 'platform_body') AND c.entity_id = $id",
        sentence=(
            part("{x}", "platform_kind", "platforms.platform_kind"), part("{x}", "status", "platforms.status"), ZONE, part(N_("由{x}牵头"), "lead_org_name")),
        facts=(
            part(N_("级别"), "level", "platforms.level"), part(N_("投用日期"), "opened_on"), part(N_("垂直领域"), "field_name"),
            part(N_("共建单位"), "partner_names"), part(N_("设备原值"), "equipment_cny"), part(N_("服务收入"), "service_income_cny"),
            part(N_("服务次数"), "services"), part(N_("中试车间数"), "pilot_workshops"), part(N_("占用车间数"), "occupied_workshops"), LISTED)),
    "premise": Kind(
        title=N_("空间单元"),
        register=(
            "core.premise_version", "unit_id", "arg_max(building_name, valid_from) || ' ' || unit_id", "arg_max(building_name, valid_from) || ' ' || unit_id"),
        counted="c.entity_kind = 'premise' AND c.entity_id = $id",
        sentence=(
            part("{x}", "status", "premises.status"), part("{x}", "main_use", "premises.main_use"), ZONE, part(N_("可租 {x}"), "lettable_m2"),
            part(N_("已租 {x}"), "let_m2")),
        facts=(part(N_("建筑面积"), "built_m2"), part(N_("投用日期"), "opened_on"), LISTED)),
    "deal": Kind(
        title=N_("先投协议"), register=("core.invest_first_deal_version", "agreement_id", "agreement_id", "agreement_id"),
        counted="c.entity_kind IN ('deal', 'agreement') AND c.entity_id = $id",
        sentence=(part(N_("现为“{x}”"), "status", "invest_first_deals.status"), part(N_("{x} 签约"), "signed_on"), part(N_("未转股本金 {x}"), "principal_cny")),
        facts=(
            part(N_("约定触发条件"), "trigger_terms"), part(N_("投前估值"), "pre_money_cny"), part(N_("折扣"), "discount_share"),
            part(N_("转股比例"), "converted_share"), LISTED),
        pages=[("funds", {"view": "invest_first", "deal": "{id}"})]),
    "loan": Kind(
        title=N_("贷款合同"), register=("core.loan_version", "contract_id", "contract_id", "contract_id"), counted="c.entity_kind = 'loan' AND c.entity_id = $id",
        sentence=(
            part("{x}", "product", "loans.product"), part(N_("余额 {x}"), "balance_cny"), part(N_("五级分类：{x}"), "risk_grade", "loans.risk_grade"),
            part(N_("{x} 到期"), "due_on")),
        facts=(
            part(N_("合同金额"), "contract_cny"), part(N_("银行分担"), "bank_share"), part(N_("担保分担"), "guarantor_share"), part(N_("补偿池分担"), "pool_share"),
            part(N_("入池"), "is_in_pool", "loans.is_in_pool"), part(N_("放款日期"), "disbursed_on"), LISTED)),
    "task": Kind(
        title=N_("任务"), register=("core.task_version", "task_id", "arg_max(content, valid_from)", "arg_max(content, valid_from)"),
        counted="c.entity_kind = 'task' AND c.entity_id = $id",
        sentence=(part("{x}", "status", "tasks.status"), part(N_("{x} 完成"), "done_on"), part(N_("时限 {x}"), "due_on"), part(N_("由{x}牵头"), "unit")),
        facts=(
            part(N_("条款"), "clause_id"), part(N_("原时限"), "original_due_on"), part(N_("配合单位"), "partner_names"), part(N_("佐证材料编号"), "evidence_id"),
            LISTED)),
    "zone": Kind(
        title=N_("空间"), register=("ref.zone", "zone_id", "name_zh", "name_en"), counted="c.zone_id = $id",
        sentence=(
            part(N_("主体 {x} 家"), "organizations"), part(N_("项目 {x} 个"), "projects"), part(N_("投用平台 {x} 个"), "platforms"),
            part(N_("已投用载体 {x}"), "built_m2")),
        facts=(part(N_("功能定位"), "function"),), pages=[("zones", {"zone": "{id}"}), ("platforms", {"zone": "{id}"})]),
    "department": Kind(
        title=N_("部门"), register=("ref.department", "department_id", "name_zh", "name_en"), counted="c.department_id = $id",
        sentence=(
            part(N_("牵头任务 {x} 项"), "tasks"), part(N_("完成 {x} 项"), "done"), part(N_("逾期 {x} 项"), "overdue"),
            part(N_("议定事项未办结 {x} 项"), "open_resolutions")),
        facts=(part(N_("职责"), "duty"), part(N_("议定事项"), "resolutions")),
        pages=[("tasks", {"department": "{id}"}), ("clauses", {"department": "{id}"}), ("quality", {"department": "{id}"})]),
}
COUNTED_AS = {"agreement": "deal", "platform_body": "platform"}  # what the contributions call a thing that has its dossier under another name


def kind_of(entity_kind: str) -> str | None:
    """The kind whose dossier tells of what a row counts; None where there is none."""
    kind = COUNTED_AS.get(entity_kind, entity_kind)
    return kind if kind in KINDS else None
