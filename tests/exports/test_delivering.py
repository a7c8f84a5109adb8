"""An issue in the outbox: whole, once, and with its acknowledgement read back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from issue_home import frozen
from park import Park

from exports.__main__ import main
from exports.delivering import delivery
from exports.verifying import verify
from warehouse.issues import Frozen, differences


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    box = tmp_path / "outbox"
    box.mkdir()
    monkeypatch.setenv("GANZHIHUI_OUTBOX", str(box))
    return box


def acknowledge(outbox: Path, found: Frozen, **other: object) -> None:
    """As the receiver would."""
    manifest = found.file("manifest.json")
    assert manifest
    told = {"manifest_sha256": manifest.sha256, "by": "联席会议系统", "received_at": "2026-11-12 09:00"} | other
    (outbox / "ganzhihui-2026-11r1.ack.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def test_an_issue_is_delivered_whole_and_once(issue_home: Park, outbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = frozen(issue_home)
    assert main(["deliver", "2026-11"]) == 0
    assert "已送进" in (said := capsys.readouterr().out) and "对方尚未签收" in said
    assert [path.name for path in outbox.iterdir()] == ["ganzhihui-2026-11r1"]
    assert verify(outbox / "ganzhihui-2026-11r1", issue_home.home.root).is_whole
    assert {path.name for path in (outbox / "ganzhihui-2026-11r1").rglob("*")} == {"manifest.json", "SHA256SUMS"}, "rows of persons stay"
    assert main(["verify", str(outbox / "ganzhihui-2026-11r1")]) == 0 and "存档的行只留在数据目录" in capsys.readouterr().out
    assert main(["deliver", "2026-11"]) == 0 and "没有再送" in capsys.readouterr().out
    shutil.rmtree(outbox / "ganzhihui-2026-11r1")  # taken by the receiver
    acknowledge(outbox, found)
    assert main(["deliver", "2026-11r1"]) == 0
    assert "没有再送" in (said := capsys.readouterr().out) and "对方已签收：联席会议系统 2026-11-12 09:00" in said
    assert not (outbox / "ganzhihui-2026-11r1").exists()


@pytest.mark.parametrize(("other", "state"), [({}, "received"), ({"manifest_sha256": "0" * 64}, "other"), ({"manifest_sha256": None}, "other")])
def test_an_acknowledgement_of_another_content_is_not_taken_for_one(issue_home: Park, outbox: Path, other: dict[str, object], state: str) -> None:
    found = frozen(issue_home)
    assert delivery(issue_home.home.root, found, outbox).state == "none"
    acknowledge(outbox, found, **other)
    assert delivery(issue_home.home.root, found, outbox).state == state


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "\x00"])
def test_an_acknowledgement_that_is_none_is_said_to_be_unreadable(issue_home: Park, outbox: Path, text: str) -> None:
    found = frozen(issue_home)
    (outbox / "ganzhihui-2026-11r1.ack.json").write_text(text, encoding="utf-8")
    assert delivery(issue_home.home.root, found, outbox).state == "unreadable"


def test_an_altered_issue_is_not_delivered_and_an_altered_delivery_not_overwritten(issue_home: Park, outbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = frozen(issue_home)
    assert main(["deliver", "2026-11"]) == 0
    there = outbox / "ganzhihui-2026-11r1" / "manifest.json"
    there.chmod(0o644)
    there.write_text("{}", encoding="utf-8")
    assert main(["deliver", "2026-11"]) == 12 and "与专刊不同" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "{}"
    (found.folder / "SHA256SUMS").unlink()
    assert main(["deliver", "2026-11"]) == 12 and "没有送出" in capsys.readouterr().err


def test_a_copy_that_breaks_off_leaves_nothing_and_is_done_at_the_next_try(issue_home: Park, outbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = frozen(issue_home)
    (outbox / ".new-ganzhihui-2026-11r1-killed").mkdir()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("exports.delivering.shutil.copyfile", full)
        assert main(["deliver", "2026-11"]) == 14
    assert list(outbox.iterdir()) == []
    assert main(["deliver", "2026-11"]) == 0
    assert differences(outbox / "ganzhihui-2026-11r1", found.handed_out) == ()


def test_an_outbox_that_is_not_there_is_said(issue_home: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    frozen(issue_home)
    monkeypatch.delenv("GANZHIHUI_OUTBOX", raising=False)
    assert main(["deliver", "2026-11"]) == 2 and "没有指定发件箱" in capsys.readouterr().err
    assert main(["deliver", "2026-11", "--to", str(tmp_path / "nowhere")]) == 2 and "不是文件夹" in capsys.readouterr().err
    assert main(["deliver", "2026-12", "--to", str(tmp_path)]) == 2 and "相近的：2026-11" in capsys.readouterr().err
