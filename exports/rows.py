"""All rows that a metric's value is made of, with headings in words, and what one must know to read them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

import duckdb
import polars as pl

from analytics.categories import categories
from analytics.chosen import EVERYTHING, Chosen
from analytics.drill import EVERY, Narrow
from analytics.grouped import Group, grouped, unsaid
from analytics.months import month_end
from analytics.older import readable
from analytics.snapshot import About, about
from analytics.units import UNITS
from analytics.zones import zones
from exports.known_codes import refuse_unknown
from language import N_, _, named, spoken
from warehouse.known import has_come, snapshot_id, view_date
from warehouse.metric import Metric, metric
from warehouse.raw import BITS, FILE_BITS
from warehouse.small_cells import Said
from warehouse.value import UnknownZone, of_parts

ROWS_SQL = (Path(__file__).parent / "rows.sql").read_text(encoding="utf-8")
DAYS_SQL = (Path(__file__).parent / "days.sql").read_text(encoding="utf-8")
BATCH = 20_000  # rows handed on at a time
SORTED_AT_ONCE = 100_000  # rows DuckDB puts in order at a time: a million at once take half a gigabyte

HEADINGS = {
    "metric": N_("指标"), "entity_kind": N_("对象种类"), "entity_id": N_("编号"), "entity_name": N_("名称"), "occurred": N_("发生日期"),
    "value": N_("数值"), "unit": N_("单位"), "zone": N_("空间"), "stage": N_("阶段"), "category": N_("分类"), "department": N_("部门"), "organization": N_("主体"),
    "is_pending": N_("待佐证"), "file": N_("文件"), "sheet": N_("工作表"), "row": N_("行"), "received": N_("收到时间"), "sha256": N_("内容指纹")}
GROUP_HEADINGS = {"metric": N_("指标"), "zone": N_("空间"), "category": N_("分类"), "year": N_("年份"), "value": N_("数值"), "unit": N_("单位"), "said": N_("不公布的")}
BEFORE = "before"  # the month's code for what happened before the month of the base date
KINDS = {"project": N_("项目"), "outcome": N_("成果"), "organization": N_("主体"), "zone": N_("空间"),
         "core_function": N_("核心区功能"), "premise": N_("空间单元"), "tenancy": N_("租约"), "platform": N_("平台"), "platform_body": N_("实体平台"),
         "space_request": N_("场所需求"), "service_case": N_("办件"),
         "loan": N_("贷款合同"), "deal": N_("先投协议"), "position": N_("基金持仓"), "policy": N_("保单"), "pool_entry": N_("补偿金流水"), "lease": N_("租约与月份"),
         "fund": N_("基金"), "agreement": N_("先投协议"), "funding": N_("资金项目"), "surplus_equity": N_("结余入股"),
         "first_use": N_("五首产品"), "scenario": N_("应用场景"), "friendly_unit": N_("友好单位"), "lead": N_("招引线索"),
         "task": N_("任务"), "resolution": N_("议定事项"), "policy_item": N_("制度与申报"), "policy_entry": N_("清单事项")}
VALUE, ROW = "value", "row"  # the columns that are numbers; all others are text


class NotAMonth(Exception):
    """The month is none of the form 2026-10, or lies after V; the message says so in the language spoken."""


class RowsWithheld(Exception):
    """This metric is shown in groups only, since its rows would be persons, and not in those asked for."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """A metric's rows at V in one snapshot; of a ratio those of its numerator and its denominator, and `parts` their names and sums; of a statistic
    those of its inputs.

    `total` None: the value cannot be known, and there are no rows; or the ratio is 0/0, or it is a statistic. `is_known` tells which.
    `zone_name`, `category_name`, `month_name`: what was chosen, in words. `scale`: decimals of the values, which no value exceeds. `days`: on which they
    happened, and how many on each; empty of groups. `headings`: of the columns, by name. All words are in the language that was spoken when it was made,
    `language`.
    The rows are read when they are asked for: while the cursor's snapshot is pinned.
    """

    metric: Metric
    as_of: dt.date
    snapshot: str
    about: About
    zone: str | None
    month: str | None
    narrow: Narrow
    chosen: Chosen
    zone_name: str
    category_name: str
    month_name: str
    language: str
    headings: dict[str, str]
    shown: tuple[pl.Expr, ...]
    row_count: int
    total: Decimal | None
    is_known: bool
    parts: tuple[tuple[str, str, Decimal], ...]
    scale: int
    days: tuple[tuple[dt.date, int], ...]
    parameters: dict[str, object]
    cursor: duckdb.DuckDBPyConnection

    def batches(self) -> Iterator[pl.DataFrame]:
        """The rows in their order, at most BATCH at a time: value Decimal, row Int64, all else String, under their headings."""
        for batch in self.as_read(BATCH):
            yield batch.select(self.shown)

    def as_read(self, most: int) -> Iterator[pl.DataFrame]:
        """The rows in their order as rows.sql has them, at most so many at a time."""
        if not self.is_known:
            return
        own = self.cursor.cursor()
        rows_sql = readable(own, self.chosen.narrowed(ROWS_SQL))
        try:
            for stretch in _stretches(self.days, self.parameters):
                for batch in own.sql(rows_sql, params=stretch | BITS | {"language": self.language}).to_arrow_reader(most):
                    frame = pl.from_arrow(batch)
                    assert isinstance(frame, pl.DataFrame)
                    yield frame
        finally:
            own.close()

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All of them at once."""
        return pl.concat([self.empty, *self.batches()])

    @property
    def empty(self) -> pl.DataFrame:
        """The headings without a row."""
        kinds: dict[str, pl.DataType] = {VALUE: pl.Decimal(20, self.scale), ROW: pl.Int64()}
        return pl.DataFrame(schema={heading: kinds.get(name, pl.String()) for name, heading in self.headings.items()})


