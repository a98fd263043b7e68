import re
from itertools import pairwise

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from closeout.web.privacy import FreeTextField, Identifier, check_free_text, find_identifiers, place_of

digits = st.integers(min_value=0, max_value=9).map(str)
around = st.sampled_from(["", " ", "\n", "Called about it: ", "see (", "twice, "])
after = st.sampled_from(["", " ", "\n", ".", ", again", ")"])


def number(pattern):
    """Return a strategy for texts in which each # of the pattern is a digit."""
    return st.lists(digits, min_size=pattern.count("#"), max_size=pattern.count("#")).map(
        lambda drawn: re.sub("#", lambda _: drawn.pop(), pattern)
    )


a_numbers = st.one_of(
    [
        number(p)
        for p in ("A#######", "A########", "A#########", "A###-###-###", "A ### ### ###", "a#########")
    ]
)
phones = st.one_of([number(p) for p in ("202-555-####", "(303) 555-####", "404.555.####", "+1 505 555 ####")])
births = st.builds(
    "{} {:02d}/{:02d}/{}".format,
    st.sampled_from(["DOB", "DOB:", "born on", "Date of birth:", "birthdate"]),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(1930, 2024),
)
social = st.builds(
    "{:03d}-{:02d}-{:04d}".format,
    st.integers(1, 665),
    st.integers(1, 99),
    st.integers(1, 9999),
)
emails = st.builds(
    "{}@{}.{}".format, *[st.from_regex(r"[a-z]{2,8}", fullmatch=True)] * 2, st.sampled_from(["gov", "org"])
)
streets = st.builds(
    "{} {} {}".format,
    st.integers(1, 1899),
    st.sampled_from(["Main", "Old Mill", "North Oak", "7th", "King’s", "NORTH OAK"]),
    st.sampled_from(["Street", "St.", "Avenue", "Blvd", "Lane", "Court", "STREET"]),
) | st.just("12 main street")
cases = st.one_of(
    a_numbers.map(lambda words: (Identifier.A_NUMBER, words)),
    phones.map(lambda words: (Identifier.PHONE, words)),
    births.map(lambda words: (Identifier.BIRTH_DATE, words)),
    social.map(lambda words: (Identifier.SOCIAL_SECURITY, words)),
    emails.map(lambda words: (Identifier.EMAIL, words)),
    streets.map(lambda words: (Identifier.STREET_ADDRESS, words)),
)


@given(case=cases, before=around, behind=after)
def test_whatever_identifies_a_person_is_found_where_it_stands(case, before, behind):
    kind, words = case
    text = before + words + behind
    found = [each for each in find_identifiers(text) if each.kind == kind]
    assert found, text
    assert text[found[0].start : found[0].end] == found[0].words
    assert found[0].start < len(before) + len(words)
    assert found[0].end > len(before)


@given(st.text())
def test_finds_never_overlap_and_always_lie_in_the_text(text):
    finds = find_identifiers(text)
    for earlier, later in pairwise(finds):
        assert earlier.end <= later.start
    assert all(text[each.start : each.end] == each.words for each in finds)


@pytest.mark.parametrize(
    "text",
    [
        "OIG-17-51, Recommendation 2, page 11",
        "GAO-21-186SP and A-02-19-02001 and 17-A-07-133.01",
        "Savings of $1,200,300.00, or 2,900 officers",
        "Completed on 2018-01-31; 100 percent by March 30, 2018",
        "8 CFR 241.5(a)(1); 89 FR 55638; 5 U.S.C. 405; P.L. 115-414",
        "In 2016 ICE Court lists were late; since 2019 Circuit Court ones too",
        "Case C-7K2M9Q, officer S-1042, 12 Recommendations drive the plan",
        "between 100 and 250 000 records; version 3.14.0; 10.0.0.1",
        "Room 204 open 9:00-17:00; call the help desk",
    ],
)
def test_numbers_of_reports_laws_dates_and_money_are_left_alone(text):
    assert find_identifiers(text) == []


def test_the_message_says_what_and_where_but_never_the_words_themselves():
    text = "Progress is good.\nCall the liaison at 202-555-0143 for more."
    with pytest.raises(ValidationError) as refused:
        check_free_text(text)
    message = refused.value.messages[0]
    assert "a telephone number" in message
    assert "line 2, after “the liaison at”" in message
    assert "0143" not in message


def test_words_at_the_start_are_said_to_be_there():
    (found,) = find_identifiers("A123456789 was asked")
    assert place_of("A123456789 was asked", found) == "in the text, at the start"


def test_each_place_gets_its_own_message():
    with pytest.raises(ValidationError) as refused:
        check_free_text("A123456789 and someone@agency.gov")
    assert len(refused.value.messages) == 2


class NoteForm(forms.Form):
    note = FreeTextField()


def test_a_form_with_an_identifier_is_not_valid_and_keeps_what_was_typed():
    form = NoteForm({"note": "Wrote to someone@agency.gov"})
    assert not form.is_valid()
    assert "an e-mail address" in form.errors["note"][0]
    assert form["note"].value() == "Wrote to someone@agency.gov"


def test_a_form_without_one_is_valid():
    assert NoteForm({"note": "The directive was issued on 4 March."}).is_valid()
