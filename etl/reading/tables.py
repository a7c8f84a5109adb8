"""A grid into its tables: the header's names over the rows that are data, everything else set aside and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

import polars as pl

from etl.reading.beside import beside
from etl.reading.body import divide
from etl.reading.cells import letters
from etl.reading.grid import Grid
from etl.reading.header import Header
from etl.reading.layout import Part, parts
from etl.reading.levels import levels
from etl.reading.marks import NUMBER, table_units
from etl.reading.row_kinds import Frame
from etl.reading.sums import is_additive
from etl.reading.table import ASIDE_SCHEMA, Span, Table, Total

_WIDE_SHARE = 0.6
_RATES = ("%", "‰", "倍", "个百分点", "百分点")
_NAMED = 5  # places named in a warning
_KNOWN_ENOUGH = 2  # known headings that make a report we know


def tables_of(grid: Grid, known: Collection[str]) -> list[Table]:
    """The tables of a sheet; none where it has no header."""
    visible = replace(grid, head=[[""] * len(row) if number in grid.hidden_rows else row for number, row in enumerate(grid.head)])
    return [_table(part) for below in parts(visible, known) for part in beside(below, known)]


def _table(part: Part) -> Table:
    grid, header = part.grid, part.header
    after = header.last + 1
    wide = {top + 1 for (top, left), (_, right) in grid.merges
            if top >= after and right - left + 1 >= _WIDE_SHARE * len(header.names)}
    above = _above(grid, header)
    table_unit = table_units(_texts(above, "metadata"))[1]
    set_in = levels(pl.int_range(part.first_row + 1, part.first_row + after + part.body.height + 1, eager=True), header.names, grid.indents, part.first_column)
    divided = divide(part.body, Frame(
        after=after, header=_header_rows(grid, header), above=grid.head[: header.first], names=header.names, wide=wide,
        hidden=[row + 1 for row in grid.hidden_rows], levels={row - part.first_row: level for row, level in set_in.items() if row > part.first_row + after},
        rates=[name for name in header.names if header.units.get(name, table_unit) in _RATES], is_known=header.known >= _KNOWN_ENOUGH,
        merged=[(top - after, bottom - after, left) for (top, left), (bottom, right) in grid.merges if left == right and top >= after]))
    rows, places, odd = _named(divided.rows, header)
    merged = _merged_figures(part, rows, places)
    counted = [(heading, span) for heading, spans in merged.items() if is_additive(heading) and header.units.get(heading, table_unit) not in _RATES
               for span in spans]
    aside = pl.concat([above, divided.aside])
    if rows.height + aside.height != after + part.body.height:
        raise AssertionError(f"{grid.sheet}: {rows.height} + {aside.height} rows of {after + part.body.height}")
    stated = (*_texts(aside, "metadata"), *_texts(aside, "footer"))
    units, doubt = _units(header, stated)
    totals = tuple(replace(total, row=total.row + part.first_row) for total in divided.totals)
    warnings = (*grid.warnings, *header.warnings, *odd, *doubt, *_left_out(aside, part.first_row), *_hidden_columns(part, places),
                *_merged_told(counted, {heading: letters(part.first_column + place) for heading, place in places.items()}),
                *_not_adding_up(totals))
    rows, aside = (frame.with_columns(pl.col("row") + part.first_row) for frame in (rows, aside))
    return Table(sheet=grid.sheet, sheet_no=grid.sheet_no, header_rows=tuple(aside.filter(kind="header")["row"].sort()),
                 columns=tuple(rows.columns[1:]), units=units, rows=rows, aside=aside, stated=stated, warnings=warnings,
                 levels=levels(rows["row"], header.names, grid.indents, part.first_column),
                 merged=merged, counts_from_1904=grid.counts_from_1904,
                 places={heading: part.first_column + place for heading, place in places.items()}, totals=totals)


def _not_adding_up(totals: Sequence[Total]) -> Iterator[str]:
    """One sentence per row, of the first column that is off."""
    wrong = {total.row: total for total in reversed(totals) if not total.is_right}
    return (f"第 {row} 行的合计与各行之和不符：{wrong[row].heading} 为 {wrong[row].reported:.12g}，各行之和为 {wrong[row].summed:.12g}" for row in sorted(wrong))


def _header_rows(grid: Grid, header: Header) -> list[list[str]]:
    """The rows of a header as they stand, and as they do further down, where merged cells are filled."""
    rows = grid.head[header.first : header.last + 1]
    filled = [list(row) for row in rows]
    for (top, left), (bottom, right) in grid.merges:
        if left == right and header.first <= top and bottom <= header.last:
            for row in filled[top - header.first + 1 : bottom - header.first + 1]:
                row[left] = filled[top - header.first][left]
    return rows + filled


def _left_out(aside: pl.DataFrame, first_row: int) -> tuple[str, ...]:
    hidden = aside.filter(kind="hidden")["row"] + first_row
    return (f"隐藏的行没有读：第 {'、'.join(map(str, hidden))} 行",) if len(hidden) else ()



def _hidden_columns(part: Part, places: Mapping[str, int]) -> tuple[str, ...]:
    hidden = [f"{letters(part.first_column + place)} 列“{heading}”" for heading, place in places.items() if place in part.grid.hidden_columns]
    return (f"隐藏的列照常读入：{'、'.join(hidden)}",) if hidden else ()


def _merged_figures(part: Part, rows: pl.DataFrame, places: Mapping[str, int]) -> dict[str, tuple[Span, ...]]:
    """By heading the first and last rows of the sheet over which one number is merged."""
    headings = {place: heading for heading, place in places.items()}
    found: dict[str, list[Span]] = {}
    with_number: dict[str, set[int]] = {}
    for (top, left), (bottom, right) in part.grid.merges:
        if left == right and bottom > top > part.header.last and left in headings:
            heading = headings[left]
            if heading not in with_number:
                squeezed = pl.col(heading).str.normalize("NFKC").str.replace_all(r"\s", "")
                with_number[heading] = set(rows.filter(squeezed.str.contains(NUMBER))["row"])
            if len(with_number[heading].intersection(range(top + 1, bottom + 2))) > 1:
                found.setdefault(heading, []).append((part.first_row + top + 1, part.first_row + bottom + 1))
    return {heading: tuple(sorted(spans)) for heading, spans in found.items()}


def _merged_told(counted: Sequence[tuple[str, Span]], columns: Mapping[str, str]) -> tuple[str, ...]:
    """What to say of numbers that stand for several rows."""
    cells = [f"{columns[heading]}{first}:{columns[heading]}{last}" for heading, (first, last) in counted]
    more = f" 等 {len(cells)} 处" if len(cells) > _NAMED else ""
    return (f"竖向合并的数在各行都读成同一个数，不能逐行相加：{'、'.join(cells[:_NAMED])}{more}",) if cells else ()


def _above(grid: Grid, header: Header) -> pl.DataFrame:
    """The header and what stands above it, as rows set aside."""
    rows = []
    for number, cells in enumerate(grid.head[: header.last + 1]):
        text = " | ".join(filter(None, cells)) or None
        kind = "hidden" if number in grid.hidden_rows else "header" if number >= header.first else "metadata" if text else "blank"
        rows.append((number + 1, kind, text))
    return pl.DataFrame(rows, schema=ASIDE_SCHEMA, orient="row")


def _named(rows: pl.DataFrame, header: Header) -> tuple[pl.DataFrame, dict[str, int], tuple[str, ...]]:
    """The rows under their headings, and over which column each stands. A column without a heading goes if it is blank and is 第n列, with a warning, if not."""
    names, warnings = {}, []
    for place in range(max(rows.width - 1, len(header.names))):
        heading = header.names[place] if place < len(header.names) else ""
        if not heading and (f"c{place}" not in rows.columns or rows[f"c{place}"].null_count() == rows.height):
            continue
        if not heading:
            warnings.append(f"第{place + 1}列有内容，没有列名")
        names[f"c{place}"] = heading or next(name for again in count(1) if (name := f"第{place + 1}列" + f"_{again}" * (again > 1)) not in header.names)
    present = [pl.col(cell) if cell in rows.columns else pl.lit(None, pl.String).alias(cell) for cell in names]
    return rows.select("row", *present).rename(names), {heading: int(cell[1:]) for cell, heading in names.items()}, tuple(warnings)


def _texts(aside: pl.DataFrame, kind: str) -> tuple[str, ...]:
    return tuple(aside.filter(pl.col("kind") == kind)["text"].to_list())


def _units(header: Header, stated: tuple[str, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    money, unit = table_units(stated)
    if len(money) > 1:
        return header.units, (f"表外写了几个金额单位：{'、'.join(sorted(money))}，无法确定用哪个",)
    return (header.units | {"": unit} if unit else header.units), ()
