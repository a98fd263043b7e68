"""What the records say of a recommendation: never done where something cannot be judged."""

from __future__ import annotations

from dataclasses import replace

from closeout.evidence.assessment import NeedCovered, Standing
from closeout.evidence.figures import Outcome, without
from closeout.evidence.judging import judged, missing, verdict_on
from closeout.evidence.measures.measure import Verdict
from tests.evidence.made import followed, measure, measured, off_target, on_target, result, share, unassessed


def said(*of):
    """Return the standing and the words of some measures."""
    return verdict_on([each.total for each in of])


def test_all_surely_on_target_is_done():
    standing, words = said(on_target("a"), on_target("b"))
    assert standing is Standing.DONE
    assert words == "the records show it is being done: 2 of 2 measures on target"


def test_all_off_target_is_not_done():
    standing, words = said(off_target())
    assert standing is Standing.NOT_DONE
    assert words == "the records show it is not being done: 1 of 1 measure off target"


def test_some_off_target_is_done_in_part():
    standing, words = said(on_target("a"), off_target("b"), on_target("c"))
    assert standing is Standing.PARTLY
    assert words == "the records show it is being done in part: 1 of 3 measures off target"


def test_on_target_but_not_surely_settles_nothing():
    unsure = measured(measure(), share(96, 100, 0.90, 0.99), Verdict.MET_NOT_ESTABLISHED)
    assert said(unsure)[0] is Standing.UNSETTLED
    assert said(unsure, on_target("b"))[0] is Standing.UNSETTLED


def test_off_target_but_not_surely_settles_nothing():
    unsure = measured(measure(), share(94, 100, 0.87, 0.97), Verdict.NOT_MET_NOT_ESTABLISHED)
    standing, words = said(unsure)
    assert standing is Standing.UNSETTLED
    assert words == "the records do not settle it: 1 of 1 measure off target, none surely"


def test_what_cannot_be_judged_is_never_done():
    standing, words = said(on_target("a"), unassessed("b"))
    assert standing is Standing.PARTLY
    assert words.endswith("; 1 of 2 measures cannot be judged")


def test_no_measure_is_not_assessed():
    assert verdict_on([]) == (Standing.NOT_ASSESSED, "not assessed: no measure is linked to it")


def test_no_value_anywhere_is_not_assessed_with_its_reason():
    standing, words = said(unassessed())
    assert standing is Standing.NOT_ASSESSED
    assert words == "not assessed: table file_reviews is missing"


def test_values_without_targets_are_not_assessed():
    aimless = measured(measure(target=None), share(1, 2, 0.1, 0.9), Verdict.NO_TARGET)
    assert said(aimless)[0] is Standing.NOT_ASSESSED


def test_a_measure_without_a_target_neither_helps_nor_hinders():
    aimless = measured(measure(target=None), share(1, 2, 0.1, 0.9), Verdict.NO_TARGET)
    standing, words = said(on_target("a"), aimless)
    assert standing is Standing.DONE
    assert words == "the records show it is being done: 1 of 1 measure on target"
    assert not list(missing([aimless], []))


def test_missing_names_target_value_interval_and_count():
    (line,) = missing([off_target()], [])
    assert line == "Reviews on time: target 95 % or more, is 60.0 % (50.0–69.0) of 100"


def test_missing_says_why_there_is_no_figure():
    (line,) = missing([unassessed()], [])
    assert line == "Reviews on time: no data: table file_reviews is missing"


def test_missing_names_offices_without_a_figure_in_the_order_given():
    of = measure()
    none = without(Outcome.NO_DATA, "no review fell due in the period")
    offices = [
        result(of, none, Verdict.NOT_ASSESSED, "F07"),
        result(of, share(9, 10, 0.6, 1.0), Verdict.MET, "F08"),
        result(of, none, Verdict.NOT_ASSESSED, "F09"),
    ]
    (line,) = missing([measured(of, share(990, 1000, 0.98, 0.995), Verdict.MET, offices)], [])
    assert line == "F07, F09: Reviews on time has no figure, no review fell due in the period"


def test_many_offices_without_a_figure_are_counted():
    of = measure()
    none = without(Outcome.NO_DATA, "nothing fell due")
    offices = [result(of, none, Verdict.NOT_ASSESSED, f"F{number:02}") for number in range(1, 12)]
    (line,) = missing([measured(of, share(990, 1000, 0.98, 0.995), Verdict.MET, offices)], [])
    assert line.startswith("F01, F02, F03, F04, F05, F06, F07, F08 and 3 other offices: ")


def test_a_suppressed_figure_tells_no_number():
    hidden = measured(measure(), without(Outcome.SUPPRESSED, "small"), Verdict.NOT_ASSESSED)
    assert list(missing([hidden], [])) == ["Reviews on time: not shown: small numbers"]


def test_nothing_is_missing_where_all_is_on_target_and_covered():
    made = judged(followed(), [on_target()], [NeedCovered("reviews", "a.txt", ("reviews-on-time",))])
    assert made.missing == ()
    assert made.key == "dhs-oig/OIG-17-51/2"


def test_without_a_measure_that_is_missing():
    assert judged(followed(), [], []).missing == (
        "No measure is linked to it, so that the records cannot show whether it is done",
    )


def test_without_an_interval_it_is_said_that_there_is_none():
    bare = replace(share(96, 100, 0.9, 0.99), low=None, high=None, method="")
    (on,) = missing([measured(measure(), bare, Verdict.MET_NOT_ESTABLISHED)], [])
    assert on == "Reviews on time: on target at 96.0 % of 100, but there is no interval"
    bare = replace(share(94, 100, 0.9, 0.99), low=None, high=None, method="")
    (off,) = missing([measured(measure(), bare, Verdict.NOT_MET_NOT_ESTABLISHED)], [])
    assert off == "Reviews on time: target 95 % or more, is 94.0 % of 100; there is no interval"
