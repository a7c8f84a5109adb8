"""Who hands in: the department, the office within it and the name that stands under it, as far as this reader may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import streamlit as st

from analytics.access import VISITOR, Access, Deed
from analytics.owing import OF_MANY, Owing
from analytics.quality import Department
from language import _, named
from pages import frame
from pages.choices import Choice, choose, picker
from pages.markup import el
from pages.view import View

NAME = "submit-name"  # in the session: who signs, where there is no login


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`view`: None before anything was published; `access`: under the name that is signed with, "" while nobody gave one; `chosen`: None: all that
    the reader may see."""

    home: Path
    view: View | None
    access: Access
    owing: Owing
    chosen: Department | None
    sender: str = ""

    @property
    def seen(self) -> frozenset[str] | None:
        """Whose submissions are looked at; None: everybody's."""
        return frozenset({self.chosen.department_id}) if self.chosen else self.access.departments

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection | None:
        return self.view.cursor if self.view else None

    def who(self, department: str) -> str:
        """A department's name in the language spoken."""
        found = self.owing.departments.get(department)
        return named(found) if found else department

    @property
    def names(self) -> dict[str, str]:
        return {name: named(each) for name, each in self.owing.departments.items()}


def named_access(access: Access) -> Access:
    """Who reads, under the name given earlier in the session where nobody has logged in."""
    return access if access.name else replace(access, name=st.session_state.get(NAME, ""))


def department(access: Access, owing: Owing) -> Choice:
    """Whose work: of one department where the reader has but one."""
    names = {name: named(each) for name, each in owing.departments.items() if access.may(Deed.SUBMIT, name)}
    own = next(iter(names), "") if len(names) == 1 else ""
    return choose("department", names if own else {"": _("全部部门")} | names, default=own, title=_("部门"))


def ask(desk: Desk, chosen: Choice) -> Desk:
    """Draw what is still to be said of who hands in; the desk with it."""
    with st.container(horizontal=True, key="choices", vertical_alignment="bottom"):
        if len(chosen.codes) > 1:
            picker(chosen, _("部门"), st.selectbox, default="", drop=("file", "replaces"))
        sender = _sender(desk) if desk.chosen and desk.chosen.department_id in OF_MANY else ""
        name = _name(desk.access.name) if desk.access.subject == VISITOR.subject else desk.access.name
    return replace(desk, access=replace(desk.access, name=name), sender=sender)


def _sender(desk: Desk) -> str:
    assert desk.chosen
    known = desk.owing.senders(desk.chosen.department_id)
    picked = st.selectbox(_("驻点或运营主体"), known, index=None, accept_new_options=True, key=f"sender-{desk.chosen.department_id}",
                          placeholder=_("选一个或输入新的名称；部门本身报送的不选"))
    return (picked or "").strip()


def signed(desk: Desk, key: str, word: str) -> Desk:
    """The desk under the name that this deed is signed with: of who has logged in, or as typed where nobody has."""
    if desk.access.subject != VISITOR.subject:
        frame.draw(el("p", _("{word}：{name}", word=word, name=desk.access.name), class_="signer"))
        return desk
    typed = st.text_input(word, value=desk.access.name, max_chars=30, key=f"name-{key}").strip()
    return replace(desk, access=replace(desk.access, name=typed))


def _name(before: str) -> str:
    """Asked where nobody has logged in; kept for the rest of the session, also while it is not asked."""
    typed = st.text_input(_("经办人姓名"), value=before, max_chars=30, placeholder=_("记入记事，别人也看得到"))
    name = str(typed).strip()
    st.session_state[NAME] = name
    return name
