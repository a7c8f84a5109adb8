"""Columns of dates and periods as people write them, read into dates with their precision."""

from __future__ import annotations

import polars as pl

from etl.reading.periods import in_figures, period_in_name, span_of, stated_period

PRECISIONS = ("D", "M", "Q", "H", "Y")  # a date is known to the day, month, quarter, half-year or year

__all__ = ["PRECISIONS", "first_day", "parse_days", "parse_spans", "period_in_name", "stated_period"]

_TIME = r"[Tt ]?\s*\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|[时点](?:\d{1,2}分)?)\s*(?:[Zz]|[+-]\d{2}:?\d{2})?$"
_CHINESE = "[〇○零一二三四五六七八九十廿][年月日号]"
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000-01-01 to 2099-12-31 as spreadsheets count days
_YEARS = (1800, 2100)
_SERIAL_ZERO = pl.date(1899, 12, 30)
_LATER = 1462  # days from there to the first day of workbooks that count from 1904
_HALVES = {"上半年": "6", "H1": "6", "下半年": "12", "H2": "12"}


def first_day(day: pl.Expr, precision: pl.Expr) -> pl.Expr:
    """The first day that a date of its precision can mean; the last is what is stored."""
    return (pl.when(precision == "M").then(day.dt.month_start()).when(precision == "Q").then(day.dt.truncate("1q"))
            .when(precision == "H").then(day.dt.month_start().dt.offset_by("-5mo")).when(precision == "Y").then(day.dt.truncate("1y")).otherwise(day))


def parse_days(s: pl.Series, *, counts_from_1904: bool = False) -> pl.DataFrame:
    """Dates of a String column: `day` Date and `precision` String (PRECISIONS), one row per cell, in order.

    A month (2026年3月上旬, too), quarter, half-year or year is its last day.
    What is no date, or none the calendar has, is null in both.
    Spreadsheet serials count from 1900 (36526–73050: the years 2000–2099), or from 1904 (35064–71588).
    """
    cells = s.rename("cell").cast(pl.String).to_frame()
    quick = cells.select(day=pl.col("cell").str.to_date("%Y-%m-%d", strict=False, exact=True),
                         first=pl.col("cell").str.head(1))
    # The quick parser also takes signs, blanks and the year 26; those go the slow way.
    quick = quick.select(day=pl.when(pl.col("day").dt.year().is_between(*_YEARS) & pl.col("first").is_in(["1", "2"])).then("day"))
    rest = cells.filter(quick["day"].is_null() & cells["cell"].is_not_null()).unique()
    if rest.is_empty():
        return quick.select("day", precision=pl.when(pl.col("day").is_not_null()).then(pl.lit("D")))
    read = rest.with_columns(_read(rest["cell"], _LATER if counts_from_1904 else 0))
    joined = pl.concat([cells, quick], how="horizontal").join(read, on="cell", how="left", maintain_order="left")
    return joined.select(
        day=pl.coalesce("day", "day_right"),
        precision=pl.when(pl.col("day").is_not_null()).then(pl.lit("D")).otherwise("precision"),
    )


def parse_spans(s: pl.Series) -> pl.DataFrame:
    """Periods of a String column: `from` and `to` Date (first and last day), one row per cell; no period → null."""
    cells = s.rename("cell").cast(pl.String).to_frame()
    may_be = pl.col("cell").str.normalize("NFKC").str.replace_all(r"\s", "").str.contains(r"^(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3}年)")
    words = cells.unique().filter(may_be)["cell"].to_list()
    spans = [span_of(word) for word in words]
    read = pl.DataFrame({"cell": words, "from": [span and span[0] for span in spans], "to": [span and span[1] for span in spans]},
                        schema={"cell": pl.String, "from": pl.Date, "to": pl.Date})
    return cells.join(read, on="cell", how="left", maintain_order="left").select("from", "to")


