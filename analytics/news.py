"""What the goals count now and did not at the previous publication, by key, and the other way round; reasons are the change bridge's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from analytics.goal_card import GoalCard
from analytics.goals import goal_cards
from analytics.older import readable
from language import spoken
from warehouse.known import view_date
from warehouse.publish import Publication
from warehouse.value import value

NEWS_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
NAMES_SQL = (Path(__file__).parent / "news_names.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One goal, in the reading of its card. `before`, `now`: values in the goal's unit, None where not known.

    `new`, `gone`: names of what is counted in only one of the two, the latest first; empty where an amount is added up of
    months, whose keys have no names, and where one of the values is not known.
    """

    card: GoalCard
    before: Decimal | None
    now: Decimal | None
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether the two can be compared."""
        return self.before is not None and self.now is not None

    @property
    def difference(self) -> Decimal:
        """`now` minus `before`, in the goal's unit; 0 where they cannot be compared."""
        return self.now - self.before if self.now is not None and self.before is not None else Decimal(0)

    @property
    def is_quiet(self) -> bool:
        """Whether both count the same."""
        return self.is_known and not (self.new or self.gone or self.difference)


@dataclass(frozen=True, kw_only=True)
class News:
    """N(V_N) beside A(V_A), each at its own newest as-of."""

    v_before: dt.date
    v_now: dt.date
    changes: tuple[Change, ...]


def previous(publications: Sequence[Publication], snapshot: str) -> Publication | None:
    """What readers saw before this snapshot last became current, if that was another one; None for the first."""
    turns = [at for at, each in enumerate(publications) if each.snapshot == snapshot]
    earlier = reversed(publications[:turns[-1]] if turns else ())
    return next((each for each in earlier if each.snapshot != snapshot), None)


def news(now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection) -> News:
    """Of two snapshots. Raises NothingReceived where one of them holds no file, UnknownMetric."""
    v_now, v_before = view_date(now, None), view_date(before, None)
    cards = goal_cards(now, v_now)
    named = [card.headline.metric.metric_id for card in cards if card.kind != "window"]
    keys_now, keys_before = _keys(now, named, v_now), _keys(before, named, v_before)
    new, gone = _names(now, keys_now, keys_before), _names(before, keys_before, keys_now)

    def change(card: GoalCard) -> Change:
        metric_id, was = card.headline.metric.metric_id, value(before, card.headline.metric, v_before)
        is_known = card.value is not None and was is not None
        return Change(card=card, before=was, now=card.value, new=new.get(metric_id, ()) if is_known else (), gone=gone.get(metric_id, ()) if is_known else ())

    return News(v_before=v_before, v_now=v_now, changes=tuple(map(change, cards)))


def _keys(cursor: duckdb.DuckDBPyConnection, metric_ids: Sequence[str], day: dt.date) -> pl.DataFrame:
    found: pl.DataFrame = cursor.sql(NEWS_SQL, params={"metrics": metric_ids, "v": day}).pl()
    return found


def _names(cursor: duckdb.DuckDBPyConnection, here: pl.DataFrame, there: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """By metric, the names of the keys that are only here."""
    only = here.join(there, on=["metric_id", "key"], how="anti").sort(["occurred_on", "key"], descending=[True, False])
    if only.is_empty():
        return {}
    names = cursor.sql(readable(cursor, NAMES_SQL), params={
        "kinds": only["entity_kind"].to_list(), "ids": only["entity_id"].to_list(), "language": spoken()}).pl()
    told = only.join(names, on=["entity_kind", "entity_id"], how="left", maintain_order="left")
    return {metric_id: tuple(each) for metric_id, each in told.group_by("metric_id", maintain_order=True).agg("name").iter_rows()}
