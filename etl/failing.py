"""What can go wrong on the data side, in one place: the sentence for whoever waits, and the exit code of the command line."""

from __future__ import annotations

import duckdb

from etl.checking import CheckBroken, CheckFailed
from etl.forecasting import ForecastBroken
from etl.inbox import InboxUnusable
from etl.landing import LandingDamaged
from etl.reference import RuleRefused
from etl.report import WrongArgument
from etl.restating import NotEvaluated
from warehouse.known import NothingReceived, OutOfRange
from warehouse.lock import Busy
from warehouse.metric import UnknownMetric
from warehouse.publish import StoreError, UnknownSnapshot
from warehouse.sqlfile import SqlFileError
from warehouse.value import UnknownZone

STANDS = "先前的数据照常可用。"
WRONG = (WrongArgument, UnknownMetric, UnknownZone, UnknownSnapshot, OutOfRange, NothingReceived)
TABLES = (SqlFileError, duckdb.ProgrammingError, duckdb.DataError, duckdb.IntegrityError)
EXPECTED = (*WRONG, RuleRefused, *TABLES, CheckFailed, Busy, StoreError, LandingDamaged, InboxUnusable, CheckBroken, NotEvaluated, ForecastBroken, OSError,
            duckdb.Error)


def told(problem: BaseException) -> tuple[str, int]:
    """The sentence and the exit code of one of EXPECTED."""
    match problem:
        case WrongArgument() | UnknownMetric() | UnknownZone() | UnknownSnapshot() | OutOfRange() | NothingReceived():
            return str(problem), 2
        case RuleRefused():
            return f"{problem.what}。\n  请：{problem.do}", 10
        case SqlFileError() | duckdb.ProgrammingError() | duckdb.DataError() | duckdb.IntegrityError():
            return f"建表失败，未发布；{STANDS}\n  {problem}", 11
        case CheckFailed():
            return f"关键检查不过，未发布；{STANDS}\n{problem}", 12
        case Busy():
            return str(problem), 13
        case StoreError() | LandingDamaged() | InboxUnusable():
            return str(problem), 14
        case CheckBroken():
            return f"检查没有跑完，未发布；{STANDS}\n{problem}", 14
        case NotEvaluated():
            return f"统计量没有算完，没有留下重放的结果；{STANDS}\n{problem}", 14
        case ForecastBroken():
            return f"预测没有算完，未发布；{STANDS}\n{problem}", 14
        case _:
            return f"磁盘或数据目录不可用：{problem}\n  {STANDS}请：检查磁盘空间与权限后重试。", 14
