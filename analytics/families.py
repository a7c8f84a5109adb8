"""Metrics in the families that people look for them in, by the prefix of their ids; the committee's goals first."""

from __future__ import annotations

from language import N_

GOALS = "goals"
FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    GOALS: (N_("2027 年目标"), ("g1", "g2", "g3", "g4a", "g4b", "g4", "g5")),
    "funnel": (N_("转化漏斗"), ("funnel",)),
    "exposure": (N_("基金与敞口"), ("exp", "fund", "deal", "loan", "guarantee", "pool", "insurance", "budget", "surplus")),
    "space": (N_("空间与承载"), ("premise", "lease", "request", "incubator")),
    "platforms": (N_("平台与服务"), ("platform", "service")),
    "people": (N_("人才与技术经理人"), ("talent", "manager", "people", "housing", "tech")),
    "adoption": (N_("推广应用与招引"), ("adoption", "scenario", "first", "lead")),
    "policies": (N_("制度与申报"), ("policy", "application")),
    "work": (N_("任务与议定事项"), ("task", "resolution", "meeting")),
}
OTHER = "other"
TITLES = {family: title for family, (title, _) in FAMILIES.items()} | {OTHER: N_("其他指标")}
_BY_PREFIX = {prefix: family for family, (_, prefixes) in FAMILIES.items() for prefix in prefixes}


def family(metric_id: str) -> str:
    """The family of a metric, OTHER where its prefix is of none."""
    return _BY_PREFIX.get(metric_id.partition("_")[0], OTHER)
