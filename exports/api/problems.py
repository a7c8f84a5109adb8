"""A refusal at the door as a problem document (RFC 9457): where, what, and what to do; never a trace or a path of this machine."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter
from starlette.responses import Response

from exports.api.bodies import VERSION, Problem
from language import N_, _

MEDIA_TYPE = "application/problem+json"
BODY = TypeAdapter(Problem)
TITLES = {400: N_("请求有误"), 401: N_("没有有效的令牌"), 403: N_("没有权限"), 404: N_("没有这一项"), 405: N_("不支持这种方法"), 406: N_("没有这种格式"),
          409: N_("存档有改动"), 429: N_("请求太多"), 503: N_("暂时不能答复")}
KINDS = {400: "bad-request", 401: "unauthorized", 403: "forbidden", 404: "not-found", 405: "method-not-allowed", 406: "not-acceptable",
         409: "altered", 429: "too-many-requests", 503: "unavailable"}
DO = {400: N_("对照 /api/v1/openapi.json 改正后再发。"), 403: N_("换用秘书角色的令牌；只留在数据目录的不外传。"), 404: N_("核对地址与参数，现有的见目录。"),
      409: N_("告知数据管理员由备份恢复。"), 503: N_("稍后再试；仍不行，转告数据管理员。")}


class Fault(Exception):
    """A request that is answered with a problem document. The texts are in the language spoken."""

    def __init__(self, status: int, what: str, *, where: str, do: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, what)
        self.status, self.what, self.where, self.headers = status, what, where, dict(headers or {})
        self.do = do if do is not None else _(DO[status])


def of_sentence(status: int, sentence: str, where: str) -> Fault:
    """What the routes beside the pages say in one sentence; what to do stands in it after 请：, or is what is usual."""
    what, _mark, do = sentence.partition(_("请："))
    return Fault(status, what.strip(), where=where, do=do.strip() or None)


def response(fault: Fault, address: str) -> Response:
    """`address`: path and query as they were asked for, shortened."""
    problem = Problem(type=f"urn:ganzhihui:problem:{KINDS[fault.status]}", title=_(TITLES[fault.status]), status=fault.status, instance=address,
                      where=fault.where, what=fault.what, do=fault.do, detail=_("{what}\n请：{do}", what=fault.what, do=fault.do))
    return Response(BODY.dump_json(problem), fault.status, {
        "Cache-Control": "no-store", "Contract-Version": VERSION, "Content-Encoding": "identity", **fault.headers}, MEDIA_TYPE)
