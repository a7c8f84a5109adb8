"""会议专刊, and every page as of an issue."""

from __future__ import annotations

import re

import pytest
from issue_home import frozen, told_more
from park import Park
from shown import Open, Run, shown

from analytics.access import Access, Role
from exports.verifying import verify
from warehouse.issues import Frozen, issues

PAGE = ("issues", "pages.issues:issues_page")


@pytest.fixture
def found(issue_home: Park) -> Frozen:
    """The November issue; since then one more project is told."""
    issue = frozen(issue_home)
    told_more(issue_home)
    return issue


def links(html: str) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', html))


def test_without_an_issue_the_page_says_so_and_shows_how_one_is_frozen(issue_home: Park, run: Run) -> None:
    page = run()
    assert shown(page).title == "还没有冻结过专刊"
    assert [each.label for each in page.text_input] == ["期号", "会议编号", "姓名", "改版理由"]


def test_the_page_lists_what_was_frozen_with_the_numbers_of_then(issue_home: Park, found: Frozen, run: Run) -> None:
    page = shown(run())
    assert page.title == "已冻结 1 期专刊，最近一期 2026-11，会议 LX-2026-06：与冻结时逐字节相同"
    heading, row = page.table("各期专刊")
    then = dict(zip(heading, row, strict=True))
    value = f"{issue_home.value('g1_poc_small', snapshot=found.snapshot):.0f}"
    assert (then["专刊"], then["会议"], then["核对"], then["概念验证及小试项目（项）"]) == ("专刊 2026-11", "LX-2026-06", "已核对", value)
    assert value != f"{issue_home.value('g1_poc_small'):.0f}", "today it is another"
    files = page.table("文件")[1:]
    assert [(row[0], row[2]) for row in files] == [(each.name, each.sha256) for each in found.files]
    assert {f"/pack/{found.name}.zip", f"/pack/{found.name}/manifest.json"} <= links(page.html)
    assert not any("/state/" in each for each in links(page.html)), "rows of persons stay"
    assert "无：这是基期，首次载入的不算迟报" in page.text


def test_a_changed_byte_is_named_and_cannot_be_taken(found: Frozen, run: Run) -> None:
    path = found.folder / "SHA256SUMS"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"!")
    page = shown(run())
    assert page.title.endswith("2026-11r1 与冻结时不同") and "SHA256SUMS 内容有改动" in page.text
    assert not {f"/pack/{found.name}.zip", f"/pack/{found.name}/SHA256SUMS"} & links(page.html)
    assert f"/pack/{found.name}/manifest.json" in links(page.html)


def test_an_issue_there_is_none_of_is_said_and_the_newest_shown(found: Frozen, run: Run) -> None:
    page = shown(run(id="2026-12r1"))
    assert "没有这个专刊" in page.text and page.table("各期专刊")[1][0] == "专刊 2026-11"


def test_freezing_on_the_page_says_first_what_it_would_make(issue_home: Park, run: Run) -> None:
    page = run()
    page.text_input[1].input("LX-2026-06")
    page.text_input[2].input("某秘书")
    page.button[0].click().run()
    said = shown(page).text
    assert "将冻结专刊 2026-11r1：会议 LX-2026-06" in said and "没有上一期，作为基期" in said
    assert issues(issue_home.home.root) == ()
    next(each for each in page.button if each.label == "确认冻结").click().run()
    assert [each.message for each in page.exception] == []
    [issue] = issues(issue_home.home.root)
    assert (issue.by, issue.snapshot) == ("某秘书", issue_home.served()[0]) and verify(issue.folder, issue_home.home.root).is_whole
    assert shown(page).title.startswith("已冻结 1 期专刊")


