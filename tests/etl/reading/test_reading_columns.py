"""A column of a sheet becomes texts at once, and each is what its cell alone would have become."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from etl.reading import cells

NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-10**6, 10**6).map(float) | st.integers(-10**9, 10**9).map(lambda cents: cents / 100)
DAYS = st.dates() | st.datetimes(timezones=st.none())


@given(st.lists(NUMBERS | st.sampled_from(["", "合计", "1.50", "-", "=1"]), min_size=1, max_size=30))
def test_numbers_with_texts_among_them(column: list[float | str]) -> None:
    found, has_lost_digits = cells._series("c", tuple(column))
    assert has_lost_digits is any(isinstance(cell, float) and abs(cell) >= 10**15 for cell in column)
    assert found.to_list() == [cell if isinstance(cell, str) else cells.cell_text(cell) for cell in column]


@given(st.lists(DAYS | st.sampled_from(["", "合计"]), min_size=1, max_size=30))
def test_days_with_texts_among_them(column: list[dt.date | str]) -> None:
    assert cells._series("c", tuple(column))[0].to_list() == [cells.cell_text(cell) for cell in column]
