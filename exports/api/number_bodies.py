"""What the door answers with about one metric: its value, and the rows or groups it is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from exports.api.bodies import Amount, Definition, Href, Reason, State, View, ZoneId
from language import N_

Value = Annotated[Amount | None, Field(description=N_("值；null 为没有数，从不以 0 代替，原因见 state 与 reason"))]


@dataclass(frozen=True, kw_only=True)
class Number:
    """A value, or why there is none."""

    value: Value
    state: State
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class ZoneNumber(Number):
    """Of one zone; the two buckets outside and unplaced are among them, so that zones of a sum add up to the whole."""

    zone_id: Annotated[str, Field(description=N_("空间编号"))]
    zone: Annotated[str, Field(description=N_("空间的名称"))]


@dataclass(frozen=True, kw_only=True)
class PartNumber(Number):
    """Of the numerator or the denominator of a ratio."""

    metric_id: Annotated[str, Field(description=N_("指标代码"))]


@dataclass(frozen=True, kw_only=True)
class MetricValue(Number, View):
    """A metric at V in one snapshot, of one zone or of all."""

    metric: Definition
    zone_id: ZoneId
    parts: Annotated[tuple[PartNumber, ...], Field(description=N_("比率的分子、分母；别的指标没有"))]
    zones: Annotated[tuple[ZoneNumber, ...], Field(description=N_("各个空间；不分空间的指标没有"))]
    rows: Href


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row that counts, and the line of the department's file that said so. Names are in the language asked for, codes never change."""

    metric_id: Annotated[str, Field(description=N_("指标代码；比率的行属于分子或分母，统计量的行属于它的各个输入"))]
    key: Annotated[str, Field(description=N_("这一行的键：各期快照之间不变"))]
    entity_kind: Annotated[str, Field(description=N_("对象种类，如 project"))]
    entity_id: Annotated[str, Field(description=N_("对象的编号"))]
    entity_name: Annotated[str | None, Field(description=N_("对象的名称；null 为没有建档"))]
    occurred_on: Annotated[dt.date, Field(description=N_("发生日期；不到日的，是那一段时间的最后一天"))]
    occurred_precision: Annotated[Literal["D", "M", "Q", "H", "Y"], Field(description=N_("发生日期精确到：日、月、季、半年、年"))]
    counts_from: Annotated[dt.date, Field(description=N_("自何日起计入"))]
    counts_until: Annotated[dt.date | None, Field(description=N_("到何日止（不含）；null 为一直"))]
    value: Amount
    unit: Annotated[str, Field(description=N_("单位"))]
    zone_id: Annotated[str | None, Field(description=N_("空间编号；null 为不分空间"))]
    zone: Annotated[str | None, Field(description=N_("空间的名称"))]
    stage_id: Annotated[str | None, Field(description=N_("阶段编号"))]
    stage: Annotated[str | None, Field(description=N_("阶段的名称"))]
    category_id: Annotated[str | None, Field(description=N_("分类编号"))]
    category: Annotated[str | None, Field(description=N_("分类的名称"))]
    department_id: Annotated[str | None, Field(description=N_("部门编号"))]
    department: Annotated[str | None, Field(description=N_("部门与报送主体"))]
    org_id: Annotated[str | None, Field(description=N_("主体的统一社会信用代码"))]
    organization: Annotated[str | None, Field(description=N_("主体的名称"))]
    is_pending: Annotated[bool, Field(description=N_("待佐证"))]
    file: Annotated[str, Field(description=N_("部门报送的文件"))]
    sheet: Annotated[str | None, Field(description=N_("工作表"))]
    row: Annotated[int | None, Field(description=N_("在文件中的行号，同 Excel 所示"))]
    received_at: Annotated[dt.datetime, Field(description=N_("文件收到的时刻，UTC"))]
    sha256: Annotated[str, Field(description=N_("文件的 SHA-256"))]


@dataclass(frozen=True, kw_only=True)
class Group(Number):
    """Of a metric whose rows would be persons: the number of one group."""

    metric_id: Annotated[str, Field(description=N_("指标代码"))]
    zone_id: ZoneId
    category_id: Annotated[str | None, Field(description=N_("分类编号；null 为全部"))]
    year: Annotated[int | None, Field(description=N_("年份；null 为全部"))]


@dataclass(frozen=True, kw_only=True)
class Rows(Number, View):
    """A page of the rows that make a value, or all groups where the rows would be persons."""

    metric_id: Annotated[str, Field(description=N_("指标代码"))]
    version: Annotated[int, Field(ge=1, description=N_("口径的版次"))]
    unit: Annotated[str, Field(description=N_("单位"))]
    zone_id: ZoneId
    kind: Annotated[Literal["rows", "groups"], Field(description=N_("rows 给出各行；groups 各行是个人，只给出各组"))]
    row_count: Annotated[int, Field(ge=0, description=N_("一共多少行（组），不只这一页"))]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    next: Annotated[str | None, Field(description=N_("下一页的地址，截至日与快照已写明；null 为最后一页"))]
