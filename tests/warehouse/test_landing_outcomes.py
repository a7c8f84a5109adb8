"""When an outcome has landed (G3): a contract or own use, an implementer of the park, a place in it, proof and date; each situation is one outcome."""

from __future__ import annotations

from typing import Any

import pytest
from worlds import ZONES, Row, World, day, monotone, organization, project, sent, world

LANDED = {"project_id": "P", "outcome_name": "某成果", "right_kind": "patent", "route": "transfer", "contract_no": "H1", "implementer_org_id": "F1",
          "space_name": "绿色化工", "landing_proof": "production", "landed_on": day("2026-03-10"), "landed_precision": "D", "validity": "valid",
          "evidence_id": "Z1"}
DAYS = ["2025-09-28", "2025-09-29", "2026-02-28", "2026-03-10", "2027-12-31"]


def outcome(outcome_id: str, **other: Any) -> Row:
    """A complete landing, but for what is given."""
    return {"outcome_id": outcome_id, **LANDED, **other}


SITUATIONS = [
    outcome("whole"), outcome("licence", route="licence"), outcome("equity", route="equity"), outcome("core", space_name="核心区"),
    outcome("own_use", route="own_use", contract_no=None), outcome("validity_blank", validity=None), outcome("no_evidence", evidence_id=None),
    outcome("no_contract", contract_no=None), outcome("licence_no_contract", route="licence", contract_no=None),
    outcome("equity_no_contract", route="equity", contract_no=None), outcome("no_route", route=None),
    outcome("no_firm", implementer_org_id=None), outcome("unknown_firm", implementer_org_id="F9"),
    outcome("no_space", space_name=None), outcome("outside", space_name="区外"), outcome("pending_space", space_name="待定"),
    outcome("unreadable_space", space_name="火星园区"), outcome("no_proof", landing_proof=None),
    outcome("no_date", landed_on=None, landed_precision=None), outcome("void", validity="void"),
    outcome("early", landed_on=day("2025-09-28")), outcome("on_base", landed_on=day("2025-09-29")),
    outcome("early_void", landed_on=day("2025-06-30"), validity="void"), outcome("early_outside", landed_on=day("2025-06-30"), space_name="区外"),
    outcome("early_no_proof", landed_on=day("2025-06-30"), landing_proof=None),
    outcome("month", landed_on=day("2026-04-30"), landed_precision="M"),
    outcome("signed", signed_on=day("2026-02-10"), signed_precision="D", landing_proof=None, landed_on=None, landed_precision=None),
    outcome("signed_and_landed", signed_on=day("2026-02-10"), signed_precision="D"),
    outcome("intention", signed_on=day("2026-02-10"), signed_precision="D", contract_no=None, landing_proof=None, landed_on=None, landed_precision=None),
    outcome("signed_early", signed_on=day("2025-09-28"), signed_precision="D"),
    outcome("signed_void", signed_on=day("2026-02-10"), signed_precision="D", validity="void"),
]
INCOMPLETE = ["no_contract", "licence_no_contract", "equity_no_contract", "no_route", "no_firm", "unknown_firm", "no_space", "outside", "pending_space",
              "unreadable_space", "no_proof", "no_date", "void"]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("outcomes"), sent("projects", project("P")), sent("organizations", organization("F1", "生物医药")),
                 sent("evidence", {"evidence_id": "Z1", "document_name": "首张发票", "document_kind": "发票"}), sent("outcomes", *SITUATIONS))


@pytest.mark.parametrize("name", ["whole", "licence", "equity", "core", "validity_blank", "no_evidence", "own_use"])
def test_a_complete_landing_counts_from_its_landing_date(cases: World, name: str) -> None:
    assert cases.of("g3_landed", name, "2026-03-09", "2026-03-10", "2027-12-31") == [0, 1, 1]
    assert cases.zones("g3_landed", name, "2026-03-10") == [["core" if name == "core" else "chem"]]


@pytest.mark.parametrize("name", INCOMPLETE)
def test_a_landing_that_lacks_one_thing_does_not_count(cases: World, name: str) -> None:
    assert cases.of("g3_landed", name, "2026-03-10", "2027-12-31") == [0, 0]
    assert cases.of("g3_landed_incl_stock", name, "2026-03-10", "2027-12-31") == [0, 0]


def test_the_total_by_hand(cases: World) -> None:
    """On 2026-03-10: the seven complete ones, on_base, signed_and_landed and signed_early; month comes on 2026-04-30; with stock also early."""
    assert [cases.value("g3_landed", on) for on in ("2025-09-28", "2025-09-29", "2026-03-09", "2026-03-10", "2026-04-29", "2026-04-30")] == [0, 1, 1, 10, 10, 11]
    assert [cases.value("g3_landed_incl_stock", on) for on in ("2025-09-29", "2026-04-30")] == [2, 12]


def test_an_outcome_landed_before_the_base_date_is_only_in_the_figure_with_stock(cases: World) -> None:
    """With stock needs the same five things."""
    assert cases.of("g3_landed", "early", "2025-09-29", "2027-12-31") == [0, 0]
    assert cases.of("g3_landed_incl_stock", "early", "2025-09-29", "2027-12-31") == [1, 1]
    for name in ("early_void", "early_outside", "early_no_proof"):
        assert cases.of("g3_landed_incl_stock", name, "2025-09-29", "2027-12-31") == [0, 0], name
    assert cases.of("g3_landed_incl_stock", "whole", "2026-03-09", "2026-03-10") == [0, 1]


