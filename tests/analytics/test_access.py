"""Who may see and do what."""

from __future__ import annotations

import pytest

from analytics.access import VISITOR, Access, Deed, Role


def access(role: Role, *departments: str) -> Access:
    return Access(subject="x", name="某", role=role, departments=frozenset(departments))


def test_who_sits_at_the_machine_may_do_everything() -> None:
    assert all(VISITOR.may(deed, "D05") for deed in Deed)


def test_a_viewer_looks_and_does_nothing_else() -> None:
    assert access(Role.VIEWER).page("goals") and not access(Role.VIEWER).page("submit")
    assert not any(access(Role.VIEWER).may(deed) for deed in Deed)


@pytest.mark.parametrize("deed", [Deed.SUBMIT, Deed.CERTIFY, Deed.REFUSED])
def test_a_steward_does_the_deeds_of_departments_for_the_own_ones_only(deed: Deed) -> None:
    steward = access(Role.STEWARD, "D05")
    assert steward.may(deed) and steward.may(deed, "D05") and not steward.may(deed, "D04")


def test_a_secretary_freezes_and_exports_but_hands_nothing_in() -> None:
    secretary = access(Role.SECRETARY)
    assert secretary.may(Deed.FREEZE) and secretary.may(Deed.EXPORT)
    assert not secretary.may(Deed.SUBMIT) and not secretary.page("submit")
