"""The pair (V, K) that a request is about, by issue, snapshot and day; its snapshot is pinned until the stack closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TypedDict

import duckdb

from analytics.snapshot import About, about
from analytics.zones import zones
from exports.api.bodies import VERSION
from exports.api.contract import AS_OF, ISSUE, SNAPSHOT, ZONE, Asked
from exports.api.problems import Fault, of_sentence
from exports.asking import Refused, pinned, readable_issue, refusing
from language import _, listed
from warehouse.known import NothingReceived, OutOfRange, iso_day, snapshot_id, view_date
from warehouse.metric import Metric


class Said(TypedDict):
    """The fields of `bodies.View`."""

    contract: str
    as_of: dt.date
    snapshot: str
    known_at: dt.datetime
    issue: str | None
    is_demo: bool


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`issue`: its name with the revision."""

    cursor: duckdb.DuckDBPyConnection
    as_of: dt.date
    snapshot: str
    about: About
    issue: str | None

    @property
    def said(self) -> Said:
        """For a body."""
        return {"contract": VERSION, "as_of": self.as_of, "snapshot": self.snapshot, "known_at": self.about.known_at, "issue": self.issue,
                "is_demo": self.about.is_demo}

    @property
    def facts(self) -> dict[str, str | int | None]:
        """For the record."""
        return {"snapshot": self.snapshot, "as_of": self.as_of.isoformat(), "issue": self.issue}


@contextmanager
def looking(where: str) -> Iterator[None]:
    """Within the block, what the warehouse does not have or cannot read becomes a Fault at this place."""
    try:
        with refusing():
            yield
    except Refused as refusal:
        status, sentence = refusal.args
        raise of_sentence(status, sentence, where) from refusal


def seen(asked: Asked, stack: ExitStack) -> Seen:
    """Raises Fault."""
    issue, snapshot, day = asked.text(ISSUE), asked.text(SNAPSHOT), asked.text(AS_OF)
    frozen = None
    if issue is not None:
        with looking(_("参数 {name}", name=ISSUE.name)):
            frozen = readable_issue(issue)
        if snapshot not in (None, frozen.snapshot):
            raise Fault(404, _("专刊 {name} 钉的是快照 {snapshot}。", name=frozen.name, snapshot=frozen.snapshot), where=_("参数 {name}", name=SNAPSHOT.name),
                        do=_("去掉这个参数。"))
    with looking(_("参数 {name}", name=SNAPSHOT.name)):
        cursor = pinned(stack, frozen.snapshot if frozen else snapshot)
    try:
        as_of = view_date(cursor, iso_day(day) if day is not None else frozen.as_of if frozen else None)
    except OutOfRange as problem:
        raise Fault(404, _("截至日 {asked} 不在可查范围内：{first} 至 {last}。", asked=problem.asked, first=problem.first, last=problem.last),
                    where=_("参数 {name}", name=AS_OF.name), do=_("取范围内的一天。")) from problem
    except NothingReceived as problem:
        raise Fault(404, _("快照里还没有任何文件。"), where=_("快照")) from problem
    return Seen(cursor=cursor, as_of=as_of, snapshot=snapshot_id(cursor), about=about(cursor), issue=frozen.name if frozen else None)


def zone_of(asked: Asked, view: Seen, metric: Metric) -> str | None:
    """The zone asked for. Raises Fault."""
    zone = asked.text(ZONE)
    if zone is None:
        return None
    known = [each.zone_id for each in zones(view.cursor)]
    where = _("参数 {name}", name=ZONE.name)
    if zone not in known:
        raise Fault(404, _("没有这个空间。"), where=where, do=_("取其中之一：{known}。", known=listed(known)))
    if not metric.is_zoned:
        raise Fault(404, _("指标 {metric} 不分空间。", metric=metric.metric_id), where=where, do=_("去掉这个参数。"))
    return zone
