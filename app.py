"""The pages there are, by role; nothing else. `streamlit run serve.py` serves them."""

from __future__ import annotations

import streamlit as st

from language import _, speak
from pages.adoption import adoption_page
from pages.changes import changes_page
from pages.choices import carry, language
from pages.clauses import clauses_page
from pages.dictionary import dictionary_page
from pages.dossier import dossier_page
from pages.funds import funds
from pages.funnel import funnel_page
from pages.goals import goals
from pages.issues import issues_page
from pages.leads import leads_page
from pages.overview import overview
from pages.people import people_page
from pages.platforms import platforms_page
from pages.policies import policies_page
from pages.quality import quality_page
from pages.reader import who
from pages.search_box import search_box
from pages.submit import submit_page
from pages.tasks import tasks_page
from pages.zones import zones_page

speak(language().code)
reader = who()
PAGES = {
    "": st.Page(overview, title=_("总览"), default=True),
    "goals": st.Page(goals, title=_("2027目标"), url_path="goals"),
    "funnel": st.Page(funnel_page, title=_("转化漏斗"), url_path="funnel"),
    "funds": st.Page(funds, title=_("基金敞口"), url_path="funds"),
    "zones": st.Page(zones_page, title=_("空间布局"), url_path="zones"),
    "platforms": st.Page(platforms_page, title=_("平台与载体"), url_path="platforms"),
    "people": st.Page(people_page, title=_("人才与技术经理人"), url_path="people"),
    "adoption": st.Page(adoption_page, title=_("推广应用"), url_path="adoption"),
    "leads": st.Page(leads_page, title=_("招引"), url_path="leads"),
    "changes": st.Page(changes_page, title=_("会间变化"), url_path="changes"),
    "tasks": st.Page(tasks_page, title=_("任务督办"), url_path="tasks"),
    "policies": st.Page(policies_page, title=_("制度与申报"), url_path="policies"),
    "issues": st.Page(issues_page, title=_("会议专刊"), url_path="issues"),
    "clauses": st.Page(clauses_page, title=_("条款对照"), url_path="clauses"),
    "dictionary": st.Page(dictionary_page, title=_("口径词典"), url_path="dictionary"),
    "dossier": st.Page(dossier_page, title=_("档案"), url_path="dossier"),
    "quality": st.Page(quality_page, title=_("数据质量"), url_path="quality"),
    "submit": st.Page(submit_page, title=_("报送"), url_path="submit"),
}

chosen = st.navigation([page for path, page in PAGES.items() if reader.page(path)], position="top")
st.set_page_config(page_title=" · ".join((chosen.title, _("甘智汇科创园"))), page_icon="static/favicon.svg", layout="wide")
st.logo("static/logo.svg", size="large")
carry(chosen.url_path)
search_box()
chosen.run()
