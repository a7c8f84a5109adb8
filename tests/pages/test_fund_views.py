"""基金, 先投后股 and 财政与筹资 as they are drawn on the park: the finding, sums that hold, links to rows, and a file another tool can compute from."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from html import unescape

import pytest
import streamlit as st
from asked import ask
from park import Park
from shown import Shown
from streamlit.testing.v1 import AppTest

from analytics.funds import funds
from serve import app
from warehouse.here import reader

SCRIPT = """from language import speak
from pages.choices import carry, language
speak(language().code)
from pages.funds import funds
carry('funds')
funds()
"""
VIEWS = ("funds", "invest_first", "budget")
Run = Callable[..., AppTest]


@pytest.fixture
def run() -> Iterator[Run]:
    """Opens the page of the data home in the environment with these parameters in the URL; fails on any exception."""
    st.cache_data.clear()
    reader.cache_clear()

    def opened(**parameters: str) -> AppTest:
        test = AppTest.from_string(SCRIPT, default_timeout=30)
        for name, text in parameters.items():
            test.query_params[name] = text
        test.run()
        assert [each.message for each in test.exception] == []
        return test

    yield opened
    st.cache_data.clear()
    reader.cache_clear()


def shown(test: AppTest) -> Shown:
    return Shown(html="\n".join(str(each.proto.body) for each in test.get("html") if not each.proto.body.startswith("<style>")))


def listed(test: AppTest) -> tuple[int, str]:
    """How many rows the page says there are, and their sum."""
    found = re.search(r"：共 ([\d,]+) 行，合计 ([\d,.]+) ", shown(test).text)
    return (int(found[1].replace(",", "")), found[2]) if found else (0, "0")


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("—", "0"))


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_says_a_finding_with_numbers_and_its_figures_have_words(read_only: Park, run: Run, view: str) -> None:
    test = run(view=view)
    assert re.search(r"\d", shown(test).title)
    assert all(len(each.proto.alt) > 8 for each in test.get("plotly_chart"))
    assert test.get("plotly_chart")


def test_net_and_gross_are_in_tables_of_their_own(read_only: Park, run: Run) -> None:
    page = shown(run(view="funds"))
    net, gross = page.table("净口径")[0], page.table("毛口径")[0]
    assert "净内部收益率" in net and "毛内部收益率" not in net and "MOIC（毛）" not in net
    assert "毛内部收益率" in gross and not {"TVPI", "DPI", "净值"} & set(gross)


def test_funds_add_up_to_the_total_line_and_the_total_to_its_rows(read_only: Park, run: Run) -> None:
    table = shown(run(view="funds")).table("净口径")
    for column, layer in ((2, "fund_commitment"), (3, "fund_paid_in"), (4, "fund_unfunded"), (6, "fund_distributed"), (7, "fund_nav")):
        parts = sum((amount(row[column]) for row in table[1:-1]), Decimal())
        assert parts == pytest.approx(amount(table[-1][column]), abs=Decimal("0.5"))
        assert listed(run(view="funds", layer=layer))[1] == table[-1][column]


def test_a_kind_and_a_fund_narrow_the_rows_with_the_table(read_only: Park, run: Run) -> None:
    kinds = [kind for (kind,) in read_only.ask("SELECT DISTINCT fund_kind FROM core.fund ORDER BY 1")]
    whole = listed(run(view="funds", layer="fund_paid_in"))[0]
    assert sum(listed(run(view="funds", layer="fund_paid_in", kind=kind))[0] for kind in kinds) == whole > 0
    [(fund,)] = read_only.ask("SELECT min(entity_id) FROM mart.contribution WHERE metric_id = 'fund_paid_in'")
    test = run(view="funds", layer="fund_paid_in", fund=str(fund))
    assert listed(test)[1] == shown(test).table("净口径")[-1][3]


def test_the_file_of_flows_gives_the_same_multiples_to_another_tool(read_only: Park, run: Run) -> None:
    [href] = re.findall(r'href="(/flows/funds\.csv[^"]*)"', shown(run(view="funds")).html)
    told = ask(app, unescape(href))
    assert told.status == 200 and "immutable" in told.headers["cache-control"]
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in csv.DictReader(io.StringIO(told.body.decode("utf-8-sig"))):
        sums[row["fund_id"]][row["transaction_type"]] += Decimal(row["amount_cny"])
        if not row["transaction_type"].startswith("NAV"):
            assert row["file"] and row["row"]
    [(newest,)] = read_only.ask("SELECT newest_as_of FROM meta.snapshot")
    assert isinstance(newest, dt.date)
    with reader(read_only.home.store.root).pin() as pinned:
        found = funds(pinned.cursor, newest).funds
    assert len(found) > 1
    for each in found:
        own = sums[each.listed.fund_id]
        assert own["Capital Call"] == each.position.paid_in and own["Distribution"] == each.position.distributed
        assert own["NAV: Cash"] + own["NAV: Fair Value"] == each.position.nav


def test_a_fund_there_is_none_of_is_said_and_its_file_refused(read_only: Park, run: Run) -> None:
    assert "没有这个基金" in shown(run(view="funds", fund="JJ-0000")).text
    assert ask(app, "/flows/funds.csv?fund=JJ-0000").status == 404


def test_agreements_lead_to_their_flows_and_states_to_their_agreements(read_only: Park, run: Run) -> None:
    table = shown(run(view="invest_first")).table("先投后股协议")
    names = [row[0].split()[0] for row in table[1:]]
    assert names
    states = {row[1] for row in table[1:]}
    code = {"先投": "funded", "触发": "triggered", "转股": "converted", "代持": "held"}
    chosen = next(state for state in code if state in states)
    narrowed = shown(run(view="invest_first", by=code[chosen])).table("先投后股协议")
    assert {row[1] for row in narrowed[1:]} == {chosen}
    [(agreement,)] = read_only.ask("SELECT min(entity_id) FROM mart.contribution WHERE metric_id = 'deal_principal' AND value > 0")
    [(number,)] = read_only.ask(f"SELECT count(*) FROM mart.contribution WHERE metric_id = 'deal_principal' AND entity_id = '{agreement}' "
                                "AND counts_until IS NULL")
    assert listed(run(view="invest_first", layer="deal_principal", deal=str(agreement)))[0] == number


def test_what_the_joint_meeting_has_not_decided_is_said(read_only: Park, run: Run) -> None:
    page = shown(run(view="invest_first"))
    assert "未定" in page.text and "新区国有企业名单未定" in page.text


def test_sources_of_a_year_add_up_and_execution_is_spent_by_allocated(read_only: Park, run: Run) -> None:
    table = shown(run(view="budget")).table("从预算到支出")
    for column in range(2, 7):
        assert sum((amount(row[column]) for row in table[1:-1]), Decimal()) == pytest.approx(amount(table[-1][column]), abs=Decimal("0.1"))
    issued, spent = amount(table[-1][4]), amount(table[-1][6])
    assert Decimal(table[-1][7].rstrip("%")) == pytest.approx(spent / issued * 100, abs=Decimal("0.6"))


@pytest.mark.parametrize("view", VIEWS)
def test_in_english_nothing_is_chinese_but_what_departments_wrote(read_only: Park, run: Run, view: str) -> None:
    test = run(view=view, lang="en")
    html = re.sub(r'<details class="sources">.*?</details>|>中文</a>', "", shown(test).html, flags=re.DOTALL)
    sent = " ".join(str(row[0]) for row in read_only.ask(
        "SELECT org_name FROM core.organization UNION SELECT project_name FROM core.project UNION SELECT fund_name FROM core.fund "
        "UNION SELECT item_name FROM core.funding UNION SELECT name FROM raw.file UNION SELECT sender FROM raw.file UNION SELECT approval_no FROM core.surplus_equity"))
    widgets = [text for each in (*test.selectbox, *test.segmented_control) for text in (each.label, *map(str, each.options))]
    said = " ".join((html, *widgets, *(each.proto.alt for each in test.get("plotly_chart"))))
    assert [word for word in re.findall("[一-鿿]+", said) if word not in sent] == []
