"""What output counts (G4): months out of monthly, cumulative and yearly figures, each situation one firm; all amounts in 元, without tax unless said.

Every firm makes the product of an outcome that landed in 2024, so that only the figures themselves decide.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from worlds import ZONES, Row, Sent, World, day, monotone, organization, project, rule, sent, world

from etl.feeds import FEEDS
from etl.gate import gate
from etl.landing import Act

D = Decimal
CENT = D("0.01")
CUMULATIVE, ROLLING, YEAR, UNATTRIBUTED = "g4b_output_cumulative", "g4a_output_12m", "g4a_output_year", "g4_unattributed_12m"


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def output(org: str, span: str, until: str, amount: str, *, share: str | None = "1", product: str | None = "", taxed: bool | None = False,
           calibre: str = "industrial_output") -> Row:
    """A figure of the month, the year to date or the year that ends with the month `until` (2026-03). `product` "": the firm's own."""
    year, month = map(int, until.split("-"))
    begins = dt.date(year, month if span == "month" else 1, 1)
    return {"period_from": begins, "period_to": month_end(year, month), "span": span, "org_id": org,
            "outcome_id": f"L_{org}" if product == "" else product, "report_type": "final" if span == "year" else "preliminary", "calibre": calibre,
            "amount_cny": D(amount), "attribution_share": None if share is None else D(share), "is_tax_included": taxed}


def month(org: str, until: str, amount: str, **other: Any) -> Row:
    return output(org, "month", until, amount, **other)


def to_date(org: str, until: str, amount: str, **other: Any) -> Row:
    return output(org, "year_to_date", until, amount, **other)


def whole_year(org: str, year: int, amount: str, **other: Any) -> Row:
    return output(org, "year", f"{year}-12", amount, **other)


def landed(outcome_id: str, org: str) -> Row:
    """An outcome that landed before anything here."""
    return {"outcome_id": outcome_id, "project_id": "P", "outcome_name": "某成果", "right_kind": "patent", "route": "own_use", "implementer_org_id": org,
            "space_name": "绿色化工", "landing_proof": "production", "landed_on": day("2024-02-29"), "landed_precision": "D"}


def calendar(org: str) -> list[Row]:
    """9, 10, 11, 12 for the last months of 2025, 101 to 112 for 2026, 201 for January 2027: no two sums are alike."""
    return [month(org, f"{year}-{number}", str({2025: 0, 2026: 100, 2027: 200}[year] + number))
            for year, numbers in ((2025, range(9, 13)), (2026, range(1, 13)), (2027, range(1, 2))) for number in numbers]


