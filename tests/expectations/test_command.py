"""python -m expectations: one JSON line per check, the exit code tells the worst, and nothing leaves the host."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from expectations.__main__ import main

ROOT = Path(__file__).parents[2]
OFFLINE = """import sys
def guard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise SystemExit(f"reached for the network: {arguments}")
sys.addaudithook(guard)
from expectations.__main__ import main
sys.exit(main(["-"]))"""


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_nothing_leaves_the_host_and_nothing_but_findings_is_said(clean: Path) -> None:
    done = subprocess.run([sys.executable, "-c", OFFLINE], input=f"{clean}\n", capture_output=True, encoding="utf-8", check=False, cwd=ROOT)
    assert (done.stderr, done.returncode) == ("", 0)
    assert {line["check_id"] for line in lines(done.stdout)} >= {"files_add_up", "reports_in_time"}


def test_a_clean_snapshot_exits_zero_and_every_line_tells_the_same_things(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(clean)]) == 0
    found = lines(capsys.readouterr().out)
    assert {tuple(line) for line in found} == {
        ("check_id", "dimension", "severity", "table", "success", "failed", "checked", "sentence", "detail", "action",
         "owner", "parts", "cases")}
    assert {line["dimension"] for line in found} == {"规范性", "完整性", "准确性", "一致性", "时效性", "可访问性"}


def test_a_warning_publishes(planted: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(planted("UPDATE core.outcome SET is_implementer_known = false"))]) == 0
    assert [line["check_id"] for line in lines(capsys.readouterr().out) if not line["success"]] == ["implementers_known"]


def test_a_broken_guarantee_exits_twelve(planted: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(planted("DELETE FROM mart.contribution WHERE metric_id = 'g1_both'; DELETE FROM mart.contribution_total WHERE metric_id = 'g1_both'"))]) == 12
    assert [line["check_id"] for line in lines(capsys.readouterr().out) if not line["success"]] == ["g1_parts_make_the_whole"]


def test_the_columns_have_the_same_types_whatever_was_found(clean: Path, planted: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    schemas = []
    for path in (clean, planted("DELETE FROM mart.contribution; DELETE FROM ref.goal")):
        main([str(path)])
        schemas.append(pl.DataFrame(lines(capsys.readouterr().out), infer_schema_length=None).drop("parts", "cases").schema)
    assert schemas[0] == schemas[1]
    assert schemas[0]["success"] == pl.Boolean
    assert schemas[0]["checked"] == pl.Int64


def test_a_check_that_cannot_run_is_an_error_that_names_it(planted: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(planted("ALTER TABLE core.outcome DROP COLUMN is_implementer_known; DROP TABLE core.stage_entry"))]) == 1
    said = capsys.readouterr()
    assert "implementers_known：检查没有跑成" in said.err
    assert "stages_in_order：检查没有跑成：快照里没有这张表" in said.err
    assert {"implementers_known", "stages_in_order"}.isdisjoint(line["check_id"] for line in lines(said.out))


def test_what_is_no_database_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.duckdb").write_bytes(b"not a database" * 1000)
    assert main([str(tmp_path / "bad.duckdb")]) == 1
    assert "检查没有跑成" in capsys.readouterr().err


def test_a_missing_file_is_a_wrong_argument(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(tmp_path / "none.duckdb")])
    assert "没有这个快照文件" in capsys.readouterr().err
