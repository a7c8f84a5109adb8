"""Outcomes of the demo park, from contract to landing: who signed, who landed, and what some of them lack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from etl.demo.firms import org_code
from etl.demo.model import CENTRE, END, INDUSTRY, LATE_OPERATOR, OPERATORS, Document, Org, Outcome
from etl.demo.park import Draft
from etl.demo.spells import told_by

RIGHT_OF = {"bio": "药械批件", "agri": "品种权", "data": "软著"}
PROOFS = ("投产", "首套交付", "首张发票", "首批产品")
FLAWS = ("void", "contract", "place", "implementer", "date")
SIGNED_ONLY = 15


def told_outcomes(rng: Random, made: list[Draft], orgs: tuple[Org, ...]) -> tuple[tuple[Outcome, ...], tuple[Document, ...]]:
    """About thirty outcomes as told: the centre's rows, the landing rows of operators and bureau, and their documents.

    Landed in full: two before the base date, nine since (one project has two). Five landed in part: no registered contract,
    no date, outside the park, an unknown implementer, and one that looks complete and is voided in September.
    """
    landed = [draft for draft in made if draft.group in ("landed", "landed before", "half landed")]
    doubled = next(draft for draft in landed if draft.group == "landed")
    defects = sorted((draft for draft in landed if draft.group == "half landed"), key=_entered_landing)
    flawed = dict(zip((draft.project.project_id for draft in defects), FLAWS, strict=True))
    told: list[Outcome] = []
    documents: list[Document] = []
    for draft, is_second in [*((draft, False) for draft in landed), (doubled, True)]:
        flaw = flawed.get(draft.project.project_id)
        delay = timedelta(days=rng.randint(0, 16) + (9 if is_second else 0))
        landed_on = min(END - timedelta(days=2), _entered_landing(draft) + delay)
        mine = _signed(rng, draft, len(told), landed_on - timedelta(days=rng.randint(70, 190)), is_second)
        if flaw == "contract":
            mine = replace(mine, route="许可", contract_no=None)
        theirs = _landing(rng, draft, mine, landed_on, orgs, flaw)
        told += [mine, theirs]
        if flaw == "void":
            told.append(replace(mine, is_void=True, told=2))
        if theirs.evidence_id:
            documents.append(Document(evidence_id=theirs.evidence_id, sender=theirs.sender, name=f"{mine.name}落地证明",
                                      kind="证明", number=None, made_on=landed_on, told=theirs.told))
    pilots = [draft for draft in made if draft.group == "" and any(event.stage == "pilot" for event in draft.events)]
    for draft in rng.sample(pilots, SIGNED_ONLY):
        piloted = next(event.on for event in draft.events if event.stage == "pilot")
        signed_on = min(END - timedelta(days=3), piloted + timedelta(days=rng.randint(20, 200)))
        told.append(_signed(rng, draft, len(told), signed_on, is_second=False))
    return tuple(told), tuple(documents)


def _entered_landing(draft: Draft) -> date:
    return next(event.on for event in draft.events if event.stage == "landed")


def _signed(rng: Random, draft: Draft, number: int, signed_on: date, is_second: bool) -> Outcome:
    project = draft.project
    right = "专利" if is_second or rng.random() < 0.4 else RIGHT_OF.get(project.zone, "登记成果")
    route = rng.choice(("转让", "许可", "许可", "作价投资", "自行实施"))
    return Outcome(outcome_id=f"CG-{signed_on.year}-{101 + number:03d}", sender=CENTRE, project_id=project.project_id,
                   name=project.name + ("配套装备" if is_second else "成果"), right=right, route=route,
                   contract_no=None if route == "自行实施" else f"JSHT{signed_on.year}62{1040 + 7 * number:06d}",
                   signed_on=signed_on, told=told_by(signed_on))


def _landing(rng: Random, draft: Draft, signed: Outcome, landed_on: date, orgs: tuple[Org, ...], flaw: str | None) -> Outcome:
    zone = draft.project.zone
    near = [org for org in orgs if org.kind == "企业" and org.zone == zone and org.told == 1 and not org.moved_out_on]
    sender, told = OPERATORS.get(zone, INDUSTRY), told_by(landed_on)
    has_date = flaw != "date"
    return Outcome(outcome_id=signed.outcome_id, sender=sender, project_id=signed.project_id, name=signed.name,
                   right=signed.right, implementer=org_code(9999) if flaw == "implementer" else rng.choice(near).code,
                   space="outside" if flaw == "place" else zone, proof=rng.choice(PROOFS) if has_date else None,
                   evidence_id=f"ZZ-L-{signed.outcome_id[3:]}" if has_date and rng.random() < 0.8 else None,
                   landed_on=landed_on if has_date else None, told=0 if sender == LATE_OPERATOR and told == 3 else told)
