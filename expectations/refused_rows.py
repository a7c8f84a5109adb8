"""Rows that were refused and not yet put right, a check for each dimension that a reason for refusing belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.check import SQL, Check, Dimension, Query

_DO = "报送部门：按所列原因改正，把整份文件重新放进同一位置，或运行 python -m etl answer 取回标好的原表。"
_LOOKED_AT = ("(SELECT s.row_id FROM raw.source_row AS s WHERE s.disposition = 'accepted' "
              "UNION ALL SELECT o.row_id FROM rejected.open_row AS o)")
_SELECT = (SQL / "refused_rows.sql").read_text(encoding="utf-8")
_CHECKS: tuple[tuple[str, Dimension, str], ...] = (
    ("rows_complete", "完整性", "各行的必填格都已填写。"),
    ("rows_readable", "规范性", "各格都按规定的写法填写：日期、数、代码和词语都认得。"),
    ("rows_plausible", "准确性", "同一行各格互不矛盾：日期不在将来、有先后，部分不大于整体，各项比例之和为 1。"),
    ("rows_consistent", "一致性", "同一文件里没有编号相同而内容不同的行。"),
)


def refused_rows() -> Iterator[Check]:
    """One warning per dimension; rejected.open_reason says which a reason belongs to."""
    for check_id, dimension, sentence in _CHECKS:
        test = Query(sentence="", checked=_LOOKED_AT, select=_SELECT.replace("$dimension", f"'{dimension}'"), by="row_id")
        yield Check(check_id=check_id, dimension=dimension, severity="warning", table="rejected.open_row", sentence=sentence, action=_DO, test=test)
