"""What serves the pages: no open address by accident."""

from __future__ import annotations

import pytest

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
