"""The demo's departments hand in every feed: what they sent is taken in, what is wrong with it is refused, and core tables tell what was meant."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from math import cos, hypot, radians

import pytest
from park import Park, read_in_process

from etl.demo import CLOCK, SEED, deliveries, sums
from etl.demo.fund_plans import FUNDS
from etl.demo.funds import flows
from etl.demo.model import LATE_OPERATOR
from etl.demo.world import world
from etl.feeds import FEEDS
from warehouse.coverage import Coverage, coverage

REFUSED = {  # feed → headings of the cells for which the demo's rows are refused
    "appraisals": ["权重"], "first_uses": ["产品类别"], "fund_cashflows": ["日期"], "fund_commitments": ["出资人类别"], "fund_valuations": ["公允价值"],
    "fundings": ["预算金额"], "insurances": ["止期"], "invest_first_deals": ["转股日期"], "invest_first_flows": ["凭证号"], "leads": ["签约日期"],
    "leases": ["月租金减免", "止租日期"], "loans": ["银行分担比例"], "meetings": ["办结日期"], "outcomes": ["项目编号"], "output_values": ["口径"],
    "platforms": ["平台类型", "开放机时"], "policies": ["当前环节"], "premises": ["已租面积"], "projects": ["立项日期"], "risk_pool": ["流水类型"],
    "scenarios": ["揭榜日期"], "service_cases": ["满意度"], "space_requests": ["需求类型"],
    "stage_events": ["发生日期", "所处环节", "事件类型", "日期", "项目编号"], "surplus_equity": ["入股金额"], "talent_housing": ["在住套数"],
    "tasks": ["任务状态", "完成时限"], "tech_contracts": ["买方代码", "技术交易额"], "tech_managers": ["级别"],
}
PERSONAL = r"演示[甲乙丙丁戊己庚辛]|139000[01]\d{4}|62019919990101"  # the demo's names, numbers and cards
SILENT = {("scenarios", "D04")}  # the one report that never came


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Park:
    """The demo as its three deliveries leave it. For reading only."""
    park = Park.opened(tmp_path_factory.mktemp("demo") / "data")
    with read_in_process():
        for delivery in deliveries():
            for sent in delivery.files:
                park.send(sent.path, sent.content)
            park.refresh(now=delivery.at)
    return park


@pytest.fixture(scope="module")
def told(demo: Park) -> tuple[Coverage, ...]:
    """Who reported up to when."""
    with demo.open() as con:
        return coverage(con, CLOCK.date())


def test_every_file_counts_and_none_is_held(demo: Park) -> None:
    files = demo.register.files.values()
    assert Counter(file.status for file in files) == {"placed": sum(len(delivery.files) for delivery in deliveries())}
    assert {file.feed for file in files} == set(FEEDS)


def test_the_rows_meant_to_be_wrong_are_refused_and_no_others(demo: Park) -> None:
    found: dict[str, list[str]] = {}
    for feed, heading in demo.ask("SELECT r.feed, s.heading FROM rejected.row AS r JOIN rejected.reason AS s USING (row_id) ORDER BY ALL"):
        found.setdefault(feed, []).append(heading)
    assert found == {feed: sorted(headings) for feed, headings in REFUSED.items()}


def test_every_department_reported_but_one_and_only_the_silent_operator_is_late(told: tuple[Coverage, ...]) -> None:
    assert {(each.feed, each.department) for each in told if each.as_of is None} == SILENT
    late = {each.sender for each in told if each.overdue_days}
    assert late == {LATE_OPERATOR}
    assert {each.feed for each in told if each.overdue_days} >= {"premises", "leases", "space_requests", "platforms", "stage_events"}


def test_core_tables_come_to_what_the_park_meant(demo: Park) -> None:
    meant = sums()
    assert demo.ask("SELECT sum(committed_cny - paid_in_cny) FROM core.fund_commitment") == [(meant.unfunded,)]
    assert demo.ask("SELECT sum(amount_cny) FROM core.fund_cashflow WHERE flow_kind = 'distribution'") == [(meant.distributed,)]
    assert demo.ask("SELECT sum(balance_cny) FROM core.loan WHERE is_in_pool") == [(meant.owed_in_pool,)]
    assert demo.ask("SELECT sum(CASE entry_kind WHEN 'payment' THEN -amount_cny WHEN 'injection' THEN amount_cny WHEN 'recovery' THEN amount_cny END) "
                    "FROM core.risk_pool_entry") == [(meant.pool_net,)]
    assert demo.ask("SELECT sum(amount_cny) FROM core.invest_first_flow WHERE flow_kind IN ('cash', 'rent', 'other')") == [(meant.invested_first,)]
    assert demo.ask("SELECT sum(area_m2)::INTEGER FROM core.lease WHERE starts_on <= '2026-10-31' AND (ends_on IS NULL OR ends_on >= '2026-10-31')") \
        == [(meant.leased_m2,)]
    assert demo.ask("SELECT sum(turnover_cny) FROM core.tech_contract") == [(meant.contract_turnover,)]
    assert demo.ask("SELECT count(*) FROM core.platform WHERE status = 'in_use'") == [(meant.platforms_in_use,)]
    assert demo.ask("SELECT count(*) FROM core.task WHERE status = 'done'") == [(meant.tasks_done,)]
    assert demo.ask("SELECT count(*) FROM core.resolution WHERE status = 'closed'") == [(meant.matters_closed,)]
    assert min(meant.unfunded, meant.owed_in_pool, meant.pool_net, meant.contract_turnover) > 10_000_000
    assert min(meant.platforms_in_use, meant.tasks_done, meant.matters_closed) > 10


def test_the_goals_stand_where_they_stood_with_six_feeds(demo: Park) -> None:
    values = demo.values()
    goals = {name: values[name] for name in ("g1_poc_small", "g2_pilot", "g3_landed", "g4a_output_12m")}
    assert goals == {"g1_poc_small": 52, "g2_pilot": 14, "g3_landed": 9, "g4a_output_12m": Decimal("951189535.40")}
    assert values["g5_milestones"] == 6 + values["premise_core_functions"] == 11


def test_funds_never_spend_what_they_do_not_have_and_one_is_younger_than_a_year() -> None:
    cash: Counter[str] = Counter()
    latest = {flow.flow_id: flow for flow in sorted(flows(world(SEED)), key=lambda flow: flow.told) if not flow.is_void}
    repeated = {flow.flow_id for flow in flows(world(SEED)) if flow.is_void}
    for flow in sorted((flow for flow in latest.values() if flow.flow_id not in repeated), key=lambda flow: (flow.on, flow.kind not in ("实缴", "退出回收"))):
        cash[flow.fund_id] += int(flow.amount * 100) * (1 if flow.kind in ("实缴", "退出回收") else -1)
        assert cash[flow.fund_id] >= 0, flow
    given = {kind: sum(flow.amount for flow in latest.values() if flow.fund_id == "JJ-2019-01" and flow.kind == kind) for kind in ("实缴", "分配")}
    assert given["分配"] > given["实缴"]
    assert sum(bool(fund.calls) and fund.calls[0][0] > CLOCK.date() - timedelta(days=365) for fund in FUNDS) == 1


def test_agreements_are_in_every_state_one_waits_long_and_one_that_ended_keeps_its_rooms(demo: Park) -> None:
    states = dict(demo.ask("SELECT status, count(*)::INTEGER FROM core.invest_first_deal GROUP BY status"))
    assert set(states) == {"approved", "funded", "triggered", "converted", "held", "exited", "returned", "replaced", "exempted", "terminated"}
    assert demo.ask("SELECT count(*) FROM core.invest_first_deal WHERE status = 'triggered' AND triggered_on < DATE '2026-10-31' - 90") == [(1,)]
    kept = demo.ask("SELECT p.status, l.rent_waived_cny > 0 FROM core.invest_first_deal AS d JOIN core.lease AS l USING (agreement_id) "
                    "JOIN core.project AS p USING (project_id) WHERE d.status = 'terminated' AND l.ends_on IS NULL")
    assert kept == [("terminated", True)]


def test_what_refers_to_another_list_is_on_it(demo: Park) -> None:
    for table, test in (("fund_cashflow", "is_fund_listed"), ("fund_commitment", "is_fund_listed"), ("invest_first_flow", "is_agreement_listed"),
                        ("fund_cashflow", "is_project_listed OR project_id IS NULL"), ("tech_contract", "is_seller_known AND is_buyer_known"),
                        ("resolution", "is_task_listed OR task_id IS NULL"), ("risk_pool_entry", "is_in_pool OR contract_id IS NULL"),
                        ("task", "is_clause_known")):
        assert demo.ask(f"SELECT count(*) > 0, count(*) FILTER (WHERE NOT coalesce({test}, false)) FROM core.{table}") == [(True, 0)], (table, test)
    assert demo.ask("SELECT DISTINCT clause_id FROM core.task ORDER BY 1") == [(f"C{number:02d}",) for number in range(1, 88)]
    assert demo.ask("SELECT DISTINCT unit_name FROM core.task WHERE responsible_department_id IS NULL") == [("科技口",)]


def test_the_building_told_in_gcj_02_is_put_where_it_stands(demo: Park) -> None:
    ((longitude, latitude),) = demo.ask("SELECT DISTINCT longitude_deg, latitude_deg FROM core.location WHERE entity_kind = 'premise' AND datum = 'gcj02'")
    metres = hypot((longitude - 103.6448) * 111_320 * cos(radians(36.6)), (latitude - 36.6012) * 110_980)
    assert metres < 1


def test_what_was_told_twice_and_taken_back_is_not_counted(demo: Park) -> None:
    flow = next(flow.flow_id for flow in flows(world(SEED)) if flow.is_void)
    for feed, table, key in (("fund_cashflows", "fund_cashflow", f"flow_id = '{flow}'"), ("risk_pool", "risk_pool_entry", "entry_id = 'FX-101'"),
                             ("invest_first_flows", "invest_first_flow", "flow_id = 'XL-901'"), ("service_cases", "service_case", "case_id = 'BJ-C-090'"),
                             ("space_requests", "space_request", "request_id = 'CS-KC-090'"), ("policies", "policy_item", "item_id = 'SB-90'"),
                             ("surplus_equity", "surplus_equity", "investment_id = 'RG-003'")):
        assert demo.ask(f"SELECT count(*) FROM raw.{feed} WHERE {key}") == [(2,)], feed
        assert demo.ask(f"SELECT count(*) FROM core.{table} WHERE {key}") == [(0,)], table


def test_october_puts_right_a_month_that_september_had_refused(demo: Park) -> None:
    ((occupied, available),) = demo.ask("SELECT occupied, available FROM core.talent_housing WHERE site_id = 'GY-03' AND period_from = '2026-09-01'")
    assert 0 < occupied <= available


def test_the_invented_persons_stay_in_landing(demo: Park) -> None:
    with demo.open() as con:
        columns = con.execute("SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() "
                              "WHERE NOT internal AND data_type IN ('VARCHAR', 'VARCHAR[]', 'JSON')").fetchall()
        for table, column in columns:
            found = con.execute(f"SELECT count(*) FROM {table} WHERE regexp_matches({column}::VARCHAR, ?)", [PERSONAL]).fetchall()
            assert found == [(0,)], (table, column)
    landed = b"".join(path.read_bytes() for path in (demo.home.root / "landing" / "blobs").iterdir())
    assert "演示甲".encode("gb18030") in landed
