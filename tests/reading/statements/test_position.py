from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.model import Position
from closeout.reading.statements.counts import Scope
from closeout.reading.statements.position import read_position, read_positions

# sentence, position, words that carry it, respondent, words from respondent to recommendation
MUST_READ = [
    (
        "PORTS agreed with this recommendation.",
        "agree",
        "agreed",
        "PORTS",
        "PORTS agreed with this recommendation",
    ),
    (
        "PORTS concurred with our recommendation and stated it would act.",
        "concur",
        "concurred",
        "PORTS",
        "PORTS concurred with our recommendation",
    ),
    (
        "DHS concurs with the recommendations.",
        "concur",
        "concurs",
        "DHS",
        "DHS concurs with the recommendations",
    ),
    (
        "PORTS DHS did not concur with this recommendation, stating that lamps cost money.",
        "non-concur",
        "did not concur",
        "DHS",
        "DHS did not concur with this recommendation",
    ),
    (
        "The Bureau disagreed with our recommendation.",
        "non-concur",
        "disagreed",
        "Bureau",
        "The Bureau disagreed with our recommendation",
    ),
    (
        "The Bureau strongly disagreed with our recommendation.",
        "non-concur",
        "strongly disagreed",
        "Bureau",
        "The Bureau strongly disagreed with our recommendation",
    ),
    (
        "PORTS non-concurred with recommendation 2.",
        "non-concur",
        "non-concurred",
        "PORTS",
        "PORTS non-concurred with recommendation 2",
    ),
    (
        "PORTS nonconcurred with the recommendation.",
        "non-concur",
        "nonconcurred",
        "PORTS",
        "PORTS nonconcurred with the recommendation",
    ),
    (
        "PORTS does not agree with the recommendation.",
        "non-concur",
        "does not agree",
        "PORTS",
        "PORTS does not agree with the recommendation",
    ),
    (
        "PORTS didn’t agree with the recommendation.",
        "non-concur",
        "didn’t agree",
        "PORTS",
        "PORTS didn’t agree with the recommendation",
    ),
    ("PORTS did not accept our recommendation.", "non-concur", "did not accept", "PORTS", None),
    (
        "PORTS partially concurred with the recommendation.",
        "partial",
        "partially concurred",
        "PORTS",
        "PORTS partially concurred with the recommendation",
    ),
    (
        "PORTS concurred in part with the recommendation.",
        "partial",
        "concurred in part",
        "PORTS",
        "PORTS concurred in part with the recommendation",
    ),
    (
        "PORTS concurred in principle with the recommendation, but has not acted.",
        "partial",
        "concurred in principle",
        "PORTS",
        "PORTS concurred in principle with the recommendation",
    ),
    (
        "PORTS agreed with the intent of the recommendation.",
        "partial",
        "agreed",
        "PORTS",
        "PORTS agreed with the intent of the recommendation",
    ),
    (
        "PORTS agreed with part of our recommendation.",
        "partial",
        "agreed",
        "PORTS",
        "PORTS agreed with part of our recommendation",
    ),
    (
        "PORTS did not fully concur with the recommendation.",
        "partial",
        "did not fully concur",
        "PORTS",
        "PORTS did not fully concur with the recommendation",
    ),
    (
        "PORTS partially disagreed with the recommendation.",
        "partial",
        "partially disagreed",
        "PORTS",
        "PORTS partially disagreed with the recommendation",
    ),
    (
        "PORTS generally agreed with our message and recommendations in the draft.",
        "generally-agree",
        "generally agreed",
        "PORTS",
        "PORTS generally agreed with our message and recommendations",
    ),
    (
        "PORTS mostly agreed with these recommendations and has begun.",
        "generally-agree",
        "mostly agreed",
        "PORTS",
        "PORTS mostly agreed with these recommendations",
    ),
    (
        "PORTS generally concurred with the recommendations.",
        "generally-agree",
        "generally concurred",
        "PORTS",
        "PORTS generally concurred with the recommendations",
    ),
    (
        "The PORTS staff generally, but not always, agreed with our recommendations.",
        "generally-agree",
        "generally, but not always, agreed",
        "PORTS staff",
        None,
    ),
    (
        "PORTS neither agreed nor disagreed with our recommendation.",
        "neither",
        "neither agreed nor disagreed",
        "PORTS",
        "PORTS neither agreed nor disagreed with our recommendation",
    ),
    (
        "PORTS did not agree or disagree with the recommendation.",
        "neither",
        "did not agree or disagree",
        "PORTS",
        "PORTS did not agree or disagree with the recommendation",
    ),
    ("PORTS took no position on the recommendation.", "neither", "took no position", "PORTS", None),
    (
        "PORTS did not state whether it concurred with the recommendation.",
        "not-indicated",
        "did not state whether it concurred",
        "PORTS",
        "PORTS did not state whether it concurred with the recommendation",
    ),
    (
        "PORTS did not indicate whether it agreed or disagreed with our recommendation.",
        "not-indicated",
        "did not indicate whether it agreed or disagreed",
        "PORTS",
        None,
    ),
    (
        "PORTS did not explicitly concur with the recommendation.",
        "not-indicated",
        "did not explicitly concur",
        "PORTS",
        "PORTS did not explicitly concur with the recommendation",
    ),
    (
        "PORTS had no comments on the draft report.",
        "no-comment",
        "had no comments",
        "PORTS",
        "PORTS had no comments on the draft report",
    ),
    (
        "PORTS provided technical comments only.",
        "no-comment",
        "provided technical comments only",
        "PORTS",
        None,
    ),
    (
        "PORTS did not provide comments on this recommendation.",
        "no-comment",
        "did not provide comments",
        "PORTS",
        "PORTS did not provide comments on this recommendation",
    ),
    ("PORTS did not comment on our recommendation.", "no-comment", "did not comment", "PORTS", None),
    ("Management agreed and renegotiated the lease.", "agree", "agreed", "Management", "Management agreed"),
    ("Management agreed to recover the costs.", "agree", "agreed", "Management", "Management agreed"),
    ("PORTS accepted the recommendation.", "agree", "accepted", "PORTS", None),
    ("PORTS concurred.", "concur", "concurred", "PORTS", "PORTS concurred"),
    ("PORTS concurred and will write a log.", "concur", "concurred", "PORTS", "PORTS concurred"),
    (
        "PORTS fully concurred with the recommendation.",
        "concur",
        "fully concurred",
        "PORTS",
        "PORTS fully concurred with the recommendation",
    ),
    (
        "PORTS has agreed with our recommendation.",
        "agree",
        "has agreed",
        "PORTS",
        "PORTS has agreed with our recommendation",
    ),
    (
        "PORTS agreed with our finding and recommendation.",
        "agree",
        "agreed",
        "PORTS",
        "PORTS agreed with our finding and recommendation",
    ),
    ("Agree with the recommendation.", "agree", "Agree", "", "Agree with the recommendation"),
    ("Bureau Response: Concur.", "concur", "Concur", "", "Concur"),
]

