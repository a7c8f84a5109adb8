"""What was frozen, over HTTP: byte for byte, and never what is no longer that; exports and figures as of an issue."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from asked import Answer, Get, ask
from issue_home import frozen, told_more
from park import Park
from starlette.applications import Starlette

from exports.figure_routes import figure_routes
from exports.issue_routes import issue_routes
from exports.links import pack_url
from exports.routes import export_routes
from warehouse.here import reader
from warehouse.issues import Frozen


@pytest.fixture
def get() -> Iterator[Get]:
    app = Starlette(routes=[*issue_routes(), *export_routes(), *figure_routes()])

    def run(url: str, **asked: object) -> Answer:
        return ask(app, url, **asked)  # type: ignore[arg-type]

    reader.cache_clear()
    yield run
    reader.cache_clear()


@pytest.fixture
def found(issue_home: Park) -> Frozen:
    """An issue, and one more snapshot since."""
    issue = frozen(issue_home)
    told_more(issue_home)
    return issue


def test_every_file_comes_as_it_was_frozen_and_is_held_for_ever(found: Frozen, get: Get) -> None:
    assert "manifest.json" in [each.name for each in found.handed_out]
    for each in found.handed_out:
        answer = get(pack_url(found.name, each.name))
        assert (answer.status, answer.body) == (200, (found.folder / each.name).read_bytes())
        assert "immutable" in answer.headers["cache-control"]
        assert get(pack_url(found.name, each.name), headers={"If-None-Match": answer.headers["etag"]}).status == 304
    assert "no-cache" in get(pack_url("2026-11", "manifest.json")).headers["cache-control"], "there may be a later revision tomorrow"


def test_the_zip_holds_every_file_and_is_the_same_each_time(found: Frozen, get: Get) -> None:
    answer = get(pack_url(found.name))
    assert answer.status == 200 and int(answer.headers["content-length"]) == len(answer.body)
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"{found.name}/{each.name}": (found.folder / each.name).read_bytes() for each in found.handed_out}
    assert get(pack_url(found.name)).body == answer.body


def test_what_is_altered_is_refused_by_name_and_the_rest_can_still_be_had(found: Frozen, get: Get) -> None:
    path = found.folder / "SHA256SUMS"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"!")
    refused = get(pack_url(found.name, "SHA256SUMS"))
    assert refused.status == 409 and "与冻结时不同" in refused.text
    assert get(pack_url(found.name)).status == 409 and "SHA256SUMS" in get(pack_url(found.name)).text
    assert get(pack_url(found.name, "manifest.json")).status == 200


def test_rows_and_values_of_which_some_are_persons_stay_in_the_data_home(found: Frozen, get: Get) -> None:
    kept = [each.name for each in found.files if each not in found.handed_out]
    assert "state/mart.contribution.parquet" in kept and "state/values.json" in kept
    assert {get(pack_url(found.name, name)).status for name in kept} == {403}
    assert "manager_registered" not in get(pack_url(found.name, "manifest.json")).text


@pytest.mark.parametrize(("url", "said"), [
    ("/pack/2026-12.zip", "相近的：2026-11"), ("/pack/2026-12/manifest.json", "相近的：2026-11"), ("/pack/2026-11/nothing.pdf", "现有：SHA256SUMS"),
    ("/pack/2026-11/../../landing/acts/00000001.json", "没有文件"), ("/pack/2026-11//etc/passwd", "没有文件"), ("/export/g2_pilot.csv?issue=1999-01", "相近的：2026-11"),
])
def test_what_there_is_none_of_is_answered_with_what_there_is(found: Frozen, get: Get, url: str, said: str) -> None:
    answer = get(url)
    assert answer.status == 404 and said in answer.text


def test_an_export_of_an_issue_is_that_of_its_snapshot_and_day(found: Frozen, get: Get) -> None:
    then = get("/export/g1_poc_small.csv?issue=2026-11")
    assert then.status == 200
    assert then.body == get(f"/export/g1_poc_small.csv?snapshot={found.snapshot}&as_of={found.as_of}").body
    assert then.body != get("/export/g1_poc_small.csv").body
    assert get("/export/g1_poc_small.csv?issue=2026-11&snapshot=something-else").body == then.body, "an issue decides its snapshot"


def test_a_figure_of_an_issue_is_that_of_its_snapshot_and_day(found: Frozen, get: Get) -> None:
    then, now = get("/figure/g1_poc_small-way.svg?issue=2026-11", method="HEAD"), get("/figure/g1_poc_small-way.svg", method="HEAD")
    same = get(f"/figure/g1_poc_small-way.svg?snapshot={found.snapshot}&as_of={found.as_of}", method="HEAD")
    assert then.status == 200 and then.headers["etag"] == same.headers["etag"] != now.headers["etag"]


def test_nothing_is_exported_from_a_snapshot_that_is_not_the_frozen_one(issue_home: Park, found: Frozen, get: Get) -> None:
    path = issue_home.home.store.path(found.snapshot)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\0")
    answer = get("/export/g1_poc_small.csv?issue=2026-11")
    assert answer.status == 409 and "专刊 2026-11r1 的快照已不在或有改动" in answer.text


def test_who_may_not_see_the_page_gets_no_file(found: Frozen, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    from analytics.access import Access, Role

    monkeypatch.setattr("exports.issue_routes.access_of", lambda _request: Access(subject="a", name="a", role=Role.VIEWER, departments=frozenset()))
    assert get(pack_url(found.name)).status == get(pack_url(found.name, "manifest.json")).status == 403
