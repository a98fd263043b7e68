"""Paragraphs, counts, lists and lead-ins of report prose."""

from __future__ import annotations

import pytest

from closeout.reading.families.gao_counts import answered_count, declared_count, number_of, told_count
from closeout.reading.families.gao_demands import read_led
from closeout.reading.families.gao_lists import names_actions
from closeout.reading.families.gao_paragraphs import (
    bullet_length,
    is_heading,
    item_number,
    paragraphs,
    prose,
    sentences,
)
from closeout.reading.families.gao_subjects import closest


def folded(text, parts):
    return [" ".join(text[part.start : part.end].split()) for part in parts]


def led(text, count=None):
    """Return the words of each demand behind "we recommend", parts joined."""
    return [
        " ".join(" ".join(text[start:end].split()) for start, end in demand.parts)
        for demand in read_led(text, 0, len(text), count)
    ]


def test_blank_lines_bullets_and_numbers_part_paragraphs():
    text = "One\nline.\n\nTwo:\n- a\nmore\n- b\n\nThree:\n1. c\n2. d"
    found = folded(text, paragraphs(text, 0, len(text)))
    assert found == ["One line.", "Two:", "- a more", "- b", "Three:", "1. c", "2. d"]


def test_a_number_at_a_line_start_in_prose_parts_nothing():
    text = "They came in group\n2. The others\n3. stayed."
    assert len(paragraphs(text, 0, len(text))) == 1


@pytest.mark.parametrize(
    "words",
    [
        "#### Conclusions",
        "**Appendix I: Scope**",
        "Agency Comments\nand Our Evaluation",
        "Recommendations for Executive Action:",
        "Lights Are Few in Harbors",
    ],
)
def test_headings_are_known_by_mark_or_by_form(words):
    assert is_heading(words)


@pytest.mark.parametrize(
    "words", ["The Director should act.", "- Lights", "lights are few", "Lights Are Few.", "and Keepers, and"]
)
def test_prose_and_bullets_are_no_headings(words):
    assert not is_heading(words)


def test_prose_leaves_out_footnotes_headings_and_page_feet():
    text = (
        "First.\n\n12 See GAO-30-990.\n\n#### Conclusions\n\n**Page 5** **GAO-30-990 Lights**\n\n"
        "Page 6 GAO-30-990 Lights\n\nGAO-30-990 Lights Page 7\n\nLast."
    )
    assert folded(text, prose(text, 0, len(text))) == ["First.", "Last."]


@pytest.mark.parametrize(
    ("words", "length"), [("- a", 2), ("• a", 2), ("3. a", 3), ("12) a", 4), ("a - b", 0)]
)
def test_bullets_and_item_numbers_have_a_length(words, length):
    assert bullet_length(words) == length


def test_an_item_number_is_its_figure():
    assert (item_number("3. a"), item_number("- a")) == ("3", None)


def test_sentences_do_not_end_at_abbreviations():
    text = "The U.S. Coast Guard acted. No. 4 did not. We ask:\n(1) why? It is late."
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [
        "The U.S. Coast Guard acted.",
        "No. 4 did not.",
        "We ask:",
        "(1) why?",
        "It is late.",
    ]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12", 12),
        ("twelve", 12),
        ("Twenty-two", 22),
        ("thirty", 30),
        ("ninety nine", 99),
        ("a", 1),
        ("many", None),
    ],
)
def test_counts_are_read_in_figures_and_words(words, number):
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("GAO is making two recommendations to BHL.", 2),
        ("We are making the following 12 recommendations:", 12),
        ("GAO is also making\nfour recommendations", 4),
        ("We are making a total of twenty-one recommendations, including 3 to X", 21),
        ("This report contains a recommendation to BHL.", 1),
        ("GAO is making one recommendation to", 1),
        ("In 2020, we made two recommendations to BHL.", None),
        ("GAO is making progress with two recommendations.", None),
        ("BHL is making two recommendations to harbors.", None),
    ],
)
def test_a_report_declares_what_it_is_making(text, count):
    found = declared_count(text)
    assert (found.value if found else None) == count


def test_a_page_may_tell_of_a_report_in_the_past():
    assert told_count("We made 3 recommendations.").value == 3
    assert told_count("Our 3 recommendations to ICE address it.").value == 3
    assert declared_count("Our 3 recommendations to ICE address it.") is None


