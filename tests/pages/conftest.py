"""A page run without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from park import Park
from shown import Open, Shown
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
        return Shown(html="\n".join(str(each.proto.body) for each in app.get("html") if not each.proto.body.startswith("<style>")))

    yield run
    st.cache_data.clear()
    reader.cache_clear()


@pytest.fixture
def overview(read_only: Park, open_page: Open) -> Shown:
    """The overview of the park."""
    return open_page()
