"""Random tables put through a messy writer are read back equal, with every row in its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from layouts import Layout
from messy import messy

from etl.reading import read

EXAMPLES = int(os.environ.get("MESSY_EXAMPLES", "150"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_messy_table_reads_back_equal(tmp_path: Path, form: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES <= 150, database=None, suppress_health_check=list(HealthCheck))
    @given(layout=messy(form))
    def reads_back_equal(layout: Layout) -> None:
        tables = read(layout.written(form, tmp_path / f"表.{form}")).tables
        wanted = layout.expected(form)
        assert [table.columns for table in tables] == [tuple(each.columns) for each in wanted]
        assert [table.units for table in tables] == [each.units for each in wanted]
        placed = {row: kind for table in tables for row, kind in table.aside.select("row", "kind").rows()}
        placed |= {row: "data" for table in tables for row in table.rows["row"]}
        assert sum(table.rows.height + table.aside.height for table in tables) == len(placed)
        assert dict(sorted(placed.items())) == {row: kind for each in wanted for row, kind in each.kinds.items()}
        assert [[list(row) for row in table.rows.drop("row").fill_null("").rows()] for table in tables] == [each.rows for each in wanted]
        assert {row: level for table in tables for row, level in table.levels.items()} == layout.levels
        assert not any("合计" in warning for table in tables for warning in table.warnings)

    reads_back_equal()
