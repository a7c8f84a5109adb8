"""Through the login in a browser: to an identity provider and back, a page, a file, a changed role, the way out, and the cookie tried again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from nasty_files import PROGRAMS, far_corner
from park import Park, sample
from playwright.sync_api import Browser, BrowserContext, Page, expect
from seen import READY
from served import ROOT, serving
from starlette.requests import Request
from usable import faults

from door.errors import failed
from warehouse import audit
from warehouse.submissions import history

pytestmark = pytest.mark.browser
PROVIDER = """
import sys, time
from oidc_provider_mock import User, run_server_in_thread
people = {"李强": ["park-admin"], "王敏": ["park-viewer"], "赵无": [], "孙撤": ["park-viewer"], "周员": ["park-d08"],
          "阿依古丽·买买提江·阿不都热合曼·艾尼瓦尔江": ["park-many"]}
users = [User(sub=name, claims={"name": name, "groups": groups}) for name, groups in people.items()]
with run_server_in_thread(user_claims=users) as server:
    print(server.server_port, flush=True)
    sys.stdin.read()
"""
SETUP = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "of this test, and long enough to sign with"
client_id = "park"
client_secret = "secret"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
[access]
claim = "groups"
recheck_seconds = 1
[access.roles]
park-admin = "admin"
park-viewer = "viewer"
park-d08 = "steward D08"
park-many = "steward D01 D02 D03 D04 D05"
"""


@dataclass(frozen=True, kw_only=True)
class Site:
    """`url` as people have it; `home`: its data; `provider`: the address of the identity provider."""

    url: str
    home: Path
    provider: str

    def does(self, *arguments: str) -> str:
        """A command of the door, on the same data."""
        return subprocess.run([sys.executable, "-m", "door", *arguments], cwd=ROOT, env={**os.environ, "GANZHIHUI_DATA": str(self.home)}, check=True,
                              capture_output=True, text=True).stdout

    def _lines(self) -> list[dict[str, str]]:
        return [json.loads(line) for path in (self.home / audit.FOLDER).glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]

    def recorded(self) -> set[str]:
        return {each["event"] for each in self._lines()}

    def events(self) -> list[tuple[str, str]]:
        return [(each["event"], each.get("role") or each.get("why") or each.get("file") or "") for each in self._lines()
                if each["event"] in ("login", "logout", "refused", "exported")]


