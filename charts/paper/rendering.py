"""A drawing becomes SVG or PNG, in a process of its own: `python -m charts.paper.rendering svg` reads a drawing from its input, `both` a list of them.

The library that draws holds Python's lock for a sixth of a second and more: within a server every page run would wait.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
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
    return _done(fmt, drawing)


def rendered_both(drawings: Sequence[Drawing]) -> list[tuple[bytes, bytes]]:
    """SVG and PNG of each, in one process, which takes most of its time to start. As `rendered` does. Raises NoChineseFont, NotDrawn."""
    pairs = json.loads(_done("both", list(drawings)))
    return [(svg.encode(), base64.b64decode(png)) for svg, png in pairs]


def _done(what: str, asked: object) -> bytes:
    command = [sys.executable, "-m", "charts.paper.rendering", what]
    try:
        done = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS, cwd=ROOT, check=False)
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
    asked = json.load(sys.stdin.buffer)
    drawings = asked if fmt == "both" else [asked]
    drawn = [vl_convert.vegalite_to_svg(each, vl_version="6.4", allowed_base_urls=[]) for each in drawings]
    headed = [_headed(svg, each["description"]) for svg, each in zip(drawn, drawings, strict=True)]
    if fmt == "svg":
        sys.stdout.buffer.write(headed[0].encode())
        return 0
    if vl_convert.svg_to_png(_sample("国")) == vl_convert.svg_to_png(_sample("径")):
        return NO_FONT
    pictures = [vl_convert.svg_to_png(svg, ppi=DPI) for svg in drawn]
    told = json.dumps([[svg, base64.b64encode(png).decode()] for svg, png in zip(headed, pictures, strict=True)]).encode()
    sys.stdout.buffer.write(told if fmt == "both" else pictures[0])
    return 0


def _headed(svg: str, alt: str) -> str:
    """In centimetres: an office program would take points for pixels, and make the figure a quarter smaller. And in words."""
    head = f'width="{WIDTH / 72 * 2.54:g}cm" height="{HEIGHT / 72 * 2.54:g}cm" role="img" aria-label="{escape(alt)}"'
    return re.sub(r'width="[\d.]+" height="[\d.]+"', lambda _: head, svg, count=1)


def _sample(character: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><text y="24" font-size="24" font-family="{FONTS}">{character}</text></svg>'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
