"""Spellings become codes by rule; what is not declared stays unresolved."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.records.columns import CODE
from closeout.records.mapping.codes import as_code, csv_spellings, folded, make_list

FEE = make_list(
    "statuses",
    [("16", ("16",)), ("16", ("F/O",)), ("16", ("F/O - transfer",)), ("RM", ("Removal",)), ("8F", ("8F",))],
    prefixes=["T-"],
    outside=["RM"],
)


@pytest.mark.parametrize(
    ("spelling", "plain"),
    [
        ("F / O-transfer", "fotransfer"),
        ("REINST.", "reinst"),
        ("  São  Tomé ", "saotome"),
        ("St. Paul", "stpaul"),
        ("1/2", "1-2"),
        ("1 2", "1-2"),
        ("12", "12"),
        ("I-205/REIN", "i205rein"),
        ("16`", "16"),
        ("–", ""),
        ("-1-", "1"),
    ],
)
def test_case_accents_punctuation_and_blanks_say_nothing(spelling, plain):
    assert folded(spelling) == plain


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="ab1 .-/"), st.sampled_from(["upper", "title", "swapcase"]))
def test_case_never_matters(text, change):
    assert folded(getattr(text, change)()) == folded(text)


@given(st.from_regex(r"[0-9]{1,4}[ ./-]{1,2}[0-9]{1,4}", fullmatch=True))
def test_digits_apart_never_become_one_number(text):
    assert not folded(text).isdecimal()


@pytest.mark.parametrize("spelling", ["f/o", "FO", "F/O-TRANSFER", "f o transfer", "T-F/O", "16", "t-16"])
def test_a_declared_spelling_has_its_code(spelling):
    assert FEE.code((spelling,)) == "16"


@pytest.mark.parametrize("spelling", ["F/O transferr", "fo transfe", "REMVOAL", "1 6", "T-", "", "X-F/O"])
def test_a_likely_spelling_is_not_guessed(spelling):
    assert FEE.code((spelling,)) is None


def test_a_code_outside_the_list_is_known_and_not_resolved():
    assert FEE.known(("removal",)) == "RM"
    assert FEE.code(("removal",)) is None


@given(st.text(max_size=12))
def test_only_declared_spellings_have_a_code(text):
    if FEE.code((text,)) is not None:
        assert folded(text).removeprefix("t") in {"16", "fo", "fotransfer", "8f"}


def test_two_columns_make_one_spelling_and_an_empty_last_one_stands_for_any():
    counties = make_list(
        "counties",
        [("NYC", ("New York", "Kings")), ("BUF", ("New York", "Erie")), ("NEW", ("New Jersey", ""))],
    )
    assert counties.columns == 2
    assert counties.code(("NEW YORK", "Kings")) == "NYC"
    assert counties.code(("New York", "Queens")) is None
    assert counties.code(("New York", "")) is None
    assert counties.code(("New Jersey", "Essex")) == "NEW"


def test_columns_do_not_run_into_each_other():
    pairs = make_list("pairs", [("1", ("ab", "c"))])
    assert pairs.code(("a", "bc")) is None


def test_a_spelling_of_two_codes_is_refused():
    with pytest.raises(ValueError, match="'f o' stands for 'A' and for 'B'; keep one"):
        make_list("bad", [("A", ("F/O",)), ("B", ("f o",))])


def test_a_list_is_read_from_csv(tmp_path):
    file = tmp_path / "areas.csv"
    file.write_text('code, name, also\n"ATL", "Atlanta", "Peach|Big A"\nBOS, Boston,\n')
    pairs = csv_spellings(file, code="code", names=("name",), aliases="also")
    codes = make_list("areas", pairs)
    assert [codes.code((word,)) for word in ("atl", "ATLANTA", "big a", "peach", "boston", "")] == [
        "ATL",
        "ATL",
        "ATL",
        "ATL",
        "BOS",
        None,
    ]


def test_a_list_without_the_column_says_what_there_is(tmp_path):
    file = tmp_path / "areas.csv"
    file.write_text("key,name\n")
    with pytest.raises(ValueError, match=r"areas\.csv has no column 'code'; it has key, name"):
        csv_spellings(file, code="code", names=("name",))


@given(st.text())
def test_words_made_a_code_fit_the_form_of_a_code(text):
    made = as_code(text)
    assert made == "" or re.fullmatch(CODE, made)


@given(st.from_regex(CODE, fullmatch=True))
def test_a_code_stays_itself_but_for_idle_blanks(text):
    assert as_code(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Domestic Abuse Protective Orders (Ch. 586)", "Domestic Abuse Protective Orders Ch. 586"),
        ("Children’s Referrals", "Childrens Referrals"),
        ("(first)", "first"),
        ("2011 – 2016", "2011 - 2016"),
        ("***", ""),
    ],
)
def test_words_become_a_code_one_can_still_read(words, code):
    assert as_code(words) == code
