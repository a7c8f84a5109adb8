"""The numbers of loans and losses as the frames of their figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from analytics.credit import Credit, Loans, Loss
from analytics.format import Amount
from analytics.instruments import instrument
from charts import stacked, waterfall
from language import N_, _

BEARERS = {"bank": N_("银行承担"), "guarantor": N_("担保机构承担"), "pool": N_("补偿池承担")}
SCENARIOS = {"bad": N_("不良"), "stress": N_("不良＋关注"), "double": N_("再加一倍")}


def product(loans: Loans) -> str:
    """What a product is called."""
    return instrument(loans.code)


def split(seen: Credit, amount: Amount) -> pl.DataFrame:
    """As charts.waterfall.SCHEMA: the balance, what guarantor and pool take off, what is left to the banks."""
    whole = seen.whole
    assert whole
    names = {bearer: _(words) for bearer, words in BEARERS.items()}
    steps = [("balance", _("贷款余额"), whole.balance, True), ("guarantor", names["guarantor"], -whole.guarantor, False),
             ("pool", names["pool"], -whole.pool, False), ("bank", names["bank"], whole.bank, True)]
    return pl.DataFrame([{"code": code, "name": name, "value": amount.number(value), "is_whole": is_whole, "said": f"{name}\n{amount.said(abs(value))}",
                          "label": amount.text(abs(value))} for code, name, value, is_whole in steps], schema=waterfall.SCHEMA)


def products(seen: Credit, amount: Amount) -> pl.DataFrame:
    """As charts.stacked.SCHEMA: a bar a product, split among its bearers."""
    return _split([(each.code, product(each), {"bank": each.bank, "guarantor": each.guarantor, "pool": each.pool}) for each in seen.products], amount)


def stress(losses: Sequence[Loss], amount: Amount) -> pl.DataFrame:
    """As charts.stacked.SCHEMA: a bar a case, split among its bearers."""
    return _split([(each.scenario, _(SCENARIOS[each.scenario]), {"bank": each.bank, "guarantor": each.guarantor, "pool": each.pool}) for each in losses], amount)


def _split(bars: Sequence[tuple[str, str, dict[str, Decimal]]], amount: Amount) -> pl.DataFrame:
    return pl.DataFrame([{"code": code, "name": name, "part": _(BEARERS[bearer]), "value": amount.number(value),
                          "said": f"{name}\n{_(BEARERS[bearer])} {amount.said(value)}", "label": f" {amount.text(sum(borne.values(), Decimal(0)))}"}
                         for code, name, borne in bars for bearer, value in borne.items()], schema=stacked.SCHEMA)
