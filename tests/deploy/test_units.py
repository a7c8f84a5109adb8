"""The systemd units: that systemd understands them, how little they may do, and that what they start is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from served import ROOT

from etl.__main__ import parser

UNITS = sorted((ROOT / "deploy").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
MOST_EXPOSED = 2.0  # of 10, as systemd-analyze counts; a service without any limits has 9.6
systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")


@systemd
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace("/opt/ganzhihui/.venv/bin/python", sys.executable).replace("/opt/ganzhihui", str(ROOT))
        (tmp_path / path.name.replace("@", "@8501")).write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False, timeout=60)
    assert [line for line in done.stderr.splitlines() if str(tmp_path) in line or "ganzhihui" in line] == []


@systemd
@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_may_do_little_besides_its_work(path: Path) -> None:
    done = subprocess.run(["systemd-analyze", "security", "--offline=yes", path], capture_output=True, text=True, check=False, timeout=60)
    [level] = re.findall(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(level) <= MOST_EXPOSED


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_as_its_own_user_and_starts_what_there_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\nUser=ganzhihui\n" in text
    assert "\nUMask=0077" in text
    known = set(re.findall(r"^    (\w+)  ", parser().format_help(), flags=re.MULTILINE))
    for command in re.findall(r"^ExecStart=(.*)", text, flags=re.MULTILINE):
        if found := re.search(r"-m etl (\w+)", command):
            assert found[1] in known
        elif "scripts/" in command:
            assert (ROOT / command.split()[0].removeprefix("/opt/ganzhihui/")).is_file()
        else:
            assert re.search(r"-m (streamlit run serve\.py|exports (verify|selfcheck))", command), command


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_no_service_can_open_the_history_of_the_source(path: Path) -> None:
    assert "\nInaccessiblePaths=-/opt/ganzhihui/.git\n" in path.read_text(encoding="utf-8")


def test_the_login_of_the_pages_is_a_credential_and_not_in_the_environment() -> None:
    text = (ROOT / "deploy" / "ganzhihui-pages@.service").read_text(encoding="utf-8")
    assert "LoadCredential=secrets.toml:" in text
    assert "GANZHIHUI_LOGIN=%d/secrets.toml" in text


@pytest.mark.parametrize("told", ["docs/deploy/README.md", "docs/operations.md"])
def test_who_installs_as_it_is_written_has_every_unit_installed_and_running(told: str) -> None:
    text = (ROOT / told).read_text(encoding="utf-8")
    [copied] = re.findall(r"cp (?:/opt/ganzhihui/)?(deploy/\S+) /etc/systemd/system/", text)
    [enabled] = re.findall(r"systemctl enable --now (ganzhihui-pages@8501 .*)", text)
    assert set(ROOT.glob(copied)) == set(UNITS)
    assert {path.name for path in UNITS if path.suffix in (".timer", ".path")} <= set(enabled.split())
