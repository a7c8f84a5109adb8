"""The one way from the name of a thing to its dossier."""

from __future__ import annotations

from analytics.dossier_kinds import kind_of
from pages.frame import address
from pages.markup import Markup, el


def dossier_link(entity_kind: str, id_: str | None, name: str) -> Markup:
    """The name, leading to the dossier where there is one and the reader may see it. `entity_kind`: as mart.contribution calls it."""
    kind = kind_of(entity_kind)
    href = address("dossier", kind=kind, id=id_) if kind and id_ else None
    return el("a", name, href=href, target="_self", class_="thing") if href else el("span", name)
