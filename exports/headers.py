"""What a browser is told about an export: its name, and for how long it stays the same."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from exports.links import Format
from exports.rows import Export
from language import _, named

LAYOUT = 2  # goes up when the files of the same snapshot come to look different


def headers(export: Export, fmt: Format, *, for_ever: bool) -> dict[str, str]:
    """`for_ever`: the address names snapshot and date, and so its content never changes."""
    name = file_name(export, fmt)
    plain = f"{export.metric.metric_id}-{export.as_of}.{fmt}"
    says = "\n".join(map(str, (LAYOUT, fmt, export.language, export.snapshot, *export.parameters.items())))
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "ETag": f'"{hashlib.sha256(says.encode()).hexdigest()[:32]}"',
        "Cache-Control": f"private, {'max-age=31536000, immutable' if for_ever else 'no-cache'}",
        # Said outright so that Streamlit does not compress: a workbook is compressed already, and a large CSV would wait on one core.
        "Content-Encoding": "identity",
    }


def file_name(export: Export, fmt: Format) -> str:
    """演示数据-中试项目（期内新增）-生物医药产业承载区-2026-10-截至2026-10-31-<snapshot>.csv"""
    parts = [_("演示数据") if export.about.is_demo else None, named(export.metric), export.zone_name if export.zone else None,
             export.month_name if export.month else None, _("截至{day}", day=export.as_of), export.snapshot]
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", "-".join(part for part in parts if part)) + f".{fmt}"


def is_held(held: str, etag: str) -> bool:
    """Whether an If-None-Match names this content."""
    return held.strip() == "*" or etag in (each.strip().removeprefix("W/") for each in held.split(","))
