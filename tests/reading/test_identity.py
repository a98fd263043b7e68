"""Issuers and numbers in one spelling each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.identity import (
    digest,
    is_auditor,
    is_ordinal,
    issuer_key,
    issuer_name,
    issuer_of_number,
    recommendation_number,
    report_number,
    report_numbers,
)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("GAO-07-283", "GAO-07-283"),
        ("gao 07-283", "GAO-07-283"),
        ("GAO\u201107\u2013283", "GAO-07-283"),
        ("GAO-07-283 (Reissued with revisions)", "GAO-07-283"),
        ("Report Number: GAO-07-283.", "GAO-07-283"),
        ("GAO-07-283T", "GAO-07-283T"),
        ("GAO-24-106321SP", "GAO-24-106321SP"),
        ("GAO/AIMD-00-21.3.1", "AIMD-00-21.3.1"),
        ("GAO-AIMD-00-21.3.1", "AIMD-00-21.3.1"),
        ("AIMD-00-21.3.1", "AIMD-00-21.3.1"),
        ("GAO/T-GGD-98-14", "T-GGD-98-14"),
        ("OIG-17-51", "OIG-17-51"),
        ("DHS OIG-17-51", "OIG-17-51"),
        ("oig 17-51", "OIG-17-51"),
        ("OIG17-51", "OIG-17-51"),
        ("OIG-17-051", "OIG-17-051"),
        ("OIG-21-14-UNSUM", "OIG-21-14-UNSUM"),
        ("Report No. 23-02330-127", "23-02330-127"),
        ("Audit Report No. 05-19", "05-19"),
        ("Report #405-2005", "405-2005"),
        ("A-04-99-03015", "A-04-99-03015"),
        ("8-306-19-113-R", "8-306-19-113-R"),
        ("Report No. Report 5-2024", "5-2024"),
        ("no number here", ""),
        ("", ""),
    ],
)
def test_a_report_number_has_one_spelling(printed, number):
    assert report_number(printed) == number


@given(st.text(max_size=40))
def test_a_normal_report_number_is_its_own_normal_form_and_safe_in_a_url(text):
    number = report_number(text)
    assert report_number(number) == number
    assert all(letter.isascii() and (letter.isalnum() or letter in "-.") for letter in number)


@pytest.mark.parametrize(
    ("name", "key", "short"),
    [
        ("GAO", "gao", "GAO"),
        ("U.S. Government Accountability Office", "gao", "GAO"),
        ("General Accounting Office", "gao", "GAO"),
        ("DHS OIG", "dhs-oig", "DHS OIG"),
        ("dhs-oig", "dhs-oig", "DHS OIG"),
        ("Department of Homeland Security, Office of Inspector General", "dhs-oig", "DHS OIG"),
        ("HHS-OIG", "hhs-oig", "HHS OIG"),
        ("VA Office of Inspector General", "va-oig", "VA OIG"),
        ("Department of Justice Office of the Inspector General", "doj-oig", "DOJ OIG"),
        ("Department of State OIG", "state-oig", "State OIG"),
        ("Denali Commission OIG", "denali-oig", "Denali Commission OIG"),
        ("Office of Inspector General", "oig", "OIG"),
        ("Bureau of Gates OIG", "bureau-gates-oig", "Bureau Gates OIG"),
        ("The Daily Gate", "the-daily-gate", "The Daily Gate"),
        ("", "", ""),
    ],
)
def test_an_issuer_has_one_key_and_a_short_name(name, key, short):
    assert (issuer_key(name), issuer_name(key)) == (key, short)
    assert issuer_key(issuer_name(key)) == key


def test_only_auditors_are_auditors():
    assert [is_auditor(key) for key in ("gao", "oig", "va-oig", "the-daily-gate", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_some_numbers_give_their_issuer_away():
    numbers = ("GAO-07-283", "AFMD-92-16", "OEI-01-10-00460", "A-04-99-03015", "OIG-17-51", "05-19")
    assert [issuer_of_number(number) for number in numbers] == ["gao", "gao", "hhs-oig", "hhs-oig", "", ""]


@pytest.mark.parametrize(
    ("printed", "part", "number"),
    [
        ("3", "", "3"),
        ("03", "", "3"),
        ("Recommendation 3", "", "3"),
        ("No. 3", "", "3"),
        ("1", "a", "1A"),
        ("1a", "", "1A"),
        ("17-a-07-133.01", "", "17-A-07-133.01"),
        ("", "", ""),
    ],
)
def test_a_recommendation_number_has_one_spelling(printed, part, number):
    assert recommendation_number(printed, part) == number


def test_numbers_within_a_report_are_told_from_those_unique_of_themselves():
    assert [is_ordinal(number) for number in ("3", "1A", "2.1", "17-A-07-133.01", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@given(st.text(), st.text())
def test_two_texts_have_two_digests(one, other):
    assert (digest(one) == digest(other)) is (one == other)
    assert len(digest(one)) == 12


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("502-2005 and 503-2005", ("502-2005", "503-2005")),
        ("502-2005; 503-2005 & 504-2005", ("502-2005", "503-2005", "504-2005")),
        ("OIG-24-901, OIG-24-902", ("OIG-24-901", "OIG-24-902")),
        ("OIG-24-901 and oig 24-901", ("OIG-24-901",)),
        ("Keys and Gates 24-1", ("GATES-24-1",)),
        ("none", ()),
    ],
)
def test_words_may_name_several_reports(printed, numbers):
    assert report_numbers(printed) == numbers


def test_a_whole_sentence_with_a_digit_is_no_number():
    sentence = "as we said in 3 letters that the office sent to all of its field offices last year"
    assert (report_number(sentence), recommendation_number(sentence)) == ("", "")


def test_a_long_name_of_an_issuer_makes_a_short_key():
    assert len(issuer_key("Bureau of " + "Very " * 40 + "Long Names")) <= 60
    assert issuer_key("Office of Inspector General, " + "Very " * 40).endswith("-oig")
