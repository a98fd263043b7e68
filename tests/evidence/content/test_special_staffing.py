"""The measures of staffing: every outcome, beside an oracle in plain Python, withheld as they must be."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.evidence.figures import Outcome
from closeout.evidence.freezing.staffing import counts_of_staffing, rows_of_staffing
from closeout.evidence.measures import special_staffing
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.measure import Shape, Verdict
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.read_staffing import tables_of_staffing
from closeout.evidence.measures.run_tally import NO_OFFICE
from closeout.evidence.measures.special import special
from closeout.evidence.measures.special_staffing import FIGURES, staffing_figure, staffing_offices
from closeout.evidence.suppression import suppress_beside, suppress_measured
from closeout.evidence.suppression.people import counts_people
from closeout.records.example import write_example
from closeout.workload.staffing import work_out
from closeout.workload.unfold import NO_OFFICE as OF_NOBODY
from tests.evidence.content.staffing_made import AS_OF, drawn, need, officer, oracle, run

PACK = load_pack()
MEASURES = {
    one.code: one
    for one in load_measures(None, PACK)
    if isinstance(one.over, OverSource) and one.over.source is Source.STAFFING
}
ORPHANED = officer("S-9", "A", 7, None, "ORPHANED")
TWO = run([need("A"), need("B", takes=2.0, there=5.0)], [officer(), ORPHANED, officer("S-2", "B", 20, 1.2)])


def measured(code, staffing=TWO):
    (made,) = special([MEASURES[code]], as_of=AS_OF, staffing=staffing)
    return made


def counts(figure):
    return figure.numerator, figure.denominator


def test_every_measure_of_the_pack_has_its_figure_and_the_other_way_round():
    assert MEASURES.keys() == FIGURES.keys()
    assert all(one.duties == () for one in MEASURES.values())
    assert special_staffing.NOBODYS == OF_NOBODY


def test_they_rest_on_the_tables_of_a_staffing_run():
    for one in MEASURES.values():
        assert one.reads == tables_of_staffing(PACK)
    assert {"officers", "cases", "time_entries", "absences", "offices"} <= set(tables_of_staffing(PACK))


# Whose need is known.


def test_offices_whose_need_is_known_of_those_with_officers():
    """A and B are known, C is not, and nobody is at D: 2 of 3."""
    lacking = need("C", takes=None, reason="only 40 % of the duties have a weight")
    made = measured("staffing-need-known", run([need("A"), need("B"), lacking, need("D", there=0.0)]))
    assert counts(made.total.figure) == (2, 3)
    assert made.total.figure.method == "exact"
    assert made.total.figure.reason == "C: only 40 % of the duties have a weight"
    assert made.total.verdict is Verdict.NOT_MET
    by_office = {each.office_id: each.figure for each in made.offices}
    assert counts(by_office["A"]) == (1, 1)
    assert counts(by_office["C"]) == (0, 1)
    assert by_office["D"].outcome is Outcome.NO_DATA


def test_all_offices_known_meets_the_target():
    assert measured("staffing-need-known").total.verdict is Verdict.MET


def test_work_of_no_office_is_no_office():
    made = run([need("A"), need("(no office)", takes=0.1, there=0.0)])
    assert counts(staffing_figure("staffing-need-known", made)) == (1, 1)
    assert counts(staffing_figure("offices-short", made)) == (1, 1)
    assert staffing_offices("staffing-need-known", made) == ("A",)


def test_many_offices_without_a_need_are_told_in_few_words():
    few = [need(name, takes=None, reason="old") for name in "ABCDE"]
    figure = staffing_figure("staffing-need-known", run(few))
    assert figure.reason == "A: old; B: old; C: old; and 2 other offices"


# Duties with a weight.


def test_duties_called_for_with_minutes_in_force():
    """50 a month over 12 months are 600 of each office; 0.9 of A's and all of B's have a weight: 1,140."""
    made = measured("duties-with-weight", run([need("A"), need("B", coverage=1.0)]))
    figure = made.total.figure
    assert counts(figure) == (1140, 1200)
    assert figure.value == pytest.approx(0.95)
    assert (figure.low, figure.high, figure.method) == (None, None, "")
    assert "every duty called for is looked at" in figure.reason
    assert made.total.verdict is Verdict.MET  # counted in full
    assert [counts(each.figure) for each in made.offices] == [(540, 600), (600, 600)]


def test_what_has_no_weight_is_named_and_where_all_have_one_nothing_is():
    made = run([need("A", reason="not in the demand: roster: expired"), need("B", coverage=1.0, reason="x")])
    assert staffing_figure("duties-with-weight", made, "A").reason.endswith("roster: expired")
    assert not staffing_figure("duties-with-weight", made, "B").reason.endswith("x")


def test_duties_of_no_office_stand_last():
    made = run([need("(no office)", owed=2.0), need("A")])
    assert [each.office_id for each in measured("duties-with-weight", made).offices] == ["A", NO_OFFICE]
    assert counts(staffing_figure("duties-with-weight", made, NO_OFFICE)) == (22, 24)


def test_no_duty_called_for_is_no_data():
    figure = staffing_figure("duties-with-weight", run([need("A", owed=0.0)]))
    assert (figure.outcome, figure.denominator) == (Outcome.NO_DATA, 0)


# Officers beside the need.


def test_officers_there_for_each_that_is_needed():
    """3 of 4 in A, 5 of 2 in B: 8 of 6 together, 2 above the need."""
    made = measured("officers-per-need")
    figure = made.total.figure
    assert figure.value == pytest.approx(8 / 6)
    assert counts(figure) == (8, 6.0)
    assert figure.reason.startswith("the work takes 6.0 officers, and 8.0 are there, 2.0 above the need; no")
    short = made.offices[0]
    assert short.figure.value == 0.75
    assert "1.0 short of the need" in short.figure.reason


def test_without_draws_there_is_no_interval_and_nothing_is_established():
    made = measured("officers-per-need")
    assert (made.total.figure.low, made.total.figure.high, made.total.figure.method) == (None, None, "")
    assert made.total.verdict is Verdict.MET_NOT_ESTABLISHED
    assert made.offices[0].verdict is Verdict.NOT_MET_NOT_ESTABLISHED


def test_with_draws_the_interval_is_the_inverse_of_the_pressures():
    """F / S from 1.25 to 2: S / F from 0.5 to 0.8, all of it below 1."""
    made = measured("officers-per-need", run([drawn(need("A"), 1.25, 2.0, 1.0)], draws=500))
    (figure,) = (each.figure for each in made.offices)
    assert (figure.low, figure.high, figure.level, figure.method) == (0.5, 0.8, 0.95, "draws")
    assert figure.reason.endswith("the gap is 0.8 to 3.0; 500 draws")
    assert made.offices[0].verdict is Verdict.NOT_MET


def test_a_pressure_that_may_be_nothing_leaves_the_upper_end_open():
    figure = staffing_figure("officers-per-need", run([drawn(need("A"), 0.0, 2.0, 0.1)], draws=500), "A")
    assert (figure.low, figure.high) == (0.5, None)


def test_too_few_weights_are_too_small_a_sample_and_old_records_are_no_data():
    little = need("A", takes=None, coverage=0.5, reason="only 50 % of the duties have a weight")
    old = need("B", takes=None, reason="the records are 100 days old; take a new snapshot")
    made = run([little, old])
    found = [staffing_figure("officers-per-need", made, office) for office in "AB"]
    assert [one.outcome for one in found] == [Outcome.INSUFFICIENT_SAMPLE, Outcome.NO_DATA]
    assert [one.reason for one in found] == [little.reason, old.reason]
    assert measured("officers-per-need", made).offices[0].verdict is Verdict.NOT_ASSESSED


def test_no_officer_there_is_none_and_no_work_is_no_data():
    made = run([need("A", there=0.0), need("B", takes=0.0)])
    assert staffing_figure("officers-per-need", made).value == 0.75
    assert staffing_figure("officers-per-need", made, "A").value == 0
    assert staffing_figure("officers-per-need", made, "B").outcome is Outcome.NO_DATA


# Offices that are short.


def test_offices_short_are_a_number_of_all_and_no_list():
    made = measured("offices-short")
    assert (made.total.figure.value, *counts(made.total.figure)) == (1, 1, 2)
    assert made.total.figure.reason == special_staffing.WITHOUT_DRAWS
    assert made.total.verdict is Verdict.NO_TARGET
    assert made.offices == ()


def test_with_draws_the_ends_are_those_short_and_those_not_short_beyond_doubt():
    """Chances 0.95, 0.6, 0.4 and 0.05; gaps of the first two above 0: 2, surely 1, at most 3."""
    chances = (("A", 4.0, 0.95), ("B", 3.2, 0.6), ("C", 2.9, 0.4), ("D", 1.0, 0.05))
    made = run([drawn(need(name, takes=takes), 1.0, 2.0, short) for name, takes, short in chances], draws=500)
    figure = staffing_figure("offices-short", made)
    assert (figure.value, figure.low, figure.high) == (2, 1, 3)
    assert (figure.level, figure.method) == (0.9, "draws")


def test_offices_whose_need_is_not_known_are_not_counted_and_said():
    made = run([need("A"), need("B", takes=None)])
    figure = staffing_figure("offices-short", made)
    assert counts(figure) == (1, 1)
    assert figure.reason.endswith("of 1 other office the need is not known")


def test_no_office_or_no_need_at_all_has_no_figure():
    assert staffing_figure("offices-short", run(nation=need(None))).reason == "there is no open office"
    nothing = run(
        [need("A", takes=None, coverage=0.5)], nation=need(None, takes=None, coverage=0.5, reason="r")
    )
    assert staffing_figure("offices-short", nothing).outcome is Outcome.INSUFFICIENT_SAMPLE


# Caseloads, and cases on officers without hours.


def test_officers_whose_cases_fit_into_their_hours():
    """0.5 and 1.2 of their hours: one of two fits; who has no hours or no cases is none of them."""
    assert counts(measured("caseloads-that-fit").total.figure) == (1, 2)
    exactly = run([need("A")], [officer(utilization=1.0), officer("S-3", cases=0)])
    assert counts(staffing_figure("caseloads-that-fit", exactly)) == (1, 1)


def test_without_a_demand_no_caseload_is_said_to_fit():
    refused = need("A", takes=None, coverage=0.2, reason="too few weights")
    made = run([refused], [officer(utilization=None)], nation=replace(refused, office_id=None))
    for office in (None, "A"):
        figure = staffing_figure("caseloads-that-fit", made, office)
        assert (figure.outcome, figure.reason) == (Outcome.INSUFFICIENT_SAMPLE, "too few weights")


def test_an_office_without_cases_has_no_figure_of_caseloads():
    made = measured("caseloads-that-fit", run([need("A")], [officer(cases=0)]))
    assert made.offices[0].figure.outcome is Outcome.NO_DATA


def test_cases_on_officers_without_hours_are_counted_with_their_interval():
    made = measured("cases-without-hours")
    assert (made.total.figure.value, *counts(made.total.figure)) == (7, 7, 37)
    assert made.total.figure.method == "poisson"
    assert made.total.verdict is Verdict.NOT_MET
    assert [each.figure.value for each in made.offices] == [7, 0]


def test_officers_of_no_office_stand_last():
    made = run([need("A")], [officer(), officer("S-8", "(no office)", 3, None, "ORPHANED")])
    found = measured("cases-without-hours", made)
    assert [(each.office_id, each.figure.value) for each in found.offices] == [("A", 0), (NO_OFFICE, 3)]
    assert found.total.figure.value == 3


def test_nobody_with_cases_is_no_data_and_not_none():
    assert staffing_figure("cases-without-hours", run([need("A")])).outcome is Outcome.NO_DATA


# What is not there.


@pytest.mark.parametrize("code", sorted(MEASURES))
def test_without_a_run_there_is_no_figure_and_no_office(code):
    made = measured(code, None)
    assert made.total.figure.outcome is Outcome.NO_DATA
    assert made.total.figure.reason == "hours and need could not be worked out from these records"
    assert (made.total.verdict, made.offices) == (Verdict.NOT_ASSESSED, ())


@pytest.mark.parametrize("code", sorted(MEASURES.keys() - {"duties-with-weight"}))
def test_records_without_any_officer_are_no_data_and_no_shortage(code):
    """Else 25 offices would be short of all that they need, and every case without hours."""
    made = run([need("A", there=0.0)], [ORPHANED], nation=need(None, there=0.0))
    figure = staffing_figure(code, made)
    assert (figure.outcome, figure.reason) == (
        Outcome.NO_DATA,
        "the records hold no officer with paid hours",
    )
    assert counts(staffing_figure("duties-with-weight", made)) == (540, 600)


def test_a_code_that_nobody_defined_is_not_assessed():
    assert staffing_figure("made-up", TWO).outcome is Outcome.NOT_ASSESSED
    assert staffing_offices("made-up", TWO) == ()


# Against plain Python.

SHARES = st.floats(0, 1, allow_subnormal=False)
NEEDS = st.builds(
    lambda name, takes, there, owed, coverage: need(
        name, takes=takes, there=there, owed=owed, coverage=coverage
    ),
    st.sampled_from(["A", "B", "C", "(no office)"]),
    st.none() | st.floats(0.01, 30),
    st.sampled_from([0.0, 0.4, 3.0, 9.6, 12.2, 40.0]),
    st.floats(0, 200),
    SHARES,
)
OFFICERS = st.builds(
    lambda office, cases, used: officer("S", office, cases, used, "" if used is not None else "ORPHANED"),
    st.sampled_from(["A", "B", "C"]),
    st.integers(0, 30),
    st.none() | st.floats(0, 2),
)


@settings(max_examples=60)
@given(
    offices=st.lists(NEEDS, min_size=1, max_size=4, unique_by=lambda one: one.office_id),
    officers=st.lists(OFFICERS, max_size=6),
)
def test_every_figure_is_what_plain_python_makes_of_the_run(offices, officers):
    check_against_oracle(run(sorted(offices, key=lambda one: one.office_id), officers))


def check_against_oracle(made):
    """Compare all figures of a run with the oracle's; return how many have a value."""
    found, there = oracle(made), 0
    for code in FIGURES:
        for office in (None, *staffing_offices(code, made)):
            figure = staffing_figure(code, made, office)
            expected = found[code, "(no office)" if office == NO_OFFICE else office]
            if not made.nation.paid_hours and code != "duties-with-weight":
                expected = None
            assert (figure.value is None) is (expected is None)
            if expected is None:
                continue
            there += 1
            assert figure.numerator == expected[0]
            assert figure.denominator == pytest.approx(expected[1])
            if MEASURES[code].shape is Shape.SHARE:
                assert figure.value == pytest.approx(expected[0] / expected[1])
            if MEASURES[code].shape is Shape.COUNT:
                assert figure.value == expected[0]
    return there


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """Return a run with draws over the small example agency."""
    snapshot = write_example(tmp_path_factory.mktemp("agency") / "small", seed=3)
    engine = connect(threads=1)
    yield work_out(engine, snapshot, PACK, date(2026, 9, 30), draws=40)
    engine.close()


