"""The event files of the demo park as centre, bureau and operators send them, a few wrong rows among them."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from etl.demo.model import AS_OF, CENTRE, INDUSTRY, OPERATORS, Event, World
from etl.demo.names import SPACES
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.feeds.stage_events import CAUSES, EVENTS
from etl.words import STAGES

ALIASES = {"small": "实验室小试", "pilot": "中试熟化", "landed": "成果转化"}
WHO = {CENTRE: "科技创新促进中心", INDUSTRY: "工信和数据局"}
HEADINGS = {
    CENTRE: "序号|事件编号|项目编号|项目名称|阶段|事件|发生日期|工信确认|所在空间|佐证材料编号|终止原因|状态|备注",
    INDUSTRY: "序号|事件编号|项  目\n编  号|项目名称|所处环节|事件类型|发生日期|工信确认|所在\n空间|佐证编号|终止原因|状态|备注",
    "": "序号|事件编号|项目编号|项目名称|阶段|事件|日期|工信确认|所在空间|佐证编号|终止原因|状态|备注",
}
GROUPS = {CENTRE: {"阶段情况": "阶段|事件|发生日期"}, INDUSTRY: {"阶段情况": "所处环节|事件类型|发生日期"}}
SIGNED_HEADINGS = "序号|成果编号|项目编号|成果名称|权属类型|转化方式|技术合同登记号|签约日期|状态|备注"
LANDED_HEADINGS = "成果编号|项目编号|成果名称|权属类型|实施单位统一社会信用代码|落地空间|落地佐证|佐证材料编号|落地日期|备注"


def _word_of(words: Mapping[str, str]) -> dict[str, str]:
    """The first word a vocabulary has for each code."""
    return {code: word for word, code in reversed(list(words.items()))}


STAGE_WORD, EVENT_WORD, CAUSE_WORD = _word_of(STAGES), _word_of(EVENTS), _word_of(CAUSES)


def span_stated(delivery: int) -> str:
    """期间 of an event file: the first delivery carries the history."""
    as_of = AS_OF[delivery - 1]
    if delivery == 1:
        return f"期间：2024年1月至{as_of.year}年{as_of.month}月"
    return f"报告期：{as_of.year}年{as_of.month}月"


def stage_events(world: World, sender: str, delivery: int) -> Sheet | None:
    """One sender's 阶段事件 of one delivery; None where there is nothing to send."""
    told = [event for event in world.events if event.sender == sender and event.told == delivery]
    if not told:
        return None
    names = {project.project_id: project.name for project in world.projects}
    rows = [_event(event, names[event.project_id], number) for number, event in enumerate(told, start=1)]
    rows += [(len(rows) + 1, *row) for row in _wrong_events(told[-1], names[told[-1].project_id], sender, delivery)]
    if sender == CENTRE and delivery == 1:
        rows.insert(12, rows[11])  # pasted twice
    what = "项目阶段事件登记表" if sender == CENTRE else "中试及产业化阶段进展情况统计表"
    return Sheet(title=f"“甘智汇”科创园{what}（演示）", stated=(f"填报单位：{WHO.get(sender, sender)}", span_stated(delivery)),
                 headings=headed(HEADINGS.get(sender, HEADINGS[""]), GROUPS.get(sender)), rows=tuple(rows),
                 total=("合计", f"{len(rows)}项"), footers=("填表人：演示丙    审核人：演示丁",),
                 words=("阶段", *STAGE_WORD.values()) if sender == INDUSTRY else ())


def _event(event: Event, name: str, number: int) -> Row:
    spaces = SPACES[event.space] if event.space else (None,)
    stage = ALIASES.get(event.stage, STAGE_WORD[event.stage]) if number % 9 == 4 else STAGE_WORD[event.stage]
    is_late = event.told > 1 and event.on <= AS_OF[event.told - 2]
    validity = "作废" if event.is_void else "有效" if number % 4 == 0 else None
    return (
        number, event.event_id, event.project_id, name, stage, EVENT_WORD[event.kind],
        as_written(event.on, number, event.precision), {True: "是", False: "否", None: None}[event.is_confirmed],
        spaces[number % len(spaces)], event.evidence_id, CAUSE_WORD[event.cause] if event.cause else None, validity,
        "作废，原误报" if event.is_void else "补报或更正" if is_late else None,
    )


