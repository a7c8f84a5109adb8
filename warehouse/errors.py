"""What can be wrong with the warehouse as stored; each text is Chinese and says where, what and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path


class StoreError(Exception):
    """Any of them."""


class DamagedCatalogue(StoreError):
    """catalogue.json is unreadable, or is missing although snapshots lie beside it."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path}\n  发布目录{what}。快照文件都未动。\n"
            "  请：用备份恢复此文件；没有备份时，把它所在的目录改名留存，再运行 python -m etl refresh，由收到的文件重新生成当前一期。"
        )
        self.path = path


class UnknownSnapshot(StoreError):
    """The catalogue lists no such snapshot. `known` are those it lists, oldest first."""

    def __init__(self, snapshot: str, known: Sequence[str]) -> None:
        newest = "、".join(reversed(known[-10:])) or "（尚无）"
        older = f" 等 {len(known)} 期" if len(known) > 10 else ""
        super().__init__(
            f"没有快照“{snapshot}”。现有（由新到旧）：{newest}{older}。\n  请：从中选一期，或运行 python -m etl history 查看全部。"
        )
        self.snapshot, self.known = snapshot, tuple(known)


class NoSnapshot(StoreError):
    """Nothing has been published yet."""

    def __init__(self) -> None:
        super().__init__("还没有发布过数据。\n  请：把各部门的文件放进 inbox，运行 python -m etl refresh。")


class DamagedSnapshot(StoreError):
    """A listed snapshot is missing, does not open, or is not the file that was published."""

    def __init__(self, snapshot: str, path: Path, what: str) -> None:
        super().__init__(
            f"{path}\n  快照 {snapshot} 已损坏：{what}。\n"
            "  请：用备份恢复此文件；或运行 python -m etl refresh 重新生成，或 python -m etl rollback 换回较早的一期。"
        )
        self.snapshot, self.path = snapshot, path


class UnfinishedSnapshot(StoreError):
    """The builder returned, but part of what it wrote is not in the file. DuckDB's close() is silent about a full disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.parent}\n  新快照没有写完，未发布；原来的一期不变。\n  请：检查磁盘剩余空间，再运行一次。")


class UnknownIssue(StoreError):
    """No such issue was frozen. `known` are the ids of those that were, oldest first; `nearest`: those most like the asked one."""

    def __init__(self, asked: str, known: Sequence[str]) -> None:
        self.asked, self.known = asked, tuple(known)
        self.nearest = tuple(get_close_matches(asked, known, 3, cutoff=0))
        said = f"相近的：{'、'.join(self.nearest)}。" if known else "还没有冻结过专刊。"
        super().__init__(f"没有第“{asked}”期专刊。{said}\n  请：运行 python -m exports list 查看全部。")


class DamagedIssue(StoreError):
    """The act that froze an issue cannot be read."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}\n  冻结专刊的记事读不出（{what}）。\n  请：用备份恢复此文件。")
        self.path = path