def test_the_figures_of_an_agency_are_those_of_plain_python(example):
    assert check_against_oracle(example) > 100


def test_with_draws_every_office_that_has_a_need_has_an_interval(example):
    made = measured("officers-per-need", example)
    known = [each.figure for each in made.offices if each.figure.value]
    assert len(known) == 25
    assert all(one.low <= one.high for one in known)
    assert made.total.verdict is Verdict.MET
    assert measured("offices-short", example).total.figure.method == "draws"


# What leaves the agency.


def test_offices_are_no_people_and_officers_and_cases_are():
    assert {code for code, one in MEASURES.items() if counts_people(one)} == {
        *("duties-with-weight", "caseloads-that-fit", "officers-per-need", "cases-without-hours"),
    }


@settings(max_examples=60)
@given(st.lists(st.floats(0, 40), min_size=2, max_size=8))
def test_officers_are_withheld_in_the_offices_in_which_frozen_staffing_withholds_them(there):
    """Else what one shows and the other does not would give away what neither does."""
    made = run([need(f"F{at:02}", there=officers) for at, officers in enumerate(there)])
    (shown,), withheld = suppress_beside([measured("officers-per-need", made)], counts_of_staffing(made))
    results = {each.office_id: each.figure.outcome for each in (shown.total, *shown.offices)}
    hidden = {office for office, outcome in results.items() if outcome is Outcome.SUPPRESSED}
    rows = rows_of_staffing(made, withheld)
    assert hidden == {row["office_id"] for row in rows if row["staff_fte"] == "not shown"}


def test_what_is_withheld_says_nothing_of_officers_in_its_reason():
    made = run([need("A", there=4.0), need("B", there=30.0), need("C", there=31.0)])
    (shown,) = suppress_measured([measured("officers-per-need", made)])
    assert shown.offices[0].figure.outcome is Outcome.SUPPRESSED
    assert "4.0 are there" not in str(shown)
