from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.clean import CleanText, clean
from closeout.reading.fold import fold_space
from closeout.reading.model import Span
from tests.reading.paging import (
    FOOTER,
    HEADER,
    NUMBER,
    PROSE,
    make_document,
    make_feed_report,
    make_mapped_report,
    make_report,
    page_lines,
)


def letters(text: str) -> str:
    """Return only letters and digits: what cleaning may never lose or make up."""
    return "".join(character for character in text if character.isalnum())


def without(text: str, spans: tuple[Span, ...]) -> str:
    """Return the text with some spans cut out."""
    kept, at = [], 0
    for span in spans:
        kept.append(text[at : span.start])
        at = span.end
    return "".join([*kept, text[at:]])


def cleaned_report(pages: int = 6) -> CleanText:
    return clean(make_document(make_report([page_lines(number) for number in range(pages)])))


def test_a_short_text_passes_through_unchanged():
    text = "The bureau concurred.\n\n3\n\nIt will write a log."
    cleaned = clean(make_document(text))
    assert (cleaned.text, cleaned.removed) == (text, ())


def test_an_empty_text_passes_through():
    cleaned = clean(make_document(""))
    assert cleaned.text == ""
    assert cleaned.original(0, 0) == Span(0, 0)


def test_a_long_text_without_pages_passes_through_unchanged():
    text = "\n".join(PROSE * 20)
    assert clean(make_document(text)).text == text


def test_footers_headers_and_page_numbers_come_off():
    text = cleaned_report().text
    assert FOOTER not in text
    assert NUMBER not in text
    assert text.count(HEADER[1]) == 1


def test_the_head_of_the_first_page_stays_for_it_may_be_the_title():
    text = clean(make_document(make_report([page_lines(number) for number in range(6)]))).text
    assert text.startswith(HEADER[0])


def test_form_feeds_end_pages():
    document = make_document(make_feed_report([page_lines(number) for number in range(5)]))
    text = clean(document).text
    assert "\f" not in text
    assert "Harbor Lights" not in text
    assert text.count(HEADER[0]) == 1


def test_a_page_map_ends_pages():
    document = make_mapped_report([page_lines(number) for number in range(5)])
    text = clean(document).text
    assert NUMBER not in text
    assert text.count(HEADER[1]) == 1


def test_a_sentence_over_a_page_break_is_whole():
    first, second = page_lines(1), page_lines(2)
    first[-1], second[0] = "The bureau will keep", "the log for ten years."
    bodies = [page_lines(0), first, second, page_lines(3), page_lines(4)]
    cleaned = clean(make_document(make_report(bodies)))
    assert "The bureau will keep the log for ten years." in fold_space(cleaned.text)


def test_a_paragraph_that_ended_with_its_page_stays_apart():
    cleaned = cleaned_report()
    assert f"{page_lines(1)[-1]}\n\n{page_lines(2)[0]}" in cleaned.text


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "mended"),
    [
        ("an on", "the-job class", "Training on-the-job is cheap.", "an on-the-job class"),
        ("the light", "house keeper", "The lighthouse is old.", "the lighthouse keeper"),
        ("the bureau on", "Monday said", "", "the bureau on Monday said"),
    ],
)
def test_a_footer_glued_to_the_last_word_comes_off_and_the_word_is_mended(before, after, elsewhere, mended):
    bodies = [page_lines(number) for number in range(6)]
    bodies[0][0] = elsewhere
    text = make_report(bodies)
    glued = text.replace(f"{bodies[2][-1]}\n\n{FOOTER}", f"Keepers give {before}{FOOTER}", 1)
    start = glued.index(HEADER[1], glued.index(f"give {before}")) + len(HEADER[1]) + 1
    glued = f"{glued[:start]}{after} each year.\n{glued[start:]}"
    cleaned = clean(make_document(glued))
    assert f"Keepers give {mended} each year." in fold_space(cleaned.text)
    assert FOOTER not in cleaned.text


def test_a_sentence_that_ends_with_the_footer_s_words_keeps_them():
    bodies = [page_lines(number) for number in range(6)]
    bodies[3][5] = f"Read more at {FOOTER}"
    assert f"Read more at {FOOTER}" in clean(make_document(make_report(bodies))).text


