"""报送: from the file dropped to the signature under it, each department's own, with a way on from whatever goes wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from asked import ask
from park import Park, Unchecked, sample
from shown import Run, shown
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from submissions import OTHER, READ, STEWARD, TRAP, checked, found, given, job

from analytics.access import Access, Role
from etl.__main__ import main
from etl.home import Home
from etl.work.loop import work
from exports.links import returned_url
from exports.returned_routes import returned_routes
from warehouse.jobs.folder import Kind, jobs
from warehouse.jobs.folder import job as job_of
from warehouse.jobs.results import Finding, Question, Refusal, Sent
from warehouse.jobs.uploads import upload
from warehouse.submissions import history

PAGE = ("submit", "pages.submit:submit_page")
Be = Callable[[Access], None]


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are asked for and stay in the queue."""
    for asks in ("asking", "folder"):
        monkeypatch.setattr(f"warehouse.jobs.{asks}.ensure_worker", lambda _home: None)


@pytest.fixture
def be(monkeypatch: pytest.MonkeyPatch) -> Be:
    """Who has logged in."""
    def become(who: Access) -> None:
        monkeypatch.setattr("pages.view.who", lambda: who)
        monkeypatch.setattr("pages.submit.who", lambda: who)

    return become


def press(page: AppTest, label: str) -> AppTest:
    """Press the button of this label."""
    next(each for each in page.button if each.label == label).click().run()
    assert [each.message for each in page.exception] == []
    return page


def tick(page: AppTest) -> None:
    for each in page.checkbox:
        each.check()


