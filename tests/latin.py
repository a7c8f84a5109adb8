"""The Latin words that a reader sees or hears on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def latin(page: Page, allowed: Iterable[re.Pattern[str]], beside: str = "") -> dict[str, str]:
    """By word, a text in which it stands, once all that is allowed is taken out. `beside`: a selector of what else is not looked at."""
    found: dict[str, str] = {}
    for text in page.evaluate(SHOWN, beside and f", {beside}"):
        rest = text
        for each in allowed:
            rest = each.sub(" ", rest)
        found |= {word: text.strip()[:80] for word in LATIN.findall(rest)}
    return found
