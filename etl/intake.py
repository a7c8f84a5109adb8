"""Intake: from a file in the inbox to a decision about it — placed, held with a question, or refused with a reason."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import polars as pl

from etl import inbox, staging
from etl.contract import Feed
from etl.feeds import FEEDS
from etl.home import Home, local_day
from etl.landing import Act, Landing
from etl.parsing import typed
from etl.reference import in_force, reference_hash
from etl.register import Register, SentFile, replay
from etl.report import Report
from etl.staging import Job, Refused, Staged

FEW = 3  # a list may lose this many live keys,
EARLIEST = dt.date(2000, 1, 1)  # no file speaks of a day before
EARLY = dt.timedelta(days=7)  # before its end a month may be reported without being asked about: all pages would stand at a day that has not come
SMALL_SHARE = 0.05  # or this share of them, without being asked
NAMED = 20  # unknown headings
STILL_WRITTEN = "仍在写入，本次未收。", "等复制完成后再刷新一次。"


def receive(landing: Landing, folder: Path, moment: dt.datetime, report: Report) -> int:
    """Land what was sent since the last look. Returns how many things could not be taken. Raises InboxUnusable, OSError."""
    acts = landing.acts()
    register = replay(acts)
    taken = {(act.body["path"], act.body["mtime_ns"]): act.body["size_bytes"] for act in acts if act.kind in ("received", "seen")}
    seen = inbox.look(folder, taken)
    for path in seen.still_written:
        report.say(path, *STILL_WRITTEN)
    for path in seen.folders:
        report.say(path, "这是一个文件夹，不是文件。", "把里面的文件直接放进部门的文件夹。")
    for path in seen.closed:
        report.say(path, "打不开，未收。", "检查该文件或文件夹的读取权限后重试。")
    for path in seen.links:
        report.say(path, "这是一个链接，不是文件，未收。", "把文件本身放进部门的文件夹。")
    for path in seen.odd:
        report.say(path, "这不是普通文件（是管道、套接字或设备），没有打开，未收。", "删去它，把表格文件本身放进部门的文件夹。")
    troubled = len(seen.folders) + len(seen.closed) + len(seen.links) + len(seen.odd)
    landed = 0
    for found in seen.at_rest:
        try:
            with inbox.opened(found) as sent:
                sha256, size = landing.keep(sent)
        except inbox.StillWritten:
            report.say(found.path, *STILL_WRITTEN)
            continue
        except inbox.Unreadable as problem:
            report.say(found.path, f"文件打不开：{problem}。", "检查文件权限，或关闭正在占用它的程序后重试。")
            troubled += 1
            continue
        if said_already(register, found.path, sha256):  # nothing new; but once another file stands in its place, it must not come back by itself
            landing.append("seen", at=moment, path=found.path, size_bytes=size, mtime_ns=found.mtime_ns)
            continue
        landing.append("received", at=moment, who="inbox", way="inbox", name=Path(found.path).name, path=found.path, sha256=sha256, size_bytes=size,
                       mtime_ns=found.mtime_ns)
        landed += 1
    if landed:
        report.step("received", "收到新文件", files=landed)
    return troubled


def said_already(register: Register, path: str, sha256: str) -> SentFile | None:
    """The file that counts already where these bytes, from this place, are its own: then sending them again says nothing new."""
    last = register.newest_at(path)
    if last is None or last.sha256 != sha256:
        return None
    if last.repeats is not None:
        last = register.files[last.repeats]
    return last if last.status == "placed" and last.as_of is not None and register.standing(last.scope, last.as_of) == last else None


def jobs(home: Home, landing: Landing, register: Register, files: Iterable[SentFile]) -> dict[int, Job]:
    """What is to be read for each file, by number."""
    known = _departments(register)
    return {file.file_id: Job(blob=landing.blob(file.sha256), name=file.name, sha256=file.sha256, received_on=local_day(file.received_at),
                              staging=home.staging, feed=file.feed or None, headings=tuple(_headings(register, file, known))) for file in files}


def _departments(register: Register) -> tuple[inbox.Department, ...]:
    return inbox.departments(in_force(register.rules)["departments"].iter_rows(named=True))


def _headings(register: Register, file: SentFile, known: Sequence[inbox.Department]) -> Iterator[tuple[str, str, str]]:
    """feed, heading, column of what was said of the headings of this file's sender."""
    for (feed, department, sender), headings in register.headings.items():
        who = inbox.sender_of(file.path, FEEDS[feed], known)
        if file.feed in ("", feed) and who == inbox.Sender(department_id=department, sender=sender):
            yield from ((feed, heading, column) for heading, column in headings.items())


