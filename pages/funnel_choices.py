"""What can be chosen on the funnel page: the view, the projects, and which of the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import streamlit as st

from analytics.chosen import Chosen
from analytics.drill import Narrow
from analytics.funnel import BETWEEN, FAILED, MOVES, OVERDUE, PASSED, REACHED, REGRESSED, STOCK, TERMINATED
from analytics.stages import Stage
from analytics.zones import Zone
from exports.funnel_frames import BANDS, WAYS
from language import N_, _, counted, named
from pages.choices import Choice, choose, picker, take
from pages.goal_choices import CONFIG
from pages.goal_figures import Figure
from pages.goal_words import ALL_ZONES
from warehouse.metric import metrics

VIEWS = {"stock": N_("存量"), "reached": N_("到达"), "conversion": N_("转化")}
BY = {"last": N_("末次空间"), "event": N_("发生空间"), "first": N_("首次空间")}
ORIGINS = {"incubated": N_("孵化"), "attracted": N_("引进"), "local": N_("本地"), "unstated": N_("未填")}
RESEARCH = {"future": N_("未来产业"), "bottleneck": N_("卡脖子"), "key_technology": N_("关键核心技术"), "other": N_("其他"), "unstated": N_("未填")}
NO_DIRECTION = "other"
HORIZONS = (6, 12, 18, 24)
OF = {"stock": (STOCK, BETWEEN, OVERDUE), "reached": (REACHED, MOVES, PASSED, FAILED, REGRESSED), "conversion": (REACHED, MOVES, TERMINATED)}
USUAL = {"stock": STOCK, "reached": REACHED, "conversion": REACHED}


@dataclass(frozen=True, kw_only=True)
class Places:
    """What the snapshot's own tables offer to choose from. `directions`: code and name."""

    stages: tuple[Stage, ...]
    zones: Mapping[str, Zone]
    directions: Mapping[str, str]
    metrics: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Picked:
    """As the URL asks."""

    view: Choice
    stage: Choice
    zone: Choice
    by: Choice
    direction: Choice
    origin: Choice
    research: Choice
    cohort: Choice
    horizon: Choice
    of: Choice
    category: Choice
    focus: Stage

    @property
    def all(self) -> tuple[Choice, ...]:
        return (self.view, self.stage, self.zone, self.by, self.direction, self.origin, self.research, self.cohort, self.horizon, self.of, self.category)

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(each.notice for each in self.all if each.notice)

    @property
    def months(self) -> int:
        return int(self.horizon.code)

    @property
    def event_zone(self) -> str | None:
        """The space where what is counted happened, if that is how spaces are meant."""
        return self.zone.code or None if self.by.code == "event" else None

    @property
    def projects(self) -> Chosen:
        """The chosen projects, of all stages."""
        zone = self.zone.code or None
        return Chosen(last_zone=zone if self.by.code == "last" else None, first_zone=zone if self.by.code == "first" else None,
                      of_direction={"": None, NO_DIRECTION: ""}.get(self.direction.code, self.direction.code), origin=self.origin.code or None,
                      research=self.research.code or None)

    @property
    def rows(self) -> Narrow:
        """The chosen rows of the chosen projects."""
        return Narrow(stage=self.stage.code or None, category=self.category.code or None)


def places(cursor: duckdb.DuckDBPyConnection, stages: tuple[Stage, ...], zones: Sequence[Zone]) -> Places:
    """Of one snapshot."""
    directions = cursor.execute("SELECT direction_id, name_zh FROM ref.direction ORDER BY rowid").fetchall()
    return Places(stages=stages, zones={each.zone_id: each for each in zones}, directions=dict(directions),
                  metrics={each.metric_id: named(each) for each in metrics(cursor)})


def picked(known: Places, cohorts: Sequence[str]) -> Picked:
    """As the URL asks. `cohorts`: the half-years in which anything was entered."""
    everything = {"": _("全部")}
    view = choose("view", {code: _(word) for code, word in VIEWS.items()}, default="stock", title=_("视图"))
    stage = choose("stage", {"": _("全部阶段")} | {each.stage_id: named(each) for each in known.stages}, default="", title=_("阶段"))
    of = choose("of", {each: known.metrics[each] for each in OF[view.code] if each in known.metrics}, default=USUAL[view.code], title=_("列哪些行"))
    focus = next((each for each in known.stages if each.stage_id == stage.code), next(each for each in known.stages if each.stage_id == "poc"))
    return Picked(
        view=view, stage=stage, of=of, focus=focus, category=_category(known, of.code),
        zone=choose("zone", {"": _(ALL_ZONES)} | {each: named(place) for each, place in known.zones.items()}, default="", title=_("空间")),
        by=choose("by", {code: _(word) for code, word in BY.items()}, default="last", title=_("空间归属")),
        direction=choose("direction", everything | dict(known.directions) | {NO_DIRECTION: _("方向外或未填")}, default="", title=_("方向")),
        origin=choose("origin", everything | {code: _(word) for code, word in ORIGINS.items()}, default="", title=_("来源")),
        research=choose("research", everything | {code: _(word) for code, word in RESEARCH.items()}, default="", title=_("攻关类别")),
        cohort=choose("cohort", everything | {each: half_year(each) for each in reversed(cohorts)}, default="", title=_("进入的半年")),
        horizon=choose("horizon", {str(each): counted("{n} 个月", each) for each in HORIZONS}, default="12", title=_("期限")))


