from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.clean import clean
from closeout.reading.fold import fold_space
from closeout.reading.model import AuditorStatus, Position, PromiseKind, StatementKind
from closeout.reading.statements.narrative import Narrative, read_narrative
from tests.reading.paging import make_document, make_report, page_lines

LISTING = (
    "In January 2021, we reported on how PORTS keeps its lights. We found that no station kept a log. "
    "A log could help PORTS count its lamps. We recommended that PORTS keep a log. PORTS agreed with this "
    "recommendation. As of June 2022, PORTS was writing a guide and estimated completing it by May 31, 2023. "
    "To meet the intent of our recommendation, PORTS should publish the guide. As of June 2023, PORTS "
    "officials said that work is ongoing. We will continue to monitor PORTS's efforts to address this "
    "recommendation."
)
ANSWER = (
    "PORTS Response: PORTS concurred with the recommendation. PORTS is writing a guide. The estimated "
    "completion date is January 31, 2018. PORTS requested that the OIG consider this recommendation resolved "
    "and closed.\nOIG Analysis: The response is a first step. This recommendation is resolved, but will "
    "remain open until PORTS provides the signed guide, as well as evidence that keepers use it."
)


def read(text: str, **keywords: object) -> Narrative:
    cleaned = clean(make_document(text))
    return read_narrative(cleaned, 0, len(cleaned.text), **keywords)


def kinds(narrative: Narrative) -> list[str]:
    return [statement.kind.value for statement in narrative.statements]


def test_every_sentence_of_a_listing_gets_its_kind():
    assert kinds(read(LISTING)) == [
        "reported",
        "reported",
        "benefit",
        "reported",
        "position",
        "promise",
        "update",
        "need",
        "update",
        "monitoring",
    ]


def test_the_position_of_a_listing_has_its_words_place_and_respondent():
    narrative = read(LISTING)
    assert narrative.position is Position.AGREE
    assert (narrative.position_printed, narrative.position_by) == ("agreed", "PORTS")
    assert narrative.position_span is not None
    assert narrative.position_span.of(LISTING) == "PORTS agreed with this recommendation"


def test_a_promise_knows_when_it_was_made():
    (promise,) = read(LISTING).promises
    assert promise.kind is PromiseKind.COMPLETION
    assert promise.due.edtf == "2023-05-31"
    assert promise.said_on is not None
    assert promise.said_on.edtf == "2022-06"
    assert promise.span.of(LISTING) == promise.printed
    assert promise.due.span is not None
    assert promise.due.span.of(LISTING) == "May 31, 2023"


def test_a_date_said_before_holds_for_the_next_sentence():
    narrative = read("As of May 2022, PORTS was counting. PORTS expects to finish by June 2023.")
    (promise,) = narrative.promises
    assert promise.said_on is not None
    assert promise.said_on.edtf == "2022-05"


def test_an_answer_and_its_analysis_give_position_promise_status_needs_and_request():
    narrative = read(ANSWER)
    assert narrative.position is Position.CONCUR
    assert narrative.status is AuditorStatus.RESOLVED_OPEN
    assert narrative.status_printed == "resolved, but will remain open until"
    assert narrative.status_span is not None
    assert fold_space(narrative.status_span.of(ANSWER)) == (
        "This recommendation is resolved, but will remain open until"
    )
    needs = [item.text for item in narrative.statements if item.kind is StatementKind.NEED]
    assert needs == ["PORTS provides the signed guide", "evidence that keepers use it"]


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [
        ("This recommendation is resolved and will remain open until then.", "refused"),
        ("This recommendation is resolved and closed.", "granted"),
        ("We thank PORTS.", ""),
    ],
)
def test_a_request_to_close_gets_its_outcome(ending, outcome):
    narrative = read(f"PORTS requested that we close this recommendation. {ending}")
    (request,) = [item for item in narrative.statements if item.kind is StatementKind.CLOSURE_REQUEST]
    assert (request.value, request.by) == (outcome, "PORTS")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "PORTS expects reviews to resume by January 2025. The estimated completion date is May 3, 2025.",
            ["milestone", "completion"],
        ),
        (
            "The estimated completion date is May 3, 2025. PORTS plans to hire keepers by January 2025.",
            ["completion", "milestone"],
        ),
        (
            "PORTS plans to begin hiring by January 2025. The estimated completion date is May 3, 2025.",
            ["start", "completion"],
        ),
        (
            "PORTS plans to hire keepers by June 2025. The estimated completion date is May 3, 2025.",
            ["completion", "completion"],
        ),
        (
            "In May 2022, PORTS planned to act by May 2023. In May 2024, it gave a target date of May 2025.",
            ["completion", "completion"],
        ),
        ("PORTS plans to hire by May 2023 and to train by May 2024.", ["completion", "completion"]),
    ],
)
def test_a_date_on_the_way_to_the_completion_date_is_a_milestone(text, kinds):
    assert [promise.kind.value for promise in read(text).promises] == kinds


