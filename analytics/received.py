"""Every file ever sent, with the rows that were counted and sent back: as its act says, else as the snapshot that has the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from warehouse.submissions import Submission, history


def received(home: Path, cursor: duckdb.DuckDBPyConnection | None) -> tuple[Submission, ...]:
    """The newest first. Acts of earlier versions do not say how many rows were read: of files in force the snapshot does; of those that were withdrawn
    before, nobody, and they stay None. `cursor`: on the pinned snapshot, None before the first. Raises LandingDamaged."""
    told = history(home)
    if cursor is None or all(each.accepted is not None for each in told):
        return told
    counted = {file_id: (accepted, refused) for file_id, accepted, refused in cursor.execute("SELECT file_id, accepted, refused FROM raw.file").fetchall()}
    return tuple(each if each.accepted is not None or each.file_id not in counted else
                 replace(each, accepted=counted[each.file_id][0], refused=counted[each.file_id][1]) for each in told)
