"""The state of the departments' reports in a sentence."""

from __future__ import annotations

from analytics.quality import Department, Quality
from language import _, counted, named


def quality_finding(quality: Quality, chosen: Department | None) -> str:
    """The finding in a sentence."""
    seen = [chosen] if chosen else [each for each in quality.departments if each.duties]
    who = named(chosen) if chosen else counted("{n} 家单位", len(seen))
    duties = sum(len(each.duties) for each in seen)
    if not duties:
        return _("{who}没有报送任务", who=who) if chosen else _("还没有报送任务")
    late, never = (sum(each.number(state) for each in seen) for state in ("late", "never"))
    rows, problems = sum(each.refused for each in seen), sum(each.problems for each in seen)
    todo = [counted("{n} 份逾期", late) if late else "", counted("{n} 份从未报送", never) if never else "", counted("{n} 行待改正", rows) if rows else "",
            counted("检查发现 {n} 处待核对", problems) if problems else ""]
    said = _("，").join(part for part in todo if part) or _("都按期报到，没有待办")
    return _("{who}应报 {duties} 份报表：{said}", who=who, duties=duties, said=said)