def _read(words: pl.Series, later: int) -> pl.DataFrame:
    """`day` and `precision` of distinct cells in any of the forms. `later`: days to add to a serial."""
    chinese = words.str.contains(_CHINESE)
    figures = words.filter(chinese).to_frame("cell").select(cell="cell", figures=pl.Series(map(in_figures, words.filter(chinese)), dtype=pl.String))
    text = (pl.coalesce("figures", "cell").str.normalize("NFKC").str.strip_chars().str.replace(r"(\d|日)" + _TIME, "$1")
            .str.replace_all(r"\s", "").str.replace_all(r"[‐‑‒–—―−]", "-"))
    squeezed = words.to_frame("cell").join(figures, on="cell", how="left", maintain_order="left").select(text=text)
    parts = squeezed.select(
        pl.col("text").str.extract_groups(r"^(?<y>\d{4})(?:年|[-/.])(?<m>\d{1,2})(?:月|[-/.])(?<d>\d{1,2})[日号]?(?:\((?:星期|周)[一二三四五六日天]\))?$").alias("spelt"),
        pl.col("text").str.extract_groups(r"^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$").alias("compact"),
        pl.col("text").str.extract_groups(r"^(?<y>\d{4})(?:年(?<m1>\d{1,2})月(?:份|[上中下]旬|[初中末底])?|[-/.](?<m2>\d{1,2})|(?<m3>\d{2}))$").alias("month"),
        pl.col("text").str.extract_groups(r"^(?<y>\d{4})(?:年?第?(?<q1>[1-4一二三四])季度|年?-?[Qq](?<q2>[1-4]))$").alias("quarter"),
        pl.col("text").str.extract_groups(r"^(?<y>\d{4})年?(?<half>上半年|下半年|H1|H2)$").alias("half"),
        pl.col("text").str.extract(r"^(\d{4})年(?:度|底|末|全年)?$").alias("year"),
        pl.col("text").str.extract(r"^(\d{5})(?:\.\d+)?$").cast(pl.Int32).alias("serial"),
    )
    spelt, compact = pl.col("spelt").struct, pl.col("compact").struct
    month, quarter = pl.col("month").struct, pl.col("quarter").struct
    half = pl.col("half").struct
    month_no = pl.coalesce(month.field("m1"), month.field("m2"), month.field("m3"))
    quarter_no = pl.coalesce(quarter.field("q1"), quarter.field("q2")).replace(_QUARTERS).cast(pl.Int32)
    serial = pl.col("serial") + later
    serial = pl.when(serial.is_between(_FIRST_SERIAL, _LAST_SERIAL)).then(serial)
    dates = parts.select(
        D=pl.coalesce(_date(spelt.field("y"), spelt.field("m"), spelt.field("d")),
                      _date(compact.field("y"), compact.field("m"), compact.field("d")),
                      _SERIAL_ZERO + pl.duration(days=serial)),
        M=_date(month.field("y"), month_no, pl.lit("1")).dt.month_end(),
        Q=_date(quarter.field("y"), (quarter_no * 3).cast(pl.String), pl.lit("1")).dt.month_end(),
        H=_date(half.field("y"), half.field("half").replace_strict(_HALVES, default=None, return_dtype=pl.String), pl.lit("1")).dt.month_end(),
        Y=_date(pl.col("year"), pl.lit("12"), pl.lit("31")),
    )
    precision = pl.coalesce(pl.when(pl.col(letter).is_not_null()).then(pl.lit(letter)) for letter in PRECISIONS)
    return dates.select(day=pl.coalesce(*PRECISIONS), precision=precision)


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """A date of three texts; null where one is missing, the calendar has none, or the year is not of our time."""
    spelt = pl.concat_str(year, month.str.zfill(2), day.str.zfill(2), separator="-").str.to_date("%Y-%m-%d", strict=False)
    return pl.when(spelt.dt.year().is_between(*_YEARS)).then(spelt)
