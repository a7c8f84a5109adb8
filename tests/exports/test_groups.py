"""A metric whose rows would be persons, on every way out: drill, CSV, workbook, tables and the command line tell the same groups, and no person."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import polars as pl
import pytest
from people_world import IN_FORCE, people_world
from worlds import World, day

from analytics.chosen import Chosen
from analytics.drill import Narrow, drill
from analytics.parts import Parts
from analytics.tally import Tally
from exports.csv_file import csv_chunks
from exports.rows import RowsWithheld, rows_of
from exports.workbook import write_workbook
from warehouse.groups import OnlyGroups
from warehouse.metric import metric
from warehouse.value import value

ON = day(IN_FORCE)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = people_world(tmp_path_factory.mktemp("people"))
    yield made
    made.con.close()


def persons(made: World) -> list[str]:
    """Every metric that drills to groups and has numbers."""
    return [row[0] for row in made.con.execute("SELECT metric_id FROM ref.metric WHERE drill = 'groups' AND aggregation <> 'statistic'").fetchall()]


def exported(made: World, metric_id: str, zone: str | None = None, narrow: Narrow | None = None) -> tuple[str, list[str]]:
    """The CSV as text, and every cell of the workbook as text."""
    export = rows_of(made.con, metric_id, ON, zone, narrow=narrow or Narrow())
    held = io.BytesIO()
    write_workbook(export, held)
    cells = [str(cell.value) for sheet in openpyxl.load_workbook(held) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return b"".join(csv_chunks(export)).decode("utf-8-sig"), cells


def test_no_way_out_names_a_manager(seen: World) -> None:
    for metric_id in persons(seen):
        sheet, cells = exported(seen, metric_id)
        drilled = drill(seen.con, metric_id, as_of=ON)
        assert drilled.rows == ()
        for text in (sheet, "\n".join(cells), str(drilled), str(seen.read(metric_id, IN_FORCE))):
            assert "JL-0" not in text, metric_id
            assert "HT-0" not in text, metric_id


def test_every_way_out_tells_the_same_numbers(seen: World) -> None:
    for metric_id in persons(seen):
        read = seen.read(metric_id, IN_FORCE)
        asked = metric(seen.con, metric_id)
        assert value(seen.con, asked, ON) == read.value
        assert Tally(seen.con, [metric_id], ON).value(metric_id) == read.value
        assert drill(seen.con, metric_id, as_of=ON).total == read.value
        export = rows_of(seen.con, metric_id, ON)
        assert export.total == read.value
        assert export.frame["数值"].to_list() == [number.value for _at, number in read.groups]


def test_a_small_number_is_said_to_be_below_three_in_the_file_and_its_cell_is_empty(seen: World) -> None:
    export = rows_of(seen.con, "talent_people", ON)
    few = export.frame.filter(pl.col("不公布的") == "<3")
    assert few.height > 0
    assert few["数值"].is_null().all()
    _sheet, cells = exported(seen, "manager_registered")
    assert "这个指标的行是个人，只给到组；人少而不说的写“<3”，为免由合计推算出来而不说的写“不公布”，各组不一定能加成合计。" in "；".join(cells)


def test_to_ask_for_one_zone_or_category_tells_what_the_whole_table_tells(seen: World) -> None:
    whole = dict(seen.read("manager_registered", IN_FORCE).groups)
    zones = {at.zone_id for at in whole if at.zone_id}
    assert zones == {"core", "chem"}
    for zone in zones:
        assert dict(seen.read("manager_registered", IN_FORCE, zone).groups) == {at: number for at, number in whole.items() if at.zone_id == zone}
    narrowed = rows_of(seen.con, "manager_registered", ON, "chem", narrow=Narrow(category="junior"))
    assert narrowed.frame["不公布的"].to_list() == ["<3"]
    assert Parts(seen.con, metric(seen.con, "manager_registered"), ON, "chem").zones["chem"] == 3


@pytest.mark.parametrize("narrow", [Narrow(org="甲"), Narrow(entity="JL-001"), Narrow(direction="x"), Narrow(stage="poc")])
def test_to_narrow_to_a_firm_or_a_person_is_refused(seen: World, narrow: Narrow) -> None:
    with pytest.raises(RowsWithheld, match="只能按空间和分类导出"):
        rows_of(seen.con, "manager_registered", ON, narrow=narrow)
    with pytest.raises(OnlyGroups):
        drill(seen.con, "manager_registered", as_of=ON, narrow=narrow)


def test_to_narrow_to_a_month_or_chosen_projects_is_refused(seen: World) -> None:
    with pytest.raises(RowsWithheld):
        rows_of(seen.con, "talent_people", ON, month="2026-03")
    with pytest.raises(RowsWithheld):
        rows_of(seen.con, "talent_people", ON, chosen=Chosen(origin="local"))
    with pytest.raises(OnlyGroups):
        drill(seen.con, "talent_people", as_of=ON, since=day("2026-04-01"))
