"""Group 19, on recommendations whose figures can be counted by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

from closeout.evidence.figures import Outcome
from closeout.evidence.measures.special_recommendations import (
    FIGURES,
    recommendation_figure,
    resolved_on_time,
)
from closeout.followup.promises import Outcome as Kept
from closeout.followup.statuses import Progress
from closeout.reading.model import AuditorStatus, PromiseKind
from tests.evidence.content.making import AS_OF, followed, on

OPEN = AuditorStatus.RESOLVED_OPEN
UNRESOLVED = AuditorStatus.UNRESOLVED_OPEN
CLOSED = AuditorStatus.CLOSED_IMPLEMENTED


def figure(code, *of):
    return recommendation_figure(code, of, AS_OF)


def promise(outcome, kind=PromiseKind.COMPLETION):
    return SimpleNamespace(kind=kind, outcome=outcome)


def test_open_are_those_not_closed_and_those_without_a_word():
    found = figure("recommendations-open", followed(OPEN), followed(CLOSED), followed())
    assert (found.value, found.denominator) == (2, 3)
    assert "no status for 1 of them" in found.reason


def test_the_age_is_the_middle_one_of_the_open():
    """From 1 October 2025, 30 September 2026 is 364 days on; from 30 September 2024, 730."""
    issued = (on(2025, 10, 1), on(2024, 9, 30), on(2026, 9, 1))
    found = figure("recommendation-age", *(followed(OPEN, issued=day) for day in issued), followed(CLOSED))
    assert (found.value, found.denominator) == (364, 3)


def test_reports_without_a_day_have_no_age():
    found = figure("recommendation-age", followed(OPEN))
    assert found.outcome is Outcome.NO_DATA
    assert "1 more" in found.reason


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        (followed(OPEN, on(2025, 6, 30), issued=on(2025, 1, 1)), True),
        (followed(OPEN, on(2025, 7, 2), issued=on(2025, 1, 1)), None),
        (followed(UNRESOLVED, on(2025, 6, 1), issued=on(2025, 1, 1)), False),
        (followed(UNRESOLVED, on(2026, 6, 1), issued=on(2026, 5, 1)), None),
        (followed(issued=on(2025, 1, 1), decided_on=date(2025, 7, 1)), True),
        (followed(issued=on(2025, 1, 1), decided_on=date(2025, 7, 2)), False),
        (followed(CLOSED, on(2025, 5, 1), issued=on(2025, 1, 1)), True),
        (followed(AuditorStatus.OPEN_UNKNOWN, on(2026, 1, 1), issued=on(2020, 1, 1)), None),
        (followed(OPEN, on(2025, 2, 1)), None),
    ],
)
def test_resolution_within_six_months_is_judged_where_its_day_is_known(one, answer):
    """Six months from 1 January end on 1 July, and that day is in time."""
    assert resolved_on_time(one, AS_OF) is answer


def test_the_share_resolved_in_time_leaves_out_what_is_not_known():
    in_time = followed(OPEN, on(2025, 6, 30), issued=on(2025, 1, 1))
    late = followed(UNRESOLVED, on(2025, 6, 1), issued=on(2025, 1, 1))
    found = figure("recommendations-resolved-on-time", in_time, late, followed(OPEN))
    assert (found.numerator, found.denominator) == (1, 2)
    assert "of 1 it is not known" in found.reason
    unknown = figure("recommendations-resolved-on-time", followed(OPEN))
    assert unknown.outcome is Outcome.NOT_ASSESSED


def test_closed_means_closed_as_implemented():
    others = followed(AuditorStatus.CLOSED_NOT_IMPLEMENTED), followed(OPEN), followed()
    found = figure("recommendations-closed", followed(CLOSED), *others)
    assert (found.numerator, found.denominator) == (1, 4)


def test_evidence_is_not_assessed_where_nobody_wrote_down_progress():
    assert figure("recommendations-evidenced", followed(OPEN)).outcome is Outcome.NOT_ASSESSED
    assert figure("recommendations-returned", followed(OPEN)).outcome is Outcome.NOT_ASSESSED


def test_evidence_counts_among_all_open():
    ready = followed(OPEN, progress=Progress.EVIDENCE_READY)
    begun = followed(OPEN, progress=Progress.IN_PROGRESS)
    found = figure("recommendations-evidenced", ready, begun, followed(OPEN), followed(CLOSED))
    assert (found.numerator, found.denominator) == (1, 3)


def test_a_request_came_back_where_the_auditors_later_word_is_open():
    asked = {"progress": Progress.CLOSURE_REQUESTED, "asked_on": on(2026, 3, 1)}
    back = followed(OPEN, on(2026, 5, 1), **asked)
    waiting = followed(OPEN, on(2026, 2, 1), **asked)
    done = followed(CLOSED, on(2026, 5, 1), **asked)
    undated = followed(OPEN, None, **asked)
    found = figure("recommendations-returned", back, waiting, done, undated)
    assert (found.value, found.denominator) == (1, 4)


def test_promises_missed_are_of_those_known_to_be_kept_or_missed():
    lines = [promise(Kept.MISSED), promise(Kept.KEPT), promise(Kept.OPEN), promise(Kept.UNKNOWN)]
    step = promise(Kept.MISSED, PromiseKind.MILESTONE)
    found = figure("promises-missed", followed(lines=[*lines, step]))
    assert (found.numerator, found.denominator) == (1, 2)
    assert "2 more dates" in found.reason
    assert figure("promises-missed", followed()).outcome is Outcome.NO_DATA


@pytest.mark.parametrize("code", sorted(FIGURES))
def test_without_a_report_there_is_nothing_to_count(code):
    assert figure(code).outcome is Outcome.NO_DATA


def test_a_code_nobody_knows_is_not_assessed():
    assert "made-up" in figure("made-up", followed(OPEN)).reason
