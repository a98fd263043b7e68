"""Every measure of the pack gives a figure over the small example agency, or says why there is none."""

import pytest

from closeout.evidence.figures import Outcome
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.measure import Shape, Verdict
from closeout.evidence.measures.run import measure_all
from closeout.evidence.measures.run_tally import NO_OFFICE
from closeout.evidence.measures.special import special
from closeout.evidence.measures.special_look import look
from closeout.workload.staffing import work_out
from tests.evidence.content.moving import Replay


@pytest.fixture(scope="module")
def queried(agency):
    made, _ = agency
    kept = Replay(made.counting, set(), made.engine)
    measured = measure_all(kept, made.tables, made.pack, made.measures, made.as_of)
    return {one.measure.code: one for one in measured if not isinstance(one.measure.over, OverSource)}


@pytest.fixture(scope="module")
def found(agency):
    made, _ = agency
    return look(made.engine, made.tables, made.pack, made.measures, made.as_of)


@pytest.fixture(scope="module")
def others(agency, found):
    made, _ = agency
    staffing = work_out(made.engine, made.tables, made.pack, made.as_of)
    measured = special(made.measures, as_of=made.as_of, found=found, staffing=staffing)
    return {one.measure.code: one for one in measured}


def test_the_two_ways_together_give_every_measure_once(agency, queried, others):
    made, _ = agency
    assert queried.keys().isdisjoint(others.keys())
    assert {*queried, *others} == {measure.code for measure in made.measures}


def test_every_measure_with_a_query_has_a_figure(queried):
    without = {
        code: one.total.figure.reason for code, one in queried.items() if one.total.figure.value is None
    }
    assert without == {}


def test_of_the_others_only_what_files_cannot_tell_has_none(others):
    without = {code for code, one in others.items() if one.total.figure.value is None}
    sources = {one.measure.over.source for code, one in others.items() if code in without}
    assert sources == {Source.RECOMMENDATIONS, Source.SITE}
    assert "identifiers-found" not in without
    assert all(one.total.figure.reason for code, one in others.items() if code in without)


def test_a_figure_lies_within_its_interval_and_a_share_between_0_and_1(queried, others):
    for one in (*queried.values(), *others.values()):
        figure = one.total.figure
        if figure.outcome is not Outcome.COMPUTED:
            assert one.total.verdict is Verdict.NOT_ASSESSED
            continue
        assert figure.low is None or figure.low <= figure.value
        assert figure.high is None or figure.value <= figure.high
        if one.measure.shape is Shape.SHARE and one.measure.code != "training-changes-work":
            assert 0 <= figure.value <= 1
            assert figure.value == figure.numerator / figure.denominator


def test_the_offices_of_a_count_add_up_to_the_total(queried, others):
    counts = [one for one in (*queried.values(), *others.values()) if one.measure.shape is Shape.COUNT]
    parted = [one for one in counts if one.offices]
    assert len(parted) > 25
    for one in parted:
        assert sum(part.figure.numerator or 0 for part in one.offices) == one.total.figure.numerator


def test_offices_stand_in_the_order_of_their_codes(others):
    for one in others.values():
        codes = [part.office_id for part in one.offices if part.office_id != NO_OFFICE]
        assert codes == sorted(codes)
        assert one.series == (one.total,)


def test_the_planted_numbers_show(others):
    """What the manifest plants: 2 + 1 of lead rules, 3 alone, 67 never inspected, 1 docket on one officer.

    Of the standards nobody looked at two, and one has verdicts from samples that allow none.
    """
    figures = {code: one.total.figure.numerator for code, one in others.items()}
    assert figures["closures-alone"] == 3
    assert figures["cases-without-officer"] == 3 + 3 + 3
    assert figures["dockets-on-one-officer"] == 1
    assert figures["identifiers-found"] == 0
    assert figures["standards-not-assessed"] == 2 + 1
    assert others["standards-not-assessed"].total.figure.denominator == 17


def test_the_coverage_of_partners_is_its_arithmetic(others, found):
    figure = others["partner-coverage-months"].total.figure
    held = sum(one.held for one in found.inspected)
    assert figure.numerator == sum(one.remaining for one in found.inspected)
    assert figure.denominator == held / 12
    assert figure.value == pytest.approx(figure.numerator * 12 / held)


def test_all_is_told_that_is_looked_up(agency):
    made, _ = agency
    told = []
    look(made.engine, made.tables, made.pack, (), made.as_of, told=told.append)
    assert len(told) == 2


def test_without_measures_nothing_is_looked_up(agency):
    made, _ = agency
    nothing = look(made.engine, made.tables, made.pack, (), made.as_of)
    assert nothing.findings.found == ()
    assert (nothing.standards, nothing.facilities, nothing.inspected, nothing.leaks) == (None,) * 4
    assert len(nothing.offices) == 25
