"""A reference client of the HTTP door: needs Python 3.11 and nothing else. `python client.py --help`; the token is read from GANZHIHUI_TOKEN."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urljoin

API = "/api/v1"
CONTRACT = "1"  # the major version this client was written for
PATIENCE = 3  # how often it waits where the door asks it to, and how long at most
LONGEST_S = 60
SUMS, MANIFEST = "SHA256SUMS", "manifest.json"


class Refused(Exception):
    """The door answered with a problem document (RFC 9457)."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.problem = problem
        super().__init__(f"{problem['status']} {problem['title']}（{problem['where']}）\n{problem['detail']}")


class NotAsTold(Exception):
    """What came is not what the door itself says it is."""


class Door:
    """`address`: of the service, as https://park.example; `token`: as it was given out."""

    def __init__(self, address: str, token: str) -> None:
        self._address, self._token = address, token
        self._held: dict[str, tuple[str, bytes]] = {}  # by address: the tag and what it belongs to

    def get(self, path: str) -> bytes:
        """The body; what has not changed since the last time is not sent again. Raises Refused, OSError."""
        url = urljoin(self._address, path)
        tag, held = self._held.get(url, ("", b""))
        for again in range(PATIENCE + 1):
            asked = urllib.request.Request(url, headers={"Authorization": f"Bearer {self._token}"} | ({"If-None-Match": tag} if tag else {}))
            try:
                with urllib.request.urlopen(asked, timeout=300) as answer:
                    if answer.headers["Contract-Version"].partition(".")[0] != CONTRACT:
                        raise NotAsTold(f"约定的版本是 {answer.headers['Contract-Version']}，本程序按 {CONTRACT} 写成")
                    body: bytes = answer.read()
                    self._held[url] = answer.headers["ETag"], body
                    return body
            except urllib.error.HTTPError as refusal:
                with refusal:
                    if refusal.code == 304:
                        return held
                    wait = refusal.headers.get("Retry-After", "")
                    if refusal.code in (429, 503) and wait.isdigit() and again < PATIENCE:
                        time.sleep(min(int(wait), LONGEST_S))
                        continue
                    if refusal.headers.get_content_type() != "application/problem+json":
                        raise
                    raise Refused(json.load(refusal)) from None
        raise AssertionError("unreachable")

    def json(self, path: str, **choices: str | None) -> Any:
        """A JSON body. Amounts in it are text: make them Decimal, never float."""
        query = urlencode({name: text for name, text in choices.items() if text is not None})
        return json.loads(self.get(f"{path}?{query}" if query else path))

    def issues(self) -> list[dict[str, Any]]:
        """All issues in all revisions."""
        found: list[dict[str, Any]] = self.json(f"{API}/issues")["issues"]
        return found

    def metric(self, metric_id: str, **choices: str | None) -> dict[str, Any]:
        """A metric's value with its definition; `choices`: as_of, snapshot, issue, zone, lang."""
        found: dict[str, Any] = self.json(f"{API}/metrics/{quote(metric_id, safe='')}", **choices)
        return found

    def rows(self, address: str) -> Iterator[dict[str, Any]]:
        """Every row, or group, page by page. `address`: `rows` of a metric, which pins day and snapshot."""
        following: str | None = address
        while following:
            page = self.json(following)
            yield from page["rows"] or page["groups"]
            following = page["next"]

    def pack(self, issue: str, folder: Path) -> list[Path]:
        """All files of an issue, unpacked below a folder and checked against SHA256SUMS and what the door lists. Raises NotAsTold, and writes nothing then."""
        told = self.json(f"{API}/issues/{quote(issue, safe='')}")
        with zipfile.ZipFile(io.BytesIO(self.get(told["pack"]))) as archive:
            top = f"{told['issue']['name']}/"
            files = {name.removeprefix(top): archive.read(name) for name in archive.namelist()}
        found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        sums = {name: sha256 for sha256, _blank, name in (line.partition("  ") for line in files[SUMS].decode().splitlines())}
        for said, what in ((sums, SUMS), ({file["name"]: file["sha256"] for file in told["files"]}, "目录")):
            wrong = [name for name in said.keys() | found.keys() - {SUMS, MANIFEST} if found.get(name) != said.get(name)]
            if wrong:
                raise NotAsTold(f"与{what}不符：{'、'.join(sorted(wrong))}")
        written = []
        for name, content in files.items():
            path = (folder / told["issue"]["name"] / name).resolve()
            if not path.is_relative_to(folder.resolve()):
                raise NotAsTold(f"压缩包中有文件夹以外的名字：{name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
        return written


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 refused or not as told, 2 a wrong argument."""
    top = argparse.ArgumentParser(description="甘智汇科创园数据看板对外接口的示例客户端；令牌由环境变量 GANZHIHUI_TOKEN 给出")
    top.add_argument("--at", required=True, metavar="地址", help="如 https://park.example")
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("issues", help="列出各期专刊")
    metric = commands.add_parser("metric", help="取一个指标的值与各行")
    metric.add_argument("metric", metavar="指标代码")
    metric.add_argument("--issue", metavar="期号")
    metric.add_argument("--zone", metavar="空间")
    pack = commands.add_parser("pack", help="下载一期并核对")
    pack.add_argument("issue", metavar="期号")
    pack.add_argument("folder", type=Path, metavar="文件夹")
    asked = top.parse_args(arguments)
    if not os.environ.get("GANZHIHUI_TOKEN"):
        top.error("环境变量 GANZHIHUI_TOKEN 没有给出令牌")
    door = Door(asked.at, os.environ["GANZHIHUI_TOKEN"])
    try:
        {"issues": _issues, "metric": _metric, "pack": _pack}[asked.command](door, asked)
    except (Refused, NotAsTold, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _issues(door: Door, _asked: argparse.Namespace) -> None:
    for each in door.issues():
        print(each["name"], each["meeting"], f"截至{each['as_of']}", each["snapshot"], "最新一版" if each["is_newest"] else "", sep="  ")


def _metric(door: Door, asked: argparse.Namespace) -> None:
    found = door.metric(asked.metric, issue=asked.issue, zone=asked.zone)
    definition = found["metric"]
    print(f"{definition['name_zh']}（{definition['status']}，口径第 {definition['version']} 版）：", found["value"] or "—", definition["unit"], found["reason"] or "")
    for each in found["zones"]:
        print("  ", each["zone"], each["value"] or "—", each["reason"] or "")
    rows = list(door.rows(found["rows"]))
    for row in rows[:10]:
        print("  ", *(row[name] for name in ("occurred_on", "entity_name", "value", "file", "row") if name in row))
    print(f"  共 {len(rows)} 行（组）")
    if definition["drill"] == "rows" and definition["aggregation"] == "sum" and found["value"] is not None:
        total = sum((Decimal(row["value"]) for row in rows), Decimal(0))
        if total != Decimal(found["value"]):
            raise NotAsTold(f"各行之和 {total} 与值 {found['value']} 不等")
        print("  各行之和与值相等")


def _pack(door: Door, asked: argparse.Namespace) -> None:
    written = door.pack(asked.issue, asked.folder)
    print(f"{len(written)} 个文件，与 {SUMS} 和目录所列都相同：")
    for path in written:
        print("  ", path)


if __name__ == "__main__":
    sys.exit(main())
