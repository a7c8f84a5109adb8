"""Great Expectations without the parts that nobody here asks of it: statistics and drawings load for two seconds, in every run of the checks."""

from __future__ import annotations

import sys
from types import ModuleType

UNUSED = ("altair", "scipy.stats")  # of three expectations about distributions, which would fail with an AttributeError; a suite that has one must not be lean


def load() -> None:
    """Load the library, with nothing in the place of these parts. Whoever needs them later gets them whole."""
    empty = {name: ModuleType(name) for name in UNUSED if name not in sys.modules}
    sys.modules.update(empty)
    try:
        import great_expectations  # noqa: F401 -- its parts are asked for by those who use them
    finally:
        for name in empty:
            del sys.modules[name]
