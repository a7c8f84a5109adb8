"""What the first page run would load is loaded before the first reader comes, and then left out of every later look for garbage."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import iter_modules

import pages

LATE = ("pandas", "plotly.graph_objs")  # which Streamlit and plotly import by themselves, once a first figure is drawn


def load_all() -> None:
    """Import all there is for pages, and set it aside. Call once, in the process that serves.

    Streamlit looks for garbage after each page run, in all that is in memory: the half million objects of the libraries, which never go, were most of what a
    page run cost.
    """
    for name in (*(each.name for each in iter_modules(pages.__path__, f"{pages.__name__}.")), *LATE):
        import_module(name)
    gc.collect()
    gc.freeze()