@pytest.mark.parametrize(
    ("printed", "elsewhere", "mended"),
    [
        ("The recom-\nmendation stands", "", "The recommendation stands"),
        ("A long-\nterm plan for long days of a term", "", "A long-term plan for long days of a term"),
        ("A multi-\nyear plan", "It is a multi-year plan.", "A multi-year plan"),
        ("They re-\nenter the port", "", "They re-enter the port"),
        ("Both short-\nand long-term plans", "", "Both short- and long-term plans"),
        ("The HR-\nLog is kept", "", "The HR- Log is kept"),
        ("From 2015-\n2020 it ran", "", "From 2015- 2020 it ran"),
    ],
)
def test_a_hyphen_at_a_line_end_is_read_as_the_text_itself_writes_the_word(printed, elsewhere, mended):
    text = "\n".join([*PROSE * 3, elsewhere, f"{printed}.", *PROSE])
    assert f"{mended}." in fold_space(clean(make_document(text)).text)


def test_a_soft_hyphen_at_a_page_end_is_mended():
    bodies = [page_lines(number) for number in range(6)]
    bodies[2][-1] = "Masters wait for the inspec-"
    bodies[3][0] = "tion of the light."
    cleaned = clean(make_document(make_report(bodies)))
    assert "Masters wait for the inspection of the light." in fold_space(cleaned.text)


def test_a_hanging_hyphen_at_a_page_end_stays():
    bodies = [page_lines(number) for number in range(6)]
    bodies[2][-1] = "Masters have both short-"
    bodies[3][0] = "and long-term plans."
    cleaned = clean(make_document(make_report(bodies)))
    assert "Masters have both short- and long-term plans." in fold_space(cleaned.text)


def test_a_compound_at_a_page_end_keeps_its_hyphen():
    bodies = [page_lines(number) for number in range(6)]
    bodies[1][3] = "The long days of a term are over, and the next term is long."
    bodies[2][-1] = "Masters have a long-"
    bodies[3][0] = "term plan."
    cleaned = clean(make_document(make_report(bodies)))
    assert "Masters have a long-term plan." in fold_space(cleaned.text)


def test_loose_numbers_of_a_chart_come_out():
    bodies = [page_lines(number) for number in range(6)]
    bodies[2][4:4] = ["1,200", "1,000", "Eastern", "800", "", "640", "400", "212", "0"]
    cleaned = clean(make_document(make_report(bodies)))
    assert "1,000" not in cleaned.text
    assert "212" not in cleaned.text


def test_the_span_of_words_over_a_break_covers_the_furniture_between_them():
    first, second = page_lines(1), page_lines(2)
    first[-1], second[0] = "The bureau will keep", "the log for ten years."
    document = make_document(make_report([page_lines(0), first, second, page_lines(3), page_lines(4)]))
    cleaned = clean(document)
    start = cleaned.text.index("The bureau will keep")
    end = cleaned.text.index("ten years.") + len("ten years.")
    printed = cleaned.original(start, end).of(document.text)
    assert printed.startswith("The bureau will keep\n")
    assert printed.endswith("the log for ten years.")
    assert FOOTER in printed


def test_the_span_of_words_beside_a_break_does_not_cover_the_furniture():
    document = make_document(make_report([page_lines(number) for number in range(6)]))
    cleaned = clean(document)
    last = page_lines(2)[-1]
    start = cleaned.text.index(f"{last}\n\n{page_lines(3)[0]}")
    assert cleaned.original(start, start + len(last)).of(document.text) == last


def test_words_are_folded():
    cleaned = clean(make_document("The bureau\n  will   keep a log."))
    assert cleaned.words(0, len(cleaned.text)) == "The bureau will keep a log."


def test_a_place_in_the_document_is_found_in_the_clean_text():
    document = make_document(make_report([page_lines(number) for number in range(6)]))
    cleaned = clean(document)
    sentence = page_lines(4)[3]
    at = document.text.index(sentence, document.text.index("\n4\n"))
    assert cleaned.text[cleaned.at(at) :].startswith(sentence)


