"""What departments' lines tell of a thing and whom they name: one declaration per core table, from which dossiers get timeline, links and wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from language import N_


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that a line says happened. `on`: its date column, `_precision` beside it; `said`: with {stage}, {word} and {thing}; `when`: of which lines.

    `is_ahead`: a term or a plan, which may lie in the future.
    """

    on: str
    said: str
    when: str = "true"
    precision: str = ""
    is_ahead: bool = False


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The lines of one core table, `t`. `names`: whom they name, “kind” or “kind:as what” to a column; `key`: columns of the feed by which a line is known.

    `word`: a column whose code has a word in the feed; `thing`: a text the department wrote; `amount_cny`: what the money is, and its column. `sources`: list of
    row ids. `since`: from when the line speaks, where that is no date of its facts. `versions`: of a list that changes, what stays the same from version to version.
    `is_series`: figures month by month, which are read together.
    """

    table: str
    feed: str
    key: Sequence[str]
    facts: Sequence[Fact]
    names: Mapping[str, str]
    word: str = ""
    thing: str = ""
    stage: str = ""
    number: str = ""
    amount: tuple[str, str] = ("", "")
    sources: str = "t.source_row_ids"
    when: str = "true"
    since: str = ""
    joins: str = ""
    versions: str = ""
    is_series: bool = False

    @property
    def is_list(self) -> bool:
        """Whether the feed says how things stand from time to time, and not what happened once."""
        return bool(self.versions) or self.feed in ("projects", "organizations")

    def columns(self, kind: str) -> list[str]:
        """Where a thing of this kind is named."""
        return [column for role, column in self.names.items() if role.split(":")[0] == kind]


def fact(on: str, said: str, *, when: str = "true", precision: str = "", is_ahead: bool = False) -> Fact:
    """`on` without a table is a column of `t`."""
    return Fact(on=on, said=said, when=when, precision=precision or f"t.{on.removesuffix('_on')}_precision", is_ahead=is_ahead)


EVENTS = {"enter": N_("进入{stage}"), "pass": N_("通过{stage}"), "fail": N_("{stage}未通过"), "suspend": N_("{stage}暂停"), "resume": N_("{stage}恢复"),
          "regress": N_("从{stage}退回"), "terminate": N_("在{stage}终止"), "withdraw": N_("从{stage}撤回"), "reenter": N_("重新进入{stage}"),
          "transfer": N_("{stage}阶段迁移场所")}
LISTED_PLACE = "LEFT JOIN core.{0}_place AS z ON z.{1} = t.{1} AND z.valid_from <= $v AND (z.valid_until IS NULL OR z.valid_until > $v)"

FACTS = (
    Lines(
        table="core.project", feed="projects", key=("project_id",), sources="[t.row_id]", facts=(fact("approved_on", N_("立项")),),
        joins=LISTED_PLACE.format("project", "project_id"), number="t.approval_no",
        names={"project": "t.project_id", "project:root": "t.root_project_id", "organization:lead": "t.lead_org_id", "zone": "z.zone_id"}),
    Lines(
        table="core.stage_event", feed="stage_events", key=("event_id",), sources="[t.row_id]", when="NOT t.is_void", word="cause", stage="t.stage_id",
        facts=[fact("occurred_on", said, when=f"t.event_type = '{event}'") for event, said in EVENTS.items()],
        names={"project": "t.project_id", "project:root": "t.root_project_id", "zone": "t.own_zone_id"}, number="t.event_id"),
    Lines(
        table="core.outcome", feed="outcomes", key=("outcome_id",), when="NOT t.is_void",
        facts=(fact("signed_on", N_("签约转化")), fact("landed_on", N_("落地"))), word="route", number="t.contract_no",
        names={"outcome": "t.outcome_id", "project": "t.project_id", "organization:implementer": "t.implementer_org_id", "zone": "t.zone_id"}),
    Lines(
        table="core.output_month", is_series=True, feed="output_values", key=("org_id", "outcome_id", "calibre", "period_to"),
        facts=(fact("period_to", N_("产值"), precision="'M'"),), word="calibre", amount=(N_("金额"), "t.amount_cny"),
        names={"organization": "t.org_id", "outcome": "t.outcome_id"}),
    Lines(
        table="core.organization", feed="organizations", key=("org_id",), sources="[t.row_id]",
        joins="JOIN raw.organizations AS r ON r.row_id = t.row_id " + LISTED_PLACE.format("organization", "org_id"),
        facts=[fact(f"r.{on}", said, precision=f"r.{on.removesuffix('_on')}_precision") for on, said in (
            ("founded_on", N_("成立")), ("moved_in_on", N_("入驻")), ("graduated_on", N_("毕业")), ("moved_out_on", N_("迁出")))],
        names={"organization": "t.org_id", "organization:leading": "r.leading_org_id", "group": "t.group_name", "zone": "z.zone_id"}),
    Lines(
        table="core.fund_version", versions="department_id, sender, fund_id", feed="funds", key=("fund_id",),
        facts=(fact("established_on", N_("基金设立")),), word="fund_kind", amount=(N_("认缴"), "t.committed_cny"),
        names={"fund": "t.fund_id", "organization:manager": "t.manager_org_id"}),
    Lines(
        table="core.fund_commitment_version", versions="department_id, sender, fund_id, investor_org_id", feed="fund_commitments", key=("fund_id", "investor_org_id"),
        facts=(fact("valid_from", N_("出资名单：{thing}认缴"), precision="'D'"),), thing="t.investor_name", word="investor_kind",
        amount=(N_("认缴"), "t.committed_cny"),
        names={"fund": "t.fund_id", "organization:investor": "t.investor_org_id"}),
    Lines(
        table="core.fund_cashflow", feed="fund_cashflows", key=("flow_id",),
        facts=(fact("paid_on", N_("基金流水：{word}")),), word="flow_kind", stage="t.stage_id", number="t.flow_id", amount=(N_("金额"), "t.amount_cny"),
        names={"fund": "t.fund_id", "organization:counterparty": "t.counterparty_org_id", "project": "t.project_id"}),
    Lines(
        table="core.fund_valuation", is_series=True, feed="fund_valuations", key=("fund_id", "valued_on", "investee_org_id"),
        facts=(fact("valued_on", N_("基金持仓估值")),), amount=(N_("公允价值"), "t.fair_value_cny"),
        names={"fund": "t.fund_id", "organization:investee": "t.investee_org_id"}),
    Lines(
        table="core.invest_first_deal_version", versions="agreement_id", feed="invest_first_deals", key=("agreement_id",), number="t.agreement_id",
        facts=(
            fact("signed_on", N_("先投后股：签约")), fact("triggered_on", N_("先投后股：触发转股条件")), fact("converted_on", N_("先投后股：转股")),
            fact("registered_on", N_("先投后股：工商变更"))),
        names={"deal": "t.agreement_id", "project": "t.project_id", "organization:firm": "t.org_id", "organization:holder": "t.holder_org_id"}),
    Lines(
        table="core.invest_first_flow", feed="invest_first_flows", key=("flow_id",),
        facts=(fact("paid_on", N_("先投后股：{word}")),), word="flow_kind", number="t.flow_id", amount=(N_("金额"), "t.amount_cny"),
        joins="LEFT JOIN core.invest_first_last AS d ON d.agreement_id = t.agreement_id",
        names={"deal": "t.agreement_id", "project": "d.project_id", "organization:firm": "d.org_id"}),
    Lines(
        table="core.loan_version", versions="department_id, sender, contract_id", feed="loans", key=("contract_id",),
        facts=(fact("disbursed_on", N_("科技信贷：放款")), fact("due_on", N_("科技信贷：到期"), is_ahead=True)), word="product", number="t.contract_id",
        amount=(N_("合同金额"), "t.contract_cny"),
        names={
            "loan": "t.contract_id", "organization:borrower": "t.borrower_org_id", "organization:lender": "t.lender_org_id",
            "organization:guarantor": "t.guarantor_org_id"}),
    Lines(
        table="core.risk_pool_entry", feed="risk_pool", key=("entry_id",),
        facts=(fact("occurred_on", N_("风险补偿金：{word}")),), word="entry_kind", number="t.entry_id", amount=(N_("金额"), "t.amount_cny"),
        joins="LEFT JOIN core.loan AS d ON d.contract_id = t.contract_id", names={"loan": "t.contract_id", "organization:borrower": "d.borrower_org_id"}),
    Lines(
        table="core.insurance_version", versions="department_id, sender, policy_no", feed="insurances", key=("policy_no",),
        facts=(fact("starts_on", N_("科技保险：起保")), fact("ends_on", N_("科技保险：期满"), is_ahead=True)), word="risk_kind", number="t.policy_no",
        amount=(N_("保额"), "t.insured_cny"),
        names={"organization:insured": "t.insured_org_id", "organization:insurer": "t.insurer_org_id"}),
    Lines(
        table="core.platform_version", versions="platform_id", feed="platforms", key=("platform_id",),
        facts=(fact("opened_on", N_("平台投用")),), word="platform_kind",
        names={"platform": "t.platform_id", "organization:operator": "t.lead_org_id", "zone": "t.zone_id"}),
    Lines(
        table="core.service_case", feed="service_cases", key=("case_id",),
        facts=(fact("accepted_on", N_("一体化服务受理")), fact("closed_on", N_("一体化服务办结"))), word="service_kind", number="t.case_id",
        names={"organization:applicant": "t.applicant_org_id"}),
    Lines(
        table="core.premise_version", versions="unit_id", feed="premises", key=("unit_id",), facts=(fact("opened_on", N_("载体投用")),), word="main_use",
        names={"premise": "t.unit_id", "zone": "t.zone_id"}),
    Lines(
        table="core.lease_version", versions="lease_id", feed="leases", key=("lease_id",),
        facts=(fact("starts_on", N_("起租")), fact("ends_on", N_("租约到期"), is_ahead=True)), number="t.lease_id",
        names={"organization:tenant": "t.tenant_org_id", "premise": "t.unit_id", "zone": "t.zone_id", "deal": "t.agreement_id"}),
    Lines(
        table="core.space_request", feed="space_requests", key=("request_id",),
        facts=(fact("requested_on", N_("申请场所")), fact("met_on", N_("场所需求满足"))), word="need_kind", number="t.request_id",
        names={"organization:applicant": "t.applicant_org_id", "premise": "t.unit_id", "zone": "t.zone_id"}),
    Lines(
        table="core.tech_contract", feed="tech_contracts", key=("contract_no",),
        facts=(fact("signed_on", N_("登记技术合同")),), word="contract_kind", number="t.contract_no", amount=(N_("成交额"), "t.turnover_cny"),
        names={"organization:seller": "t.seller_org_id", "organization:buyer": "t.buyer_org_id", "outcome": "t.outcome_id"}),
    Lines(
        table="core.first_use", feed="first_uses", key=("product_id",),
        facts=(fact("recognised_on", N_("认定为五首：{thing}")), fact("first_used_on", N_("首次应用：{thing}"))), word="product_kind", thing="t.product_name",
        number="t.product_id", amount=(N_("采购"), "t.purchase_cny"),
        names={"organization:maker": "t.maker_org_id", "organization:user": "t.user_org_id", "outcome": "t.outcome_id"}),
    Lines(
        table="core.scenario_version", versions="scenario_id", feed="scenarios", key=("scenario_id",), thing="t.scenario_name", word="scenario_kind",
        number="t.scenario_id",
        facts=(
            fact("published_on", N_("发布或认定：{thing}")), fact("taken_up_on", N_("揭榜：{thing}")), fact("landed_on", N_("场景落地：{thing}")),
            fact("valid_until_on", N_("有效期至：{thing}"), is_ahead=True)),
        names={"organization": "t.org_id"}),
    Lines(
        table="core.surplus_equity", feed="surplus_equity", key=("investment_id",),
        facts=(fact("approved_on", N_("横向结余经费入股")),), number="t.approval_no", amount=(N_("入股"), "t.equity_cny"),
        names={"organization:academy": "t.org_id", "organization:firm": "t.firm_org_id", "project": "t.project_id"}),
    Lines(
        table="core.lead_version", versions="department_id, sender, lead_id", feed="leads", key=("lead_id",), thing="t.project_name", number="t.lead_id",
        facts=(fact("found_on", N_("招引线索：{thing}")), fact("signed_on", N_("招引签约：{thing}")), fact("moved_in_on", N_("招引入驻：{thing}"))),
        names={"project": "t.project_id", "zone": "t.zone_id"}),
    Lines(
        table="core.policy_step", feed="policies", key=("item_id", "step"),
        facts=(fact("step_on", N_("{thing}：{word}")),), word="step", thing="t.item_name", number="t.document_no",
        names={"department": "t.responsible_department_id"}),
    Lines(
        table="core.task_version", versions="department_id, sender, task_id", feed="tasks", key=("task_id",), number="t.task_id", since="DATE '1900-01-01'",
        facts=(fact("due_on", N_("任务时限"), is_ahead=True), fact("done_on", N_("任务完成"))),
        names={"task": "t.task_id", "task:parent": "t.parent_task_id", "department": "t.responsible_department_id"}),
    Lines(
        table="core.resolution", feed="meetings", key=("resolution_id",), thing="t.resolution", number="t.resolution_id",
        facts=(
            fact("met_on", N_("联席会议议定：{thing}")), fact("due_on", N_("议定事项时限：{thing}"), is_ahead=True), fact("closed_on", N_("议定事项办结：{thing}"))),
        names={"department": "t.responsible_department_id", "task": "t.task_id"}),
)
ROLES = {"root": N_("根项目"), "lead": N_("承担单位"), "implementer": N_("实施单位"), "leading": N_("依托龙头"), "manager": N_("基金管理人"), "investor": N_("出资人"),
         "counterparty": N_("交易对方"), "investee": N_("被投企业"), "firm": N_("企业"), "holder": N_("代持单位"), "borrower": N_("借款企业"), "lender": N_("金融机构"),
         "guarantor": N_("担保机构"), "insured": N_("投保企业"), "insurer": N_("保险机构"), "operator": N_("牵头单位"), "applicant": N_("申请主体"),
         "tenant": N_("承租单位"), "seller": N_("卖方"), "buyer": N_("买方"), "maker": N_("研制单位"), "user": N_("应用单位"), "academy": N_("高校院所"),
         "parent": N_("上级任务")}
