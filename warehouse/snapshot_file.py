"""One snapshot file: sealed once when built, afterwards only read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from warehouse.catalogue import sync
from warehouse.errors import DamagedSnapshot, UnfinishedSnapshot

Setting = str | bool | int | float | list[str]
READ_ONLY: dict[str, Setting] = {"enable_external_access": False, "autoinstall_known_extensions": False, "threads": 1}


def sealed(path: Path) -> str:
    """Make a built file durable and read-only, see that it opens, and return its SHA-256.

    Raises UnfinishedSnapshot, DamagedSnapshot, OSError; duckdb.ConnectionException if its builder still has it open.
    """
    if path.with_name(f"{path.name}.wal").exists():
        raise UnfinishedSnapshot(path)
    path.chmod(0o444)
    sync(path)
    sync(path.parent)  # the name must be on the disk before a catalogue that lists it
    connect(path, {}).close()
    return digest(path)


def connect(path: Path, config: dict[str, Setting]) -> duckdb.DuckDBPyConnection:
    """Open read-only with READ_ONLY and then `config`. Raises DamagedSnapshot; duckdb.ConnectionException, see Store.open."""
    try:
        return duckdb.connect(path, read_only=True, config={**READ_ONLY, **config})
    except duckdb.ConnectionException:
        raise  # open in this process with other settings: our mistake, not the file's
    except duckdb.Error as error:
        raise DamagedSnapshot(path.stem, path, f"DuckDB 打不开（{str(error).splitlines()[0]}）") from error


def digest(path: Path) -> str:
    """SHA-256 of a file in hex, read as a stream."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
