"""What axe-core finds on a page that a page of ours could mend."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

FAULTS = {"resultTypes": ["violations"]}  # the rest is not asked for, and listing it takes a quarter of the time


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """The rule and where it is broken."""
    found = Axe().run(page, options=FAULTS).response["violations"]
    return [(each["id"], node["target"]) for each in found for node in each["nodes"] if not _is_streamlits_own(page, each["id"], node["target"])]


def _is_streamlits_own(page: Page, rule: str, target: list[str]) -> bool:
    """What no page of ours can mend. The drop zone of `st.file_uploader` is a section of role presentation that Streamlit itself gives a label; on narrow
    screens `st.navigation` puts each section as a <div> between its <ul> and the <li> of its pages."""
    within = {"presentation-role-conflict": "stFileUploaderDropzone", "list": "stSidebarNavItems", "listitem": "stSidebarNavItems"}.get(rule)
    return within is not None and page.locator(target[-1]).first.evaluate("(node, name) => node.closest(`[data-testid=${name}]`) !== null", within)
