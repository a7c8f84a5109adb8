"""In red above every page of a snapshot whose numbers are not the same everywhere."""

from __future__ import annotations

from language import _, counted
from pages.markup import Markup, el
from warehouse.selfcheck import Checked


def alarm(found: Checked | None, more: str | None) -> Markup:
    """Above every page of a snapshot whose numbers do not agree; nothing where they do. `more`: the address of the block."""
    if found is None or not found.found:
        return Markup()
    said = counted("自检发现 {n} 个数在不同地方读出来不一样，本期的数暂不可引用。", found.found)
    do = _("请：转告数据管理员；在查清之前，不冻结专刊，不导出。")
    return el("aside", el("p", el("strong", said)), el("p", do, el("a", _("看是哪些"), href=more, target="_self") if more else ""), class_="alarm", role="alert",
              aria_label=_("自检"))
