"""What a dossier says: the state in a sentence, what one would ask next, the timeline with its sources, and what hangs together with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from analytics.changes import Cell, Change
from analytics.dossier import Counted, Dossier, Neighbour, Thing, Told
from analytics.dossier_kinds import KINDS, STATES, Part
from analytics.facts import ROLES
from analytics.format import UNKNOWN, Amount, count, day, money_unit, percent
from analytics.reporting import feed_title
from analytics.row_key import by_code, said_key
from analytics.units import YUAN
from language import _, counted, named
from language import listed as enumerated
from pages.cite import box
from pages.dossier_link import dossier_link
from pages.frame import address, titles
from pages.goal_rows import source_line
from pages.markup import Markup, el, pill

METRICS = 12  # shown at once; the others behind a click
CELLS = 4  # of one change shown at once


def finding(found: Dossier) -> str:
    """The name and the state today, those parts left out that nobody has told."""
    parts = [_(part.said).replace("{x}", text) for part in KINDS[found.thing.kind].sentence if (text := _text(found, part)) not in (None, "0")]
    if not found.state:
        parts = [_("登记表里没有，待登记；以下是报送文件中提到它的行")]
    return _("{name}：{what}", name=found.thing.name, what=_("，").join(parts)) if parts else found.thing.name


def head(found: Dossier) -> Markup:
    """Kind, number, what one would ask next, and where else it is shown."""
    kind = KINDS[found.thing.kind]
    facts = [(_(part.said), text) for part in kind.facts if (text := _text(found, part)) is not None]
    shown = [(path, href) for path, choices in kind.pages if (href := address(path, **{name: code.replace("{id}", found.thing.id) for name, code in choices.items()}))]
    links = [el("a", titles()[path], href=href, target="_self") for path, href in shown]
    refused = el("p", counted("另有 {n} 行提到它的报送被退回，尚未更正，不在其中。", found.refused),
                 *([" ", el("a", _("查看退回的行"), href=href, target="_self")] if (href := address("quality")) else []), class_="notice") if found.refused else Markup()
    number = el("code", found.thing.id) if found.thing.id != found.thing.name and found.thing.kind != "zone" else Markup()
    return el("section", el("p", pill(_(kind.title)), number, *links, class_="kind"),
              el("dl", *(el("div", el("dt", name), el("dd", text)) for name, text in facts), class_="entry") if facts else Markup(), refused, class_="dossier-head")


def body(found: Dossier) -> Markup:
    """The timeline; beside it what hangs together with it, and the metrics in which it counts."""
    return el("div", el("div", _coming(found), _timeline(found)), el("div", _neighbours(found), _counted(found)), class_="dossier")


def unknown(asked: str) -> Markup:
    """What to do where nothing is known under this number."""
    return el("p", _("“{asked}”：各登记表和报送文件里都没有这个编号。请：在上面的搜索框里输入名称、编号或拼音首字母。", asked=asked[:60]), class_="quiet")


def contents(numbers: Mapping[str, int]) -> Markup:
    """How many dossiers there are, by kind."""
    boxes = [box(_(kind.title), count(numbers.get(code, 0)), of="") for code, kind in KINDS.items() if code in numbers]
    return el("section", el("div", *boxes, class_="state five"), el("p", _("人员没有档案。每件事都注明报送文件、工作表、行号和收到时间。"), class_="source"))


def _text(found: Dossier, part: Part) -> str | None:
    """One thing that is told of it, as readers read it; None where nobody has."""
    value = found.state.get(part.column)
    if value is None or value == "":
        return None
    if part.words:
        return _word(found, part.words, str(value))
    stem, _at, form = part.column.rpartition("_")
    match form:
        case "on":
            return day(value, found.state.get(f"{stem}_precision") or "D")
        case "cny":
            return _money(value) if value else None
        case "share":
            return percent(value)
        case "m2":
            return _("{area} ㎡", area=count(Decimal(str(round(value, 1)))))
    return count(value) if isinstance(value, int | Decimal) else str(value)


def _word(found: Dossier, words: str, code: str) -> str:
    feed, _at, column = words.partition(".")
    return _(STATES[code]) if words == "state" else _(found.words.get((feed, column, code), code))


def _money(value: Decimal) -> str:
    """Each amount in its own unit, which stands beside it: contracts and funds are of very different size."""
    return Amount(YUAN, money_unit([value])).said(value)


def _coming(found: Dossier) -> Markup:
    if not found.coming:
        return Markup()
    return el("section", el("h2", _("接下来")), el("ol", *(_told(each, found) for each in found.coming), class_="timeline"))


def _timeline(found: Dossier) -> Markup:
    """Facts and changes together, the newest first; changes before the oldest fact shown are left with the facts of their time."""
    is_all = found.found == len(found.past)
    changes = [each for each in found.changes if is_all or each.on >= found.past[-1].on]
    series: dict[tuple[object, ...], list[Told]] = {}
    for each in found.past:
        if each.lines.is_series:
            series.setdefault((each.fact, each.word, each.named), []).append(each)
    dated = [(each.on, 0, _told(each, found)) for each in found.past if not each.lines.is_series]
    dated += [(run[0].on, 0, _told(run[0], found, run[1:])) for run in series.values()]
    codes = by_code(found.words)
    dated += [(each.on, 1, _changed(each, found, codes.get(each.lines.feed, {}))) for each in changes]
    items = [item for _on, _order, item in sorted(dated, key=lambda each: each[:2], reverse=True)]
    said = counted("共 {n} 件", found.found) + ("" if is_all else _("，列出最近的 {shown} 件", shown=len(found.past)))
    if changes:
        said += counted("；{n} 次更正或变化", len(changes))
    heading = el("h2", _("经过"), " ", el("small", said))
    return el("section", heading, el("ol", *items, class_="timeline") if items else el("p", _("报送文件里还没有它的带日期的事。"), class_="quiet"))


def _told(told: Told, found: Dossier, earlier: Sequence[Told] = ()) -> Markup:
    """One fact; of figures month by month the newest, the earlier ones behind a click."""
    said = _(told.fact.said, stage=told.stage, word=_(told.word) if told.word else UNKNOWN, thing=told.thing)
    small = [_(told.word)] if told.word and "{word}" not in told.fact.said else []
    if told.stage and "{stage}" not in told.fact.said:
        small.append(told.stage)
    if told.amount_cny is not None:
        small.append(f"{_(told.lines.amount[0])} {_money(told.amount_cny)}")
    others = [_named(role, thing) for role, thing in told.named]
    gone = pill(_("已不在现行名单"), "plain", _("最近一份名单里没有这一行")) if told.is_gone else Markup()
    number = el("code", told.number) if told.number and told.number != found.thing.id else Markup()
    return el("li", el("time", day(told.on, told.precision)), el("div", el("p", el("strong", said), *(el("span", each) for each in small), number, gone),
              el("p", *others, class_="with") if others else Markup(), _sources(told), _earlier(earlier)))


def _earlier(run: Sequence[Told]) -> Markup:
    if not run:
        return Markup()
    lines = [el("li", el("time", day(each.on, each.precision)), " ", _money(each.amount_cny or Decimal(0)), _sources(each)) for each in run]
    return el("details", el("summary", counted("此前 {n} 期", len(run))), el("ul", *lines), class_="earlier")


def _named(role: str, thing: Thing) -> Markup:
    return el("span", el("small", _(ROLES[role]) if role else _(KINDS[thing.kind].title)), " ", dossier_link(thing.kind, thing.id, _short(thing.name)))


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:32]}…"


def _sources(told: Told) -> Markup:
    first = told.sources[0]
    where = _("{file} 第 {row} 行", file=first.file, row=first.row)
    if len(told.sources) > 1:
        where = counted("{where} 等 {n} 行", len(told.sources), where=where)
    return el("details", el("summary", where, " · ", _("{moment} 收到", moment=f"{first.received_at:%Y-%m-%d}")), *map(source_line, told.sources), class_="sources")


def _changed(change: Change, found: Dossier, codes: Mapping[str, str]) -> Markup:
    what = pill(_("更正"), "warn") if change.is_correction else pill(_("登记变化"))
    title = feed_title(change.lines.feed, found.titles.get(change.lines.feed, change.lines.feed))
    cells = [_cell(each, change, found) for each in change.cells]
    more = el("details", el("summary", counted("另有 {n} 列", len(cells) - CELLS)), el("ul", *cells[CELLS:])) if len(cells) > CELLS else Markup()
    key = el("code", said_key(change.key, {code: _(word) for code, word in codes.items()})) if change.key != found.thing.id else Markup()
    where = _("{file} 第 {row} 行", file=change.source.file, row=change.source.row)
    source = el("details", el("summary", where, " · ", _("{moment} 收到", moment=f"{change.source.received_at:%Y-%m-%d}")), source_line(change.source),
                el("p", _("此前："), class_="quiet"), source_line(change.before), class_="sources")
    return el("li", el("time", day(change.on)), el("div", el("p", what, el("strong", title), key), el("ul", *cells[:CELLS]), more, source), class_="changed")


def _cell(cell: Cell, change: Change, found: Dossier) -> Markup:
    before, after = (_stored(text, cell.column, change, found) for text in (cell.before, cell.after))
    return el("li", el("span", cell.heading, lang="zh-CN"), " ", el("del", before), " → ", el("ins", after))


def _stored(text: str | None, column: str, change: Change, found: Dossier) -> str:
    """A stored text as readers read it."""
    if text is None or text == "":
        return _("空")
    if column.endswith("_on"):
        on, _blank, precision = text.partition(" ")
        return day(dt.date.fromisoformat(on), precision)
    if column.endswith("_cny"):
        return _money(Decimal(text))
    if column.endswith("_share"):
        return percent(Decimal(text))
    return enumerated(_(found.words.get((change.lines.feed, column, each), each)) for each in text.split("|"))


def _neighbours(found: Dossier) -> Markup:
    if not found.neighbours:
        return Markup()
    groups = []
    for kind, things in found.neighbours.items():
        rest = found.found_neighbours[kind] - len(things)
        more = el("p", counted("另有 {n} 个", rest), class_="quiet") if rest else Markup()
        groups.append(el("div", el("h3", _(KINDS[kind].title), " ", el("small", count(found.found_neighbours[kind]))), el("ul", *map(_neighbour, things)), more))
    return el("section", el("h2", _("相关")), *groups, class_="related")


def _neighbour(each: Neighbour) -> Markup:
    roles = el("small", enumerated(_(ROLES[role]) for role in each.roles)) if each.roles else Markup()
    return el("li", dossier_link(each.thing.kind, each.thing.id, _short(each.thing.name)), roles)


def _counted(found: Dossier) -> Markup:
    if not found.counted:
        return Markup()
    lines = [_metric(each) for each in found.counted]
    rest = lines[METRICS:]
    more = el("details", el("summary", counted("另有 {n} 个指标", len(rest))), el("dl", *rest, class_="others")) if rest else Markup()
    return el("section", el("h2", _("计入的指标")), el("dl", *lines[:METRICS], class_="others"), more, class_="related")


def _metric(each: Counted) -> Markup:
    href = address("dictionary", metric=each.metric.metric_id)
    money = Amount(each.metric.unit, money_unit([each.value] if each.metric.unit == YUAN else ()))
    name = named(each.metric)
    return el("div", el("dt", el("a", name, href=href, target="_self") if href else name), el("dd", money.said(each.value)))
