"""Where a file for a department is put: nothing that lies there already is overwritten."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.report import WrongArgument

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 80  # characters of a name, so that its bytes fit any file system


def target(out: Path | None, name: str, suffix: str = ".xlsx") -> Path:
    """The file to write: `name` here or in the folder `out`, numbered where it is taken; or the file `out`. Raises WrongArgument."""
    if out is None or out.is_dir():
        return _free((out or Path()) / f"{_NOT_IN_A_NAME.sub('_', name)[:_LONGEST]}{suffix}")
    if out.suffix.lower() != suffix:
        raise WrongArgument(f"{out} 应以 {suffix} 结尾，否则表格软件打不开。\n  请：改用 {out.with_suffix(suffix)}。")
    if out.exists():
        raise WrongArgument(f"{out} 已经有了，不覆盖。\n  请：用 -o 给出另一个名字，或先移走它。")
    if not out.absolute().parent.is_dir():
        raise WrongArgument(f"没有文件夹 {out.absolute().parent}。\n  请：先建好它，或用 -o 给出已有的文件夹。")
    return out


def _free(path: Path) -> Path:
    stem, number = path.stem, 1
    while path.exists():
        number += 1
        path = path.with_name(f"{stem} ({number}){path.suffix}")
    return path


@contextmanager
def written(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A file beside the target to write into; it takes the name when the block ends well. `private`: for its owner alone to read."""
    handle, name = tempfile.mkstemp(prefix=".new-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o600 if private else 0o644)
        try:
            os.link(beside, path)  # unlike a rename, fails where somebody else was quicker
        except FileExistsError:
            raise WrongArgument(f"{path} 刚刚被别的程序写了，不覆盖。\n  请：再运行一次。") from None
        except OSError:  # a file system without links, as on a memory stick
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
