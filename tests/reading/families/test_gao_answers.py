"""Answers to a draft: to which recommendation each position and each promise goes."""

from __future__ import annotations

import pytest

from closeout.reading.model import Position, PromiseKind, StatementKind
from tests.reading.families.gao_cases import BODY, asked, read_text, words

DEMANDS = {
    "BHL": "The Director of BHL should count lamps in every harbor.",
    "OFS": "The Administrator of OFS should train those who inspect docks.",
    "DB": "The Chair of the Dock Board should publish a list of ferries.",
}
HEAD = (
    "# Lights\n\n**Report:** GAO-30-990600 | **Published:** 2030-05-01 | x\n\n"
    "The Bureau of Harbor Lights (BHL) and the Office of Ferry Safety (OFS) belong to the Department of "
    "Waterways (DOW). The Dock Board (DB) does not.\n\n"
)


def report(comments, bodies=("BHL", "OFS", "DB"), *, tagged=True):
    """Return the reading of a report to some bodies with given comments."""
    demands = [
        f"{DEMANDS[body]} (Recommendation {number})" if tagged else f"We recommend: {DEMANDS[body]}"
        for number, body in enumerate(bodies, 1)
    ]
    section = "\n\n".join(demands)
    return read_text(
        f"{HEAD}{BODY}\n\n#### Recommendations for Executive Action\n\n"
        f"We are making {len(bodies)} recommendations to agencies:\n\n{section}\n\n"
        f"We provided a draft of this report to the agencies for comment. {comments}\n\n"
        "We are sending copies of this report to committees.\n"
    )


def positions(comments, bodies=("BHL", "OFS", "DB")):
    return [record.position for record in asked(report(comments, bodies))]


def promised(comments, bodies=("BHL", "OFS", "DB")):
    return [[promise.due.edtf for promise in record.promises] for record in asked(report(comments, bodies))]


def test_a_sentence_about_our_recommendations_holds_for_all():
    assert positions("DOW concurred with our recommendations.", ("BHL", "OFS")) == [Position.CONCUR] * 2


def test_a_sentence_about_our_recommendation_holds_for_the_only_one():
    assert positions("BHL did not concur with our recommendation.", ("BHL",)) == [Position.NON_CONCUR]


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        (
            "DOW concurred with recommendations 1 and 2. DB disagreed with recommendation 3.",
            [Position.CONCUR, Position.CONCUR, Position.NON_CONCUR],
        ),
        (
            "The agencies concurred with recommendations 1 through 3.",
            [Position.CONCUR] * 3,
        ),
        (
            "DOW agreed with the first recommendation and partially agreed with the second.",
            [Position.AGREE, Position.PARTIAL, None],
        ),
        (
            "DB neither agreed nor disagreed with recommendation 3.",
            [None, None, Position.NEITHER],
        ),
    ],
)
def test_numbers_and_ordinals_reach_what_they_name(comments, expected):
    assert positions(comments) == expected


def test_each_agency_answers_for_itself():
    assert positions(
        "BHL concurred with our recommendation. OFS did not concur with our recommendation. The Dock Board "
        "neither agreed nor disagreed with our recommendation."
    ) == [Position.CONCUR, Position.NON_CONCUR, Position.NEITHER]


def test_a_department_answers_for_those_who_do_not_answer_themselves():
    assert positions(
        "DOW concurred with our recommendations. DB generally agreed with our recommendation."
    ) == [Position.CONCUR, Position.CONCUR, Position.GENERALLY_AGREE]


def test_an_agency_without_a_recommendation_gives_no_position():
    assert positions("The Tide Survey told us that it had no comments on the draft.", ("BHL",)) == [None]


def test_no_comments_are_no_comment():
    assert positions("BHL had no comments on the draft report.", ("BHL",)) == [Position.NO_COMMENT]


def test_a_stand_counts_before_technical_comments():
    comments = "BHL provided technical comments. In addition, BHL agreed with our recommendation."
    assert positions(comments, ("BHL",)) == [Position.AGREE]


def test_technical_comments_of_one_are_no_answer_of_others():
    comments = "The Tide Survey provided technical comments. BHL agreed with our recommendation."
    assert positions(comments, ("BHL", "OFS")) == [Position.AGREE, None]


def test_silence_is_no_position():
    assert positions("It had been raining.") == [None] * 3


def test_a_concurrence_in_principle_is_partial_and_keeps_its_words():
    record = asked(report("BHL concurred in principle with our recommendation.", ("BHL",)))[0]
    assert (record.position, record.position_printed) == (Position.PARTIAL, "concurred in principle")


def test_a_position_stands_at_its_span():
    reading = report("BHL concurred with our recommendation.", ("BHL",))
    assert words(reading, reading.records[0].position_span).startswith("BHL concurred")
    assert reading.records[0].position_by == "BHL"


def test_the_report_carries_the_position_on_all():
    reading = report("DOW concurred with our recommendations.", ("BHL", "OFS"))
    assert reading.reports[0].position is Position.CONCUR
    assert words(reading, reading.reports[0].position_span).startswith("DOW concurred")


def test_a_promise_goes_to_the_recommendation_it_shares_words_with():
    assert promised(
        "DOW concurred with our recommendations. OFS stated that it will complete the training of inspectors "
        "by June 30, 2031."
    ) == [[], ["2031-06-30"], []]


def test_a_promise_that_names_a_recommendation_goes_there():
    assert promised("With respect to the third recommendation, it expects to finish by December 2031.") == [
        [],
        [],
        ["2031-12"],
    ]


def test_a_promise_by_number_goes_to_that_number():
    assert promised("For recommendation 1, it plans to finish by the end of 2031.") == [["2031-12"], [], []]


def test_a_promise_about_nothing_in_particular_is_given_to_none_of_several():
    assert promised("DOW said that all will be done by June 2031.") == [[], [], []]


def test_a_promise_belongs_to_the_only_recommendation():
    reading = report("BHL said that it will be done by June 2031.", ("BHL",))
    assert [(promise.kind, promise.due.edtf) for promise in reading.records[0].promises] == [
        (PromiseKind.COMPLETION, "2031-06")
    ]


def test_promises_stand_at_their_spans():
    reading = report("BHL said that it will count lamps by June 2031.", ("BHL", "OFS"))
    (promise,) = reading.records[0].promises
    assert "June 2031" in words(reading, promise.span)


def test_statements_of_the_section_are_the_documents():
    reading = report("DOW concurred with our recommendations. We will monitor it.", ("BHL", "OFS"))
    assert StatementKind.POSITION in {statement.kind for statement in reading.statements}


def test_a_record_has_only_the_statements_about_it():
    reading = report("BHL agreed with recommendation 1. OFS disagreed with recommendation 2.")
    first, second, third = asked(reading)
    assert [statement.value for statement in first.statements] == ["agree"]
    assert [statement.value for statement in second.statements] == ["non-concur"]
    assert third.statements == ()


def test_what_the_agency_letter_says_is_not_read():
    reading = report("DOW concurred with our recommendations.", ("BHL",))
    text = reading.document.text + "\n\n**Appendix II**\n\nBHL did not concur with our recommendation.\n"
    assert read_text(text).records[0].position is Position.CONCUR


def test_without_comments_there_are_no_answers():
    text = report("x", ("BHL",)).document.text
    start, end = text.index("We provided a draft"), text.index("We are sending copies")
    reading = read_text(text[:start] + text[end:])
    assert (reading.statements, reading.records[0].position) == ((), None)
