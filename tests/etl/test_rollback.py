"""Going back to an older snapshot, and what that does to all that came after it."""

from __future__ import annotations

import datetime as dt

import pytest
from park import FOLDERS, NOON, Park, sample

from etl.__main__ import main
from etl.landing import Act
from warehouse.acts import effective

CENTRE = FOLDERS["D08"]
WRONG = f"{CENTRE}/误报.csv"
LATER = [NOON + dt.timedelta(hours=hours) for hours in range(1, 9)]


def send_wrong(home: Park) -> None:
    """A file that takes an entry away."""
    home.send(WRONG, sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))


def test_a_rollback_serves_the_older_snapshot_and_the_next_refresh_leaves_it_so(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    first, before = home.served()
    send_wrong(home)
    second = home.refresh(now=LATER[0]).snapshot
    assert home.values() != before
    assert main(["rollback"]) == 0
    assert f"已换回 {first}" in capsys.readouterr().out
    assert home.served() == (first, before)
    run = home.refresh(now=LATER[1])
    assert (run.result.published, run.result.refused) == (None, 0), "the timer does not bring back what was taken back"
    assert home.served() == (first, before)
    history = [(each.snapshot, each.reason) for each in home.home.store.publications()]
    assert history == [(first, "refresh"), (second, "refresh"), (first, "rollback")]


@pytest.mark.parametrize("copy", [False, True], ids=["from its old place", "as a copy"])
def test_what_a_rollback_suspended_counts_again_when_it_is_sent_again(home: Park, copy: bool) -> None:
    send_wrong(home)
    home.refresh(now=LATER[0])
    taken_back = home.values()
    main(["rollback"])
    if copy:
        home.send(f"{CENTRE}/误报 (1).csv", (home.home.inbox / WRONG).read_bytes())
    else:
        home.touch(home.home.inbox / WRONG)
    assert home.refresh(now=LATER[1]).result.published
    assert home.values() == taken_back


def test_new_files_count_after_a_rollback_without_what_was_suspended(home: Park) -> None:
    before = home.values()
    send_wrong(home)
    home.refresh(now=LATER[0])
    main(["rollback"])
    home.send(f"{CENTRE}/补报.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-9001", 项目编号="GZH-2099-0001"))
    home.refresh(now=LATER[1])
    assert home.value("g1_poc_small") == before["g1_poc_small"] + 1


def test_a_rollback_can_be_rolled_back(home: Park) -> None:
    first = home.served()
    send_wrong(home)
    home.refresh(now=LATER[0])
    second = home.served()
    main(["rollback"])
    assert home.served() == first
    main(["rollback"])
    assert home.served() == second
    assert home.refresh(now=LATER[1]).result.published is None, "its files are in force again"
    main(["rollback", first[0]])
    assert home.served() == first
    assert home.refresh(now=LATER[2]).result.published is None
    assert len(home.home.store.publications()) == 5


def test_rules_and_decisions_are_taken_back_too(home: Park) -> None:
    _, before = home.served()
    rule = home.home.root / "goals.csv"
    rule.write_text("goal_id,base_on\ng1,2026-01-01\n", encoding="utf-8")
    assert main(["rule", str(rule)]) == 0
    home.refresh(now=LATER[0])
    assert home.value("g1_poc_small") < before["g1_poc_small"]
    main(["rollback"])
    assert home.refresh(now=LATER[1]).result.published is None
    assert home.values() == before


def test_an_unknown_snapshot_is_named_with_those_there_are(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    served = home.served()
    assert main(["rollback", "20200101T000000000Z-0000"]) == 2
    said = capsys.readouterr().err
    assert "没有快照“20200101T000000000Z-0000”" in said and served[0] in said
    assert main(["rollback"]) == 2
    assert "只有一期，没有可换回的" in capsys.readouterr().err
    assert home.served() == served
    assert not [act for act in home.home.landing.acts() if act.kind == "rolled_back"]


def test_a_damaged_snapshot_is_not_rolled_back_to(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = home.served()
    send_wrong(home)
    home.refresh(now=LATER[0])
    served = home.served()
    path = home.home.store.path(first)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-4096])
    assert main(["rollback", first]) == 14
    assert f"快照 {first} 已损坏" in capsys.readouterr().err
    assert home.served() == served
    assert not [act for act in home.home.landing.acts() if act.kind == "rolled_back"]


def act(seq: int, kind: str = "received", **body: int) -> Act:
    return Act(seq=seq, at=NOON, kind=kind, body=body)


def test_acts_that_count_after_rollbacks_of_rollbacks() -> None:
    acts = [act(1), act(2), act(3), act(4, "rolled_back", acts_upto=1), act(5), act(6, "rolled_back", acts_upto=3),
            act(7, "rolled_back", acts_upto=5), act(8), act(9, "rolled_back", acts_upto=6)]
    counting = [[one.seq for one in effective(acts[:upto])] for upto in range(len(acts) + 1)]
    assert counting == [[], [1], [1, 2], [1, 2, 3], [1], [1, 5], [1, 2, 3], [1, 5], [1, 5, 8], [1, 2, 3]]
