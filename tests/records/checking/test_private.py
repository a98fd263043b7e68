import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.records import privacy
from closeout.records.checking.private import identifies, may_identify
from closeout.records.columns import CASE_NO, OFFICER_NO


def may(text: str) -> bool:
    return bool(pl.DataFrame({"c": [text]}).select(may_identify(pl.col("c"))).item())


@pytest.mark.parametrize(
    "text",
    [
        "A123456789",
        "see A# 123-456-789.",
        "123-45-6789",
        "SSN 123456789",
        "someone@example.org",
        "call (312) 555-0142",
        "312.555.0142",
        "+44 20 7946 0018",
        "born 4 July 1980",
        "DOB: 07/04/1980",
        "lives at 12 North Main Street",
        "12 elm street",
    ],
)
def test_what_identifies_a_person_is_found(text):
    assert identifies(pl.Series([text])).to_list() == [True]


@pytest.mark.parametrize(
    "text",
    [
        "OIG-17-51",
        "C-00012345",
        "S-0001234567",
        "activity-12",
        "FY2026",
        "Unit 4 of the North office",
        "2026-01-02",
        "",
    ],
)
def test_what_is_an_office_matter_is_not(text):
    assert identifies(pl.Series([text])).to_list() == [False]


def test_an_empty_cell_identifies_nobody():
    assert identifies(pl.Series([None, "A123456789", None], dtype=pl.String)).to_list() == [
        False,
        True,
        False,
    ]
    assert identifies(pl.Series([], dtype=pl.String)).to_list() == []


patterns = [pattern for _, pattern in privacy._PATTERNS]
around = st.text(" .,-aZ0é", max_size=3)


@given(data=st.data())
@pytest.mark.parametrize("place", range(len(patterns)))
def test_the_quick_form_lets_nothing_through_that_the_exact_ones_find(place, data):
    text = data.draw(around) + data.draw(st.from_regex(patterns[place])) + data.draw(around)
    if privacy.find_identifiers(text):
        assert may(text)


@given(text=st.text(max_size=40))
def test_any_text_at_all_is_asked_without_failing(text):
    assert identifies(pl.Series([text])).to_list() == [bool(privacy.find_identifiers(text))]


@given(text=st.from_regex(CASE_NO, fullmatch=True) | st.from_regex(OFFICER_NO, fullmatch=True))
def test_case_and_staff_numbers_cannot_look_like_a_person(text):
    assert not privacy.find_identifiers(text.strip())


@pytest.mark.parametrize("mark", ["\u1b34", "\u0301", "\u20dd"])
def test_a_mark_beside_a_number_hides_it_from_neither(mark):
    """Polars takes a combining mark for part of a word, Python does not."""
    cell = f"001-01-0001{mark}"
    assert privacy.find_identifiers(cell)
    assert identifies(pl.Series([cell])).to_list() == [True]