class Desk:
    """Where files are judged, one after the other: the register as it stands, who may send, and what a refusal depends on."""

    def __init__(self, landing: Landing, moment: dt.datetime) -> None:
        self.register = replay(landing.acts())
        self._landing, self._moment = landing, moment
        reference = in_force(self.register.rules)
        self._known = _departments(self.register)
        headings = sorted((*scope, *meant) for scope, all_meant in self.register.headings.items() for meant in all_meant.items())
        self._judge = hashlib.sha256(f"{staging.reading_hash()}{reference_hash(reference)}{headings or ''}".encode()).hexdigest()[:16]

    def undecided(self) -> list[SentFile]:
        """Files nobody has judged yet, and those that other code or rules refused."""
        again = [file for file in self.register.waiting("refused")
                 if file.judged_by != self._judge and self.register.newest_at(file.path) == file]
        return self.register.waiting("new") + again

    def decide(self, file: SentFile, outcomes: Mapping[int, Staged | Refused]) -> Act:
        """Record what becomes of a file that was read. `outcomes`: what came of reading it and of every file in force, by number."""
        act = self._landing.append(**self._decision(file, outcomes), at=self._moment, file=file.file_id)
        self.register.tell(act)
        return act

    def _decision(self, file: SentFile, outcomes: Mapping[int, Staged | Refused]) -> dict[str, Any]:
        outcome = outcomes[file.file_id]
        if isinstance(outcome, Refused):
            near = {"near": asdict(outcome.near)} if outcome.near else {}
            return {"kind": "refused", "what": outcome.what, "do": outcome.do, "judged_by": self._judge, **near}
        outcome = replace(outcome, as_of=outcome.as_of or file.as_of_given)
        sender = inbox.sender_of(file.path, FEEDS[outcome.feed], self._known)
        if isinstance(sender, str):
            return {"kind": "refused", "what": sender + "。", "judged_by": self._judge,
                    "do": "把文件放进 inbox/<部门名称>/ 下；放在 inbox 下的，在文件名中写明部门。"}
        place = {"feed": outcome.feed, "department": sender.department_id, "sender": sender.sender,
                 "as_of": outcome.as_of and outcome.as_of.isoformat(), "accepted": outcome.accepted, "refused": outcome.refused}
        scope = (outcome.feed, sender.department_id, sender.sender)
        if question := _question(self.register, file, outcome, outcomes, scope, self._moment):
            return {"kind": "held", **place, "what": question[0], "do": question[1]}
        stands = outcome.as_of and self.register.standing(scope, outcome.as_of)
        if stands and stands.sha256 == file.sha256:
            return {"kind": "repeated", "of": stands.file_id}
        return {"kind": "placed", **place, "supersedes": superseded(self.register, scope, outcome.as_of)}


def superseded(register: Register, scope: tuple[str, str, str], as_of: dt.date | None) -> int | None:
    """The file that a new one of this scope and as-of stands for from now on: of a full list one stands alone, but where a period is part of its scope."""
    feed = FEEDS[scope[0]]
    standing = register.standing(scope, as_of) if as_of and feed.mode == "full" and not feed.scope_period() else None
    return standing.file_id if standing else None