MUST_REFUSE = [
    "PORTS’s management agreed with the findings and stated it will comply with the recommendations.",
    "PORTS had no concerns regarding the language of the recommendation.",
    "PORTS agreed with our conclusions.",
    "PORTS agreed that the light needs to be brighter.",
    "PORTS concurred with the assessment.",
    "We agree that the recommendation could be clearer.",
    "While we agree with the bureau, our recommendation stands.",
    "As agreed with your offices, unless you announce its contents, we will send this report.",
    "These agencies agreed the following were benefits of the recommendation:",
    "We asked whether PORTS concurred with the recommendation.",
    "If PORTS concurs with the recommendation, it should say so.",
    "PORTS should agree with the recommendation.",
    "The cooperative agreement with the harbor ends in May.",
    "The lamps ran concurrently with the recommendation.",
    "Key problems include a lack of industry-accepted systems for the recommendation.",
    "The recommendation is old.",
    "The disagreement over the recommendation went on.",
    "PORTS and the state agreed on a plan to close the recommendation.",
    "No respondent here agreed with lamps.",
    "",
]

SCOPES = [
    ("CMS concurred with five of the six recommendations.", [("concur", Scope(count=5, total=6))]),
    ("It did not concur with the fifth recommendation.", [("non-concur", Scope(numbers=("5",)))]),
    ("It did not concur with the fifth.", [("non-concur", Scope(numbers=("5",)))]),
    (
        "PORTS concurred with our first recommendation and did not concur with our second or third.",
        [("concur", Scope(numbers=("1",))), ("non-concur", Scope(numbers=("2", "3")))],
    ),
    (
        (
            "PORTS concurred with our fourth recommendation but did not indicate whether it "
            "concurred with our first, second, or third recommendations."
        ),
        [("concur", Scope(numbers=("4",))), ("not-indicated", Scope(numbers=("1", "2", "3")))],
    ),
    (
        "PORTS concurred with all five recommendations and has begun.",
        [("concur", Scope(total=5, is_all=True))],
    ),
    (
        (
            "PORTS partially concurred with recommendation 3 and concurred with recommendations 1, "
            "2, and 4 through 6."
        ),
        [("partial", Scope(numbers=("3",))), ("concur", Scope(numbers=("1", "2", "4", "5", "6")))],
    ),
    (
        "PORTS agreed with two of our three recommendations and disagreed with the recommendation to pause.",
        [("agree", Scope(count=2, total=3)), ("non-concur", Scope())],
    ),
    (
        "PORTS nonconcurred with the remaining two recommendations.",
        [("non-concur", Scope(count=2, is_rest=True))],
    ),
    (
        "For the remaining recommendation, PORTS did not state whether it concurred or did not concur.",
        [("not-indicated", Scope(is_rest=True))],
    ),
    ("Regarding recommendation 3, PORTS disagreed.", [("non-concur", Scope(numbers=("3",)))]),
    ("We made six recommendations; DHS concurred with each.", [("concur", Scope(is_all=True))]),
    ("Your office concurred with recommendations 1–3.", [("concur", Scope(numbers=("1", "2", "3")))]),
]


