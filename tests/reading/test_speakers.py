"""Whether two names mean one respondent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.speakers import may_be_one, one_speaker_each, speaker

names = st.sampled_from(
    (
        "",
        "BCS",
        "BCS officials",
        "Bureau of Community Supervision",
        "Board of Certified Sweepers",
        "the Bureau",
        "DOE",
    )
)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("BCS", "bcs"),
        ("BCS officials", "bcs"),
        ("The Bureau's management", "bureau"),
        ("Bureau of Community Supervision", "bureau of community supervision"),
        ("officials", ""),
        ("", ""),
    ],
)
def test_officials_speak_for_their_agency(name, folded):
    assert speaker(name) == folded


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("BCS", "Bureau of Community Supervision"),
        ("DHS", "Department of Homeland Security"),
        ("DOE", "Department of Energy"),
        ("HHS", "Department of Health and Human Services".removeprefix("Department of ")),
        ("ICE", "U.S. Immigration and Customs Enforcement"),
        ("ICE", "United States Immigration and Customs Enforcement"),
    ],
)
def test_an_acronym_stands_for_the_long_name_with_its_initials(short, long):
    assert may_be_one(short, long)
    assert one_speaker_each([short, long]) == {short: short.lower(), long: short.lower()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BCS", "DCS"),
        ("Bureau of Community Supervision", "Board of Certified Sweepers"),
        ("DHS", "Department of Energy"),
        ("Gates", "General Audits of Toll and Entry Stations"),
    ],
)
def test_other_names_are_other_respondents(one, other):
    assert not may_be_one(one, other)


def test_an_acronym_that_fits_two_long_names_stands_for_itself():
    both = ("Bureau of Community Supervision", "Board of Certified Sweepers")
    assert len(set(one_speaker_each(["BCS", *both]).values())) == 3


def test_a_silent_respondent_may_be_anybody():
    assert may_be_one("", "BCS")
    assert may_be_one("BCS", "officials")


@given(st.lists(names))
def test_every_name_gets_one_respondent_whatever_the_order(some):
    found = one_speaker_each(some)
    assert set(found) == set(some)
    assert one_speaker_each(reversed(some)) == found


@given(names, names)
def test_whether_two_names_may_be_one_does_not_hang_on_which_comes_first(one, other):
    assert may_be_one(one, other) == may_be_one(other, one)
    assert may_be_one(one, one)
