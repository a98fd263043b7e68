"""The machine-read seed is full of page furniture; the others must come through untouched."""

from __future__ import annotations

import pytest

from closeout.reading.clean import clean
from closeout.reading.fold import fold_space
from tests.reading.seeds import needs_seeds, seed, truth_of


@needs_seeds
@pytest.mark.parametrize("name", ["000", "001", "003", "004"])
def test_a_seed_without_pages_is_left_alone(name):
    assert clean(seed(name)).text == seed(name).text


@needs_seeds
def test_running_headers_and_footers_come_off():
    truth, cleaned = truth_of("002"), clean(seed("002"))
    assert seed("002").text.count("OFFICE OF INSPECTOR GENERAL\n") == truth["running_header_count"]
    assert cleaned.text.count("OFFICE OF INSPECTOR GENERAL\n") <= 1
    assert cleaned.text.count(truth["report_number"]) < 5


@needs_seeds
def test_no_page_number_is_left_on_a_line_of_its_own():
    removed = "\n".join(cut.of(seed("002").text) for cut in clean(seed("002")).removed)
    lines = [line.strip() for line in removed.splitlines()]
    for number in truth_of("002")["page_numbers_seen"]:
        assert str(number) in lines


@needs_seeds
def test_the_word_split_by_the_page_break_is_mended():
    cleaned = clean(seed("002"))
    assert "onwww" not in cleaned.text
    assert "an ICE ERO on-the-job (or similar)" in fold_space(cleaned.text)


@needs_seeds
def test_the_loose_numbers_of_the_figure_are_out():
    truth, removed = truth_of("002"), clean(seed("002")).removed
    text = seed("002").text
    figure = [cut.of(text).split() for cut in removed if "10,156" in cut.of(text)]
    assert len(figure) == 1
    assert set(truth["figure_1_loose_numbers"]) <= set(figure[0])


@needs_seeds
def test_words_joined_by_the_machine_stay_as_printed():
    text = clean(seed("002")).text
    for word, count in truth_of("002")["joined_words"].items():
        if word != "onwww.oig.dhs.gov":
            assert text.count(word) == count


@needs_seeds
def test_every_recommendation_reads_as_by_hand():
    cleaned = clean(seed("002"))
    for row in truth_of("002")["recommendations"]:
        start, end = (cleaned.at(offset) for offset in row["text_span"])
        assert cleaned.words(start, end) == row["text"]
        assert [*vars_of(cleaned.original(start, end))] == row["text_span"]


def vars_of(span) -> tuple[int, int]:
    return span.start, span.end


@needs_seeds
def test_findings_read_as_by_hand():
    cleaned = clean(seed("002"))
    for row in truth_of("002")["findings"]:
        start, end = (cleaned.at(offset) for offset in row["span"])
        assert cleaned.words(start, end) == row["text"]
