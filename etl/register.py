"""The register: what the acts say of every file, replayed. Pure: the same acts give the same register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from etl.landing import Act
from warehouse.acts import effective

Status = Literal["new", "placed", "held", "refused", "repeated", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """One sending of one file. `file_id` is the number of the act that received it."""

    file_id: int
    name: str
    path: str  # inside the inbox
    sha256: str
    mtime_ns: int
    received_at: dt.datetime
    status: Status = "new"
    feed: str = ""
    department_id: str = ""
    sender: str = ""
    as_of: dt.date | None = None
    what: str = ""  # why it is held or refused
    do: str = ""
    judged_by: str = ""  # fingerprint of the code and rules that refused it
    as_of_given: dt.date | None = None  # by who handed it in, for a file that does not say
    accepted: int | None = None  # rows
    refused: int | None = None
    repeats: int | None = None  # the number of the file that said the same and stood when this one came

    @property
    def scope(self) -> tuple[str, str, str]:
        """What a full list is the state of."""
        return self.feed, self.department_id, self.sender


@dataclass(frozen=True, kw_only=True)
class Register:
    """Files by number, the rule acts in force, and what senders' own headings mean."""

    files: dict[int, SentFile] = field(default_factory=dict)
    rules: tuple[Act, ...] = ()
    headings: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)  # scope → heading → column, "" for none

    def tell(self, act: Act) -> None:
        """What this act says of its file. A rollback is no such act: it takes `replay`."""
        files, body = self.files, act.body
        match act.kind:
            case "received":
                files[act.seq] = SentFile(file_id=act.seq, name=body["name"], path=body["path"], sha256=body["sha256"],
                                          mtime_ns=body["mtime_ns"], received_at=act.at, as_of_given=_day(body.get("as_of_given")))
            case "placed":
                files[body["file"]] = replace(files[body["file"]], status="placed", **_place(body), what="", do="")
            case "held":
                files[body["file"]] = replace(files[body["file"]], status="held", **_place(body), what=body["what"], do=body["do"])
            case "refused":
                files[body["file"]] = replace(files[body["file"]], status="refused", what=body["what"], do=body["do"],
                                              judged_by=body["judged_by"])
            case "repeated":
                files[body["file"]] = replace(files[body["file"]], status="repeated", repeats=body["of"])
            case "withdrawn":
                files[body["file"]] = replace(files[body["file"]], status="withdrawn")
            case "mapped":
                self._map((body["feed"], body["department"], body["sender"]), body["headings"])

    def _map(self, scope: tuple[str, str, str], headings: Mapping[str, str | None]) -> None:
        """What this sender's headings mean from now on, null taking a meaning back. Its held files are looked at again."""
        meant = self.headings.setdefault(scope, {})
        meant.update({heading: column for heading, column in headings.items() if column is not None})
        for heading in (heading for heading, column in headings.items() if column is None):
            meant.pop(heading, None)
        for file in self.waiting("held"):
            if file.scope == scope:
                self.files[file.file_id] = replace(file, status="new", what="", do="")

    def placed(self) -> list[SentFile]:
        """Files in force, in the order in which they speak: by as-of, then as received."""
        return sorted((file for file in self.files.values() if file.status == "placed"), key=lambda file: (file.as_of, file.file_id))

    def standing(self, scope: tuple[str, str, str], as_of: dt.date) -> SentFile | None:
        """The last received of the files in force for this scope and as-of."""
        return next((file for file in reversed(self.placed()) if (file.scope, file.as_of) == (scope, as_of)), None)

    def newest_at(self, path: str) -> SentFile | None:
        """The last file received from this place in the inbox."""
        return next((file for file in reversed(self.files.values()) if file.path == path), None)

    def waiting(self, status: Status) -> list[SentFile]:
        """Files of one status, as received."""
        return [file for file in self.files.values() if file.status == status]


def _place(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"feed": body["feed"], "department_id": body["department"], "sender": body["sender"], "as_of": _day(body["as_of"]),
            "accepted": body.get("accepted"), "refused": body.get("refused")}


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def replay(acts: Sequence[Act]) -> Register:
    """The register after these acts; what a rollback suspended is left out."""
    counting = effective(acts)
    register = Register(rules=tuple(act for act in counting if act.kind == "rule_changed"))
    for act in counting:
        register.tell(act)
    return register
