"""A hiring plan as a result to freeze: its rows, and what is left out of an office with few officers."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.evidence.freezing import FrozenError
from closeout.evidence.freezing.hiring import asked_again, is_of_few, rows_of_hiring, why_not
from closeout.evidence.suppression import NOT_SHOWN
from closeout.workload.hiring_run import Limits
from closeout.workload.intake import ClassStart
from closeout.workload.plan_asked import PlanAsked
from tests.web.staffing.made_answers import planned

AS_OF = date(2026, 6, 1)


def plain(**fields):
    """Return a plan as `Planned.plain` has it: ten officers, four and two seats taken."""
    made = planned(**fields)
    more = {"by": "2028-06-01", "target": 0.8}
    return made | {
        "plan": more | made["plan"],
        "leaving": 0.06,
        "staff_by_office": {"BOS": 40.0, "NYC": 30.0},
    }


def asked(office="BOS", **limits):
    return PlanAsked(Limits(date(2028, 6, 1), (ClassStart(0, 4),), **limits), office)


def test_the_plan_its_classes_months_and_other_paths_are_rows_with_names_of_their_own():
    rows = list(rows_of_hiring(plain()))
    names = [(row["part"], row["of"]) for row in rows]
    assert names == [
        ("plan", ""), ("class", "0"), ("class", "3"), ("month", "0"), ("month", "1"),
        ("overtime", "0.0000%"), ("overtime", "5.0000%"), ("weights", "10%"), ("weights", "90%"),
    ]  # fmt: skip
    assert len(set(names)) == len(names)
    whole = rows[0]
    assert (whole["hires"], whole["cost"], whole["meets"], whole["leaving"]) == (6, 61.5, True, 0.06)
    assert (whole["need_fte"], whole["staff_fte"], whole["target"]) == (12.5, 10.0, 0.8)
    assert rows[1]["seats"] == 4
    assert (rows[3]["heads.low"], rows[3]["effective_fte.high"], rows[3]["enough"]) == (9.0, 11.0, 0.1)


def test_figures_are_kept_to_six_digits():
    assert next(rows_of_hiring(plain(without=0.123456789)))["without"] == 0.123457


def test_what_hangs_on_few_officers_is_left_out_and_the_need_stays():
    (row,) = rows_of_hiring(plain(), is_withheld=True)
    shown = {name for name, value in row.items() if value != NOT_SHOWN}
    assert shown == {
        "part", "of", "by", "target", "need_fte", "grade", "growth", "leaving", "cost_unit", "notes",
    }  # fmt: skip
    assert row["staff_fte"] == row["sentence"] == row["hires"] == row["meets"] == NOT_SHOWN


def many(heads):
    """Return a plan of an office with so many persons today."""
    made = plain()
    made["plan"]["months"][0]["heads"] = {"low": heads, "middle": heads, "high": heads, "level": 0.9}
    return made


@pytest.mark.parametrize(("heads", "is_few"), [(0, False), (1, True), (10, True), (11, False)])
def test_from_one_to_ten_persons_are_few(heads, is_few):
    assert is_of_few(many(heads), asked()) is is_few


def test_an_office_whose_staff_tells_that_of_another_is_left_out_too():
    # 5 officers at one office are withheld, and with them those of a second office: the nation's sum is told.
    made = many(40) | {"staff_by_office": {"BOS": 40.0, "NYC": 5.0}}
    assert is_of_few(made, asked("NYC"))
    assert is_of_few(made, asked("BOS"))
    assert not is_of_few(made, asked(""))


def test_a_staff_that_the_agency_states_itself_is_no_secret():
    assert not is_of_few(many(5), asked(staff=5))


@pytest.mark.parametrize(
    ("by", "is_many_years", "why"),
    [
        ("2028-06-01", True, ""),
        ("2028-05-31", True, "it reaches 23 months ahead, and a plan over several years is asked for"),
        ("2026-12-01", False, ""),
    ],
)
def test_a_plan_over_several_years_reaches_two_years_ahead(by, is_many_years, why):
    rows = [{"meets": True, "by": by, "sentence": "."}]
    assert why_not(rows, AS_OF, is_many_years=is_many_years) == why


def test_a_record_without_what_was_asked_for_is_refused():
    with pytest.raises(FrozenError, match="does not say what the hiring plan was asked for"):
        asked_again({"as_of": "2026-06-01"})


def test_what_was_asked_for_is_asked_again():
    flow = {"probability": 0.9, "ceiling": 60}
    kept = asked(**flow).plain(AS_OF)
    assert asked_again(kept).plain(AS_OF) == kept
