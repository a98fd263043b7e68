from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.dates import find_dates
from closeout.reading.model import PromiseKind
from closeout.reading.statements.promise import read_promises, read_said_on

# sentence, then for each promise: kind, EDTF, words, who
MUST_READ = [
    (
        (
            "As of December 2022, PORTS stated it was still counting, with an estimated completion "
            "date of May 31, 2023."
        ),
        [("completion", "2023-05-31", "an estimated completion date of May 31, 2023", "PORTS")],
    ),
    (
        "PORTS estimated completing these steps by May 31, 2023.",
        [("completion", "2023-05-31", "PORTS estimated completing these steps by May 31, 2023", "PORTS")],
    ),
    (
        "PORTS anticipates Light Management can begin counting lamps around the end of calendar year 2024.",
        [("start", "2024-12~", "around the end of calendar year 2024", "PORTS")],
    ),
    (
        "The estimated completion date is January 31, 2018.",
        [("completion", "2018-01-31", "The estimated completion date is January 31, 2018", "")],
    ),
    (
        "The estimated completion date (ECD) is January 31, 2018.",
        [("completion", "2018-01-31", "The estimated completion date (ECD) is January 31, 2018", "")],
    ),
    ("ECD: June 30, 2025.", [("completion", "2025-06-30", "ECD: June 30, 2025", "")]),
    (
        "Target Completion Date: March 2026",
        [("completion", "2026-03", "Target Completion Date: March 2026", "")],
    ),
    (
        "The target date for completion of the log is September 30, 2026.",
        [("completion", "2026-09-30", "The target date for completion of the log is September 30, 2026", "")],
    ),
    (
        (
            "PORTS intends to have 70 percent of the keepers trained by December 2017 and 100 "
            "percent by March 2018."
        ),
        [
            ("milestone", "2017-12", "70 percent of the keepers trained by December 2017", "PORTS"),
            ("milestone", "2018-03", "100 percent by March 2018", "PORTS"),
        ],
    ),
    (
        "PORTS stated those lamps should be fully lit by January 31, 2018.",
        [("completion", "2018-01-31", "January 31, 2018", "PORTS")],
    ),
    (
        (
            "The officials stated that they anticipated finishing the first lamp in late 2023 with "
            "all lamps being done by the end of 2024."
        ),
        [
            ("milestone", "2023-09/2023-12", "late 2023", "officials"),
            ("completion", "2024-12", "end of 2024", "officials"),
        ],
    ),
    (
        "PORTS said it would load the old logs by the end of fiscal year 2026.",
        [("completion", "2026-09", "end of fiscal year 2026", "PORTS")],
    ),
    ("By March 2025, the bureau will publish the list.", [("completion", "2025-03", "March 2025", "bureau")]),
    (
        "The bureau plans to update the guide it issued in June 2022 by March 2025.",
        [
            (
                "completion",
                "2025-03",
                "The bureau plans to update the guide it issued in June 2022 by March 2025",
                "bureau",
            )
        ],
    ),
    (
        "The Department expects to circulate a draft of the guide by the first quarter of fiscal year 2025.",
        [
            (
                "draft",
                "2024-36",
                (
                    "The Department expects to circulate a draft of the guide by the first quarter of fiscal "
                    "year 2025"
                ),
                "Department",
            )
        ],
    ),
    (
        "PORTS expects to finalize the draft guide by May 2025.",
        [("completion", "2025-05", "PORTS expects to finalize the draft guide by May 2025", "PORTS")],
    ),
    (
        "The new lamp is scheduled to be lit by the end of FY26.",
        [("completion", "2026-09", "The new lamp is scheduled to be lit by the end of FY26", "")],
    ),
    (
        "PORTS extended its estimated completion date from March 2024 to September 2025.",
        [
            (
                "completion",
                "2025-09",
                "PORTS extended its estimated completion date from March 2024 to September 2025",
                "PORTS",
            )
        ],
    ),
    (
        "PORTS plans to begin the trial in summer 2025 and complete it by December 2025.",
        [
            ("start", "2025-22", "PORTS plans to begin the trial in summer 2025", "PORTS"),
            ("completion", "2025-12", "complete it by December 2025", "PORTS"),
        ],
    ),
    (
        "As of May 2025, the bureau planned to finalize the guide by June 2025.",
        [("completion", "2025-06", "the bureau planned to finalize the guide by June 2025", "bureau")],
    ),
    (
        "PORTS officials expect the guide to be issued by the end of 2026.",
        [("completion", "2026-12", "end of 2026", "PORTS officials")],
    ),
    (
        "It will issue the plan no later than September 30, 2026.",
        [("completion", "2026-09-30", "It will issue the plan no later than September 30, 2026", "")],
    ),
    (
        "PORTS anticipates finishing the trial phase in spring 2026.",
        [("milestone", "2026-21", "PORTS anticipates finishing the trial phase in spring 2026", "PORTS")],
    ),
    (
        "PORTS hopes to complete the survey by the end of 2025 and the lamps by 2031.",
        [
            ("completion", "2025-12", "PORTS hopes to complete the survey by the end of 2025", "PORTS"),
            ("completion", "2031", "the lamps by 2031", "PORTS"),
        ],
    ),
    (
        "According to PORTS officials, the lamps will be lit by June 2027.",
        [("completion", "2027-06", "June 2027", "PORTS officials")],
    ),
]