def _wrong_events(like: Event, name: str, sender: str, delivery: int) -> list[Row]:
    """Rows no gate can take: a word in the wrong column, days that do not exist, no project."""
    blank = (None,) * 5
    wrong: dict[tuple[str, int], Row] = {
        (CENTRE, 1): ("CX-2025-9001", like.project_id, name, "研发", "暂停", "2025-13-09", *blank, None),
        (CENTRE, 2): ("CX-2026-9002", None, "（演示）名称待核", "概念验证", "进入", "2026年9月21日", *blank, "编号待补"),
        (INDUSTRY, 1): ("GX-2026-9001", like.project_id, name, "终止", "—", "2026.8.30", *blank, "阶段栏填写有误"),
        (OPERATORS["bio"], 2): ("SW-2026-9001", like.project_id, name, "中试", "暂停", "2026年9月31日", *blank, None),
    }
    return [wrong[sender, delivery]] if (sender, delivery) in wrong else []


def signed_outcomes(world: World, delivery: int) -> Sheet:
    """科技成果 as the centre knows them: right, contract, signing. October has a row without its project."""
    told = [outcome for outcome in world.outcomes if outcome.sender == CENTRE and outcome.told == delivery]
    rows: list[Row] = []
    for number, row in enumerate(told, start=1):
        rows.append((number, row.outcome_id, row.project_id, row.name, row.right, row.route, row.contract_no,
                     as_written(row.signed_on, number), "作废" if row.is_void else "有效", "不予认定" if row.is_void else None))
    if delivery == 3:
        unknown = ("（演示）待关联成果", "专利", "许可", None, None, "有效", "项目编号待补")
        rows.append((len(rows) + 1, "CG-2026-901", None, *unknown))
    return Sheet(title="科技成果转化台账（演示）", stated=("填报单位：科技创新促进中心", span_stated(delivery)),
                 headings=headed(SIGNED_HEADINGS), rows=tuple(rows), total=("合计", f"{len(rows)}项"),
                 footers=("注：技术合同登记号以登记机构为准。",))


def landed_outcomes(world: World, sender: str, delivery: int) -> Sheet:
    """科技成果 as bureau and operators know them: who implements, where, and the proof of landing. No rows: a 零报告."""
    told = [outcome for outcome in world.outcomes if outcome.sender == sender and outcome.told == delivery]
    rows = tuple((row.outcome_id, row.project_id, row.name, row.right, row.implementer, SPACES[row.space or "unplaced"][0],
                  row.proof, row.evidence_id, as_written(row.landed_on, number), None)
                 for number, row in enumerate(told, start=1))
    return Sheet(title="科技成果落地情况（演示）", stated=(f"填报单位：{WHO.get(sender, sender)}", span_stated(delivery)),
                 headings=headed(LANDED_HEADINGS), rows=rows)


def evidence(world: World, sender: str, delivery: int) -> Sheet:
    """佐证材料目录 of one sender, without title. No rows: a 零报告."""
    told = [document for document in world.documents if document.sender == sender and document.told == delivery]
    rows: list[Row] = []
    for number, row in enumerate(told, start=1):
        digest = sha256(row.evidence_id.encode()).hexdigest() if number % 2 else None
        rows.append((row.evidence_id, row.name, row.kind, row.number, as_written(row.made_on, number),
                     f"档案室{number % 6 + 1}柜", digest))
    return Sheet(headings=headed("佐证材料编号|名称|类型|文号|形成日期|存放位置|SHA256"), rows=tuple(rows))