FIRST_TOLD = [
    *calendar("each_month"),
    *(to_date("to_date", until, amount) for until, amount in (("2026-02", "180"), ("2026-03", "300"), ("2026-04", "280"), ("2026-06", "900"), ("2027-01", "50"))),
    *(to_date("over_base", until, amount) for until, amount in (("2025-09", "900"), ("2025-10", "1000"), ("2025-12", "1300"))),
    to_date("late_start", "2026-09", "900"), to_date("late_start", "2026-10", "1000"),
    month("mixed", "2026-01", "100"), month("mixed", "2026-02", "80"), to_date("mixed", "2026-03", "300"), month("mixed", "2026-04", "50"),
    to_date("mixed", "2026-06", "500"),
    *(month("both_ways", f"2026-{number}", "100") for number in (1, 2, 3)), to_date("both_ways", "2026-03", "300"),
    month("march_apart", "2026-03", "130"), to_date("march_apart", "2026-03", "300"),
    *(month("at_odds", f"2026-{number}", "100") for number in (1, 2, 3)), to_date("at_odds", "2026-03", "290"), to_date("at_odds", "2026-04", "400"),
    {**month("joined", "2026-02", "180"), "period_from": day("2026-01-01")}, month("joined", "2026-02", "80"), to_date("joined", "2026-03", "300"),
    {**month("spring", "2026-04", "90"), "period_from": day("2026-03-01")}, month("spring", "2026-04", "40"),
    *(month("half_year", f"2026-{number}", "10") for number in (1, 3)), output("half_year", "year", "2026-06", "100"), whole_year("half_year", 2026, "200"),
    *(month("revised", f"2025-{number}", "100.00") for number in (10, 11, 12)), whole_year("revised", 2025, "1000.00"),
    *(month("uneven", until, amount) for until, amount in (("2025-10", "1.00"), ("2025-11", "1.00"), ("2025-12", "5.00"))),
    whole_year("uneven", 2025, "10.00"),
    *(month("down", f"2026-{number}", "100.00") for number in range(1, 13)), whole_year("down", 2026, "1000.00"),
    *(month("half", until, amount, share="0.5") for until, amount in (("2025-10", "1.00"), ("2025-11", "1.00"), ("2025-12", "5.00"))),
    whole_year("half", 2025, "10.00", share="0.5"),
    to_date("revised_to_date", "2026-02", "180"), to_date("revised_to_date", "2026-03", "300"), whole_year("revised_to_date", 2026, "600"),
    month("next_year", "2026-12", "100"), whole_year("next_year", 2026, "130"), month("next_year", "2027-01", "70"),
    *(month("taxed_year", f"2026-{number}", "113.00", taxed=True) for number in (1, 2)), whole_year("taxed_year", 2026, "300.00"),
    whole_year("only_year", 2026, "1200.00"),
    month("nothing", "2026-03", "100"), whole_year("nothing", 2026, "0"),
    month("taxed", "2026-03", "113.00", taxed=True), month("taxed", "2026-04", "100.00", taxed=True), month("tax_blank", "2026-03", "113.00", taxed=None),
    to_date("taxed_to_date", "2026-02", "226.00", taxed=True), to_date("taxed_to_date", "2026-03", "339.00", taxed=True),
    month("unmapped", "2026-03", "500", share=None), month("unmapped", "2026-04", "40", share="0.25"),
    month("unmapped_blank", "2026-03", "500", share=None, product=None),
    month("two_products", "2026-03", "100", share="0.6", product="L_a"), month("two_products", "2026-03", "100", share="0.3", product="L_b"),
    to_date("two_calibres", "2026-02", "180", product="L_c"), to_date("two_calibres", "2026-03", "300", product="L_c"),
    to_date("two_calibres", "2026-03", "90", product="L_d", calibre="revenue"),
    to_date("share_changes", "2026-02", "100", share="0.5"), to_date("share_changes", "2026-03", "200", share="0.8"),
    month("corrected", "2026-03", "100"), to_date("corrected_to_date", "2026-02", "180"), to_date("corrected_to_date", "2026-03", "300"),
    month("leap", "2027-02", "100"), month("rezoned", "2026-03", "100"), month("rezoned", "2026-08", "40"),
    month("outside", "2026-03", "100"), month("outside", "2026-04", "100", share=None), month("unplaced", "2026-03", "100"), month("unlisted", "2026-03", "100"),
]
THEN_TOLD = [month("corrected", "2026-03", "120"), to_date("corrected_to_date", "2026-02", "200")]
FIRMS = sorted({row["org_id"] for row in FIRST_TOLD} - {"unlisted"})


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> World:
    """All firms in chem, but for the one outside and the one nobody has placed; rezoned goes to bio on 2026-06-30."""
    def listed(**moved: str | None) -> list[Row]:
        spaces: Mapping[str, str | None] = {"outside": "区外", "unplaced": None, **moved}
        return [organization(firm, spaces.get(firm, "绿色化工")) for firm in FIRMS]

    products = [landed(f"L_{firm}", firm) for firm in [*FIRMS, "unlisted"]]
    products += [landed(name, firm) for name, firm in (("L_a", "two_products"), ("L_b", "two_products"), ("L_c", "two_calibres"), ("L_d", "two_calibres"))]
    return world(tmp_path_factory.mktemp("output"), sent("projects", project("P")), sent("outcomes", *products),
                 sent("organizations", *listed()), sent("organizations", *listed(rezoned="生物医药"), as_of="2026-06-30"),
                 sent("output_values", *FIRST_TOLD, department="D04", as_of="2027-02-28"),
                 sent("output_values", *THEN_TOLD, department="D04", as_of="2027-03-31"))


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., World]:
    """A world of its own, with one firm F and its landed product."""
    def make(*told: Sent | Act) -> World:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        return world(folder, sent("projects", project("P")), sent("organizations", organization("F")), sent("outcomes", landed("L_F", "F")), *told)

    return make


