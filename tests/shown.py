"""What a page run puts on the page, without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from streamlit.testing.v1 import AppTest


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a page run put on the page."""

    html: str

    @property
    def text(self) -> str:
        """The words, without markup; elements are a blank apart."""
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", self.html)))

    @property
    def title(self) -> str:
        [title] = re.findall(r"<h1>(.*?)</h1>", self.html)
        return unescape(re.sub(r"<[^>]*>", "", title))

    def card(self, name: str) -> Shown:
        """The card of the goal of this name."""
        return Shown(html=next(each for each in re.findall(r"<article.*?</article>", self.html) if f"<h2>{name}</h2>" in each))

    def table(self, caption: str) -> list[list[str]]:
        """The cells of a table, headings and total included."""
        table = next(each for each in re.findall(r"<table>.*?</table>", self.html) if f"<caption>{caption}</caption>" in each)
        cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", table)]
        return [[unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row] for row in cells]


Open = Callable[..., Shown]  # a page, with these parameters in its URL
Run = Callable[..., AppTest]  # a page's own script, with these parameters in its URL


def shown(app: AppTest) -> Shown:
    """What is on the page after a run."""
    return Shown(html="\n".join(str(each.proto.body) for each in app.get("html") if not each.proto.body.startswith("<style>")))
