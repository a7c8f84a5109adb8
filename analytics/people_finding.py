"""The state of managers, apartments and talent in one sentence, true whatever the numbers are and whichever may not be said."""

from __future__ import annotations

from analytics.format import count, percent
from analytics.people import People
from language import _, counted


def people_finding(seen: People) -> str:
    """The title: how many managers are active, what runs out, how full the apartments are, whom was brought in."""
    parts = [part for part in (_managers(seen), _housing(seen), _talent(seen)) if part]
    return _("；").join(parts) if parts else _("人才与技术经理人的报表还没有收到，不能知道")


def _managers(seen: People) -> str:
    registered, active, expiring = seen.exact("manager_registered"), seen.exact("manager_active"), seen.exact("manager_certificate", category="expiring_90d")
    if not seen.tally.is_known("manager_registered"):
        return _("技术经理人因缺报尚不能知道")
    if registered is None:
        return _("在册技术经理人的人数不公布")
    said = counted("在册技术经理人 {n} 名", int(registered))
    if active is not None:
        said = _("，").join((said, counted("近一年活跃 {n} 名", int(active))))
    if expiring:
        said = _("，").join((said, counted("{n} 本证书九十天内到期", int(expiring))))
    return said


def _housing(seen: People) -> str:
    rate, waiting = seen.exact("housing_occupancy"), seen.exact("housing_waiting")
    if rate is None:
        return ""
    said = _("公寓入住率 {share}", share=percent(rate))
    return _("，").join((said, counted("{n} 人轮候", int(waiting)))) if waiting else said


def _talent(seen: People) -> str:
    came = seen.exact("talent_people")
    return "" if came is None else _("累计引进人才 {came} 人", came=count(came))