MUST_REFUSE = [
    "In June 2022, PORTS issued its revised guide.",
    "By October 2023, PORTS had finished the count.",
    "In April 2023, PORTS reported that Light Management plans to start counting once it has a clerk.",
    "According to PORTS, it began the count in January 2024 and, as of September 2024, has counted 22 lamps.",
    "The lamps were lit in the latter part of 2016.",
    "We will follow up with PORTS in June 2025.",
    "GAO plans to report on this in March 2026.",
    "The work was completed in June 2022.",
    "PORTS officials stated that the lamps would likely not be lit prior to 2025.",
    "The bureau does not plan to finish before 2027.",
    "PORTS expects costs of $5 million in fiscal year 2026.",
    "Lamp sales are projected to grow through 2030.",
    "The charter will expire in 2029.",
    "The increase will end about 2016.",
    "This estimate increased to $666 billion in fiscal year 2024.",
    "PORTS expects lamp sales to grow by 2027.",
    "It is expected to decline by 2027.",
    "In March 2024, PORTS told us that the group completed its count.",
    "The lamp was lit due to fog in 2007.",
    "PORTS plans to light the lamp soon.",
    "All of it would be complete by April 31, 2006.",
    "As of June 2024, PORTS planned to light it in May 2023.",
    "PORTS plans to hire keepers, but in June 2022 it let three go.",
    "Since 2011, PORTS will have lit them.",
    "Our goal is to meet in July 2015.",
    "PORTS plans to light it, though not in May 2023.",
    "PORTS plans to count; keepers leave in May 2023.",
    "By March 2025, the bureau will not have a log.",
    "By March 2025, we will publish the list.",
    "By March 2025, the bureau counted 22 lamps.",
    "The cost estimates in our June 2022 report are old.",
    "PORTS will keep using the guide dated March 2022.",
    "Figure 2: Completion Dates for the Bureau's Lamps, as of May 2025",
    "",
]


@pytest.mark.parametrize(("sentence", "promises"), MUST_READ)
def test_a_promise_is_read_with_its_words(sentence, promises):
    found = [
        (claim.kind.value, claim.due.edtf, sentence[claim.start : claim.end], claim.by)
        for claim in read_promises(sentence)
    ]
    assert found == promises


@pytest.mark.parametrize("sentence", MUST_REFUSE)
def test_what_is_no_promise_is_not_read(sentence):
    assert read_promises(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("PORTS estimated completing these steps by May 31, 2023.", "completing these steps"),
        ("PORTS plans to issue the guide in May 2023.", "issue the guide"),
        ("The target date for completion of the log is September 30, 2026.", "completion of the log"),
        ("The estimated completion date is January 31, 2018.", ""),
        ("By March 2025, the bureau will publish the list.", "publish the list"),
        ("It also said that the trial would begin in March 2032.", "the trial would begin"),
        ("PORTS stated those lamps should be fully lit by May 2018.", "those lamps should be fully lit"),
        ("The new lamp is scheduled to be lit by May 2026.", "The new lamp is scheduled to be lit"),
        ("It will issue the guide by May 2026.", "issue the guide"),
    ],
)
def test_a_promise_says_what_for(sentence, what):
    (claim,) = read_promises(sentence)
    assert claim.what == what


def test_a_share_is_between_zero_and_one():
    shares = [
        claim.share
        for claim in read_promises("PORTS will have 70 percent lit by May 2017 and 100 percent by May 2018.")
    ]
    assert shares == [0.7, 1.0]


@pytest.mark.parametrize(
    "sentence",
    [
        "PORTS plans to light it by May 2023 but not the rest by May 2024.",
        "PORTS plans to light it by May 2023 (the last was lit in May 2019).",
    ],
)
def test_a_second_date_is_no_promise_of_its_own_unless_it_is_joined(sentence):
    assert [claim.due.edtf for claim in read_promises(sentence)] == ["2023-05"]


