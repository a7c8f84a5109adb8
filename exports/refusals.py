"""Why something was not frozen, verified or delivered: one sentence, and the exit code of the command."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from language import _
from warehouse.errors import StoreError, UnknownIssue, UnknownSnapshot
from warehouse.known import NothingReceived, OutOfRange
from warehouse.lock import Busy

LOG = logging.getLogger(__name__)


class NotFrozen(Exception):
    """Nothing was changed; the text says why and what to do. `code`: 2 wrong argument, 10 another content, 12 not as frozen, 13 busy, 14 disk or store."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code


@contextmanager
def refusing() -> Iterator[None]:
    """Within the block, whatever the store, the disk or another process is in the way of becomes NotFrozen."""
    try:
        yield
    except (UnknownSnapshot, UnknownIssue, NothingReceived) as problem:
        raise NotFrozen(str(problem), 2) from problem
    except OutOfRange as problem:
        raise NotFrozen(_("截至日 {asked} 不在可查范围内：{first} 至 {last}。", asked=problem.asked, first=problem.first, last=problem.last), 2) from problem
    except Busy as problem:
        raise NotFrozen(str(problem), 13) from problem
    except StoreError as problem:
        raise NotFrozen(str(problem), 14) from problem
    except (OSError, duckdb.Error) as problem:
        LOG.exception("an issue could not be read or written")
        raise NotFrozen(_("磁盘或数据目录不可用：{problem}。没有留下写了一半的专刊。请：检查磁盘空间与权限后重试。", problem=problem), 14) from problem
