"""`python -m exports.api docs/api` writes the description of the HTTP door and the schemas of its contract, for who builds a client."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from exports.api.description import openapi, schema, written
from exports.api.operations import BODIES, OPERATIONS
from language import _


def documents() -> Mapping[str, bytes]:
    """The files by their paths below the folder, in Chinese."""
    return {"openapi.json": written(openapi(OPERATIONS, BODIES)), **{f"schema/{name}.json": written(schema(name, BODIES)) for name in BODIES}}


def main(given: Sequence[str]) -> int:
    """The exit code: 0 written."""
    known = argparse.ArgumentParser(prog="python -m exports.api", description=_("把对外接口的说明与约定（OpenAPI、JSON Schema）写进一个文件夹"))
    known.add_argument("folder", type=Path, help=_("写进哪里，如 docs/api"))
    folder: Path = known.parse_args(given).folder
    for name, content in documents().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
