"""The key of a row in words: whoever reads it finds nothing that only the program knows."""

from __future__ import annotations

import pytest

from analytics.row_key import said_key


@pytest.mark.parametrize(("key", "said"), [
    ("2026-08-01|2026-08-31|month|91620199MA00111957||", "2026年8月 当月 91620199MA00111957"),
    ("2026-01-01|2026-06-30|财政局|落地", "2026-01—2026-06 财政局 落地"),
    ("JJ-2022-01|2026-09-30|D|91620199MA0090217H", "JJ-2022-01 2026-09-30 91620199MA0090217H"),
    ("JJ-2022-01|2026-09-30|Q", "JJ-2022-01 2026年第3季度"),
    ("2026-09-30", "2026-09-30"),
    ("CX-2025-9001", "CX-2025-9001"),
    ("D|M", "D M"),
    ("SB-91|", "SB-91"),
    ("#12884901888", ""),
])
def test_a_key_is_said_in_the_words_of_its_sender(key: str, said: str) -> None:
    assert said_key(key, {"month": "当月"}) == said
