"""How leads and scenarios go on, against the estimators written out in fractions from the days themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from adoption_world import OCTOBER, lead, scenario
from worlds import World, day, sent, world

from analytics.leads import ageing, leads
from analytics.steps import LEADS, PUBLISHED, RECOGNISED, TAKEN, Steps, steps

DAYS = [(30, 1), (60, 1), (90, 2), (152, 0), (50, 1), (91, 0)]  # of S1 to S6 from publication to take-up (1), expiry (2) or the end of October


@pytest.fixture(scope="module")
def timed(adoption_park: World) -> Steps:
    return steps(adoption_park.con, day(OCTOBER))


def by_hand(spells: list[tuple[int, int]], until: int) -> tuple[Fraction, Fraction, Fraction]:
    """Aalen–Johansen in fractions: the incidence of both causes and what is left, at a time. One person at a time, as the definition has it."""
    left, one, two = Fraction(1), Fraction(0), Fraction(0)
    for at in sorted({days for days, cause in spells if cause and days <= until}):
        risk = sum(days >= at for days, _ in spells)
        first, second = (sum((days, cause) == (at, kind) for days, cause in spells) for kind in (1, 2))
        one, two = one + left * Fraction(first, risk), two + left * Fraction(second, risk)
        left *= 1 - Fraction(first + second, risk)
    return one, two, left


def test_take_up_is_the_incidence_with_expiry_competing_and_open_ones_censored(timed: Steps) -> None:
    moves = timed.of(PUBLISHED).moves
    assert moves.size == 6
    for until in (29, 30, 55, 60, 90):
        one, two, left = by_hand(DAYS, until)
        assert (moves.share(1, until), moves.share(2, until), moves.stay(until)) == pytest.approx((float(one), float(two), float(left)))
        assert moves.share(1, until) + moves.share(2, until) + moves.stay(until) == pytest.approx(1)
    assert by_hand(DAYS, 90)[0] == Fraction(1, 2), "3 of 6; 3 of the 4 that are over would be three quarters: the open ones would count as nothing"


def test_the_wait_is_kaplan_meier_with_expired_and_open_ones_censored(timed: Steps) -> None:
    waits = timed.waits(PUBLISHED)
    assert waits.quantile(0.5) == 60, "S falls to 5/6, 4/6 and 3/6"
    assert waits.happened(1, 1000) == 3


def test_few_are_given_as_counts_and_none_as_nothing(timed: Steps) -> None:
    taken = timed.of(TAKEN).advanced(6)
    assert (taken.said, taken.happened, taken.size, taken.share) == ("counts", 1, 3, None)
    assert timed.of(PUBLISHED, "nuclear").advanced(6).said == "nothing"


def test_too_short_a_watch_is_no_share(timed: Steps) -> None:
    rate = timed.of(PUBLISHED).advanced(12)
    assert rate.said == "unseen" and rate.share is None


def test_a_use_before_recognition_took_no_days(timed: Steps) -> None:
    assert timed.waits(RECOGNISED).quantile(0.2) == 0


def test_a_lead_whose_days_are_not_known_is_not_timed_and_said_to_be_so(timed: Steps) -> None:
    assert timed.untimed["lead_tracked"] == 1, "L8 signed on a day nobody told"
    assert timed.of(LEADS[0]).moves.size == 7


def test_a_loss_without_a_day_is_put_midway_between_the_last_list_without_it_and_the_first_with_it(timed: Steps) -> None:
    lost = timed.of(LEADS[0], "bio").moves
    assert lost.times.tolist() == [(day("2026-09-30") - day("2026-04-01")).days]
    assert lost.events[1].tolist() == [1]


def test_the_future_is_not_known_at_an_earlier_day(adoption_park: World) -> None:
    before = steps(adoption_park.con, day("2026-03-15"))
    assert before.of(PUBLISHED).moves.size == 3
    assert before.of(PUBLISHED).moves.happened(2, 1000) == 0
    assert before.of(LEADS[1]).moves.size == 1


def test_what_vanished_from_its_list_is_watched_until_then(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = [scenario(f"S{number}", "2026-01-01") for number in range(40)]
    made = world(tmp_path_factory.mktemp("gone"), sent("scenarios", *told, department="D01", as_of="2026-03-31"),
                 sent("scenarios", *told[1:], department="D01", as_of="2026-06-30"), sent("scenarios", *told[1:], department="D01", as_of="2026-09-30"))
    found = steps(made.con, day("2026-09-30"))
    assert dict(zip(found.days.tolist(), found.number.tolist(), strict=True)) == {180: 1, 272: 39}
    made.con.close()


def test_leads_beyond_the_third_quartile_of_their_step_are_listed_longest_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    quick = [lead(f"Q{number}", "2026-01-01", "signed", signed=f"2026-01-{10 + number}") for number in range(8)]
    slow = [lead("A", "2026-02-01"), lead("B", "2026-01-15", office="北京驻点"), lead("C", "2026-10-25")]
    made = world(tmp_path_factory.mktemp("slow"), sent("leads", *quick, *slow, department="D07", sender="驻点", as_of=OCTOBER))
    seen = leads(made.con, day(OCTOBER))
    assert seen
    third_quartile = seen.limits["lead_tracked"]
    assert third_quartile == 16 and "lead_signed" not in seen.limits, "of 11, 9 days to 16 for eight that signed; none moved in, so no limit there"
    found = ageing(made.con, seen, None, None)
    assert [(each.lead_id, each.days) for each in found] == [("B", 289), ("A", 272)]
    assert [each.lead_id for each in ageing(made.con, seen, None, "北京驻点")] == ["B"]
    assert (seen.slow_number(), seen.slow_number(office="北京驻点"), seen.slow_number(step="lead_signed")) == (2, 1, 0)
    made.con.close()
