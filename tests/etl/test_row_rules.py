"""A row whose own cells contradict each other is sent back, and only such a row."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from etl.contract import AtMost, Feed, InOrder, SumToOne, day, money, share, text
from etl.gate import gate


class Terms(Feed, title="期限", departments="D05", rhythm="events", mode="full",
            rules=(InOrder("signed_on", "paid_on", "due_on"), AtMost("part_cny", "whole_cny"), SumToOne("bank_share", "pool_share"))):
    term_id = text("编号", key=True, required=True)
    signed_on = day("签约日期")
    paid_on = day("放款日期")
    due_on = day("到期日期", ahead=True)
    part_cny = money("余额", unit="万元")
    whole_cny = money("金额", unit="元")
    bank_share = share("银行比例")
    pool_share = share("池比例")


def reasons(**cells: str) -> list[str]:
    """Why a row with these cells is refused; [] where it is accepted."""
    place = {"sheet_no": pl.Series([0], dtype=pl.Int16), "row": pl.Series([2], dtype=pl.Int64)}
    row = pl.DataFrame(place | {heading: pl.Series([cell], dtype=pl.String) for heading, cell in {"编号": "A-1", **cells}.items()})
    gated = gate(Terms, row, units={}, received_on=date(2026, 11, 5))
    assert len(gated.accepted) == (0 if gated.reasons.height else 1)
    return gated.reasons["reason"].to_list()


@pytest.mark.parametrize("cells", [
    {"签约日期": "2026-03-10", "放款日期": "2026-03-10"},
    {"签约日期": "2026年3月", "放款日期": "2026-03-01"},  # the month may have begun with it
    {"签约日期": "2026年一季度", "放款日期": "2026-01-01"},
    {"签约日期": "2026-03-10", "放款日期": "2026年3月"},
    {"签约日期": "2026-03-10", "到期日期": "2030-01-01"},  # a term may lie ahead
    {"签约日期": "2026-03-10", "放款日期": "—"},
    {"余额": "1", "金额": "10000"},
    {"余额": "5"},
    {"银行比例": "60%", "池比例": "0.4"},
    {"银行比例": "33%", "池比例": "66%"},  # rounded
    {"银行比例": "1"},
    {},
], ids=str)
def test_a_row_that_may_be_right_is_accepted(cells: dict[str, str]) -> None:
    assert reasons(**cells) == []


@pytest.mark.parametrize(("cells", "said"), [
    ({"签约日期": "2026年3月", "放款日期": "2026-02-28"}, ["放款日期：填的是“2026-02-28”，不应早于签约日期“2026年3月”"]),
    ({"签约日期": "2026-03-10", "到期日期": "2026-03-09"}, ["到期日期：填的是“2026-03-09”，不应早于签约日期“2026-03-10”"]),
    ({"余额": "1.1", "金额": "10000"}, ["余额：填的是“1.1”，不应大于金额“10000”"]),
    ({"银行比例": "60%", "池比例": "0.3"}, ["银行比例：与池比例之和应为 1，现为 0.9"]),
    ({"银行比例": "60%"}, ["银行比例：与池比例之和应为 1，现为 0.6"]),
    ({"银行比例": "160%"}, ["银行比例：应在 0 到 1 之间（百分数请写 %，如 35%），填的是“160%”"]),
    ({"签约日期": "2026-13-01", "放款日期": "2026-02-28"}, ["签约日期：应为日期（如 2026-03-31），填的是“2026-13-01”"]),
    ({"放款日期": "2026-11-06", "到期日期": "2026-11-05"}, ["放款日期：在将来（文件 2026-11-05 收到），填的是“2026-11-06”"]),
], ids=str)
def test_a_row_that_cannot_be_right_is_refused_in_its_own_words(cells: dict[str, str], said: list[str]) -> None:
    assert reasons(**cells) == said
