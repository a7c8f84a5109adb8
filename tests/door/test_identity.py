"""What claims and list give: role and departments, or nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from analytics.access import Role
from door.identity import access, session_of, subject, values
from door.setup import Login, grant

HOUR = dt.timedelta(hours=1)


def setup(departments: str | None = None, **roles: str) -> Login:
    return Login(origin="https://park.example.cn", providers={}, claim="realm_access.roles", grants={value: grant(text) for value, text in roles.items()},
                 departments=departments, idle=HOUR, longest=HOUR)


def given(home: Path, setup: Login, **claims: object) -> tuple[Role, frozenset[str] | None] | None:
    found = access(home, session_of(home, "a" * 64, {"sub": "1", "iss": "i", **claims}, setup), setup)
    return (found.role, found.departments) if found else None


def test_the_claim_may_lie_deep_and_be_one_text_or_several(home: Path) -> None:
    of = setup(boss="admin")
    assert given(home, of, realm_access={"roles": ["staff", "boss"]}) == (Role.ADMIN, None)
    assert given(home, of, realm_access={"roles": "boss"}) == (Role.ADMIN, None)
    for other in ({"roles": ["staff"]}, {"roles": {"boss": 1}}, {"roles": 7}, "boss", None):
        assert given(home, of, realm_access=other) is None, other


def test_of_several_roles_the_first_line_of_the_setup_holds(home: Path) -> None:
    both = {"roles": ["a", "b"]}
    assert given(home, setup(a="viewer", b="admin"), realm_access=both) == (Role.VIEWER, None)
    assert given(home, setup(b="admin", a="viewer"), realm_access=both) == (Role.ADMIN, None)


def test_a_stewards_departments_come_from_the_line_or_from_their_own_claim_and_without_any_there_is_no_role(home: Path) -> None:
    roles = {"roles": ["data"]}
    assert given(home, setup(data="steward D05 D06"), realm_access=roles) == (Role.STEWARD, frozenset({"D05", "D06"}))
    assert given(home, setup("dept", data="steward"), realm_access=roles, dept=["D07"]) == (Role.STEWARD, frozenset({"D07"}))
    assert given(home, setup("dept", data="steward"), realm_access=roles) is None
    assert given(home, setup("dept", data="steward D05"), realm_access=roles, dept=["D07"]) == (Role.STEWARD, frozenset({"D05"}))


def test_a_person_is_the_same_at_each_login_and_another_at_another_provider(home: Path) -> None:
    assert subject(home, "i", "1") == subject(home, "i", "1")
    assert len({subject(home, "i", "1"), subject(home, "j", "1"), subject(home, "i", "2"), subject(home, "i\n1", "")}) == 4


@pytest.mark.parametrize("path", [None, "", "a.b"])
def test_a_claim_that_is_not_there_gives_no_values(path: str | None) -> None:
    assert values({"a": {"c": "x"}}, path) == ()
