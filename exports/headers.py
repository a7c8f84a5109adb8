"""What a browser is told about an export: its name, and for how long it stays the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import re
from collections.abc import Iterable
from urllib.parse import quote

from exports.figure import Figure
from exports.links import FigureFormat, Format
from exports.rows import Export
from language import _, named

LAYOUT = 4  # goes up when the files of the same snapshot come to look different
DRAWN_BY = importlib.metadata.version("vl-convert-python")


def headers(name: str, plain: str, says: Iterable[object], *, for_ever: bool) -> dict[str, str]:
    """`name`: of the file; `plain`: the same without Chinese; `says`: all that decides the content; `for_ever`: the address says all of it, and so
    its content never changes."""
    told = "\n".join(map(str, (LAYOUT, *says)))
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "ETag": f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"',
        "Cache-Control": f"private, {'max-age=31536000, immutable' if for_ever else 'no-cache'}",
        # Said outright so that Streamlit does not compress: a workbook is compressed already, and a large CSV would wait on one core.
        "Content-Encoding": "identity",
    }


def of_rows(export: Export, fmt: Format, *, for_ever: bool) -> dict[str, str]:
    """Of a metric's rows as a file."""
    return headers(file_name(export, fmt), f"{export.metric.metric_id}-{export.as_of}.{fmt}", (fmt, export.language, export.snapshot, *export.parameters.items()),
                   for_ever=for_ever)


def of_figure(figure: Figure, fmt: FigureFormat, *, for_ever: bool) -> dict[str, str]:
    """Of a figure as a file."""
    return headers(figure_name(figure, fmt), f"{figure.metric.metric_id}-{figure.kind}-{figure.as_of}.{fmt}",
                   (fmt, DRAWN_BY, figure.language, figure.snapshot, figure.kind, figure.metric.metric_id, figure.as_of,
                    figure.place.zone_id if figure.place else None), for_ever=for_ever)


def file_name(export: Export, fmt: Format) -> str:
    """演示数据-中试项目（期内新增）-生物医药产业承载区-2026-10-截至2026-10-31-<snapshot>.csv"""
    narrow = export.narrow
    where = "-".join(part for part in (export.zone_name if export.zone else "", narrow.org, narrow.direction, narrow.stage, narrow.entity,
                                  export.category_name if narrow.category is not None else "", *export.chosen.in_address.values()) if part)
    return _name(export.about.is_demo, named(export.metric), where or None, export.month_name if export.month else None, export.as_of, export.snapshot, fmt)


def figure_name(figure: Figure, fmt: FigureFormat) -> str:
    """演示数据-中试项目（期内新增）-分空间-生物医药产业承载区-截至2026-10-31-<snapshot>.svg"""
    return _name(figure.about.is_demo, named(figure.metric), figure.name, named(figure.place) if figure.place else None, figure.as_of, figure.snapshot, fmt)


def _name(is_demo: bool, what: str, part: str | None, narrower: str | None, as_of: dt.date, snapshot: str, fmt: str) -> str:
    parts = [_("演示数据") if is_demo else None, what, part, narrower, _("截至{day}", day=as_of), snapshot]
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", "-".join(part for part in parts if part)) + f".{fmt}"


def is_held(held: str, etag: str) -> bool:
    """Whether an If-None-Match names this content."""
    return held.strip() == "*" or etag in (each.strip().removeprefix("W/") for each in held.split(","))
