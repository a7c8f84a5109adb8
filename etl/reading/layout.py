"""The tables of a sheet that stand below each other, each with its own header and its own rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import polars as pl

from etl.reading.grid import HEAD_ROWS, Grid
from etl.reading.header import Header, find_header, header_at
from etl.reading.heading import squeeze
from etl.reading.levels import unindented
from etl.reading.marks import ABOVE, CONTINUED, DATE, FOOTER, NOTE, NUMBER, SECTION, TOTAL, has_han, is_period, matches
from etl.reading.rows import filled

_MOST_GAPS = 2000
_AFTER_GAP = 4  # a second header stands at most so many rows below a blank row or a title
_TYPED_ROWS = 200
_TITLE_ROWS = 20
_FIRST_ROWS = 6
_MOSTLY = 0.7
_KNOWN_ENOUGH = 2  # known headings that make a report we know
_YEAR = r"^(?:19|20)\d\d$"
_LIST_HEADINGS = r"(?:序号|名称|编号|代码|单位|日期|时间|地址|电话|备注|类别|类型|姓名|金额|数量|项目|内容|规格|型号|部门|地区|职务|等级)$"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table of a sheet: its grid from its first row on, its header there, and the rows below that.

    `first_row` and `first_column`: where the grid of the part begins on the sheet, 0-based; by the sheet's rows and columns go
    the grid's indents, which are widths in half characters here.
    """

    grid: Grid
    header: Header
    body: pl.DataFrame
    first_row: int = 0
    first_column: int = 0


def parts(grid: Grid, known: Collection[str]) -> list[Part]:
    """The tables of a sheet from the top down; together with what stands around them they hold every row. Those side by side are one here."""
    header = find_header(grid, known)
    if header is None:
        return []
    found = []
    first_row = 0
    frame, widths = unindented(grid.body(header.last + 1), header.last + 1)
    grid = replace(grid, indents={place: 2 * level for place, level in grid.indents.items()} | widths)
    if above := _table_above(grid, header):
        found.append(above)
        first_row = above.header.last + 1 + above.body.height
        grid = _lower(grid, first_row)
        header = replace(header, first=header.first - first_row, last=header.last - first_row)
    while True:
        part = Part(grid=grid, header=header, body=frame, first_row=first_row)
        following = _following(part, known)
        if following is None:
            return [*found, part]
        title, header, grid = following
        found.append(replace(part, body=frame[:title]))
        first_row += part.header.last + 1 + title
        frame = frame[title + header.last + 1 :]


def _rows(frame: pl.DataFrame) -> list[list[str]]:
    return [["" if cell is None else cell for cell in row] for row in frame.rows()]


def _lower(grid: Grid, rows: int, head: list[list[str]] | None = None) -> Grid:
    """The grid from a row on; merges and hidden rows go with it."""
    return replace(grid, head=grid.head[rows:] if head is None else head,
                   merges=[((top - rows, left), (bottom - rows, right)) for (top, left), (bottom, right) in grid.merges if top >= rows],
                   hidden_rows=frozenset(row - rows for row in grid.hidden_rows if row >= rows))


def _table_above(grid: Grid, header: Header) -> Part | None:
    """A table with figures above the header that the known headings pointed at, with a gap or a title between."""
    rows = grid.head[: header.first]
    last = max((number for number, row in enumerate(rows) if _has_values(row)), default=None)
    if last is None or last + 1 == len(rows):
        return None
    upper = replace(grid, head=rows[: last + 1])
    own = find_header(upper, ())
    if own is None or own.last >= last:
        return None
    end = max(_title_start(rows, len(rows)), last + 1)
    body = grid.body(own.last + 1).head(end - own.last - 1)
    return Part(grid=replace(grid, head=rows[:end]), header=own, body=body)


def _has_values(row: list[str]) -> bool:
    return any(matches(NUMBER, cell) and not is_period(cell) for cell in row)


def _following(part: Part, known: Collection[str]) -> tuple[int, Header, Grid] | None:
    """The next table in the rows below a header: where its title begins there, its header and its grid from that row on."""
    frame, grid = part.body, part.grid
    if frame.height < 2:
        return None
    own = {_line(row) for row in grid.head[part.header.first : part.header.last + 1]}
    above = {_line(row) for row in grid.head[: part.header.first]}
    for at in _after_gaps(frame):
        rows = _rows(frame[max(at - _TITLE_ROWS, 0) : at + HEAD_ROWS])
        place = at - max(at - _TITLE_ROWS, 0)
        start = _title_start(rows, place)
        title = [text for row in rows[start:place] if (text := _line(row))]
        is_parted = start < place or not any(rows[place - 1])
        is_same = _line(rows[place]) in own
        if not is_parted or (is_same and not _is_new_title(title, above, rows, start)):
            continue
        shift = part.header.last + 1 + at - place + start
        lower = _lower(grid, shift, rows[start:])
        header = header_at(lower, place - start, known)
        if header is not None and header.first == place - start and (
                is_same or _is_another(part, at, rows, place, header, is_titled=not all(matches(SECTION, text) for text in title))):
            return at - place + start, header, lower
    return None


