"""Links from a figure on a page to the same figure for paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from exports.figures import Kind
from exports.links import FigureFormat, figure_url
from language import SOURCE, _, spoken
from pages.markup import Markup, el
from pages.view import View


def addresses(view: View, metric_id: str, kind: Kind, zone: str | None = None) -> list[tuple[str, str]]:
    """Format and address of a figure of this view."""
    language = None if spoken() == SOURCE else spoken()
    return [(fmt, figure_url(metric_id, kind, fmt, view.as_of, view.snapshot, zone, language)) for fmt in get_args(FigureFormat)]


def links(name: str, files: Sequence[tuple[str, str]]) -> Markup:
    """Links that a reader who hears them can tell apart."""
    found = [el("a", kind.upper(), href=href, download="", aria_label=_("下载 {kind}：{figure}", kind=kind.upper(), figure=name)) for kind, href in files]
    return el("p", _("下载"), *found, class_="files")