def test_the_first_count_wins():
    assert declared_count("GAO is making two recommendations. We are making five recommendations.").value == 2


def test_comments_may_count_what_they_answer():
    text = "DOW concurred with all four of our recommendations."
    found = answered_count(text, 0, len(text))
    assert (found.value, text[found.start : found.end]) == (4, "all four of our recommendations")


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        (
            "It is dark. We recommend that the Director light lamps.",
            ["We recommend that the Director light lamps."],
        ),
        (
            "It is dark.  Therefore, to help,\nwe recommend that BHL light lamps. Such lamps should shine.",
            ["Therefore, to help, we recommend that BHL light lamps. Such lamps should shine."],
        ),
        (
            "We recommend that the Director light lamps. We also recommend that he snuff them.",
            ["We recommend that the Director light lamps.", "We also recommend that he snuff them."],
        ),
        (
            "We recommend that the Director:\n- light lamps;\n- buy oil; and\n- sleep.",
            ["light lamps", "buy oil", "sleep."],
        ),
        (
            "We recommend the following:\n\n1. The Director should light lamps.\n\n2. BHL should buy oil.",
            ["The Director should light lamps.", "BHL should buy oil."],
        ),
        (
            "We recommend that BHL take two actions: (1) light lamps, and (2) buy oil. We thank it.",
            ["light lamps", "buy oil."],
        ),
        (
            "We recommend that the Director write a plan that has these parts:\n- lamps and\n- oil.",
            ["We recommend that the Director write a plan that has these parts: lamps oil."],
        ),
        ("We previously recommended that the Director light lamps.", []),
        ("We did not recommend that the Director light lamps.", []),
        ("The law says that one may recommend that lamps be lit.", []),
    ],
)
def test_lead_ins_carry_a_sentence_or_a_list(text, demands):
    assert led(text) == demands


def test_one_declared_recommendation_keeps_a_list_together():
    text = "We recommend that the Director:\n- light lamps; and\n- buy oil."
    assert len(led(text, 1)) == 1


def test_a_count_that_fits_the_list_takes_it_apart():
    text = "We recommend that the Director write rules which:\n- name lamps; and\n- name oil."
    assert [len(led(text)), len(led(text, 2))] == [1, 2]


def test_announced_actions_carry_the_addressee_to_the_list():
    text = (
        "We recommend that the Director of BHL take the following two actions. Specifically, we recommend"
        " that he see to these things:\n\n1. Lamps.\n\n2. Oil."
    )
    found = read_led(text, 0, len(text))
    assert [(demand.number, "Director of BHL" in demand.lead) for demand in found] == [
        ("1", True),
        ("2", True),
    ]


def test_a_list_with_a_lost_bullet_keeps_its_item():
    text = "We recommend that the Director take these actions:\n\nlight lamps;\n\n- buy oil; and\n\n- sleep."
    assert led(text) == ["light lamps", "buy oil", "sleep."]


def test_a_list_ends_where_the_auditor_speaks_of_itself():
    text = "We recommend that BHL take these actions:\n\n- light lamps;\n\n- sleep.\n\nWe thank BHL."
    assert led(text) == ["light lamps", "sleep."]


def test_a_lead_in_to_congress_is_a_matter():
    text = "We recommend that Congress consider a law."
    assert [demand.is_matter for demand in read_led(text, 0, len(text))] == [False]
    text = "We recommend that the Congress should consider a law."
    assert [demand.is_matter for demand in read_led(text, 0, len(text))] == [True]


@pytest.mark.parametrize("said", ["take the following seven actions.", "the following actions:"])
def test_a_sentence_may_only_announce_actions(said):
    assert names_actions(said)


def test_a_sentence_that_says_what_to_do_announces_nothing():
    assert not names_actions("light the following lamps each night.")


DEMANDS = [
    "The Director should count lamps in each harbor.",
    "The Director should train keepers who clean lamps.",
]


def test_a_sentence_is_about_the_text_whose_own_words_it_shares():
    assert closest("BHL will finish training keepers by May.", DEMANDS) == 1
    assert closest("BHL will count them by May.", DEMANDS) == 0


def test_a_sentence_that_shares_nothing_or_only_common_words_is_about_none():
    assert closest("BHL will act by May.", DEMANDS) is None
    assert closest("BHL said that lamps are bright.", DEMANDS) is None
    assert closest("anything", []) is None
