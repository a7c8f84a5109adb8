"""Small cells: none can be worked out, by a reader who knows the rule and tries every table that fits what is said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.small_cells import FEWEST, WITHIN, Cell, Said, protect, protected_list, protected_table

VALUE, FEW, WITHHELD = Said
COUNTS = st.sampled_from((0, 0, 1, 1, 2, 2, 3, 4, 5, 9))


def whole(counts: Sequence[Sequence[int]]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """With its totals, as `protected_table` says it."""
    inner = np.array(counts, dtype=np.int64)
    return np.block([[inner, inner.sum(axis=1, keepdims=True)], [inner.sum(axis=0, keepdims=True), inner.sum(keepdims=True)]])


def fitting(counts: Sequence[Sequence[int]], said: Sequence[Sequence[Said]], most: int) -> list[np.ndarray[tuple[int, int], np.dtype[np.int64]]]:
    """Every table of numbers up to `most` that tells a reader the same: each inner cell within what is said of it, and the totals too."""
    def within(value: int, shown: int, how: Said) -> bool:
        return {VALUE: value == shown, FEW: 1 <= value < FEWEST, WITHHELD: value >= 1}[how]

    table = whole(counts)
    choices = [[value for value in range(most + 1) if within(value, int(table[at]), said[at[0]][at[1]])] for at in np.ndindex(len(counts), len(counts[0]))]
    found = []
    for values in product(*choices):
        other = whole(np.array(values).reshape(len(counts), len(counts[0])).tolist())
        if all(within(int(other[at]), int(table[at]), said[at[0]][at[1]]) for at in np.ndindex(*table.shape)):
            found.append(other)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(COUNTS, min_size=2, max_size=2), min_size=2, max_size=3))
def test_no_cell_and_no_total_that_is_not_said_can_be_worked_out(counts: list[list[int]]) -> None:
    said = protected_table(counts)
    table = whole(counts)
    others = fitting(counts, said, most=12)
    assert others, "the table itself fits"
    for at in np.ndindex(*table.shape):
        if said[at[0]][at[1]] is VALUE:
            assert not 0 < table[at] < FEWEST, "no small number is said"
        else:
            assert len({int(other[at]) for other in others}) > 1, f"{at} of {table.tolist()} as {said}"


@settings(max_examples=60, deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_no_part_of_a_list_can_be_worked_out_from_its_total(counts: list[int]) -> None:
    parts, total = protected_list(counts)
    as_table = [[*parts, total], [*parts, total]]
    others = fitting([counts], as_table, most=24)
    for at, how in enumerate(parts):
        assert how is VALUE or len({int(other[0, at]) for other in others}) > 1
        assert how is not VALUE or counts[at] == 0 or counts[at] >= FEWEST


def test_one_small_part_takes_the_smallest_other_with_it_and_leaves_the_total() -> None:
    assert protected_list([1, 5, 9, 12]) == ([FEW, WITHHELD, VALUE, VALUE], VALUE)


def test_a_part_beside_a_three_is_not_betrayed_by_their_total() -> None:
    """1 + 3 = 4: were 4 said, a reader who knows that the other is three or more would know the one."""
    assert protected_list([1, 3]) == ([FEW, VALUE], WITHHELD)


def test_of_two_ones_not_even_that_their_total_is_small_is_said() -> None:
    """Each at least 1 and both together at most 2 are 1 and 1."""
    assert protected_list([1, 1]) == ([FEW, FEW], WITHHELD)


def test_a_small_total_is_not_said_either() -> None:
    assert protected_list([2, 0]) == ([FEW, VALUE], FEW)


def test_nothing_and_three_are_said_as_they_are() -> None:
    assert protected_list([0, 3, 7]) == ([VALUE, VALUE, VALUE], VALUE)
    assert protected_list([0, 0]) == ([VALUE, VALUE], VALUE)


def test_one_small_cell_of_a_table_takes_three_others_with_it() -> None:
    said = protected_table([[1, 8, 20], [6, 7, 20], [20, 20, 20]])
    assert [how for row in said for how in row].count(VALUE) == 12
    assert said[0][:2] == [FEW, WITHHELD]
    assert said[1][:2] == [WITHHELD, WITHHELD]


def test_what_a_part_leaves_of_its_whole_is_protected_too() -> None:
    """Of 5 registered 4 are active: who is idle is one person, although 5 and 4 are not small."""
    registered, active, idle = (Cell(value=each, people=each) for each in (5, 4, 1))
    said = protect([registered, active, idle], [(0, (1, 2))], is_count=True)
    assert said[2] is FEW
    assert WITHHELD in said[:2]


def test_an_amount_of_two_people_is_not_said_and_cannot_be_told_within_a_tenth() -> None:
    cells = [Cell(value=1_000_000, people=2), Cell(value=50_000, people=5), Cell(value=3_000_000, people=9), Cell(value=4_050_000, people=16)]
    said = protect(cells, [(3, (0, 1, 2))], is_count=False)
    assert said[0] is WITHHELD
    assert said[3] is VALUE
    hidden = sum(cell.value for cell, how in zip(cells[:3], said, strict=False) if how is WITHHELD)
    assert hidden - 1_000_000 >= WITHIN * 1_000_000, "50 000 would have left it known within a twentieth"


def test_an_amount_that_one_person_makes_almost_alone_is_not_said() -> None:
    cells = [Cell(value=1_000, people=9, is_dominated=True), Cell(value=900, people=9), Cell(value=1_900, people=9)]
    assert protect(cells, [(2, (0, 1))], is_count=False)[0] is WITHHELD


def test_a_sum_that_does_not_hold_is_an_error() -> None:
    with pytest.raises(ValueError, match="cell 0 is not the sum"):
        protect([Cell(value=5, people=5), Cell(value=4, people=4)], [(0, (1,))], is_count=True)
