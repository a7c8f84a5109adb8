"""Files made to harm their reader are refused with a sentence, or read calmly; the parent lives and stays quick."""

from __future__ import annotations

import io
import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from nasty_files import HARMFUL

from etl import workers
from etl.__main__ import main
from etl.reading import Reading, Refused, read
from etl.workers import Reader, apart


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all: it takes a second to start."""
    with Reader() as reader:
        yield reader


def known_read(path: Path) -> Reading:
    """What is done in the reader."""
    return read(path, known={"编号", "名称"})


@pytest.mark.parametrize("case", HARMFUL)
def test_a_file_made_to_harm_is_refused_with_a_sentence_or_read_calmly(tmp_path: Path, reader: Reader, case: str) -> None:
    make, what = HARMFUL[case]
    path = tmp_path / "表.xls"
    path.write_bytes(make())
    before = time.monotonic()
    found = reader.run(known_read, (path,), path.stat().st_size)
    assert time.monotonic() - before < 40
    if what:
        assert isinstance(found, Refused)
        assert any(part in found.what for part in what.split("|")), found
        assert found.what != workers.KILLED and found.do
    else:
        assert isinstance(found, Reading)
        assert found.tables[0].columns[:2] == ("编号", "名称")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3 * 1024**2  # kB: none of it came here


def gone(path: Path) -> None:
    """A reader that is killed."""
    raise SystemExit(path.name)


def stuck(path: Path) -> None:
    """A reader that never comes back."""
    while path.exists():
        time.sleep(1)


def boundless(path: Path) -> bytes:
    """A reader that tells more than anybody can want."""
    return bytes(workers.ANSWER_BYTES + 1)


def greedy(path: Path) -> int:
    """A reader that takes all memory it can get."""
    return len([bytes(1 << 30) for _ in range(64)])


def talkative(path: Path) -> None:
    """A reader that fills the disk."""
    with path.with_suffix(".out").open("wb") as file:
        while file.write(bytes(1 << 24)):
            pass


@pytest.mark.parametrize(("function", "what"), [
    (gone, workers.KILLED), (stuck, "读取超过 1 秒"), (boundless, "读出的内容远大于文件"), (greedy, "内存超过上限"), (talkative, "读出的内容远大于文件")])
def test_a_reader_that_breaks_a_limit_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: Callable[[Path], object], what: str) -> None:
    (tmp_path / "表.csv").write_text("编号,名称\n", encoding="utf-8")
    if function is stuck:
        monkeypatch.setattr(workers, "time_limit", lambda size: 1)
    if function is talkative:
        monkeypatch.setattr(workers, "output_limit", lambda size: 1 << 26)
    with pytest.raises(Refused) as refusal:
        apart(function, tmp_path / "表.csv")
    assert what in refusal.value.what and refusal.value.do


def test_inspect_reads_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "表.csv").write_text("编号,名称\nA1,甲\n", encoding="utf-8")
    assert main(["inspect", str(tmp_path / "表.csv")]) == 0
    monkeypatch.setattr(workers, "memory_limit", lambda size: 1 << 20)
    assert main(["inspect", str(tmp_path / "表.csv")]) == 10
    said = capsys.readouterr()
    assert "请：" in said.out and "Traceback" not in said.err


def test_a_reader_that_aborts_says_nothing_on_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write_column(0, 0, ["x"] * 1000)
    (tmp_path / "表.xlsx").write_bytes(content.getvalue())
    with pytest.raises(Refused, match=workers.KILLED):
        apart(abort, tmp_path / "表.xlsx")
    assert capfd.readouterr() == ("", "")


def abort(path: Path) -> None:
    """What a native library does that runs out of memory."""
    os.write(2, b"memory allocation of 6871947673 bytes failed\n")
    os.abort()
