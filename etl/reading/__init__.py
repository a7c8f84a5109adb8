"""Reading departmental files: bytes → grid → header → typed by no one yet, every row accounted for."""

from etl.reading.inspection import inspect
from etl.reading.periods import period_in_name, stated_period
from etl.reading.reader import read
from etl.reading.table import Near, Reading, Refused, Table

__all__ = ["Near", "Reading", "Refused", "Table", "inspect", "period_in_name", "read", "stated_period"]
