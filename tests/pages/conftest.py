"""A page run without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from park import Park
from shown import Open, Run, Shown, shown
from streamlit.testing.v1 import AppTest

from warehouse.here import reader

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture
def open_page() -> Iterator[Open]:
    """Opens the overview of the data home in the environment with these parameters in the URL; fails on any exception."""
    st.cache_data.clear()
    reader.cache_clear()

    def run(**parameters: str) -> Shown:
        app = AppTest.from_file(str(APP), default_timeout=30)
        for name, text in parameters.items():
            app.query_params[name] = text
        app.run()
        assert [each.message for each in app.exception] == []
        return shown(app)

    yield run
    st.cache_data.clear()
    reader.cache_clear()


@pytest.fixture
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    """Opens the test's page (its parameter, else the module's `PAGE`): URL path and what draws it, as “pages.goals:goals”, with these parameters in
    the URL; fails on any exception."""
    st.cache_data.clear()
    reader.cache_clear()
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

    yield opened
    st.cache_data.clear()
    reader.cache_clear()


@pytest.fixture
def overview(read_only: Park, open_page: Open) -> Shown:
    """The overview of the park."""
    return open_page()
