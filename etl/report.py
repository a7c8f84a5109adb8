"""What a run tells its user: a progress bar on a terminal, one JSON line per step otherwise; sentences on standard error."""

from __future__ import annotations

import json
import sys
import unicodedata
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

STEERING = ("Cc", "Cf", "Cs")  # categories of Unicode: what moves a terminal's cursor, turns a line around, is not to be seen or is no character


def legible(text: str) -> str:
    """As a terminal may be given what a department wrote, be it the name of a file: what would steer it is spelled out. Lines stay lines."""
    return "".join(sign if sign == "\n" or unicodedata.category(sign) not in STEERING else f"<{ord(sign):04X}>" for sign in text)


def in_a_line(name: str) -> str:
    """The same of what stands in one line, as the name of a file, which may itself hold the end of one."""
    return legible(name).replace("\n", "<000A>")


class WrongArgument(Exception):
    """An argument names nothing there is; the message names the allowed ones."""


class Report:
    """Steps and sentences of one run. Use as a context manager."""

    def __init__(self) -> None:
        self._terminal = sys.stdout.isatty()
        self._console = Console(stderr=True, emoji=False, highlight=False, soft_wrap=True)
        self._progress = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                                  disable=not self._terminal)

    def __enter__(self) -> Report:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def step(self, name: str, title: str, **facts: object) -> None:
        """A step is done."""
        if self._terminal:
            shown = "，".join(f"{key} {value}" for key, value in facts.items())
            self._progress.console.print(f"[green]✓[/green] {title}" + (f"（{shown}）" if shown else ""), highlight=False)
        else:
            print(json.dumps({"step": name, **facts}, ensure_ascii=False, default=str), flush=True)

    def counter(self, title: str, total: int) -> Counter:
        """A bar for work that is counted."""
        return Counter(progress=self._progress, task=self._progress.add_task(title, total=total))

    def say(self, where: str, what: str, do: str) -> None:
        """Where, what, do."""
        self._console.print(f"{in_a_line(where)}\n  {legible(what)}\n  请：{legible(do)}", markup=False)


class Counter:
    """One bar."""

    def __init__(self, *, progress: Progress, task: object) -> None:
        self._progress, self._task = progress, task

    def one_more(self) -> None:
        """One of the things is done."""
        self._progress.advance(self._task)  # type: ignore[arg-type]
