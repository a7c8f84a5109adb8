"""空间布局 in Chromium beside bare pydeck pages with the same polygons, and its script with a hundred thousand organizations: python -m bench.map_browser HOME RUNS."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from math import cos, radians
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.browser import LAUNCH, QUIET_MS, Site, profile, serving
from bench.tasks import page

ORGANIZATIONS = 100_000
WEBGL = [each for each in LAUNCH if each != "--disable-gpu"] + ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
# Beside what bench.browser watches, when the map was last drawn: a deck draws until nothing changes.
DRAWN = """watched.drawn = 0;
for (const call of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'drawRangeElements']) {
    const draw = WebGL2RenderingContext.prototype[call];
    WebGL2RenderingContext.prototype[call] = function (...all) { watched.first ??= performance.now(); watched.drawn = performance.now(); return draw.apply(this, all); };
}"""
SETTLED = """([said, ready, quiet]) => watched.drawn && document.querySelector(ready) && !document.querySelector('[data-stale=true],[data-testid=stSkeleton]')
    && [...document.querySelectorAll('h1,h2')].some(each => each.innerText.includes(said))
    && performance.now() - Math.max(watched.changed, watched.drawn) > quiet"""
TILE, HEIGHT, ZONES = 512, 560, ("energy", "agri", "equip")
MORE = f"""INSERT INTO core.organization BY NAME SELECT o.* REPLACE ('Z' || i AS org_id, 'Z' || i AS org_name, DATE '2025-10-01' AS moved_in_on, NULL AS moved_out_on)
FROM (FROM core.organization LIMIT 1) AS o, range({ORGANIZATIONS}) AS r(i);
INSERT INTO core.location BY NAME SELECT 'organization' AS entity_kind, 'Z' || i AS entity_id, 103.54 + (i % 317) * 0.0006 AS longitude_deg,
36.42 + (i // 317) * 0.0008 AS latitude_deg, 'wgs84' AS datum, 0 AS row_id FROM range({ORGANIZATIONS}) AS r(i)"""


def _never(page: Page, *_: str) -> None:
    raise NotImplementedError("the map is clicked by its coordinates")


def _site(name: str, path: str, script: str) -> Site:
    return Site(name=name, path=path, ready=READY, pick=_never, take=_never,
                command=lambda home, port: [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), "--server.headless", "true"])


def compared(home: Path, runs: int) -> dict[str, Any]:
    """Medians in seconds by what and site. First paint: the first draw call; painted: the last one of the first load; click: until the answer stands.

    Sites: ours; `bare`, the same polygons and labels on a page without anything else; `zones`, the zones alone, flat and without a word.
    """
    view, places = _seen()
    asked = f"/?view={quote(json.dumps(view))}"
    sites = (_site("ours", "/zones", "serve.py"), _site("bare", asked, "bench/map_peer.py"), _site("zones", f"{asked}&draw=zones", "bench/map_peer.py"))
    seconds: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with ExitStack() as stack:
        at = {site.name: stack.enter_context(serving(site, home)) + site.path for site in sites}
        play = stack.enter_context(sync_playwright())
        for turn in range(runs + 1):  # the first visitor after a start waits for imports and caches, and is not counted
            for site in sites if turn % 2 else sites[::-1]:
                with profile(play, WEBGL) as context:
                    page = _opened(context, at[site.name])
                    told = page.evaluate("[watched.first, watched.drawn]")
                    clicks = [_clicked(page, *places[zone]) for zone in ZONES]
                if turn:
                    for what, value in zip(("first paint", "painted", "click"), (told[0] / 1000, told[1] / 1000, statistics.median(clicks)), strict=True):
                        seconds[what][site.name].append(value)
    medians = {what: {name: round(statistics.median(each), 2) for name, each in found.items()} for what, found in seconds.items()}
    ratios = {what: {name: round(each["ours"] / each[name], 2) for name in ("bare", "zones")} for what, each in medians.items()}
    return {"seconds": medians, "ratios": ratios, "runs": runs, "load": os.getloadavg()}


def script_ms(home: Path) -> dict[str, int]:
    """The page script in a copy of the home with a hundred thousand organizations more, all on the map: caches empty, and again."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home / "warehouse", copy / "warehouse")
        newest = json.loads((copy / "warehouse" / "catalogue.json").read_text(encoding="utf-8"))["publications"][-1]["snapshot"]
        path = copy / "warehouse" / f"{newest}.duckdb"
        path.chmod(0o644)
        with duckdb.connect(str(path)) as con:
            for statement in MORE.split(";"):
                con.execute(statement)
        os.environ["GANZHIHUI_DATA"] = str(copy)
        found = page(str(copy), asked={"points": "organizations", "zone": "chem"}, of="from pages.zones import zones_page\nzones_page()")
        return {name: round(found[name] * 1000) for name in ("cold", "cached")}


def _seen() -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Our view, for the peer to have the same, and where in it the zones lie, in pixels from its middle."""
    from charts.map import Area, zone_map
    from charts.theme import Palette
    from etl.geometry.shapes import GEO

    features = json.loads((GEO / "zones.geojson").read_text(encoding="utf-8"))["features"]
    areas = [Area(code=each["id"], name="", label="", said="", share=0, polygons=[each["geometry"]["coordinates"]], at=(0, 0)) for each in features]
    plain = Palette(paper="#FFFFFF", ink="#000000", quiet="#000000", line="#000000", accent="#000000", second="#000000")
    view = json.loads(zone_map(areas, [], palette=plain).to_json())["initialViewState"]
    degree = TILE * 2 ** view["zoom"] / 360
    return ({name: view[name] for name in ("longitude", "latitude", "zoom", "pitch", "bearing")},
            {each["id"]: ((each["properties"]["label_lon"] - view["longitude"]) * degree, -(each["properties"]["label_lat"] - view["latitude"]) * degree
                          / cos(radians(view["latitude"])) * cos(radians(view["pitch"]))) for each in features})


def _opened(context: BrowserContext, address: str) -> Page:
    context.add_init_script(DRAWN)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function(SETTLED, arg=["", READY, QUIET_MS])
    return page


def _clicked(page: Page, x: float, y: float) -> float:
    """Seconds from the click to the last change of the page: the name of the zone is a heading by then."""
    before = page.evaluate("[...document.querySelectorAll('h2')].map(each => each.innerText)")
    box = page.locator("[data-testid=stDeckGlJsonChart]").bounding_box()
    assert box
    at = box["x"] + box["width"] / 2 + x, box["y"] + HEIGHT / 2 + y
    page.mouse.move(at[0] - 3, at[1])  # as a hand comes: the map looks what is under it
    page.wait_for_timeout(500)
    page.mouse.click(*at)
    page.wait_for_function("before => [...document.querySelectorAll('h2')].map(each => each.innerText).join() != before.join()", arg=before)
    page.wait_for_function(SETTLED, arg=["", READY, QUIET_MS])
    return float(page.evaluate("watched.changed - watched.asked")) / 1000


if __name__ == "__main__":
    print(json.dumps({**compared(Path(sys.argv[1]), int(sys.argv[2])), "script_ms": script_ms(Path(sys.argv[1]))}))
