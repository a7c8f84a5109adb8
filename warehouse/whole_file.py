"""A file that is replaced whole or not at all, is on the disk when that is done, and is its owner's alone."""

from __future__ import annotations

import os
from pathlib import Path

from warehouse.catalogue import sync


def replace(path: Path, text: str) -> None:
    """Put the text in the place of what the file says. Raises OSError, as on a full disk: what was there then stands."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="") as file:
            file.write(text)
        sync(new)
        os.replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync(path.parent)
