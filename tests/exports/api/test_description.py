"""The door does what its description says: schemathesis asks it whatever that allows, and does not, and finds nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import schemathesis
from api_client import Client, Served
from jsonschema import Draft202012Validator, FormatChecker
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from exports.api.bodies import PREFIX
from exports.api.description import openapi, written
from exports.api.door import PATTERNS
from exports.api.operations import BODIES, OPERATIONS

METRIC = "g1_poc_small"


def test_every_route_is_described_and_nothing_else(secretary: Client) -> None:
    told = secretary.json("/openapi.json")
    assert told["openapi"].startswith("3.1") and told["servers"] == [{"url": PREFIX}]
    served = {re.sub(r":\w+}", "}", each.path): each for _pattern, each in PATTERNS}
    assert told["paths"].keys() == served.keys() and len(served) == len(OPERATIONS) == 9
    for path, described in told["paths"].items():
        assert described.keys() == {"get"}
        get, operation = described["get"], served[path]
        assert [each["name"] for each in get["parameters"]] == [each.name for each in operation.parameters]
        assert {each["name"] for each in get["parameters"] if each["in"] == "path"} == set(re.findall(r"{(\w+)}", path))
        assert set(get["responses"]) == {"200", "304", *map(str, operation.refusals)}
        assert get["responses"]["200"]["content"].keys() == operation.bodies.keys()
    text = json.dumps(told)
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= told["components"]["schemas"].keys()
    assert secretary.json("/openapi.json?lang=zh") == told and "Dashboard" in json.dumps(secretary.json("/openapi.json?lang=en"))


def test_every_schema_is_one_and_every_answer_keeps_to_it(secretary: Client) -> None:
    asked = {"issues": ["/issues"], "issue": ["/issues/2026-11"], "metrics": ["/metrics", "/metrics?issue=2026-11&lang=en"],
             "metric": [f"/metrics/{each}" for each in (METRIC, f"{METRIC}?zone=bio", "pool_balance", "manager_registered", "exp_hhi", "premise_occupancy")],
             "rows": [f"/metrics/{METRIC}/rows?limit=2", "/metrics/pool_balance/rows", "/metrics/manager_registered/rows"],
             "problem": [f"/metrics/{METRIC}?zone=bogus", "/nothing"]}
    assert asked.keys() == BODIES.keys()
    for name, paths in asked.items():
        schema = secretary.json(f"/schema/{name}")
        Draft202012Validator.check_schema(schema)
        strict = Draft202012Validator(closed(schema), format_checker=FormatChecker())
        for path in paths:
            answer = secretary(path)
            strict.validate(json.loads(answer.body))
            assert name == "problem" or f"</api/v1/schema/{name}>" in answer.headers["link"]


def closed(part: Any) -> Any:
    """The schema, with no field allowed that it does not name."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {name: closed(each) for name, each in part.items()} | ({"additionalProperties": False} if "properties" in part else {})


def faults(client: Client, served_home: Served, examples: int) -> tuple[list[str], set[int]]:
    """What the engine of schemathesis finds at the door, and the statuses it saw."""
    told = json.loads(written(openapi(OPERATIONS, BODIES)))
    # What there is here stands among what may be asked for: else nearly everything would be 404.
    there = {"metric": [METRIC, "pool_balance", "manager_registered", "exp_hhi", "none"], "issue": ["2026-11", "2026-11r1", "1999-01"], "zone": ["bio", "core", "none"],
             "snapshot": [served_home.now, "none"], "name": ["manifest.json", "rows", "state/values.json", "none"]}
    for path in told["paths"].values():
        for parameter in path["get"]["parameters"]:
            if parameter["name"] in there:
                parameter["schema"] = {"type": "string", "enum": there[parameter["name"]]}
                parameter["example"] = there[parameter["name"]][0]
    config = SchemathesisConfig.from_dict({
        "headers": {"Authorization": f"Bearer {client.token}"} if client.token else {}, "workers": 1, "warnings": False,
        "generation": {"max-examples": examples, "deterministic": True, "database": "none", "no-shrink": True}, "phases": {"stateful": {"enabled": False}}})
    schema = schemathesis.openapi.from_dict(told, config=config)
    schema.app = client.app
    found: list[str] = []
    statuses: set[int] = set()
    for event in from_schema(schema).execute():
        match event:
            case ScenarioFinished(recorder=recorder):
                statuses |= {each.response.status_code for each in recorder.interactions.values() if each.response}
                found += [f"{each.name}: {each.failure_info.failure} {each.failure_info.code_sample}" for checks in recorder.checks.values() for each in checks
                          if each.failure_info]
            case NonFatalError() | FatalError():
                found.append(str(event))
    return found, statuses


def test_schemathesis_finds_nothing(secretary: Client, served_home: Served) -> None:
    found, statuses = faults(secretary, served_home, examples=6)
    assert found == [] and {200, 400, 403, 404, 405} <= statuses


def test_schemathesis_finds_nothing_without_a_token(stranger: Client, served_home: Served) -> None:
    found, statuses = faults(stranger, served_home, examples=1)
    assert found == [] and statuses == {401}
