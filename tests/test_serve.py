"""What serves the pages: no open address by accident, and nothing done over and over for every reader."""

from __future__ import annotations

import subprocess
import sys

import pytest
from served import ROOT

from door.loopback import refuse_open_address


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8", "localhost", "unix:///run/park.sock"])
def test_this_machine_needs_no_leave(address: str) -> None:
    refuse_open_address(address, has_login=False)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.1.2.3", "park.example", None])
def test_an_open_address_is_refused_where_nobody_has_to_log_in(address: str | None) -> None:
    with pytest.raises(SystemExit, match="登录"):
        refuse_open_address(address, has_login=False)


def test_an_open_address_is_served_to_who_logs_in() -> None:
    refuse_open_address("10.1.2.3", has_login=True)


def test_what_is_loaded_for_ever_is_not_looked_through_for_garbage_after_every_page_run() -> None:
    told = """
import asyncio, gc, sys, serve
async def begun():
    async with serve.served(serve.app):
        print(len(gc.get_objects()), gc.get_freeze_count(), {"pages.goals", "plotly.graph_objects", "pandas"} <= sys.modules.keys())
asyncio.run(begun())
"""
    left, aside, is_loaded = subprocess.run([sys.executable, "-c", told], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    assert is_loaded == "True", "before the first reader comes"
    assert int(left) < 5_000 and int(aside) > 100_000