def rows_of(cursor: duckdb.DuckDBPyConnection, metric_id: str, as_of: dt.date | None, zone: str | None = None, month: str | None = None, *,
            narrow: Narrow = EVERY, chosen: Chosen = EVERYTHING) -> Export:
    """The rows of a metric alive at V (None: the newest as-of), of one zone, of what happened in one month (2026-10, or BEFORE), narrowed further, of
    the chosen projects.

    Raises UnknownMetric, UnknownZone, OutOfRange, NothingReceived, NotAMonth, RowsWithheld, UnknownCode.
    """
    asked = metric(cursor, metric_id)
    made_of = [metric(cursor, each) for each in asked.made_of]
    day = view_date(cursor, as_of)
    zone_name = _zone_name(cursor, zone)
    if asked.drill == "groups" or "groups" in {each.drill for each in made_of}:
        if month is not None or chosen != EVERYTHING or replace(narrow, category=None) != EVERY:
            raise RowsWithheld(_("指标“{metric}”只到组，不列出个人；只能按空间和分类导出，不能按月份、部门、企业、项目再分。", metric=named(asked)))
        return _groups_of(cursor, asked, day, zone, zone_name, narrow)
    since, until = _happened(cursor, month, day)
    parameters: dict[str, object] = {"metrics": asked.made_of, "v": day, "zone": zone, "since": since, "until": until, "file_bits": FILE_BITS,
                                     **narrow.parameters, **chosen.parameters}
    is_known = has_come(cursor, asked, day)
    days = cursor.execute(readable(cursor, chosen.narrowed(DAYS_SQL)), parameters).fetchall() if is_known else []
    row_count, sums = sum(each[1] for each in days), [sum((each[at] for each in days), Decimal(0)) for at in (4, 5)]
    if not row_count:
        refuse_unknown(cursor, asked.made_of, narrow)
    scale = 0 if all(each[2] for each in days) else 2 if all(each[3] for each in days) else 6
    headings = {name: _(words) for name, words in HEADINGS.items()}
    return Export(
        metric=asked, as_of=day, snapshot=snapshot_id(cursor), about=about(cursor), zone=zone, month=month, narrow=narrow, chosen=chosen, zone_name=zone_name,
        category_name=category_name(cursor, narrow.category), month_name=_month_name(month),
        language=spoken(), headings=headings, shown=_shown(headings, scale),
        row_count=row_count, total=of_parts(asked, sums) if is_known else None, is_known=is_known,
        parts=tuple((named(each), each.unit, part) for each, part in zip(made_of, sums, strict=False)) if is_known and asked.aggregation == "ratio" else (),
        scale=scale, days=tuple((each[0], each[1]) for each in days), parameters=parameters, cursor=cursor)


def rows_together(cursor: duckdb.DuckDBPyConnection, metric_ids: Sequence[str], as_of: dt.date) -> Export:
    """The rows of many metrics as one export, each under its own name, for who wants to add them all up again. None of them drills to groups; its `metric`
    is the first of them, and it has no total. Raises UnknownMetric."""
    first = rows_of(cursor, metric_ids[0], as_of)
    parameters = first.parameters | {"metrics": list(metric_ids)}
    days = cursor.execute(DAYS_SQL, parameters).fetchall()
    return replace(first, parameters=parameters, days=tuple((each[0], each[1]) for each in days), row_count=sum(each[1] for each in days), is_known=True,
                   scale=6, shown=_shown(first.headings, 6), total=None, parts=())


