"""Several snapshot files side by side in one connection, for what compares them: each under a name, and nothing else within reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.errors import DamagedSnapshot


@contextmanager
def beside(**files: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which `name.mart.contribution` is that of the file given as `name`; two names may stand for one file.

    Closes with the block. Raises DamagedSnapshot where a file is gone or is no snapshot.
    """
    with duckdb.connect(config={"threads": 2, "autoinstall_known_extensions": False}) as con:
        for path in dict.fromkeys(files.values()):
            own = [name for name, file in files.items() if file == path]
            quoted = str(path).replace("'", "''")
            try:
                con.execute(f"ATTACH '{quoted}' AS {own[0]} (READ_ONLY)")
            except duckdb.Error as problem:
                raise DamagedSnapshot(path.stem, path, f"DuckDB 打不开（{str(problem).splitlines()[0]}）") from problem
            for other in own[1:]:
                con.execute(f"ATTACH ':memory:' AS {other}")
                con.execute(f"CREATE SCHEMA {other}.mart; CREATE VIEW {other}.mart.contribution AS FROM {own[0]}.mart.contribution")
        con.execute("SET enable_external_access = false")
        yield con
