"""Which codes a metric's rows can be narrowed to: so that one that is mistyped is told apart from one that has no rows today."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from analytics.drill import Narrow
from analytics.older import readable
from language import N_

WORDS = {"org": N_("主体"), "direction": N_("方向"), "stage": N_("阶段"), "category": N_("分类"), "entity": N_("编号")}
# Whatever the metric's rows of any day hold, and whatever the committee's tables know.
COUNTED = "FROM mart.contribution AS c LEFT JOIN core.organization AS o ON o.org_id = c.org_id LEFT JOIN core.fund AS f ON f.fund_id = c.entity_id"
KNOWN = {
    "org": f"SELECT coalesce(o.group_name, c.org_id, '') {COUNTED} WHERE list_contains($metrics, c.metric_id)",
    "direction": f"SELECT coalesce(c.direction_id, '') {COUNTED} WHERE list_contains($metrics, c.metric_id) UNION SELECT direction_id FROM ref.direction",
    "stage": f"SELECT coalesce(c.stage_id, '') {COUNTED} WHERE list_contains($metrics, c.metric_id) UNION SELECT stage_id FROM ref.stage",
    "category": f"SELECT coalesce(c.category, '') {COUNTED} WHERE list_contains($metrics, c.metric_id) UNION SELECT category_id FROM ref.category",
    "entity": f"SELECT unnest([c.entity_id, f.fund_kind]) {COUNTED} WHERE list_contains($metrics, c.metric_id)",
}


class UnknownCode(Exception):
    """The metric has no row, on any day, of this code; `word` is what it is a code of, `known` are those there are."""

    def __init__(self, word: str, asked: str, known: Sequence[str]) -> None:
        self.word, self.asked, self.known = word, asked, known
        super().__init__(word, asked)


def refuse_unknown(cursor: duckdb.DuckDBPyConnection, metrics: Sequence[str], narrow: Narrow) -> None:
    """Raises UnknownCode for the first code that these metrics never had."""
    for name, word in WORDS.items():
        asked = getattr(narrow, name)
        if asked is None:
            continue
        known = sorted({code for (code,) in cursor.execute(readable(cursor, KNOWN[name]), {"metrics": list(metrics)}).fetchall() if code is not None})
        if asked not in known:
            raise UnknownCode(word, asked, [code for code in known if code])
