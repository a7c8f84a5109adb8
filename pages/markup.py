"""HTML made of elements: whatever text is put in is escaped, so that a department's words never become markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from string import Formatter


class Markup(str):
    """Text that already is HTML; only `el` and `join` make it."""

    __slots__ = ()


def el(name: str, *children: str, **attributes: str | None) -> Markup:
    """An element. Children that are not Markup are escaped; `class_` is class, `aria_label` is aria-label; None leaves one out."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value is not None)
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(children: Iterable[str]) -> Markup:
    """Children after each other, as `el` takes them."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))


def fill(sentence: str, **parts: str) -> Markup:
    """A sentence whose {parts} may be elements: 距目标尚差 {gap}。"""
    pieces = Formatter().parse(sentence)
    return join(piece for text, name, _, _ in pieces for piece in (text, parts[name] if name else ""))


def pill(text: str, tone: str = "plain", title: str | None = None) -> Markup:
    """A short word in a rounded box. `tone`: plain, good, warn or bad."""
    return el("span", text, class_=f"pill {tone}", title=title)


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int], total: Sequence[str] = ()) -> Markup:
    """A table whose first column heads its rows. `numbers`: places of the columns aligned right; `total`: a last row set apart."""
    def line(cells: Sequence[str]) -> Markup:
        return el("tr", *(el("th", cell, scope="row") if at == 0 else el("td", cell, class_="number" if at in numbers else None)
                          for at, cell in enumerate(cells)))

    head = el("tr", *(el("th", heading, scope="col", class_="number" if at in numbers else None) for at, heading in enumerate(headings)))
    foot = el("tfoot", line(total)) if total else Markup()
    body = el("table", el("caption", caption), el("thead", head), el("tbody", *map(line, rows)), foot)
    return el("div", body, class_="scroll", role="region", aria_label=caption, tabindex="0")
