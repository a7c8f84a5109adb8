"""A page run without a browser."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from park import Park
from shown import Open, Run, Shown, shown
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from warehouse.here import reader

APP = Path(__file__).parents[2] / "app.py"
# For every AppTest Streamlit looks through all installed packages for components, a third of a second; they stay the same while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture
def remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages remember nothing of the tests before; those that only read the park, and patch nothing, share what was found there, as its readers do."""
    only_reads = {"read_only", "overview"} & set(request.fixturenames) and not {"monkeypatch", "home", "empty"} & set(inspect.signature(request.function).parameters)
    if not only_reads:
        forget()
    yield
    if not only_reads:
        forget()


def forget() -> None:
    st.cache_data.clear()
    reader.cache_clear()


@pytest.fixture
def open_page(remembered: None) -> Open:
    """Opens the overview of the data home in the environment with these parameters in the URL; fails on any exception."""
    def run(**parameters: str) -> Shown:
        app = AppTest.from_file(str(APP), default_timeout=30)
        for name, text in parameters.items():
            app.query_params[name] = text
        app.run()
        assert [each.message for each in app.exception] == []
        return shown(app)

    return run


@pytest.fixture
def run(request: pytest.FixtureRequest, remembered: None) -> Run:
    """Opens the test's page (its parameter, else the module's `PAGE`): URL path and what draws it, as “pages.goals:goals”, with these parameters in
    the URL; fails on any exception."""
    path, drawn_by = getattr(request, "param", None) or request.module.PAGE
    module, _, draw = drawn_by.partition(":")
    script = (f"from language import speak\nfrom pages.choices import carry, language\nfrom {module} import {draw}\n"
              f"speak(language().code)\ncarry({path!r})\n{draw}()\n")

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_string(script, default_timeout=60)
        for name, text in parameters.items():
            app.query_params[name] = text
        app.run()
        assert [each.message for each in app.exception] == []
        return app

    return opened


@pytest.fixture
def overview(read_only: Park, open_page: Open) -> Shown:
    """The overview of the park."""
    return open_page()
