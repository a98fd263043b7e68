from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.model import AuditorStatus
from closeout.reading.statements.status import read_status, read_statuses

# sentence, status, words that carry it, words from the recommendation to the status
MUST_READ = [
    (
        "This recommendation is resolved and will remain open until PORTS provides a log.",
        "resolved-open",
        "resolved and will remain open until",
        "This recommendation is resolved and will remain open until",
    ),
    (
        "This recommendation is resolved, but will remain open until PORTS provides a log.",
        "resolved-open",
        "resolved, but will remain open until",
        "This recommendation is resolved, but will remain open until",
    ),
    (
        "Therefore, this recommendation is resolved, but will remain open until then.",
        "resolved-open",
        "resolved, but will remain open until",
        "this recommendation is resolved, but will remain open until",
    ),
    (
        "Recommendation 2 is resolved and open.",
        "resolved-open",
        "resolved and open",
        "Recommendation 2 is resolved and open",
    ),
    (
        "We consider all five recommendations resolved and open.",
        "resolved-open",
        "resolved and open",
        "all five recommendations resolved and open",
    ),
    (
        "All three recommendations are considered resolved and open.",
        "resolved-open",
        "resolved and open",
        "All three recommendations are considered resolved and open",
    ),
    (
        "The recommendation is open and resolved.",
        "resolved-open",
        "open and resolved",
        "The recommendation is open and resolved",
    ),
    (
        "The recommendation is unresolved and open.",
        "unresolved-open",
        "unresolved and open",
        "The recommendation is unresolved and open",
    ),
    (
        "We consider recommendation 3 open and unresolved.",
        "unresolved-open",
        "open and unresolved",
        "recommendation 3 open and unresolved",
    ),
    (
        "The recommendation is unresolved and will remain open until PORTS sets a date.",
        "unresolved-open",
        "unresolved and will remain open until",
        "The recommendation is unresolved and will remain open until",
    ),
    (
        "We consider the recommendation to be unresolved and open.",
        "unresolved-open",
        "unresolved and open",
        "the recommendation to be unresolved and open",
    ),
    (
        "Recommendation 4 remains unresolved.",
        "unresolved-open",
        "unresolved",
        "Recommendation 4 remains unresolved",
    ),
    (
        "The recommendation is Open-Unresolved.",
        "unresolved-open",
        "Open-Unresolved",
        "The recommendation is Open-Unresolved",
    ),
    (
        "The recommendation will remain open until we receive a log.",
        "open-unknown",
        "will remain open until",
        "The recommendation will remain open until",
    ),
    ("The recommendation remains open.", "open-unknown", "open", "The recommendation remains open"),
    ("This recommendation is closed.", "closed-implemented", "closed", "This recommendation is closed"),
    (
        "We consider this recommendation resolved and closed.",
        "closed-implemented",
        "resolved and closed",
        "this recommendation resolved and closed",
    ),
    (
        "Recommendation 1 is closed as implemented.",
        "closed-implemented",
        "closed as implemented",
        "Recommendation 1 is closed as implemented",
    ),
    (
        "The recommendation was closed as not implemented.",
        "closed-not-implemented",
        "closed as not implemented",
        "The recommendation was closed as not implemented",
    ),
    (
        "The recommendation is closed – unimplemented.",
        "closed-not-implemented",
        "closed – unimplemented",
        "The recommendation is closed – unimplemented",
    ),
    (
        "This recommendation was closed as no longer valid.",
        "closed-no-longer-valid",
        "closed as no longer valid",
        "This recommendation was closed as no longer valid",
    ),
    (
        "We are closing this recommendation as not implemented.",
        "closed-not-implemented",
        "not implemented",
        "this recommendation as not implemented",
    ),
    (
        "As a result, we consider this recommendation implemented.",
        "closed-implemented",
        "implemented",
        "this recommendation implemented",
    ),
    (
        "We have closed this recommendation as no longer valid.",
        "closed-no-longer-valid",
        "no longer valid",
        "this recommendation as no longer valid",
    ),
]

MUST_REFUSE = [
    "PORTS requested that the OIG consider this recommendation resolved and closed.",
    "PORTS asked that the recommendation be closed.",
    "PORTS believes this recommendation is closed.",
    "Once you have acted, send a letter so that we may close the recommendations.",
    "This recommendation can be closed when we receive a log.",
    "The recommendation should be closed.",
    "The recommendation is to be closed.",
    "The recommendation is not to be closed.",
    "The recommendation will be closed upon receipt of the log.",
    "Open recommendations may be resolved or unresolved.",
    "A recommendation is resolved when the auditor accepts the plan.",
    "Agencies closed the recommendations without doing anything.",
    "When the recommendation is closed, the file is kept.",
    "The station is closed.",
    "The recommendation is not closed.",
    "The recommendation speaks of open lamps.",
    "",
]


@pytest.mark.parametrize(("sentence", "status", "printed", "words"), MUST_READ)
def test_a_status_is_read_with_its_words(sentence, status, printed, words):
    claim = read_status(sentence)
    assert claim is not None
    assert (claim.status, claim.printed) == (AuditorStatus(status), printed)
    assert sentence[claim.start : claim.end] == words
    assert sentence[claim.value_start : claim.end] == printed


@pytest.mark.parametrize("sentence", MUST_REFUSE)
def test_what_is_no_status_is_not_read(sentence):
    assert read_statuses(sentence) == ()
    assert read_status(sentence) is None


def test_a_sentence_can_give_two_statuses():
    sentence = (
        "We consider recommendations 1, 2, and 4 resolved and open, and recommendation 3 unresolved and open."
    )
    found = [(claim.status.value, claim.scope.numbers) for claim in read_statuses(sentence)]
    assert found == [("resolved-open", ("1", "2", "4")), ("unresolved-open", ("3",))]


def test_line_ends_inside_the_words_change_nothing():
    claim = read_status("This recommendation is\nresolved and will\nremain open until PORTS provides a log.")
    assert claim is not None
    assert claim.printed == "resolved and will remain open until"


PIECES = st.sampled_from(
    [
        "this recommendation",
        "recommendations 1, 2",
        "is",
        "are",
        "we consider",
        "resolved",
        "unresolved",
        "and",
        "but",
        "open",
        "closed",
        "will remain",
        "until",
        "not",
        "implemented",
        "to be",
        "as",
        "requested that",
        ".",
        ",",
    ]
)


@given(st.lists(PIECES, max_size=24).map(" ".join))
def test_claims_lie_in_the_sentence_and_in_order(sentence):
    claims = read_statuses(sentence)
    for claim in claims:
        assert 0 <= claim.start <= claim.value_start < claim.end <= len(sentence)
    assert [claim.end for claim in claims] == sorted(claim.end for claim in claims)
