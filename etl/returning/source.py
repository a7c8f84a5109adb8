"""Which file is meant: a path, a file name, a number or a fingerprint that the register knows."""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from etl.home import Home
from etl.register import Register, SentFile
from etl.report import WrongArgument

_FEWEST = 8  # signs of a fingerprint that are enough


@dataclass(frozen=True, kw_only=True)
class Source:
    """The bytes and, where they were received, what the register says of them."""

    blob: Path
    name: str
    sha256: str
    sent: SentFile | None


def find(home: Home, register: Register, asked: str) -> Source:
    """The file that `asked` means. Raises WrongArgument, saying what there is."""
    path = Path(asked)
    if _is_file(path):
        return _on_disk(home, register, path)
    known = list(register.files.values())
    found = [file for file in known if asked in (str(file.file_id), file.name, file.path)]
    if not found and re.fullmatch(rf"[0-9a-f]{{{_FEWEST},64}}", asked):
        found = [file for file in known if file.sha256.startswith(asked)]
    if len({file.sha256 for file in found}) > 1 and not any(asked in (file.name, file.path) for file in found):
        raise WrongArgument(f"“{asked}”指的不止一个文件：{'、'.join(f'{file.path}（文件号 {file.file_id}）' for file in found)}。\n  请：给出文件号。")
    if not found:
        near = difflib.get_close_matches(asked, [file.name for file in known], n=3)
        raise WrongArgument(f"没有文件“{asked}”，收到的文件中也没有这个文件名、文件号或指纹。" + (f"是不是 {'、'.join(dict.fromkeys(near))}？" if near else "")
                            + "\n  请：给出文件所在位置，或 status 所列的文件名、文件号。")
    sent = found[-1]
    return Source(blob=home.landing.blob(sent.sha256), name=sent.name, sha256=sent.sha256, sent=sent)


def _on_disk(home: Home, register: Register, path: Path) -> Source:
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise WrongArgument(f"{path} 打不开：{problem.strerror}。\n  请：检查读取权限，或关闭正在占用它的程序。") from problem
    same = [file for file in register.files.values() if file.sha256 == sha256]
    here = [file for file in same if (home.inbox / file.path).absolute() == path.absolute()] or [file for file in same if file.name == path.name] or same
    return Source(blob=home.landing.blob(sha256) if here else path, name=here[-1].name if here else path.name, sha256=sha256, sent=here[-1] if here else None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long or with a null in it, a folder that may not be entered
        return False
