"""Every check holds in the clean park, and each sees the fault that is its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.feeds import FEEDS
from expectations.agreement import CORE
from expectations.check import Check, Finding
from expectations.references import REFERENCES
from expectations.run import Ran, run
from expectations.suite import SUITE, WARNINGS, kept
from language import _, speaking
from warehouse.build import HERE as WAREHOUSE

CHECKS = {check.check_id: check for check in SUITE + kept(list(FEEDS))}
BUILT = (WAREHOUSE / "rejected" / "open_reason.sql").read_text(encoding="utf-8")
DIMENSION = BUILT[BUILT.index("CASE"):BUILT.index("END") + 3]  # as the build tells one reason from another



def refused(reason: str) -> str:
    """A row of the stage events that was refused for this."""
    said = f"'{reason}'"
    return ("INSERT INTO rejected.open_row VALUES ((4::BIGINT << 36) + 8, 4, 'stage_events', 'D08', '', 'E-8', TIMESTAMP '2026-11-01'); "
            f"INSERT INTO rejected.open_reason SELECT (4::BIGINT << 36) + 8, 'x', '', {said}, {DIMENSION.replace('a.reason', said)}")


# The check, the fault, and a word of the detail that says where it is.
FAULTS = [
    ("leads_stand_once", "INSERT INTO mart.contribution SELECT * REPLACE ('lead_open_signed' AS metric_id) FROM mart.contribution WHERE metric_id = 'lead_open_tracked'",
     "lead_open_tracked D06|I-1"),
    ("first_uses_counted_once", "INSERT INTO core.first_use SELECT * REPLACE ('W-2' AS product_id) FROM core.first_use", "W-2"),
    ("first_uses_have_buyers", "UPDATE core.first_use SET user_org_id = NULL", "W-1 没有应用单位"),
    ("lead_states_dated", "UPDATE core.lead SET moved_in_on = NULL", "I-1 入驻而没有入驻日期"),
    ("files_add_up", "UPDATE raw.file SET accepted = accepted + 1, refused = refused - 1 WHERE file_id = 4", "D08-stage_events"),
    ("files_add_up", "UPDATE raw.file SET rows_read = 7 WHERE file_id = 7", "D08-outcomes"),
    ("files_add_up", "DELETE FROM raw.set_aside WHERE file_id = 1", "D08-projects-2026-09-30"),
    ("files_add_up", "UPDATE raw.file SET is_standing = false WHERE file_id = 1", "D08-projects-2026-09-30"),
    ("accepted_rows_kept_projects", "DELETE FROM raw.projects WHERE file_id = 2 AND project_id = 'P-3'", "应有 3 行，实有 2 行"),
    ("accepted_rows_kept_organizations", "DELETE FROM raw.organizations", "应有 1 行，实有 0 行"),
    ("accepted_rows_kept_stage_events", "INSERT INTO raw.stage_events FROM raw.stage_events WHERE file_id = 5", "应有 1 行，实有 2 行"),
    ("accepted_rows_kept_outcomes", "UPDATE raw.outcomes SET file_id = 99", "应有 0 行，实有 1 行"),
    ("accepted_rows_kept_output_values", "DELETE FROM raw.output_values WHERE span = 'month'", "应有 3 行，实有 1 行"),
    ("accepted_rows_kept_evidence", "DELETE FROM raw.evidence", "D08-evidence"),
    ("accepted_rows_kept_loans", "DELETE FROM raw.loans", "应有 1 行，实有 0 行"),
    ("refused_rows_have_reasons", "INSERT INTO rejected.row VALUES (77, 1, 'projects', '{}', '')", "77 没有原因"),
    ("refused_rows_have_reasons", "INSERT INTO rejected.reason VALUES (78, '阶段', '', '必填')", "78 没有这个退回行"),
    ("source_rows_unique", "INSERT INTO raw.set_aside SELECT row_id, file_id, '' FROM raw.organizations", "不符 2 项"),
    ("file_dates_present", "UPDATE raw.file SET as_of = NULL WHERE file_id = 3", "D08-organizations"),
    ("fingerprints_present", "UPDATE raw.file SET sha256 = NULL WHERE file_id = 3", "D08-organizations"),
    ("fingerprints_whole", "UPDATE raw.file SET sha256 = sha256[:63] WHERE file_id = 3", "D08-organizations"),
    ("file_feeds_known", "UPDATE raw.file SET feed = 'weather' WHERE file_id = 3", "weather"),
    ("file_departments_known", "UPDATE raw.file SET department_id = 'D99' WHERE file_id = 3", "D99"),
    ("contributions_traceable", "UPDATE mart.contribution SET row_id = 5 WHERE metric_id = 'g2_pilot' AND counts_until IS NULL", "g2_pilot P-2 5"),
    ("contributions_traceable", "UPDATE raw.file SET sha256 = '' WHERE file_id = 5", "funnel_moves P-2"),
    ("contributions_traceable", "UPDATE mart.contribution SET row_id = (SELECT min(row_id) FROM raw.set_aside) WHERE metric_id = 'g3_landed'",
     "g3_landed C-1"),
    ("further_sources_traceable", "UPDATE mart.contribution_source SET row_id = 5 WHERE metric_id = 'g3_landed'", "g3_landed C-1 5"),
    ("sent_rows_kept", "DELETE FROM raw.sent_row WHERE file_id = 7", "不符 1 项"),
    ("sent_rows_kept", "UPDATE raw.sent_table SET headings = ['某列', '又一列'] WHERE file_id = 7", "不符 1 项"),
    ("everything_described", "COMMENT ON COLUMN core.project.trl IS NULL", "core.project.trl"),
    ("everything_described", "COMMENT ON TABLE ref.zone IS ' '", "ref.zone"),
    ("everything_described", "COMMENT ON VIEW raw.source_row IS NULL", "raw.source_row"),
    ("zones_known", "UPDATE mart.contribution SET zone_id = 'moon' WHERE metric_id = 'g3_landed'", "g3_landed C-1 moon"),
    ("zones_known", "UPDATE mart.contribution SET zone_id = 'na' WHERE metric_id = 'g3_landed'", "g3_landed C-1 na"),
    ("zones_make_the_total", "UPDATE mart.contribution SET zone_id = 'moon' WHERE metric_id = 'g3_landed'",
     "g3_landed 2026-05-31 总数 1.000000，各空间之和 0"),
    ("totals_match_rows", "UPDATE mart.contribution_total SET value = 2 WHERE metric_id = 'g3_landed'", "g3_landed bio"),
    ("totals_match_rows", "DELETE FROM mart.contribution_total WHERE metric_id = 'g3_landed'", "g3_landed bio"),
    ("totals_match_rows", "INSERT INTO mart.contribution_total FROM mart.contribution_total WHERE metric_id = 'g3_landed'", "g3_landed bio"),
    ("g1_parts_make_the_whole", "DELETE FROM mart.contribution WHERE metric_id = 'g1_both'", "2026-01-15 bio 相差 1"),
    ("g1_parts_make_the_whole", "UPDATE mart.contribution SET zone_id = 'core' WHERE metric_id = 'g1_poc_only'", "2025-10-31 core 相差 -1"),
    ("g1_parts_make_the_whole", "UPDATE mart.contribution SET counts_until = DATE '2026-01-14' WHERE metric_id = 'g1_poc_only'",
     "2026-01-14 bio 相差 1"),
    ("metrics_in_dictionary", "UPDATE mart.contribution SET metric_id = 'g9' WHERE metric_id = 'g3_signed'", "g9"),
    ("goals_measurable", "UPDATE ref.goal SET metric_id = 'g9' WHERE goal_id = 'g3'", "g3 g9"),
    ("intervals_disjoint", "INSERT INTO mart.contribution FROM mart.contribution WHERE metric_id = 'g3_landed'", "g3_landed C-1 2026-05-01"),
    ("intervals_disjoint", "UPDATE mart.contribution SET counts_until = counts_until + 1 WHERE metric_id = 'g2_pilot' AND counts_until IS NOT NULL",
     "g2_pilot P-2 2026-10-31"),
    ("intervals_forward", ("CREATE TABLE main.c AS FROM mart.contribution; DROP TABLE mart.contribution; "
     "CREATE TABLE mart.contribution AS FROM main.c; UPDATE mart.contribution SET counts_until = counts_from WHERE metric_id = 'g3_landed'"),
     "g3_landed C-1 2026-05-01"),
    ("counted_after_it_happened", "UPDATE mart.contribution SET occurred_on = DATE '2026-05-02' WHERE metric_id = 'g3_landed'", "g3_landed C-1"),
    ("counts_positive", "UPDATE mart.contribution SET value = 0 WHERE metric_id = 'g3_landed'", "g3_landed C-1"),
    ("cumulative_never_falls", "UPDATE mart.contribution SET counts_until = DATE '2027-01-01' WHERE metric_id = 'g3_landed'", "2027-01-01"),
    ("cumulative_never_falls", "UPDATE mart.contribution SET counts_from = counts_from + 1 WHERE metric_id = 'g2_pilot' AND counts_until IS NULL",
     "g2_pilot P-2 2026-10-31"),
    ("projects_listed", "UPDATE core.stage_event SET is_listed = false, project_id = 'P-9' WHERE project_id = 'P-2'", "P-9 2 个事件"),
    ("zone_names_known", "UPDATE raw.projects SET zone_name = '月球基地' WHERE project_id = 'P-1'", "月球基地 1 行"),
    ("zone_names_known", "UPDATE raw.stage_events SET space_name = '月球基地'; UPDATE core.stage_event SET own_zone_id = 'unplaced'",
     "月球基地 3 行；月球基地 1 行"),
    ("direction_names_known", "UPDATE core.project SET direction_name = '炼丹', direction_id = NULL WHERE project_id <> 'P-1'", "炼丹 2 个项目"),
    ("evidence_catalogued", "UPDATE core.stage_event SET evidence_id = 'J-8' WHERE project_id = 'P-2'", "J-8 引用 1 次；J-8 引用 1 次"),
    ("evidence_catalogued", "UPDATE raw.outcomes SET evidence_id = 'J-9'", "J-9 引用 1 次"),
    ("events_follow_entry",
     "INSERT INTO core.stage_event SELECT * REPLACE ('fail' AS event_type, 'industrial' AS stage_id, true AS is_counted) FROM core.stage_event LIMIT 1",
     "没有报过进入"),
    ("events_follow_entry", "UPDATE core.stage_event SET event_type = 'pass' WHERE event_type = 'enter'", "没有报过进入"),
    ("outer_stages_in_order", """UPDATE core.stage_visit SET stage_id = 'rd', is_overtaken = true, entered_on = DATE '2027-01-01' WHERE row_id = (
     SELECT min(v.row_id) FROM core.stage_visit AS v JOIN core.stage_event AS e USING (row_id) WHERE e.event_type = 'enter' AND v.visit_no = 1 AND EXISTS (
     FROM core.stage_visit AS w WHERE w.root_project_id = v.root_project_id AND w.stage_order > v.stage_order AND w.visit_no = 1))""", "早于 研发"),
    ("stages_in_order", "UPDATE core.stage_entry SET occurred_on = DATE '2026-02-28' WHERE stage_id = 'pilot'",
     "P-2 中试 2026-02-28 早于 小试 2026-03-01"),
    ("stages_in_order", "UPDATE core.stage_entry SET occurred_on = DATE '2025-09-30' WHERE root_project_id = 'P-1' AND stage_id = 'small'",
     "P-1 小试 2025-09-30 早于 概念验证 2025-10-31"),
    ("events_after_founding", "UPDATE core.stage_event SET is_premature = true WHERE project_id = 'P-2' AND stage_id = 'pilot'", "P-2 E-1"),
    ("one_calibre_per_product", ("INSERT INTO core.output_month BY NAME SELECT * REPLACE ('agricultural_output' AS calibre) FROM core.output_month LIMIT 1"),
     "agricultural_output、"),
    ("stages_in_remit", "UPDATE core.stage_event SET stage_id = 'small' WHERE department_id = 'D04'", "E-1 D04 小试"),
    ("stages_in_remit", "UPDATE core.stage_event SET department_id = 'D06' WHERE project_id = 'P-2' AND stage_id = 'pilot'", "E-1 D06 中试"),
    ("credit_codes_valid", "UPDATE core.organization SET org_id = '91350100M000100Y4Z'", "91350100M000100Y4Z"),
    ("projects_not_lost", ("UPDATE core.project SET listed_on = DATE '2026-09-30', row_id = (SELECT row_id FROM raw.projects WHERE file_id = 1 "
     "AND project_id = 'P-3') WHERE project_id = 'P-3'"), "P-3 项目3 最后见于 2026-09-30"),
    ("output_not_negative", "UPDATE raw.output_values SET amount_cny = -3000000 WHERE span = 'month'", "-3000000.00 元"),
    ("running_totals_rise", ("INSERT INTO raw.output_values BY NAME (SELECT * REPLACE (DATE '2026-04-30' AS period_to, 1 AS row_id, amount_cny - 5 "
     "AS amount_cny) FROM raw.output_values WHERE span = 'year_to_date')"), "2026-04 比上期少 5.00 元"),
    ("running_totals_match_months", "UPDATE raw.output_values SET amount_cny = 3002001 WHERE span = 'year_to_date'",
     "2026-03 累计 3002001.00 元，各月之和 3000000.00 元"),
    ("units_plausible", "INSERT INTO meta.unit_doubt VALUES (1, 'output_values', 'amount_cny', '金额', 3, 2, 2, true, '金额：全列约为前几期的 1000 倍')",
     "全列约为前几期的 1000 倍"),
    ("reports_in_time", "UPDATE meta.coverage SET due_on = DATE '2026-11-04' WHERE feed = 'projects'", "项目库 科技创新促进中心 应于 2026-11-04 前"),
    ("reports_in_time", ("UPDATE meta.coverage SET due_on = DATE '2026-11-05' WHERE feed = 'projects'; "  # 00:30 on the 6th in Lanzhou
     "UPDATE meta.snapshot SET clock = NULL, known_at = TIMESTAMP '2026-11-05 16:30:00'"), "项目库"),
    ("reports_received", "UPDATE meta.coverage SET last_as_of = NULL WHERE feed = 'output_values'", "产值 工信和数据局"),
    ("implementers_known", "UPDATE core.outcome SET is_implementer_known = false", "C-1 91350100M000100Y43"),
    ("counted_with_evidence", "UPDATE mart.contribution SET is_pending = true WHERE metric_id = 'g2_pilot'", "中试项目 P-2"),
    ("rows_complete", refused("编号：必填，没有填"), "D08-stage_events-2026-10-31.csv 第 8 行：编号：必填，没有填"),
    ("rows_readable", refused("发生日期：应为日期（如 2026-03-31），填的是“昨天”"), "第 8 行：发生日期：应为日期"),
    ("rows_plausible", refused("发生日期：在将来（文件 2026-11-05 收到），填的是“2027-01-01”"), "第 8 行：发生日期：在将来"),
    ("rows_plausible", refused("已租面积：填的是“9”，不应大于可租面积“8”"), "不应大于"),
    ("rows_plausible", refused("银行分担比例：与担保分担比例之和应为 1，现为 0.9"), "之和应为 1"),
    ("rows_consistent", refused("事件编号：与第 3 行编号相同而内容不同"), "编号相同而内容不同"),
    ("no_period_skipped", ("INSERT INTO raw.file BY NAME SELECT * REPLACE (DATE '2026-07-31' AS as_of, 99 AS file_id, "
     "TIMESTAMP '2026-08-05' AS received_at) FROM raw.file WHERE file_id = 1"),
     "项目库 2026 年 8 月起 缺 1 期"),
    ("no_period_skipped", ("INSERT INTO raw.file BY NAME SELECT * REPLACE (DATE '2025-12-31' AS as_of, 99 AS file_id, "
     "TIMESTAMP '2026-01-05' AS received_at) FROM raw.file WHERE feed = 'funds'"),
     "基金台账 2026 年 1 月起 缺 3 期"),
    ("rows_steady", ("INSERT INTO raw.file BY NAME SELECT * EXCLUDE (i) REPLACE (DATE '2026-01-31' + to_months(i::INTEGER) AS as_of, "
     "100 + i AS file_id, 90 AS rows_read) FROM raw.file, range(3) AS t(i) WHERE feed = 'leads' AND department_id = 'D06'"),
     "D06-leads-2026-10-31.csv 2 行，以往 3 份的中位数 90.0 行"),
    ("spreads_steady", "INSERT INTO meta.drift VALUES (2, 1, 'projects', 'status', '项目状态', 40, 50, 0.4, '项目状态：在研 上一份 40/50（80%），此次 16/40（40%）')",
     "D08-projects-2026-10-31.csv 项目状态：在研 上一份 40/50（80%），此次 16/40（40%）"),
    ("totals_add_up", "UPDATE raw.reported_total SET reported = 30.6 WHERE file_id = 2", "第 9 行 金额（万元） 合计 30.6，各行之和 30，相差 0.6"),
    ("totals_add_up", "UPDATE raw.reported_total SET reported = 25 WHERE file_id = 4", "D08-stage_events"),
    ("organization_codes_valid", "UPDATE core.organization SET org_id = '91110000802100434B'", "91110000802100434B 样板公司"),
    ("references_tech_contracts", "UPDATE core.tech_contract SET manager_id = 'M-1、M-9'", "H-1 经理人编号 M-9 不在技术经理人"),
    ("paid_in_matches_flows", "UPDATE core.fund_cashflow SET amount_cny = 39", "F-1 出资表实缴 40.00 元，流水实缴 39.00 元"),
    ("tasks_without_circles", "UPDATE core.task SET parent_task_id = task_id", "上级 "),
    ("pool_entries_match_loans", "UPDATE core.risk_pool_entry SET is_in_pool = false", "L-3 D-1 该合同没有入池"),
    ("pool_entries_match_loans", "UPDATE core.risk_pool_entry SET is_loan_listed = false", "L-3 D-1 不在科技信贷台账"),
    ("pool_entries_match_loans", "UPDATE core.risk_pool_entry SET contract_id = NULL, is_loan_listed = false WHERE entry_kind = 'payment'", "L-3 没有填合同编号"),
    ("pool_pays_its_share", "UPDATE core.risk_pool_entry SET amount_cny = 7 WHERE entry_kind <> 'injection'; UPDATE core.loan_version SET pool_share = 0.5",
     "D-1 支付减追回 7.00 元，应不超过 4.5"),
    ("pool_pays_its_share", "DELETE FROM core.risk_pool_entry WHERE entry_kind = 'approval'", "D-1 支付 1.00 元，核准 0.00 元"),
    ("pool_never_overdrawn", "UPDATE core.risk_pool_entry SET occurred_on = DATE '2026-03-02' WHERE entry_kind = 'injection'", "2026-03-01 余额 -1.00 元"),
    ("exposure_amounts_not_negative", "UPDATE core.loan SET balance_cny = -1", "科技信贷 D-1 余额 -1.00 元"),
    ("exposure_amounts_not_negative", "UPDATE core.fund_commitment SET committed_cny = -5", "基金出资 F-1/甲 认缴金额 -5.00 元"),
    ("balances_within_contracts", "UPDATE core.loan SET balance_cny = 90", "D-1 余额 90.00 元，合同金额 9.00 元"),
    ("covers_complete", "UPDATE core.loan SET guarantor_share = 0.5", "D-1 有担保分担比例，没有担保机构代码、分担比例之和大于 1"),
    ("covers_complete", "UPDATE core.loan SET pool_share = NULL", "D-1 入池，没有补偿池分担比例"),
    ("covers_complete", "UPDATE core.loan SET is_in_pool = false", "D-1 有补偿池分担比例，没有入池"),
    ("holdings_within_whole", "UPDATE core.fund_cashflow SET flow_kind = 'investment', holding_share = 0.7; UPDATE core.invest_first_deal SET converted_share = 0.5",
     "持股比例之和 120"),
    ("holdings_without_circles", "UPDATE core.look_through SET is_circle = true", "F-1 又由 甲 持有"),
    ("investments_traceable", "UPDATE core.fund_cashflow SET flow_kind = 'investment', counterparty_org_id = NULL", "L-1 没有对方代码"),
    ("investments_traceable", "UPDATE core.fund_cashflow SET flow_kind = 'investment', fund_id = 'F-9'", "L-1 基金 F-9 没有报出资人"),
    ("distributions_within_assets", "UPDATE core.fund_cashflow SET flow_kind = 'distribution'", "L-1 2026-02-01 分配 40.00 元后，账面未用 -40.00 元"),
    ("valuations_after_first_call", "UPDATE core.fund_valuation SET valued_on = DATE '2026-01-31'", "估值日 2026-01-31，早于首次实缴 2026-02-01"),
    ("valuations_after_first_call", "UPDATE core.fund_cashflow SET flow_kind = 'fee'", "没有实缴的流水"),
    ("valuations_fresh", "UPDATE core.fund_worth SET occurred_on = DATE '2026-03-31'", "F-1 最近估值日 2026-03-31，截至 2026-10-31"),
    ("deals_closed_out", "UPDATE core.invest_first_last SET status = 'terminated'", "A-1 已了结而余额 60.00 元未收回、未核销"),
    ("deals_paid_after_approval", "UPDATE core.project SET approved_on = DATE '2026-02-02' WHERE project_id = 'P-1'", "L-2 2026-02-01 投入，项目 P-1 立项于 2026-02-02"),
    ("vouchers_counted_once",
     "INSERT INTO core.invest_first_flow BY NAME SELECT * REPLACE ('L-9' AS flow_id) FROM core.invest_first_flow", "凭证 1 的 60.00 元记了 2 次"),
    ("stakes_as_agreed", ("UPDATE core.invest_first_last SET converted_share = 0.5, pre_money_cny = 300, original_capital_cny = 100; "
     "UPDATE mart.contribution SET metric_id = 'deal_converted', counts_until = NULL WHERE metric_id = 'deal_outstanding'"), "A-1 台账 50.00%，按估值 16.67%"),
    ("spending_within_allocation", "UPDATE core.funding SET issued_cny = 5, received_cny = 4, spent_cny = 6", "2026 Z-1 下达 5.00 元，到位 4.00 元，支出 6.00 元"),
    ("deals_have_flows", "DELETE FROM core.invest_first_flow", "A-1 没有投入的流水"),
    ("deals_have_flows", "UPDATE core.invest_first_flow SET paid_on = DATE '2026-01-04'; UPDATE core.invest_first_deal SET signed_precision = 'D'",
     "A-1 首笔投入 2026-01-04 早于签约 2026-01-05"),
    ("deals_have_flows", "UPDATE core.invest_first_deal SET status = 'exited'", "A-1 已退出而没有退出回款"),
    ("contracts_match_outcomes", "UPDATE core.outcome SET contract_no = 'H-9'", "H-1 C-1 该成果登记的合同是 H-9"),
    ("contracts_match_outcomes", "UPDATE core.tech_contract SET outcome_id = 'C-9'", "H-1 C-1 该合同登记的成果是 C-9"),
    ("tasks_without_circles", "UPDATE core.task SET parent_task_id = task_id", "N-1 上级 N-1"),
    ("policy_steps_in_order", ("INSERT INTO core.policy_step BY NAME SELECT * REPLACE ('drafting' AS step, 1 AS step_order, DATE '2026-03-02' AS step_on) "
     "FROM core.policy_step"), "R-1 2026-03-01 的后一环节早于 2026-03-02 的前一环节"),
    ("policy_steps_fit_kind", "UPDATE core.policy_step SET item_kind = 'application'", "R-1 申报、政策争取没有起草、印发的环节"),
    ("policy_steps_fit_kind", "UPDATE core.policy_step SET step = 'approved'", "R-1 制度、规划没有申报的环节"),
    ("policy_documents_known", "UPDATE core.policy_step SET document_no = NULL", "R-1 没有文号"),
    ("policy_documents_known", "UPDATE core.policy_step SET is_catalogued = false", "R-1 文号 新科〔2025〕2号 不在佐证材料目录"),
    ("policy_documents_known", "INSERT INTO core.policy_step BY NAME SELECT * REPLACE ('D08//R-2' AS item_key, 'R-2' AS item_id) FROM core.policy_step",
     "R-1 文号 新科〔2025〕2号 也是别的事项的"),
    ("parents_without_circles", "UPDATE raw.projects SET parent_project_id = 'P-3' WHERE project_id = 'P-1'", "P-1 上级 P-3"),
    ("parents_without_circles", "UPDATE raw.projects SET parent_project_id = 'P-2' WHERE project_id = 'P-2'", "P-2 上级 P-2"),
    ("credit_codes_valid", "UPDATE core.org_reference SET is_to_be_registered = true, org_id = '91350100M000100Y4Z' WHERE told_as = '租约 · 承租单位'",
     "91350100M000100Y4Z 租约 · 承租单位"),
    ("organizations_registered", "UPDATE core.org_reference SET is_to_be_registered = true, org_id = 'O-9' WHERE told_as = '租约 · 承租单位'",
     "O-9 租约 · 承租单位"),
    ("industry_codes_shaped", "UPDATE core.organization SET industry_code = '2651C'", "2651C"),
    ("trl_fits_stage", "UPDATE core.project SET trl = 5 WHERE project_id = 'P-2'", "P-2 中试相当于 6–7 级，填的是 5 级"),
    ("signed_before_landed", "UPDATE core.outcome SET signed_on = DATE '2026-05-02'", "C-1 签约 2026-05-02 晚于落地 2026-05-01"),
    ("organization_dates_in_order", ("UPDATE raw.organizations SET founded_on = DATE '2024-01-02', founded_precision = 'D', "
     "moved_in_on = DATE '2024-01-01', moved_in_precision = 'D'"), "样板公司"),
    ("organization_dates_in_order", ("UPDATE raw.organizations SET moved_in_on = DATE '2024-01-02', moved_in_precision = 'D', "
     "moved_out_on = DATE '2024-01-01', moved_out_precision = 'D'"), "样板公司"),
    ("leases_fit_units", "UPDATE core.lease_in_force SET area_m2 = 8.5", "K-1 租约 8.5 ㎡，可租 8.0 ㎡"),
    ("leases_match_premises", "UPDATE core.lease_in_force SET counts_until = DATE '2026-10-31'", "K-1 台账已租 5.0 ㎡，租约 0.0 ㎡"),
    ("commitments_within_funds", "UPDATE core.fund SET committed_cny = 99", "F-1 认缴规模 99.00 元，出资人认缴 100.00 元"),
    ("commitments_within_funds", "UPDATE core.fund_commitment SET paid_in_cny = 101", "F-1"),
    ("rents_as_assessed", "UPDATE core.invest_first_flow SET amount_cny = 62", "L-2 应为 60.00 元，填的是 62.00 元"),
    ("rents_as_assessed", "UPDATE core.invest_first_flow SET assessed_cny = NULL", "L-2 没有写全"),
    ("holders_are_state_owned", "UPDATE core.invest_first_deal SET holder_org_id = NULL, registered_on = NULL", "A-1 没有代持单位、没有工商变更日"),
    ("zone_names_known", "UPDATE core.platform SET space_name = '月球基地'", "月球基地 1 行"),
]

FAULTS += [(f"references_{each.feed}", f"UPDATE {each.table} SET {each.column} = '无此'", f"{each.heading} 无此 不在{each.target[2]}") for each in REFERENCES]
FAULTS += [(f"senders_agree_{feed}", f"UPDATE {table} SET disputed = '某列'", "某列") for feed, (table, _) in CORE.items()]
FAULTS += [(f"senders_agree_{feed}",
            f"INSERT INTO raw.{feed} BY NAME SELECT * REPLACE ((9::BIGINT << 36) + 2 AS row_id, 9 AS file_id, {changed}) FROM raw.{feed}", heading)
           for feed, changed, heading in (("outcomes", "DATE '2026-05-02' AS landed_on", "落地日期"), ("evidence", "DATE '2025-10-02' AS made_on", "形成日期"))]
FAULTS += [(f"accepted_rows_kept_{feed}", f"UPDATE raw.file SET accepted = accepted + 1 WHERE file_id = (SELECT min(file_id) FROM raw.file WHERE feed = '{feed}')",
            "，实有 ") for feed in FEEDS]

# Like a fault, and none.
HARMLESS = [
    ("no_period_skipped", "INSERT INTO raw.file BY NAME SELECT * REPLACE (DATE '2025-12-31' AS as_of, 99 AS file_id) FROM raw.file WHERE file_id = 1"),  # of old
    ("references_tech_contracts", "UPDATE core.tech_contract SET manager_id = 'M-1、M-1'"),
    ("senders_agree_outcomes", "INSERT INTO raw.outcomes BY NAME SELECT * REPLACE ((9::BIGINT << 36) + 2 AS row_id, 9 AS file_id, NULL AS landed_on) FROM raw.outcomes"),
    ("contracts_match_outcomes", "UPDATE core.tech_contract SET outcome_id = NULL"),
    ("deals_have_flows", "DELETE FROM core.invest_first_flow; UPDATE core.invest_first_deal SET status = 'approved'"),
    ("rows_steady", ("INSERT INTO raw.file BY NAME SELECT * EXCLUDE (i) REPLACE (DATE '2026-01-31' + to_months(i::INTEGER) AS as_of, "
     "100 + i AS file_id, 90 AS rows_read) FROM raw.file, range(2) AS t(i) WHERE feed = 'leads' AND department_id = 'D06'")),
    ("totals_add_up", "UPDATE raw.reported_total SET reported = 30.5"),  # what rounding explains
    ("totals_add_up", "UPDATE raw.reported_total SET reported = 9 WHERE file_id = 1"),  # a list that a later one replaced
    ("organization_codes_valid", "UPDATE core.organization SET org_id = 'X-1'"),  # no credit code at all is told elsewhere
    ("contributions_traceable", "UPDATE raw.file SET name = '改名.csv'"),
    ("zones_known", "UPDATE ref.metric SET is_zoned = false; UPDATE mart.contribution SET zone_id = 'na'"),
    ("zones_make_the_total", "UPDATE ref.metric SET is_zoned = false; UPDATE mart.contribution SET zone_id = 'na'"),
    ("counts_positive", "UPDATE mart.contribution SET value = -1 WHERE metric_id = 'g4b_output_cumulative'"),
    ("projects_listed", "UPDATE core.stage_event SET is_listed = false, is_void = true"),
    ("zone_names_known", "UPDATE raw.projects SET zone_name = '生物 医药' WHERE project_id = 'P-1'"),
    ("policy_steps_in_order", ("INSERT INTO core.policy_step BY NAME SELECT * REPLACE ('drafting' AS step, 1 AS step_order, DATE '2026-03-31' AS step_on, "
     "'M' AS step_precision) FROM core.policy_step")),  # the draft is known to the month only
    ("stages_in_order",  # the proof of concept is known to the month only, and may have come first
     "UPDATE core.stage_entry SET occurred_on = DATE '2025-10-01' WHERE root_project_id = 'P-1' AND stage_id = 'small'"),
    ("projects_not_lost", ("UPDATE core.project SET status = 'completed', row_id = (SELECT row_id FROM raw.projects WHERE file_id = 1 "
     "AND project_id = 'P-3') WHERE project_id = 'P-3'")),
    ("projects_not_lost", ("UPDATE core.project SET row_id = (SELECT row_id FROM raw.projects WHERE file_id = 1 AND project_id = 'P-3') "
     "WHERE project_id = 'P-3'; INSERT INTO rejected.row VALUES (8, 2, 'projects', '{\"项目编号\": \"P-3\"}', 'P-3')")),
    ("running_totals_match_months", "UPDATE raw.output_values SET amount_cny = 3002000 WHERE span = 'year_to_date'"),
    ("running_totals_match_months", ("UPDATE raw.output_values SET amount_cny = 9 WHERE span = 'year_to_date'; "
     "DELETE FROM raw.output_values WHERE period_from = DATE '2026-01-01' AND span = 'month'")),  # a month is missing: nothing to compare
    ("trl_fits_stage", "UPDATE core.project SET trl = 9"),  # riper than its stage needs is no slip
    ("signed_before_landed",  # known to the month only, it may have come first
     "UPDATE core.outcome SET signed_on = DATE '2026-05-31', signed_precision = 'M'"),
    ("leases_match_premises", "UPDATE core.premise SET let_m2 = 5.9"),
    ("industry_codes_shaped", "UPDATE core.organization SET industry_code = '2651'"),
    ("reports_in_time", "UPDATE meta.coverage SET due_on = DATE '2026-11-05'"),
    ("counted_with_evidence", "UPDATE mart.contribution SET is_pending = true, counts_from = DATE '2026-11-01', counts_until = NULL"),
]


def only(snapshot: Path, check_id: str) -> Finding:
    """What this one check finds."""
    ran = run(snapshot, [CHECKS[check_id]])
    assert not ran.broken
    [finding] = ran.findings
    return finding


@pytest.fixture(scope="module")
def in_the_clean_park(clean: Path) -> Ran:
    return run(clean)


def test_every_check_runs_and_holds_in_the_clean_park(in_the_clean_park: Ran) -> None:
    assert in_the_clean_park.broken == {}
    assert [finding.check_id for finding in in_the_clean_park.findings] == list(CHECKS)
    assert [finding.detail for finding in in_the_clean_park.findings if not finding.success or finding.failed] == []


def test_no_check_holds_for_want_of_anything_to_look_at(in_the_clean_park: Ran) -> None:
    idle = {finding.check_id for finding in in_the_clean_park.findings if not finding.checked}
    assert idle == {
        "refused_rows_have_reasons",  # the clean park has no refused row,
        "rows_steady",  # no sender with four files,
        "events_follow_entry",  # no event but entries,
        "references_insurances"}  # and no policy that names an investment


def test_before_any_file_has_arrived_only_the_missing_reports_are_found(empty: Path) -> None:
    ran = run(empty)
    assert ran.broken == {}
    assert [finding.check_id for finding in ran.findings if not finding.success] == ["reports_received"]


def test_every_check_has_a_fault() -> None:
    assert {check_id for check_id, *_ in FAULTS} == set(CHECKS)


@pytest.mark.parametrize(("check_id", "fault", "where"), FAULTS, ids=[f"{check_id}-{at}" for at, (check_id, *_) in enumerate(FAULTS)])
def test_a_fault_turns_its_check_red_and_is_named(planted: Callable[[str], Path], check_id: str, fault: str, where: str) -> None:
    finding = only(planted(fault), check_id)
    assert not finding.success
    assert finding.failed > 0
    assert where in finding.detail


@pytest.mark.parametrize(("check_id", "change"), HARMLESS, ids=[f"{check_id}-{at}" for at, (check_id, _) in enumerate(HARMLESS)])
def test_what_only_looks_like_a_fault_leaves_it_green(planted: Callable[[str], Path], check_id: str, change: str) -> None:
    finding = only(planted(change), check_id)
    assert finding.success, finding.detail


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216", "9144030071526726XG", "91110000802100433B"])
def test_an_issued_credit_code_is_valid(planted: Callable[[str], Path], code: str) -> None:
    assert only(planted(f"UPDATE core.organization SET org_id = '{code}'"), "credit_codes_valid").success


@pytest.mark.parametrize("code", ["91350100M000100Y4Z", "914403001922038218", "91440300192203821", "91350100m000100y43", "9135010OM000100Y43"])
def test_a_miswritten_credit_code_is_not(planted: Callable[[str], Path], code: str) -> None:
    assert not only(planted(f"UPDATE core.organization SET org_id = '{code}'"), "credit_codes_valid").success


# The example of the standard itself, GB 11714-1997, and codes within credit codes that were issued.
@pytest.mark.parametrize("code", ["91350100D2143569X3", "91350100M000100Y43", "914403001922038216", "9144030071526726XG", "91110000802100433B"])
def test_an_issued_organization_code_is_valid(planted: Callable[[str], Path], code: str) -> None:
    assert only(planted(f"UPDATE core.organization SET org_id = '{code}'"), "organization_codes_valid").success


@pytest.mark.parametrize("code", ["91350100D214356913", "91440300192203281X", "9144030071526726YG", "91110000802100434B"])
def test_a_miswritten_organization_code_is_not(planted: Callable[[str], Path], code: str) -> None:
    assert not only(planted(f"UPDATE core.organization SET org_id = '{code}'"), "organization_codes_valid").success


def test_a_count_is_the_whole_count_and_only_five_keys_are_named(planted: Callable[[str], Path]) -> None:
    snapshot = planted("INSERT INTO rejected.row SELECT 1000 + i, 4, 'stage_events', '{}', '' FROM range(12345) AS t(i)")
    finding = only(snapshot, "refused_rows_have_reasons")
    assert (finding.failed, finding.checked) == (12345, 12345)
    assert finding.detail == "查 12345 项，不符 12345 项：1000 没有原因；1001 没有原因；1002 没有原因；1003 没有原因；1004 没有原因 等。"


def test_a_column_check_counts_them_all_too(clean: Path, planted: Callable[[str], Path]) -> None:
    sent = only(clean, "file_dates_present").checked
    assert sent
    finding = only(planted("INSERT INTO raw.file (file_id, name) SELECT 1000 + i, 'f' FROM range(300) AS t(i)"), "file_dates_present")
    assert (finding.failed, finding.checked) == (300, 300 + sent)


def test_check_ids_are_unique_and_sentences_end() -> None:
    checks: list[Check] = [*SUITE, *kept(list(FEEDS))]
    assert len({check.check_id for check in checks}) == len(checks)
    assert [check.check_id for check in checks if not (check.sentence.endswith("。") and check.action.endswith("。"))] == []


def test_what_a_department_must_do_is_said_in_english_too() -> None:
    with speaking("en"):
        assert [text for check in WARNINGS for text in (check.sentence, check.action) if _(text) == text] == []
        assert _(CHECKS["totals_add_up"].sentence).startswith("Totals and subtotals in a file")
