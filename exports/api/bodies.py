"""What the door answers with: the contract, from which JSON Schema, the OpenAPI description and the bodies themselves are made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from language import N_

VERSION = "1.0.0"  # of the contract: the first number is in every path, the second goes up when something is added, the third when words change
PREFIX = "/api/v1"

Amount = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$", description=N_("十进制数，写成文本以免浮点失真；金额以元计，单位为 % 的是比例（0.35 即 35%）"))]
State = Annotated[
    Literal["known", "not_received", "before_first", "no_denominator", "fewer_than_three", "withheld", "not_computed"],
    Field(description=N_("known 有数；not_received 需要的报表还没有报到；before_first 截至日早于最早有数的一天；no_denominator 分母为 0；"
                         "fewer_than_three 涉及的人少于三个；withheld 为免推算出个人而不公布；not_computed 统计量不由接口给出，或数据不足"))]
Reason = Annotated[str | None, Field(description=N_("没有数的原因；有数时为 null"))]
Contract = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$", description=N_("约定的版本"))]
Href = Annotated[str, Field(description=N_("地址，从本服务的根算起"))]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description=N_("内容的 SHA-256"))]
ZoneId = Annotated[str | None, Field(description=N_("空间编号；null 为全部"))]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A refusal, as RFC 9457 has it."""

    type: Annotated[str, Field(description=N_("问题的种类，urn:ganzhihui:problem:…"))]
    title: Annotated[str, Field(description=N_("种类的名称"))]
    status: Annotated[int, Field(ge=400, le=599)]
    detail: Annotated[str, Field(description=N_("一句话"))]
    instance: Annotated[str, Field(description=N_("所请求的地址"))]
    where: Annotated[str, Field(description=N_("问题在哪里"))]
    what: Annotated[str, Field(description=N_("是什么问题"))]
    do: Annotated[str, Field(description=N_("怎么办"))]


@dataclass(frozen=True, kw_only=True)
class IssueLine:
    """An issue of a meeting in one revision."""

    name: Annotated[str, Field(description=N_("期号与版次，如 2026-11r1：此版不再改变"))]
    issue: Annotated[str, Field(description=N_("期号，如 2026-11"))]
    revision: Annotated[int, Field(ge=1, description=N_("版次"))]
    is_newest: Annotated[bool, Field(description=N_("是不是这一期最新的一版"))]
    meeting: Annotated[str, Field(description=N_("会议编号"))]
    as_of: Annotated[dt.date, Field(description=N_("截至日：到这一天（含）发生的"))]
    snapshot: Annotated[str, Field(description=N_("快照：当时所知"))]
    previous: Annotated[str | None, Field(description=N_("上一期；null 为首期"))]
    frozen_at: Annotated[dt.datetime, Field(description=N_("冻结的时刻"))]
    reason: Annotated[str, Field(description=N_("改版的理由；首版为空"))]
    href: Href


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file of an issue, byte for byte as it was frozen."""

    name: Annotated[str, Field(description=N_("在专刊文件夹中的路径"))]
    size: Annotated[int, Field(ge=0, description=N_("字节数"))]
    sha256: Sha256
    media_type: Annotated[str, Field(description=N_("媒体类型"))]
    href: Href


@dataclass(frozen=True, kw_only=True)
class Issues:
    """All issues in all their revisions, by issue and then by revision."""

    contract: Contract
    issues: tuple[IssueLine, ...]


@dataclass(frozen=True, kw_only=True)
class IssueDetail:
    """One of them with its files."""

    contract: Contract
    issue: IssueLine
    pack: Annotated[str, Field(description=N_("整期的压缩包的地址"))]
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, kw_only=True)
class View:
    """What every answer about numbers says of its two clocks."""

    contract: Contract
    as_of: Annotated[dt.date, Field(description=N_("截至日：到这一天（含）发生的"))]
    snapshot: Annotated[str, Field(description=N_("快照：当时所知"))]
    known_at: Annotated[dt.datetime, Field(description=N_("快照知悉到哪一刻"))]
    issue: Annotated[str | None, Field(description=N_("按哪一期专刊；null 为不按专刊"))]
    is_demo: Annotated[bool, Field(description=N_("是不是演示数据（虚构的园区）"))]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A metric of the dictionary (口径)."""

    metric_id: Annotated[str, Field(description=N_("指标代码"))]
    version: Annotated[int, Field(ge=1, description=N_("口径的版次"))]
    valid_from: Annotated[dt.date, Field(description=N_("这一版口径自何日起"))]
    name_zh: str
    name_en: str
    unit: Annotated[str, Field(description=N_("单位；金额一律以元计"))]
    status: Annotated[Literal["已定", "拟定", "未定"], Field(description=N_("口径由联席会议定下了没有"))]
    decided_by: Annotated[str, Field(description=N_("由哪次会议、何日定下；空为还没有"))]
    statement_zh: Annotated[str, Field(description=N_("口径"))]
    statement_en: str | None
    aggregation: Annotated[Literal["sum", "distinct", "ratio", "statistic"], Field(
        description=N_("sum 各行之和；distinct 不重复的对象数；ratio 分子 ÷ 分母；statistic 由各行按公式算得"))]
    time_kind: Annotated[Literal["cumulative", "window", "stock"], Field(description=N_("cumulative 累计；window 期间；stock 时点"))]
    drill: Annotated[Literal["rows", "groups"], Field(description=N_("rows 给出各行；groups 各行是个人，只给出各组"))]
    is_zoned: Annotated[bool, Field(description=N_("分不分空间"))]
    numerator_id: str | None
    denominator_id: str | None
    inputs: Annotated[tuple[str, ...], Field(description=N_("统计量由哪些指标的行算得"))]
    computed_by: Annotated[str, Field(description=N_("算出统计量的函数；空为不是统计量"))]
    part_of: Annotated[str | None, Field(description=N_("属于哪个指标；各部分加成它"))]
    feeds: Annotated[tuple[str, ...], Field(description=N_("需要的报表：缺了一份就没有数"))]
    clauses: Annotated[tuple[str, ...], Field(description=N_("出自政策的哪些条款"))]
    owner: Annotated[str, Field(description=N_("负责的部门"))]
    known_from: Annotated[dt.date | None, Field(description=N_("最早有数的一天；null 为还没有"))]
    href: Href


@dataclass(frozen=True, kw_only=True)
class Metrics(View):
    """The dictionary of a snapshot, in the order of the committee's table."""

    metrics: tuple[Definition, ...]
