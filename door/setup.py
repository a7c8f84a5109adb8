"""How people log in here, as the file of secrets says: read once, and a start refused where it would leave the door open."""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config

from analytics.access import Role
from door.loopback import is_loopback
from language import N_, _

VARIABLE = "GANZHIHUI_LOGIN"  # names the file, where it is not .streamlit/secrets.toml
CALLBACK = "/oauth2callback"
SHORTEST = 32  # characters of the secret that cookies are signed with
DEPARTMENT = re.compile(r"D\d{2}")
NEEDED = ("client_id", "client_secret", "server_metadata_url")
LABEL = N_("统一身份认证")


class WrongSetup(Exception):
    """A sentence: what is wrong with the setup of the login, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a line gives. `role` None: nothing, whatever else would; `departments` None: all of them."""

    role: Role | None
    departments: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Login:
    """`origin`: scheme, host and port that the pages have for their readers; `providers`: code to what the button says; `claim`: dotted path of the claim
    that tells the role, `grants`: its values in the order in which they are looked for, `departments`: path of the claim that tells a steward's own;
    `idle`, `longest`: after which a session ends; `metadata`: code of a provider to where it describes itself; `recheck`: between two questions to it about
    one session, 0: never; `ends_with_token`: a session ends with the token by which it can be asked."""

    origin: str
    providers: Mapping[str, str]
    claim: str | None
    grants: Mapping[str, Grant]
    departments: str | None
    idle: dt.timedelta
    longest: dt.timedelta
    metadata: Mapping[str, str] = field(default_factory=dict)
    recheck: dt.timedelta = dt.timedelta()
    ends_with_token: bool = False

    @property
    def is_secure(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.origin).netloc


def use_named_file() -> None:
    """Where the environment names a file, Streamlit takes its secrets from there and nowhere else. Raises WrongSetup."""
    if path := os.environ.get(VARIABLE):
        if not Path(path).is_file():
            raise WrongSetup(_("{path}：没有这个文件，{variable} 指着它。请：改正路径与权限，或去掉这个环境变量（则没有登录）。", path=path, variable=VARIABLE))
        config.set_option("secrets.files", [str(Path(path).absolute())])


@lru_cache(maxsize=1)
def login() -> Login | None:
    """The login of this server; None where none is set up. Raises WrongSetup."""
    for path in reversed(config.get_option("secrets.files")):
        if Path(path).is_file():
            return read(Path(path))
    return None


def read(path: Path) -> Login | None:
    """What a file of secrets says of the login; None where it has no [auth]. Raises WrongSetup."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise WrongSetup(_("{path}：读不出来。请：检查权限与 TOML 写法；没有读懂登录设置就不启动。", path=path)) from problem
    if "auth" not in told:
        return None
    try:
        return _read(told["auth"], told.get("access", {}))
    except WrongSetup as problem:
        raise WrongSetup(f"{path}\n  {problem}") from problem


def grant(text: object) -> Grant:
    """“viewer”, “steward D05 D06”, “none”. Raises WrongSetup."""
    role, *departments = str(text).split() or [""]
    if role == "none" and not departments:
        return Grant(role=None)
    if role not in list(Role) or (departments and role != Role.STEWARD):
        raise WrongSetup(_("“{text}”不是角色。请：写 viewer、secretary、admin、none，或 steward 加部门编号，如 steward D05。", text=text))
    if wrong := [each for each in departments if not DEPARTMENT.fullmatch(each)]:
        raise WrongSetup(_("“{text}”不是部门编号，应如 D05。", text=wrong[0]))
    return Grant(role=Role(role), departments=frozenset(departments) if role == Role.STEWARD else None)


def _read(auth: Mapping[str, Any], access: Mapping[str, Any]) -> Login:
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST:
        raise WrongSetup(_("[auth] cookie_secret 不足 {n} 个字符。请：用 {command} 生成。", n=SHORTEST, command="openssl rand -base64 48"))
    named = {name: each for name, each in auth.items() if isinstance(each, dict) and "client_id" in each}
    providers: Mapping[str, Mapping[str, Any]] = named or {"default": auth}
    for name, each in providers.items():
        if missing := [key for key in NEEDED if not each.get(key)]:
            raise WrongSetup(_("[auth] {name} 缺少 {keys}。", name=name, keys=", ".join(missing)))
    labels = access.get("labels", {})
    claim, departments = access.get("claim"), access.get("departments_claim")
    grants = {str(value): grant(text) for value, text in access.get("roles", {}).items()}
    if grants and not claim:
        raise WrongSetup(_("[access.roles] 写了取值，[access] 却没有 claim（哪一项声明给出角色）。"))
    if empty := [value for value, each in grants.items() if each.role == Role.STEWARD and not each.departments and not departments]:
        raise WrongSetup(_("[access.roles] “{value}”是部门数据员，却没有部门。请：写 steward D05，或以 departments_claim 指明给出部门的声明。", value=empty[0]))
    address = str(auth.get("redirect_uri", "")).replace("{port}", str(config.get_option("server.port")))
    return Login(origin=_origin(address), providers={name: str(labels.get(name) or LABEL) for name in providers}, claim=claim,
                 grants=grants, departments=departments, idle=dt.timedelta(minutes=_number(access, "idle_minutes", 30, 24 * 60)),
                 longest=dt.timedelta(hours=_number(access, "longest_hours", 12, 24 * 7)),
                 metadata={name: str(each["server_metadata_url"]) for name, each in providers.items()},
                 recheck=dt.timedelta(seconds=_number(access, "recheck_seconds", 60, 3600, least=0)), ends_with_token=_yes(access, "ends_with_token"))


def _origin(redirect_uri: str) -> str:
    parts = urlsplit(redirect_uri)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path != CALLBACK:
        raise WrongSetup(_("[auth] redirect_uri 应为对外的完整网址加 {path}，如 https://park.example.gov.cn{path}，写的是“{text}”。", path=CALLBACK, text=redirect_uri))
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise WrongSetup(_("[auth] redirect_uri 是 http：登录凭据会明文经过网络。请：在反向代理上启用 TLS，改为 https。"))
    return f"{parts.scheme}://{parts.netloc}"


def _number(access: Mapping[str, Any], name: str, otherwise: int, most: int, *, least: float = 1e-9) -> float:
    number = access.get(name, otherwise)
    if isinstance(number, bool) or not isinstance(number, int | float) or not least <= number <= most:
        raise WrongSetup(_("[access] {name} 应为不大于 {most} 的正数，写的是“{text}”。", name=name, most=most, text=number))
    return number


def _yes(access: Mapping[str, Any], name: str) -> bool:
    if not isinstance(found := access.get(name, False), bool):
        raise WrongSetup(_("[access] {name} 应为 true 或 false，写的是“{text}”。", name=name, text=found))
    return found
