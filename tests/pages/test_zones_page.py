"""The map page as it is drawn: sums before the reader's eyes, a zone's card, two zones side by side, the list, months, and what people type."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import duckdb
import pytest
import streamlit as st
from park import Park
from shown import Shown
from streamlit.testing.v1 import AppTest

from analytics.zone_shapes import points

SCRIPT = ("from language import speak\nfrom pages.choices import carry, language\nspeak(language().code)\ncarry('zones')\n"
          "from pages.zones import zones_page\nzones_page()\n")
HAN = re.compile("[一-鿿]+")
SENT = ("SELECT project_name FROM core.project UNION SELECT org_name FROM core.organization UNION SELECT outcome_name FROM core.outcome UNION "
        "SELECT lead_org_name FROM core.project UNION SELECT name FROM raw.file UNION SELECT unnest(sheets) FROM raw.file UNION SELECT sender FROM raw.file UNION "
        "SELECT content FROM core.task UNION SELECT unit_name FROM core.task UNION SELECT platform_name FROM core.platform UNION SELECT building_name FROM core.premise")
Run = Callable[..., AppTest]


@pytest.fixture
def run() -> Iterator[Run]:
    """Opens the page of the data home in the environment with these parameters in the URL; fails on any exception."""
    st.cache_data.clear()
    st.cache_resource.clear()

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_string(SCRIPT, default_timeout=60)
        for name, text in parameters.items():
            app.query_params[name] = text
        app.run()
        assert [each.message for each in app.exception] == []
        return app

    yield opened
    st.cache_data.clear()
    st.cache_resource.clear()


def shown(app: AppTest) -> Shown:
    return Shown(html="\n".join(str(each.proto.body) for each in app.get("html") if not each.proto.body.startswith("<style>")))


def whole(app: AppTest) -> dict[str, Decimal]:
    """The boxes beside the map."""
    boxes = next(each for each in re.findall(r"<dl.*?</dl>", shown(app).html) if 'class="whole' in each)
    return {name: Decimal(value.replace(",", "")) for name, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", boxes)}


def deck(app: AppTest) -> dict[str, object]:
    [chart] = app.get("deck_gl_json_chart")
    said: dict[str, object] = json.loads(chart.proto.json)
    return said


def drawn(app: AppTest) -> dict[str, dict[str, object]]:
    [layer] = [each for each in deck(app)["layers"] if each["id"] == "zones"]  # type: ignore[attr-defined]
    return {each["properties"]["code"]: each["properties"] for each in layer["data"]["features"]}


def test_what_is_on_the_map_and_beside_it_add_up_to_the_total(read_only: Park, run: Run) -> None:
    for metric in ("g1_poc_small", "g3_landed"):
        boxes = whole(run(measure=metric))
        assert boxes["一核七区"] + boxes["区外"] + boxes["未落区"] == boxes["合计"] == read_only.value(metric)


def test_the_map_fetches_nothing_and_its_zones_are_those_of_the_policy(read_only: Park, run: Run) -> None:
    app = run()
    assert deck(app).get("mapProvider") is None
    assert set(drawn(app)) == {"core", "chem", "bio", "energy", "data", "equip", "nuclear", "agri"}
    assert "示意" in shown(app).text and "© 天地图" in shown(app).text


def test_a_zone_and_the_one_beside_it_show_their_cards_and_their_rows(read_only: Park, run: Run) -> None:
    app = run(zone="energy", **{"with": "bio"})
    page = shown(app)
    assert re.findall(r'<article id="zone-(\w+)"|class="zone-card" id="zone-(\w+)"', page.html) == [("", "energy"), ("", "bio")]
    assert "特殊环境实验室" in page.text and "动物实验中心" in page.text
    value = read_only.value("g1_poc_small", zone="energy")
    assert value and f"共 {int(value)} 行，合计 {int(value)} 项" in page.text


def test_the_list_says_for_every_zone_what_the_map_can_show(read_only: Park, run: Run) -> None:
    app = run(show="list")
    assert not app.get("deck_gl_json_chart")
    head, *rows = shown(app).table("各空间")
    at = head.index("概念验证及小试项目（期内新增）（项）")
    by_zone = {row[0]: row[at] for row in rows}
    assert Decimal(by_zone.pop("合计")) == read_only.value("g1_poc_small") == sum(map(Decimal, by_zone.values()))
    assert len(by_zone) == 10


def test_a_density_leaves_the_boxes_as_they_are_and_says_its_unit(read_only: Park, run: Run) -> None:
    plain, dense = run(), run(per="km2")
    assert whole(plain) == whole(dense)
    assert "（项/平方千米）" in shown(dense).text
    heights = [{code: each["height"] for code, each in drawn(app).items()} for app in (plain, dense)]
    assert heights[0] != heights[1]


def test_an_earlier_month_is_chosen_by_the_slider_and_shows_fewer(read_only: Park, run: Run) -> None:
    app = run()
    slider = app.select_slider[0]
    assert len(slider.options) > 3
    before = app.query_params.get("as_of")
    slider.set_value(slider.options[0]).run()
    assert app.query_params["as_of"] != before
    assert f"数据截至 {slider.options[0]}" in shown(app).text
    assert whole(app)["合计"] < read_only.value("g1_poc_small")


@pytest.mark.parametrize("kind", ["organizations", "buildings", "platforms"])
def test_points_are_drawn_and_counted(read_only: Park, run: Run, kind: str) -> None:
    app = run(points=kind)
    names = [each["id"] for each in deck(app)["layers"]]  # type: ignore[attr-defined]
    assert ("spots" in names) == bool(re.search(r"标出\S+ [1-9]", shown(app).text))
    assert "相近的合为一点" in shown(app).text


@pytest.mark.parametrize("parameters", [
    {"measure": "<script>"}, {"zone": "north"}, {"with": "chem", "zone": "chem"}, {"per": "acre"}, {"points": "stars"}, {"show": "globe"}])
def test_a_code_there_is_none_of_is_said_and_the_default_is_shown(read_only: Park, run: Run, parameters: dict[str, str]) -> None:
    page = shown(run(**parameters))
    assert "没有这个" in page.text
    assert "<script>" not in page.html


def test_in_english_only_the_departments_words_are_chinese(read_only: Park, run: Run) -> None:
    app = run(lang="en", zone="chem", points="organizations")
    sent = " ".join(str(row[0]) for row in read_only.ask(SENT))
    markup = re.sub(r'<details class="sources">.*?</details>', "", shown(app).html, flags=re.DOTALL).replace(">中文</a>", ">")
    labels = json.dumps([each for each in deck(app)["layers"] if each["@@type"] == "TextLayer"], ensure_ascii=False)  # type: ignore[attr-defined]
    widgets = [text for each in (*app.selectbox, *app.segmented_control, *app.select_slider) for text in (each.label, *map(str, each.options))]
    assert "Green chemicals" in labels
    assert {each for each in HAN.findall("\n".join((markup, labels, *widgets))) if each not in sent} == set()


def test_a_snapshot_older_than_the_shapes_says_so(home: Park, run: Run) -> None:
    current = home.home.store.current()
    assert current
    path = home.home.store.path(current.snapshot)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as con:
        con.execute("DROP TABLE ref.zone_shape")
    assert "该期无此表" in shown(run()).text


def test_a_hundred_thousand_organizations_are_a_few_spots() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA core; CREATE SCHEMA ref; "
                    "CREATE TABLE core.organization AS SELECT 'f' || i AS org_id, 'f' || i AS org_name, DATE '2025-10-01' AS moved_in_on, NULL::DATE AS moved_out_on "
                    "FROM range(100000) AS r(i); "
                    "CREATE TABLE core.location AS SELECT 'organization' AS entity_kind, 'f' || i AS entity_id, 103.54 + (i % 317) * 0.0006 AS longitude_deg, "
                    "36.42 + (i // 317) * 0.0008 AS latitude_deg FROM range(100000) AS r(i); "
                    "CREATE TABLE core.premise_version (unit_id TEXT, building_name TEXT, zone_id TEXT, valid_from DATE, valid_until DATE); "
                    "CREATE TABLE core.platform_version (platform_name TEXT, space_name TEXT, zone_id TEXT, valid_from DATE, valid_until DATE); "
                    "CREATE TABLE ref.zone_shape (zone_id TEXT, label_longitude_deg DOUBLE, label_latitude_deg DOUBLE)")
        found = points(con, "organizations", dt.date(2026, 6, 30))
    assert found.things == 100_000
    assert 100 < len(found.cells) < 2000
