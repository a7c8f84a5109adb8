"""The pages there are, by role; nothing else. `streamlit run serve.py` serves them."""

from __future__ import annotations

import streamlit as st

from analytics.access import VISITOR, may_see
from language import _, speak
from pages.changes import changes_page
from pages.choices import carry, language
from pages.clauses import clauses_page
from pages.dictionary import dictionary_page
from pages.funds import funds
from pages.funnel import funnel_page
from pages.goals import goals
from pages.overview import overview
from pages.platforms import platforms_page
from pages.quality import quality_page
from pages.tasks import tasks_page
from pages.zones import zones_page

speak(language().code)
PAGES = {
    "": st.Page(overview, title=_("总览"), default=True),
    "goals": st.Page(goals, title=_("2027目标"), url_path="goals"),
    "funnel": st.Page(funnel_page, title=_("转化漏斗"), url_path="funnel"),
    "funds": st.Page(funds, title=_("基金敞口"), url_path="funds"),
    "zones": st.Page(zones_page, title=_("空间布局"), url_path="zones"),
    "platforms": st.Page(platforms_page, title=_("平台与载体"), url_path="platforms"),
    "changes": st.Page(changes_page, title=_("会间变化"), url_path="changes"),
    "tasks": st.Page(tasks_page, title=_("任务督办"), url_path="tasks"),
    "clauses": st.Page(clauses_page, title=_("条款对照"), url_path="clauses"),
    "dictionary": st.Page(dictionary_page, title=_("口径词典"), url_path="dictionary"),
    "quality": st.Page(quality_page, title=_("数据质量"), url_path="quality"),
}

chosen = st.navigation([page for path, page in PAGES.items() if may_see(VISITOR).page(path)], position="top")
st.set_page_config(page_title=" · ".join((chosen.title, _("甘智汇科创园"))), page_icon="static/favicon.svg", layout="wide")
st.logo("static/logo.svg", size="large")
carry(chosen.url_path)
chosen.run()
