"""The SQL that collects what lines tell of one thing, written from the declarations of analytics/facts.py."""

from __future__ import annotations

from analytics.facts import FACTS, Fact, Lines

TOLD = """CREATE OR REPLACE TEMP TABLE told AS
WITH lines AS (
{branches}
)
SELECT t.*
FROM lines AS t
JOIN raw.file AS f ON f.file_id = t.row_id >> 36
WHERE (t.holds OR t.fact = 0) AND (t.since IS NULL OR t.since <= $v) AND ($departments IS NULL OR list_contains($departments, f.department_id))
"""
# The newest past facts, figures of a series apart, and the next of what is to come; `found` counts all of each.
TIMELINE = """WITH kept AS (
  SELECT b.*, b.is_ahead AND b.happened_on > $v AS is_coming
  FROM told AS b
  WHERE b.holds AND b.happened_on IS NOT NULL AND (b.happened_on <= $v OR b.is_ahead)
)
SELECT k.* EXCLUDE (holds, since), count(*) OVER (PARTITION BY k.is_coming, k.is_series) AS found
FROM kept AS k
QUALIFY row_number() OVER (PARTITION BY k.is_coming, k.is_series ORDER BY abs(k.happened_on - $v), k.row_id DESC, k.fact) <= $most
ORDER BY k.is_coming, abs(k.happened_on - $v), k.row_id DESC, k.fact
"""
# Who else is named by the same lines, dated or not: so a link is there from either side.
RELATED = """WITH others AS (
  SELECT b.row_id, b.happened_on, unnest(b.named, recursive := true)
  FROM told AS b
  WHERE b.fact = 0 -- each line once
),
each_other AS (
  SELECT o.kind, o.id, list_distinct(list(o.role)) AS roles, count(*) AS lines, max(o.happened_on) AS last_on
  FROM others AS o
  WHERE NOT (o.kind = $kind AND o.id = $id)
  GROUP BY o.kind, o.id
)
SELECT e.kind, e.id, e.roles, e.lines, count(*) OVER (PARTITION BY e.kind) AS found
FROM each_other AS e
QUALIFY row_number() OVER (PARTITION BY e.kind ORDER BY e.lines DESC, e.last_on DESC, e.id) <= $most
ORDER BY e.kind, e.lines DESC, e.last_on DESC, e.id
"""


def told_sql(kind: str) -> str:
    """Makes the table told, of which TIMELINE (v, most) and RELATED (kind, id, most) ask. Parameters: id, v, departments (None: all)."""
    return TOLD.format(branches="\nUNION ALL\n".join(_branch(number, lines, kind) for number, lines in enumerate(FACTS) if lines.columns(kind)))


def _branch(number: int, lines: Lines, kind: str) -> str:
    """The lines of one table that name the thing, once for each fact they may tell."""
    is_named = " OR ".join(f"{column} = $id" for column in lines.columns(kind))
    named = ", ".join(f"{{'kind': '{role.split(':')[0]}', 'role': '{role.partition(':')[2]}', 'id': {column}::VARCHAR}}" for role, column in lines.names.items())
    facts = ", ".join(f"{{'fact': {at}, 'happened_on': {_on(each)}, 'precision': {each.precision}, 'is_ahead': {str(each.is_ahead).lower()}, 'holds': {each.when}}}"
                      for at, each in enumerate(lines.facts))
    since = lines.since or f"least({', '.join(dict.fromkeys(map(_on, lines.facts)))})"
    gone = "coalesce(t.valid_until <= $v, false)" if lines.versions else "false"
    return f"""SELECT {number} AS lines, unnest([{facts}], recursive := true), {since} AS since, {lines.stage or 'NULL'}::VARCHAR AS stage_id,
  {f't.{lines.word}' if lines.word else 'NULL'}::VARCHAR AS word, {lines.thing or 'NULL'}::VARCHAR AS thing, {lines.number or 'NULL'}::VARCHAR AS number,
  {lines.amount[1] or 'NULL'}::DECIMAL(20, 2) AS amount_cny, t.row_id, list_filter({lines.sources}, lambda x: x IS NOT NULL) AS sources, {gone} AS is_gone,
  {str(lines.is_series).lower()} AS is_series,
  list_filter([{named}], lambda x: x.id IS NOT NULL) AS named
FROM {_table(lines, is_named)} {lines.joins}
WHERE ({is_named}) AND {lines.when}"""


def _on(fact: Fact) -> str:
    return fact.on if "." in fact.on else f"t.{fact.on}"


def _table(lines: Lines, is_named: str) -> str:
    """Of a list its rows as they stood at V; those that have left it since as they stood last."""
    if not lines.versions:
        return f"{lines.table} AS t"
    mine = f"SELECT DISTINCT {lines.versions} FROM {lines.table} AS t WHERE {is_named}"
    return (f"(SELECT v.* FROM {lines.table} AS v SEMI JOIN ({mine}) AS mine USING ({lines.versions}) WHERE v.valid_from <= $v "
            f"QUALIFY row_number() OVER (PARTITION BY {', '.join(f'v.{each}' for each in lines.versions.split(', '))} ORDER BY v.valid_from DESC) = 1) AS t")