def _line(row: list[str]) -> str:
    return squeeze("|".join(filter(None, row)))


def _after_gaps(frame: pl.DataFrame) -> Iterator[int]:
    """Places in a body, in order, of rows without values that stand a few rows below a blank row or a lone text."""
    count = frame.select(pl.sum_horizontal(pl.all().is_not_null()))
    gaps = (count.to_series() <= 1).arg_true().head(_MOST_GAPS)
    near = pl.concat([gaps + step for step in range(1, _AFTER_GAP + 1)]).unique().sort() if len(gaps) else gaps
    near = near.filter(near < frame.height)
    cells = pl.all().str.normalize("NFKC").str.replace_all(r"\s", "")
    is_year = cells.str.contains(_YEAR)
    worded = frame[near].select(~pl.any_horizontal(((cells.str.contains(NUMBER) | cells.str.contains(DATE)) & ~is_year).fill_null(value=False))
                                & (pl.sum_horizontal(pl.all().is_not_null()) > 1)).to_series()
    yield from near.filter(worded)


def _title_start(rows: list[list[str]], place: int) -> int:
    """The first row of what stands above a header and belongs to it: titles and metadata, with one gap between at most."""
    end = place
    while end > 0 and not any(rows[end - 1]):
        end -= 1
    start = end
    while start > 0 and _is_loose(rows[start - 1]):
        start -= 1
    is_apart = start == 0 or not any(rows[start - 1])
    while start < end and matches(NOTE if is_apart else FOOTER, _line(rows[start])):
        start += 1  # what closes the table above
    while start < end and not is_apart and matches(NOTE, _line(rows[start - 1])) and not ABOVE.search(_line(rows[start])) and start < end - 1:
        start += 1
    return start if start < end else place


def _is_loose(row: list[str]) -> bool:
    """Whether a row could stand above or below a table: one text, or metadata."""
    text = _line(row)
    return bool(text) and not matches(TOTAL, text) and (
        filled(row) == 1 or matches(FOOTER, text) or any(ABOVE.search(squeeze(cell)) for cell in row if cell))


def _is_new_title(title: list[str], above: set[str], rows: list[list[str]], start: int) -> bool:
    """Whether the lines over a repeated header name another table, and do not merely continue or divide the same."""
    is_apart = start > 0 and (not any(rows[start - 1]) or matches(FOOTER, _line(rows[start - 1])))
    return is_apart and bool(title) and not (title[0] in above or matches(CONTINUED, title[0]) or matches(SECTION, title[0]))


def _is_another(part: Part, at: int, rows: list[list[str]], place: int, header: Header, *, is_titled: bool) -> bool:
    """Whether a row of words begins another table: it names columns that held figures so far, or reads like headings."""
    cells = [cell for cell in rows[place] if cell]
    if not any(filled(row) > 1 for row in rows[place + 1 : place + 9]) or sum(map(has_han, cells)) * 2 < len(cells):
        return False
    listed = sum(matches(_LIST_HEADINGS, cell) for cell in cells)
    reads_so = listed * 2 > len(cells) or header.known >= _KNOWN_ENOUGH
    if reads_so or part.header.known >= _KNOWN_ENOUGH:
        return reads_so
    figures = _figures(part.body[max(at - _TYPED_ROWS, 0) : at])
    if _are_values(rows[place], figures):
        return False
    here = at + header.last - header.first + 1
    following = _figures(part.body[here : here + _FIRST_ROWS], least=0.5)  # a header may be repeated that soon
    named = {column for column in figures | following if column < len(rows[place]) and rows[place][column]}
    return len(set(cells)) == len(cells) and bool(named & following) and (
        is_titled or bool(following - figures) or len(named & figures) * 2 >= min(len(figures), len(cells)))


def _are_values(row: list[str], figures: set[int]) -> bool:
    """Whether what looks like years in columns of figures are figures: one alone, or several that do not follow each other."""
    years = {place: int(squeeze(cell)) for place, cell in enumerate(row) if matches(_YEAR, cell)}
    run = list(years.values())
    return bool(years) and years.keys() <= figures and (len(run) == 1 or (sorted(set(run)) != run and sorted(set(run), reverse=True) != run))


def _figures(rows: pl.DataFrame, *, least: float = _MOSTLY) -> set[int]:
    """The columns of which so large a share of the cells are figures."""
    shares = rows.select(pl.all().drop_nulls().str.contains(NUMBER).mean()).row(0) if rows.height else ()
    return {place for place, share in enumerate(shares) if share is not None and share >= least}
