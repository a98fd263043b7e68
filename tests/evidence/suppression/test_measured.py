"""Measures for export: by office, in total and over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.declared import OverDuties, Statistic
from closeout.evidence.measures.measure import (
    Breakdown,
    Direction,
    Measure,
    Measured,
    Result,
    Shape,
    Verdict,
)
from closeout.evidence.suppression import Counts, Sum, Withheld, exposed, suppress_measured
from closeout.evidence.suppression.measured import REASON
from closeout.evidence.suppression.measured_counts import counts_of
from closeout.evidence.suppression.withheld import withheld_of

AS_OF = date(2026, 9, 30)
SINCE = date(2025, 10, 1)


def measure(code="recorded", shape=Shape.SHARE, **said):
    unit = "share" if shape is Shape.SHARE else "count"
    whole = "" if shape is Shape.COUNT else "check-ins"
    given = {"definition": {"over": "check_ins", "where": "is_due"}} | said
    return Measure(
        code, 2, "T", "A3", shape, unit, "with outcome", whole, Direction.UP, "director", "", **given
    )


def share(numerator, denominator):
    if not denominator:
        return without(Outcome.NO_DATA, "no rows")
    value = numerator / denominator
    return Figure(Outcome.COMPUTED, value, 0.0, 1.0, numerator, denominator, method="wilson")


def count(number):
    return Figure(Outcome.COMPUTED, number, numerator=number)


def result(figure, office=None, since=SINCE, until=AS_OF):
    return Result("recorded", office, since, until, figure, Verdict.MET)


def measured(offices, *, of=None, earlier=()):
    """Return a share by office, with the total that they add up to."""
    total = result(share(*(sum(each) for each in zip(*offices.values(), strict=True))))
    return Measured(
        of or measure(),
        AS_OF,
        total,
        tuple(result(share(*figures), name) for name, figures in offices.items()),
        (*earlier, total),
    )


def outcomes(one):
    return {each.office_id: each.figure.outcome.value for each in (*one.offices, one.total)}


def test_large_counts_are_shown_as_they_are():
    given = measured({"A": (40, 60), "B": (30, 50)})
    assert suppress_measured([given]) == (given,)


def test_a_share_of_few_rows_is_withheld_and_another_office_with_it():
    # A: 3 of 6. Its 6 is small, and 116 less 110 would tell it, so B's count goes as well.
    (found,) = suppress_measured([measured({"A": (3, 6), "B": (30, 50), "C": (30, 60)})])
    assert outcomes(found) == {"A": "suppressed", "B": "suppressed", "C": "computed", None: "computed"}
    hidden = found.offices[0]
    assert hidden.figure == Figure(Outcome.SUPPRESSED, reason=REASON)
    assert hidden.verdict is Verdict.NOT_ASSESSED


def test_the_rows_that_do_not_are_a_count_too():
    # A: 57 of 60: 3 do not.
    (found,) = suppress_measured([measured({"A": (57, 60), "B": (30, 50), "C": (40, 90)})])
    assert outcomes(found) == {"A": "suppressed", "B": "suppressed", "C": "computed", None: "computed"}


def test_none_of_many_is_shown():
    given = measured({"A": (0, 60), "B": (30, 50)})
    assert suppress_measured([given]) == (given,)


def test_an_office_without_rows_stays_as_it_is():
    (found,) = suppress_measured([measured({"A": (0, 0), "B": (4, 50), "C": (20, 50)})])
    assert outcomes(found) == {"A": "no_data", "B": "suppressed", "C": "suppressed", None: "computed"}


def test_too_few_rows_loses_its_number_and_its_reason():
    few = without(Outcome.INSUFFICIENT_SAMPLE, "only 7 rows", denominator=7)
    whole = result(share(60, 100))
    one = Measured(measure(), AS_OF, whole, (result(few, "A"), result(share(55, 93), "B")), (whole,))
    (found,) = suppress_measured([one])
    assert found.offices[0].figure == Figure(Outcome.INSUFFICIENT_SAMPLE, reason=REASON)
    assert found.offices[1].figure.denominator is None


def test_rows_without_an_office_cannot_be_worked_out_either():
    # 100 less 60 and 36 leaves 4 that no office is recorded for.
    whole = result(count(100), since=None)
    offices = (result(count(60), "A", None), result(count(36), "B", None))
    (found,) = suppress_measured([Measured(measure(shape=Shape.COUNT), AS_OF, whole, offices, (whole,))])
    assert outcomes(found) == {"A": "computed", "B": "suppressed", None: "computed"}


def test_measures_over_the_same_rows_do_not_tell_each_others_denominators():
    # Alone, the second would print all three denominators: 50 and 60 and their sum with the 6 withheld.
    rows = {"A": 6, "B": 50, "C": 60}
    first = measured({name: (n // 2, n) for name, n in rows.items()})
    second = measured({name: (0, n) for name, n in rows.items()}, of=measure("refused"))
    shown = suppress_measured([first, second])
    assert [one.offices[0].figure.denominator for one in shown] == [None, None]
    assert shown[0].offices[1].figure.denominator == shown[1].offices[1].figure.denominator


def test_a_rate_keeps_its_exposure():
    figure = Figure(Outcome.COMPUTED, 0.1, 0.02, 0.3, 4, 40.0)
    whole = result(figure)
    (found,) = suppress_measured([Measured(measure(shape=Shape.RATE), AS_OF, whole, (), (whole,))])
    assert found.total.figure == Figure(Outcome.SUPPRESSED, denominator=40.0, reason=REASON)
    assert found.series == (found.total,)


def test_a_median_of_few_is_withheld_with_all_its_counts():
    whole = result(Figure(Outcome.COMPUTED, 12.0, 3.0, 20.0, 5, 9))
    (found,) = suppress_measured([Measured(measure(shape=Shape.MEDIAN), AS_OF, whole, (), (whole,))])
    assert found.total.figure == Figure(Outcome.SUPPRESSED, reason=REASON)


def test_a_small_count_in_an_earlier_period_is_withheld():
    early = result(count(4), since=date(2024, 10, 1), until=date(2025, 9, 30))
    whole = result(count(40))
    (found,) = suppress_measured([Measured(measure(shape=Shape.COUNT), AS_OF, whole, (), (early, whole))])
    assert [each.figure.outcome.value for each in found.series] == ["suppressed", "computed"]


def test_a_period_that_overlaps_a_small_one_is_withheld_and_one_apart_is_not():
    # Half-years, each a quarter after the one before: 40, 30, 4 and 20.
    ends = [
        (date(2025, 7, 1), date(2025, 12, 31), 40),
        (date(2025, 10, 1), date(2026, 3, 31), 30),
        (date(2026, 1, 1), date(2026, 6, 30), 4),
        (date(2026, 4, 1), AS_OF, 20),
    ]
    series = tuple(result(count(number), None, since, until) for since, until, number in ends)
    (found,) = suppress_measured([Measured(measure(shape=Shape.COUNT), AS_OF, series[-1], (), series)])
    outcome = [each.figure.outcome.value for each in found.series]
    assert outcome == ["computed", "suppressed", "suppressed", "suppressed"]
    assert found.total == found.series[-1]
    # The quarters behind them, which nobody prints: what is printed says nothing of the small half-year.
    quarters = dict.fromkeys(["q1", "q2", "q3", "q4", "q5"])
    halves = {"h1": 40, "h2": 30, "h3": 4, "h4": 20}
    sums = tuple(Sum(f"h{n}", (f"q{n}", f"q{n + 1}")) for n in (1, 2, 3, 4))
    told = Counts(quarters | halves, sums, frozenset(quarters))
    assert exposed(told, Withheld(frozenset({"h3"}), frozenset({"h2", "h4"}))) == {}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 15)), min_size=1, max_size=5))
@settings(max_examples=15)
def test_no_small_count_behind_a_share_can_be_worked_out(figures):
    one = measured({f"O-{i}": (some, some + rest) for i, (some, rest) in enumerate(figures)})
    counts = counts_of("x", [one])
    assert exposed(counts, withheld_of(counts, 1)) == {}


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 2, st.integers(0, 12)), min_size=1, max_size=4))
@settings(max_examples=10)
def test_no_small_count_behind_two_shares_of_the_same_rows_can_be_worked_out(figures):
    rows = {f"O-{i}": (a, b, max(a, b) + more) for i, (a, b, more) in enumerate(figures)}
    group = [
        measured({name: (a, n) for name, (a, _, n) in rows.items()}),
        measured({name: (b, n) for name, (_, b, n) in rows.items()}, of=measure("refused")),
    ]
    counts = counts_of("x", group)
    assert exposed(counts, withheld_of(counts, 2)) == {}


def in_parts(offices, *, by="docket", parts):
    """Return a share by office that is broken down besides: numerator and denominator of each part."""
    one = measured(offices)
    made = tuple(
        replace(result(share(*figures)), category=name, measure="recorded") for name, figures in parts.items()
    )
    return replace(one, breakdowns=(Breakdown(by, by.capitalize(), made, {name: name for name in parts}),))


def shown_parts(one):
    return {part.category: part.figure.outcome.value for part in one.breakdowns[0].parts}


def test_a_small_part_is_withheld_and_another_with_it():
    # Of 120, the juvenile docket has 4: 60 + 56 would give it away, so that the smaller of them goes, too.
    parts = {"detained": (30, 60), "family": (28, 56), "juvenile": (1, 4)}
    (found,) = suppress_measured([in_parts({"A": (30, 60), "B": (29, 60)}, parts=parts)])
    assert shown_parts(found) == {"detained": "computed", "family": "suppressed", "juvenile": "suppressed"}
    assert outcomes(found) == {"A": "computed", "B": "computed", None: "computed"}
    part = found.breakdowns[0].parts[-1]
    assert (part.figure.numerator, part.figure.denominator, part.figure.reason) == (None, None, REASON)
    assert part.verdict is Verdict.NOT_ASSESSED


def test_large_parts_are_shown_as_they_are():
    one = in_parts({"A": (30, 60), "B": (29, 60)}, parts={"detained": (30, 60), "family": (29, 60)})
    assert suppress_measured([one]) == (one,)


def test_by_duty_all_parts_go_if_one_does():
    # Other measures tell of single duties: B's figure stands there, and A would be 118 less 60.
    parts = {"A": (1, 4), "B": (30, 60), "C": (28, 56)}
    (found,) = suppress_measured([in_parts({"X": (30, 60), "Y": (29, 60)}, by="duty", parts=parts)])
    assert set(shown_parts(found).values()) == {"suppressed"}


def test_an_office_and_a_part_do_not_give_each_other_away():
    # The office is small; the parts are large and say nothing of it.
    (found,) = suppress_measured(
        [in_parts({"A": (3, 6), "B": (40, 80), "C": (30, 64)}, parts={"x": (40, 80), "y": (33, 70)})]
    )
    assert outcomes(found)["A"] == "suppressed"
    assert set(shown_parts(found).values()) == {"computed"}


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 15)), min_size=1, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
@settings(max_examples=12)
def test_no_small_count_behind_a_part_can_be_worked_out(figures, sides):
    """Offices are parts too: the same rows are laid into two dockets, and neither way tells."""
    offices = {f"O-{i}": (some, some + rest) for i, (some, rest) in enumerate(figures)}
    laid = {"x": [], "y": []}
    for side, pair in zip(sides, offices.values(), strict=False):
        laid["x" if side else "y"].append(pair)
    parts = {name: tuple(map(sum, zip(*pairs, strict=True))) for name, pairs in laid.items() if pairs}
    counts = counts_of("x", [in_parts(offices, parts=parts)])
    assert exposed(counts, withheld_of(counts, 1)) == {}


def test_an_office_of_which_too_little_is_known_is_reckoned_with():
    # B's 8 rows are too few for a share. If A were printed, 63 less 60 would be its numerator.
    few = without(Outcome.INSUFFICIENT_SAMPLE, "8 rows", denominator=8)
    whole = result(share(63, 100))
    offices = (result(share(60, 92), "A"), result(few, "B"))
    (found,) = suppress_measured([Measured(measure(), AS_OF, whole, offices, (whole,))])
    assert outcomes(found) == {"A": "suppressed", "B": "insufficient_sample", None: "computed"}


@pytest.mark.parametrize(
    "figures", [{"A": (57, 60), "B": (30, 50)}, {"A": (3, 6), "B": (30, 50), "C": (0, 4)}]
)
def test_the_same_measures_give_the_same_export(figures):
    assert suppress_measured([measured(figures)]) == suppress_measured([measured(figures)])


# Measures over duties that lie in each other's.


def is_withheld(one):
    return one.figure.outcome is Outcome.SUPPRESSED


def of_duties(code, duties, **said):
    over = OverDuties(tuple(duties), Statistic.TIMELINESS)
    told = {"duties": list(duties), "statistic": "timeliness", "period": "P12M"}
    return measure(code, over=over, duties=tuple(duties), definition=told, **said)


def test_all_duties_less_some_do_not_tell_the_small_rest():
    # In the south all duties have 100 of 130, those of one kind 96 of 122: 4 of 8 are left for the third.
    every = measured({"north": (300, 400), "south": (100, 130)}, of=of_duties("all", "abc"))
    most = measured({"north": (150, 200), "south": (96, 122)}, of=of_duties("most", "ab"))
    rest = measured({"north": (150, 200), "south": (4, 8)}, of=of_duties("rest", "c"))
    shown = {one.measure.code: one for one in suppress_measured([every, most, rest])}
    assert {one.office_id for one in shown["rest"].offices if is_withheld(one)} == {"north", "south"}
    south = [shown[code].offices[1] for code in ("all", "most")]
    assert any(is_withheld(one) for one in south)
    # What is withheld so is protected by another office, as everything is.
    for code in ("all", "most"):
        assert sum(is_withheld(one) for one in shown[code].offices) in {0, 2}


def test_measures_of_other_figures_of_the_same_duties_are_not_taken_from_each_other():
    late = OverDuties(("a", "b"), Statistic.CURRENCY)
    every = measured(
        {"north": (300, 400), "south": (100, 130)}, of=replace(of_duties("all", "ab"), over=late)
    )
    rest = measured({"north": (150, 200), "south": (4, 8)}, of=of_duties("rest", "a"))
    shown = suppress_measured([every, rest])
    assert not any(is_withheld(one) for one in shown[0].offices)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=4)
)
def test_a_difference_of_measures_tells_no_small_count(rows):
    """Three duties in some offices; measures of each, of two and of all: each office's numbers by hand."""
    sets = ("a", "b", "c", "ab", "abc")
    found = {
        name: measured(
            {
                f"office {place}": (sum(row["abc".index(duty)] for duty in name), 31 * len(name))
                for place, row in enumerate(rows)
            },
            of=of_duties(name, name),
        )
        for name in sets
    }
    shown = {one.measure.code: one for one in suppress_measured(list(found.values()))}
    for place in range(len(rows)):
        told = {name: shown[name].offices[place] for name in sets}
        number = {name: found[name].offices[place].figure.numerator for name in sets}
        for wide, narrow in (("ab", "a"), ("ab", "b"), ("abc", "c"), ("abc", "ab")):
            left = "".join(duty for duty in wide if duty not in narrow)
            is_small = left not in told or is_withheld(told[left])
            if is_small and not is_withheld(told[wide]) and not is_withheld(told[narrow]):
                assert not (left in told and 0 < number[wide] - number[narrow] < 10)


def test_a_withheld_total_does_not_come_back_as_its_only_part():
    # 1, 2 and 8 are 11: none could be 10, so that their total goes. The one docket has the same 11.
    offices = {"A": (1, 40), "B": (2, 40), "C": (8, 60)}
    one = in_parts(offices, parts={"detained": (11, 140)})
    counts = counts_of("x", [one])
    assert exposed(counts, withheld_of(counts, 1)) == {}
    (found,) = suppress_measured([one])
    assert outcomes(found)[None] == "suppressed"
    assert shown_parts(found) == {"detained": "suppressed"}
