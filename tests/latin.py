"""The Latin words that a reader sees or hears on a page."""

from __future__ import annotations

import re

from playwright.sync_api import Page

# Texts and spoken names of what is shown; icons are letters of a font, and code is quoted.
SHOWN = """beside => {
  const skipped = 'script, style, code, pre, [data-testid=stIconMaterial], [lang=en], [translate=no]' + beside, found = [];
  const seen = each => each && each.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !each.closest(skipped);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (seen(walker.currentNode.parentElement)) found.push(walker.currentNode.nodeValue);
  for (const each of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], [aria-roledescription], [aria-valuetext]'))
    if (seen(each)) for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription', 'aria-valuetext'])
      if (each.getAttribute(name)) found.push(each.getAttribute(name));
  return [document.title, ...found];
}"""
LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+")
ALLOWED = [re.compile(each, re.ASCII) for each in (
    r"[^\s，。：；（）、]*\.(xlsx|xls|csv|json|parquet|pdf|docx|zip|txt|exe)\b|\b(pack|state)/\S*|SHA256SUMS|Sheet\d",  # files and sheets
    r"(?<![A-Za-z])(SVG|PNG|CSV|XLSX|Parquet|JSON|Excel|WPS|Word|PDF|SHA-256|KB|MB|zip)\b|text/plain",  # formats, units
    r"\d{8}T\d{9}Z-[0-9a-f]{4}|\b[0-9a-f]{8,}\b|\b[0-9A-Z]{16,}\b|\b[A-Z]{1,4}\d[-\dA-Z]*|\b[A-Z]{2,4}(-[A-Z0-9]+)+",  # codes
    r"\d{4}-\d\d-\d\d (month|quarter|year)\b",  # keys of rows
    r"\b[a-z][a-z0-9]*(_[a-z0-9]+)+|\bpipeline-\d|\b(C|RW)-?\d+",  # ids of metrics, tables and models
    r"SPI\(t\)|\b(HHI|SDR|PICC|DPI|RVPI|TVPI|MOIC|IRR|XIRR|ILPA|Brier)\b",  # measures
    r"Kaplan|Meier|Aalen|Johansen|Jeffreys|Takahashi|Alexander",  # those they are named after
    r"\bGB\b|GMP|GLP|\b(APP|CT|SPECT|AI|REITs|GEO|GIS|WGS|GCJ|CGCS)\b",  # standards, and what Chinese itself says so
    r"\b(Ctrl|Esc)\b")]  # on the keys


def latin(page: Page, beside: str = "") -> dict[str, str]:
    """By word, a text in which it stands, but for names, codes and units. `beside`: a selector of what else is not looked at."""
    found: dict[str, str] = {}
    for text in page.evaluate(SHOWN, beside and f", {beside}"):
        rest = text
        for each in ALLOWED:
            rest = each.sub(" ", rest)
        found |= {word: text.strip()[:80] for word in LATIN.findall(rest)}
    return found
