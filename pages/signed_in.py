"""The quiet line that says who is logged in, as what, and how to leave."""

from __future__ import annotations

from analytics.access import Access, Role
from door.setup import login
from language import N_, _, listed
from pages.frame import draw
from pages.markup import el

ROLES = {Role.VIEWER: N_("管委会成员"), Role.SECRETARY: N_("联席会议秘书"), Role.STEWARD: N_("部门数据员"), Role.ADMIN: N_("管理员")}


def signed_in(reader: Access) -> None:
    """Draw it; nothing where there is no login."""
    if login() is None:
        return
    role = _(ROLES[reader.role])
    draw(el("p", el("strong", reader.name or reader.subject), el("span", f"{role} · {listed(sorted(reader.departments))}" if reader.departments else role),
            el("a", _("退出"), href="/auth/logout", target="_self"), class_="signed-in"))