def test_a_months_output_counts_from_the_end_of_the_month(cases: World) -> None:
    assert cases.of(CUMULATIVE, "corrected", "2026-03-30", "2026-03-31", "2027-12-31") == [0, 120, 120]


def test_cumulative_output_begins_with_october_2025(cases: World) -> None:
    """September 2025 began before the base date and no daily split is reported."""
    assert cases.of(CUMULATIVE, "each_month", "2025-09-30", "2025-10-30", "2025-10-31", "2025-12-31", "2026-12-31", "2027-01-31") == [
        0, 0, 10, 33, 33 + 1278, 33 + 1278 + 201]


def test_the_twelve_months_at_the_end_of_october_are_november_to_october(cases: World) -> None:
    """11 + 12 + (101 + … + 110)."""
    assert cases.of(ROLLING, "each_month", "2026-10-31") == [11 + 12 + 1055]
    rows = [row.occurred_on for row in cases.read(ROLLING, "2026-10-31").rows if row.entity_id == "each_month"]
    assert (min(rows), max(rows), len(rows)) == (day("2025-11-30"), day("2026-10-31"), 12)


def test_the_twelve_months_drop_a_month_on_the_day_its_successor_of_next_year_comes(cases: World) -> None:
    assert cases.of(ROLLING, "each_month", "2026-10-30", "2026-10-31", "2026-11-29", "2026-11-30") == [978, 1078, 1078, 1178]
    assert cases.of(ROLLING, "corrected", "2026-03-31", "2027-03-30", "2027-03-31") == [120, 120, 0]
    assert cases.of(ROLLING, "to_date", "2027-02-27", "2027-02-28") == [950, 770]  # January and February, told together, leave together


def test_the_february_of_the_year_before_a_leap_year_is_dropped_on_the_29th(cases: World) -> None:
    """At the last day of the month a year on, as for every month."""
    assert cases.of(ROLLING, "leap", "2027-02-28", "2028-02-28", "2028-02-29") == [100, 100, 0]


def test_the_calendar_year_begins_again_at_nought_and_stays_there_until_january_is_over(cases: World) -> None:
    assert cases.of(YEAR, "each_month", "2026-10-31", "2026-12-31", "2027-01-01", "2027-01-30", "2027-01-31") == [1055, 1278, 0, 0, 201]
    assert cases.of(YEAR, "each_month", "2025-12-31", "2026-01-01") == [42, 0]  # the whole calendar year, September before the base date too
    assert cases.of(YEAR, "to_date", "2026-12-31", "2027-01-01", "2027-01-31") == [900, 0, 50]


def test_figures_of_the_year_to_date_become_months_by_difference(cases: World) -> None:
    """January–February together at the end of February, a fall as a negative month, April to June together at the end of June."""
    assert cases.of(CUMULATIVE, "to_date", "2026-01-31", "2026-02-27", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-29", "2026-06-30",
                   "2027-01-31") == [0, 0, 180, 300, 280, 280, 280, 900, 950]


def test_a_year_to_date_figure_that_is_the_first_of_its_year_counts_whole_at_its_end(cases: World) -> None:
    assert cases.of(CUMULATIVE, "late_start", "2026-08-31", "2026-09-29", "2026-09-30", "2026-10-31") == [0, 0, 900, 1000]


