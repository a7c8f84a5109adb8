"""Who may open what: every role and nobody, at every page, route and download there is. A page or route that is not in the table below fails."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import MagicMock

import pytest
import streamlit as st
from at_the_door import GROUPS, Server, cookie, events, sealed
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from analytics.access import Access, Role
from door.rules import Kind, rule
from serve import app
from warehouse import audit

ROOT = Path(__file__).parents[2]
ALL = frozenset(GROUPS)
READS = {"", "goals", "funnel", "funds", "zones", "platforms", "people", "adoption", "leads", "changes", "tasks", "policies", "issues", "clauses", "dictionary",
         "dossier", "quality"}
PAGES = dict.fromkeys(READS, ALL) | {"submit": frozenset({"steward", "admin"})}
EXPORTS = ALL - {"viewer"}
FILES = {  # route as mounted: an address of it, who may ask for it
    "/export/{name}": ("/export/g2_pilot.csv?as_of=2026-10-31", EXPORTS),
    "/figure/{name}": ("/figure/g2_pilot-way.svg", EXPORTS),
    "/flows/funds.csv": ("/flows/funds.csv", EXPORTS),
    "/pack/{issue}.zip": ("/pack/2026-11.zip", EXPORTS),
    "/pack/{issue}/{name:path}": ("/pack/2026-11/pack/数据表.xlsx", EXPORTS),
    "/bridge/{name}": ("/bridge/changes.csv?from=2026-10", EXPORTS),
    "/template/{feed}.xlsx": ("/template/weather-.xlsx", frozenset({"steward", "admin"})),
    "/returned/{job}": ("/returned/0123456789abcdef", frozenset({"steward", "admin"})),
}
OPEN = {"/login", "/login/start"}
STREAMLIT = {  # what Streamlit serves: the kind of door before it
    "/_stcore/health": Kind.OPEN, "/static": Kind.OPEN, "/app/static/{path:path}": Kind.OPEN,
    "/auth/login": Kind.OPEN, "/auth/logout": Kind.OPEN, "/oauth2callback": Kind.OPEN,
    "/_stcore/stream": Kind.PART, "/_stcore/host-config": Kind.PART, "/_stcore/metrics": Kind.PART, "/media/{file_id:path}": Kind.PART,
}


def pages() -> set[str]:
    """URL paths of the pages in app.py."""
    made = [node for node in ast.walk(ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))) if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.Page"]
    return {next((str(ast.literal_eval(each.value)) for each in call.keywords if each.arg == "url_path"), "") for call in made}


def own_routes() -> set[str]:
    return {path for each in app._user_routes if not f"{(path := getattr(each, 'path', ''))}/".startswith("/api/")}  # the tokens of other systems have tests of their own


@pytest.fixture
def everybody(server: Server) -> dict[str, str]:
    """The cookie of somebody of each role."""
    return {role: server.log_in(f"one-{role}", group) for role, group in GROUPS.items()}


def test_the_table_holds_every_page_and_every_route_there_is() -> None:
    assert pages() == set(PAGES), "a new page: say in PAGES who may open it"
    assert own_routes() == set(FILES) | OPEN, "a new route: say in FILES who may ask for it, and in door/rules.py what the door asks"


def test_every_route_of_streamlit_is_behind_the_door_but_those_that_must_be_open() -> None:
    paths = {getattr(each, "path", "") for each in create_streamlit_routes(MagicMock())}
    is_open = {path for path in paths if rule(path).kind is Kind.OPEN}
    assert is_open <= {path for path, kind in STREAMLIT.items() if kind is Kind.OPEN} | {"/app/static/{path:path}", "/static"}, "more of Streamlit is open"
    assert {"/auth/login", "/oauth2callback", "/_stcore/health"} <= is_open
    assert all(rule(path).kind in (kind,) for path, kind in STREAMLIT.items())
    assert any(path.startswith("/_stcore/upload_file") for path in paths)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_page_opens_for_its_roles_and_for_nobody_else(server: Server, everybody: dict[str, str], page: str) -> None:
    for role, held in everybody.items():
        answer = server.get(f"/{page}", held)
        assert (answer.status == 200) == (role in PAGES[page]), (role, page)
        assert ("index of the pages" in answer.text) == (role in PAGES[page])
    assert server.get(f"/{page}").headers["location"].startswith("/login?next=%2F")


@pytest.mark.parametrize("route", sorted(FILES))
def test_every_download_is_for_its_roles_with_a_link_of_ones_own(server: Server, home: Path, everybody: dict[str, str], route: str) -> None:
    url, may = FILES[route]
    for role, held in everybody.items():
        link = sealed(server, home, role, url)
        if role in may:
            assert server.get(link, held).status == 404, "the door lets through, and there is nothing published yet"
            assert server.get(link, everybody["admin" if role != "admin" else "steward"]).status == 403, "the link of another user"
            assert "回到页面重新下载" in server.get(url, held).text, "without a seal"
            assert server.get(link.replace("=", "=0", 1), held).status == 403, "another address under the same seal"
        else:
            assert server.get(link, held).status == 403 and server.get(link, held).text in ("没有导出的权限。\n", "您的角色不能这样做。\n")
        assert server.get(link).status == 401


@pytest.mark.parametrize("path", ["/media/abc.csv", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/script-health-check", "/component/x/index.html",
                                  "/nothing-there", "/Submit", "/submit/", "/export/", "/sessions", "/people.csv"])
def test_a_guessed_address_opens_nothing_for_who_is_not_logged_in(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status in (401, 303, 404) and "index of the pages" not in answer.text


def test_only_who_may_hand_in_may_upload(server: Server, everybody: dict[str, str]) -> None:
    put = {role: server.get("/_stcore/upload_file/a/b", held, method="PUT").status for role, held in everybody.items()}
    assert {role for role, status in put.items() if status == 403} == {"viewer", "secretary"}
    assert server.get("/_stcore/upload_file/a/b", method="PUT").status == 401


@pytest.mark.parametrize("path", ["/submit", "/submit/"])
def test_no_spelling_of_an_address_helps_a_viewer(server: Server, everybody: dict[str, str], path: str) -> None:
    assert server.get(path, everybody["viewer"]).status == 403


def test_the_cookie_opens_nothing_of_the_door_for_other_systems(server: Server, everybody: dict[str, str]) -> None:
    assert {server.get("/api/v1/metrics", held).status for held in (*everybody.values(), None)} <= {401, 403, 404}


def forged(home: Path) -> Iterator[tuple[str, str]]:
    claims = {"iss": "https://id.example.cn", "sub": "one-admin", "groups": ["park-admin"]}
    yield "signed with another secret", cookie(claims, secret="somebody else's secret, long enough too")
    yield "signed with ours, but of no login", cookie(claims)
    yield "of another address", cookie(claims, origin="https://evil.example.cn")
    yield "no cookie at all", "chunks-3"


def test_a_forged_cookie_is_nobodys(server: Server, home: Path) -> None:
    genuine = server.log_in("one-admin", "park-admin")
    assert server.get("/", genuine).status == 200
    for what, held in [*forged(home), ("altered", genuine[:-2]), ("with the signature of another", genuine.rpartition(".")[0] + ".AAAA")]:
        assert server.get("/", held).status == 303, what
        assert server.get("/export/g2_pilot.csv", held).status == 401, what
    assert {each["why"] for each in events(home, audit.Event.REFUSED)} == {"no_session"}


def test_a_cookie_replayed_after_logout_is_refused_and_so_is_its_link(server: Server, home: Path) -> None:
    held = server.log_in("one-secretary", "park-secretary")
    link = sealed(server, home, "secretary", "/flows/funds.csv")
    assert server.get(link, held).status == 404
    gone = server.get("/auth/logout", held)
    assert (gone.status, gone.headers["clear-site-data"]) == (302, '"storage"'), "nothing of them stays in the browser"
    assert (server.get("/", held).status, server.get(link, held).status) == (303, 401)
    assert [each["how"] for each in events(home, audit.Event.LOGOUT)] == ["logout"]


@pytest.mark.parametrize("role", sorted(GROUPS))
def test_the_list_of_pages_is_that_of_the_role(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Access(subject="u-1", name="李强", role=Role(role), departments=frozenset({"D05"}) if role == "steward" else None)
    listed: list[str] = []

    def navigation(found: dict[str, list[st.Page]], **_how: object) -> object:
        listed.extend(each.url_path for pages in found.values() for each in pages)
        return MagicMock(title="", url_path="", run=lambda: None)

    monkeypatch.setattr("pages.reader.who", lambda: reader)
    monkeypatch.setattr("pages.search_box.search_box", lambda: None)
    monkeypatch.setattr(st, "navigation", navigation)
    done = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert [each.message for each in done.exception] == []
    assert set(listed) == {page for page in pages() if role in PAGES[page]}


def test_what_is_downloaded_is_not_kept_by_the_browser(server: Server, home: Path, everybody: dict[str, str]) -> None:
    answer = server.get(sealed(server, home, "secretary", "/flows/elsewhere.csv"), everybody["secretary"])
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
