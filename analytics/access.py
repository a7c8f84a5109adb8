"""Who may see and do what: the one place that pages, exports, jobs and routes ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """管委会成员, 联席会议秘书, 部门数据员, 管理员."""

    VIEWER = "viewer"
    SECRETARY = "secretary"
    STEWARD = "steward"
    ADMIN = "admin"


class Deed(StrEnum):
    """What somebody does besides looking at a page."""

    EXPORT = "export"  # rows, figures and packs as files
    FREEZE = "freeze"  # an issue of a meeting, and its delivery
    SUBMIT = "submit"  # hand in, withdraw, replace, map headings: for the own departments
    CERTIFY = "certify"  # 签认: for the own departments
    REFUSED = "refused"  # read refused rows and returned workbooks: of the own departments
    RULE = "rule"  # reference rows, rollback, keys of the door for other systems


DEEDS = {
    Role.VIEWER: frozenset[Deed](),
    Role.SECRETARY: frozenset({Deed.EXPORT, Deed.FREEZE}),
    Role.STEWARD: frozenset({Deed.EXPORT, Deed.SUBMIT, Deed.CERTIFY, Deed.REFUSED}),
    Role.ADMIN: frozenset(Deed),
}
OF_DEPARTMENTS = frozenset({Deed.SUBMIT, Deed.CERTIFY, Deed.REFUSED})
PAGES_OF_DEEDS = {"submit": Deed.SUBMIT}  # all other pages are open to everybody who is somebody


@dataclass(frozen=True, kw_only=True)
class Access:
    """`subject`: an opaque name for the record; `name`: as shown and signed with; `departments`: for whom the deeds of departments may be done, None: all."""

    subject: str
    name: str
    role: Role
    departments: frozenset[str] | None

    def page(self, path: str) -> bool:
        """Whether the page under this URL path may be opened."""
        return path not in PAGES_OF_DEEDS or self.may(PAGES_OF_DEEDS[path])

    def may(self, deed: Deed, department: str | None = None) -> bool:
        """Whether the deed may be done: for this department where it is one of departments, or for any at all where none is named."""
        if deed not in DEEDS[self.role]:
            return False
        return deed not in OF_DEPARTMENTS or department is None or self.departments is None or department in self.departments

    def whose(self, deed: Deed) -> frozenset[str] | None:
        """The departments for which the deed may be done; None: all."""
        return self.departments if self.may(deed) else frozenset()


VISITOR = Access(subject="visitor", name="", role=Role.ADMIN, departments=None)  # who sits at the machine, where there is no login