def test_dropped_files_are_kept_and_checked_under_the_senders_name(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    page = run()
    assert [each.label for each in page.selectbox] == [], "of one department there is nothing to choose"
    page.file_uploader[0].set_value([("十月.csv", b"a,b\n1,2", "text/csv"), ("附件.xlsx", b"PK", "")]).run()
    press(page, "检查")
    asked = {each.arguments["name"]: each for each in jobs(issue_home.home.root)}
    assert set(asked) == {"十月.csv", "附件.xlsx"} and {each.kind for each in asked.values()} == {Kind.CHECK}
    first = asked["十月.csv"]
    kept = upload(issue_home.home.root, first.arguments["upload"])
    assert (kept.sha256, kept.department, first.who.name) == (hashlib.sha256(b"a,b\n1,2").hexdigest(), "D08", "王某")
    assert page.query_params["job"] in (first.job_id, [first.job_id]), "a closed browser comes back to it"
    assert "取消" in [each.label for each in page.button]


def test_a_result_shows_cells_as_text_and_figures_before_and_after(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    page = shown(run(job=checked(issue_home.home.root)))
    assert page.title == "十月进展.xlsx 认作《阶段事件》：9 行可计入，2 行要改正"
    assert page.table("要改正的")[2][:3] == ["第 7 行 F 列十月", "说明", TRAP]
    assert "<img" not in page.html
    assert page.table("要核对的")[1] == ["1", "合计对不上合计行填 120，各行之和是 102120", "第 13 行 E 列十月", "核对合计行。"]
    assert page.table("变更的行")[1] == ["SJ-0002", "十月 · 第 5 行", "状态：有效 → 作废"]
    assert "试算，未发布" in page.text and "3 → 4" in page.text and page.table("其他变动的指标")[1][1:4] == ["10", "12", "+2"]


def test_a_file_that_is_on_record_already_says_what_of_it_is_still_to_be_put_right(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    page = shown(run(job=checked(issue_home.home.root, state="repeated", errors=(), errors_total=0)))
    assert page.title == "十月进展.xlsx 与现行的文件完全相同，不必再报，其中 2 行仍要改正"
    assert "/quality?department=D08" in page.html


def test_findings_of_one_rule_stand_together_and_are_commented_on_once(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    lost = tuple(Finding(finding_id=f"c{at}", kind="check", what=f"GZH-2024-000{at}：最后见于 2026-09-30", do="补回名单。", about="离开名单的项目都先有终了状态。")
                 for at in range(5))
    page = run(job=checked(issue_home.home.root, warnings=lost, warnings_total=5))
    assert [each.label for each in page.text_input] == ["说明 1：离开名单的项目都先有终了状态。"]
    [_, row] = shown(page).table("要核对的")
    assert row[1].count("离开名单") == 1 and "GZH-2024-0000" in row[1] and "另有 2 处" in row[1] and row[2] == "5 处"


def test_every_file_that_waits_for_a_signature_is_named_with_what_came_of_it(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    root = issue_home.home.root
    for at in range(9):
        file = given(root, f"第{at}份.csv")
        job(root, Kind.CHECK, {"upload": file.upload_id, "name": file.name, "as_of": None, "replaces": None}, found(root, file), what=f"{at} 行可计入；可以签认。")
    rows = shown(run()).table("正在办的和刚办完的")[1:]
    assert [(each[0], each[4]) for each in rows] == [(f"检查 第{at}份.csv", f"{at} 行可计入；可以签认。") for at in reversed(range(9))]


def test_files_received_by_an_earlier_version_are_counted_as_the_snapshot_has_them(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    file = next(each for each in history(issue_home.home.root) if each.feed == "stage_events")
    [act] = [path for path in (issue_home.home.root / "landing" / "acts").glob("*.json") if (told := json.loads(path.read_text(encoding="utf-8")))["kind"] == "placed"
             and told["file"] == file.file_id]
    told = json.loads(act.read_text(encoding="utf-8"))
    act.write_text(json.dumps({name: each for name, each in told.items() if name not in ("accepted", "refused")}), encoding="utf-8")
    row = next(each for each in shown(run()).table("报送历史") if each[0] == file.name)
    assert (row[6], row[7]) == (str(file.accepted), str(file.refused))


def test_nothing_is_published_before_it_is_signed_and_then_exactly_what_was_checked(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    root = issue_home.home.root
    check = checked(root)
    page = press(run(job=check), "签认并发布")
    assert "还缺：确认一栏的勾。没有发布。" in shown(page).text and len(jobs(root)) == 1
    page.text_input[0].input("合计行是上月的，已改")
    tick(page)
    press(page, "签认并发布")
    [put, _check] = jobs(root)
    assert (put.kind, put.who.name, put.arguments["checked"], put.arguments["certify"]) == (Kind.PUBLISH, "王某", check, True)
    assert put.arguments["comments"] == [{"finding_id": "w1", "what": "合计行填 120，各行之和是 102", "text": "合计行是上月的，已改"}]


def test_a_question_is_answered_with_a_reason_or_nothing_is_published(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    root = issue_home.home.root
    question = Question(what="比上一份少了 9 个编号。", do="", is_as_of=False)
    page = run(job=checked(root, state="held", question=question))
    tick(page)
    assert "还缺：对问题的答复。" in shown(press(page, "签认并发布")).text
    page.text_area[0].input("九个项目已终止")
    press(page, "签认并发布")
    [put, _check] = jobs(root)
    assert put.arguments["answered"] is True
    assert put.arguments["comments"][0] == {"finding_id": "question", "what": question.what, "text": "九个项目已终止"}


def test_a_missing_day_is_asked_and_the_file_checked_again_with_it(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    page = run(job=checked(issue_home.home.root, state="held", question=Question(what="没有写明截至日。", do="", is_as_of=True)))
    page.date_input[0].set_value(dt.date(2026, 10, 31)).run()
    press(page, "按这一天再检查")
    assert jobs(issue_home.home.root)[0].arguments["as_of"] == "2026-10-31"


def test_what_was_tried_on_older_data_cannot_be_signed(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    page = run(job=checked(issue_home.home.root, snapshot="20260101T000000000Z-aaaa"))
    assert "已经过时" in shown(page).text and "签认并发布" not in [each.label for each in page.button]
    press(page, "再检查一次")
    assert [each.kind for each in jobs(issue_home.home.root)] == [Kind.CHECK, Kind.CHECK]


def test_what_stopped_halfway_can_be_checked_again_from_the_same_upload(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    root = issue_home.home.root
    arguments = {"upload": given(root).upload_id, "name": "十月进展.xlsx", "as_of": None, "replaces": None}
    page = run(job=job(root, Kind.PUBLISH, arguments, state="failed", what="关键检查不过", do="转告数据管理员。"))
    assert "没有做成：关键检查不过" in shown(page).text
    press(page, "再检查一次")
    assert jobs(root)[0].kind == Kind.CHECK and jobs(root)[0].arguments["upload"] == arguments["upload"]


def test_another_department_sees_who_is_at_work_and_nothing_of_the_work(issue_home: Park, run: Run, be: Be) -> None:
    be(OTHER)
    root = issue_home.home.root
    theirs = checked(root)
    mine = run()
    assert "王某" in shown(mine).text and "十月进展" not in shown(mine).text and "别的部门" in shown(mine).text
    assert "阶段事件" not in shown(mine).text, "no history of another department"
    refused = run(job=theirs)
    assert "这一项属于别的部门" in shown(refused).text and TRAP not in shown(refused).text and "十月进展" not in shown(refused).text
    file = str(history(root)[0].file_id)
    assert "或它属于别的部门" in shown(run(file=file)).text
    assert "没有这个部门" in shown(run(department="D08")).text


def test_who_only_looks_has_no_such_page(issue_home: Park, run: Run, be: Be) -> None:
    be(Access(subject="v", name="委员", role=Role.VIEWER, departments=frozenset()))
    page = run(job=checked(issue_home.home.root))
    assert "您没有报送的权限" in shown(page).text and not page.file_uploader and not page.button


def test_an_unknown_heading_is_explained_and_the_file_checked_again(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    root = issue_home.home.root
    page = run(job=checked(root, recognised=replace(READ, unknown=("工信局确认", "领导批示"))))
    [first, second] = page.selectbox
    assert first.options == ["先不管，不读入", "这一列不用，以后也不再问", "就是“工信确认”"], "within the contract, of what is not there yet"
    first.select("工信确认")
    second.select("")
    press(page, "记住，并重新检查")
    [again, meant, _check] = jobs(root)
    assert (meant.kind, meant.arguments["feed"], meant.arguments["headings"]) == (Kind.MAP, "stage_events", {"工信局确认": "工信确认", "领导批示": ""})
    assert again.kind == Kind.CHECK and page.query_params["job"] in (again.job_id, [again.job_id])


def test_a_file_refused_for_want_of_headings_can_be_explained_too(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    refusal = Refusal(what="最接近“阶段事件”，但缺少列：事件。", do="与报送单位确认列名。", feed="stage_events", title="阶段事件", missing=("事件",), unknown=("动作",))
    page = run(job=checked(issue_home.home.root, state="refused", refusal=refusal, recognised=None))
    assert shown(page).title == "十月进展.xlsx 没有被收下：整份读不成一张报表" and "签认并发布" not in [each.label for each in page.button]
    page.selectbox[0].select("事件")
    press(page, "记住，并重新检查")
    assert jobs(issue_home.home.root)[1].arguments["headings"] == {"动作": "事件"}


def test_what_was_explained_is_listed_and_taken_back(issue_home: Park, run: Run, be: Be) -> None:
    assert main(["map", "stage_events", "--sender", "D08", "--by", "赵某", "工信局确认=工信确认"]) == 0
    be(OTHER)
    assert "工信局确认" not in shown(run()).text
    be(STEWARD)
    page = run()
    assert shown(page).table("已说明的列名")[1][1:4] == ["阶段事件", "工信局确认", "工信确认"]
    page.selectbox[-1].select_index(0)
    press(page, "收回")
    assert jobs(issue_home.home.root)[0].arguments["headings"] == {"工信局确认": None}


def test_a_file_of_the_history_is_certified_withdrawn_or_replaced_there(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    root = issue_home.home.root
    file = next(each for each in history(root) if each.feed == "stage_events")
    page = run(file=str(file.file_id))
    assert file.sha256 in shown(page).text and f"replaces={file.file_id}" in shown(page).html
    assert "还缺：撤下的理由、确认一栏的勾。" in shown(press(page, "撤下这一份")).text
    page.text_input[0].input("报错了一期")
    tick(page)
    press(page, "撤下这一份")
    [put] = jobs(root)
    assert (put.kind, put.department, put.arguments) == (Kind.WITHDRAW, "D08", {"file": file.file_id, "reason": "报错了一期"})
    page = run(file=str(file.file_id))
    tick(page)
    press(page, "签认这一份")
    assert jobs(root)[0].arguments == {"file": file.file_id, "sha256": file.sha256}


def test_a_replacement_says_what_it_replaces_to_the_worker(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    page = run(replaces="12")
    page.file_uploader[0].set_value([("更正.csv", b"x", "text/csv")]).run()
    assert "文件号 12" in shown(page).text
    press(page, "检查")
    assert jobs(issue_home.home.root)[0].arguments["replaces"] == 12


def test_what_was_published_leads_on(issue_home: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    root = issue_home.home.root
    arguments = {"upload": "", "name": "十月进展.xlsx"}
    done = Sent(file_id=77, state="placed", what="", do="", snapshot=issue_home.served()[0], accepted=9, refused=2)
    page = shown(run(job=job(root, Kind.PUBLISH, arguments, done)))
    assert page.title.startswith("发布 十月进展.xlsx：已发布") and "计入 9 行，退回 2 行待改正" in page.text and "/quality?department=D08" in page.html


def test_without_a_login_the_name_is_asked_and_signs(issue_home: Park, run: Run) -> None:
    page = run(department="D08")
    page.file_uploader[0].set_value([("十月.csv", b"a", "text/csv")]).run()
    assert "还缺：经办人姓名。" in shown(press(page, "检查")).text and not jobs(issue_home.home.root)
    next(each for each in page.text_input if each.label == "经办人姓名").input("孙某").run()
    press(page, "检查")
    assert [each.who.name for each in jobs(issue_home.home.root)] == ["孙某"]


def test_a_file_goes_all_the_way_from_the_drop_to_the_history(issue_home: Park, run: Run, be: Be, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a worker that does what is asked, checks and forecasts left out."""
    monkeypatch.setattr("etl.work.trial.DataChecker", Unchecked)
    be(STEWARD)
    root = issue_home.home.root
    before, value = issue_home.served()[0], issue_home.value("g1_stage_visits")
    entry = sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-70001", 项目编号="GZH-2097-70001")
    entry = entry.plus("SJ-70001", 事件编号="SJ-70002", 发生日期="2021-13-09").renamed("工信确认", "工信局确认")

    def worked(page: AppTest) -> AppTest:
        assert work(Home(root=root), linger_s=0, start_over=lambda: None)
        return run(job=page.query_params["job"][0] if isinstance(page.query_params["job"], list) else page.query_params["job"])

    page = run()
    page.file_uploader[0].set_value([("进入.csv", entry.csv(), "text/csv")]).run()
    page = worked(press(page, "检查"))
    assert "是否就是“工信确认”" in shown(page).text and issue_home.served()[0] == before, "a trial, no more"
    page.selectbox[0].select("工信确认")
    page = worked(press(page, "记住，并重新检查"))
    assert shown(page).title == "进入.csv 认作《阶段事件》：1 行可计入，1 行要改正"
    assert shown(page).table("要改正的")[1][2] == "2021-13-09"
    press(page, "做一份标好问题的退回件")
    tick(page)
    page = worked(press(page, "签认并发布"))
    assert "计入 1 行，退回 1 行待改正" in shown(page).text
    assert issue_home.served()[0] != before and issue_home.value("g1_stage_visits") == value + 1
    first = shown(run()).table("报送历史")[1]
    assert (first[0], first[4], first[5], first[6], first[7]) == ("进入.csv", "本页王某", "已计入", "1", "1") and first[8].startswith("王某")
    assert shown(run()).table("已说明的列名")[1][2:4] == ["工信局确认", "工信确认"] and "进入.csv" in shown(run()).table("已说明的列名")[1][5]
    made = next(each for each in jobs(root) if each.kind == Kind.RETURNED)
    app = Starlette(routes=returned_routes())
    monkeypatch.setattr("exports.returned_routes.access_of", lambda _request: OTHER)
    assert ask(app, returned_url(made.job_id)).status == 403
    monkeypatch.setattr("exports.returned_routes.access_of", lambda _request: STEWARD)
    answer = ask(app, returned_url(made.job_id))
    assert answer.status == 200 and answer.body.startswith(b"PK") and answer.headers["cache-control"] == "private, no-store"
    assert '"event":"viewed","who":"s8"' in next((root / "audit").glob("*.jsonl")).read_text(encoding="utf-8")


def test_before_anything_is_published_the_first_file_can_be_handed_in(empty: Park, run: Run, be: Be) -> None:
    be(STEWARD)
    page = run()
    assert "还没有发布过数据：从这里交第一份文件" in shown(page).text
    page.file_uploader[0].set_value([("十月.csv", b"a", "text/csv")]).run()
    press(page, "检查")
    root = empty.home.root
    assert job_of(root, jobs(root)[0].job_id).department == "D08"
    checked_ = found(root, given(root))
    assert "签认并发布" in [each.label for each in run(job=checked(root, snapshot=checked_.snapshot)).button]


def test_replaced_withdrawn_and_taken_back_through_the_page_the_numbers_go_back_and_the_record_says_so(
        issue_home: Park, run: Run, be: Be, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the end: what the worker published is read again on the page."""
    monkeypatch.setattr("etl.work.trial.DataChecker", Unchecked)
    be(STEWARD)
    root = issue_home.home.root
    told = sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-70001", 项目编号="GZH-2097-70001").plus("SJ-70001").renamed("工信确认", "工信局确认")
    visits = issue_home.value("g1_stage_visits")

    def worked(page: AppTest) -> AppTest:
        assert work(Home(root=root), linger_s=0, start_over=lambda: None)
        return run(job=page.query_params["job"][0] if isinstance(page.query_params["job"], list) else page.query_params["job"])

    def sent(name: str, content: bytes, **where: str) -> str:
        """Checked, signed, published with a word on the row that is told twice; what stood there already."""
        page = run(**where)
        page.file_uploader[0].set_value([(name, content, "text/csv")]).run()
        page = worked(press(page, "检查"))
        if page.selectbox:
            page.selectbox[0].select("工信确认")
            page = worked(press(page, "记住，并重新检查"))
        before = page.text_input[0].value or ""
        page.text_input[0].input(before or "同一件事登记了两次")
        tick(page)
        assert "已发布" in shown(worked(press(page, "签认并发布"))).text
        return before

    def files() -> dict[str, str]:
        return {each.name: each.status for each in history(root) if each.way == "web"}

    assert sent("甲.csv", told.csv()) == ""
    first = history(root)[0]
    assert issue_home.value("g1_stage_visits") == visits + 1

    said = sent("乙.csv", told.plus("SJ-70001", 事件编号="SJ-70002", 项目编号="GZH-2097-70002").csv(), replaces=str(first.file_id))
    assert said == "同一件事登记了两次", "what was said of the same before need not be said again"
    second = history(root)[0]
    assert files() == {"乙.csv": "placed", "甲.csv": "withdrawn"} and issue_home.value("g1_stage_visits") == visits + 2, "not three: the first no longer counts"
    assert (second.supersedes, history(root)[1].superseded_by) == (first.file_id, second.file_id)
    record = shown(run(file=str(second.file_id))).text
    assert f"文件号 {first.file_id}" in record and record.count("同一件事登记了两次") == 2, "of its own, and of the one it stands for"
    assert f"由文件号 {second.file_id} 更换" in shown(run(file=str(first.file_id))).text

    page = run(file=str(second.file_id))
    page.text_input[0].input("整期报错")
    next(each for each in page.checkbox if each.label.startswith("撤下后")).check()
    page = worked(press(page, "撤下这一份"))
    assert "已撤下" in shown(page).text and issue_home.value("g1_stage_visits") == visits, "and the one it replaced does not come back"
    record = shown(run(file=str(second.file_id))).text
    assert "已撤下" in record and "王某整期报错" in record.replace(" ", "")

    page = run()
    page.selectbox[-1].select_index(0)
    assert "已记下" in shown(worked(press(page, "收回"))).text
    page = run()
    page.file_uploader[0].set_value([("丙.csv", told.csv(), "text/csv")]).run()
    page = worked(press(page, "检查"))
    assert page.selectbox, "the heading is asked about again"
