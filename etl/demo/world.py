"""The whole demo park from one seed."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from etl.demo.firms import organizations
from etl.demo.model import World
from etl.demo.outcomes import told_outcomes
from etl.demo.outputs import told_outputs
from etl.demo.park import drafts
from etl.demo.telling import told_events, with_evidence


@lru_cache(maxsize=4)
def world(seed: int) -> World:
    """Everything there is and when it is told. The same seed makes the same park on every machine."""
    rng = Random(seed)
    orgs = organizations(rng)
    made = drafts(rng, orgs)
    events, catalogue = with_evidence(rng, told_events(rng, made))
    outcomes, proofs = told_outcomes(rng, made, orgs)
    return World(seed=seed, orgs=orgs, projects=tuple(draft.project for draft in made), events=events, outcomes=outcomes,
                 outputs=told_outputs(rng, outcomes, orgs), documents=(*catalogue, *proofs))
