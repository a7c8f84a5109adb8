"""A column whose cells are spread otherwise than in the file before is told with the numbers of both; a few rows say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import Row, Sent, project, sent, world


def listed(month: int, *, active: int, ended: int, department: str = "D08") -> Sent:
    """A month's list of projects, so many active and so many terminated."""
    rows = [project(f"P-{number}", status="active" if number < active else "terminated") for number in range(active + ended)]
    return sent("projects", *rows, department=department, as_of=f"2026-{month:02}-28")


def loan(number: int, amount: int) -> Row:
    return {"contract_id": f"L-{number}", "lender_org_id": "B", "borrower_org_id": f"O-{number}", "product": "credit", "contract_cny": amount,
            "balance_cny": amount, "risk_grade": "normal"}


def lent(month: int, *amounts: int) -> Sent:
    return sent("loans", *(loan(number, amount) for number, amount in enumerate(amounts)), department="D05", as_of=f"2026-{month:02}-28")


def told(folder: Path, *files: Sent) -> list[tuple[str, str]]:
    """Column and sentence of what drifted."""
    folder.mkdir(parents=True, exist_ok=True)
    with world(folder, *files, covered=False).con as con:
        return con.execute("SELECT column_name, sentence FROM meta.drift ORDER BY ALL").fetchall()


def test_another_mix_of_words_is_told_with_the_numbers_of_both(tmp_path: Path) -> None:
    assert told(tmp_path, listed(8, active=64, ended=16), listed(9, active=30, ended=70)) == [
        ("status", "项目状态：在研 上一份 64/80（80%），此次 30/100（30%）；终止 上一份 16/80（20%），此次 70/100（70%）（分布之差 50%）")]


@pytest.mark.parametrize(("before", "now"), [
    ((23, 6), (6, 23)),  # 29 rows say nothing, whatever they say
    ((64, 16), (52, 28)),  # 15 % of the rows
    ((20, 10), (14, 16))])  # of thirty rows a fifth may be chance
def test_what_chance_or_little_explains_is_not_told(tmp_path: Path, before: tuple[int, int], now: tuple[int, int]) -> None:
    assert told(tmp_path, listed(8, active=before[0], ended=before[1]), listed(9, active=now[0], ended=now[1])) == []


def test_only_the_newest_file_and_the_one_before_are_compared(tmp_path: Path) -> None:
    assert told(tmp_path, listed(7, active=10, ended=70), listed(8, active=64, ended=16), listed(9, active=64, ended=16)) == []


def test_a_corrected_file_closes_it(tmp_path: Path) -> None:
    files = [listed(8, active=64, ended=16), listed(9, active=10, ended=70)]
    assert len(told(tmp_path / "wrong", *files)) == 1
    assert told(tmp_path / "corrected", *files, listed(9, active=62, ended=18)) == []


def test_each_sender_is_compared_with_itself(tmp_path: Path) -> None:
    assert told(tmp_path, listed(8, active=64, ended=16), listed(9, active=10, ended=70, department="D04")) == []


def test_a_column_that_is_blank_of_a_sudden_is_told(tmp_path: Path) -> None:
    def rows(month: int, kind: str | None) -> Sent:
        return sent("projects", *({**project(f"P-{number}"), "research_class": kind} for number in range(40)), as_of=f"2026-{month:02}-28")

    [(column, sentence)] = told(tmp_path, rows(8, "future"), rows(9, None))
    assert (column, "空 上一份 0/40（0%），此次 40/40（100%）" in sentence) == ("research_class", True)


def test_other_figures_are_told_with_both_medians_once(tmp_path: Path) -> None:
    before, now = [1_000_000 + 20_000 * number for number in range(40)], [400_000 + 30_000 * number for number in range(36)]
    found = told(tmp_path, lent(8, *before), lent(9, *now))
    assert [column for column, _ in found] == ["balance_cny", "contract_cny"]
    assert found[0][1] == "余额：中位数由 1,390,000 变为 925,000（40 个数与 36 个数，分布之差 56%）"


def test_figures_in_another_unit_are_told_as_that_and_not_again(tmp_path: Path) -> None:
    amounts = [1_000_000 + 20_000 * number for number in range(40)]
    assert told(tmp_path, lent(8, *amounts), lent(9, *(amount * 10_000 for amount in amounts))) == []
