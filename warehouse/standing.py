"""What stands of a feed, for core to read: of a full list each key over time, of events the latest row of each key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb

from warehouse.inputs import FeedTable
from warehouse.tables import Comments

TEMPLATES = Path(__file__).parent / "standing_rows"
_TOLD = {
    "department_id": "报送部门；几个部门都报的，为最近一次", "sender": "报送主体，空为部门本身", "known_at": "何时得知（UTC）",
    "disputed": "几个部门填报不一致的列；取截至日最近的，同日取报表所列在前的部门", "row_id": "来源行", "source_row_ids": "各部门的来源行",
}
_VALID = {
    "valid_from": "自何日起（含）：名单的截至日", "valid_until": "到何日止（不含）：下一份名单的截至日，空为现行",
    "is_carried": "其后的名单里该行被退回，沿用先前接收的一行",
}


def standing_rows(con: duckdb.DuckDBPyConnection, feeds: Sequence[FeedTable], wanted: Collection[str]) -> Comments:
    """Make those of given.<feed>_version (full lists) and given.<feed>_latest (events) that are wanted; returns what their columns mean."""
    sent = {name for (name,) in con.execute("SELECT DISTINCT feed FROM raw.file").fetchall()}
    known = {}
    for feed in feeds:
        table = f"given.{feed.name}_{'version' if feed.mode == 'full' else 'latest'}"
        if table in wanted:
            con.execute(f"CREATE TABLE {table} AS {_select(feed) if feed.name in sent else _nothing(feed)}")
            known[table] = {name: text for name, (_, text) in feed.columns.items()} | _TOLD | (_VALID if feed.mode == "full" else {})
    return known


def key_text(names: Sequence[str], row: str) -> str:
    """The key of a row as one text; what is blank is an empty part."""
    return f"concat_ws('|', {', '.join(f'''coalesce({row}.{name}::VARCHAR, '')''' for name in names)})"


def _nothing(feed: FeedTable) -> str:
    """The same columns without a row: what nobody has sent need not be planned."""
    valid = "NULL::DATE AS valid_from, NULL::DATE AS valid_until, NULL::BOOLEAN AS is_carried, " if feed.mode == "full" else ""
    return (f"SELECT {', '.join(feed.columns)}, NULL::VARCHAR AS department_id, NULL::VARCHAR AS sender, {valid}NULL::VARCHAR AS disputed, "
            f"NULL::TIMESTAMP AS known_at, row_id, [row_id] AS source_row_ids FROM raw.{feed.name} WHERE false")


def _select(feed: FeedTable) -> str:
    """The SELECT that says what stands: the templates of standing_rows/ with the words of this feed."""
    latest = "s.latest" if feed.mode == "full" else "r.latest"
    columns = [f"r.{name}" for name in feed.columns]
    if feed.is_shared:
        columns = [f"{'any_value(' if name in feed.key else 'arg_max('}r.{name}{'' if name in feed.key else f', {latest}'}) AS {name}" for name in feed.columns]
    words = {
        "feed": feed.name, "key": key_text(feed.key, "r"), "keys": ", ".join(f"r.{name}" for name in feed.key),
        "period": key_text(feed.period, "r") if feed.period else "''",
        "period_of_key": " || '|' || ".join(f"split_part(x.key, '|', {feed.key.index(name) + 1})" for name in feed.period) or "''",
        "columns": ",\n  ".join(columns), "departments": ", ".join(f"'{department}'" for department in feed.departments),
        "disputes": ", ".join(f"CASE WHEN count(DISTINCT r.{name}) > 1 THEN '{comment}' END" for name, (_, comment) in feed.columns.items()
                              if name not in feed.key)}
    scope = "several" if feed.is_shared else "one"
    files = ("list_spans", f"list_of_{scope}") if feed.mode == "full" else (f"events_of_{scope}",)
    return "\n".join((TEMPLATES / f"{file}.sql").read_text(encoding="utf-8") for file in files).format_map(words)
