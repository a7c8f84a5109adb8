"""`python -m exports.pack FOLDER` writes the pack of the current snapshot, or of the one named, without freezing it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from exports.pack.meeting import Occasion
from exports.pack.problem import NotWritten
from exports.pack.write import write_pack
from language import LANGUAGES, SOURCE, _, speak
from warehouse.errors import StoreError
from warehouse.here import reader, store_root
from warehouse.known import NothingReceived, OutOfRange, iso_day

DONE, WRONG, UNUSABLE = 0, 2, 14


def parser() -> argparse.ArgumentParser:
    """The command's own words."""
    known = argparse.ArgumentParser(prog="python -m exports.pack", description=_("把会议材料（汇报材料、数据表、数据包）写进一个文件夹"))
    known.add_argument("folder", type=Path, help=_("还没有的或空的文件夹"))
    known.add_argument("--as-of", help=_("截至日，如 2026-10-31；缺省为最新"))
    known.add_argument("--snapshot", help=_("快照；缺省为当前"))
    known.add_argument("--meeting", default="", help=_("会议编号"))
    known.add_argument("--lang", default=SOURCE, choices=LANGUAGES, help=_("语言"))
    return known


def main(given: Sequence[str]) -> int:
    """The exit code: 0 written, 2 a wrong argument, 14 disk, fonts or store unusable."""
    asked = parser().parse_args(given)
    speak(asked.lang)
    try:
        as_of = iso_day(asked.as_of) if asked.as_of else None
    except ValueError:
        print(_("截至日“{day}”不是日期，应为 2026-10-31 这样的日期。", day=asked.as_of), file=sys.stderr)
        return WRONG
    try:
        with reader(store_root()).pin(asked.snapshot) as pinned:
            made = write_pack(asked.folder, pinned.cursor, as_of, Occasion(meeting=asked.meeting), language=asked.lang)
    except (OutOfRange, NothingReceived) as problem:
        print(problem, file=sys.stderr)
        return WRONG
    except (NotWritten, StoreError) as problem:
        print(problem, file=sys.stderr)
        return UNUSABLE
    for name, fingerprint in made.files.items():
        print(f"{fingerprint}  {made.folder / name}")
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
