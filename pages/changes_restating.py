"""A′ on demand: a process of its own replays the earlier data under today's rules, and the page goes on meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import streamlit as st

from language import _
from pages import frame
from pages.changes_choices import End
from pages.markup import el, fill
from warehouse.here import store_root
from warehouse.publish import Store
from warehouse.restated import is_being_made, restated_path

ROOT = Path(__file__).parents[1]
EVERY = 3  # seconds between two looks


def path_of(begin: End, end: End) -> Path:
    """Where A′ of these ends is, or will be."""
    return restated_path(Store(store_root()), begin.made, end.made)


def missing(begin: End, end: End) -> None:
    """Say that rules and later reports cannot be told apart yet, and offer to have it done."""
    _missing(begin.point.snapshot, end.point.snapshot, path_of(begin, end))


@st.fragment(run_every=EVERY)
def _missing(before: str, now: str, path: Path) -> None:
    if path.exists():
        st.rerun()
    if is_being_made(path):
        frame.draw(el("p", _("正在按现行口径重放上期的数据，约需一次刷新的时间；做完后本页自动分开各项。"), class_="notice", role="status"))
        return
    failed = path.with_suffix(".failed")
    told = failed.read_text(encoding="utf-8", errors="replace").strip() if failed.exists() else ""
    frame.draw(el("p", _("两期的口径、参照表或程序不同。上期数据尚未按现行口径重放，口径变动与补报、更正合为一项；总变化与当期发生的变化仍是准确的。"), " ",
                  fill(_("由数据管理员运行 {command}，或在这里开始："), command=el("code", f"python -m etl restate {before} --to {now}")),
                      class_="notice", role="status"))
    if told:
        frame.draw(el("p", _("上一次没有做成：{why}", why=told.splitlines()[0]), class_="notice", role="status"))
    if st.button(_("按现行口径重放上期"), key="restate"):
        _start(before, now, failed)
        st.rerun(scope="fragment")


def _start(before: str, now: str, failed: Path) -> None:
    """What it says on failure is kept beside where the result would be."""
    try:
        failed.parent.mkdir(exist_ok=True)
        with failed.open("wb") as complaints:
            process = subprocess.Popen([sys.executable, "-m", "etl", "restate", before, "--to", now], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=complaints,
                                       start_new_session=True)
    except OSError as problem:
        frame.draw(el("p", _("没有开始：{why}。请由数据管理员运行上面的命令。", why=problem.strerror or ""), class_="notice", role="status"))
        return

    def ended() -> None:
        if process.wait() == 0:
            failed.unlink(missing_ok=True)

    threading.Thread(target=ended, daemon=True).start()
