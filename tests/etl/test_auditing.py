"""What the data side does is in the record of who did what before it is done, and the command line shows and judges that record."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.landing import Landing
from warehouse.audited import listed

NOW = dt.datetime(2026, 11, 5, tzinfo=dt.UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GANZHIHUI_DATA", str(tmp_path))
    monkeypatch.setenv("GANZHIHUI_WHO", "u7")
    return tmp_path


def test_acts_are_recorded_for_who_did_them_without_the_names_in_them(home: Path) -> None:
    landing = Landing(home / "landing")
    landing.append("received", at=NOW, name="联系人.xlsx", path="工信局/联系人.xlsx", sha256="a" * 64)
    landing.append("placed", at=NOW, file=1, feed="projects")
    landing.append("withdrawn", at=NOW, file=1, by="张三")
    landing.append("rule_changed", at=NOW, table="goals", rows=[{"goal_id": "g1", "owner": "李四"}])
    assert [(told["event"], told["who"], told["act"], told.get("sha256"), told.get("table")) for told in listed(home)] == [
        ("submitted", "u7", 1, "a" * 64, None), ("withdrawn", "u7", 3, None, None), ("defined", "u7", 4, None, "goals")]
    content = next((home / "audit").glob("*.jsonl")).read_text(encoding="utf-8")
    assert not any(name in content for name in ("张三", "李四", "联系人"))


def test_what_cannot_be_recorded_is_not_done(home: Path) -> None:
    (home / "audit").write_text("no folder", encoding="utf-8")
    with pytest.raises(OSError, match="audit"):
        Landing(home / "landing").append("withdrawn", at=NOW, file=1, by="张三")
    assert Landing(home / "landing").acts() == ()


def test_the_record_is_judged_and_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == 0
    Landing(home / "landing").append("rule_changed", at=NOW, table="goals", rows=[])
    Landing(home / "landing").append("mapped", at=NOW, feed="projects")
    capsys.readouterr()
    assert main(["audit", "verify"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("审计记录完整：2 条，最后一条 2:")
    head = told.split()[-1]
    assert main(["audit", "list", "--event", "defined", "--who", "u7", "--since", "2026-01-01", "--json"]) == 0
    assert [json.loads(line)["table"] for line in capsys.readouterr().out.splitlines()] == ["goals"]
    assert main(["audit", "list"]) == 0
    assert "table=goals" in capsys.readouterr().out
    [file] = (home / "audit").glob("*.jsonl")
    file.write_bytes(file.read_bytes().replace(b"goals", b"zones"))
    assert main(["audit", "verify", "--known", head]) == 12
    said = capsys.readouterr().out
    assert f"{file.name} 第 1 行：这一行读不通" in said
    assert "请：" in said


def test_old_months_are_moved_where_the_command_says(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "archive", "--to", str(home / "away")]) == 0
    assert "没有 6 个月以前的月份可移" in capsys.readouterr().out
    assert main(["audit", "verify", "--beside", str(home / "nowhere")]) == 2


@pytest.mark.parametrize("wrong", [["--since", "昨天"], ["--event", "coffee"]])
def test_a_wrong_argument_is_a_sentence(home: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["audit", "list", *wrong])
    assert wrong[1] in capsys.readouterr().err