def test_a_place_in_furniture_is_found_as_what_follows_it():
    document = make_document(make_report([page_lines(number) for number in range(6)]))
    cleaned = clean(document)
    footer = document.text.index(FOOTER, document.text.index("\n2\n"))
    assert cleaned.text[cleaned.at(footer) :].lstrip().startswith(page_lines(3)[0])


def test_places_outside_the_document_are_its_ends():
    cleaned = cleaned_report()
    assert cleaned.at(0) == 0
    assert cleaned.at(len(cleaned.document.text) + 10) == len(cleaned.text)


def test_an_empty_range_has_an_empty_span():
    span = cleaned_report().original(100, 100)
    assert span.start == span.end


LINES = st.lists(
    st.sampled_from([*PROSE, "", "The bureau con-", "curred with us."]), min_size=18, max_size=30
)
BODIES = st.lists(LINES, min_size=3, max_size=6)
MAKERS = st.sampled_from(
    [
        lambda bodies: make_document(make_report(bodies)),
        lambda bodies: make_document(make_feed_report(bodies)),
        make_mapped_report,
    ]
)


@given(BODIES, MAKERS)
def test_every_letter_outside_the_furniture_survives_in_order(bodies, maker):
    document = maker(bodies)
    cleaned = clean(document)
    assert letters(cleaned.text) == letters(without(document.text, cleaned.removed))


@given(BODIES, MAKERS)
def test_no_sentence_is_lost(bodies, maker):
    words = clean(maker(bodies)).text
    for body in bodies:
        for line in body:
            if line in PROSE:
                assert line in words


@given(BODIES, MAKERS, st.data())
def test_the_original_of_any_range_reads_the_same(bodies, maker, data):
    document = maker(bodies)
    cleaned = clean(document)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    span = cleaned.original(start, end)
    inside = tuple(
        Span(max(0, cut.start - span.start), min(cut.end, span.end) - span.start)
        for cut in cleaned.removed
        if cut.start < span.end and cut.end > span.start
    )
    assert letters(without(span.of(document.text), inside)) == letters(cleaned.text[start:end])


@given(BODIES, MAKERS)
def test_what_is_removed_is_in_order_and_apart(bodies, maker):
    removed = clean(maker(bodies)).removed
    assert all(one.end < other.start for one, other in pairwise(removed))


@given(st.text(max_size=3000))
def test_any_text_keeps_its_letters(text):
    document = make_document(text)
    cleaned = clean(document)
    assert letters(cleaned.text) == letters(without(text, cleaned.removed))


@given(st.lists(st.sampled_from(["1", "2", "Log 3", "-", "a-", "b", "\f", "Page 4", "x y z."]), max_size=400))
def test_odd_lines_keep_their_letters(lines):
    text = "\n".join(lines)
    document = make_document(text)
    cleaned = clean(document)
    assert letters(cleaned.text) == letters(without(text, cleaned.removed))


def test_a_text_without_pieces_has_empty_spans_only():
    cleaned = CleanText(make_document("abc"), ())
    assert cleaned.text == ""
    assert cleaned.original(0, 3) == Span(0, 0)
    assert cleaned.at(2) == 0


def test_a_place_before_the_first_piece_is_the_start():
    cleaned = CleanText(make_document("furniture words"), ((10, 15, ""),), (Span(0, 10),))
    assert (cleaned.text, cleaned.at(3), cleaned.at(12)) == ("words", 0, 2)


def test_words_put_in_have_the_span_of_what_is_around_them():
    document = make_document("on FOOT the-job")
    cleaned = CleanText(document, ((0, 2, ""), (2, 2, "-"), (8, 15, "")), (Span(2, 8),))
    assert cleaned.text == "on-the-job"
    assert cleaned.original(0, 10) == Span(0, 15)
    assert cleaned.original(0, 3) == Span(0, 2)
    assert cleaned.original(2, 6) == Span(8, 11)
    assert cleaned.original(2, 3) == Span(8, 8)
    assert cleaned.at(2) == 3
