"""A figure of the people page as it is written: the number or what stands in its place, and a link to its groups."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.format import UNKNOWN, Amount, Money
from analytics.grouped import unsaid
from analytics.people import People
from language import _, named
from pages.choices import link
from pages.definition import statement
from pages.markup import Markup, el
from warehouse.groups import Number
from warehouse.small_cells import Said


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Writes the figures of one view."""

    seen: People
    money: Money

    def amount(self, metric_id: str) -> Amount:
        """How its amounts are written; of a metric that this snapshot lacks as a plain count."""
        found = self.seen.tally.dictionary.get(metric_id)
        return Amount(found.unit if found else "", self.money)

    def text(self, metric_id: str, category: str | None = None, *, zone: str | None = None, year: int | None = None) -> str:
        """Without a unit."""
        return self.written(metric_id, self.seen.number(metric_id, zone, category, year))

    def written(self, metric_id: str, number: Number | None) -> str:
        """Without a unit; <3 or that it is not listed, where it is not said."""
        if number is None:
            return UNKNOWN
        return self.amount(metric_id).text(number.value) if number.said is Said.VALUE else unsaid(number.said)

    def cell(self, metric_id: str, category: str | None = None, *, zone: str | None = None, year: int | None = None, of: str = "") -> Markup:
        """With a link to the metric's groups. `of`: what it is a figure of, for those who hear the page."""
        return self.linked(metric_id, self.text(metric_id, category, zone=zone, year=year), category, zone=zone, of=of)

    def rest(self, metric_id: str, category: str | None = None) -> Markup:
        """What the metric leaves of the one it is part of."""
        return quiet(self.written(metric_id, self.seen.rest(metric_id, category)))

    def said(self, metric_id: str) -> Markup:
        """With its unit, and a link to its groups."""
        text = self.text(metric_id)
        return self.linked(metric_id, self.amount(metric_id).with_unit(text))

    def linked(self, metric_id: str, text: str, category: str | None = None, *, zone: str | None = None, of: str = "") -> Markup:
        """Any text as a link to the groups of a metric."""
        if text in ("0", UNKNOWN) or text.startswith(UNKNOWN):
            return quiet(text)
        found = self.seen.tally.metric(metric_id)
        href = link("people", metric=metric_id, category=category, place=zone)
        return el("a", text, href=href, target="_self", title=statement(found), aria_label=" · ".join(part for part in (of, named(found), text) if part))

    def heading(self, metric_id: str) -> str:
        """The metric's name, with the unit of money."""
        found = self.seen.tally.dictionary.get(metric_id)
        if found is None:
            return metric_id
        amount = self.amount(metric_id)
        return _("{what}（{unit}）", what=named(found), unit=amount.unit) if amount.is_money else named(found)


def quiet(text: str) -> Markup:
    """A number without a link, softer where it says nothing."""
    return el("span", text, class_="zero" if text in ("0", UNKNOWN) or not text[:1].isdigit() else None)