@dataclass(frozen=True, kw_only=True)
class GroupExport(Export):
    """The numbers of a metric whose rows would be persons, in place of its rows; `said`: how the whole of it is given."""

    groups: tuple[Group, ...]
    said: Said

    def batches(self) -> Iterator[pl.DataFrame]:
        """All at once, they are few."""
        lines = [(each.metric, each.zone or _("全部"), each.category or _("全部"), str(each.year) if each.year else _("全部"), each.value, _(each.unit),
                  "" if each.said is Said.VALUE else unsaid(each.said)) for each in self.groups]
        yield pl.DataFrame(lines, schema=self.empty.schema, orient="row")


def _groups_of(cursor: duckdb.DuckDBPyConnection, asked: Metric, day: dt.date, zone: str | None, zone_name: str, narrow: Narrow) -> GroupExport:
    """What is given of a metric that drills to groups."""
    is_known = has_come(cursor, asked, day)
    found = grouped(cursor, asked, day, zone, narrow.category)
    told = [each.value for each in found.groups if each.value is not None]
    return GroupExport(
        metric=asked, as_of=day, snapshot=snapshot_id(cursor), about=about(cursor), zone=zone, month=None, narrow=narrow, chosen=EVERYTHING, zone_name=zone_name,
        category_name=category_name(cursor, narrow.category), month_name=_month_name(None), language=spoken(),
        headings={name: _(words) for name, words in GROUP_HEADINGS.items()}, shown=(), row_count=len(found.groups) if is_known else 0,
        total=found.total.value if is_known else None, is_known=is_known, parts=(), scale=0 if all(each == int(each) for each in told) else 6,
        days=(), parameters={"metrics": asked.made_of, "v": day, "zone": zone, "category": narrow.category}, cursor=cursor,
        groups=found.groups if is_known else (), said=found.total.said if is_known else Said.VALUE)


def _stretches(days: Sequence[tuple[dt.date, int]], parameters: dict[str, object]) -> list[dict[str, object]]:
    """Stretches of days, oldest first, that together hold all rows and each of them some SORTED_AT_ONCE, a single day's however many."""
    before = accumulate((count for _day, count in days), initial=0)
    starts = [day for (day, _count), (gone, upto) in zip(days, pairwise(before), strict=True) if gone // SORTED_AT_ONCE < upto // SORTED_AT_ONCE and gone]
    bounds = (parameters["since"], *starts, parameters["until"])
    return [parameters | {"since": since, "until": until} for since, until in pairwise(bounds)]


def _shown(headings: dict[str, str], scale: int) -> tuple[pl.Expr, ...]:
    """The columns of rows.sql under their headings, codes as words."""
    made = {"value": pl.col("value").cast(pl.Decimal(20, scale)), "row": pl.col("row").cast(pl.Int64),
            "entity_kind": pl.col("entity_kind").replace({kind: _(word) for kind, word in KINDS.items()}),
            "unit": pl.col("unit").replace({unit: _(unit) for unit in UNITS}),
            "is_pending": pl.when(pl.col("is_pending")).then(pl.lit(_("是"))).otherwise(pl.lit(_("否")))}
    return tuple(made.get(name, pl.col(name).cast(pl.String)).alias(heading) for name, heading in headings.items())


def _zone_name(cursor: duckdb.DuckDBPyConnection, zone: str | None) -> str:
    if zone is None:
        return _("全部")
    known = {each.zone_id: each for each in zones(cursor)}
    if zone not in known:
        raise UnknownZone(zone, known)
    return named(known[zone])


def category_name(cursor: duckdb.DuckDBPyConnection, category: str | None) -> str:
    """A category in words; what departments wrote themselves stays as it is."""
    if category is None:
        return _("全部")
    known = {each.category_id: each for each in categories(cursor)}
    return named(known[category]) if category in known else category or _("未填")


def _month_name(month: str | None) -> str:
    return _("全部") if month is None else _("基准日前") if month == BEFORE else month


def _happened(cursor: duckdb.DuckDBPyConnection, month: str | None, as_of: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """From which day on and before which day."""
    if month is None:
        return None, None
    if month == BEFORE:
        [(base_on,)] = cursor.execute("SELECT min(base_on) FROM ref.goal").fetchall()
        return None, base_on.replace(day=1)
    if not re.fullmatch(r"[1-9]\d{3}-(0[1-9]|1[0-2])", month, re.ASCII):
        raise NotAMonth(_("month“{month}”不是月份，应为 2026-10 这样的月份，或 {before}（基准日前）。", month=month, before=BEFORE))
    first = dt.date(int(month[:4]), int(month[5:]), 1)
    if first > as_of:
        raise NotAMonth(_("月份 {month} 在截至日 {day} 之后。", month=month, day=as_of))
    return first, month_end(first) + dt.timedelta(days=1)
