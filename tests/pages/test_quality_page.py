"""The quality page as it is drawn: on the park, for one department, on nothing refused, on a million refused rows, and on what people type."""

from __future__ import annotations

import datetime as dt
import re
import resource

import duckdb
import pytest
from park import FOLDERS, NOON, Park, sample
from shown import Run, shown

from analytics.contract import contract
from analytics.quality import DIMENSIONS, quality, refused_rows
from etl.contract import Kind
from etl.contract_words import vocabulary
from etl.feeds import FEEDS
from warehouse.selfcheck import Checked, Mismatch, keep

PAGE = ("quality", "pages.quality:quality_page")
CENTRE = FOLDERS["D08"]


def test_the_title_says_what_there_is_to_do(read_only: Park, run: Run) -> None:
    with read_only.open() as con:
        found = quality(con.cursor(), dt.date(2026, 11, 5))
    never, problems = sum(each.number("never") for each in found.departments), sum(each.problems for each in found.departments)
    assert never and problems
    assert shown(run()).title == f"12 家单位应报 52 份报表：{never} 份从未报送，检查发现 {problems} 处待核对"


def test_each_dimension_has_its_own_count_and_no_number_blends_them(read_only: Park, run: Run) -> None:
    page = shown(run())
    told = dict(read_only.ask("SELECT r.dimension, (sum(p.checked), sum(p.failed)) FROM meta.check_part AS p JOIN meta.check_result AS r USING (check_id) GROUP BY 1"))
    assert set(told) == set(DIMENSIONS)
    for dimension, (checked, failed) in told.items():
        assert re.search(rf"{dimension} (\d+\.\d%|100%) 查 {checked:,} 项，不符 {failed:,} 项", page.text), dimension
    assert "总分" not in page.text and "综合" not in page.text


def test_the_table_has_a_row_per_department_and_its_numbers_are_those_of_the_snapshot(read_only: Park, run: Run) -> None:
    rows = shown(run()).table("各部门报送与质量")
    assert len(rows) == 13
    centre = next(row for row in rows if row[0] == "科技创新促进中心")
    [(accepted,)] = read_only.ask("SELECT sum(accepted) FROM raw.file WHERE department_id = 'D08' AND is_standing")
    assert centre[rows[0].index("接收行")] == f"{accepted:,}"
    idle = next(row for row in rows if row[0] == "新区监管国有企业")
    assert idle[rows[0].index("规范性")] == "—", "what was not examined is no 0 and no 100 %"
    assert idle[rows[0].index("时效性")] == "0.0%0/1"


def test_a_departments_own_link_shows_only_its_work(read_only: Park, run: Run) -> None:
    page = shown(run(department="D05"))
    assert page.title.startswith("财政金融和国有资产监督管理局应报 9 份报表：")
    assert [row[0] for row in page.table("本部门的报表")[1:]].count("科技信贷") == 1
    assert "科技创新促进中心" not in page.text.replace("请：科技创新促进中心", ""), "nobody else's reports, late or not"
    assert "流水实缴" in page.text, "what the department itself has to check"


def test_one_report_of_a_department_can_be_chosen(read_only: Park, run: Run) -> None:
    assert "流水实缴" in shown(run(department="D05", feed="fund_commitments")).text
    assert "流水实缴" not in shown(run(department="D05", feed="loans")).text


def test_every_report_is_described_as_it_is_declared(read_only: Park) -> None:
    with read_only.open() as con:
        for name, feed in FEEDS.items():
            told = contract(con, name)
            assert told and [(each.heading, each.is_required, each.is_key, each.aliases) for each in told.fields] == [
                (column.heading, column.required, column.key, column.aliases) for column in feed.columns]
            assert len(told.rules) == len(feed.rules) and told.summary and told.due


@pytest.mark.parametrize("name", ["loans", "stage_events", "tech_managers"])
def test_a_chosen_report_says_how_it_is_filled_in(read_only: Park, run: Run, name: str) -> None:
    page = shown(run(feed=name))
    feed = FEEDS[name]
    [_headings, *rows] = page.table(f"{feed.title}的列")
    for (heading, meaning, aliases), column in zip(rows, feed.columns, strict=True):
        assert heading.split()[0] == column.heading and ("必填" in heading, "编号" in heading.split()) == (column.required, column.key)
        assert [word for word in vocabulary(column).values() if word not in meaning] == [] and aliases == "、".join(column.aliases)
        assert ("只留在原件中" in meaning) == (column.kind is Kind.PERSONAL)
    assert ("否则退回" in page.text) == bool(feed.rules)


def test_no_report_chosen_says_nothing_of_columns(read_only: Park, run: Run) -> None:
    assert "怎样填" not in shown(run()).text


def test_a_snapshot_from_before_there_were_contracts_says_none(home: Park, run: Run) -> None:
    current = home.home.store.current()
    assert current
    with duckdb.connect(str(home.home.store.path(current.snapshot))) as con:
        con.execute("DROP TABLE meta.feed")
    page = shown(run(feed="loans"))
    assert "怎样填" not in page.text and page.title.startswith("12 家单位")


def test_a_department_without_a_report_to_send_is_told_so(read_only: Park, run: Run) -> None:
    page = shown(run(department="E02"))
    assert page.title == "科技服务机构没有报送任务"
    assert "没有退回的行。" in page.text and "还没有改正过的退回行。" in page.text


