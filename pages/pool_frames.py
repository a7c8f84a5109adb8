"""The movements of the pool as the frame of their figure."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from analytics.format import Amount
from analytics.instruments import MOVES
from analytics.pool import Pool
from charts import waterfall
from language import _

YEARS = 2  # told apart; those before are one step each


def moves(seen: Pool, amount: Amount) -> pl.DataFrame:
    """As charts.waterfall.SCHEMA: what came in and went out before the last years, then by year, and what is left."""
    first = seen.as_of.year - YEARS + 1
    before: dict[str, Decimal] = {}
    for (year, kind), value in seen.moves.items():
        if year < first:
            before[kind] = before.get(kind, Decimal(0)) + value
    steps = [(f"before-{kind}", _("{year} 前\n{move}", year=first, move=_(MOVES[kind])), before[kind], False) for kind in MOVES if kind in before]
    steps += [(f"{year}-{kind}", _("{year}\n{move}", year=year, move=_(MOVES[kind])), seen.moves[year, kind], False)
              for year in range(first, seen.as_of.year + 1) for kind in MOVES if (year, kind) in seen.moves]
    steps.append(("balance", _("净额"), seen.balance or Decimal(0), True))
    return pl.DataFrame([{"code": code, "name": name, "value": amount.number(value), "is_whole": is_whole, "said": f"{name}\n{amount.said(value)}",
                          "label": amount.text(value)} for code, name, value, is_whole in steps], schema=waterfall.SCHEMA)
