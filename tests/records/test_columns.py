"""What each kind of column takes and refuses."""

from __future__ import annotations

from datetime import date

import dataframely as dy
import polars as pl
import pytest

from closeout.records import columns
from closeout.records.table import Table


class Made(Table):
    """A table of every kind of column, for these tests only."""

    made_no = columns.code_key("The key.")
    case_no = columns.case(empty=True)
    officer_no = columns.officer("Who.", empty=True)
    office_id = columns.office(empty=True)
    kind = columns.choice("one two", "Which.", empty=True)
    code = columns.code("A code.", empty=True)
    label = columns.label("A label.", empty=True)
    proof = columns.digest("A digest.")
    from_on = columns.day("The first day.")
    to_on = columns.day("The last day.", future=True)
    share = columns.share("A share.")
    people = columns.count("How many.", unit="people", empty=True)
    hours = columns.quantity("How long.", unit="hours")
    in_line = columns.in_order("from_on", "to_on")
    paired = columns.both_or_neither("code", "label")
    apart = columns.not_the_same("people", "hours")


KINDS = {name: made.dtype for name, made in Made.columns().items()}


def passes(**cells):
    """Return whether a row with these cells, the rest empty, is kept."""
    row = dict.fromkeys(Made.columns()) | {"made_no": "M-1"} | cells
    types = {name: pl.String if isinstance(kind, pl.Enum) else kind for name, kind in KINDS.items()}
    kept, failed = Made.filter(pl.DataFrame([row], schema=types), cast=True)
    assert kept.height + len(failed) == 1
    return kept.height == 1


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("made_no", "GA-17", "-x"),
        ("case_no", "C-00AB12", "A012345678"),
        ("case_no", "C-123456", "c-123456"),
        ("officer_no", "S-12", "J. Doe"),
        ("office_id", "ATL", "ATL; DROP"),
        ("kind", "two", "three"),
        ("proof", "0" * 64, "0" * 63),
        ("share", 1.0, 1.01),
        ("share", 0.0, -0.01),
        ("people", 0, -1),
        ("hours", 0.0, -0.5),
    ],
)
def test_a_column_takes_what_it_means_and_refuses_the_rest(column, good, bad):
    assert passes(**{column: good})
    assert not passes(**{column: bad})


def test_a_code_ends_after_64_characters_and_a_label_after_120():
    assert passes(code="A" * 64, label="A" * 120)
    assert not passes(code="A" * 65, label="x")
    assert not passes(code="A", label="A" * 121)


def test_a_code_is_one_line():
    assert not passes(code="ONE\nTWO", label="x")


def test_a_key_may_not_be_empty():
    assert not passes(made_no=None)


def test_days_in_order_may_be_equal_or_unknown():
    monday, tuesday = date(2024, 1, 1), date(2024, 1, 2)
    assert passes(from_on=monday, to_on=tuesday)
    assert passes(from_on=monday, to_on=monday)
    assert passes(from_on=monday)
    assert not passes(from_on=tuesday, to_on=monday)


def test_two_columns_are_filled_together_or_not_at_all():
    assert passes(code="A", label="B")
    assert not passes(code="A")
    assert not passes(label="B")


def test_two_columns_differ_where_both_are_filled():
    assert passes(people=1, hours=2.0)
    assert passes(people=1)
    assert not passes(people=1, hours=1.0)


def test_a_column_says_its_meaning_unit_and_whether_it_may_lie_ahead():
    assert Made.columns()["people"].description == "How many."
    assert Made.columns()["people"].metadata == {"unit": "people"}
    assert Made.columns()["from_on"].metadata == {"unit": "day", "future": False}
    assert Made.columns()["to_on"].metadata == {"unit": "day", "future": True}
    assert columns.moment("When.").metadata == {"unit": "local time", "future": False}
    assert isinstance(columns.claim("Whether."), dy.Bool)


def test_a_reference_says_to_which_table():
    assert Made.references() == {"case_no": "cases", "officer_no": "officers", "office_id": "offices"}
    assert columns.numbered("hearings", "Which.").metadata == {"references": "hearings"}
    assert isinstance(columns.numbered("hearings", "Which."), dy.Int64)
    assert isinstance(columns.coded("courses", "Which."), dy.String)


def test_a_table_has_one_key():
    assert Made.key() == "made_no"
    assert isinstance(columns.number_key("The entry."), dy.Int64)
