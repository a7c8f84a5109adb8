"""Links to all rows as a file: those kinds of file that can hold them."""

from __future__ import annotations

from collections.abc import Sequence

from exports.workbook import MOST_ROWS
from language import N_, _
from pages.markup import Markup, el

WORDS = {"csv": N_("下载 CSV"), "xlsx": N_("下载 XLSX"), "parquet": N_("下载 Parquet"), "json": N_("CSV 的说明（JSON）")}


def downloads(files: Sequence[tuple[str, str]], rows: int = 0) -> list[Markup]:
    """`files`: kind and address of each; `rows`: how many they hold, which may be more than a workbook gets."""
    links = [el("a", _(WORDS[kind]), href=href, download="") for kind, href in files if kind != "xlsx" or rows <= MOST_ROWS]
    return links if rows <= MOST_ROWS else [*links, el("span", _("超过 {most} 行，不给工作簿。", most=f"{MOST_ROWS:,}"))]
