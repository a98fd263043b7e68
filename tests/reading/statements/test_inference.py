from __future__ import annotations

import pytest

from closeout.reading.clean import clean
from closeout.reading.model import AuditorStatus
from closeout.reading.statements.narrative import Narrative, read_narrative
from tests.reading.paging import make_document

AGREED = "PORTS agreed with this recommendation."
REFUSED = "PORTS did not concur with this recommendation."
DONE = "In May 2023, PORTS issued its guide."
ONGOING = "As of June 2023, PORTS said that its efforts are ongoing."
WATCHING = "We will continue to monitor PORTS’s efforts."
GAINED = "Keeping a log of every lamp will help PORTS ensure that ships are safe."
COULD = "A log could help PORTS count lamps."
MET = "These actions meet the intent of our recommendation."
NEED = "To meet the intent of our recommendation, PORTS should publish the guide."
WAITING = "When we confirm what actions PORTS has taken, we will provide updated information."


def read(*sentences: str) -> Narrative:
    text = " ".join(sentences)
    return read_narrative(clean(make_document(text)), 0, len(text))


@pytest.mark.parametrize(
    ("sentences", "status", "confidence"),
    [
        ((AGREED, DONE, WATCHING), AuditorStatus.RESOLVED_OPEN, 0.8),
        ((REFUSED, DONE, WATCHING), AuditorStatus.UNRESOLVED_OPEN, 0.8),
        ((DONE, WATCHING), AuditorStatus.OPEN_UNKNOWN, 0.8),
        ((WAITING,), AuditorStatus.OPEN_UNKNOWN, 0.8),
        ((AGREED, DONE, NEED), AuditorStatus.RESOLVED_OPEN, 0.75),
        ((AGREED, DONE, MET), AuditorStatus.CLOSED_IMPLEMENTED, 0.75),
        ((AGREED, ONGOING), AuditorStatus.RESOLVED_OPEN, 0.65),
        ((REFUSED, ONGOING), AuditorStatus.UNRESOLVED_OPEN, 0.65),
        ((AGREED, DONE, GAINED), AuditorStatus.CLOSED_IMPLEMENTED, 0.6),
        ((REFUSED, DONE, GAINED), AuditorStatus.CLOSED_IMPLEMENTED, 0.6),
        ((AGREED, "This recommendation is closed."), AuditorStatus.CLOSED_IMPLEMENTED, 0.95),
        ((AGREED, "The recommendation is resolved and open.", GAINED), AuditorStatus.RESOLVED_OPEN, 0.95),
        (
            ("PORTS partially concurred with the recommendation.", WATCHING),
            AuditorStatus.RESOLVED_OPEN,
            0.8,
        ),
        (
            ("PORTS neither agreed nor disagreed with the recommendation.", WATCHING),
            AuditorStatus.OPEN_UNKNOWN,
            0.8,
        ),
    ],
)
def test_prose_reads_as_a_status_with_a_confidence(sentences, status, confidence):
    narrative = read(*sentences)
    assert (narrative.reads_as, narrative.confidence) == (status, confidence)
    assert narrative.reasons


@pytest.mark.parametrize(
    "sentences",
    [
        (),
        (AGREED,),
        (AGREED, GAINED),
        (AGREED, DONE),
        (AGREED, DONE, COULD),
        ("Lamps burn oil.",),
    ],
)
def test_prose_that_does_not_say_reads_as_nothing(sentences):
    narrative = read(*sentences)
    assert (narrative.reads_as, narrative.confidence, narrative.reasons) == (None, None, ())


def test_a_benefit_closes_nothing_while_the_auditor_watches():
    assert read(AGREED, DONE, GAINED, WATCHING).reads_as is AuditorStatus.RESOLVED_OPEN


def test_watching_long_ago_counts_no_more_than_what_came_after():
    assert read(AGREED, WATCHING, DONE, DONE, GAINED).reads_as is AuditorStatus.CLOSED_IMPLEMENTED


def test_the_reasons_are_words_for_a_person():
    assert read(AGREED, DONE, WATCHING).reasons == ("the auditor says it keeps monitoring",)
    assert len(read(AGREED, DONE, GAINED).reasons) == 2
