"""python -m exports selfcheck: the self-check of a published snapshot, every number in every way, for the night or by hand."""

from __future__ import annotations

import argparse
import sys

from analytics.zones import zones
from exports.refusals import refusing
from exports.selfcheck.check import check
from exports.selfcheck.said import sentence, summary
from language import _, named
from warehouse.here import reader, store_root
from warehouse.metric import metrics
from warehouse.publish import Store
from warehouse.selfcheck import keep

WHOLE, BROKEN = 0, 12


def selfcheck(asked: argparse.Namespace) -> int:
    """0 all agree, 12 some do not. Raises NotFrozen where nothing can be read or the result cannot be written."""
    with refusing(), reader(store_root()).pin(asked.snapshot) as pinned:
        found = check(pinned.cursor, is_all=not asked.sample)
        keep(Store(store_root()), found)
        names, places = ({getattr(each, key): named(each) for each in of} for key, of in (("metric_id", metrics(pinned.cursor)), ("zone_id", zones(pinned.cursor))))
    print(_("快照 {snapshot}：{said}", snapshot=found.snapshot, said=summary(found)))
    for each in found.mismatches:
        print(f"  {sentence(each, names, places)}", file=sys.stderr)
    return BROKEN if found.found else WHOLE
