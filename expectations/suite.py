"""Every check, as data. Critical: what our own code guarantees. Warning: what a department can cause; it publishes and is shown."""

from __future__ import annotations

from collections.abc import Sequence

from great_expectations.expectations.core.expect_column_pair_values_a_to_be_greater_than_b import (
    ExpectColumnPairValuesAToBeGreaterThanB,
)
from great_expectations.expectations.core.expect_column_value_lengths_to_equal import ExpectColumnValueLengthsToEqual
from great_expectations.expectations.core.expect_column_values_to_be_unique import ExpectColumnValuesToBeUnique
from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull
from great_expectations.expectations.expectation import Expectation

from expectations.agreement import agreement
from expectations.check import Check, Dimension, query
from expectations.references import references
from expectations.refused_rows import refused_rows

_OURS = "系统管理员：本次不发布，先前的一期照常可用；请把本行交开发人员查明原因，修好后重新刷新。"
_FILE = ("file_id", "name")


def _must(check_id: str, dimension: Dimension, table: str) -> Check:
    """A critical check whose SELECT is sql/<check_id>.sql."""
    found = query(check_id)
    return Check(check_id=check_id, dimension=dimension, severity="critical", table=table, sentence=found.sentence, action=_OURS, test=found)


def _column(check_id: str, dimension: Dimension, table: str, key: tuple[str, ...], sentence: str, test: Expectation) -> Check:
    """A critical check that Great Expectations has a word for."""
    return Check(check_id=check_id, dimension=dimension, severity="critical", table=table, sentence=sentence, action=_OURS, test=test, key=key)


def _should(check_id: str, dimension: Dimension, table: str, action: str, owner: str | None = None) -> Check:
    """A warning whose SELECT is sql/<check_id>.sql."""
    found = query(check_id)
    return Check(check_id=check_id, dimension=dimension, severity="warning", table=table, sentence=found.sentence, action=action, test=found, owner=owner)


CRITICAL: tuple[Check, ...] = (
    # every row is accounted for
    _must("files_add_up", "完整性", "raw.file"),
    _must("refused_rows_have_reasons", "完整性", "rejected.row"),
    _column("source_rows_unique", "一致性", "raw.source_row", ("row_id",), "来源行号全库唯一。",
            ExpectColumnValuesToBeUnique(column="row_id")),
    _column("file_dates_present", "完整性", "raw.file", _FILE, "每个文件都有截至日。", ExpectColumnValuesToNotBeNull(column="as_of")),
    _column("fingerprints_present", "可访问性", "raw.file", _FILE, "每个文件都有内容指纹。", ExpectColumnValuesToNotBeNull(column="sha256")),
    _column("fingerprints_whole", "规范性", "raw.file", _FILE, "内容指纹为 64 位。",
            ExpectColumnValueLengthsToEqual(column="sha256", value=64)),
    _must("file_feeds_known", "规范性", "raw.file"),
    _must("file_departments_known", "规范性", "raw.file"),
    # every number leads back to its rows
    _must("contributions_traceable", "可访问性", "mart.contribution"),
    _must("further_sources_traceable", "可访问性", "mart.contribution_source"),
    _must("sent_rows_kept", "可访问性", "raw.sent_row"),
    _must("everything_described", "可访问性", "meta.snapshot"),
    # the numbers agree with each other
    _must("zones_known", "一致性", "mart.contribution"),
    _must("zones_make_the_total", "一致性", "mart.contribution"),
    _must("totals_match_rows", "一致性", "mart.contribution_total"),
    _must("g1_parts_make_the_whole", "一致性", "mart.contribution"),
    _must("metrics_in_dictionary", "一致性", "mart.contribution"),
    _must("goals_measurable", "一致性", "ref.goal"),
    _must("leads_stand_once", "一致性", "mart.contribution"),
    # a row counts once, from a day to a later one
    _must("intervals_disjoint", "准确性", "mart.contribution"),
    _column("intervals_forward", "准确性", "mart.contribution", ("metric_id", "key", "counts_from"), "计数区间的止日晚于起日。",
            ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="counts_until", column_B="counts_from", ignore_row_if="either_value_is_missing")),
    _must("counted_after_it_happened", "准确性", "mart.contribution"),
    _must("counts_positive", "准确性", "mart.contribution"),
    _must("cumulative_never_falls", "准确性", "mart.contribution"),
)

