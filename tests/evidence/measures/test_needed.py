"""What a duty or a measure cannot do without, by table and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from closeout.duties.clauses import Clause, Done, Pack, Shape, Text
from closeout.evidence.measures.declared import AS_OF, Events, OverDuties, OverTable, Statistic
from closeout.evidence.measures.needed import who_needs
from tests.each import for_each
from tests.evidence.made import measure


def text(sql: str) -> Text:
    return Text(sql, Path("pack.yaml"), 1)


REVIEW = Clause(
    "file-review",
    "Review the file",
    "A7",
    Shape.EVERY,
    "cases",
    (),
    Done("file_reviews", "completed_on", "case_no", "case_no"),
    starts=text("opened_on"),
    ends=text("closed_on"),
)


def pack(*clauses: Clause) -> Pack:
    return Pack("own", "Agency", clauses)


def over_table(code: str = "days", **given):
    over = OverTable("cases", **given)
    return measure(code, over=over, table="cases")


def needed(columns: list[str], *measures, clauses=(), table: str = "cases"):
    return who_needs(pack(*clauses), measures, table, columns)


def test_a_duty_needs_its_start_and_what_discharges_it():
    assert needed(["opened_on"], clauses=[REVIEW]) == (["file-review"], [], ["opened_on"])
    assert needed(["completed_on", "defects"], clauses=[REVIEW], table="file_reviews") == (
        ["file-review"],
        [],
        ["completed_on"],
    )


def test_an_end_that_never_came_is_no_lack():
    assert needed(["closed_on"], clauses=[REVIEW]) == ([], [], [])


def test_a_measure_over_a_duty_is_without_what_the_duty_needs():
    of = measure("on-time", duties=("file-review",), over=OverDuties(("file-review",), Statistic.TIMELINESS))
    other = measure("other", duties=("contact",), over=OverDuties(("contact",), Statistic.TIMELINESS))
    assert needed(["opened_on"], of, other, clauses=[REVIEW])[1] == ["on-time"]


@pytest.mark.parametrize("name", ["on", "begins", "ends", "sums", "exposure"])
def test_a_measure_over_a_table_needs_what_places_and_counts_its_rows(name):
    assert needed(["opened_on"], over_table(**{name: "opened_on"})) == ([], ["days"], ["opened_on"])


def test_the_day_to_stand_on_is_no_column():
    assert needed([AS_OF], over_table(begins="opened_on", ends=AS_OF)) == ([], [], [])


def test_what_a_measure_is_broken_down_by_may_be_empty():
    assert needed(["docket"], over_table(cluster="docket", latest="docket")) == ([], [], [])


@for_each(
    "sql, is_needed",
    [
        ("kind = 'abduction'", True),
        ("kind is not null", True),
        ("closed_on is null and kind = 'abduction'", True),
        ("(kind = 'abduction')", True),
        ("kind is null", False),
        ("kind = 'abduction' or opened_on is not null", False),
        ("coalesce(kind, 'none') = 'none'", False),
        ("other_kind = 'abduction'", False),
        ("docket = 'kind'", False),
    ],
)
def test_a_condition_needs_a_column_without_which_it_never_holds(sql, is_needed):
    for given in ({"where": text(sql)}, {"counts": text(sql)}):
        assert needed(["kind"], over_table(**given))[2] == (["kind"] if is_needed else [])


def test_events_of_another_table_are_needed_there_and_not_here():
    of = over_table(events=Events("contacts", "case_no", text("kind = 'reply'")))
    assert needed(["case_no", "kind"], of, table="contacts")[2] == ["case_no", "kind"]
    assert needed(["case_no", "kind"], of)[2] == []


def test_an_empty_table_is_missed_by_who_begins_with_it_and_who_ends_with_it():
    for table in ("cases", "file_reviews"):
        assert needed([], clauses=[REVIEW], table=table)[0] == ["file-review"]
    assert needed([], over_table(), clauses=[REVIEW]) == (["file-review"], ["days"], [])
    assert needed([], over_table(), clauses=[REVIEW], table="offices") == ([], [], [])
