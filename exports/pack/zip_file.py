"""A zip whose bytes depend on nothing but what is in it and its one date."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping


def packed(files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], at: dt.datetime) -> bytes:
    """The files in the order given, each dated `at`, compressed."""
    target = io.BytesIO()
    named = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        for name, content in named:
            entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second // 2 * 2))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            book.writestr(entry, content)
    return target.getvalue()


def repacked(content: bytes, at: dt.datetime) -> bytes:
    """A zip that another library wrote, its entries dated `at`."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return packed([(each, book.read(each)) for each in book.namelist()], at)
