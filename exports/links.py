"""The addresses of exports and printed figures, for whoever shows a link to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextvars import ContextVar
from typing import Literal, get_args
from urllib.parse import quote, urlencode

TableFormat = Literal["csv", "xlsx", "parquet"]
Format = Literal["csv", "xlsx", "parquet", "json"]  # json: what the rows of the CSV are
TABLES: tuple[TableFormat, ...] = get_args(TableFormat)
FORMATS: tuple[Format, ...] = get_args(Format)
FigureFormat = Literal["svg", "png"]
FOLDER, FIGURES, FLOWS, PACKS, BRIDGE, TEMPLATES, RETURNED = "export", "figure", "flows", "pack", "bridge", "template", "returned"

_SEAL: ContextVar[Callable[[str], str] | None] = ContextVar("seal", default=None)


def seal_with(seal: Callable[[str], str] | None) -> None:
    """Whatever address is made in the rest of this run or request is sealed like this: where people log in, a link is for one of them and a short while.
    Addresses are therefore never made within what is cached."""
    _SEAL.set(seal)


def export_url(metric: str, fmt: Format, as_of: dt.date, snapshot: str, zone: str | None = None, month: str | None = None,
               language: str | None = None, **narrow: str | None) -> str:
    """The path and query of an export, from the root of the site. `month`: 2026-10, or before; `language`: None for Chinese; `narrow`: org, direction,
    stage, category, entity.

    The same address is the same content for ever.
    """
    return sealed(f"/{FOLDER}/{quote(metric, safe='')}.{fmt}?{_query(as_of=as_of.isoformat(), snapshot=snapshot, zone=zone, month=month, lang=language, **narrow)}")


def figure_url(metric: str, figure: str, fmt: FigureFormat, as_of: dt.date, snapshot: str, zone: str | None = None,
               language: str | None = None) -> str:
    """The path and query of a figure for paper: way, zones or months. The same address is the same content for ever."""
    return sealed(f"/{FIGURES}/{quote(metric, safe='')}-{figure}.{fmt}?{_query(as_of=as_of.isoformat(), snapshot=snapshot, zone=zone, lang=language)}")


def flows_url(as_of: dt.date, snapshot: str, fund: str | None = None, language: str | None = None) -> str:
    """The path and query of the cash flows of one fund, or of all, as ILPA names their types. The same address is the same content for ever."""
    return sealed(f"/{FLOWS}/funds.csv?{_query(as_of=as_of.isoformat(), snapshot=snapshot, fund=fund, lang=language)}")


def pack_url(issue: str, name: str | None = None) -> str:
    """The path of a file of an issue, or of all of them as one zip. Of a revision (2026-11r1) the same address is the same content for ever."""
    return sealed(f"/{PACKS}/{quote(issue)}.zip" if name is None else f"/{PACKS}/{quote(issue)}/{quote(name)}")


def bridge_url(name: str, fmt: TableFormat | FigureFormat, *, language: str | None = None, **choices: str | None) -> str:
    """The path and query of what changed: `name` changes for all rows, else the metric of a figure. `choices`: from, from_as_of, to, to_as_of, zone,
    department, metric."""
    return sealed(f"/{BRIDGE}/{quote(name, safe='')}.{fmt}?{_query(**choices, lang=language)}")


def template_url(feed: str) -> str:
    """The path of the empty form of a report."""
    return sealed(f"/{TEMPLATES}/{quote(feed, safe='')}.xlsx")


def returned_url(job: str) -> str:
    """The path of the workbook that a job made for a department."""
    return sealed(f"/{RETURNED}/{quote(job, safe='')}")


def _query(**choices: str | None) -> str:
    return urlencode({name: chosen for name, chosen in choices.items() if chosen is not None})


def sealed(url: str) -> str:
    """An address as whoever this run or request is for can ask for it."""
    seal = _SEAL.get()
    return seal(url) if seal else url
