"""The fixed words of GAO's pages: statuses, tags, tooltips, headings of columns."""

from __future__ import annotations

import pytest

from closeout.reading.families.gao_labels import (
    HEADER,
    TAG,
    is_priority,
    is_status,
    is_tooltip,
    normal_status,
)
from closeout.reading.model import AuditorStatus, Position


@pytest.mark.parametrize(
    "label",
    [
        "Open",
        "Open – Partially Addressed",
        "Open - Partially Addressed",
        "Open--Partially Addressed",
        "OPEN",
        "Closed – Implemented",
        "Closed-Not Implemented",
        "Closed—No Longer Valid",
        "In Process",
        "Review Pending",
    ],
)
def test_labels_are_statuses_whatever_their_dash(label):
    assert is_status(label)


@pytest.mark.parametrize(
    "words", ["Open the gate.", "Open recommendations", "", "Implemented", "Partially Addressed", "Opened"]
)
def test_other_words_are_no_status(words):
    assert not is_status(words)


@pytest.mark.parametrize(
    ("printed", "position", "status"),
    [
        ("Open", None, AuditorStatus.OPEN_UNKNOWN),
        ("Open", Position.CONCUR, AuditorStatus.RESOLVED_OPEN),
        ("Open", Position.AGREE, AuditorStatus.RESOLVED_OPEN),
        ("Open", Position.GENERALLY_AGREE, AuditorStatus.RESOLVED_OPEN),
        ("Open", Position.NON_CONCUR, AuditorStatus.UNRESOLVED_OPEN),
        ("Open", Position.PARTIAL, AuditorStatus.OPEN_UNKNOWN),
        ("Open", Position.NEITHER, AuditorStatus.OPEN_UNKNOWN),
        ("Open – Partially Addressed", Position.NON_CONCUR, AuditorStatus.PARTIALLY_ADDRESSED),
        ("Closed – Implemented", None, AuditorStatus.CLOSED_IMPLEMENTED),
        ("Closed – Not Implemented", Position.CONCUR, AuditorStatus.CLOSED_NOT_IMPLEMENTED),
        ("Closed - Unimplemented", None, AuditorStatus.CLOSED_NOT_IMPLEMENTED),
        ("Closed – No Longer Valid", None, AuditorStatus.CLOSED_NO_LONGER_VALID),
        ("In Process", Position.CONCUR, AuditorStatus.RESOLVED_OPEN),
    ],
)
def test_the_normal_form_of_a_label_depends_on_the_position_only_while_open(printed, position, status):
    assert normal_status(printed, position) is status


def test_words_that_are_no_label_have_no_normal_form():
    assert normal_status("Resolved", Position.CONCUR) is None


@pytest.mark.parametrize(
    "words",
    [
        "Actions to satisfy the intent of the recommendation have not been taken or are being planned.",
        "Actions that satisfy the intent of the recommendation have been taken.",
        "Actions that partially satisfy the intent of the matter have been taken.",
        "While the intent of the recommendation has not been satisfied, circumstances have changed.",
        "Actions to satisfy the intent of the reco",
    ],
)
def test_sentences_that_explain_a_label_are_tooltips_even_cut_off(words):
    assert is_tooltip(words)


@pytest.mark.parametrize(
    "words",
    [
        "Actions to light the harbor have not been taken.",
        "Actions",
        "",
        "To satisfy the intent of the recommendation, BHL should finish.",
    ],
)
def test_sentences_about_the_recommendation_are_no_tooltips(words):
    assert not is_tooltip(words)


@pytest.mark.parametrize(
    "line",
    [
        "Agency Affected Recommendation Status",
        "Agency Affected Sort descending Recommendation Status",
        "Status Sort ascending Agency Affected Recommendation",
        "Agency | Recommendation | Status |",
        "Agency Recommendation Status",
        "Matter Status Comments",
    ],
)
def test_headings_of_columns_are_known_in_any_order(line):
    assert HEADER.fullmatch(line)


@pytest.mark.parametrize("line", ["Agency", "Recommendation 3 Status", "The status", "Agency of the month"])
def test_other_lines_are_no_headings_of_columns(line):
    assert not HEADER.fullmatch(line)


@pytest.mark.parametrize(
    "words", ["Priority Rec.", "Priority recommendation", "This is a priority recommendation."]
)
def test_priority_marks_are_known(words):
    assert is_priority(words)


def test_a_priority_in_prose_is_no_mark():
    assert not is_priority("This is a priority recommendation for us.")


@pytest.mark.parametrize(
    ("words", "word", "number"),
    [
        ("(Recommendation\n12)", "Recommendation", "12"),
        ("[Matter 4]", "Matter", "4"),
        ("(Matter for Consideration 1)", "Matter for Consideration", "1"),
        ("(Matter for Congressional Consideration 2)", "Matter for Congressional Consideration", "2"),
    ],
)
def test_tags_say_what_they_number(words, word, number):
    tag = TAG.search(words)
    assert (tag["word"], tag["number"]) == (word, number)
