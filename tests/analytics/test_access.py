"""What a role may see."""

from __future__ import annotations

import pytest

from analytics.access import VISITOR, Access, may_see


def test_a_visitor_sees_everything_for_now() -> None:
    assert may_see(VISITOR).page("goals")
    assert may_see(VISITOR).departments is None


def test_a_role_with_a_list_sees_only_what_is_on_it() -> None:
    access = Access(pages=frozenset({""}), departments=None)
    assert access.page("") and not access.page("goals")


def test_there_is_no_role_by_accident() -> None:
    with pytest.raises(KeyError):
        may_see("administrator")
