"""Stage histories of a large invented park: most projects stay in 研发 and 概念验证, few come as far as 产业化."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from bench.cells import LAST_DAY, picked

STAGES = ("研发", "概念验证", "小试", "中试", "转化落地", "产业化")
REACHED = (0.30, 0.30, 0.19, 0.11, 0.07, 0.03)  # the furthest stage of a project
INTERRUPTIONS = (("暂停", "恢复"), ("退回", "重入"))
FIRST_DAY = date(2022, 1, 1)
OPERATORS = ("化工园区运营公司", "生物医药产业园运营公司")
PILOT = STAGES.index("中试")
# Who sends the events up to which month: the centre every half-year, the others less often.
MONTHS = {
    ("D08", ""): (202306, 202312, 202406, 202412, 202506, 202512, 202606, 202610),
    ("D04", ""): (202512, 202610),
    ("D10", OPERATORS[0]): (202610,),
    ("D10", OPERATORS[1]): (202610,),
}


def histories(rng: np.random.Generator, rows: int) -> pl.DataFrame:
    """`rows` events: project (number, ascending), stage (0-based), event, on (Date), department, sender, month (of the file).

    A visit of a stage is an entry, interruptions, failed reviews and, mostly, an end.
    """
    projects = rows // 5 + 100
    visits = pl.DataFrame({"project": pl.Series(np.arange(projects)).gather(np.repeat(np.arange(projects), _depths(rng, projects)))})
    visits = visits.with_columns(
        stage=pl.int_range(pl.len()).over("project"), is_last=pl.col("project") != pl.col("project").shift(-1))
    count = visits.height
    last = picked(rng, count, ("", "通过", "终止", "撤回"), (0.66, 0.12, 0.19, 0.03))
    visits = visits.with_columns(
        pairs=pl.Series(rng.poisson(0.55, count)), fails=pl.Series(rng.poisson(0.35, count)),
        end=pl.when("is_last").then(last).otherwise(picked(rng, count, ("通过", ""), (0.93, 0.07))))
    size = 1 + 2 * pl.col("pairs") + pl.col("fails") + (pl.col("end") != "").cast(pl.Int64)
    steps = visits.with_columns(step=pl.int_ranges(0, size)).explode("step")
    steps = steps.with_columns(on=_days(rng, steps["project"].to_numpy())).filter(pl.col("on") <= LAST_DAY).head(rows)
    if steps.height < rows:
        raise AssertionError(f"{steps.height} events of {projects} projects, {rows} wanted")
    return _sent(rng, steps.with_columns(event=_event(rng, steps.height)).select("project", "stage", "event", "on"))


def _depths(rng: np.random.Generator, projects: int) -> np.ndarray:
    return rng.choice(len(STAGES), projects, p=REACHED) + 1


def _days(rng: np.random.Generator, project: np.ndarray) -> pl.Series:
    """One day per event, ascending within a project, at odd distances from its first one."""
    is_first = np.append(True, project[1:] != project[:-1])
    gaps = np.where(is_first, 0, 3 + rng.gamma(1.6, 24, len(project)))
    total = np.cumsum(gaps)
    begun = total[is_first][np.cumsum(is_first) - 1]
    starts = rng.integers(0, (LAST_DAY - FIRST_DAY).days - 60, project[-1] + 1)
    days = starts[project] + (total - begun).astype(np.int64)
    return pl.Series((days + (FIRST_DAY - date(1970, 1, 1)).days).astype(np.int32)).cast(pl.Date)


def _event(rng: np.random.Generator, count: int) -> pl.Expr:
    """The word for a step of a visit: entry, pairs of interruptions, failed reviews or moves, end."""
    step, pairs = pl.col("step"), pl.col("pairs")
    which = pl.Series(rng.random(count) < 0.9)
    away = pl.when(which).then(pl.lit(INTERRUPTIONS[0][0])).otherwise(pl.lit(INTERRUPTIONS[1][0]))
    back = pl.when(which.shift(1, fill_value=True)).then(pl.lit(INTERRUPTIONS[0][1])).otherwise(pl.lit(INTERRUPTIONS[1][1]))
    within = picked(rng, count, ("未通过", "迁移"), (0.93, 0.07))
    return (pl.when(step == 0).then(pl.lit("进入"))
            .when(step <= 2 * pairs).then(pl.when(step % 2 == 1).then(away).otherwise(back))
            .when(step <= 2 * pairs + pl.col("fails")).then(within).otherwise("end"))


def _sent(rng: np.random.Generator, events: pl.DataFrame) -> pl.DataFrame:
    """With its sender and the file it stands in: the first one after it happened, of one in twelve the next one."""
    share = pl.Series(rng.random(events["project"][-1] + 1)).gather(events["project"])
    late = pl.Series((rng.random(events.height) < 1 / 12).astype(np.int64))
    events = events.with_columns(
        share=share, late=late, no=pl.col("on").dt.year().cast(pl.Int64) * 100 + pl.col("on").dt.month().cast(pl.Int64))
    is_early = pl.col("stage") < PILOT
    events = events.with_columns(
        department=pl.when(is_early).then(pl.lit("D08")).when(pl.col("share") < 0.5).then(pl.lit("D04")).otherwise(pl.lit("D10")),
        sender=pl.when(is_early | (pl.col("share") < 0.5)).then(pl.lit("")).when(pl.col("share") < 0.75).then(pl.lit(OPERATORS[0]))
        .otherwise(pl.lit(OPERATORS[1])))
    parts = []
    for (department, sender), months in MONTHS.items():
        own = events.filter(department=department, sender=sender)
        first = pl.Series(np.searchsorted(np.array(months), own["no"].to_numpy()))
        place = pl.min_horizontal(first + own["late"], pl.lit(len(months) - 1))
        parts.append(own.with_columns(month=pl.lit(pl.Series(months, dtype=pl.Int64)).gather(place)))
    return pl.concat(parts).drop("share", "late", "no").sort("project", maintain_order=True)
