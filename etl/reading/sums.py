"""Whether rows add up: the figures of a body, and the sums a total among them could be."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from etl.reading.marks import NUMBER
from etl.reading.table import Total

_MOSTLY = 0.7
_NO_SUM = re.compile("率|比|占|增[长速幅减]|涨|均|单价|价格|单产|指数|位次|排名|名次|排序|密度|强度|年限|序号|代码|编码|编号|电话|邮编|%|‰|倍|温度|速度|"
                     "年份|^年度?$|^月份?$|^季度$")
_NESTED_ROWS = 5000
_MOST_PARTS = 20
SERIAL = ("序号", "编号", "序", "No", "NO", "No.")
_SAMPLE = 3000

Figures = NDArray[np.float64]


def is_additive(name: str) -> bool:
    """Whether the figures of a column so named can be added up."""
    return not _NO_SUM.search(name)


@dataclass(frozen=True, kw_only=True)
class _Fit:
    """The rows a total could be the sum of: by column their sum and what it may be off by; the columns that agree, and those that do not."""

    sums: dict[str, float]
    slack: dict[str, float]
    matched: list[str]
    missed: list[str]


class Sums:
    """The figures of a body by column, the rows of it that are data, and where parts of it begin and end.

    Places are 0-based rows of the body. `aside`: rows that are no data; `rates`: names of columns that have no sum; `parts`: rows
    that are set in below the row they are part of.
    """

    def __init__(self, frame: pl.DataFrame, names: Sequence[str], *, aside: Sequence[int], rates: Collection[str] = (),
                 parts: Sequence[int] = ()) -> None:
        self._frame = frame
        self._is_data = np.ones(frame.height, dtype=np.bool_)
        self._is_data[list(aside)] = False
        self._bounds: list[int] = []  # totals and sections
        self._totals: list[int] = []
        heading = {cell: name for cell, name in zip(frame.columns, names, strict=False) if name}
        cells = list(heading)
        sample = frame.head(_SAMPLE).filter(pl.Series(self._is_data[:_SAMPLE]))
        shares = sample.select(pl.col(cells).drop_nulls().str.contains(NUMBER).mean()).row(0) if cells else ()
        self._numeric = [cell for cell, share in zip(cells, shares, strict=True) if share is not None and share >= _MOSTLY]
        self._serial = next((cell for cell in cells[:1] if heading[cell] in SERIAL or _counts(sample[cell])), None)
        self._label = next((cell for cell in cells if cell not in self._numeric), cells[0] if cells else None)
        self._additive = {cell: heading[cell] for cell in self._numeric if is_additive(heading[cell]) and heading[cell] not in rates and cell != self._serial}
        is_part = np.zeros(frame.height, dtype=np.bool_)
        is_part[list(parts)] = True
        if self._label:
            is_part |= frame[self._label].str.contains(r"^\s*(?:其中|#)").fill_null(value=False).to_numpy()
        self._is_top = ~is_part
        self._values: dict[str, tuple[Figures, Figures, float]] = {}

    @property
    def is_serial(self) -> bool:
        """Whether the first column numbers the rows."""
        return self._serial is not None

    @property
    def rows(self) -> int:
        """How many rows are data so far."""
        return int(self._is_data.sum())

    @property
    def first(self) -> int:
        return int(self._is_data.argmax())

    @property
    def last(self) -> int:
        return len(self._is_data) - 1 - int(self._is_data[::-1].argmax())

    def part(self, place: int, *, is_total: bool) -> None:
        """A total or the head of a section stands here."""
        if self._is_data[place]:
            self._is_data[place] = False
            for figures, running, _ in self._values.values():
                running[place + 1 :] -= np.nan_to_num(figures[place])
        for known in (self._bounds, self._totals) if is_total else (self._bounds,):
            if place not in known:
                known.insert(bisect_left(known, place), place)

    def words(self, place: int) -> int:
        """How many cells of a row are filled in columns that hold no figures."""
        row = self._frame.row(place, named=True)
        return sum(row[cell] is not None for cell in row if cell not in self._numeric or cell == self._serial)

    def has_figures(self, place: int) -> bool:
        """Whether a row has a figure that could be a sum."""
        return any(not np.isnan(self._column(cell)[0][place]) for cell in self._additive)

    def is_label(self, place: int) -> bool:
        """Whether the one filled cell of a row is where rows are named."""
        return self._label is not None and self._frame[self._label][place] is not None

    def figures_follow(self, place: int) -> bool:
        """Whether the columns of figures are well filled, and the next row that is data has one."""
        after = np.flatnonzero(self._is_data[place + 1 :])
        columns = [self._column(cell)[0] for cell in self._numeric]
        is_full = any(np.mean(~np.isnan(values[self._is_data])) >= _MOSTLY / 2 for values in columns)
        return is_full and len(after) > 0 and any(not np.isnan(values[place + 1 + after[:3]]).all() for values in columns)

    def adds_up(self, place: int, *, above_only: bool = False) -> bool:
        """Whether a row is the sum of two rows or more, in every column that has a sum."""
        fit = self._best(place, least=2, above_only=above_only)
        return bool(fit.matched) and (not fit.missed or not above_only)

    def totals(self, place: int, row: int) -> list[Total]:
        """What a total says and what the rows add up to, column by column; nothing where that cannot be judged. `row`: its number."""
        if self._data_count(0, len(self._is_data)) < 2:
            return []
        fit = self._best(place, least=1)
        if fit.missed and not fit.matched and self._is_nested(place):
            return []
        return [Total(row=row, heading=self._additive[cell], reported=float(self._column(cell)[0][place]), summed=fit.sums[cell],
                      tolerance=fit.slack[cell]) for cell in fit.sums]

    def _best(self, place: int, *, least: int, above_only: bool = False) -> _Fit:
        """Of the sums a row could be, the one most columns agree with."""
        figures = {cell: self._column(cell)[0][place] for cell in self._additive}
        there = [cell for cell, figure in figures.items() if not np.isnan(figure)]
        best = _Fit(sums={}, slack={}, matched=[], missed=there)
        for spans, extra in self._spans(place, above_only=above_only):
            if sum(self._data_count(*span) for span in spans) + len(extra) < least:
                continue
            sums = {cell: self._sum(cell, spans, extra) for cell in there}
            slack = {cell: self._tolerance(cell, place, spans) for cell in there}
            agreeing = [cell for cell in there if abs(sums[cell] - figures[cell]) <= slack[cell]]
            matched = [cell for cell in agreeing if sums[cell] != 0 or least == 1]
            if len(matched) > len(best.matched) or not best.sums:
                best = _Fit(sums=sums, slack=slack, matched=matched, missed=[cell for cell in there if cell not in agreeing])
        return best

    def _spans(self, place: int, *, above_only: bool) -> Iterator[tuple[list[tuple[int, int]], list[int]]]:
        """Stretches of data, and totals, that a total here could be the sum of."""
        end = len(self._is_data)
        before = [-1, *[bound for bound in self._bounds if bound < place], place]
        yield from (([(start + 1, place)], []) for start in before[-2:-_MOST_PARTS:-1])
        yield from (([(start + 1, stop)], []) for start, stop in pairwise(before[-_MOST_PARTS:]))
        totals = [total for total in self._totals if total < place]
        if totals:
            yield [], totals
            yield [(totals[-1] + 1, place)], totals[-1:]
        if not above_only:
            after = [place, *[bound for bound in self._bounds if bound > place], end]
            yield from (([(place + 1, stop)], []) for stop in after[1:_MOST_PARTS])
            yield [(place + 1, end)], []
            yield from (([(start + 1, stop)], []) for start, stop in pairwise(after[:_MOST_PARTS]))
            yield [], [total for total in self._totals if total > place]

    def _is_nested(self, place: int) -> bool:
        """Whether the rows hold parts of other rows, so that a total is the sum of only the uppermost; tried on one column."""
        cell = next((cell for cell in self._additive if not np.isnan(self._column(cell)[0][place])), None)
        if cell is None or len(self._is_data) > _NESTED_ROWS:  # a list so long has no parts of parts
            return False
        values, data = self._column(cell)[0], self._is_data & ~np.isnan(self._column(cell)[0])
        slack = self._tolerance(cell, place, [])
        spans = (slice(0, place), slice(place + 1, None))
        return any(abs(_uppermost(values[span][mask[span]], slack) - values[place]) <= slack
                   for span in spans for mask in (data, data & self._is_top)) or any(
            abs(values[span][mask[span]].sum() - values[place]) <= slack for span in spans for mask in (data & self._is_top,))

    def _data_count(self, start: int, end: int) -> int:
        return int(self._is_data[start:end].sum())

    def _sum(self, cell: str, spans: list[tuple[int, int]], extra: list[int]) -> float:
        values, running, _ = self._column(cell)
        return float(sum(running[end] - running[start] for start, end in spans) + np.nansum(values[extra] if extra else [0.0]))

    def _tolerance(self, cell: str, place: int, spans: list[tuple[int, int]]) -> float:
        """Half a unit of the last decimal per row, but no more than half a per cent; of whole numbers half a thousandth."""
        values, _, last_decimal = self._column(cell)
        rounding = last_decimal * (1 + sum(self._data_count(*span) for span in spans) / 2)
        most = 0.0005 * abs(values[place]) if last_decimal == 1 else max(0.005 * abs(values[place]), last_decimal * 1.01)
        return float(min(rounding, most) + 1e-9 * abs(values[place]))

    def _column(self, cell: str) -> tuple[Figures, Figures, float]:
        """Figures (NaN where none), running sums of the data, and a unit of the last decimal."""
        if cell not in self._values:
            texts = self._frame[cell]
            figures = texts.cast(pl.Float64, strict=False)
            if figures.null_count() > texts.null_count():
                plain = texts.str.normalize("NFKC").str.replace_all("[, \u00a0]", "")
                figures = pl.select(pl.coalesce(figures, plain.cast(pl.Float64, strict=False))).to_series()
            values: Figures = figures.fill_null(float("nan")).to_numpy().copy()
            decimals = texts.head(_SAMPLE).str.extract(r"^-?\d+\.(\d+)$").str.len_chars().max()
            running = np.concatenate([[0.0], np.cumsum(np.where(self._is_data, np.nan_to_num(values), 0.0))])
            self._values[cell] = values, running, 10.0 ** -(decimals if isinstance(decimals, int) else 0)
        return self._values[cell]


def _counts(cells: pl.Series) -> bool:
    """Whether a column numbers the rows: mostly whole numbers, each one more than the last."""
    steps = cells.cast(pl.Int64, strict=False).drop_nulls().diff().drop_nulls()
    return len(steps) > 1 and len(steps) >= len(cells) / 2 and int((steps == 1).sum()) >= _MOSTLY * len(steps)


def _uppermost(values: Figures, slack: float) -> float:
    """The sum of the rows that are no parts of a row before them; the parts of a row follow it and add up to it."""
    ends = list(range(1, len(values) + 1))
    for place in range(len(values) - 1, -1, -1):
        following, total = place + 1, 0.0
        while following < len(values) and total < values[place] - slack:
            total += values[following]
            following = ends[following]
        if following > place + 1 and abs(total - values[place]) <= slack:
            ends[place] = following
    total, place = 0.0, 0
    while place < len(values):
        total += values[place]
        place = ends[place]
    return total
