"""GET /metrics/{metric}/rows: the rows that make a value, as pages of JSON or whole as CSV and Parquet; where they would be persons, the groups."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace

import polars as pl

from analytics.dictionary import Entry
from exports.about_rows import as_metadata, facts
from exports.api.asking import wanted
from exports.api.bodies import VERSION
from exports.api.columns import GROUP_SCHEMA, ROW_SCHEMA, in_text, typed
from exports.api.contract import CURSOR, FORMAT, FORMATS, LIMIT, PAGE, Answer, Asked, Content, as_etag
from exports.api.json_answer import answered
from exports.api.metrics import address, entry_of
from exports.api.number_bodies import Group, Row, Rows
from exports.api.numbers import Numbers, plain, said
from exports.api.pages import bound, page, place
from exports.api.problems import Fault
from exports.api.views import Seen, looking, seen, zone_of
from exports.csv_file import BOM, csv_rows
from exports.parquet_file import ROW_GROUP, written
from exports.rows import BATCH, Export, GroupExport, rows_of
from language import _, spoken

FILES_AT_ONCE = threading.BoundedSemaphore(2)  # each costs seconds of CPU that page runs want too
AGAIN_S = 10


def rows(asked: Asked, stack: ExitStack) -> Answer:
    """In the format asked for. Raises Fault."""
    fmt = wanted(asked.accept, asked.text(FORMAT))
    view = seen(asked, stack)
    entry = entry_of(asked, view)
    zone = zone_of(asked, view, entry.metric)
    with looking(_("指标 {metric}", metric=entry.metric.metric_id)):
        export = rows_of(view.cursor, entry.metric.metric_id, view.as_of, zone)
        numbers = Numbers(view.cursor, entry, view.as_of)
        groups = _groups(entry, numbers, zone) if isinstance(export, GroupExport) else None
        if fmt == "json":
            return _page(asked, view, export, numbers, groups)
    if asked.text(CURSOR) is not None:
        raise Fault(404, _("{format} 一次给全，不分页。", format=fmt), where=_("参数 {name}", name=CURSOR.name), do=_("去掉这个参数。"))
    export = replace(export, row_count=export.row_count if groups is None else len(groups))
    return _file(fmt, export, groups, {**view.facts, "metric": export.metric.metric_id, "zone": zone, "rows": export.row_count, "format": fmt}, stack)


def _groups(entry: Entry, numbers: Numbers, zone: str | None) -> tuple[Group, ...]:
    """Every number of the groups, none where the metric cannot be known."""
    if numbers.missing:
        return ()
    return tuple(Group(**asdict(said(number)), metric_id=part, zone_id=at.zone_id, category_id=at.category, year=at.year)
                 for part in entry.metric.made_of for at, number in numbers.groups.all_of(part).items() if zone in (None, at.zone_id))


def _page(asked: Asked, view: Seen, export: Export, numbers: Numbers, groups: tuple[Group, ...] | None) -> Answer:
    limit = int(asked.text(LIMIT) or PAGE)
    bind = (view.snapshot, view.as_of.isoformat(), export.metric.metric_id, export.zone or "")
    start, found, count = place(asked.text(CURSOR), bind), groups or (), export.row_count if groups is None else len(groups)
    shown = [] if groups is not None else typed(page(export, start, limit)).to_dicts()
    upto = start + (len(shown) if groups is None else len(found[start:start + limit]))
    following = address(export.metric.metric_id, view, rows=True, zone=export.zone, limit=asked.text(LIMIT), cursor=bound(upto, bind)) if upto < count else None
    body = Rows(
        **view.said, **asdict(numbers.of(export.zone)), metric_id=export.metric.metric_id, version=export.metric.version, unit=export.metric.unit,
        zone_id=export.zone, kind="rows" if groups is None else "groups", row_count=count, groups=found[start:upto],
        rows=tuple(Row(**each | {"value": plain(each["value"])}) for each in shown), next=following)
    told = {**view.facts, "metric": export.metric.metric_id, "zone": export.zone, "rows": upto - start, "first": start, "format": "json"}
    return answered(body, told, {"Vary": "Accept", **({"Link": f'<{following}>; rel="next"'} if following else {})})


def _file(fmt: str, export: Export, groups: tuple[Group, ...] | None, told: dict[str, str | int | None], stack: ExitStack) -> Answer:
    """All of it, sent on as it is read."""
    says = (VERSION, fmt, spoken(), export.snapshot, export.as_of, export.metric.metric_id, export.zone)
    frames: Iterable[pl.DataFrame] = (typed(each) for each in export.as_read(ROW_GROUP if fmt == "parquet" else BATCH))
    schema = ROW_SCHEMA
    if groups is not None:
        schema = GROUP_SCHEMA
        frames = [pl.DataFrame([asdict(each) for each in groups], schema={name: pl.String() if name == "value" else kind for name, kind in schema.items()})
                  .with_columns(pl.col("value").cast(schema["value"]))]

    def content() -> Content:
        if not FILES_AT_ONCE.acquire(blocking=False):
            raise Fault(503, _("已有几个文件正在取。"), where=_("本服务"), do=_("{n} 秒后再取。", n=AGAIN_S), headers={"Retry-After": str(AGAIN_S)})
        stack.callback(FILES_AT_ONCE.release)
        empty = pl.DataFrame(schema=schema)
        return Content(pieces=_csv(empty, frames, export.scale) if fmt == "csv" else written(empty, frames, as_metadata(facts(export))))

    name = f"{export.metric.metric_id}-{export.as_of}-{export.snapshot}.{fmt}"
    return Answer(media_type="text/csv; charset=utf-8" if fmt == "csv" else FORMATS[fmt], etag=as_etag(hashlib.sha256("\n".join(map(str, says)).encode()).hexdigest()),
                  content=content, facts=told, headers={"Vary": "Accept", "Content-Disposition": f'attachment; filename="{name}"'})


def _csv(empty: pl.DataFrame, frames: Iterable[pl.DataFrame], scale: int) -> Iterator[bytes]:
    """As exports are: UTF-8 with BOM, CRLF, every text in quotes, and none that a spreadsheet would run."""
    yield BOM + empty.write_csv(line_terminator="\r\n", quote_style="non_numeric").encode()
    for frame in frames:
        yield csv_rows(in_text(frame, scale))
