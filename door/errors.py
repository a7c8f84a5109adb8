"""What a reader gets where an address cannot be answered: a sentence, and never a traceback, a path or the name of a program."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from door.headers import guarding
from door.sheets import said
from language import N_, _

LOG = logging.getLogger(__name__)
SENTENCES = {
    400: N_("这个请求读不懂。请：回到页面重新操作。"),
    403: N_("没有权限。"),
    404: N_("没有这个地址。请：回到首页，从页面上打开。"),
    405: N_("这个地址不能这样访问。"),
    413: N_("文件太大，最大 {most} MB，没有收下。请：拆成几份，或放进收件夹。"),
    415: N_("这不是表格文件，没有收下。请：报送 Excel、WPS 表格或 CSV 文件。"),
    416: N_("要的这一段不在文件里。"),
    429: N_("请求太多，先等一等。请：{seconds} 秒后再试。"),
    500: N_("没有做成，已记入日志。请：刷新再试；仍不行，转告数据管理员。"),
    503: N_("暂时做不了，已记入日志。请：稍后再试；仍不行，转告数据管理员。"),
}


def sentence(status: int, **values: object) -> str:
    """What is said with this status."""
    return _(SENTENCES[status if status in SENTENCES else 400 if status < 500 else 500], **values)


def refused(request: Request, problem: Exception) -> Response:
    """An HTTPException of Starlette or Streamlit, whose own words are for programmers."""
    assert isinstance(problem, HTTPException)
    return said(request.scope, sentence(problem.status_code, most=most_megabytes(), seconds=60), problem.status_code, problem.headers)


def failed(request: Request, _problem: Exception) -> Response:
    """A bug of ours: the server has its traceback in the log. Said outside all other middleware, so that its headers are set here."""
    LOG.error("%s %s was not answered", request.method, request.url.path)
    return said(request.scope, sentence(500), 500, guarding() | {"Cache-Control": "no-store"})


def most_megabytes() -> int:
    """The largest file that may be handed in."""
    from streamlit import config

    return int(config.get_option("server.maxUploadSize"))
