"""Tables as offices lay them out are read to the last row, as CSV and as workbook."""

from __future__ import annotations

from pathlib import Path

import layouts
import layouts_more
import layouts_odd
import pytest
from layouts import Layout
from traits import TRAITS

from etl.reading import inspect, read

ALL = [*TRAITS, *layouts.LAYOUTS, *layouts_more.LAYOUTS, *layouts_odd.LAYOUTS]
CASES = [pytest.param(layout, form, id=f"{layout.name}, {form}") for layout in ALL for form in layout.forms]


@pytest.mark.parametrize(("layout", "form"), CASES)
def test_a_layout_is_read_as_a_person_reads_it(tmp_path: Path, layout: Layout, form: str) -> None:
    path = layout.written(form, tmp_path / f"表.{form}")
    found = inspect(path, first_and_last=100)["tables"]
    wanted = layout.expected(form)
    assert [table["columns"] for table in found] == [list(each.columns) for each in wanted]
    for table, each in zip(found, wanted, strict=True):
        def rows(kind: str) -> list[int]:
            return [row for row, of in each.kinds.items() if of == kind]  # noqa: B023 -- called at once

        assert table["first_rows"] == table["last_rows"] == [list(row) for row in each.rows]
        assert {kind: table[f"{kind}_rows"] for kind in ("header", "total", "section", "footer")} == {
            kind: rows(kind) for kind in ("header", "total", "section", "footer")}
        data = rows("data")
        assert (table["first_data_row"], table["last_data_row"], table["data_rows"]) == (data[0], data[-1], len(data))
        assert table["units"] == each.units


@pytest.mark.parametrize(("layout", "form"), CASES)
def test_every_row_of_a_layout_is_in_one_place_and_labels_keep_their_level(tmp_path: Path, layout: Layout, form: str) -> None:
    tables = read(layout.written(form, tmp_path / f"表.{form}")).tables
    kinds = {row: kind for table in tables for row, kind in table.aside.select("row", "kind").rows()}
    placed = kinds | {row: "data" for table in tables for row in table.rows["row"]}
    assert sum(table.rows.height + table.aside.height for table in tables) == len(placed)
    assert sorted(placed.items()) == [(row, kind) for each in layout.expected(form) for row, kind in each.kinds.items()]
    assert {row: level for table in tables for row, level in table.levels.items()} == layout.levels
