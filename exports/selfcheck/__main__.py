"""python -m exports.selfcheck: reads the path of a snapshot file from standard input, so that it can be started before the file is there; prints the result."""

from __future__ import annotations

import sys
from contextlib import closing

import duckdb

from exports.selfcheck.check import check
from exports.selfcheck.said import sentence
from warehouse.known import NothingReceived
from warehouse.metric import metrics

AGREED, BROKEN = 0, 12
SHOWN = 20  # mismatches put into words; all are counted


def main() -> int:
    """0 all agree, or there is nothing yet; 12 some do not, said on standard error."""
    path = sys.stdin.readline().strip()
    with closing(duckdb.connect(path, read_only=True, config={"threads": 1, "enable_external_access": False})) as con:
        try:
            found = check(con, is_all=False)
        except NothingReceived:
            return AGREED
        names = {each.metric_id: each.name_zh for each in metrics(con)}
        places = dict(con.execute("SELECT zone_id, name_zh FROM ref.zone").fetchall())
    sys.stdout.write(found.as_json())
    for each in found.mismatches[:SHOWN]:
        sys.stderr.write(f"{sentence(each, names, places)}\n")
    return BROKEN if found.mismatches else AGREED


if __name__ == "__main__":
    sys.exit(main())
