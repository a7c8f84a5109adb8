"""A drawing becomes SVG or PNG, in a process of its own: `python -m charts.paper.rendering svg` reads a drawing from its input.

The library that draws holds Python's lock for a sixth of a second and more: within a server every page run would wait.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import Literal

from charts.paper.sheet import FONTS, HEIGHT, WIDTH, Drawing

Format = Literal["svg", "png"]
DPI = 300
SECONDS = 30
NICE = 10  # page runs come first
NO_FONT = 3  # exit code
ROOT = Path(__file__).parents[2]


class NoChineseFont(Exception):
    """The machine has no font with Chinese characters: a picture would show boxes."""


class NotDrawn(Exception):
    """The drawing process failed; the message is what it wrote."""


def rendered(drawing: Drawing, fmt: Format) -> bytes:
    """The file; the same drawing gives the same bytes (a PNG: on the same fonts). Raises NoChineseFont (PNG only), NotDrawn."""
    command = [sys.executable, "-m", "charts.paper.rendering", fmt]
    try:
        done = subprocess.run(command, input=json.dumps(drawing).encode(), capture_output=True, timeout=SECONDS, cwd=ROOT, check=False)
    except subprocess.TimeoutExpired as problem:
        raise NotDrawn(f"not drawn within {SECONDS} s") from problem
    if done.returncode == NO_FONT:
        raise NoChineseFont
    if done.returncode:
        raise NotDrawn(done.stderr.decode(errors="replace"))
    return done.stdout


def main(fmt: str) -> int:
    """Draw what stands on the input."""
    import vl_convert

    os.nice(NICE)
    drawing = json.load(sys.stdin.buffer)
    drawn = vl_convert.vegalite_to_svg(drawing, vl_version="6.4", allowed_base_urls=[])
    if fmt == "svg":
        sys.stdout.buffer.write(_headed(drawn, drawing["description"]).encode())
        return 0
    if vl_convert.svg_to_png(_sample("国")) == vl_convert.svg_to_png(_sample("径")):
        return NO_FONT
    sys.stdout.buffer.write(vl_convert.svg_to_png(drawn, ppi=DPI))
    return 0


def _headed(svg: str, alt: str) -> str:
    """In centimetres: an office program would take points for pixels, and make the figure a quarter smaller. And in words."""
    head = f'width="{WIDTH / 72 * 2.54:g}cm" height="{HEIGHT / 72 * 2.54:g}cm" role="img" aria-label="{escape(alt)}"'
    return re.sub(r'width="[\d.]+" height="[\d.]+"', lambda _: head, svg, count=1)


def _sample(character: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><text y="24" font-size="24" font-family="{FONTS}">{character}</text></svg>'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