@pytest.mark.parametrize(("sentence", "position", "printed", "by", "words"), MUST_READ)
def test_a_position_is_read_with_its_words_and_respondent(sentence, position, printed, by, words):
    claim = read_position(sentence)
    assert claim is not None
    assert (claim.position, claim.printed, claim.by) == (Position(position), printed, by)
    if words is not None:
        assert sentence[claim.start : claim.end] == words


@pytest.mark.parametrize("sentence", MUST_REFUSE)
def test_what_is_no_position_on_a_recommendation_is_not_read(sentence):
    assert read_positions(sentence) == ()
    assert read_position(sentence) is None


@pytest.mark.parametrize(("sentence", "claims"), SCOPES)
def test_a_position_says_which_recommendations_it_is_about(sentence, claims):
    found = [(claim.position.value, claim.scope) for claim in read_positions(sentence)]
    assert found == claims


def test_the_second_verb_has_the_respondent_of_the_first():
    claims = read_positions("PORTS concurred with recommendation 1 and did not concur with recommendation 2.")
    assert [claim.by for claim in claims] == ["PORTS", "PORTS"]


@pytest.mark.parametrize(
    "sentence",
    ["Management agreed with the finding and paid.", "Management agreed that the basis was misleading."],
)
def test_in_an_answer_agreement_with_anything_counts(sentence):
    assert read_position(sentence) is None
    claim = read_position(sentence, is_answer=True)
    assert claim is not None
    assert claim.position is Position.AGREE


def test_comments_are_a_weak_claim():
    claims = read_positions(
        "PORTS had no comments on the draft report and concurred with our recommendation."
    )
    assert [claim.is_weak for claim in claims] == [True, False]


@pytest.mark.parametrize(("sentence", "position", "printed", "by", "words"), MUST_READ[:12])
def test_line_ends_inside_a_sentence_change_nothing(sentence, position, printed, by, words):
    claim = read_position(sentence.replace(" with ", "\nwith "))
    assert claim is not None
    assert (claim.position, claim.printed) == (Position(position), printed)


PIECES = st.sampled_from(
    [
        "PORTS",
        "concurred",
        "did not",
        "agree",
        "disagreed",
        "with",
        "our",
        "five of the six",
        "recommendations",
        "1, 2",
        "and",
        "but",
        "whether",
        "it",
        "partially",
        "in principle",
        "the",
        "findings",
        "comments",
        "no",
        "neither",
        "nor",
        ".",
        ",",
        ";",
    ]
)


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_claims_lie_in_the_sentence_and_in_order(sentence):
    claims = read_positions(sentence)
    for claim in claims:
        assert 0 <= claim.start < claim.end <= len(sentence)
    ends = [claim.end for claim in claims]
    assert ends == sorted(ends)
