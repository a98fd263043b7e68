"""Where a report's own recommendations stand, and what its first pages say it is."""

from __future__ import annotations

import pytest

from closeout.reading.clean import CleanText
from closeout.reading.families.gao_frontmatter import read_front_matter
from closeout.reading.families.gao_headings import NUMBER, title_range
from closeout.reading.families.gao_passages import find_passages, headings, passage_after
from tests.reading.paging import make_document

SECTION = (
    "Recommendations for Executive Action\n\nWe ask.\n\n"
    "We provided a draft of this report to DOW. It agreed.\n\n"
)
CLOSE = "We are sending copies of this report to committees.\n"


def plain(text):
    return CleanText(make_document(text), ((0, len(text), ""),))


def found(text):
    return [hit.start() for hit in headings(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Recommendations for Executive Action",
        "#### Conclusions Recommendation for Executive Action Agency Comments",
        "RECOMMENDATIONS FOR EXECUTIVE ACTION",
        "Recommendations for\n\nExecutive Action",
        "Recommendations for\nExecutive Action",
        "**Recommendations for Executive Action**",
    ],
)
def test_headings_are_found_in_every_form(line):
    assert len(found(f"Text.\n\n{line}\n\nMore text.")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Recommendations for Executive Action 34",
        "Recommendations for Executive Action ........ 34",
        "See the section on Recommendations for Executive Action below.",
        "Executive Action",
    ],
)
def test_contents_and_mentions_are_no_headings(line):
    assert found(f"Text.\n\n{line}\n\nMore text.") == []


def test_a_passage_runs_from_its_heading_to_the_draft_and_the_comments_to_the_copies():
    text = f"Text.\n\n{SECTION}{CLOSE}"
    passage = next(find_passages(text))
    assert text[passage.start : passage.end].strip() == "We ask."
    assert text[passage.end : passage.comments_end].strip() == (
        "We provided a draft of this report to DOW. It agreed."
    )


def test_headings_pulled_up_beside_the_section_are_no_part_of_it():
    text = (
        f"#### Recommendations for Executive Action Agency Comments and Our Evaluation\n\nWe ask.\n\n{CLOSE}"
    )
    passage = next(find_passages(text))
    assert text[passage.start : passage.end].strip() == "We ask."


def test_without_comments_a_passage_ends_at_the_copies():
    text = f"Recommendation for Executive Action\n\nWe ask.\n\n{CLOSE}"
    passage = next(find_passages(text))
    assert passage.comments_end == passage.end == text.index(CLOSE)
    assert passage.is_singular


def test_the_last_heading_comes_first():
    text = f"{SECTION}{SECTION}{CLOSE}"
    passages = list(find_passages(text))
    assert [passage.start for passage in passages] == sorted((p.start for p in passages), reverse=True)


def test_tags_lead_to_a_passage_without_any_heading():
    text = f"The Director should act. (Recommendation 1)\n\n{CLOSE}"
    passage = next(find_passages(text))
    assert (passage.start, passage.end, passage.heading) == (0, text.index(CLOSE), None)


def test_a_text_without_heading_and_tag_has_no_passage():
    assert list(find_passages("Nothing is asked. (Recommendation 2) is cited.")) == []


def test_a_passage_after_a_place_ends_at_the_draft():
    text = f"We ask. {SECTION}"
    assert text[passage_after(text, 0).end :].startswith("We provided a draft")


@pytest.mark.parametrize(
    "comments",
    [
        "We provided a draft of this report to DOW.",
        "We requested comments on a draft of this report from DOW.",
        "We provided the Departments of Waterways and Ports with a draft of this report.",
        "In commenting on a draft of this report, DOW agreed.",
        "DOW agreed in written comments on a draft.",
        "A draft of this report was sent to DOW.",
        "GAO received comments from DOW.",
    ],
)
def test_comments_begin_in_many_words(comments):
    text = f"Recommendations for Executive Action\n\nWe ask.\n\n{comments}\n\n{CLOSE}"
    passage = next(find_passages(text))
    assert text[passage.start : passage.end].strip().startswith("We ask.")
    assert "In commenting" not in text[passage.start : passage.end]


def test_labels_give_number_title_and_day():
    front = read_front_matter(plain("# A Title\n\n**Report:** GAO-30-990 | **Published:** 2030-03-10 | x\n"))
    assert (front.number, front.title, front.issued.edtf) == ("GAO-30-990", "A Title", "2030-03-10")


def test_a_hosted_copy_gives_title_and_day_of_the_host():
    text = (
        "oversight\n\nLights: A Status Report\n\n"
        "Published by the Government Accountability Office on 2019-02-05.\n\n"
        "Below is a rendition.\n\nFebruary 5, 2019\n\nGAO-19-990R\n"
    )
    front = read_front_matter(plain(text))
    assert (front.number, front.title, front.issued.edtf) == (
        "GAO-19-990R",
        "Lights: A Status Report",
        "2019-02-05",
    )


def test_a_cover_without_a_letter_gives_its_month():
    text = "GAO\nReport to Congress\nMay 2029\nLIGHTS\nAre Out\nGAO-29-990\n"
    front = read_front_matter(plain(text))
    assert (front.title, front.issued.edtf) == ("LIGHTS Are Out", "2029-05")


def test_a_text_without_a_number_has_no_front_matter():
    assert read_front_matter(plain("May 2029\nLights\n")).number == ""


@pytest.mark.parametrize(
    "number",
    [
        "GAO-26-107592",
        "GAO-12-464T",
        "GAO-20-607R",
        "AFMD-92-16",
        "T-GGD-95-82",
        "GAO/GGD-96-118",
        "RCED-92-1",
    ],
)
def test_numbers_of_every_age_are_known(number):
    assert NUMBER.fullmatch(number)


@pytest.mark.parametrize("words", ["GAO-26", "OIG-17-51", "A-04-99-03015", "GGD-2020-1", "gao-26-1"])
def test_other_numbers_are_not_gaos(words):
    assert not NUMBER.fullmatch(words)


def test_a_title_is_the_first_line_that_is_not_navigation():
    text = "Skip to main content\n\nBreadcrumb\n\n1. Home\n\nThe Title\n\nFast Facts\n"
    start, end = title_range(text, len(text), has_number=False)
    assert text[start:end] == "The Title"


def test_a_title_over_a_number_may_have_two_lines():
    text = "The Title:\n\nIts Second Half\n\nGAO-30-990"
    start, end = title_range(text, text.index("GAO"), has_number=True)
    assert text[start:end].split() == ["The", "Title:", "Its", "Second", "Half"]