@pytest.mark.parametrize("asked", [{"department": "D99"}, {"department": "<b>"}, {"feed": "weather"}, {"sheet": "7"}, {"sheet": "-1"}])
def test_what_there_is_none_of_is_said_and_the_page_stands(read_only: Park, run: Run, asked: dict[str, str]) -> None:
    page = shown(run(**asked))
    [(name, text)] = asked.items()
    assert f"网址中的 {name}“{text}”" in page.text
    assert page.title.startswith("12 家单位")


def test_a_refused_row_shows_its_cells_with_those_at_fault_marked_and_how_to_get_the_file_back(home: Park, run: Run) -> None:
    home.send(f"{CENTRE}/项目库.csv", sample("projects").but("GZH-2025-0003", 立项日期="去年", 承担单位="<img src=x>"))
    home.refresh()
    html = shown(run(department="D08")).html
    assert "<mark>去年</mark>" in html and "立项日期：应为日期" in html and "<mark>GZH" not in html
    assert "&lt;img src=x&gt;" in html and "<img" not in html
    assert "python -m etl answer 文件名" in shown(run(department="D08")).text
    assert shown(run(department="D04")).text.count("没有退回的行。") == 1


def test_a_corrected_file_closes_the_row_and_the_page_says_how_long_it_took(home: Park, run: Run) -> None:
    home.send(f"{CENTRE}/项目库.csv", sample("projects").but("GZH-2025-0003", 立项日期="去年"))
    home.refresh()
    assert "1 行待改正" in shown(run()).title
    home.send(f"{CENTRE}/项目库.csv", sample("projects").but("GZH-2025-0003", 立项日期="2025-03-01"))
    home.refresh(now=NOON + dt.timedelta(days=4))
    page = shown(run())
    assert "待改正，" not in page.title and "没有退回的行。" in page.text
    [row] = [row for row in page.table("已改正的退回行") if row[0] == "GZH-2025-0003"]
    assert row == ["GZH-2025-0003", "2026-11-05", "2026-11-09", "4 天", "项目库.csv", "已接收"]


def test_a_renamed_department_keeps_its_number_and_its_link(home: Park, run: Run) -> None:
    home.home.landing.append("rule_changed", at=NOON, table="departments", rows=[{"department_id": "D05", "name_zh": "金融发展局"}])
    home.refresh()
    page = shown(run(department="D05"))
    assert page.title.startswith("金融发展局应报 9 份报表：")
    assert "财政金融和国有资产监督管理局" not in "".join(row[0] for row in shown(run()).table("各部门报送与质量"))


def test_a_snapshot_without_check_results_says_so(home: Park, run: Run) -> None:
    home.send(f"{CENTRE}/项目库.csv", sample("projects").but("GZH-2025-0003", 承担单位="（演示）换了名的单位"))
    home.refresh()
    assert "该期无检查结果" in shown(run()).text


def test_before_anything_is_published_the_first_steps_are_told(empty: Park, run: Run) -> None:
    assert shown(run()).title == "还没有发布过数据"


def test_in_english_only_the_departments_words_stay_chinese(read_only: Park, run: Run) -> None:
    app = run(lang="en", department="D05")
    html = re.sub(r'<(\w+)[^>]*lang="zh-CN".*?</\1>', "", shown(app).html, flags=re.DOTALL)
    assert "Conformity" in html and "To be checked" in html
    left = re.findall("[一-鿿]+", re.sub(r"<a [^>]*>中文</a>|<caption>.*?</caption>", "", html))
    assert [each for each in left if each not in {"演示"}] == []


def test_a_million_refused_rows_are_paged_and_memory_stays_calm(home: Park, run: Run) -> None:
    current = home.home.store.current()
    assert current
    path = home.home.store.path(current.snapshot)
    path.chmod(0o644)
    with duckdb.connect(path) as con:
        con.execute("INSERT INTO rejected.row SELECT (2::BIGINT << 36) + i, 2, 'projects', '{\"项目编号\": \"' || i || '\"}', i::VARCHAR "
                    "FROM range(100, 1000100) AS t(i)")
        con.execute("INSERT INTO rejected.open_row SELECT row_id, file_id, feed, 'D08', '', key, TIMESTAMP '2026-11-01' FROM rejected.row")
        con.execute("INSERT INTO rejected.open_reason SELECT row_id, '项目编号', key, '项目编号：格式不对', '规范性' FROM rejected.row")
    with home.open() as reader:
        assert len(refused_rows(reader.cursor(), most=50, skip=999_950)) == 50
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    app = run(department="D08", sheet="20000")
    page = shown(app)
    assert "共 1,000,000 行" in page.text and "999,951–1,000,000" in page.text
    assert len(page.table("待改正的退回行")) == 51
    assert len(page.html) < 200_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000, "kilobytes"


def test_numbers_that_do_not_agree_are_said_in_red_above_the_page_and_listed_on_it(issue_home: Park, run: Run) -> None:
    snapshot, _values = issue_home.served()
    assert "自检发现" not in (before := shown(run()).text) and "还没有自检过" in before
    wrong = Mismatch(metric_id="g1_poc_small", zone="chem", what="value", told={"rows": "12", "csv": "13"})
    keep(issue_home.home.store, Checked(snapshot=snapshot, as_of=dt.date(2026, 10, 31), at=NOON, seconds=6, metrics=3, cells=40, ways={"rows": 40, "csv": 40},
                                        is_all=False, mismatches=(wrong,)))
    page = shown(run())
    assert "自检发现 1 个数在不同地方读出来不一样" in page.text
    [_head, line] = page.table("对不上的数")
    assert line[1:] == ["绿色化工产业承载区", "数值", "12 来源行13 导出 CSV"] and "概念验证及小试项目" in line[0]
