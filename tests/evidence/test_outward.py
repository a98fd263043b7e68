"""What leaves the agency shows no small count, in sentences neither."""

from __future__ import annotations

from closeout.evidence.assessment import Assessment
from closeout.evidence.figures import Outcome
from closeout.evidence.gaps import largest_gaps
from closeout.evidence.linking import link
from closeout.evidence.measures.measure import Verdict
from closeout.evidence.outward import outward
from tests.evidence.made import DAY, followed, linked, measure, measured, off_target, share


def assessment(*of) -> Assessment:
    """Return an assessment of one recommendation."""
    return Assessment("Agency", DAY, of, link([followed()], of, {}).assessed, largest_gaps(of))


SMALL = measured(measure(links=linked()), share(3, 9, 0.1, 0.7), Verdict.NOT_MET)


def test_a_small_count_is_withheld_everywhere():
    made = assessment(SMALL)
    shown = outward(made)
    assert shown.measured[0].total.figure.outcome is Outcome.SUPPRESSED
    assert shown.assessed[0].missing == ("Reviews on time: not shown: small numbers",)
    assert shown.gaps == ()


def test_the_verdict_on_a_recommendation_stays():
    made = assessment(SMALL)
    shown = outward(made)
    assert shown.assessed[0].standing is made.assessed[0].standing
    assert shown.assessed[0].verdict == made.assessed[0].verdict


def test_large_counts_stay_as_they_are():
    made = assessment(off_target(links=linked()))
    assert outward(made) == made


def test_what_is_left_over_may_not_be_small_either():
    made = assessment(measured(measure(links=linked()), share(1997, 2000, 0.99, 1.0), Verdict.MET))
    assert outward(made).measured[0].total.figure.outcome is Outcome.SUPPRESSED


def test_a_gap_of_what_is_shown_stays():
    made = assessment(off_target("off", links=linked()), SMALL)
    assert [gap.measure for gap in outward(made).gaps] == ["off"]
