"""A download link is for one person and a short while."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from at_the_door import Server
from park import Park
from starlette.types import Scope

from analytics.access import Access, Role
from door import keys, links
from door.sessions import sessions
from warehouse.here import reader

READER = Access(subject="u-1", name="甲", role=Role.SECRETARY, departments=None)
OTHER = Access(subject="u-2", name="乙", role=Role.ADMIN, departments=None)
URL = "/pack/2026-11r1/pack/%E6%95%B0%E6%8D%AE%E8%A1%A8.xlsx?as_of=2026-10-31&zone=&lang=en"


def scope(url: str) -> Scope:
    from urllib.parse import unquote

    path, _sign, query = url.partition("?")
    return {"path": unquote(path), "query_string": query.encode()}


@pytest.fixture(autouse=True)
def _in_home(home: Path) -> None:
    keys.key.cache_clear()


def test_the_route_sees_the_address_without_the_marks(home: Path) -> None:
    asked = scope(links.seal(READER)(URL))
    assert links.opened(asked, READER) is None
    assert asked["query_string"] == b"as_of=2026-10-31&zone=&lang=en"


@pytest.mark.parametrize("alter", [
    lambda url: url.replace("2026-10-31", "2026-09-30"), lambda url: url.replace("2026-11r1", "2026-10r1"), lambda url: url + "&zone=D1",
    lambda url: url.replace("until=", "until=9"), lambda url: url.partition("&until")[0], lambda url: url.rpartition("=")[0] + "=",
    lambda url: url.replace("until=", "until=x"), lambda url: url + "&seal=x", lambda url: url + "&until=1"])
def test_an_altered_link_opens_nothing(alter: object) -> None:
    url = alter(links.seal(READER)(URL))  # type: ignore[operator]
    assert "重新下载" in (links.opened(scope(url), READER) or "")


def test_the_link_of_another_opens_nothing() -> None:
    assert links.opened(scope(links.seal(OTHER)(URL)), READER) is not None


def test_a_link_outlives_a_pause_in_the_session_and_not_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    url, now = links.seal(READER)(URL), time.time()
    monkeypatch.setattr("door.links.time.time", lambda: now + 30 * 60 - 1)
    assert links.opened(scope(url), READER) is None
    monkeypatch.setattr("door.links.time.time", lambda: now + 41 * 60)
    assert links.opened(scope(url), READER) is not None


def test_a_page_drawn_again_keeps_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("door.links.time.time", lambda: 1_800_000_001.0)
    first = links.seal(READER)(URL)
    monkeypatch.setattr("door.links.time.time", lambda: 1_800_000_500.0)
    assert links.seal(READER)(URL) == first


def test_what_a_file_names_opens_for_its_reader_alone_and_no_longer_than_the_file(
        server: Server, home: Path, told: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    """A CSV names its description, and that the CSV."""
    shutil.copytree(told.home.root, home)
    reader.cache_clear()
    held, other = server.log_in("one", "park-secretary"), server.log_in("two", "park-admin")
    [who] = [each.subject for each in sessions(home) if each.name == "one先生"]
    now = time.time()
    csv = links.seal(Access(subject=who, name="", role=Role.SECRETARY, departments=None))("/export/g1_poc_small.csv?zone=chem&lang=en")
    monkeypatch.setattr("door.links.time", SimpleNamespace(time=lambda: now + 25 * 60))  # and not that of the session
    answer = server.get(csv, held)
    assert answer.status == 200, answer.text
    beside = answer.headers["link"].removeprefix("<").partition(">")[0]
    told_of = server.get(beside, held)
    assert told_of.status == 200, told_of.text
    assert json.loads(told_of.body)["url"] == csv, "the description is of this file"
    assert server.get(beside, other).status == 403, "it is not for others"
    assert server.get(beside.partition("&until")[0], held).status == 403
    monkeypatch.setattr("door.links.time", SimpleNamespace(time=lambda: now + 41 * 60))
    assert server.get(csv, held).status == server.get(beside, held).status == 403, "following it renews nothing"
    reader.cache_clear()


def test_keys_are_the_owners_alone_and_stay(home: Path) -> None:
    first = keys.key(home, "links")
    assert (home / "keys" / "links").stat().st_mode & 0o777 == 0o600
    keys.key.cache_clear()
    assert keys.key(home, "links") == first != keys.key(home, "subjects")
    assert [each.name for each in (home / "keys").iterdir() if each.name.startswith(".")] == []
