"""Needs of an auditor beside the evidence handed in."""

from __future__ import annotations

from datetime import date

from closeout.evidence.assessment import NeedCovered
from closeout.evidence.freezing.coverage import EvidenceItem, coverage

AS_OF = date(2026, 9, 30)
NEEDS = (
    NeedCovered("Evidence that reviews are done", "OIG-1 p. 3", ("reviews-on-time",)),
    NeedCovered("The revised policy", "OIG-1 p. 4", ()),
)


def item(name="e1", code="reviews-on-time", effective_on=AS_OF, **said):
    return EvidenceItem(name, code, effective_on, **said)


def found(*items):
    made = coverage(NEEDS, items, AS_OF)
    return [(need.items, need.why) for need in made.needs], made.loose


def test_evidence_of_a_measure_covers_the_needs_of_the_measure():
    assert found(item()) == ([(("e1",), ""), ((), "no measure covers it")], ())


def test_evidence_covers_the_needs_it_names_and_no_other():
    named = item("e2", "policies-reviewed", needs=("the  REVISED policy",))
    needs, loose = found(named)
    assert needs == [((), "no evidence was frozen of reviews-on-time"), (("e2",), "")]
    assert loose == ()


def test_a_need_named_by_evidence_is_not_also_that_of_its_measure():
    assert found(item(needs=("The revised policy",)))[0][0] == (
        (),
        "no evidence was frozen of reviews-on-time",
    )


def test_evidence_that_does_not_verify_covers_nothing():
    assert found(item(is_verified=False))[0][0] == ((), "its evidence does not verify")


def test_evidence_in_effect_later_covers_nothing_yet():
    assert found(item(effective_on=date(2026, 10, 1)))[0][0] == (
        (),
        "its evidence is in effect from 2026-10-01",
    )


def test_evidence_for_nothing_is_told():
    assert found(item("e3", "other"))[1] == ("e3",)


def test_what_is_not_covered_is_shown():
    assert [need.text for need in coverage(NEEDS, [item()], AS_OF).uncovered] == ["The revised policy"]


def test_what_measures_rest_on_covers_the_needs_that_they_cover():
    staffing = item("e4", "staffing", under=("reviews-on-time", "another"))
    assert found(staffing)[0][0] == (("e4",), "")
    assert found(item("e5", "staffing", under=("another",)))[1] == ("e5",)
