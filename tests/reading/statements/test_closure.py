from __future__ import annotations

import pytest

from closeout.reading.statements.closure import read_closure_request


@pytest.mark.parametrize(
    ("sentence", "by", "words"),
    [
        (
            "PORTS requested that DHS OIG consider this recommendation resolved and closed.",
            "PORTS",
            "PORTS requested that DHS OIG consider this recommendation resolved and closed",
        ),
        (
            "The Department requests closure of this recommendation.",
            "Department",
            "The Department requests closure",
        ),
        ("PORTS asked that we close the recommendation.", "PORTS", "PORTS asked that we close"),
        ("PORTS asked for closure.", "PORTS", "PORTS asked for closure"),
        (
            "PORTS officials requested that the recommendation be closed.",
            "PORTS officials",
            "PORTS officials requested that the recommendation be closed",
        ),
        (
            "PORTS considers this recommendation closed.",
            "PORTS",
            "PORTS considers this recommendation closed",
        ),
        ("PORTS believes it should be closed.", "PORTS", "PORTS believes it should be closed"),
    ],
)
def test_a_request_to_close_is_read(sentence, by, words):
    claim = read_closure_request(sentence)
    assert claim is not None
    assert claim.by == by
    assert sentence[claim.start : claim.end].startswith(words.split(" that ", maxsplit=1)[0])


@pytest.mark.parametrize(
    "sentence",
    [
        "We consider this recommendation closed.",
        "Please send your closure request to the mailbox.",
        "Once you have acted, send a letter so that we may close the recommendations.",
        "We request that the bureau write when the recommendation can be closed.",
        "PORTS requested lamps.",
        "It was considered that the recommendation be closed.",
        "PORTS asked whether we would close it once the log is done.",
        "PORTS requests closure if the log is kept.",
        "PORTS asked that the gate be closed.",
        "The bureau asks when it can close.",
        "",
    ],
)
def test_what_is_no_request_to_close_is_not_read(sentence):
    assert read_closure_request(sentence) is None