def _question(register: Register, file: SentFile, staged: Staged, outcomes: Mapping[int, Staged | Refused], scope: tuple[str, str, str],
              moment: dt.datetime) -> tuple[str, str] | None:
    """What a person must answer before this file counts, and how; None if nothing."""
    answer = f"python -m etl confirm {file.file_id} --by 姓名"
    if staged.as_of is None:
        return ("没有写明截至日：文件内、文件名中都找不到。文件暂不计入，先前的文件照常有效。",
                f"在表头写“截至2026年10月31日”后重新报送，或运行 python -m etl confirm {file.file_id} --as-of 2026-10-31 --by 姓名。")
    received = local_day(moment)
    if not EARLIEST <= staged.as_of <= (month_end(received) if month_end(received) - received <= EARLY else received):
        when = "在将来" if staged.as_of > EARLIEST else "过早"
        return f"截至日 {staged.as_of} {when}。文件暂不计入，先前的文件照常有效。", f"核对后重新报送，或运行 {answer} --as-of 正确的日期。"
    if staged.question:
        told = f"python -m etl map {staged.feed} --sender {'/'.join(filter(None, scope[1:]))} --by 姓名 文件中的列名=报表的列名"
        return f"{staged.question}？文件暂不计入，先前的文件照常有效。", (
            f"改列名后重新报送；若是，运行 {told}；若不是，运行 {answer}，照现在读到的计入。")
    live, lost = _lost(register, staged, outcomes, scope)
    if len(lost) > max(FEW, SMALL_SHARE * len(live)) or (live and lost == live):
        names = "、".join(sorted(lost)[:5])
        return (f"比上一份少了 {len(lost)} 个编号（上一份在册 {len(live)} 个）：{names} 等。文件暂不计入，上一份照常有效。",
                f"核对是否漏行，补齐后重新报送；若确应减少，运行 {answer}。")
    return None


def _lost(register: Register, staged: Staged, outcomes: Mapping[int, Staged | Refused],
          scope: tuple[str, str, str]) -> tuple[set[str], set[str]]:
    """Live keys of the list before this one, and those of them that are in neither its accepted nor its refused rows.

    Where a period is part of the scope, the list before is the newest that speaks of one of the file's periods, and only these count.
    """
    feed = FEEDS[staged.feed]
    if feed.mode != "full" or not staged.as_of:
        return set(), set()
    told = pl.concat([_keys(staged.folder, kind, feed) for kind in ("accepted", "refused")])
    before = (file for file in reversed(register.placed()) if file.scope == scope and file.as_of and file.as_of <= staged.as_of)
    for file in before:
        previous = outcomes[file.file_id]
        if not isinstance(previous, Staged):
            return set(), set()
        live = _keys(previous.folder, "accepted", feed, live=True)
        if feed.scope_period():
            live = live.join(told, on="period", how="semi")
        if live.height or not feed.scope_period():
            return set(live["key"]), set(live["key"]) - set(told["key"])
    return set(), set()


def _keys(folder: Path, kind: str, feed: type[Feed], *, live: bool = False) -> pl.DataFrame:
    """key and period (blank where it is no part of the scope) of staged rows; of those that have not ended, where asked."""
    frame = pl.scan_parquet(folder / f"{kind}.parquet")
    if live and feed.ended:
        frame = frame.filter(~pl.col(feed.ended[0]).is_in(feed.ended[1]))
    scope = feed.scope_period()
    return frame.select(key=_joined([name for column in feed.key() for name in typed(column)]),
                        period=_joined(list(typed(scope))) if scope else pl.lit("")).collect()


def _joined(names: list[str]) -> pl.Expr:
    return pl.concat_str(pl.col(names).cast(pl.String).fill_null(""), separator="|")


def month_end(day: dt.date) -> dt.date:
    """The last day of its month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def tell(report: Report, file: SentFile, staged: Staged) -> None:
    """Tell the sender which rows were refused, and what was set aside."""
    title = FEEDS[staged.feed].title
    lines = list(staged.reasons)
    if staged.refused > len(lines) > 0:
        lines.append(f"……共 {staged.refused} 行被退回")
    if staged.unknown:
        more = f" 等 {len(staged.unknown)} 列" if len(staged.unknown) > NAMED else ""
        lines.append(f"不认识的列已另置，未使用：{'、'.join(staged.unknown[:NAMED])}{more}（可说明一次：python -m etl map {staged.feed} --help）")
    lines += staged.warnings
    report.say(f"{title} · {file.path}（接收 {staged.accepted} 行，退回 {staged.refused} 行）", "\n  ".join(lines),
               "改正后把整份文件重新放进同一位置；其余各行已经计入。" if staged.refused else "核对即可，其余各行已经计入。")
