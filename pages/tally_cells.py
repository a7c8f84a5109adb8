"""A figure as it is written: the number, and a link to the rows it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analytics.format import UNKNOWN, Amount, Money
from analytics.tally import Tally
from language import _, named
from pages.choices import link
from pages.definition import statement
from pages.markup import Markup, el


@dataclass(frozen=True, kw_only=True)
class TallyCells:
    """Writes the figures of one view, in one zone or in all. `page`: the URL path that lists the rows; `kept`: further choices that its links keep."""

    tally: Tally
    money: Money
    page: str
    zone: str | None
    kept: tuple[tuple[str, str], ...] = ()

    def value(self, metric_id: str, category: str | None = None, *, zone: str | None = None) -> Decimal | None:
        """In the metric's unit; of a metric that this snapshot lacks None."""
        return self.tally.value(metric_id, zone or self.zone, category)

    def amount(self, metric_id: str) -> Amount:
        """How its amounts are written; of a metric that this snapshot lacks as a plain count."""
        found = self.tally.dictionary.get(metric_id)
        return Amount(found.unit if found else "", self.money)

    def text(self, metric_id: str, category: str | None = None, *, zone: str | None = None) -> str:
        """Without a unit, for a cell."""
        return self.amount(metric_id).text(self.value(metric_id, category, zone=zone))

    def cell(self, metric_id: str, category: str | None = None, *, zone: str | None = None, of: str = "") -> Markup:
        """With a link to its rows, if it has any. `of`: what it is a figure of, for those who hear the page."""
        return self.linked(metric_id, self.text(metric_id, category, zone=zone), category, zone=zone, of=of)

    def said(self, metric_id: str, category: str | None = None) -> Markup:
        """With its unit, and a link to its rows."""
        value = self.value(metric_id, category)
        said = self.amount(metric_id).said(value)
        return self.linked(metric_id, said, category) if value or "%" in said else el("span", said, class_="zero")

    def linked(self, metric_id: str, text: str, category: str | None = None, *, zone: str | None = None, of: str = "") -> Markup:
        """Any text as a link to the rows of a metric."""
        if text in ("0", UNKNOWN):
            return el("span", text, class_="zero")
        found = self.tally.metric(metric_id)
        href = link(self.page, **dict(self.kept), zone=zone or self.zone, metric=metric_id, category=category)
        return el("a", text, href=href, target="_self", title=statement(found), aria_label=" · ".join(part for part in (of, named(found), text) if part))

    def heading(self, metric_id: str) -> str:
        """The metric's name, with the unit of money."""
        found = self.tally.dictionary.get(metric_id)
        if found is None:
            return metric_id
        amount = self.amount(metric_id)
        return _("{what}（{unit}）", what=named(found), unit=amount.unit) if amount.is_money else named(found)