def test_a_landing_known_to_the_month_counts_at_its_end(cases: World) -> None:
    assert cases.of("g3_landed", "month", "2026-04-01", "2026-04-29", "2026-04-30") == [0, 0, 1]


def test_without_an_evidence_document_it_counts_and_is_pending(cases: World) -> None:
    """E-0, for outcomes as for events."""
    assert (cases.is_pending("g3_landed", "no_evidence", "2026-03-10"), cases.is_pending("g3_landed", "whole", "2026-03-10")) == (True, False)


def test_a_contract_counts_as_signed_from_its_signing_and_an_intention_never(cases: World) -> None:
    for name in ("signed", "signed_and_landed"):
        assert cases.of("g3_signed", name, "2026-02-09", "2026-02-10", "2027-12-31") == [0, 1, 1], name
    assert cases.of("g3_landed", "signed", "2027-12-31") == [0]
    for name in ("intention", "signed_early", "signed_void"):
        assert cases.of("g3_signed", name, "2026-02-10", "2027-12-31") == [0, 0], name


@pytest.mark.parametrize("on", DAYS)
def test_the_zones_sum_to_the_total_and_nothing_lands_outside_or_nowhere(cases: World, on: str) -> None:
    for metric in ("g3_landed", "g3_landed_incl_stock", "g3_signed"):
        assert sum(cases.value(metric, on, zone) or 0 for zone in ZONES) == cases.value(metric, on) == len(cases.read(metric, on).rows)
    assert cases.value("g3_landed", on, "outside") == cases.value("g3_landed", on, "unplaced") == 0


def test_cumulative_landings_never_fall(cases: World) -> None:
    for metric in ("g3_landed", "g3_signed", "g3_landed_incl_stock"):
        assert monotone(cases.value(metric, on) for on in DAYS)


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One outcome told by several departments: the centre its contract, the bureau its landing, each leaving the other's cells blank."""
    needed = {"project_id": "P", "outcome_name": "某成果", "right_kind": "patent"}
    contract = {**needed, "route": "transfer", "contract_no": "H1", "implementer_org_id": "F1"}
    landing = {**needed, "space_name": "绿色化工", "landing_proof": "production", "landed_on": day("2026-03-10"), "landed_precision": "D"}
    return world(
        tmp_path_factory.mktemp("merged"), sent("projects", project("P")),
        sent("organizations", organization("F1")), sent("organizations", organization("F1"), organization("F2"), as_of="2026-06-30"),
        sent("outcomes", {"outcome_id": "halves", **contract}, {"outcome_id": "contract_only", **contract}, {"outcome_id": "moved", **contract},
             {"outcome_id": "voided", **contract}, {"outcome_id": "revived", **contract, "validity": "void"},
             {"outcome_id": "firm_later", **contract, **landing, "implementer_org_id": "F2"}, as_of="2026-02-28"),
        sent("outcomes", {"outcome_id": "halves", **landing}, {"outcome_id": "landing_only", **landing}, {"outcome_id": "moved", **landing},
             {"outcome_id": "voided", **landing, "validity": "void"}, {"outcome_id": "revived", **landing, "validity": "valid"},
             {"outcome_id": "replaced", **contract, **landing}, department="D04", as_of="2026-03-31"),
        sent("outcomes", {"outcome_id": "halves", **needed}, {"outcome_id": "voided", **needed}, {"outcome_id": "moved", **needed,
             "space_name": "生物医药", "landed_on": day("2026-05-10"), "landed_precision": "D"}, department="D10", sender="甲园", as_of="2026-05-31"),
        sent("outcomes", {"outcome_id": "replaced", **contract, **landing, "contract_no": None}, department="D04", as_of="2026-05-31"))


def test_what_several_departments_know_of_an_outcome_is_put_together_and_a_blank_takes_nothing_away(merged: World) -> None:
    assert merged.of("g3_landed", "halves", "2026-03-09", "2026-03-10", "2027-12-31") == [0, 1, 1]
    assert [merged.of("g3_landed", name, "2027-12-31") for name in ("contract_only", "landing_only")] == [[0], [0]]
    assert len([row for row in merged.read("g3_landed", "2027-12-31").rows if row.entity_id == "halves"]) == 1


def test_the_latest_answer_to_each_column_holds(merged: World) -> None:
    """moved lands on 2026-05-10 in bio after all."""
    assert merged.of("g3_landed", "moved", "2026-03-10", "2026-05-09", "2026-05-10") == [0, 0, 1]
    assert merged.zones("g3_landed", "moved", "2027-12-31") == [["bio"]]


def test_a_senders_later_row_replaces_its_earlier_one_blanks_and_all(merged: World) -> None:
    """A reading: between departments a blank takes nothing away, but a department's own row told again is a correction of the whole row."""
    assert merged.of("g3_landed", "replaced", "2026-03-10", "2027-12-31") == [0, 0]


def test_one_departments_retraction_holds_until_another_answer(merged: World) -> None:
    assert merged.of("g3_landed", "voided", "2027-12-31") == [0]
    assert merged.of("g3_landed", "revived", "2026-03-10") == [1]


def test_an_implementer_listed_after_the_landing_is_known_from_its_list_on_at_the_latest(merged: World) -> None:
    assert merged.of("g3_landed", "firm_later", "2026-03-09", "2026-06-30") == [0, 1]
