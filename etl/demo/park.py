"""The projects of the demo park and what happens to them, as it really was; who tells it when is `telling`'s."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from etl.demo.model import AS_OF, START, Event, Org, Project
from etl.demo.names import MARK, OFF_LIST, TOPICS, WORK
from etl.demo.plans import PLANS, ZONE_WEIGHTS
from etl.demo.spells import entries, spell_events, told_by

_ROLES = ("产、学、研", "产、研", "学、研", "产、学、研、用", "产、用", "研")
_RESEARCH = ("未来产业", "卡脖子", "关键核心技术", "关键核心技术", "其他", None)
_STATUS = {"suspend": "暂停", "terminate": "终止", "withdraw": "终止"}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A project with its plan's group and its events, not yet told to anybody."""

    project: Project
    group: str
    events: tuple[Event, ...]


def drafts(rng: Random, orgs: tuple[Org, ...]) -> list[Draft]:
    """All planned projects, oldest approval first."""
    zones, names = _zones(rng), {zone: _names(zone) for zone in TOPICS}
    made: list[Draft] = []
    for plan in PLANS:
        for _ in range(plan.count):
            zone = plan.group if plan.group in ("outside", "unplaced") else next(zones)
            topic_zone = zone if zone in TOPICS else rng.choice(tuple(TOPICS))
            direction, name = _off_list(len(made)) if len(made) % 24 == 11 else next(names[topic_zone])
            entered = entries(rng, plan.pins, first=plan.first, last=plan.last)
            approved = max(START, min(entered.values()) - timedelta(days=rng.randint(5, 28)))
            made.append(Draft(group=plan.group, events=tuple(spell_events(rng, "", entered)), project=Project(
                project_id="", parent_id=None, name=MARK + name, org=_leader(rng, orgs, zone), is_org_coded=rng.random() > 0.08,
                zone=zone, moved=None, direction=direction, research=rng.choice(_RESEARCH), roles=rng.choice(_ROLES),
                manager_id=f"JJR-{rng.randint(1, 36):03d}" if rng.random() < 0.5 else None, approved_on=approved,
                approval_no="文号" if rng.random() > 0.22 else None, is_mature=rng.random() < 0.5, told=told_by(approved))))
    made.sort(key=lambda draft: (draft.project.approved_on, draft.project.name))
    return _with_oddities(_second_phases(_numbered(made)))


def status_at(project: Project, events: tuple[Event, ...], delivery: int) -> str:
    """项目状态 as the list of a delivery shows it."""
    if project.void_from and delivery >= project.void_from:
        return "作废"
    past = [event for event in events if event.on <= AS_OF[delivery - 1] and event.kind not in ("fail", "transfer")]
    last = max(past, key=lambda event: event.on) if past else None
    if last and last.stage == "industrial" and last.kind == "pass":
        return "完成"
    return _STATUS.get(last.kind, "在研") if last else "在研"


def _zones(rng: Random) -> Iterator[str]:
    bag = [zone for zone, weight in ZONE_WEIGHTS.items() for _ in range(weight)]
    while True:
        rng.shuffle(bag)
        yield from bag


def _names(zone: str) -> Iterator[tuple[str | None, str]]:
    """(direction, project name): every direction in turn, no name twice."""
    for turn in range(4):
        for place in range(5):
            for direction, topics in TOPICS[zone].items():
                if place < len(topics):
                    yield direction, topics[place] + WORK[zone][(turn + place) % 4]


def _off_list(number: int) -> tuple[str | None, str]:
    """A project outside the 45 directions."""
    turn, place = divmod(number // 24, len(OFF_LIST))
    return ("其他", None)[number // 24 % 2], OFF_LIST[place] + ("技术研究", "应用示范", "标准研究")[turn]


def _leader(rng: Random, orgs: tuple[Org, ...], zone: str) -> Org:
    near = [org for org in orgs if org.kind == "企业" and org.zone == zone and org.told == 1 and not org.moved_out_on]
    academy = [org for org in orgs if org.kind in ("高校", "科研院所")]
    return rng.choice(near) if near and rng.random() < 0.72 else rng.choice(academy)


def _numbered(made: list[Draft]) -> list[Draft]:
    counts: dict[int, int] = {}
    numbered: list[Draft] = []
    for draft in made:
        year = draft.project.approved_on.year
        counts[year] = counts.get(year, 0) + 1
        project_id = f"GZH-{year}-{counts[year]:04d}"
        approval_no = f"兰新科创立〔{year}〕{counts[year]}号" if draft.project.approval_no else None
        numbered.append(replace(draft, project=replace(draft.project, project_id=project_id, approval_no=approval_no),
                                events=tuple(replace(event, project_id=project_id) for event in draft.events)))
    return numbered


def _second_phases(made: list[Draft]) -> list[Draft]:
    """Second phases hang on projects that were proven before the base date, so that they are no new ones."""
    parents = iter([draft.project for draft in made if draft.group == "old" and draft.events[-1].kind != "terminate"][::3])

    def joined(draft: Draft) -> Draft:
        if draft.group != "phase two":
            return draft
        parent = next(parents)
        project = replace(draft.project, parent_id=parent.project_id, name=parent.name + "（二期）", org=parent.org,
                          zone=parent.zone, direction=parent.direction)
        return replace(draft, project=project)

    return [joined(draft) for draft in made]


def _with_oddities(made: list[Draft]) -> list[Draft]:
    """One project is re-zoned in September, one is voided in October, one is listed later than its first event."""
    moving = next(place for place, draft in enumerate(made) if draft.group == "old" and draft.project.zone == "chem"
                  and draft.events[-1].on < date(2026, 8, 1) and status_at(draft.project, draft.events, 2) == "在研")
    draft = made[moving]
    moved_on = date(2026, 9, 14)
    transfer = Event(project_id=draft.project.project_id, stage=draft.events[-1].stage, kind="transfer", on=moved_on,
                     space="energy", told=told_by(moved_on))
    made[moving] = replace(draft, project=replace(draft.project, moved=(2, "energy")), events=(*draft.events, transfer))
    voided = next(place for place, draft in enumerate(made) if draft.group == "new" and draft.events[-1].on < date(2026, 6, 1))
    made[voided] = replace(made[voided], project=replace(made[voided].project, void_from=3))
    for place, draft in enumerate(made):
        if draft.project.told == 2 and any(event.told == 2 for event in draft.events):
            made[place] = replace(draft, project=replace(draft.project, told=3))
            break
    return made
