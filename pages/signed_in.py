"""The quiet line that says who is logged in, as what, and how to leave."""

from __future__ import annotations

from analytics.access import Access, Role
from door.setup import login
from language import N_, _, counted, listed
from pages.frame import draw
from pages.markup import el

ROLES = {Role.VIEWER: N_("管委会成员"), Role.SECRETARY: N_("联席会议秘书"), Role.STEWARD: N_("部门数据员"), Role.ADMIN: N_("管理员")}

NAMED = 3  # departments named; of more their number


def signed_in(reader: Access) -> None:
    """Draw it; nothing where there is no login."""
    if login() is None:
        return
    name, role, own = reader.name or reader.subject, _(ROLES[reader.role]), sorted(reader.departments or ())
    some = listed(own) if len(own) <= NAMED else counted("{n} 个部门", len(own))
    draw(el("p", el("strong", name, title=name), el("span", " · ".join((role, some)) if own else role, title=listed(own) or None),
            el("a", _("退出登录"), href="/auth/logout", target="_self"), class_="signed-in"))
