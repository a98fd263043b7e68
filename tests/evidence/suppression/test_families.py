"""Measures over each other's duties, and duties in numbers beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import example, given, settings
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
from closeout.evidence.suppression import Counts, Sum, Withheld, exposed
from closeout.evidence.suppression.beside import ByOffice
from closeout.evidence.suppression.families import systems_of
from closeout.evidence.suppression.measured import suppress_beside, suppress_measured
from closeout.evidence.suppression.measured_counts import same_rows

AS_OF = date(2026, 9, 30)
OFFICES = ("north", "south", "west")
DUTIES = "abc"


def backlog(duties: str, offices: dict[str, int], *, code: str = "") -> Measured:
    """Return how many of some duties are overdue."""
    of = Measure(
        code or f"overdue {duties}",
        2,
        "T",
        "A3",
        Shape.COUNT,
        "count",
        "overdue",
        "",
        Direction.DOWN,
        "director",
        "",
        definition={"duties": list(duties), "statistic": "backlog", "code": code or duties},
        over=OverDuties(tuple(duties), Statistic.BACKLOG),
        duties=tuple(duties),
    )
    found = [
        _result(of.code, office, count) for office, count in {**offices, None: sum(offices.values())}.items()
    ]
    return Measured(of, AS_OF, found[-1], tuple(found[:-1]), (found[-1],))


def _result(code: str, office: str | None, count: int) -> Result:
    figure = Figure(Outcome.COMPUTED, count, numerator=count)
    return Result(code, office, None, AS_OF, figure, Verdict.NOT_ASSESSED)


def in_numbers(duty: str, offices: dict[str, int], state: str = "overdue") -> ByOffice:
    counts = {**offices, None: sum(offices.values())}
    return ByOffice(f"duties {duty} {state}", counts, duty, state, is_missed=state == "overdue")


def shown(one: Measured) -> dict[str | None, int | None]:
    return {each.office_id: each.figure.numerator for each in (*one.offices, one.total)}


def test_duties_in_numbers_do_not_tell_what_a_measure_withholds():
    # In the south a has 4 and b 30. Alone, all duties' 34 and the 30 in numbers may both be shown.
    every = backlog("ab", {"north": 200, "south": 34})
    table = in_numbers("b", {"north": 100, "south": 30})
    few = backlog("a", {"north": 100, "south": 4})
    assert shown(suppress_measured([every, few])[0])["south"] == 34
    found, offices = suppress_beside([every, few], [table])
    south = [shown(found[0])["south"], None if "south" in offices[table.name] else 30]
    assert None in south
    assert shown(found[1])["south"] is None


def test_a_measure_does_not_tell_what_duties_in_numbers_withhold():
    # The measure has the same instances, and would show the south's 12, which protects the west's 3 there.
    counts = {"north": 50, "south": 12, "west": 3}
    found, offices = suppress_beside([backlog("a", counts)], [in_numbers("a", counts)])
    hidden = {office for office, count in shown(found[0]).items() if count is None}
    assert hidden == offices["duties a overdue"]
    assert {"south", "west"} <= hidden


def shares(offices: dict[str, tuple[int, int]]) -> Measured:
    """Return how many of the cases of each office are current: some, and the others."""
    of = backlog("a", dict.fromkeys(offices, 1), code="current").measure
    of = replace(of, over=None, duties=(), reads=("cases",), shape=Shape.SHARE, denominator="cases")
    sums = {**offices, None: tuple(map(sum, zip(*offices.values(), strict=True)))}
    found = []
    for office, (some, others) in sums.items():
        figure = without(Outcome.NO_DATA, "no rows")
        if some + others:
            share = some / (some + others)
            figure = Figure(
                Outcome.COMPUTED, share, numerator=some, denominator=some + others, method="wilson"
            )
        found.append(Result(of.code, office, None, AS_OF, figure, Verdict.NOT_ASSESSED))
    return Measured(of, AS_OF, found[-1], tuple(found[:-1]), (found[-1],))


def cases_of(offices: dict[str, tuple[int, int]]) -> ByOffice:
    cases = {office: sum(pair) for office, pair in offices.items()}
    return ByOffice("staffing cases", {**cases, None: sum(cases.values())})


def test_few_cases_are_told_nowhere():
    # The west's 6 cases, and the north's that protect them, are in the measure as well as in the table.
    offices = {"north": (20, 20), "south": (30, 30), "west": (6, 0)}
    found, hidden = suppress_beside([shares(offices)], [cases_of(offices)])
    assert hidden["staffing cases"] == {"north", "west"}
    assert {office for office, count in shown(found[0]).items() if count is None} == {"north", "west"}


def test_how_many_cases_there_are_may_be_told_where_few_of_them_are_current():
    # 4 of the north's 40 cases are current, and the west's 12 of 20 protect them; the cases are many.
    offices = {"north": (4, 36), "south": (30, 20), "west": (12, 14)}
    found, hidden = suppress_beside([shares(offices)], [cases_of(offices)])
    assert {office for office, count in shown(found[0]).items() if count is None} == {"north", "west"}
    assert hidden["staffing cases"] == frozenset()


def test_tables_that_have_nothing_to_do_with_the_measures_are_withheld_as_if_alone():
    table = ByOffice("officers", {"north": 40, "south": 50, "west": 5, None: 95})
    measure = backlog("a", {"north": 100, "south": 200})
    found, offices = suppress_beside([measure], [table])
    assert found == (measure,)
    assert offices["officers"] == {"north", "west"}


counts = st.one_of(st.integers(0, 14), st.integers(0, 60))


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(st.tuples(*[counts] * len(DUTIES)), min_size=1, max_size=3),
    sets=st.lists(
        st.sampled_from(["a", "b", "c", "ab", "bc", "ac", "abc"]), min_size=1, max_size=4, unique=True
    ),
    tables=st.lists(st.sampled_from(list(DUTIES)), max_size=3, unique=True),
)
def test_no_small_count_can_be_worked_out_of_all_that_is_shown(rows, sets, tables):
    """By the audit, over each duty in each office: every sum that a reader can know is there."""
    each = {(duty, OFFICES[at]): row[DUTIES.index(duty)] for at, row in enumerate(rows) for duty in DUTIES}
    offices = OFFICES[: len(rows)]

    def of(duties: str) -> dict[str, int]:
        return {office: sum(each[duty, office] for duty in duties) for office in offices}

    measures = [backlog(duties, of(duties)) for duties in sets]
    beside = [in_numbers(duty, of(duty)) for duty in tables]
    found, hidden = suppress_beside(measures, beside)
    cells: dict[Any, int | None] = dict.fromkeys(each)
    sums, withheld = [], set()
    for duties, one in (*zip(sets, found, strict=True), *((duty, None) for duty in tables)):
        name = "measure" if one else "table"
        told = shown(one) if one else {}
        for office, count in {**of(duties), None: sum(of(duties).values())}.items():
            key = (name, duties, office)
            cells[key] = count
            atoms = tuple((duty, each) for duty in duties for each in ([office] if office else offices))
            sums.append(Sum(key, atoms))
            gone = told[office] is None if one else office in hidden[f"duties {duties} overdue"]
            withheld |= {key} if gone else set()
    audited = Counts(cells, tuple(sums), frozenset(each))
    small = frozenset(key for key in withheld if cells[key] < 11)
    assert audited.small <= withheld
    assert exposed(audited, Withheld(small, frozenset(withheld) - small)) == {}


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(st.tuples(counts, counts), min_size=1, max_size=3))
@example(rows=[(0, 1), (1, 9)])
def test_what_a_share_withholds_does_not_follow_from_its_cases_told_elsewhere(rows):
    offices = dict(zip(OFFICES, rows, strict=False))
    found, hidden = suppress_beside([shares(offices)], [cases_of(offices)])
    told = shown(found[0])
    sums, cells, unseen, withheld = [], {}, set(), set()
    for office, (some, others) in {**offices, None: tuple(map(sum, zip(*rows, strict=True)))}.items():
        parts = {(office, "some"): some, (office, "others"): others, (office, "all"): some + others}
        cells |= parts
        sums.append(Sum((office, "all"), ((office, "some"), (office, "others"))))
        is_gone = bool(some + others) and told[office] is None
        # Nobody is told whether one of the two is zero where the share is not shown.
        unseen |= {(office, "some"), (office, "others")} if is_gone else set()
        is_gone = is_gone and office in hidden["staffing cases"]
        withheld |= {(office, "all")} if is_gone else set()
    sums += [Sum((None, part), tuple((name, part) for name in offices)) for part in ("some", "others", "all")]
    audited = Counts(cells, tuple(sums), frozenset(unseen))
    small = frozenset(key for key in withheld if cells[key] < 11)
    assert audited.small <= withheld | unseen
    assert exposed(audited, Withheld(small, frozenset(withheld) - small)) == {}


def test_parts_without_a_category_are_no_offices():
    # Else offices would seem to be more than all, and nothing would be known of how they add up.
    offices = {"north": 40, "south": 12, "west": 3}
    one, other = backlog("a", offices), backlog("ab", {"north": 50, "south": 12, "west": 3})
    part = replace(_result(one.measure.code, None, 55), category="")
    docket = Breakdown("docket", "Docket", (part,), {"": "none"})
    measures = [replace(one, breakdowns=(docket,)), other]
    (system,) = systems_of(same_rows(measures))
    # a: all are the three offices, and all are the one part. ab has no parts, and b is what a is not.
    assert sorted(len(parts) for _, parts in system.sums) == [1, 3, 3]
