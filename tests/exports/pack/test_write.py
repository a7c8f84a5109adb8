"""A pack is there whole or not at all, and the same for ever."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import docx
import duckdb
import pytest
import typst
from park import Park, sample
from PIL import Image

from charts.paper.rendering import NoChineseFont, NotDrawn
from exports.pack import write
from exports.pack.__main__ import main
from exports.pack.meeting import Occasion
from exports.pack.problem import NotWritten
from exports.pack.write import Pack, write_for, write_pack
from warehouse.here import reader
from warehouse.issues import Issue

Altered = Callable[..., duckdb.DuckDBPyConnection]


def left(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes its time is left out."""
    monkeypatch.setattr(write, "rendered_both", lambda drawings: [(b"", b"") for _each in drawings])
    monkeypatch.setattr(write, "docx", lambda *given, **named: b"docx")
    monkeypatch.setattr(write, "pdf", lambda *given, **named: b"pdf")


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every figure is a grey dot."""
    held = io.BytesIO()
    Image.new("L", (1, 1)).save(held, "PNG", dpi=(300, 300))
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    monkeypatch.setattr(write, "rendered_both", lambda drawings: [(svg, held.getvalue()) for _each in drawings])


def test_the_command_writes_it_and_names_every_file_with_its_fingerprint(read_only: Park, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reader.cache_clear()
    assert main([str(tmp_path / "pack"), "--as-of", "2026-10-31", "--meeting", "LX-2026-06"]) == 0
    told = {name: digest for digest, _space, name in (line.partition("  ") for line in capsys.readouterr().out.splitlines())}
    assert told and all(hashlib.sha256(Path(name).read_bytes()).hexdigest() == digest for name, digest in told.items())
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "pack" / "汇报材料.docx")).paragraphs)
    assert "联席会议 LX-2026-06 会议材料" in text and "本期是基期，没有上一期可以比较" in text
    with read_only.open() as cursor:
        again = write_pack(tmp_path / "again", cursor, None, Occasion(meeting="LX-2026-06"))
    assert {str(tmp_path / "pack" / name): digest for name, digest in again.files.items()} == told


def test_an_issue_is_enough_to_write_its_pack(read_only: Park, tmp_path: Path, small: None, pack: Pack) -> None:
    issue = Issue(issue_id="2026-11", revision=1, meeting="LX-2026-06", as_of=dt.date(2026, 10, 31), previous=None,
                  snapshot=read_only.home.store.publications()[-1].snapshot)
    reader.cache_clear()
    (tmp_path / "pack").mkdir()
    made = write_for(tmp_path / "pack", issue)
    assert made.files["data/contributions.csv"] == pack.files["data/contributions.csv"]
    assert left(tmp_path) == ["pack"]


@pytest.mark.parametrize(("number", "says"), [(errno.ENOSPC, "磁盘已满。请：腾出空间"), (errno.EACCES, "不能写入")])
def test_a_full_or_forbidden_disk_leaves_nothing(read_only: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str) -> None:
    monkeypatch.setattr(write, "_files", lambda *_: {"数据表.xlsx": b"tables", "data/zones.csv": b"zones", "会议材料.zip": b"all"})
    written = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda path, content: written(path, content) if path.suffix != ".zip" else _raise(OSError(number, "no")))
    with read_only.open() as cursor, pytest.raises(NotWritten, match=says):
        write_pack(tmp_path / "pack", cursor)
    assert left(tmp_path) == []


def _raise(problem: Exception) -> int:
    raise problem


def test_a_server_without_a_chinese_font_says_which_to_install(read_only: Park, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from exports.pack.pdf_file import pdf

    class Fonts:
        def __init__(self, **given: object) -> None: ...
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(write, "pdf", pdf)
    monkeypatch.setattr(typst, "Fonts", Fonts)
    with read_only.open() as cursor, pytest.raises(NotWritten, match="没有中文字体 Noto Serif CJK SC。请：安装字体"):
        write_pack(tmp_path / "pack", cursor)
    assert left(tmp_path) == []


@pytest.mark.parametrize(("problem", "says"), [(NoChineseFont(), "没有中文字体"), (NotDrawn("killed"), "图没有画成（killed）。请：")])
def test_figures_that_cannot_be_drawn_leave_nothing(read_only: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception, says: str) -> None:
    monkeypatch.setattr(write, "rendered_both", lambda drawings: _raise(problem))
    with read_only.open() as cursor, pytest.raises(NotWritten, match=says):
        write_pack(tmp_path / "pack", cursor)
    assert left(tmp_path) == []


def test_what_is_there_is_not_written_over(read_only: Park, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "notes.txt").write_text("mine")
    reader.cache_clear()
    assert main([str(tmp_path / "pack")]) == 14
    assert "已经有内容。请：换一个" in capsys.readouterr().err and left(tmp_path / "pack") == ["notes.txt"]


@pytest.mark.parametrize(("given", "code", "says"), [(["--as-of", "2026-13-01"], 2, "不是日期"), (["--as-of", "2031-01-01"], 2, "不在可查范围内"),
                                                     (["--snapshot", "nothing"], 14, "nothing")])
def test_a_wrong_argument_gets_a_sentence(read_only: Park, tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str], code: int, says: str) -> None:
    reader.cache_clear()
    assert main([str(tmp_path / "pack"), *given]) == code
    assert says in capsys.readouterr().err and left(tmp_path) == []


def test_of_a_park_that_only_listed_its_firms_nothing_is_said_to_be_none(empty: Park, tmp_path: Path, undrawn: None) -> None:
    empty.send("科技创新促进中心/主体库.csv", sample("organizations"))
    empty.refresh()
    with empty.open() as cursor:
        made = write_pack(tmp_path / "pack", cursor)
    report = docx.Document(str(made.folder / "汇报材料.docx"))
    assert [cell.text for cell in report.tables[0].columns[2].cells][1:] == ["—"] * 5
    assert "转化漏斗因缺报尚不能知道" in "\n".join(each.text for each in report.paragraphs)


def test_real_data_carry_no_banner(altered: Altered, tmp_path: Path, undrawn: None) -> None:
    made = write_pack(tmp_path / "pack", altered("UPDATE meta.snapshot SET is_demo = false, clock = NULL"))
    [section] = docx.Document(str(made.folder / "汇报材料.docx")).sections
    assert section.header.paragraphs[0].text == ""
    assert "演示" not in (made.folder / "datapackage.json").read_text(encoding="utf-8")