WARNINGS: tuple[Check, ...] = (
    # the rows of each file
    *refused_rows(),
    # reports come, in time, of every period, and much like those before
    _should("reports_in_time", "时效性", "meta.coverage", "报送部门：尽快补报；没有发生的，报零报告。"),
    _should("reports_received", "时效性", "meta.coverage", "报送部门：报送首期文件；确无此项业务的，告知推进工作专班。"),
    _should("no_period_skipped", "时效性", "raw.file", "报送部门：补报缺的各期；确无数据的，报零报告。"),
    _should("rows_steady", "准确性", "raw.file", "报送部门：核对是否漏报、重报或夹带了别的表；确有此变化的，不必处理，下一期自消。"),
    _should("units_plausible", "准确性", "meta.unit_doubt", "报送部门：核对该列的单位；写错的，改正后把整份文件重新报来；属实的不必改。"),
    _should("spreads_steady", "准确性", "meta.drift", "报送部门：核对该列是否错列、误填或漏填；确有此变化的，不必处理，下一期自消。"),
    _should("totals_add_up", "一致性", "raw.reported_total", "报送部门：核对合计行和各行，改正错的一处，把整份文件重新报来；看板只用各行，不用合计。"),
    # words and codes
    _should("zone_names_known", "规范性", "ref.zone_alias", "报送部门：改用空间表中的名称；确属新写法的，由数据管理员加为别名。"),
    _should("direction_names_known", "规范性", "core.project", "科技创新促进中心：核对技术方向；确属新方向的，提请联席会议列入。", "D08"),
    _should("credit_codes_valid", "规范性", "core.organization", "科技创新促进中心：按营业执照核对代码；确系登记机关如此核发的，保留不改。", "D08"),
    _should("organization_codes_valid", "规范性", "core.organization", "科技创新促进中心：按营业执照核对代码第 9 至 17 位；确系登记机关如此核发的，保留不改。", "D08"),
    _should("industry_codes_shaped", "规范性", "core.organization", "科技创新促进中心：按 GB/T 4754 填门类字母和数字，如 C2651。", "D08"),
    # one report against another
    _should("organizations_registered", "一致性", "core.org_reference", "科技创新促进中心：把这些单位补入主体库；报送部门核对代码是否写错。", "D08"),
    _should("projects_listed", "一致性", "core.stage_event", "科技创新促进中心：把这些项目补入项目库；报送部门核对项目编号是否写错。", "D08"),
    _should("implementers_known", "一致性", "core.outcome", "科技创新促进中心：把实施单位补入主体库；报送部门核对代码。", "D08"),
    _should("evidence_catalogued", "可访问性", "core.evidence", "报送部门：把佐证材料列入目录报来，或改正编号。"),
    _should("stages_in_remit", "一致性", "core.stage_event", "报送部门：职责外的阶段请改由对应部门报送，或请其确认。"),
    _should("parents_without_circles", "一致性", "core.project", "科技创新促进中心：改正上级项目编号。", "D08"),
    _should("tasks_without_circles", "一致性", "core.task", "推进工作专班：改正上级任务编号。", "D12"),
    _should("pool_entries_match_loans", "一致性", "core.risk_pool_entry", "财政金融和国有资产监督管理局：与银行核对合同编号和入池名单，把错的一份重报。", "D05"),
    _should("pool_pays_its_share", "准确性", "core.risk_pool_entry", "财政金融和国有资产监督管理局：核对核准额、分担比例与支付额，把错的一份重报。", "D05"),
    _should("pool_never_overdrawn", "准确性", "core.risk_pool_entry", "财政金融和国有资产监督管理局：核对注资与支付的日期和金额，补报漏记的注资。", "D05"),
    _should("exposure_amounts_not_negative", "准确性", "core.loan", "报送部门：冲销的用作废或退回的类型报，金额填正数。"),
    _should("balances_within_contracts", "准确性", "core.loan", "财政金融和国有资产监督管理局：与银行核对余额与合同金额，注意金额单位。", "D05"),
    _should("covers_complete", "完整性", "core.loan", "财政金融和国有资产监督管理局：补全担保机构、入池与分担比例。", "D05"),
    _should("holdings_within_whole", "准确性", "core.fund_cashflow", "财政金融和国有资产监督管理局：与基金管理人核对持股比例（投后、已稀释的按最新）。", "D05"),
    _should("holdings_without_circles", "准确性", "core.look_through", "财政金融和国有资产监督管理局：核对基金之间的出资，循环出资的提请清理。", "D05"),
    _should("investments_traceable", "完整性", "core.fund_cashflow", "财政金融和国有资产监督管理局：补对方代码，补报该基金的出资人。", "D05"),
    _should("leases_fit_units", "准确性", "core.lease", "载体管理单位：核对租约面积，已退租的填止租日期；确属共用的，核对可租面积。"),
    _should("leases_match_premises", "一致性", "core.premise", "载体管理单位：核对台账的已租面积与租约台账，把错的一张重报。"),
    _should("commitments_within_funds", "准确性", "core.fund", "财政金融和国有资产监督管理局：核对认缴规模与出资表，注意金额单位。", "D05"),
    _should("paid_in_matches_flows", "一致性", "core.fund_commitment", "财政金融和国有资产监督管理局：与基金管理人核对实缴，补报漏记的流水。", "D05"),
    _should("distributions_within_assets", "准确性", "core.fund_cashflow", "财政金融和国有资产监督管理局：核对分配额，补报漏记的实缴或退出回收。", "D05"),
    _should("valuations_after_first_call", "准确性", "core.fund_valuation", "财政金融和国有资产监督管理局：核对估值日与被投代码，补报漏记的投资流水。", "D05"),
    _should("valuations_fresh", "时效性", "core.fund_valuation", "财政金融和国有资产监督管理局：请基金管理人补报最近季度的估值。", "D05"),
    _should("deals_closed_out", "一致性", "core.invest_first_last", "科技创新促进中心：补报收回或核销的流水，或改正协议状态。", "D08"),
    _should("deals_paid_after_approval", "准确性", "core.invest_first_flow", "科技创新促进中心：核对拨付日期与立项日期；确系先拨后批的，说明依据。", "D08"),
    _should("vouchers_counted_once", "准确性", "core.invest_first_flow", "报送部门：重复登记的作废一笔；一张凭证确含两笔的，分列金额。"),
    _should("stakes_as_agreed", "准确性", "core.invest_first_last", "科技创新促进中心：按协议核对投前估值、原股本、折扣与转股比例。", "D08"),
    _should("spending_within_allocation", "准确性", "core.funding", "报送部门：核对下达、到位与支出，注意金额单位。"),
    _should("deals_have_flows", "一致性", "core.invest_first_deal", "科技创新促进中心：补报先投后股流水，或改正协议状态与日期。", "D08"),
    _should("rents_as_assessed", "准确性", "core.invest_first_flow", "报送部门：按面积×月数×评估单价核对折算金额。"),
    _should("holders_are_state_owned", "完整性", "core.invest_first_deal", "科技创新促进中心、代持的国有企业：补报代持单位代码和工商变更日。", "D08"),
    _should("contracts_match_outcomes", "一致性", "core.tech_contract", "科技创新促进中心：核对技术合同登记号与成果编号，把错的一份重报。", "D08"),
    _should("first_uses_counted_once", "准确性", "core.first_use", "工信和数据局、科技创新局：重复登记的作废一条；级别不同的分列级别。"),
    _should("first_uses_have_buyers", "完整性", "core.first_use", "报送部门：补应用单位代码或首次应用日期。"),
    _should("lead_states_dated", "完整性", "core.lead", "报送部门：补签约、入驻日期或流失原因；没有日期的不计时，只计数。"),
    # things happen in order and add up
    _should("stages_in_order", "准确性", "core.stage_entry", "报送部门：核对这些项目的进入日期；确为跳阶段后补报的，在备注中说明。"),
    _should("outer_stages_in_order", "准确性", "core.stage_visit", "报送部门：核对这些项目的进入日期；确为退回的，补报退回事件。"),
    _should("events_follow_entry", "完整性", "core.stage_event", "报送部门：补报进入该阶段的事件，或核对日期与阶段。"),
    _should("events_after_founding", "准确性", "core.stage_event", "报送部门：核对发生日期；科技创新促进中心：核对承担单位及其成立日期。"),
    _should("signed_before_landed", "准确性", "core.outcome", "报送部门：核对签约日期和落地日期；确系先落地后签约的，在备注中说明。"),
    _should("trl_fits_stage", "准确性", "core.project", "科技创新促进中心：更新技术成熟度，或核对阶段事件。", "D08"),
    _should("organization_dates_in_order", "准确性", "core.organization", "科技创新促进中心：核对成立、入驻、毕业、迁出日期。", "D08"),
    _should("one_calibre_per_product", "准确性", "core.output_month", "工信和数据局：只留适用的一种口径，另一种请企业撤回。"),
    _should("output_not_negative", "准确性", "raw.output_values", "工信和数据局：核对正负号；确为冲减前期的，请附说明，不必改。"),
    _should("running_totals_rise", "准确性", "raw.output_values", "工信和数据局：核对是否更正；确为更正的，请附说明。"),
    _should("running_totals_match_months", "准确性", "raw.output_values", "工信和数据局：核对各月数与累计数，把错的一期重报。"),
    _should("projects_not_lost", "完整性", "core.project", "科技创新促进中心：补回名单，或填报完成、终止、作废。", "D08"),
    _should("policy_steps_in_order", "准确性", "core.policy_step", "报送部门：核对环节日期，把写错的一行改正后重报。"),
    _should("policy_steps_fit_kind", "规范性", "core.policy_step", "报送部门：核对类别与环节，改正写错的一处。"),
    _should("policy_documents_known", "可访问性", "core.policy_step", "报送部门：补填文号，把文件列入佐证材料目录报来，或改正文号。"),
    _should("counted_with_evidence", "完整性", "mart.contribution", "报送部门：补立项文号或佐证材料；中试项目请工信和数据局确认。"),
    *references(),
    *agreement(),
)

SUITE = CRITICAL + WARNINGS


def kept(feeds: Sequence[str]) -> tuple[Check, ...]:
    """One critical check for the table of each feed: it holds what was accepted. A new feed needs nothing here."""
    found = query("accepted_rows_kept")
    return tuple(Check(check_id=f"accepted_rows_kept_{feed}", dimension="完整性", severity="critical", table=f"raw.{feed}",
                       sentence=found.sentence, action=_OURS, test=found) for feed in feeds)
