"""The production recipes: nginx, or Caddy, with TLS in front of two replicas over one data home, as docs/deploy has them, and a replica killed under load."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from park import Park
from served import ROOT, free_port, started
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from viewers import PAGES, Readers
from wire import Answer, Viewer, Wire

from door.identity import access, session_of
from door.links import seal
from door.sessions import begin
from door.setup import read

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CADDY, OPENSSL = shutil.which("caddy"), shutil.which("openssl")
RECIPE, CADDYFILE = ROOT / "docs" / "deploy" / "nginx.conf", ROOT / "docs" / "deploy" / "Caddyfile"
MAIN = """daemon off;
{user}
pid {at}/pid;
error_log {at}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {at}/t1; proxy_temp_path {at}/t2; fastcgi_temp_path {at}/t3; uwsgi_temp_path {at}/t4; scgi_temp_path {at}/t5;
    include {at}/site.conf;
}}
"""

pytestmark = [pytest.mark.nginx, pytest.mark.skipif(None in (NGINX, CADDY, OPENSSL), reason="scripts/proxies.sh installs nginx, caddy and openssl")]


SECRET = "of the tests, and long enough to sign with"
SETUP = """
[auth]
redirect_uri = "{origin}/oauth2callback"
cookie_secret = "{secret}"
client_id = "park"
client_secret = "secret"
server_metadata_url = "https://id.example.cn/.well-known/openid-configuration"
[access]
claim = "groups"
[access.roles]
"office" = "secretary"
"""


@dataclass(frozen=True, kw_only=True)
class Site:
    """The whole: what readers see, the replicas, and where nginx writes. `cookie`: of a secretary who has logged in; `links`: puts their seal on addresses;
    `caddy`: the same by the other proxy; `ports`: of each proxy."""

    wire: Wire
    plain: Wire
    caddy: Wire
    ports: dict[str, int]
    replicas: tuple[subprocess.Popen[bytes], ...]
    at: Path
    cookie: str
    links: Callable[[str], str]

    def ask(self, path: str, **headers: str) -> Answer:
        """As the secretary."""
        return self.wire.ask(path, headers={"Cookie": self.cookie} | headers)


def logged_in(home: Path, origin: str, setup: Path) -> tuple[str, Callable[[str], str]]:
    """The cookie of a secretary whose session both replicas know, and how their links are sealed."""
    claims = {"iss": "https://id.example.cn", "sub": "s1", "name": "秘书", "groups": ["office"]}
    cookie = create_signed_value(SECRET, USER_COOKIE_NAME, json.dumps({**claims, "origin": origin, "is_logged_in": True})).decode()
    told = read(setup)
    assert told
    session = session_of(home, hashlib.sha256(cookie.encode("latin-1")).hexdigest(), claims, told)
    begin(home, session)
    who = access(home, session, told)
    assert who
    sealing = seal(who)

    def sealed(url: str) -> str:
        with patch("door.links.data_home", lambda: home):
            return sealing(url)

    return f"__Host-{USER_COOKIE_NAME}={cookie}", sealed


def site_conf(at: Path, tls: int, plain: int, replicas: list[str]) -> str:
    """The recipe, with nothing changed but the places."""
    text = RECIPE.read_text(encoding="utf-8")
    places = {
        r"listen \[::\].*\n": "\n", r"listen 80;": f"listen 127.0.0.1:{plain};", r"listen 443 ": f"listen 127.0.0.1:{tls} ",
        r"park\.example\.gov\.cn": "localhost", r"/etc/ganzhihui/tls": str(at), r"/var/cache/nginx/ganzhihui": f"{at}/cache",
        r"/var/log/nginx": str(at), r"127\.0\.0\.1:8501": replicas[0].removeprefix("http://"), r"127\.0\.0\.1:8502": replicas[1].removeprefix("http://")}
    for place, ours in places.items():
        text, times = re.subn(place, ours, text)
        assert times, place
    return text


def caddyfile(at: Path, port: int, replicas: list[str]) -> str:
    """The recipe, with nothing changed but the places; none of its own are watched or written to."""
    text = CADDYFILE.read_text(encoding="utf-8")
    tls = "tls {0}/fullchain.pem {0}/key.pem"
    for place, ours in {"\npark.example.gov.cn {": f"\nhttps://localhost:{port} {{", tls.format("/etc/ganzhihui/tls"): tls.format(at), "/var/log/caddy": str(at),
                        "127.0.0.1:8501 127.0.0.1:8502": " ".join(each.removeprefix("http://") for each in replicas),
                        "\n{\n": f"\n{{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system {at}/caddy\n\tdefault_bind 127.0.0.1\n"}.items():
        assert text.count(place) == 1, place
        text = text.replace(place, ours)
    return text


def answering(wire: Wire, log: Path) -> Wire:
    """The wire, once somebody answers."""
    until = time.monotonic() + 20
    while True:
        try:
            assert wire.ask("/_stcore/health").status == 200
        except ConnectionError:
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        else:
            return wire


@pytest.fixture(scope="module")
def site(told: Park, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    at = tmp_path_factory.mktemp("nginx")
    at.chmod(0o755)
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, "-keyout", at / "key.pem", "-out", at / "fullchain.pem"],
                   check=True, capture_output=True)
    tls, plain, other = free_port(), free_port(), free_port()
    origin, home = f"https://localhost:{tls}", at / "home"
    shutil.copytree(told.home.root, home)
    (at / "secrets.toml").write_text(SETUP.format(origin=origin, secret=SECRET), encoding="utf-8")
    cookie, links = logged_in(home, origin, at / "secrets.toml")
    with ExitStack() as stack:
        servers = [stack.enter_context(started(home, at / f"log-{number}", GANZHIHUI_LOGIN=str(at / "secrets.toml"))) for number in (1, 2)]
        (at / "site.conf").write_text(site_conf(at, tls, plain, [address for address, _ in servers]), encoding="utf-8")
        (at / "nginx.conf").write_text(MAIN.format(at=at, user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8")
        (at / "Caddyfile").write_text(caddyfile(at, other, [address for address, _ in servers]), encoding="utf-8")
        assert NGINX and CADDY
        judged = subprocess.run([NGINX, "-t", "-c", at / "nginx.conf"], check=False, capture_output=True, text=True, timeout=30)
        assert judged.returncode == 0, judged.stderr
        nginx = subprocess.Popen([NGINX, "-c", str(at / "nginx.conf")], stderr=subprocess.DEVNULL)
        stack.callback(nginx.wait, 20)
        stack.callback(nginx.terminate)
        with (at / "caddy.log").open("wb") as log:
            caddy = subprocess.Popen([CADDY, "run", "--adapter", "caddyfile", "--config", str(at / "Caddyfile")], stdout=log, stderr=log)
        stack.callback(caddy.wait, 20)
        stack.callback(caddy.terminate)
        yield Site(wire=answering(Wire(origin, at / "fullchain.pem"), at / "error.log"), plain=Wire(f"http://127.0.0.1:{plain}"),
                   caddy=answering(Wire(origin, at / "fullchain.pem", other), at / "caddy.log"), ports={"nginx": tls, "caddy": other},
                   replicas=tuple(server for _, server in servers), at=at, cookie=cookie, links=links)


def test_a_page_comes_through_with_its_headers_once_and_a_replica_of_its_own(site: Site) -> None:
    answer = site.ask("/goals")
    assert answer.status == 200
    assert "Streamlit" in answer.text
    assert answer.headers["server"] == "nginx", "without a version"
    for name in ("x-content-type-options", "strict-transport-security", "referrer-policy", "cross-origin-opener-policy"):
        assert "," not in answer.headers[name], f"{name} is there once"
    assert answer.headers["content-security-policy"].count("default-src") == 1
    assert re.fullmatch(r"ganzhihui_replica=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", answer.headers["set-cookie"])
    assert "set-cookie" not in site.ask("/goals", Cookie=f"{site.cookie}; {answer.headers['set-cookie'].partition(';')[0]}").headers
    stranger = site.wire.ask("/goals")
    assert (stranger.status, stranger.headers["location"]) == (303, "/login?next=%2Fgoals")


def test_plain_http_leads_to_tls_at_our_own_name_whatever_host_was_asked_for(site: Site) -> None:
    answer = site.plain.ask("/goals?x=1", headers={"Host": "evil.example"})
    assert (answer.status, answer.headers["location"]) == (301, "https://localhost/goals?x=1")
    assert site.ask("/goals", Host="evil.example").status == 421


def test_static_files_are_compressed_and_kept(site: Site) -> None:
    scripts = re.findall(r'(?:src|href)="\.?(/static/[^"]+\.(?:js|css))"', site.ask("/").text)
    plain = {path: site.wire.ask(path) for path in scripts}
    assert {answer.status for answer in plain.values()} == {200}
    large = {path: answer for path, answer in plain.items() if len(answer.body) > 50_000}
    assert len(large) >= 2
    for path, plain_one in large.items():
        packed = site.wire.ask(path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["vary"]
        assert gzip.decompress(packed.body) == plain_one.body
        assert len(packed.body) < 0.5 * len(plain_one.body)
        assert packed.headers["x-content-type-options"] == "nosniff"
    assert [path for path in (site.at / "cache").rglob("*") if path.is_file()]


def test_pages_and_exports_work_through_it(site: Site) -> None:
    with site.wire.socket(cookie=site.cookie) as socket:
        run = Viewer(socket).run("goals")
    assert run.error == ""
    assert "快照 <code>" in run.html
    rows = site.ask(site.links("/export/g1_poc_small.csv"))
    assert rows.status == 200
    assert rows.body.startswith(b"\xef\xbb\xbf")
    book = site.ask(site.links("/export/g1_poc_small.xlsx"))
    assert book.body.startswith(b"PK")
    assert int(book.headers["content-length"]) == len(book.body)
    assert site.wire.refused(origin="https://evil.example")


def test_who_asks_cannot_say_where_they_come_from(site: Site) -> None:
    """Each asks under another invented address: the measure is of the true one, and so it runs out."""
    same = {"Cookie": f"ganzhihui_replica={'0' * 32}", "X-Forwarded-Proto": "http"}
    answers = [site.wire.ask("/login", headers=same | {"X-Forwarded-For": f"10.1.{number}.1"}) for number in range(70)]
    assert [answer.status for answer in answers[:50]] == [200] * 50
    assert answers[-1].status == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "strict-transport-security" in answers[-1].headers, "that it is TLS is what nginx says, not who asks"


def test_what_is_too_long_is_refused_with_a_sentence(site: Site) -> None:
    assert "没有收下" in site.wire.ask("/goals", method="POST", headers={"Content-Length": str(60 << 20)}).text
    assert site.wire.ask("/goals", headers={"Cookie": "x=" + "y" * 200_000}).status in (400, 414, 494)


def test_addresses_are_logged_without_what_was_asked_for(site: Site) -> None:
    site.wire.ask("/goals?q=a-name")
    time.sleep(0.1)
    text = (site.at / "ganzhihui.log").read_text()
    assert "/goals" in text
    assert "a-name" not in text


def offers(port: int, version: str) -> bool:
    """Whether a server agrees to this version of TLS with a client that speaks nothing else, and accepts any cipher."""
    assert OPENSSL
    done = subprocess.run([OPENSSL, "s_client", "-connect", f"127.0.0.1:{port}", "-servername", "localhost", f"-{version}", "-cipher", "DEFAULT@SECLEVEL=0"],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)
    return "Cipher is (NONE)" not in done.stdout


def test_tls_is_of_version_1_2_or_1_3_and_never_older(site: Site) -> None:
    assert OPENSSL
    port = free_port()
    old = subprocess.Popen([OPENSSL, "s_server", "-accept", str(port), "-cert", site.at / "fullchain.pem", "-key", site.at / "key.pem", "-tls1_1", "-quiet",
                            "-cipher", "DEFAULT@SECLEVEL=0"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while not offers(port, "tls1_1"):
            assert time.monotonic() < until, "this client can speak the old version to who offers it"
            time.sleep(0.1)
    finally:
        old.kill()
        old.communicate()
    found = {name: [version for version in ("tls1", "tls1_1", "tls1_2", "tls1_3") if offers(port, version)] for name, port in site.ports.items()}
    assert found == {"nginx": ["tls1_2", "tls1_3"], "caddy": ["tls1_2", "tls1_3"]}


def test_behind_caddy_pages_sockets_and_files_come_through_from_one_replica(site: Site) -> None:
    first = site.caddy.ask("/goals", headers={"Cookie": site.cookie, "X-Forwarded-Proto": "http"})
    assert (first.status, "server" in first.headers, first.headers["content-security-policy"].count("default-src")) == (200, False, 1)
    assert first.headers["strict-transport-security"], "that it is TLS is what Caddy says, not who asks"
    replica, _, attributes = first.headers["set-cookie"].partition("; ")
    assert attributes == "Path=/; HttpOnly; Secure; SameSite=Lax" and replica.startswith("ganzhihui_replica=")
    held = f"{site.cookie}; {replica}"
    assert "set-cookie" not in site.caddy.ask("/goals", headers={"Cookie": held}).headers, "and stays there"
    script = re.search(r'"\.?(/static/js/index[^"]+\.js)"', first.text)
    assert script and gzip.decompress((packed := site.caddy.ask(script[1], headers={"Accept-Encoding": "gzip"})).body)
    assert packed.headers["content-encoding"] == "gzip"
    with site.caddy.socket(cookie=held) as socket:
        assert "快照 <code>" in Viewer(socket).run("goals").html
    assert site.caddy.refused(origin="https://evil.example")
    assert site.caddy.ask(site.links("/export/g1_poc_small.csv"), headers={"Cookie": held}).body.startswith(b"\xef\xbb\xbf")
    asked = site.caddy.ask("/goals?q=a-name", headers={"Host": f"localhost:{site.ports['caddy']}", "Cookie": held})  # what it logs is of its own address
    time.sleep(0.2)
    log = (site.at / "ganzhihui-access.log").read_text() + (site.at / "caddy.log").read_text()
    assert asked.status == 421 and "/goals" in log and "a-name" not in log and "_streamlit_user" not in log


def test_when_one_replica_is_killed_its_readers_go_on_with_the_other(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The last test of this file: both replicas are gone after it."""
    readers, cookies = Readers(), [f"{site.cookie}; ganzhihui_replica={number:032x}" for number in range(12)]
    with readers.reading(site.wire, 12, pages=PAGES[:2], cookies=cookies, pause=0.5):
        time.sleep(6)
        site.replicas[0].kill()
        killed = time.monotonic()
        while time.monotonic() < killed + 40 and len([each for each in readers.reads if each.at > killed]) < 24:
            time.sleep(0.2)
    assert readers.wrong == []
    assert 0 < readers.cuts <= 12 * 3, "only those of the killed one were cut"
    assert [each for each in readers.reads if each.at < killed]
    assert len([each for each in readers.reads if each.at > killed]) >= 24, "twice as many as there are readers"
    assert [each.run.error for each in readers.reads if each.run.error] == []
    assert site.ask(site.links("/export/g1_poc_small.csv")).status == 200
    assert {site.caddy.ask("/goals", headers={"Cookie": site.cookie}).status for _ in range(6)} == {200}
    site.replicas[1].kill()
    for wire in (site.wire, site.caddy):
        gone = wire.ask("/goals", headers={"Cookie": site.cookie})
        assert (gone.status, gone.text, gone.headers["retry-after"]) == (503, "看板正在重启，请稍后刷新。\n", "30")
    with capsys.disabled():
        print(f"\n12 viewers, one of two replicas killed: {readers.cuts} lines cut and mended, {readers.times(killed)}")
