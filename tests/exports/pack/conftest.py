"""A pack of the park, written once, and snapshots altered by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from park import Park

from exports.pack.changes import Change, Changes
from exports.pack.meeting import Occasion
from exports.pack.write import Pack, write_pack
from warehouse.metric import metric

OCCASION = Occasion(meeting="LX-2026-06", issue="2026-11", revision=2)


@pytest.fixture(scope="session")
def pack(park: Park, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """With a change since the issue before. For reading only."""
    with park.open() as cursor:
        asked = metric(cursor, "g2_pilot")
        told = Change(metric=asked, before=Decimal(3), now=Decimal(5), terms={"真实新增": Decimal(3), "更正撤销": Decimal(-1)}, sentence="中试项目新增三项，撤销一项")
        changes = Changes(since="2026-10 期", before_as_of=dt.date(2026, 9, 30), changes=(told,))
        return write_pack(tmp_path_factory.mktemp("packs") / "pack", cursor, None, OCCASION, changes)


@pytest.fixture(scope="session")
def folder(pack: Pack) -> Path:
    """Where it lies."""
    return pack.folder
