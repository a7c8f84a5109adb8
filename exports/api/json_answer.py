"""A body of the contract as an answer: its ETag is of its bytes, which name the snapshot and what was asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from exports.api.contract import JSON, Answer, Content, as_etag


def answered(body: Any, facts: Mapping[str, str | int | None], headers: Mapping[str, str] | None = None) -> Answer:
    """`body`: one of the dataclasses of the contract."""
    kind: type = type(body)
    return of_bytes(adapter(kind).dump_json(body), facts, headers)


def of_bytes(text: bytes, facts: Mapping[str, str | int | None], headers: Mapping[str, str] | None = None, media_type: str = JSON) -> Answer:
    """JSON that is written already."""
    return Answer(media_type=media_type, etag=as_etag(hashlib.sha256(text).hexdigest()), facts=facts, headers=headers or {},
                  content=lambda: Content(pieces=[text], length=len(text)))


@cache
def adapter(body: type) -> TypeAdapter[Any]:
    """What writes a dataclass as JSON and knows its schema."""
    return TypeAdapter(body)
