"""What every feed must do, shown by its own samples: a new feed gets these tests for nothing."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import etl.feeds
from etl.contract import AtMost, Feed, InOrder, Kind, SumToOne
from etl.feeds import FEEDS, FeedModuleError, discover
from etl.gate import Gated, gate, missing_headings, typed_columns
from etl.persons import NOT_CODES
from etl.reading import read
from etl.reading.heading import plain, split_unit
from etl.recognise import recognise

SAMPLES = Path(__file__).parent / "feeds" / "samples"
RECEIVED_ON = date(2026, 11, 5)
ROWS_ABOVE_HEADER = 2
EXPECTED = "应拒原因"
BETWEEN_REASONS = "；"
PLANTED = ("欧阳样例", "13912345678", "620102199001011234")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A sample file as reading hands it on, and per row the reasons it must be refused for (none: accepted)."""

    rows: pl.DataFrame
    units: dict[str, str]
    expected: dict[int, list[str]]

    @property
    def headings(self) -> list[str]:
        return [name for name in self.rows.columns if name not in ("sheet_no", "row")]

    def gated(self, feed: type[Feed]) -> Gated:
        return gate(feed, self.rows, units=self.units, received_on=RECEIVED_ON)


def sample(feed: type[Feed], which: str) -> Sample:
    with (SAMPLES / feed.name / f"{which}.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *body = list(csv.reader(file))[ROWS_ABOVE_HEADER:]
    units = {plain(heading): unit for heading in header if (unit := split_unit(heading)[1])}
    columns = {plain(heading): [row[at].strip() or None for row in body] for at, heading in enumerate(header)}
    expected = columns.pop(EXPECTED, [None] * len(body))
    first = ROWS_ABOVE_HEADER + 2
    place = {"sheet_no": pl.Series([0] * len(body), dtype=pl.Int16),
             "row": pl.Series(range(first, first + len(body)), dtype=pl.Int64)}
    texts = {name: pl.Series(cells, dtype=pl.String) for name, cells in columns.items()}
    return Sample(rows=pl.DataFrame(place | texts), units=units,
                  expected={row: (reasons or "").split(BETWEEN_REASONS) for row, reasons in enumerate(expected, first)})


def everything_written(gated: Gated) -> str:
    return "\n".join(frame.write_csv() for frame in (gated.accepted, gated.refused, gated.reasons, gated.set_aside))


@pytest.fixture(params=list(FEEDS.values()), ids=list(FEEDS))
def feed(request: pytest.FixtureRequest) -> type[Feed]:
    found: type[Feed] = request.param
    return found


def test_each_good_row_is_accepted_with_the_types_of_the_contract(feed: type[Feed]) -> None:
    good = sample(feed, "good")
    gated = good.gated(feed)
    assert gated.reasons["reason"].to_list() == []
    assert gated.accepted["row"].to_list() == good.rows["row"].to_list() != []
    assert dict(gated.accepted.schema) == {"sheet_no": pl.Int16(), "row": pl.Int64(), **typed_columns(feed)}
    assert gated.refused.is_empty()
    assert gated.set_aside.is_empty()
    assert gated.unknown == ()


def test_the_good_rows_fill_every_column(feed: type[Feed]) -> None:
    accepted = sample(feed, "good").gated(feed).accepted
    never_filled = {name for name in accepted.columns if accepted[name].is_null().all()}
    assert never_filled == set()


def test_each_bad_row_is_refused_for_exactly_the_reasons_it_names(feed: type[Feed]) -> None:
    bad = sample(feed, "bad")
    gated = bad.gated(feed)
    assert gated.refused["row"].to_list() == bad.rows["row"].to_list() != []
    assert gated.accepted.is_empty()
    for row, fragments in bad.expected.items():
        reasons = gated.reasons.filter(pl.col("row") == row)["reason"].to_list()
        assert len(reasons) == len(fragments), (row, reasons)
        for fragment in fragments:
            assert fragment
            assert sum(fragment in reason for reason in reasons) == 1, (row, fragment, reasons)


def test_a_reason_is_one_line_under_a_heading_of_the_file(feed: type[Feed]) -> None:
    bad = sample(feed, "bad")
    for heading, reason in bad.gated(feed).reasons.select("heading", "reason").iter_rows():
        assert heading in bad.headings
        assert reason.startswith(f"{heading}：")
        assert "\n" not in reason


def test_each_kind_of_rule_has_a_bad_row(feed: type[Feed]) -> None:
    """A column that can refuse does refuse somewhere, unless another of its kind does."""
    refused = set(sample(feed, "bad").gated(feed).reasons["heading"])
    heard = {column.kind for column in feed.columns if refused & set(column.headings)}
    can_refuse = {column.kind for column in feed.columns if column.kind not in (Kind.PERSONAL, Kind.NUMBER)}
    assert heard >= can_refuse


def test_each_rule_about_a_whole_row_has_a_bad_row(feed: type[Feed]) -> None:
    bad = sample(feed, "bad").gated(feed).reasons["reason"].to_list()
    titles = {column.name: column.heading for column in feed.columns}
    for rule in feed.rules:
        match rule:
            case InOrder():
                said = ["不应早于"]
            case AtMost():
                said = [f"不应大于{titles[rule.whole]}"]
            case SumToOne():
                said = ["之和应为 1"]
        assert [text for text in said if not any(text in reason for reason in bad)] == [], rule


def test_a_sender_of_events_can_take_a_row_back(feed: type[Feed]) -> None:
    marks = {column.name: dict(column.words) for column in feed.columns if column.name == "validity"}
    assert marks == ({"validity": {"有效": "valid", "作废": "void"}} if feed.mode == "events" else {})


def test_the_headings_of_a_sample_are_those_of_its_feed_and_no_other(feed: type[Feed]) -> None:
    table = read(SAMPLES / feed.name / "good.csv", known={heading for each in FEEDS.values() for heading in each.by_heading()}).tables[0]
    assert recognise([table], FEEDS).feed is feed
    assert recognise([table], FEEDS).question is None


def test_its_needed_headings_alone_tell_the_feed(feed: type[Feed], tmp_path: Path) -> None:
    needed = {heading for column in feed.columns if column.required for heading in column.headings}
    good = sample(feed, "good")
    good.rows.select(heading for heading in good.headings if heading in needed).write_csv(tmp_path / "needed.csv")
    table = read(tmp_path / "needed.csv", known={heading for each in FEEDS.values() for heading in each.by_heading()}).tables[0]
    assert recognise([table], FEEDS).feed is feed


def test_a_heading_means_one_column(feed: type[Feed]) -> None:
    headings = [heading for column in feed.columns for heading in column.headings] + list(feed.ignored)
    assert [heading for heading in headings if headings.count(heading) > 1] == []


def test_each_needed_heading_dropped_in_turn_is_named(feed: type[Feed]) -> None:
    headings = sample(feed, "good").headings
    assert missing_headings(feed, headings) == ()
    needed = [column for column in feed.columns if column.required]
    assert needed
    for column in needed:
        rest = [heading for heading in headings if heading not in column.headings]
        assert missing_headings(feed, rest) == (column.heading,)


def test_every_alias_of_a_heading_will_do(feed: type[Feed]) -> None:
    good = sample(feed, "good")
    by_heading = feed.by_heading()
    expected = good.gated(feed).accepted
    others = {heading: [alias for alias in by_heading[heading].headings if alias != heading] for heading in good.headings if heading in by_heading}
    while others := {heading: aliases for heading, aliases in others.items() if aliases}:  # all headings at once, each under an alias not yet tried
        called = {heading: aliases.pop() for heading, aliases in others.items()}
        again = gate(feed, good.rows.rename(called), units={called.get(key, key): unit for key, unit in good.units.items()}, received_on=RECEIVED_ON)
        assert again.unknown == ()
        assert again.accepted.equals(expected), called


def test_an_unknown_heading_is_named_and_changes_nothing(feed: type[Feed]) -> None:
    good = sample(feed, "good")
    more = Sample(rows=good.rows.with_columns(pl.lit("甲").alias("领导批示")), units=good.units, expected={})
    gated = more.gated(feed)
    assert gated.unknown == ("领导批示",)
    assert gated.accepted.equals(good.gated(feed).accepted)


@pytest.mark.parametrize("which", ["good", "bad"])
def test_personal_data_goes_nowhere(feed: type[Feed], which: str) -> None:
    file = sample(feed, which)
    personal = [heading for column in feed.columns if column.kind is Kind.PERSONAL for heading in column.headings]
    there = [heading for heading in personal if heading in file.headings]
    in_sample = [text for heading in there for text in file.rows[heading].drop_nulls()]
    assert bool(there) == bool(personal), "the samples show each personal column"
    planted = [*personal, *feed.ignored, "经办人手机"]
    rows = file.rows.with_columns(pl.lit(PLANTED[number % len(PLANTED)]).alias(heading) for number, heading in enumerate(planted))
    for gated in (file.gated(feed), Sample(rows=rows, units=file.units, expected={}).gated(feed)):
        written = everything_written(gated)
        assert len(gated.accepted) + len(gated.refused) == len(file.rows)
        for sentence in NOT_CODES.values():  # which name what they refuse
            written = written.replace(sentence, "")
        assert not [text for text in (*in_sample, *PLANTED, *personal) if text in written]


@pytest.mark.parametrize("name", [name for name, feed in FEEDS.items() if feed.is_about_persons])
@pytest.mark.parametrize("which", ["good", "bad"])
def test_a_feed_about_persons_tells_nothing_personal_in_whatever_column_it_was_written(name: str, which: str) -> None:
    feed, file = FEEDS[name], sample(FEEDS[name], which)
    by_heading = feed.by_heading()
    for heading in [each for each in file.headings if each in by_heading]:
        for text in PLANTED:
            rows = file.rows.with_columns(pl.lit(text).alias(heading))
            written = everything_written(Sample(rows=rows, units=file.units, expected={}).gated(feed))
            assert text not in written, (heading, text)


def test_refused_cells_are_kept_as_they_were_sent_but_of_persons_none(feed: type[Feed]) -> None:
    bad = sample(feed, "bad")
    if feed.is_about_persons:
        assert bad.gated(feed).refused["cells"].unique().to_list() == ["{}"]
        return
    by_heading = feed.by_heading()
    known = [heading for heading in bad.headings if heading in by_heading and by_heading[heading].kind is not Kind.PERSONAL]
    cells = bad.gated(feed).refused["cells"].str.json_decode(pl.Struct(dict.fromkeys(known, pl.String))).struct.unnest()
    assert cells.equals(bad.rows.select(known))


@pytest.fixture
def feed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in the place of etl/feeds."""
    before = set(sys.modules)
    monkeypatch.setattr(etl.feeds, "__path__", [str(tmp_path)])
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


OF_ONE_COLUMN = """
from etl.contract import Feed, text
class {name}(Feed, title="试", departments="D08", rhythm="events", mode="events", dated_by="made_on"):
    test_id = text("编号", key=True)
"""


def test_a_module_with_one_feed_of_its_name_is_found(feed_package: Path) -> None:
    (feed_package / "trial_rows.py").write_text(OF_ONE_COLUMN.format(name="TrialRows"), encoding="utf-8")
    assert [(name, found.title) for name, found in discover().items()] == [("trial_rows", "试")]


@pytest.mark.parametrize("content", [
    pytest.param('"""Nothing here."""', id="no feed"),
    pytest.param(OF_ONE_COLUMN.format(name="SomethingElse"), id="a feed of another name"),
    pytest.param(OF_ONE_COLUMN.format(name="TrialLists") + OF_ONE_COLUMN.format(name="SecondLists"), id="two feeds"),
])
def test_a_module_that_breaks_the_contract_is_named(feed_package: Path, content: str) -> None:
    (feed_package / "trial_lists.py").write_text(content, encoding="utf-8")
    with pytest.raises(FeedModuleError, match=r"etl/feeds/trial_lists\.py：应只定义一个名为 triallists 的报表"):
        discover()
