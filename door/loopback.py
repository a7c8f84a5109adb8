"""Without a login the pages are for whoever sits at this machine: no other address is listened on, and nothing that came from elsewhere is answered."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from language import N_, _

PASSED_ON = ("forwarded", "via", "x-forwarded-", "x-real-ip")  # headers that a proxy adds
HERE_ONLY = N_("没有设置登录，只在本机直接打开（http://127.0.0.1）；经代理或别的主机名来的一律不答。请：设置登录（docs/operations.md“登录”）。")


def refuse_open_address(address: str | None, *, has_login: bool) -> None:
    """End here where the pages would be open to the network without a login."""
    if not has_login and not _is_this_machine(address):
        raise SystemExit(_("serve.py\n  server.address 是 {address}，别的机器也能访问，而没有设置登录。\n"
                           "  请：用 127.0.0.1；要让别人用，先设置登录（docs/operations.md“登录”）。", address=address or _("（未指定，即所有网卡）")))


def from_elsewhere(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """The sentence for a request that did not come straight from this machine, by the host it names and by what proxies add; None where it did.

    A page of another site can make a browser here ask us under a name of its own (DNS rebinding): that name is then in Host.
    """
    told = [(name.decode("latin-1").lower(), text.decode("latin-1")) for name, text in headers]
    hosts = [text for name, text in told if name == "host"]
    if len(hosts) != 1 or not is_loopback(_hostname(hosts[0])) or any(name.startswith(PASSED_ON) for name, _text in told):
        return _(HERE_ONLY)
    return None


def is_loopback(host: str | None) -> bool:
    """Whether a name or address is this machine itself and can be nothing else."""
    if host is None:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _is_this_machine(address: str | None) -> bool:
    return address is not None and (is_loopback(address) or address.startswith("unix://"))


def _hostname(host: str) -> str | None:
    """None where it is not a name and, at most, a port: what else stands there is nothing a browser would send."""
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname if parts.port != 0 and parts.netloc == host and "@" not in host else None
    except ValueError:
        return None
