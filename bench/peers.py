"""The peers: the same cleaning in pandas, and the same bytes into DuckDB tables without any cleaning."""

from __future__ import annotations

import multiprocessing as mp
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd

from bench.pandas_cells import READ, Cleaning, Field, solid

TOTAL = "^(?:合计|总计|小计)"
Parser = Literal["c", "pyarrow"]


def load_bare(tables: Mapping[str, Sequence[Path]], database: Path) -> None:
    """Each group of CSV files into one table of a new database file, every column as text."""
    with duckdb.connect(str(database)) as con:
        for name, paths in tables.items():
            con.execute(f"CREATE TABLE {name} AS FROM read_csv({[str(path) for path in paths]}, all_varchar = true)")


def clean_all(feeds: Sequence[Sequence[Field]], paths: Sequence[Path], folder: Path, received_on: str, *, workers: int, parser: Parser) -> tuple[int, int]:
    """Clean the files, the largest first, `workers` processes at a time, each of which loads pandas. Returns how many rows were accepted and refused."""
    by_size = sorted(paths, key=lambda path: -path.stat().st_size)
    cleaner = partial(clean, feeds, folder=folder, received_on=received_on, parser=parser)
    with mp.get_context("spawn").Pool(workers) as pool:
        counts = list(pool.imap_unordered(cleaner, by_size))
    return sum(accepted for accepted, _ in counts), sum(refused for _, refused in counts)


def clean(feeds: Sequence[Sequence[Field]], path: Path, *, folder: Path, received_on: str, parser: Parser) -> tuple[int, int]:
    """Clean one file into accepted, refused and reasons, as Parquet below `folder`."""
    sent = pd.read_csv(path, dtype=str, engine=parser)
    sent.index += 2  # the row as Excel shows it
    is_total = sent.iloc[:, :4].apply(lambda cells: cells.str.contains(TOTAL).fillna(False)).any(axis=1)
    sent = sent[~is_total & ~sent.isna().all(axis=1)]
    there = {re.sub(r"\(.*\)", "", heading): heading for heading in sent.columns}
    feed = next(feed for feed in feeds if all(_heading(column, there) for column in feed if column.is_required))
    cleaning = Cleaning(received_on=pd.Timestamp(received_on))
    for column in feed:
        heading = _heading(column, there)
        cells = solid(sent[there[heading]], column) if heading else pd.Series(pd.NA, index=sent.index, dtype="str")
        READ[column.kind](column, cells, cleaning)
        if column.is_required:
            cleaning.refuse(cells, cells.isna(), column.headings[0], "必填")
    return _written(feed, path, sent[[there[heading] for column in feed if (heading := _heading(column, there))]], cleaning, folder)


def _heading(column: Field, there: Mapping[str, str]) -> str | None:
    return next((heading for heading in column.headings if heading in there), None)


def _written(feed: Sequence[Field], path: Path, sent: pd.DataFrame, cleaning: Cleaning, folder: Path) -> tuple[int, int]:
    typed = pd.DataFrame(cleaning.typed)
    keys = [name for column in feed if column.is_key for name in typed.columns if name in (column.name, f"{column.name}_from", f"{column.name}_to")]
    twice = typed.duplicated(keys, keep=False)
    cleaning.refuse(sent.iloc[:, 0], twice, "、".join(column.headings[0] for column in feed if column.is_key), "编号重复")
    reasons = pd.concat(cleaning.reasons) if cleaning.reasons else pd.DataFrame({"row": []})
    is_refused = typed.index.isin(reasons["row"])
    out = folder / "-".join(path.parts[-3:])
    out.mkdir(parents=True)
    refused = sent[is_refused]
    cells = pd.DataFrame({"row": refused.index, "cells": [line for line in refused.to_json(orient="records", lines=True, force_ascii=False).splitlines() if line]})
    for name, frame in (("accepted", typed[~is_refused].reset_index(names="row")), ("refused", cells), ("reasons", reasons)):
        frame.to_parquet(out / f"{name}.parquet", compression="lz4", index=False)
    return len(typed) - len(refused), len(refused)
