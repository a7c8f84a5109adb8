"""The tasks in a sentence, and their states in words."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.tasks import State, Work
from language import N_, _, counted

STATES: Mapping[State, str] = {"overdue": N_("逾期"), "extended": N_("延期"), "running": N_("推进中"), "not_started": N_("未启动"), "done": N_("按期完成"),
                               "done_late": N_("逾期完成"), "stopped": N_("中止")}


def task_finding(numbers: Work) -> str:
    """How much is done and what is late."""
    seen, resolved = numbers.tasks, numbers.resolutions
    said = counted("{n} 项任务，已完成 {done} 项", seen.listed, done=seen.done)
    late = counted("，逾期 {n} 项", seen.overdue) if seen.overdue else _("，没有逾期")
    return said + late + counted("；议定事项 {n} 项逾期", resolved.overdue) if resolved.overdue else said + late
