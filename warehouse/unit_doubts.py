"""Columns whose numbers jump by a power of ten against the same entities' history: a unit was probably mistaken. A warning, never a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.inputs import FeedTable, Inputs, Series
from warehouse.raw import ROW_MASK
from warehouse.reuse import Kept, begin

_SQL = (Path(__file__).parent / "unit_jumps.sql").read_text(encoding="utf-8")
_COLUMNS = {
    "file_id": ("INTEGER", "文件号"), "feed": ("VARCHAR", "报表"), "column_name": ("VARCHAR", "列"), "heading": ("VARCHAR", "列名"),
    "exponent": ("INTEGER", "相差 10 的几次方，正数为此次偏大"), "compared": ("INTEGER", "有前几期可比的主体数"),
    "jumped": ("INTEGER", "其中相差如此的主体数"), "is_whole": ("BOOLEAN", "全列如此"), "sentence": ("VARCHAR", "提示"),
}
_CONFUSED = {1: "千元与万元", 3: "元与千元", 4: "元与万元，或万元与亿元", 5: "千元与亿元", 8: "元与亿元"}
_TIMES = {1: "10 ", 3: "1000 ", 4: "1 万", 5: "10 万", 8: "1 亿"}


@dataclass(frozen=True, kw_only=True)
class UnitDoubt:
    """One column of one file that is probably in another unit than before, and the sentence that says so."""

    file_id: int
    column: str
    exponent: int
    file: str
    feed: str
    department_id: str
    sender: str
    sentence: str


def unit_doubts(con: duckdb.DuckDBPyConnection) -> tuple[UnitDoubt, ...]:
    """The doubts a snapshot holds, by file; none in a snapshot made before there were any."""
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'meta' AND table_name = 'unit_doubt'").fetchall():
        return ()
    found = con.execute(
        "SELECT d.file_id, d.column_name, d.exponent, f.name, d.feed, f.department_id, f.sender, d.sentence FROM meta.unit_doubt AS d "
        "JOIN raw.file AS f USING (file_id) ORDER BY ALL").fetchall()
    return tuple(UnitDoubt(file_id=file_id, column=column, exponent=exponent, file=file, feed=feed, department_id=department, sender=sender,
                           sentence=sentence)
                 for file_id, column, exponent, file, feed, department, sender, sentence in found)


def unit_doubt_table(con: duckdb.DuckDBPyConnection, inputs: Inputs, kept: Kept) -> None:
    """Make meta.unit_doubt out of the raw tables. Method: metrics by entity, log10 against the median of the last four, ±0.2 around an exponent."""
    begin(con, "meta.unit_doubt", _COLUMNS, "单位存疑：数值与同一主体前几期相差约 10 的整数次方的列，每个文件每列每个倍数一行。", kept)
    rows = [(row[0], feed.name, measure, feed.series.headings[measure], *row[1:5],
             _sentence(feed.series.headings[measure], measure, *row[1:]))
            for feed in inputs.feeds if feed.name not in kept.feeds for measure in feed.series.headings if _files(con, feed) > 1
            for row in con.execute(_jumps(feed, feed.series, measure)).fetchall()]
    if rows:
        con.executemany(f"INSERT INTO meta.unit_doubt VALUES ({', '.join('?' * len(_COLUMNS))})", rows)


def _files(con: duckdb.DuckDBPyConnection, feed: FeedTable) -> int:
    """How many files have rows of this feed: of one alone nothing can be said."""
    [(files,)] = con.execute(f"SELECT count(DISTINCT file_id) FROM raw.{feed.name}").fetchall()
    return int(files)


def _jumps(feed: FeedTable, series: Series, measure: str) -> str:
    sender = "''" if feed.is_shared else "f.department_id || '/' || f.sender"
    entity = [f"v.{name}" for name in series.entity]
    one_word = ", ".join([sender, *entity, *(f"v.{name}" for name in series.period or ("file_id",))])  # each full list has its own say
    start, end = (f"v.{series.period[0]}", f"v.{series.period[-1]}") if series.period else ("f.as_of", "f.as_of")
    parts = {
        "table": f"raw.{feed.name}", "measure": measure, "sender": sender, "entity": ", ".join(entity), "when": end,
        "label": ", ".join(f"v.{name}" for name in series.label),
        "is_last_word": f"row_number() OVER (PARTITION BY {one_word} ORDER BY f.as_of DESC, v.row_id DESC) = 1",
        "months": f"greatest(date_diff('month', {start}, {end}) + 1, 1)", "row_mask": str(ROW_MASK)}
    sql = _SQL
    for name, part in parts.items():
        sql = sql.replace(f"{{{name}}}", part)
    return sql


def _sentence(heading: str, measure: str, exponent: int, compared: int, jumped: int, is_whole: bool, jump: float, examples: Sequence[str]) -> str:
    """列 …：… 约为前几期的 1 万倍；请核对."""
    size = abs(exponent)
    times = f"{_TIMES[size]}{'倍' if exponent > 0 else '分之一'}"
    which = f"全列（{jumped} 个主体）" if is_whole else f"{jumped} 个主体（共比较 {compared} 个）"
    names = "、".join(examples) + (" 等" if jumped > len(examples) else "")
    units = f"，可能把{_CONFUSED[size]}弄混了" if measure.endswith("_cny") else "，单位可能变了"
    real = "；十倍的变化也可能是真的" if size == 1 else ""
    return (f"{heading}：{which}约为前几期的 {times}（实为 {_ratio(jump)}）{units}{real}：{names}。"
            f"若属实不必改；若是单位错了，应{'除以' if exponent > 0 else '乘以'} {_TIMES[size].strip()}")


def _ratio(jump: float) -> str:
    ratio = 10.0 ** abs(jump)
    return f"{ratio:.3g} 倍" if jump > 0 and ratio < 1000 else f"{ratio:,.0f} 倍" if jump > 0 else f"1/{ratio:,.0f}"
