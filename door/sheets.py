"""The few sheets of paper at the door: to log in, to be told that one has no rights here, to be refused. Plain HTML, so that who is unknown starts no page run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope

from door.setup import Login
from language import LANGUAGES, SOURCE, _, spoken

STYLE = (Path(__file__).parent / "sheets.css").read_text(encoding="utf-8")
KEPT = {"Cache-Control": "no-store"}
TAGS = {SOURCE: "zh-CN", "en": "en"}


def login_sheet(setup: Login, then: str, *, has_ended: bool) -> HTMLResponse:
    """Where somebody unknown begins. `then`: the address they wanted."""
    buttons = [_button(_("用{provider}登录", provider=_(label)), f"/login/start?{urlencode({'provider': code, 'next': then})}")
               for code, label in setup.providers.items()]
    ended = _p(_("登录已结束（退出、停用，或太久没有操作）。请重新登录。"), "notice") if has_ended else ""
    return _sheet(_("登录数据看板"), _p(_("管委会成员、联席会议秘书、部门数据员在此登录。"), "lead"), ended, *buttons,
                  _p(_("只存一项登录凭据；{minutes} 分钟没有操作，或登录满 {hours} 小时，须重新登录。",
                       minutes=f"{setup.idle.total_seconds() / 60:g}", hours=f"{setup.longest.total_seconds() / 3600:g}"), "quiet"),
                  _languages(f"/login?{urlencode({'next': then})}"))


def no_role_sheet(subject: str, name: str) -> HTMLResponse:
    """For somebody whom the provider knows and we do not."""
    return _sheet(_("您还没有权限"), _p(_("{name}，您的身份已确认，但还没有分给您角色。", name=name) if name else _("您的身份已确认，但还没有分给您角色。"), "lead"),
                  _p(_("请：把下面的编号告诉管理员。开通后刷新本页即可。")), f"<p class='code'><code>{escape(subject)}</code></p>",
                  _button(_("退出登录"), "/auth/logout", "button quietly"),
                  status=403)


def refused_sheet(sentence: str, status: int = 403) -> HTMLResponse:
    """Whatever else is not done."""
    return _sheet(_("不能打开") if status < 500 else _("出了问题"), _p(sentence, "lead"), _button(_("回到总览"), "/"), status=status)


def said(scope: Scope, sentence: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Why something is not done, for whoever asked: a sheet where a browser opens an address, one line of text where a program or a page does."""
    asked = Headers(scope=scope)
    if "text/html" not in asked.get("accept", "") or asked.get("sec-fetch-dest", "document") != "document":
        return PlainTextResponse(f"{sentence}\n", status, headers)
    answer = refused_sheet(sentence, status)
    answer.headers.update(headers or {})
    return answer


def _sheet(heading: str, *parts: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        f"<!doctype html><html lang='{TAGS[spoken()]}'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<meta name='color-scheme' content='light dark'><title>{escape(heading)}</title><link rel='icon' href='/app/static/favicon.svg'><style>{STYLE}</style></head>"
        f"<body><main><img src='/app/static/logo.svg' alt='{escape(_('甘智汇科创园'))}' height='40'><h1>{escape(heading)}</h1>{''.join(parts)}</main></body></html>",
        status, KEPT)


def _p(text: str, kind: str = "") -> str:
    return f"<p class='{kind}'>{escape(text)}</p>" if kind else f"<p>{escape(text)}</p>"


def _button(text: str, href: str, kind: str = "button") -> str:
    return f"<p><a class='{kind}' href='{escape(href, quote=True)}'>{escape(text)}</a></p>"


def _languages(href: str) -> str:
    others: Iterable[tuple[str, str]] = ((code, name) for code, name in LANGUAGES.items() if code != spoken())
    return _join(f"<p class='quiet'><a lang='{TAGS[code]}' href='{escape(href, quote=True)}&amp;lang={code}'>{escape(name)}</a></p>" for code, name in others)


def _join(parts: Iterable[str]) -> str:
    return "".join(parts)
