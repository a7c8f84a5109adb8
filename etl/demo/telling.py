"""Who reports an event of the demo park, when, under which number, and what had to be corrected afterwards."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from etl.demo.model import CENTRE, END, INDUSTRY, LATE_OPERATOR, OPERATORS, Document, Event, Project
from etl.demo.park import Draft

PREFIX = {CENTRE: "CX", INDUSTRY: "GX", OPERATORS["chem"]: "HG", OPERATORS["bio"]: "SW", OPERATORS["energy"]: "XC"}
PROOFS = {"poc": ("概念验证任务书", "任务书"), "small": ("小试合同", "合同"), "pilot": ("中试方案及开工单", "方案"),
          "landed": ("投产证明", "证明")}


def told_events(rng: Random, made: list[Draft]) -> tuple[Event, ...]:
    """Every event as told, corrected ones once per version, with sender and number."""
    told = [_sent(rng, draft.project, event) for draft in made for event in _dated(rng, draft.events)]
    told = _late(rng, told)
    told += _mistaken_entry(made) + _quiet_months(made, told)
    told.sort(key=lambda event: (event.told or 9, event.on, event.project_id, event.kind))
    counts: dict[tuple[str, int], int] = {}
    for place, event in enumerate(told):
        key = (event.sender, event.on.year)
        counts[key] = counts.get(key, 0) + 1
        told[place] = replace(event, event_id=f"{PREFIX[event.sender]}-{event.on.year}-{counts[key]:04d}")
    return tuple(_with_versions(told))


def with_evidence(rng: Random, events: tuple[Event, ...], share: float = 0.5) -> tuple[tuple[Event, ...], tuple[Document, ...]]:
    """Events that cite their documents, and the departments' catalogues of those. Entries without one are 待佐证."""
    cited: list[Event] = []
    documents: dict[tuple[str, str], Document] = {}
    for event in events:
        key = (event.sender, event.event_id)
        if key in documents:  # a later version of an event cites what the first one did
            cited.append(replace(event, evidence_id=documents[key].evidence_id))
            continue
        if event.kind not in ("enter", "reenter") or event.stage not in PROOFS or rng.random() > share:
            cited.append(event)
            continue
        what, kind = PROOFS[event.stage]
        number = len(documents) + 1
        documents[key] = Document(evidence_id=f"ZZ-{event.on.year}-{number:04d}", sender=event.sender,
                                  name=f"{event.project_id}{what}", kind=kind,
                                  number=f"兰新佐〔{event.on.year}〕{number}号" if number % 3 else None,
                                  made_on=event.on - timedelta(days=number % 6), told=event.told)
        cited.append(replace(event, evidence_id=documents[key].evidence_id))
    catalogued = tuple(documents.values())
    return tuple(cited), catalogued[:17] + catalogued[18:60] + catalogued[61:]  # two were never filed


def _dated(rng: Random, events: tuple[Event, ...]) -> Iterable[Event]:
    """Some entries are known to the month or quarter only, where that upsets no order and does not straddle the base date."""
    for place, event in enumerate(events):
        following = events[place + 1].on if place + 1 < len(events) else END + timedelta(days=1)
        chance, month_end = rng.random(), event.on.replace(day=monthrange(event.on.year, event.on.month)[1])
        quarter_month = (event.on.month + 2) // 3 * 3
        quarter_end = date(event.on.year, quarter_month, monthrange(event.on.year, quarter_month)[1])
        if event.kind == "enter" and chance < 0.015 and quarter_end < min(following, date(2025, 7, 1)):
            yield replace(event, on=quarter_end, precision="Q")
        elif event.kind == "enter" and chance < 0.09 and month_end < following and (event.on.year, event.on.month) != (2025, 9):
            yield replace(event, on=month_end, precision="M")
        else:
            yield event


def _sent(rng: Random, project: Project, event: Event) -> Event:
    """From pilot on, the operator of the park or the industry bureau reports; now and then the centre does."""
    space = event.space or (project.zone if rng.random() < 0.4 and not project.moved else None)
    if event.stage in ("rd", "poc", "small"):
        return replace(event, sender=CENTRE, space=space if event.kind in ("enter", "transfer") else None)
    sender = OPERATORS.get(project.zone, INDUSTRY)
    chance = rng.random()
    if sender == INDUSTRY and event.stage == "pilot" and event.kind == "enter" and chance < 0.2:
        return replace(event, sender=CENTRE, space=space, is_confirmed=chance < 0.12)
    is_lost = sender == LATE_OPERATOR and event.told > 1
    return replace(event, sender=sender, space=space, told=0 if is_lost else event.told,
                   is_confirmed=True if sender == INDUSTRY and event.stage == "pilot" else None)


def _late(rng: Random, events: list[Event]) -> list[Event]:
    """A few last entries reach the centre one delivery after their month."""
    final = {event.project_id: place for place, event in enumerate(events)}
    for told, since, count in ((1, date(2026, 6, 10), 6), (2, date(2026, 9, 1), 3)):
        places = [place for place in final.values() if events[place].told == told and events[place].on >= since
                  and events[place].kind == "enter" and events[place].sender != LATE_OPERATOR]
        for place in rng.sample(places, min(count, len(places))):
            events[place] = replace(events[place], told=told + 1)
    return events


def _mistaken_entry(made: list[Draft]) -> list[Event]:
    """An entry into 概念验证 that never was; September takes it back."""
    project = next(draft.project for draft in made if draft.events[-1].stage == "rd" and len(draft.events) == 1
                   and date(2025, 11, 1) < draft.events[0].on < date(2026, 3, 1) and draft.project.zone != "outside")
    return [Event(project_id=project.project_id, sender=CENTRE, stage="poc", kind="enter", on=date(2026, 6, 18),
                  is_void=True, told=2)]


def _quiet_months(made: list[Draft], told: list[Event]) -> list[Event]:
    """An operator with nothing else to report tells of a review that was not passed, so that only one of them is late."""
    added: list[Event] = []
    for zone, operator in OPERATORS.items():
        waiting = [draft for draft in made if draft.project.zone == zone and draft.events[-1].stage == "pilot"
                   and draft.events[-1].kind in ("enter", "fail", "reenter") and draft.events[-1].on < date(2026, 8, 1)]
        for number, on in ((2, date(2026, 9, 22)), (3, date(2026, 10, 20))):
            is_quiet = not any(event.sender == operator and event.told == number for event in told)
            if waiting and is_quiet and operator != LATE_OPERATOR:
                added.append(Event(project_id=waiting[0].project.project_id, sender=operator, stage="pilot", kind="fail", on=on,
                                   told=number))
    return added


def _with_versions(told: list[Event]) -> Iterable[Event]:
    """What was first told wrong, before what it was corrected to."""
    wrong_dates = wrong_spaces = 0
    for event in told:
        if event.is_void:
            yield replace(event, is_void=False, told=1)
        elif event.kind == "enter" and event.told == 1 and event.precision == "D" and event.stage in ("poc", "small", "pilot") \
                and date(2025, 11, 1) < event.on < date(2026, 7, 20):
            if event.sender in (CENTRE, INDUSTRY) and wrong_dates < 4 and event.on.day % 5 == 0:
                wrong_dates += 1
                yield replace(event, on=event.on + timedelta(days=9 + 6 * wrong_dates))
                event = replace(event, told=2)
            elif event.sender == CENTRE and event.space and event.space != "core" and not wrong_spaces and event.on.day % 7 == 0:
                wrong_spaces = 1
                yield replace(event, space="core")
                event = replace(event, told=3)
        yield event
