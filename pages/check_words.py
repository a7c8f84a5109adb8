"""What a check found, in words and tables: what the file was taken for, what does not count, what to look at, and what differs from the record.

Cells, headings and names are a department's own: text in elements, never markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.format import UNKNOWN, count
from analytics.reporting import feed_title
from language import N_, _, counted, listed
from pages.markup import Markup, el, fill, join, pill
from pages.submit_words import sentence
from pages.tables import wide
from warehouse.jobs.results import LISTED, Check, Difference, Finding, Recognised, RowChange

FEW = 3  # cases of one rule that are named at once
SHOWN = 100  # rows of a table; all of them stand in the returned workbook
WARNINGS = {"set_aside": N_("重复的行"), "reading": N_("读取"), "total": N_("合计对不上"),
            "unit": N_("单位存疑"), "check": N_("与别的报表对不上")}
MODES = {"full": N_("全量：替换这个主体先前的一份"), "events": N_("事件：加进已有的，重报同一编号为更正")}


def finding(told: Check) -> str:
    """The result in a sentence, for the title."""
    read = told.recognised
    title = _("《{report}》", report=feed_title(read.feed, read.title)) if read else ""
    match told.state:
        case "refused":
            return _("{name} 没有被收下：整份读不成一张报表", name=told.name)
        case "repeated":
            open_rows = told.recognised.refused if told.recognised else 0
            return _("{name} 与现行的文件完全相同，不必再报", name=told.name) + (_("，") + counted("其中 {n} 行仍要改正", open_rows) if open_rows else "")
        case "held":
            return _("{name} 认作{report}，要先答一个问题", name=told.name, report=title)
    rows = counted("{n} 行可计入", read.accepted if read else 0)
    return _("{name} 认作{report}：{rows}", name=told.name, report=title, rows=rows) + (
        _("，") + counted("{n} 行要改正", read.refused) if read and read.refused else "")


def recognised(told: Check, who: str) -> Markup:
    """What the file was taken for. `who`: department and office."""
    read = told.recognised
    if read is None:
        return Markup()
    units = [_("{heading}：{unit}", heading=heading or _("全表"), unit=unit) for heading, unit in read.units]
    facts = [(_("报表"), join([feed_title(read.feed, read.title), " ", el("small", _(MODES[read.mode]), class_="quiet")])), (_("部门"), who), (_("截至日"), _as_of(read)),
             (_("数据行"), _rows(read)), (_("金额单位"), _("；").join(units) or _("没有金额列，或按约定")),
             (_("工作表"), listed(each for each in read.sheets if each) or UNKNOWN),
             *([(_("没有的列"), listed(read.missing))] if read.missing else [])]
    return el("section", el("h2", _("认作什么")), el("dl", *(el("div", el("dt", name), el("dd", said)) for name, said in facts), class_="terms"), class_="one-issue")


def errors(told: Check) -> Markup:
    """Cells and rows that do not count, in the department's own headings."""
    heading = el("h2", _("要改正的"))
    if not told.errors:
        return el("section", heading, el("p", _("没有。每一行都能计入。"), class_="quiet"))
    said = counted("共 {n} 格；所在的行不计入，其余各行照常计入。", told.errors_total)
    do = _("请：在您的原文件里改好，再整份交一次；也可以先发布其余各行，改好后再报。")
    rows = [[_place(each), each.heading or UNKNOWN, el("mark", each.value) if each.value else el("span", _("空白"), class_="zero"), each.what]
            for each in told.errors[:SHOWN]]
    return el("section", heading, el("p", said, class_="quiet"), el("p", do, class_="quiet"),
              wide(_("要改正的"), (_("位置"), _("列名"), _("所填内容"), _("原因")), rows, numbers=(), is_long=True), _more(told.errors_total), class_="rows faults")


def doubts(told: Check) -> tuple[tuple[Finding, ...], ...]:
    """What counts all the same and should be looked at, those that break one rule together; unknown headings are asked about by themselves."""
    groups: dict[str, list[Finding]] = {}
    for each in told.warnings:
        if each.kind != "unknown":
            groups.setdefault(each.about or each.finding_id, []).append(each)
    return tuple(map(tuple, groups.values()))


def said_of(group: Sequence[Finding]) -> str:
    """What a comment on them is about: the same words when the file is sent again."""
    return group[0].about or group[0].what


def warnings(told: Check) -> Markup:
    """The doubts, numbered, for what is said of each below."""
    found = doubts(told)
    if not found:
        return el("section", el("h2", _("要核对的")), el("p", _("没有。"), class_="quiet"))
    number = told.warnings_total - (len(told.warnings) - sum(map(len, found)))
    rows = [[str(at), join([pill(_(WARNINGS.get(group[0].kind, group[0].kind)), "warn"), *_doubt(group)]),
             _place(group[0]) if len(group) == 1 else counted("{n} 处", len(group)), _(group[0].do)] for at, group in enumerate(found[:SHOWN], 1)]
    return el("section", el("h2", _("要核对的")), el("p", counted("共 {n} 处；照常计入，不挡发布。属实的可在签认时说明。", number), class_="quiet"),
              wide(_("要核对的"), (_("序"), _("发现"), _("位置"), _("怎么办")), rows, numbers=(), is_long=True), _more(number),
              class_="rows faults doubts")


