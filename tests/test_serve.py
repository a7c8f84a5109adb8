"""What serves the pages: no open address by accident."""

from __future__ import annotations

import pytest

from serve import OPEN_TO, refuse_open_address


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8", "localhost", "unix:///run/park.sock"])
def test_this_machine_needs_no_leave(address: str) -> None:
    refuse_open_address(address, None)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.1.2.3", "park.example", None])
def test_an_open_address_is_refused_with_what_to_do(address: str | None) -> None:
    with pytest.raises(SystemExit, match=OPEN_TO):
        refuse_open_address(address, None)
    with pytest.raises(SystemExit):
        refuse_open_address(address, "10.9.9.9")


def test_an_open_address_that_was_asked_for_is_served() -> None:
    refuse_open_address("10.1.2.3", "10.1.2.3")