def test_a_promise_without_a_share_has_none():
    (claim,) = read_promises("PORTS plans to light 7 lamps by May 2017.")
    assert claim.share is None


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("begin lighting lamps", PromiseKind.START),
        ("start the count", PromiseKind.START),
        ("resume the count", PromiseKind.COMPLETION),
        ("initiate a review", PromiseKind.START),
        ("complete the count and begin lighting", PromiseKind.COMPLETION),
        ("write a draft guide", PromiseKind.DRAFT),
        ("have a draft ready", PromiseKind.DRAFT),
        ("publish the draft guide", PromiseKind.COMPLETION),
        ("finish phase one", PromiseKind.MILESTONE),
        ("train the first keepers", PromiseKind.MILESTONE),
        ("light every lamp", PromiseKind.COMPLETION),
    ],
)
def test_the_verb_says_what_kind_of_promise_it_is(what, kind):
    (claim,) = read_promises(f"PORTS plans to {what} by May 2026.")
    assert claim.kind is kind


@pytest.mark.parametrize(
    ("sentence", "said_on"),
    [
        ("As of December 2022, PORTS was counting.", "2022-12"),
        ("In May 2023, officials said so.", "2023-05"),
        ("On June 3, 2024, PORTS wrote to us.", "2024-06-03"),
        ("By October 2023, PORTS had finished.", "2023-10"),
        ("PORTS said so in May 2023.", None),
        ("Since 2011, there has been a pact.", None),
        ("The lamp burns.", None),
    ],
)
def test_a_sentence_that_opens_with_a_date_was_said_then(sentence, said_on):
    found = read_said_on(sentence)
    assert (found.edtf if found else None) == said_on


@pytest.mark.parametrize(
    ("sentence", "is_deadline"),
    [
        ("The estimated completion date is May 3, 2025.", True),
        ("PORTS expects to finish by May 3, 2025.", False),
        ("PORTS gave a target date of May 2025.", True),
    ],
)
def test_a_deadline_is_said_with_a_noun(sentence, is_deadline):
    (claim,) = read_promises(sentence)
    assert claim.is_deadline is is_deadline


@pytest.mark.parametrize(
    "sentence",
    [
        "PORTS expects reviews to resume at all stations by January 2025.",
        "PORTS now expects to complete the change by January 2025.",
        "PORTS anticipates that keepers will be hired by January 2025.",
        "PORTS plans to increase its staff by January 2025.",
        "PORTS expects to reduce and increase its count by January 2025.",
        "PORTS intends to end the practice by January 2025.",
        "PORTS will end the practice by January 2025.",
        "PORTS commits to lighting it by January 2025.",
        "PORTS is on track to light it in January 2025.",
        "PORTS has a goal of lighting it by January 2025.",
    ],
)
def test_many_verbs_look_ahead(sentence):
    (claim,) = read_promises(sentence)
    assert claim.due.edtf == "2025-01"


@pytest.mark.parametrize(("times", "count"), [(1, 1), (30, 30), (31, 0)])
def test_a_table_that_lost_its_lines_promises_nothing(times, count):
    assert len(read_promises("PORTS plans to light it by May 2023 and " * times)) == count


def test_dates_known_already_are_not_looked_for_again():
    sentence = "PORTS plans to light it by May 2026."
    assert read_promises(sentence, find_dates(sentence)) == read_promises(sentence)
    assert read_promises(sentence, ()) == ()


PIECES = st.sampled_from(
    [
        "PORTS",
        "We",
        "officials said",
        "plans to",
        "will",
        "expects",
        "begin",
        "complete",
        "draft",
        "70 percent",
        "by",
        "in",
        "not",
        "and",
        "with",
        "the estimated completion date is",
        "as of",
        ", ",
        ". ",
        "May 2025",
        "end of FY26",
        "around",
        "June 3, 2024",
        "it",
        "issued",
    ]
)


@given(st.lists(PIECES, max_size=24).map(" ".join))
def test_promises_lie_in_the_sentence_and_each_holds_its_date(sentence):
    for claim in read_promises(sentence):
        assert claim.due.span is not None
        assert 0 <= claim.start <= claim.due.span.start < claim.due.span.end <= len(sentence)
        assert claim.end >= claim.due.span.end
        assert claim.share is None or 0 <= claim.share <= 1


def test_a_completion_date_of_a_recommendation_is_promised():
    sentence = "The estimated completion date of this recommendation was June 30, 2031."
    claims = read_promises(sentence)
    assert [(claim.kind, claim.due.edtf) for claim in claims] == [(PromiseKind.COMPLETION, "2031-06-30")]