def test_the_agency_stands_in_for_an_unnamed_promiser():
    text = "The estimated completion date is May 3, 2024. Officials plan to light it by June 2024."
    narrative = read(text, agency="Bureau of Ports")
    assert [promise.by for promise in narrative.promises] == ["Bureau of Ports", "Bureau of Ports"]


def test_the_respondent_stands_in_where_no_agency_is_known():
    narrative = read("PORTS concurred with the recommendation. The estimated completion date is May 3, 2024.")
    assert [promise.by for promise in narrative.promises] == ["PORTS"]


def test_a_position_outweighs_comments():
    narrative = read("HHS had no comments on the draft report. PORTS concurred with our recommendation.")
    assert (narrative.position, narrative.position_by) == (Position.CONCUR, "PORTS")
    assert [claim.is_weak for claim in narrative.positions] == [True, False]


def test_comments_alone_are_no_comment():
    assert read("PORTS provided technical comments only.").position is Position.NO_COMMENT


def test_prose_without_a_position_has_none():
    narrative = read("As of May 2023, PORTS has a log.")
    assert (narrative.position, narrative.position_printed, narrative.position_span) == (None, None, None)
    assert narrative.position_by == ""


def test_an_answer_may_agree_with_anything():
    text = "Management agreed with the finding and paid."
    assert read(text).position is None
    assert read(text, is_answer=True).position is Position.AGREE


def test_an_impossible_date_is_a_doubt_with_its_place():
    text = "Management agreed. All of it will be complete by April 31, 2006."
    narrative = read(text)
    assert narrative.promises == ()
    (doubt,) = narrative.doubts
    assert doubt.span is not None
    assert doubt.span.of(text) == "April 31, 2006"


def test_a_status_names_the_recommendations_it_is_about():
    (status,) = [
        item
        for item in read("We consider recommendations 1 and 3 resolved and open.").statements
        if item.kind is StatementKind.STATUS
    ]
    assert (status.value, status.printed, status.scope) == ("resolved-open", "resolved and open", ("1", "3"))


def test_only_the_part_asked_for_is_read():
    text = "PORTS concurred with our recommendation. DHS did not concur with our recommendation."
    cleaned = clean(make_document(text))
    narrative = read_narrative(cleaned, text.index("DHS"), len(text))
    assert narrative.position is Position.NON_CONCUR
    assert narrative.position_span is not None
    assert narrative.position_span.of(text) == "DHS did not concur with our recommendation"


def test_an_empty_narrative_says_nothing():
    assert read("") == Narrative()


def test_a_promise_over_a_page_break_is_read_and_its_span_covers_the_break():
    first, second = page_lines(1), page_lines(2)
    first[-1], second[0] = "PORTS plans to publish the guide by the", "end of fiscal year 2026."
    document = make_document(make_report([page_lines(0), first, second, page_lines(3), page_lines(4)]))
    cleaned = clean(document)
    (promise,) = read_narrative(cleaned, 0, len(cleaned.text)).promises
    assert promise.printed == "PORTS plans to publish the guide by the end of fiscal year 2026"
    assert promise.due.edtf == "2026-09"
    printed = promise.span.of(document.text)
    assert printed.startswith("PORTS plans")
    assert printed.endswith("fiscal year 2026")


SENTENCES = st.sampled_from(
    [
        *LISTING.replace("PORTS's", "its").split(". "),
        *ANSWER.replace("\n", " ").split(". "),
        "When we confirm what actions the bureau has taken, we will provide updated information",
        "Doing so will help PORTS count",
        "PORTS did not concur with the recommendation",
        "It will be done by April 31, 2006",
    ]
)


@given(st.lists(SENTENCES, max_size=12))
def test_the_span_of_every_statement_reads_as_its_text(sentences):
    text = "".join(f"{sentence}.\n" for sentence in sentences)
    for statement in read(text).statements:
        assert fold_space(statement.span.of(text)) == statement.text


@given(st.lists(SENTENCES, max_size=12))
def test_a_reading_of_the_prose_always_has_a_confidence_and_a_reason(sentences):
    narrative = read("".join(f"{sentence}. " for sentence in sentences))
    if narrative.reads_as is None:
        assert (narrative.confidence, narrative.reasons) == (None, ())
    else:
        assert narrative.confidence is not None
        assert 0 < narrative.confidence < 1
        assert narrative.reasons
