from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.fold import fold_key, fold_space

SAME = [
    ("non-detained vessels", "nondetained vessels"),
    ("on-the-job training", "on-the-\njob training"),
    ("keep the log (Recommendation 3)", "keep the log"),
    ("keep the log. (Recommendation 12).", "Keep the log"),
    ("keep the log (Recommendation\n4)", "keep the log"),
    ("the bureau’s log", "the bureau's log"),
    ("“the log”", '"the log"'),
    ("data—for example, tides", "data--for example, tides"),
    ("data – for example", "data - for example"),
    ("fiscal years 2015–2020", "fiscal years 2015-2020"),
    ("the  log\tis\nkept", "the log is kept"),
    ("of\ufb01cers", "officers"),
    ("THE LOG", "the log"),
    ("log, tide, and lamp", "log tide and lamp"),
    ("log\u00ad book", "log book"),
    ("(Recommendations 3) log", "log"),
    ("zero\u200bwidth", "zerowidth"),
]

DIFFERENT = [
    ("keep the log", "keep the logs"),
    ("by 10 percent", "by 10%"),
    ("pay $5", "pay 5"),
    ("log 1 and 2", "log 1 and 3"),
    ("a b", "ab"),
    ("the log is kept", "the log is not kept"),
    ("Recommendation 3", ""),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_printings_of_the_same_words_have_one_key(one, other):
    assert fold_key(one) == fold_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_have_another_key(one, other):
    assert fold_key(one) != fold_key(other)


def test_a_key_keeps_letters_digits_percent_and_dollars():
    assert fold_key("Pay $5,000 (about 10%), now!") == "pay $5 000 about 10% now"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("   ", ""),
        (" a \n b\t\tc ", "a b c"),
        ("a\u00a0b", "a b"),
        ("page\fnext", "page next"),
        ("no change", "no change"),
    ],
)
def test_folding_space_leaves_single_spaces(text, folded):
    assert fold_space(text) == folded


@given(st.text())
def test_folding_space_twice_changes_nothing_more(text):
    assert fold_space(fold_space(text)) == fold_space(text)


@given(st.text())
def test_folding_space_keeps_every_character_that_is_not_space(text):
    assert "".join(fold_space(text).split()) == "".join(text.split())


@given(st.text())
def test_a_key_is_stripped_and_has_single_spaces(text):
    key = fold_key(text)
    assert key == " ".join(key.split())


@given(st.text(alphabet="abc -'’,.\n"))
def test_a_key_does_not_depend_on_how_lines_are_broken(text):
    assert fold_key(text) == fold_key(text.replace("\n", "  \n "))
