"""mart.search: what the search box looks through, spelled out at refresh so that no query has to."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from warehouse.pinyin import plain, spelled
from warehouse.tables import create

TERMS_SQL = Path(__file__).with_name("search_terms.sql").read_text(encoding="utf-8")
UNSPELLED = ("code",)
UNSPELLED_KINDS = ("clause", "task")  # sentences: found by their words
# In the order of `how`, so that a search among some of them passes over the blocks of the others.
TERMS = """INSERT INTO mart.search
WITH distinct_terms AS (
  SELECT DISTINCT t.thing_no, t.kind, coalesce(s.how, t.how) AS how, s.term, t.term AS written
  FROM terms AS t
  JOIN spellings AS s ON s.written = t.term
  WHERE s.how IS NULL OR NOT (list_contains($hows, t.how) OR list_contains($kinds, t.kind))
)
SELECT row_number() OVER (ORDER BY d.how, d.thing_no, d.term, d.written) AS term_no, d.*
FROM distinct_terms AS d
ORDER BY term_no
"""
THING_COLUMNS = {
    "thing_no": ("INTEGER", "序号"), "kind": ("VARCHAR", "种类：档案的种类，或指标 metric、条款 clause"), "id": ("VARCHAR", "编号"), "name_zh": ("VARCHAR", "名称"),
    "name_en": ("VARCHAR", "英文名称；部门所报的名称不译"),
}
TERM_COLUMNS = {
    "term_no": ("INTEGER", "序号"), "thing_no": ("INTEGER", "所指之物的序号"), "kind": ("VARCHAR", "种类"), "how": ("VARCHAR", "code 编号 / name 名称 / former 曾用名 / alias 别名 / initials 拼音首字母 / pinyin 全拼"),
    "term": ("VARCHAR", "只含字母、数字、汉字的小写半角文字"), "written": ("VARCHAR", "原来的写法"),
}


def search_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Fill them, when core and ref are made."""
    create(con, "mart.searchable", THING_COLUMNS, "可搜索之物：一物一行。")
    create(con, "mart.search", TERM_COLUMNS, "搜索词：一物的一种写法一行，拼音在此时算好。")
    con.execute(f"CREATE TEMP TABLE terms AS {TERMS_SQL}")
    con.execute("INSERT INTO mart.searchable SELECT DISTINCT ON (thing_no) thing_no, kind, id, name_zh, name_en FROM terms ORDER BY thing_no")
    con.execute("CREATE TEMP TABLE spellings (written VARCHAR, how VARCHAR, term VARCHAR)")
    texts = con.execute("SELECT t.term, bool_or(NOT list_contains($hows, t.how) AND NOT list_contains($kinds, t.kind)) FROM terms AS t GROUP BY t.term ORDER BY t.term",
                        {"hows": UNSPELLED, "kinds": UNSPELLED_KINDS}).fetchall()
    _spell(con, texts)
    con.execute(TERMS, {"hows": UNSPELLED, "kinds": UNSPELLED_KINDS})
    con.execute("DROP TABLE spellings")
    con.execute("DROP TABLE terms")


def _spell(con: duckdb.DuckDBPyConnection, texts: list[tuple[str, bool]]) -> None:
    """Each text as it is searched, and those that are to be by their sounds."""
    rows: list[tuple[str, str | None, str]] = []
    for written, by_sound in texts:
        text = plain(written)
        rows.append((written, None, text))
        if by_sound:
            initials, letters = spelled(text)
            rows += [(written, "initials", each) for each in initials]
            rows += [(written, "pinyin", each) for each in letters]
    frame = pl.DataFrame([row for row in rows if row[2]], schema={"written": pl.String, "how": pl.String, "term": pl.String}, orient="row")
    con.register("spelled_frame", frame.to_arrow())
    con.execute("INSERT INTO spellings FROM spelled_frame")
    con.unregister("spelled_frame")