def test_of_figures_that_began_before_the_base_date_only_the_later_differences_count(cases: World) -> None:
    assert cases.of(CUMULATIVE, "over_base", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31") == [0, 100, 100, 400]
    assert cases.of(YEAR, "over_base", "2025-09-30", "2025-12-31") == [900, 1300]


def test_monthly_and_year_to_date_figures_complete_each_other(cases: World) -> None:
    """March = 300 − 100 − 80; April as told; May and June = 500 − 300 − 50."""
    assert cases.of(CUMULATIVE, "mixed", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30") == [100, 180, 300, 350, 350, 500]


def test_a_month_told_both_ways_counts_once(cases: World) -> None:
    assert cases.of(CUMULATIVE, "both_ways", "2026-02-28", "2026-03-31") == [200, 300]


def test_what_a_year_to_date_figure_leaves_goes_to_the_months_nobody_told(cases: World) -> None:
    """March is told as 130, so January and February are the other 170 of the 300."""
    assert cases.of(CUMULATIVE, "march_apart", "2026-02-27", "2026-02-28", "2026-03-31") == [0, 170, 300]


def test_where_monthly_and_year_to_date_figures_are_at_odds_the_months_as_told_hold(cases: World) -> None:
    """A reading: 300 as told against 290; April is the difference of the year-to-date figures, 400 − 290."""
    assert cases.of(CUMULATIVE, "at_odds", "2026-03-31", "2026-04-30") == [300, 410]


def test_january_and_february_told_together_as_a_month_are_a_year_to_date_figure(cases: World) -> None:
    """Of January–February 180 and February 80, January is 100; the build does not stop at two figures that end in one month."""
    assert cases.of(CUMULATIVE, "joined", "2026-01-31", "2026-02-28", "2026-03-31") == [100, 180, 300]


def test_of_two_monthly_figures_that_end_in_one_month_the_longer_counts(cases: World) -> None:
    assert cases.of(CUMULATIVE, "spring", "2026-03-31", "2026-04-30") == [0, 90]


def test_a_yearly_figure_that_ends_before_december_is_a_year_to_date_figure(cases: World) -> None:
    """10, 10 and 80 left until June make 100; the year's 200 doubles each."""
    assert cases.of(CUMULATIVE, "half_year", "2026-01-31", "2026-03-31", "2026-06-30", "2026-12-31") == [20, 40, 200, 200]


def test_the_final_year_revises_its_months_pro_rata_to_the_cent(cases: World) -> None:
    """1000.00 over three equal months: 333.34 and twice 333.33, whichever has the odd cent."""
    totals = cases.of(CUMULATIVE, "revised", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31", "2026-12-31")
    months = [after - before for before, after in itertools.pairwise(totals)]
    assert sorted(months) == [0, D("333.33"), D("333.33"), D("333.34")] and totals[-1] == D("1000.00")


def test_the_odd_cents_go_to_the_largest_remainders(cases: World) -> None:
    """142.857…, 142.857…, 714.286 cents: floors make 998, the two cents left go to October and November."""
    assert cases.of(CUMULATIVE, "uneven", "2025-10-31", "2025-11-30", "2025-12-31") == [D("1.43"), D("2.86"), D("10.00")]


def test_a_final_year_below_its_months_takes_some_away(cases: World) -> None:
    """83.333… twelve times: eight months of 83.33 and four of 83.34."""
    totals = [D(0), *cases.of(CUMULATIVE, "down", *(month_end(2026, number).isoformat() for number in range(1, 13)))]
    months = [after - before for before, after in itertools.pairwise(totals)]
    assert sorted(months) == [D("83.33")] * 8 + [D("83.34")] * 4 and totals[-1] == D("1000.00")


def test_the_share_applies_after_the_revision(cases: World) -> None:
    """Half of 1.43, 1.43 and 7.14."""
    assert cases.of(CUMULATIVE, "half", "2025-10-31", "2025-11-30", "2025-12-31") == [D("0.715"), D("1.43"), D("5")]


def test_the_final_year_revises_what_came_out_of_year_to_date_figures(cases: World) -> None:
    """180 and 120 of 300 become 360 and 240 of 600."""
    assert cases.of(CUMULATIVE, "revised_to_date", "2026-02-28", "2026-03-31", "2026-12-31") == [360, 600, 600]


def test_the_final_year_touches_no_other_year(cases: World) -> None:
    assert cases.of(CUMULATIVE, "next_year", "2026-12-30", "2026-12-31", "2027-01-31") == [0, 130, 200]


def test_a_final_year_without_tax_revises_months_told_with_it(cases: World) -> None:
    """Twice 113 with tax are 100 and 100; the year says 300."""
    assert cases.of(CUMULATIVE, "taxed_year", "2026-01-31", "2026-02-28") == [150, 300]


def test_a_final_year_without_any_month_counts_at_its_end(cases: World) -> None:
    """A reading: nothing to revise, so the year's own figure, at the end of its period as every figure."""
    assert cases.of(CUMULATIVE, "only_year", "2026-12-30", "2026-12-31") == [0, 1200]
    assert cases.of(YEAR, "only_year", "2026-12-31", "2027-01-01") == [1200, 0]


def test_a_final_year_of_nought_takes_its_months_away(cases: World) -> None:
    assert cases.of(CUMULATIVE, "nothing", "2026-03-31", "2026-12-31") == [0, 0]


def test_tax_is_taken_out_at_the_rate_of_the_reference_table(cases: World, made: Callable[..., World]) -> None:
    """113 ÷ 1.13 = 100; 100 ÷ 1.13 = 88.4956 (how it is rounded is not said); a blank is a figure without tax."""
    march, april = cases.of(CUMULATIVE, "taxed", "2026-03-31", "2026-04-30")
    assert march == 100 and abs(april - march - D("88.4956")) <= CENT / 2
    assert cases.of(CUMULATIVE, "tax_blank", "2026-03-31") == [113]
    assert cases.of(CUMULATIVE, "taxed_to_date", "2026-02-28", "2026-03-31") == [200, 300]
    other = made(rule("settings", setting_id="vat_rate", value="0.09"),
                 sent("output_values", month("F", "2026-03", "109.00", taxed=True), department="D04", as_of="2026-03-31"))
    assert other.value(CUMULATIVE, "2026-03-31") == 100


def test_output_without_a_share_is_shown_apart_and_not_in_the_headline(cases: World) -> None:
    for metric in (CUMULATIVE, ROLLING, YEAR):
        assert cases.of(metric, "unmapped", "2026-03-31", "2026-04-30") == [0, 10]
        assert cases.of(metric, "unmapped_blank", "2026-03-31") == [0]
    assert cases.of(UNATTRIBUTED, "unmapped", "2026-03-30", "2026-03-31", "2026-04-30", "2027-03-30", "2027-03-31") == [0, 500, 500, 500, 0]
    assert cases.of(UNATTRIBUTED, "unmapped_blank", "2026-03-31") == [500]
    assert cases.of(UNATTRIBUTED, "each_month", "2026-12-31") == [0]


def test_two_products_of_a_firm_add_up_by_their_shares(cases: World) -> None:
    assert cases.of(CUMULATIVE, "two_products", "2026-03-31") == [90]


def test_differences_are_taken_within_one_product_and_calibre(cases: World) -> None:
    assert cases.of(CUMULATIVE, "two_calibres", "2026-02-28", "2026-03-31") == [180, 390]


def test_a_share_told_anew_applies_to_its_own_difference(cases: World) -> None:
    """A reading: 100 × 0.5, then (200 − 100) × 0.8; the earlier months keep the share they were told with."""
    assert cases.of(CUMULATIVE, "share_changes", "2026-02-28", "2026-03-31") == [50, 130]


def test_the_same_key_told_again_is_a_correction(cases: World) -> None:
    """February becomes 200, so March is 300 − 200."""
    assert cases.of(CUMULATIVE, "corrected", "2026-03-31") == [120]
    assert cases.of(CUMULATIVE, "corrected_to_date", "2026-02-28", "2026-03-31") == [200, 300]


def test_a_final_monthly_figure_replaces_the_preliminary_one(made: Callable[..., World]) -> None:
    found = made(sent("output_values", month("F", "2026-03", "100"), department="D04", as_of="2026-03-31"),
                 sent("output_values", {**month("F", "2026-03", "90"), "report_type": "final"}, department="D04", as_of="2026-04-30"))
    assert [found.value(metric, "2026-03-31") for metric in (CUMULATIVE, ROLLING, YEAR)] == [90, 90, 90]


def test_a_firm_that_moves_takes_its_output_along_and_the_total_stays(cases: World) -> None:
    assert cases.zones(CUMULATIVE, "rezoned", "2026-03-31", "2026-06-29", "2026-06-30") == [["chem"], ["chem"], ["bio"]]
    assert cases.of(CUMULATIVE, "rezoned", "2026-06-29", "2026-06-30", "2026-08-31") == [100, 100, 140]
    assert cases.of(ROLLING, "rezoned", "2026-06-30", "2026-08-31", "2027-03-30", "2027-03-31", "2027-08-31", zone="bio") == [100, 140, 140, 40, 0]
    assert cases.of(ROLLING, "rezoned", "2026-03-31", "2026-06-30", zone="chem") == [100, 0]
    assert cases.of(YEAR, "rezoned", "2026-12-31", "2027-01-01", zone="bio") == [140, 0]


def test_a_firm_outside_counts_nowhere_and_one_without_a_place_as_unplaced(cases: World) -> None:
    """A firm that no list knows has no place either."""
    for metric in (CUMULATIVE, ROLLING, YEAR):
        assert cases.of(metric, "outside", "2026-03-31", "2026-04-30") == [0, 0]
        assert cases.zones(metric, "unplaced", "2026-03-31") == cases.zones(metric, "unlisted", "2026-03-31") == [["unplaced"]]


@pytest.mark.parametrize("on", ["2025-12-31", "2026-06-29", "2026-06-30", "2027-01-01"])
def test_the_zones_sum_to_the_total_and_the_rows_too(cases: World, on: str) -> None:
    for metric in (CUMULATIVE, ROLLING, YEAR, UNATTRIBUTED):
        reading = cases.read(metric, on)
        assert sum(cases.value(metric, on, zone) or 0 for zone in ZONES) == reading.value == sum(row.value for row in reading.rows), metric


def test_cumulative_output_of_figures_that_are_never_negative_never_falls(cases: World) -> None:
    days = [f"{year}-{number:02}-{number + 10}" for year in (2026, 2027) for number in range(1, 13, 2)]
    for firm in ("each_month", "uneven", "down", "mixed", "rezoned"):
        assert monotone(cases.of(CUMULATIVE, firm, *days))


def test_the_unit_a_file_is_written_in_changes_no_figure(made: Callable[..., World]) -> None:
    """The same amounts as 千元 in the heading, as 万元 in a column of their own and as 元 for the whole table."""
    shapes = {"千元": ("1234.56", "0.01"), "万元": ("123.456", "0.001"), "元": ("1234560", "10")}
    found: set[tuple[Decimal | None, ...]] = set()
    for unit, amounts in shapes.items():
        cells: dict[str, list[str]] = {"期间": ["2026年2月", "2026年3月"], "期间类型": ["当月", "当月"], "统一社会信用代码": ["F", "F"], "成果编号": ["L_F", "L_F"],
                                       "报表类型": ["快报", "快报"], "口径": ["营业收入", "营业收入"], "金额": list(amounts), "归因比例": ["100%", "1"]}
        if unit == "万元":
            cells["单位"] = [unit, unit]
        rows = pl.DataFrame({"sheet_no": [0, 0], "row": [2, 3], **cells}, schema_overrides={"sheet_no": pl.Int16, "row": pl.Int64})
        units = {"千元": {"金额": "千元"}, "万元": {}, "元": {"": "元"}}[unit]
        gated = gate(FEEDS["output_values"], rows, units=units, received_on=dt.date(2026, 4, 5))
        assert gated.accepted.height == 2, gated.reasons
        told = sent("output_values", *gated.accepted.drop("sheet_no", "row").to_dicts(), department="D04", as_of="2026-03-31")
        built = made(told)
        found.add(tuple(built.value(metric, on) for metric in (CUMULATIVE, ROLLING, YEAR) for on in ("2026-02-28", "2026-03-31")))
    assert found == {(D(1234560), D(1234570)) * 3}
