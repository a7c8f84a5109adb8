"""Keys of our own: random, made where they are first wanted, readable by the owner of the data alone."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

FOLDER = "keys"
BYTES = 32


@lru_cache(maxsize=8)
def key(home: Path, name: str) -> bytes:
    """The key of this name in a data home, 32 bytes; several servers over one home have the same. Raises OSError."""
    path = home / FOLDER / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        new = path.with_name(f".{name}-{secrets.token_hex(8)}")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, secrets.token_bytes(BYTES))
            os.fsync(handle)
        finally:
            os.close(handle)
        try:
            os.link(new, path)  # fails where another server was first, whose key is then taken
        except FileExistsError:
            pass
        finally:
            new.unlink()
    found = path.read_bytes()
    if len(found) != BYTES:
        raise OSError(f"{path} is not a key of {BYTES} bytes")
    return found