def pickers(chosen: Picked) -> None:
    """The widgets above the figures."""
    rows = ("of", "category")
    with st.container(horizontal=True, key="choices"):
        picker(chosen.view, _("视图"), st.segmented_control, default="stock", drop=rows)
        picker(chosen.stage, _("阶段"), st.selectbox, default="")
        if chosen.view.code == "conversion":
            picker(chosen.horizon, _("期限"), st.segmented_control, default="12")
            picker(chosen.cohort, _("进入的半年"), st.selectbox, default="")
    with st.container(horizontal=True, key="project-choices"):
        picker(chosen.zone, _("空间"), st.selectbox, default="")
        picker(chosen.by, _("空间归属"), st.segmented_control, default="last")
        picker(chosen.direction, _("方向"), st.selectbox, default="")
        picker(chosen.origin, _("来源"), st.selectbox, default="")
        picker(chosen.research, _("攻关类别"), st.selectbox, default="")


def row_pickers(chosen: Picked) -> None:
    """The widgets above the rows: what a click on a figure does, for the keyboard."""
    with st.container(horizontal=True, key="row-choices"):
        picker(chosen.of, _("列哪些行"), st.selectbox, default=USUAL[chosen.view.code], drop=("category",))
        if len(chosen.category.codes) > 1:
            picker(chosen.category, _("分类"), st.selectbox, default="")


def draw(drawn: Figure, chosen: Picked, *, state: str, of: str | None = None) -> None:
    """A figure whose marks carry a stage, and maybe a category after a bar: a click on one chooses it, a click on the chosen one takes it back.

    `of`: which rows it then lists. `state`: names what the figure shows; another state forgets what was clicked.
    """
    key = f"{drawn.alt[:12]}-{state}"

    def clicked() -> None:
        codes = [point["customdata"] for point in st.session_state[key].selection.points if point.get("customdata")]
        if codes:
            code = codes[0][0] if isinstance(codes[0], list) else codes[0]
            stage, _bar, category = code.partition("|")
            again = (stage, category) == (chosen.stage.code, chosen.category.code)
            take("stage", None if again else stage)
            take("category", None if again or not category else category)
            take("of", of)

    st.plotly_chart(drawn.figure, theme=None, key=key, on_select=clicked, selection_mode="points", config=CONFIG, alt=drawn.alt)


def still(drawn: Figure, *, state: str) -> None:
    """A figure that has nothing to choose."""
    st.plotly_chart(drawn.figure, theme=None, key=f"{drawn.alt[:12]}-{state}", config=CONFIG, alt=drawn.alt)


def half_year(code: str) -> str:
    """2026-H1 → 2026年上半年."""
    return _("{year}年上半年", year=code[:4]) if code.endswith("1") else _("{year}年下半年", year=code[:4])


CAUSES = {"technology": N_("技术不可行"), "market": N_("市场"), "funding": N_("资金"), "team": N_("团队"), "compliance": N_("合规"), "withdrawn": N_("撤回"),
          "unstated": N_("未填原因")}
ENDS = {"pass": N_("已通过"), "regress": N_("已退回")}
CATEGORIES = {STOCK: BANDS, REACHED: WAYS, TERMINATED: CAUSES, BETWEEN: ENDS}


def way(known: Sequence[Stage], code: str) -> str:
    """poc>small → 概念验证 → 小试."""
    names = {each.stage_id: named(each) for each in known} | {"in": _("新进入"), "out": _("终止或撤回")}
    start, _to, end = code.partition(">")
    return f"{_('终止后') if start == 'out' else names[start]} → {names[end]}"


def _category(known: Places, of: str) -> Choice:
    codes = {code: _(word) for code, word in CATEGORIES.get(of, {}).items()}
    if of == MOVES:
        ids = [each.stage_id for each in known.stages]
        codes = {f"{start}>{end}": way(known.stages, f"{start}>{end}") for start in ("in", *ids, "out") for end in (*ids, "out") if start != end}
    return choose("category", {"": _("全部分类")} | codes, default="", title=_("分类"))