@pytest.fixture(scope="module")
def site(told: Park, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The pages with a login, and a provider that knows four people."""
    folder = tmp_path_factory.mktemp("login")
    shutil.copytree(told.home.root, folder / "data")
    with subprocess.Popen([sys.executable, "-W", "ignore", "-c", PROVIDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as provider:
        assert provider.stdout and provider.stdin
        port = int(provider.stdout.readline())
        (folder / "login.toml").write_text(SETUP.format(provider=port), encoding="utf-8")
        with serving(folder / "data", folder / "log", GANZHIHUI_LOGIN=str(folder / "login.toml")) as address:
            yield Site(url=address.replace("127.0.0.1", "localhost"), home=folder / "data", provider=f"http://localhost:{port}")
        provider.stdin.close()


@pytest.fixture
def page(tabs: BrowserContext) -> Page:
    """A tab in which nobody is logged in."""
    tabs.clear_cookies()
    return tabs.pages[0] if tabs.pages else tabs.new_page()


def come_in(page: Page, url: str, who: str) -> None:
    """From the page that was asked for through the login."""
    page.goto(url)
    expect(page.get_by_role("heading", name="登录数据看板")).to_be_visible()
    page.get_by_role("link", name="用统一身份认证登录").click()
    page.fill("input[name=sub]", who)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{url}*")


def test_through_the_login_to_a_page_and_a_file_and_out_again_and_the_cookie_is_worth_nothing(site: Site, page: Page) -> None:
    context = page.context
    come_in(page, f"{site.url}/dictionary?metric=g1_poc_small", "李强")
    page.wait_for_selector(READY)
    expect(page.locator(".signed-in")).to_have_text("李强管理员退出登录")
    with page.expect_download() as file:
        page.locator("a[download]", has_text="CSV").first.click()
    assert file.value.failure() is None and file.value.suggested_filename.endswith(".csv")
    link = f"{site.url}{page.locator('a[download]', has_text='CSV').first.get_attribute('href')}"
    held = context.cookies(site.url)
    page.get_by_role("link", name="退出登录", exact=True).click()
    page.wait_for_url("**/oauth2/end_session**")
    for _again in range(2):
        page.goto(f"{site.url}/goals")
        expect(page.get_by_role("heading", name="登录数据看板")).to_be_visible()
        assert context.request.get(link).status == 401
        context.add_cookies(held)  # type: ignore[arg-type]  # what was read is what is written
    events = site.events()
    assert events[:2] == [("login", "admin"), ("exported", "/export/g1_poc_small.csv")] and ("logout", "") in events and ("refused", "no_session") in events


def test_open_pages_go_within_a_minute_when_their_readers_are_shut_out_or_lose_the_role_at_the_provider(site: Site, chromium: Browser, page: Page) -> None:
    come_in(page, f"{site.url}/dictionary", "王敏")
    page.wait_for_selector(READY)
    another = chromium.new_context()
    role_lost = another.new_page()
    come_in(role_lost, f"{site.url}/dictionary", "孙撤")
    role_lost.wait_for_selector(READY)
    role_lost.reload()  # asked and confirmed once more
    role_lost.wait_for_selector(READY)
    [subject] = [line.split("\t")[0] for line in site.does("sessions").splitlines() if "王敏" in line]
    begun = time.monotonic()
    taken = another.request.put(f"{site.provider}/users/{quote('孙撤')}", data={"name": "孙撤", "groups": []})
    assert taken.status == 204
    site.does("revoke", subject)
    page.wait_for_url("**/login?ended=1", timeout=60_000)
    role_lost.wait_for_url("**/login?ended=1", timeout=60_000)
    assert time.monotonic() - begun < 60
    expect(page.get_by_text("登录已结束")).to_be_visible()
    another.close()


def test_a_clerk_logs_in_hands_in_a_file_says_a_word_on_it_signs_publishes_and_logs_out(site: Site, page: Page) -> None:
    told = sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-80001", 项目编号="GZH-2097-80001").plus("SJ-80001")
    come_in(page, f"{site.url}/submit", "周员")
    page.wait_for_selector(READY)
    page.locator("input[type=file]").set_input_files({"name": "补报.csv", "mimeType": "text/csv", "buffer": told.csv()})
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("补报.csv 认作《阶段事件》：1 行可计入", timeout=120_000)
    page.get_by_label(re.compile("^说明 1")).fill("同一件事登记了两次")
    page.get_by_text("我已核对以上内容").click()
    page.get_by_role("button", name="签认并发布").click()
    expect(page.get_by_text("已发布，各页已是新的数。计入 1 行。")).to_be_visible(timeout=180_000)
    page.get_by_role("link", name="看这一份的记录").click()
    expect(page.get_by_text("同一件事登记了两次")).to_be_visible()
    page.get_by_role("link", name="退出登录", exact=True).click()
    page.wait_for_url("**/oauth2/end_session**")
    page.goto(f"{site.url}/submit")
    expect(page.get_by_role("heading", name="登录数据看板")).to_be_visible()
    [file] = [each for each in history(site.home) if each.name == "补报.csv"]
    assert (file.status, file.way, file.accepted) == ("placed", "web", 1)
    assert {"login", "submitted", "certified", "published", "logout"} <= site.recorded()


def test_a_harmful_file_dropped_on_the_page_ends_with_a_sentence(site: Site, page: Page) -> None:
    come_in(page, f"{site.url}/submit", "周员")
    page.wait_for_selector(READY)
    drop = page.locator("input[type=file]")
    drop.set_input_files({"name": "程序.csv", "mimeType": "text/csv", "buffer": next(iter(PROGRAMS.values()))})
    expect(page.get_by_role("alert").filter(has_text="这不是表格文件，没有收下。请：报送 Excel、WPS 表格或 CSV 文件。")).to_have_count(1)
    assert "标红的没有收下" in page.locator("[data-testid=stFileUploader]").evaluate("each => getComputedStyle(each, '::after').content")
    drop.set_input_files({"name": "远.xlsx", "mimeType": "", "buffer": far_corner()})
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("远.xlsx 没有被收下：整份读不成一张报表", timeout=120_000)
    expect(page.get_by_text("一直到单元格 XFD1048576")).to_be_visible()
    expect(page.get_by_text("删去数据区以外的内容")).to_be_visible()


def test_who_has_no_role_sees_only_that_and_comes_in_once_on_the_list(site: Site, page: Page) -> None:
    come_in(page, f"{site.url}/goals", "赵无")
    expect(page.get_by_role("heading", name="您还没有权限")).to_be_visible()
    site.does("add", page.locator("code").inner_text(), "--name", "赵无", "--role", "steward D05")
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator(".signed-in")).to_have_text("赵无部门数据员 · D05退出登录")


@pytest.mark.parametrize(("width", "scheme", "language"), [(1440, "light", "zh"), (390, "dark", "en")])
def test_axe_finds_nothing_at_the_door_and_a_long_name_takes_no_room_from_the_page(site: Site, page: Page, width: int, scheme: str, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = {}
    for path in ("/login", "/login?ended=1", "/login/start?provider=nobody", "/_stcore/metrics", "/export/g1_poc_small.csv"):
        page.goto(f"{site.url}{path}{'&' if '?' in path else '?'}lang={language}")
        assert page.get_by_role("heading").count() == 1, path
        found[path] = faults(page)
    page.set_content(bytes(failed(Request({"type": "http", "method": "GET", "path": "/", "headers": [(b"accept", b"text/html")]}), ValueError("x")).body).decode())
    found["a bug of ours"] = faults(page)
    name = "阿依古丽·买买提江·阿不都热合曼·艾尼瓦尔江"
    for who, path in (("赵无", "/goals"), ("王敏", "/submit"), (name, "/dictionary?metric=g1_poc_small")):
        page.context.clear_cookies()
        come_in(page, f"{site.url}{path}", who)
        page.goto(f"{site.url}{path}{'&' if '?' in path else '?'}lang={language}")
        page.locator("h1").wait_for()
        if who == name:
            page.wait_for_selector(READY)
            page.wait_for_timeout(500)
            line, box = page.locator(".signed-in").bounding_box(), page.locator(".st-key-search input").bounding_box()
            assert line and box and line["height"] < 30 and line["x"] >= 0 and line["x"] + line["width"] <= width
            assert line["y"] + line["height"] <= box["y"] or line["x"] >= box["x"] + box["width"], "it lies on nothing"
            own = page.locator(".signed-in").inner_text().split("\n")[1:]
            assert own == {"zh": ["部门数据员 · 5 个部门", "退出登录"], "en": ["Data steward · 5 departments", "Log out"]}[language]
        found[f"{who} {path}"] = faults(page)
    assert {path: each for path, each in found.items() if each} == {}
