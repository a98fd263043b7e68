from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.statements.need import read_needs

MUST_READ = [
    (
        "This recommendation is resolved and will remain open until PORTS provides a signed log.",
        ["PORTS provides a signed log"],
    ),
    (
        (
            "It is resolved, but will remain open until PORTS provides evidence that the lamps burn "
            "and that it keeps a log of them."
        ),
        ["PORTS provides evidence that the lamps burn", "that it keeps a log of them"],
    ),
    (
        (
            "It will remain open until PORTS provides details of its plan, as well as evidence of "
            "the finished count."
        ),
        ["PORTS provides details of its plan", "evidence of the finished count"],
    ),
    ("The recommendation is unresolved and open until management sets a date.", ["management sets a date"]),
    (
        "This recommendation can be closed when we receive a copy of the guide.",
        ["we receive a copy of the guide"],
    ),
    (
        (
            "We will close this recommendation once the bureau provides (1) the guide; (2) the log; "
            "and (3) proof of use."
        ),
        ["the bureau provides (1) the guide", "the log", "proof of use"],
    ),
    (
        "We will consider closing this recommendation upon receipt of the log; and the guide.",
        ["receipt of the log", "the guide"],
    ),
    (
        "To fully address the intent of our recommendation, PORTS must count every lamp.",
        ["PORTS must count every lamp"],
    ),
    (
        "To meet the intent of the recommendation, Light Management should count lamps each month.",
        ["Light Management should count lamps each month"],
    ),
    (
        "While this is a good step, to fully address our recommendation, PORTS must also write a log.",
        ["PORTS must also write a log"],
    ),
    (
        "To fully meet the intent of our recommendation, once PORTS ends its count, it should show a log.",
        ["once PORTS ends its count, it should show a log"],
    ),
    (
        (
            "If PORTS’s planned steps enable it to count lamps, they would meet the intent of our "
            "recommendation."
        ),
        ["PORTS’s planned steps enable it to count lamps"],
    ),
    (
        "In particular, PORTS needs to provide details on how it counts.",
        ["PORTS needs to provide details on how it counts"],
    ),
    ("PORTS also needs to provide any new plans.", ["PORTS also needs to provide any new plans"]),
    (
        (
            "To implement this recommendation, the bureau will need to publish the guide, and "
            "provide a log of use."
        ),
        ["the bureau will need to publish the guide", "provide a log of use"],
    ),
    ("We need to see evidence that lamps burn.", ["We need to see evidence that lamps burn"]),
]

MUST_REFUSE = [
    "We will continue to monitor PORTS’s efforts.",
    "To address this, PORTS hired two keepers.",
    "To close the gate, PORTS needs oil.",
    "If it rains, they would stay.",
    "To meet the intent of our recommendation, PORTS hired a clerk, and the log is closed.",
    "PORTS must feed its horses.",
    "Once you have acted, send us a letter within 30 days so that we may close the recommendations.",
    "PORTS concurred with the recommendation.",
    "The recommendation will remain open until.",
    "",
]


@pytest.mark.parametrize(("sentence", "items"), MUST_READ)
def test_a_need_is_split_into_its_items(sentence, items):
    assert [sentence[claim.start : claim.end] for claim in read_needs(sentence)] == items


@pytest.mark.parametrize("sentence", MUST_REFUSE)
def test_what_is_no_need_is_not_read(sentence):
    assert read_needs(sentence) == ()


def test_an_item_of_one_word_stays_with_the_one_before():
    sentence = "It will remain open until PORTS; and keepers provide a log."
    assert [sentence[claim.start : claim.end] for claim in read_needs(sentence)] == [
        "PORTS; and keepers provide a log"
    ]


def test_line_ends_inside_a_need_change_nothing():
    sentence = "It is resolved and will\nremain open\nuntil PORTS provides a\nlog."
    assert [sentence[claim.start : claim.end] for claim in read_needs(sentence)] == ["PORTS provides a\nlog"]


PIECES = st.sampled_from(
    [
        "will remain open until",
        "can be closed when",
        "To fully address our recommendation, ",
        "PORTS",
        "must",
        "provides",
        "evidence",
        "and that it",
        ", as well as",
        "; and",
        "(1)",
        "(2)",
        "If",
        "they would meet",
        "recommendation",
        ".",
    ]
)


@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_items_lie_in_the_sentence_apart_and_in_order(sentence):
    at = 0
    for claim in read_needs(sentence):
        assert at <= claim.start < claim.end <= len(sentence)
        at = claim.end
