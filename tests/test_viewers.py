"""Many people read while refreshes publish: nobody sees an error, and no page is torn between two snapshots. VIEWERS=50 VIEWER_SECONDS=120 makes it many and long."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from issue_home import quickly, told_more
from park import Park
from served import serving
from viewers import PAGES, Readers, snapshot
from wire import Viewer, Wire

from etl.home import Home

SECONDS = float(os.environ.get("VIEWER_SECONDS", "8"))
VIEWERS = int(os.environ.get("VIEWERS", "12"))


@pytest.mark.torture
def test_many_people_read_whole_pages_while_refreshes_publish(told: Park, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(told.home.root, tmp_path / "data")
    park, log = Park(home=Home(root=tmp_path / "data")), tmp_path / "log"
    with serving(park.home.root, log) as address:
        wire, readers = Wire(address), Readers()
        for page in PAGES:
            with wire.socket() as socket:
                assert snapshot(Viewer(socket).run(page)) == park.home.store.publications()[-1].snapshot
        published = [park.home.store.publications()[-1].snapshot]
        with readers.reading(wire, VIEWERS, pause=3):
            begun = time.monotonic()
            while time.monotonic() - begun < SECONDS or len(published) < 3:
                with quickly():
                    published.append(told_more(park, len(published)))
                time.sleep(SECONDS / 6)
        with wire.socket() as socket:
            last = Viewer(socket).run("goals")
    assert readers.wrong == []
    assert readers.cuts == 0
    assert [each.run.error for each in readers.reads if each.run.error] == []
    shown = readers.pages()
    assert {page: len(texts) for page, texts in shown.items() if len(texts) > 1} == {}, "the same page of the same snapshot is the same to everybody"
    assert len({name for _, name in shown}) >= 3, "they saw it change"
    assert {name for _, name in shown} <= set(published)
    assert snapshot(last) == published[-1]
    assert "Traceback" not in log.read_text(errors="replace")
    with capsys.disabled():
        print(f"\n{VIEWERS} viewers, {len(published) - 1} publications: {readers.times()}; load {os.getloadavg()[0]:.1f}")
