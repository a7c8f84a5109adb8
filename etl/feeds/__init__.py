"""The departmental feeds, discovered: every module here defines exactly one feed named like its file."""

from __future__ import annotations

import importlib
import pkgutil

from etl.contract import Feed


class FeedModuleError(Exception):
    """A module of etl/feeds/ does not define exactly one feed."""


def discover() -> dict[str, type[Feed]]:
    """All feeds by name. Raises FeedModuleError naming the file that breaks the contract."""
    found: dict[str, type[Feed]] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        feeds = [value for value in vars(loaded).values()
                 if isinstance(value, type) and issubclass(value, Feed) and value is not Feed]
        expected = module.name.replace("_", "")
        if len(feeds) != 1 or feeds[0].__name__.lower() != expected:
            names = ", ".join(feed.__name__ for feed in feeds) or "没有"
            raise FeedModuleError(f"etl/feeds/{module.name}.py：应只定义一个名为 {expected} 的报表（不分大小写），现有：{names}")
        found[module.name] = feeds[0]
    return found


FEEDS = discover()
