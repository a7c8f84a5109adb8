"""What every figure says of itself: the clauses that it stems from, and that it is defined otherwise than when readers saw it last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb
import streamlit as st

from analytics.format import day
from analytics.redefined import Redefined, redefined, seen_last
from language import _, counted, either, named
from language import listed as enumerated
from pages.markup import Markup, el, join, pill
from pages.view import View
from warehouse.here import reader
from warehouse.metric import Metric, metrics
from warehouse.publish import Store, StoreError

MOST, MOST_OF_A_PAGE = 4, 40  # clauses that a figure or a page names; the rest are counted: those of a figure stand in its definition
OWNERS = "SELECT m.metric_id, d.name_zh, d.name_en FROM ref.metric AS m JOIN ref.department AS d ON d.department_id = m.owner_department_id"
Address = Callable[..., str | None]  # where a page, by its URL path, shows these choices; None where this reader has no such page


@dataclass(frozen=True, kw_only=True)
class Told:
    """The dictionary of the snapshot shown. `changed`: since what readers saw last; `owners`: departments that answer for the metrics, in Chinese and English;
    `pages`: clauses by the URL path of the pages that carry them."""

    metrics: Mapping[str, Metric] = field(default_factory=dict)
    changed: Mapping[str, Redefined] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_TOLD: ContextVar[tuple[Told, Address]] = ContextVar("told", default=(Told(), lambda *_page, **_choices: None))


@contextmanager
def citing(view: View, address: Address) -> Iterator[None]:
    """Within the block figures cite the dictionary of this view's snapshot. `address`: where the pages are."""
    before = seen_last(Store(Path(view.store)).publications(), view.snapshot)
    told = _told(view.store, view.snapshot, before.snapshot if before else None, _cursor=view.cursor)
    token = _TOLD.set((told, cache(address)))  # the same clause is cited a hundred times on a page
    try:
        yield
    finally:
        _TOLD.reset(token)


def dictionary() -> Mapping[str, Metric]:
    """The metrics of the snapshot shown."""
    return _TOLD.get()[0].metrics


def cite(*metric_ids: str) -> Markup:
    """The clauses of these metrics, each a way to its words, and 口径已变 where one has changed; 管理口径 where none names a clause.

    Nothing where the snapshot's dictionary has none of the metrics: then there is no figure either.
    """
    told = _TOLD.get()[0]
    known = [told.metrics[each] for each in metric_ids if each in told.metrics]
    if metric_ids and not known:
        return Markup()
    return el("span", clause_links(dict.fromkeys(clause for each in known for clause in each.clauses), MOST), *map(changed, known), class_="cite")


def box(name: str, value: str, *more: str, of: str, tone: str | None = None, tag: str = "") -> Markup:
    """One figure with what it is and what goes with it. `of`: the metrics it shows, separated by blanks, whose clauses it cites; "" for a figure of
    the committee's own."""
    return el("div", el("p", name, " " if tag else "", tag), el("strong", value, class_=tone), *(el("p", each) for each in more if each), cite(*of.split()))


def changed(metric: Metric) -> Markup:
    """A tag that leads to the definition, where it is another than readers saw last."""
    told, address = _TOLD.get()
    found = told.changed.get(metric.metric_id)
    if found is None:
        return Markup()
    what = _("{metric}：由第 {before} 版改为第 {now} 版", metric=named(metric), before=found.before, now=found.now)
    tag = pill(_("口径已变 · {day}", day=day(found.since)), "warn", what)
    href = address("dictionary", metric=metric.metric_id)
    return join([" ", el("a", tag, href=href, target="_self") if href else tag])


def owner(metric_id: str) -> Markup:
    """Whom to ask about a number; nothing where the dictionary names nobody."""
    told = _TOLD.get()[0].owners
    return el("p", _("归口：{who}", who=either(*told[metric_id])), class_="owner", title=_("对这个数有疑问，问这个部门")) if metric_id in told else Markup()


def footer(page: str) -> Markup:
    """The clauses that a page carries, by its URL path."""
    told = _TOLD.get()[0]
    return el("footer", _("本页所载条款"), " ", clause_links(told.pages.get(page, ()), MOST_OF_A_PAGE), class_="cite")


def clause_links(cited: Iterable[str], most: int = 99) -> Markup:
    """C05 C06, each leading to the clause, the first `most` of them; where there is none, that the committee's own needs ask for the figure."""
    address, clauses = _TOLD.get()[1], tuple(cited)
    if not clauses:
        return el("span", _("管理口径"), title=_("条款没有直接提出，由管理需要而设"))
    linked = [(clause, address("clauses", clause=clause)) for clause in clauses[:most]]
    more = el("span", counted("等 {n} 条", len(clauses)), title=enumerated(clauses)) if len(clauses) > most else ""
    return join([*(part for clause, href in linked
                   for part in (el("a", clause, href=href, target="_self", aria_label=_("条款 {clause}", clause=clause)) if href else el("span", clause), " ")), more])


@st.cache_data(max_entries=16, show_spinner=False)
def _told(store: str, snapshot: str, before: str | None, *, _cursor: duckdb.DuckDBPyConnection) -> Told:  # noqa: ARG001
    """Of two snapshots, which never change. Where the earlier one does not open, nothing is said to have changed."""
    pages: dict[str, list[str]] = {}
    for clause, told in _cursor.execute("SELECT clause_id, pages FROM ref.clause ORDER BY clause_id").fetchall():
        for page in (told or "").split():
            pages.setdefault(page.strip("/"), []).append(clause)
        pages.setdefault("clauses", []).append(clause)  # which carries them all
    known, found = metrics(_cursor), dict[str, Redefined]()
    if before:
        try:
            with reader(Path(store)).pin(before) as pinned:
                found = redefined(known, metrics(pinned.cursor))
        except StoreError:
            pass  # the comparison is an extra: the page says elsewhere that an earlier snapshot does not open
    owners = {metric_id: (zh, en) for metric_id, zh, en in _cursor.execute(OWNERS).fetchall()}
    return Told(metrics={each.metric_id: each for each in known}, changed=found, owners=owners, pages={page: tuple(clauses) for page, clauses in pages.items()})