def test_freezing_again_on_the_page_is_said_and_another_content_wants_a_reason(issue_home: Park, found: Frozen, run: Run) -> None:
    page = run()
    for at, text in ((1, "LX-2026-06"), (2, "某秘书")):
        page.text_input[at].input(text)
    page.button[0].click().run()
    assert "改版须写明理由" in shown(page).text and [each.label for each in page.button] == ["核对将要冻结的"]
    page.text_input[3].input("补报一个项目")
    page.button[0].click().run()
    next(each for each in page.button if each.label == "确认冻结").click().run()
    assert [each.name for each in issues(issue_home.home.root)] == ["2026-11r1", "2026-11r2"]
    assert "补报一个项目" in shown(page).text
    page.button[0].click().run()
    assert "内容相同，不必再冻结" in shown(page).text


def test_what_cannot_be_frozen_is_said(issue_home: Park, run: Run) -> None:
    page = run()
    page.button[0].click().run()
    assert "会议编号要写明" in shown(page).text and [each.label for each in page.button] == ["核对将要冻结的"]


def test_where_the_pages_may_not_freeze_the_command_is_named(issue_home: Park, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.view.who", lambda: Access(subject="a", name="a", role=Role.VIEWER, departments=frozenset()))
    page = run()
    assert list(page.text_input) == [] and "python -m exports freeze" in shown(page).text


def test_the_overview_of_an_issue_is_that_of_its_snapshot_and_says_so(issue_home: Park, found: Frozen, open_page: Open) -> None:
    then, now = open_page(issue="2026-11"), open_page()
    value = f"{issue_home.value('g1_poc_small', snapshot=found.snapshot):.0f}"
    assert then.card("概念验证及小试项目").text.split()[2] == value != now.card("概念验证及小试项目").text.split()[2]
    band = re.search(r'<aside class="issue".*?</aside>', then.html)
    assert band
    assert all(word in band[0] for word in ("专刊 2026-11", "会议 LX-2026-06", str(found.as_of), "冻结于 2026-11-05 12:00（专班秘书）", "已核对"))
    assert "/" in links(band[0]) and '<aside class="issue"' not in now.html
    onward = {link for link in links(then.html) if link.startswith("/goals")}
    assert onward and all("issue=2026-11" in link for link in onward)


def test_an_issue_decides_the_snapshot_and_another_day_may_be_asked(found: Frozen, open_page: Open) -> None:
    page = open_page(issue="2026-11", snapshot="another", as_of="2026-08-31")
    assert "数据截至 2026-08-31" in page.text and found.snapshot in page.text and "没有这一期快照" not in page.text


def test_an_unknown_issue_is_said_with_the_nearest_and_today_shown(issue_home: Park, found: Frozen, open_page: Open) -> None:
    page = open_page(issue="2026-12")
    assert "没有这一期专刊，现显示当前数据。相近的：2026-11。" in page.text and issue_home.served()[0] in page.text


def test_a_changed_byte_of_the_issue_is_said_on_every_page(found: Frozen, open_page: Open) -> None:
    (found.folder / "SHA256SUMS").unlink()
    assert "有改动 1 处" in open_page(issue="2026-11").text


@pytest.mark.parametrize("how", ["gone", "altered"])
def test_without_its_snapshot_an_issue_still_gives_every_metric(issue_home: Park, found: Frozen, open_page: Open, how: str) -> None:
    path, value = issue_home.home.store.path(found.snapshot), f"{issue_home.value('g1_poc_small', snapshot=found.snapshot):.0f}"
    path.chmod(0o644)
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b"\0")
    page = open_page(issue="2026-11")
    assert page.title == "专刊 2026-11r1 的快照已不在或有改动，各页不能照当时的样子显示"
    values = {row[0].split(" ")[-1]: row[1] for row in page.table("各指标")[1:]}
    assert values["g1_poc_small"] == value and len(values) > 100 and "manager_registered" not in values
    assert "有改动 1 处" in page.text and "回到当前数据" in page.text
    (found.folder / "state" / "mart.contribution.parquet").unlink()
    assert "存档的行也读不出" in open_page(issue="2026-11").text


def test_a_table_that_an_old_snapshot_does_not_have_is_said(issue_home: Park, found: Frozen, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        import duckdb
        raise duckdb.CatalogException("Table with name course_now does not exist!")

    monkeypatch.setattr("pages.overview.courses", missing)
    assert "该期无此表" in open_page(issue="2026-11").text