def _doubt(group: Sequence[Finding]) -> list[Markup]:
    """The rule, then what breaks it: the first few, the others behind a click."""
    about = [el("span", _(group[0].about), class_="place")] if group[0].about else []
    if len(group) == 1:
        return [*about, el("span", group[0].what, class_="place", lang="zh-CN"), *_value(group[0])]
    items = [el("li", each.what, el("small", _place(each)) if each.row else "") for each in group]
    rest = [el("details", el("summary", counted("另有 {n} 处", len(items) - FEW)), el("ul", *items[FEW:]))] if len(items) > FEW else []
    return [*about, el("ul", *items[:FEW], class_="cases", lang="zh-CN"), *rest]


def refusal(told: Check) -> Markup:
    """Why the whole file does not count, or what stops it."""
    if told.refusal:
        do = _("在下面说明这些列名，或在您的文件里改好列名再交。") if told.refusal.feed else told.refusal.do
        return sentence(told.refusal.what, do, tone="banner")
    if told.state == "repeated":
        return sentence(_("同样的内容已经计入（文件号 {number}）。要补充或更正，请改好后再交。", number=told.repeats or UNKNOWN))
    if told.broken:
        return sentence(_("照现在这样发布，会被数据核对拦下：{why}", why=told.broken), _("把这句话转告数据管理员；您的文件没有丢，页面上的数没有变。"), tone="banner")
    return Markup()


def difference(told: Difference | None, mode: str) -> Markup:
    """New, changed and gone rows against what is on record. `mode`: of the report; events do not go because a file does not name them."""
    heading = el("h2", _("与在册的比"))
    if told is None:
        return Markup()
    if not told.compared_with and not (told.changed or told.gone):
        return el("section", heading, el("p", counted("先前没有报过，{n} 行都是新增。", told.new), class_="quiet"))
    is_list = mode == "full"
    against = (_("与先前的 {name} 相比；先前有、这一份没有的，算消失。", name=told.compared_with) if is_list and told.compared_with else
               _("与先前报过的各份合起来相比；这一份没有提到的照旧有效。") if not is_list else _("与先前报过的相比。"))
    boxes = [el("div", el("h3", word), el("strong", count(number)), class_=tone if number else "plain") for word, number, tone in (
        (_("新增行"), told.new, "good"), (_("变更行"), told.changed, "warn"), *([(_("消失行"), told.gone, "bad")] if is_list else []), (_("不变行"), told.same, "plain"))]
    tables = Markup() if told.is_hidden else join([_changes(told.changed_rows, told.changed), _keys(_("新增的"), told.new_rows, told.new),
                                                    _keys(_("消失的"), told.gone_rows, told.gone)])
    hidden = el("p", _("这张报表的行是个人，只说数目。"), class_="quiet") if told.is_hidden else ""
    return el("section", heading, el("p", against, class_="quiet"), el("div", *boxes, class_=f"state {'four' if is_list else 'three'}"), hidden, tables,
              class_="rows changed")


def _changes(rows: Sequence[RowChange], number: int) -> Markup:
    if not rows:
        return Markup()
    cells = [[each.key, _row(each), el("ul", *(el("li", fill(_("{heading}：{before} → {after}"), heading=el("span", change.heading, class_="quiet"),
                                                             before=el("del", change.before or _("空白")), after=el("ins", change.after or _("空白"))))
                                               for change in each.fields), lang="zh-CN")] for each in rows[:SHOWN]]
    return el("details", el("summary", counted("变更的 {n} 行（金额按元列出）", number)),
              wide(_("变更的行"), (_("编号"), _("位置"), _("前 → 后")), cells, numbers=(), is_long=True), _more(number),
              class_="more moved", open="")


def _keys(word: str, rows: Sequence[RowChange], number: int) -> Markup:
    if not rows:
        return Markup()
    cells = [[each.key, _row(each)] for each in rows[:SHOWN]]
    return el("details", el("summary", counted("{what} {n} 行", number, what=word)), wide(word, (_("编号"), _("位置")), cells, numbers=(), is_long=True), _more(number),
              class_="more")


def _as_of(read: Recognised) -> Markup:
    if read.as_of is None:
        return pill(_("没有写明"), "warn")
    return join([read.as_of, " ", el("small", _("交文件的人所填"), class_="quiet") if read.as_of_from == "given" else ""])


def _rows(read: Recognised) -> Markup:
    aside = counted("，另置 {n} 行", read.set_aside) if read.set_aside else ""
    return join([counted("读出 {n} 行", read.rows_read), _("："), counted("可计入 {n} 行", read.accepted), counted("，要改正 {n} 行", read.refused), aside])


def _place(each: Finding) -> Markup:
    if each.row is None:
        return el("span", each.sheet or UNKNOWN)
    cell = _("第 {row} 行 {column} 列", row=each.row, column=each.column) if each.column else _("第 {row} 行", row=each.row)
    return join([el("span", cell), el("small", each.sheet) if each.sheet else ""])


def _row(each: RowChange) -> str:
    place = [*([each.sheet] if each.sheet else []), *([_("第 {row} 行", row=each.row)] if each.row is not None else [])]
    return " · ".join(place) or UNKNOWN


def _value(each: Finding) -> list[Markup]:
    return [el("small", each.value)] if each.value else []


def _more(number: int) -> Markup:
    """What the table leaves out."""
    if number <= SHOWN:
        return Markup()
    listed_all = _("全部标在退回件里。") if number <= LISTED else _("退回件里标出更多。")
    return el("p", counted("这里列出前 {shown} 处，共 {n} 处；", number, shown=SHOWN), listed_all, class_="quiet")
