"""What the rows behind a number stand for, in words.

Each kind of name is looked up only where such rows are shown: one query that could name all of them takes longer to plan than to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from analytics.older import readable
from language import spoken

OF_FIRMS = ("loan", "deal", "position", "policy", "lease", "pool_entry", "agreement", "surplus_equity")  # named by the firm
ENTITIES = """SELECT n.entity_kind, n.entity_id, coalesce(CASE WHEN $language = 'en' THEN n.name_en END, n.name_zh) FROM core.entity_name AS n
WHERE n.entity_id IN (SELECT unnest($ids::VARCHAR[]))"""
OF_KIND = {
    "fund": "SELECT f.fund_id, f.fund_name FROM core.fund AS f WHERE f.fund_id IN (SELECT unnest($ids::VARCHAR[]))",
    "funding": "SELECT i.item_id, any_value(i.item_name) FROM core.funding AS i WHERE i.item_id IN (SELECT unnest($ids::VARCHAR[])) GROUP BY i.item_id"}
FIRMS = "SELECT g.org_id, g.org_name FROM core.organization AS g WHERE g.org_id IN (SELECT unnest($ids::VARCHAR[]))"
LEADS = "SELECT p.project_id, p.lead_org_name FROM core.project AS p WHERE p.project_id IN (SELECT unnest($ids::VARCHAR[]))"
KEPT = """SELECT DISTINCT r.entity_id, coalesce(CASE WHEN $language = 'en' THEN r.name_en END, r.name_zh), r.lead_org_name, r.org_id, r.org_name
FROM mart.funnel_row_now AS r WHERE r.entity_id IN (SELECT unnest($ids::VARCHAR[]))"""  # a few thousand rows instead of all projects there are
PLACES = "SELECT {0}_id, coalesce(CASE WHEN $language = 'en' THEN name_en END, name_zh) FROM ref.{0}"


@dataclass(frozen=True, kw_only=True)
class Names:
    """By id, in the language spoken. `entities`: by kind and id; `leads`: of projects, the firm that leads each."""

    entities: Mapping[tuple[str, str], str | None]
    firms: Mapping[str, str]
    leads: Mapping[str, str | None]
    zones: Mapping[str, str]
    stages: Mapping[str, str]

    def entity(self, kind: str, entity_id: str, org_id: str | None) -> str | None:
        """None: not in the register yet."""
        return self.entities.get((kind, entity_id)) or (self.firms.get(org_id or "") if kind in OF_FIRMS else None)

    def firm(self, kind: str, entity_id: str, org_id: str | None) -> str | None:
        return self.firms.get(org_id or "") or (self.leads.get(entity_id) if kind == "project" else None)


def names(cursor: duckdb.DuckDBPyConnection, shown: Iterable[tuple[str, str, str | None]]) -> Names:
    """Of these kinds, ids and firms."""
    ids: dict[str, set[str]] = {}
    firms = set()
    for kind, entity_id, org_id in shown:
        ids.setdefault(kind, set()).add(entity_id)
        firms |= {org_id} - {None}

    def told(sql: str, asked: Iterable[str | None]) -> list[tuple[str, str]]:
        known = sorted(filter(None, asked))
        return cursor.execute(sql, {"ids": known}).fetchall() if known else []

    entities: dict[tuple[str, str], str | None] = {(kind, each): name for kind, sql in OF_KIND.items() for each, name in told(sql, ids.get(kind, ()))}
    every = sorted(set().union(*ids.values()))
    entities |= {(kind, each): name for kind, each, name in cursor.execute(
        readable(cursor, ENTITIES), {"ids": every, "language": spoken()}).fetchall() if name is not None}
    return Names(entities=entities, firms=dict(told(FIRMS, firms)), leads=dict(told(LEADS, ids.get("project", ()))), **_places(cursor))


def kept_names(cursor: duckdb.DuckDBPyConnection, projects: Iterable[str]) -> Names:
    """The same of projects among the kept rows of the newest day, which have their names beside them."""
    found = cursor.execute(KEPT, {"ids": sorted(set(projects)), "language": spoken()}).fetchall()
    return Names(entities={("project", project): name for project, name, *_ in found}, leads={project: lead for project, _, lead, *_ in found},
                 firms={org_id: name for *_, org_id, name in found if org_id and name}, **_places(cursor))


def _places(cursor: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    return {f"{each}s": dict(cursor.execute(PLACES.format(each), {"language": spoken()}).fetchall()) for each in ("zone", "stage")}
