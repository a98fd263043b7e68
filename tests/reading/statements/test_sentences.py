from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.statements.sentences import Sentence, split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The lamp is lit. The log is kept.", ["The lamp is lit.", "The log is kept."]),
        ("Is it lit? It is! Good.", ["Is it lit?", "It is!", "Good."]),
        ("It is (local).While it lasts, it burns.", ["It is (local).", "While it lasts, it burns."]),
        ("The lamp burns.The log is kept.", ["The lamp burns.", "The log is kept."]),
        ("He said “it burns.” She left.", ["He said “it burns.”", "She left."]),
        ("It burns.2 The log is kept.", ["It burns.2", "The log is kept."]),
        ("It burns. [7] The log is kept.", ["It burns. [7]", "The log is kept."]),
        ("It was lit in 2016. Keepers left.", ["It was lit in 2016.", "Keepers left."]),
        ("Lamps burn\nall night. Keepers\nsleep.", ["Lamps burn\nall night.", "Keepers\nsleep."]),
        ("No stop here\n\nA new paragraph", ["No stop here", "A new paragraph"]),
        ("It has:\n• lamps\n• logs", ["It has:", "lamps", "logs"]),
        ("They met. 14 keepers came.", ["They met.", "14 keepers came."]),
        ("Read it. (It is short.) Then go.", ["Read it.", "(It is short.)", "Then go."]),
        ("", []),
        ("   \n ", []),
        ("one", ["one"]),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, parts):
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Coast Patrol lights lamps.",
        "Order No. 5 holds.",
        "Dr. Lamp and Ms. Log met Mr. Boat.",
        "See Lamp v. Log and Lamp vs. Log.",
        "Several lamps, e.g. The Eastern, burn.",
        "Keepers, i.e. Masters of lamps, left.",
        "Lamp Co. Limited and Log Inc. Boston left.",
        "On Jan. 5 and Sept. 9 it burned.",
        "J. P. Lamp signed it.",
        "The 287(g) list has (1) lamps and (2) logs.",
        "It cost $3.5 million.",
        "Write to lamps@harbor.example or www.harbor.example today.",
        "Lamps ... burn all night.",
        "It burns. but not bright",
        "See 8 U.S.C. 1231 and 5 C.F.R. Part 2.",
    ],
)
def test_full_stops_inside_a_sentence_do_not_end_it(text):
    assert split(text) == [text]


def test_the_number_of_a_list_item_belongs_to_it():
    assert split("1. Closed. 2. Resolved, but open.") == ["1. Closed.", "2. Resolved, but open."]


def test_an_abbreviation_ends_a_sentence_before_a_word_that_starts_one():
    assert split("Lamps burn in the U.S. The log is kept.") == ["Lamps burn in the U.S.", "The log is kept."]


def test_only_the_part_asked_for_is_split():
    text = "One lamp. Two lamps. Three lamps."
    assert split_sentences(text, 10, 20) == [Sentence(10, 20)]


@given(st.text(alphabet='aB .!?\n"”(1)•U.S', max_size=300))
def test_sentences_are_in_order_stripped_and_lose_no_word(text):
    found = split_sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for start, end in found:
        assert text[start:end] == text[start:end].strip() != ""
    kept = "".join("".join(text[start:end].split()) for start, end in found)
    assert kept.replace("•", "") == "".join(text.split()).replace("•", "")
