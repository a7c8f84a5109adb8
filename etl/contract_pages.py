"""The contract of every feed as a page for people, written from its declaration: docs/feeds/."""

from __future__ import annotations

from collections.abc import Mapping

from etl.contract import Column, Feed
from etl.contract_words import meaning, rule_sentence, summary
from etl.feeds import FEEDS
from etl.reference import shipped

RHYTHMS = {"monthly": "每月", "quarterly": "每季", "half-yearly": "每半年", "yearly": "每年", "events": "按发生"}
MODES = {"full": "全量表：一份就是自截至日起的全部情况", "events": "事件表：只增不删；重报同一编号为更正，标“作废”为收回"}
MARK = "<!-- 由 python -m etl feeds 从 etl/feeds/ 生成，不要手改。 -->"


def pages() -> dict[str, str]:
    """File name → Markdown: README.md lists the feeds, and each feed has a page."""
    names = {row["department_id"]: row["name_zh"] for row in shipped()["departments"].iter_rows(named=True)}
    due = {row["rhythm"]: row["note_zh"] for row in shipped()["due_days"].iter_rows(named=True)}
    rows = [f"| [{feed.title}]({name}.md) | `{name}` | {_senders(feed, names)} | {RHYTHMS[feed.rhythm]} | {'全量' if feed.mode == 'full' else '事件'} |"
            for name, feed in FEEDS.items()]
    index = [MARK, "", "# 部门报表", "", f"共 {len(FEEDS)} 张。每张的列、写法和规则如下；机器可读的合同（ODCS v3）在同名的 .odcs.yaml 里。", "",
             "| 报表 | 代码 | 报送部门 | 频率 | 方式 |", "|---|---|---|---|---|", *rows]
    return {"README.md": _text(index), **{f"{name}.md": _page(feed, names, due) for name, feed in FEEDS.items()}}


def _page(feed: type[Feed], names: Mapping[str, str], due: Mapping[str, str]) -> str:
    titles = {column.name: column.heading for column in feed.columns}
    whose = "几个部门报同一编号的，是同一件事，各列取最近的非空值" if feed.shared_key else "编号只在报送主体内唯一"
    return _text([
        MARK, "", f"# {feed.title}", "", summary(feed), "",
        f"- 报送部门：{_senders(feed, names)}", f"- 频率：{RHYTHMS[feed.rhythm]}（{due[feed.rhythm]}）", f"- 方式：{MODES[feed.mode]}",
        f"- 编号：{'、'.join(column.heading for column in feed.key())}；{whose}", f"- 认识而不用的列：{'、'.join(feed.ignored)}", "",
        "| 列名 | 必填 | 编号 | 填什么 | 也认得的列名 |", "|---|---|---|---|---|", *(_row(column) for column in feed.columns),
        *(["", "这张表说的是个人：来源行只列位置，不照录原文；编号里填了姓名、身份证号、手机号的行退回，原文不留。"] if feed.is_about_persons else []),
        *(["", "同一行里还要成立，否则退回：", "", *(f"- {rule_sentence(rule, titles)}" for rule in feed.rules)] if feed.rules else [])])


def _senders(feed: type[Feed], names: Mapping[str, str]) -> str:
    return "各部门" if feed.departments == ("*",) else "、".join(names[department] for department in feed.departments)


def _row(column: Column) -> str:
    cells = (column.heading, "✓" if column.required else "", "✓" if column.key else "", meaning(column), "、".join(column.aliases))
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
