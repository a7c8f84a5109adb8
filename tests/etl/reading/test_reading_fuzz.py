"""Damaged files of every kind come to their rows, a warning or a refusal: never another exception, a hang or a silent loss of rows.

`make fuzz` damages files for FUZZ_SECONDS from a new seed, which it prints; FUZZ_SEED repeats one. Otherwise a few hundred are damaged, always the same.
"""

from __future__ import annotations

import itertools
import os
import time
from pathlib import Path

import damaged_files as files
import pytest

from etl.reading import Refused
from etl.workers import Reader

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
SEED = int(os.environ.get("FUZZ_SEED", str(time.time_ns() if SECONDS else 20261122)))
CASES = 400
MOST_STOPPED = 0.01  # of the readers may be stopped by a limit


def wrong(kind: str, content: bytes, whole: int, found: files.Outcome) -> str:
    """What is wrong with what was made of a damaged file; nothing where all is well."""
    if found.what == "broken":
        return found.said
    if found.what == "refused" or found.rows == whole or found.said:
        return ""
    counted = files.rows_by_another_way(kind, content)
    is_right = counted is not None and (found.rows >= counted if kind == "html.xls" else found.rows == counted)  # text around a table makes rows
    return "" if is_right else f"{found.rows} rows read, {counted} counted, {whole} before the damage, and not a word"


def test_the_undamaged_files_are_read_whole_and_without_a_word(tmp_path: Path) -> None:
    for kind, content in files.files().items():
        (tmp_path / "表").write_bytes(content)
        assert files.outcome(tmp_path / "表") == files.Outcome(what="read", rows=len(files.GRID), said=""), kind


@pytest.mark.fuzz
def test_a_damaged_file_comes_to_its_rows_a_warning_or_a_refusal(tmp_path: Path) -> None:
    path, tried, stopped = tmp_path / "表", 0, 0
    until = time.monotonic() + SECONDS
    whole = len(files.GRID)
    with Reader() as reader:
        for kind, content in itertools.islice(files.cases(SEED), None if SECONDS else CASES):
            path.write_bytes(content)
            found = reader.run(files.outcome, (path,), len(content))
            tried += 1
            if isinstance(found, Refused):
                stopped += 1
            elif problem := wrong(kind, content, whole, found):
                kept = Path(os.environ.get("FUZZ_KEEP", tmp_path)) / f"{SEED}-{tried}-{kind}"
                kept.write_bytes(content)
                pytest.fail(f"seed {SEED}, file {tried}, kept as {kept}: {problem}")
            if SECONDS and time.monotonic() > until:
                break
    print(f"seed {SEED}: {tried} damaged files, {stopped} stopped by a limit")
    assert stopped <= max(2, MOST_STOPPED * tried)
