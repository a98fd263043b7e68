"""From groups to entries: keys, order, what is declared only, and the doubts in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.joining import DoubtKind, join
from closeout.reading.model import RecommendationKind
from closeout.reading.register import RegisterEntry
from closeout.reading.register_entries import declared_only, entry_order
from tests.reading.factories import make_reading, make_record

KEY = "dhs-oig/OIG-24-901"
ASK = "The Director should count the keys of every field office each week."


def entry(number=None, kind=RecommendationKind.RECOMMENDATION, name=None):
    return RegisterEntry(f"{KEY}/{name or number or 'text-1'}", KEY, number, "Count.", kind)


def missing(declared, *known):
    return [(each.key.rpartition("/")[2], each.number) for each in declared_only(KEY, declared, known)]


@pytest.mark.parametrize(
    ("declared", "known", "expected"),
    [
        (2, [], [("declared-1", None), ("declared-2", None)]),
        (3, ["1", "3"], [("declared-2", "2")]),
        (2, ["1", "2"], []),
        (1, ["1", "2"], []),
        (0, [], []),
        (3, ["1", None], [("declared-1", None)]),
        (3, ["1", "9"], [("declared-1", None)]),
        (3, ["1a", "1b"], [("declared-1", None)]),
    ],
    ids=[
        "none known",
        "elimination",
        "all known",
        "more known",
        "none declared",
        "unnumbered",
        "beyond",
        "parts",
    ],
)
def test_the_missing_are_counted_and_numbered_only_where_that_is_certain(declared, known, expected):
    assert missing(declared, *(entry(number, name=str(n)) for n, number in enumerate(known))) == expected


def test_a_matter_for_congress_fills_no_gap():
    assert len(missing(2, entry("1", RecommendationKind.MATTER))) == 2


def test_a_reiterated_recommendation_is_one_of_the_declared():
    assert missing(1, entry("1", RecommendationKind.REITERATED)) == []


@given(st.integers(0, 12), st.sets(st.integers(1, 12)))
def test_known_and_missing_make_at_least_the_declared(declared, numbers):
    known = [entry(str(number)) for number in sorted(numbers)]
    found = declared_only(KEY, declared, known)
    assert len(known) + len(found) == max(declared, len(known))
    assert not {each.number for each in found} & {each.number for each in known}
    assert len({each.key for each in found}) == len(found)


def test_entries_stand_in_the_order_of_their_numbers_with_matters_last():
    entries = [
        entry("1", RecommendationKind.MATTER, "matter-1"),
        entry("10"),
        entry("2"),
        entry("24-K-01.01"),
        entry("2a", name="2A"),
        entry(None),
    ]
    assert [each.key.rpartition("/")[2] for each in sorted(entries, key=entry_order)] == [
        "2",
        "2A",
        "10",
        "text-1",
        "24-K-01.01",
        "matter-1",
    ]


def test_the_spelling_of_an_agency_that_most_rows_use_is_kept():
    pages = [
        make_reading(make_record(ASK, number="1", agency=agency), report_number="OIG-24-901")
        for agency in ("Bureau of Gates", "bureau of gates", "Bureau of Gates", "Office of Keys")
    ]
    assert join(pages).entries[0].agencies == ("Bureau of Gates", "Office of Keys")


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        ((RecommendationKind.REITERATED,), RecommendationKind.REITERATED),
        (
            (RecommendationKind.REITERATED, RecommendationKind.RECOMMENDATION),
            RecommendationKind.RECOMMENDATION,
        ),
    ],
)
def test_a_recommendation_is_reiterated_only_where_nobody_makes_it_first(kinds, kind):
    pages = [
        make_reading(make_record(ASK, number="1", kind=each), report_number="OIG-24-901") for each in kinds
    ]
    assert join(pages).entries[0].kind is kind


def test_the_number_that_most_documents_print_is_shown():
    pages = [make_reading(make_record(ASK, number=n), report_number="OIG-24-901") for n in ("01", "1", "1")]
    assert [(each.key, each.number) for each in join(pages).entries] == [(f"{KEY}/1", "1")]


def test_doubts_say_what_a_person_is_to_decide():
    almost = ASK.replace("week", "month")
    pages = [make_reading(make_record(text), report_number="OIG-24-901") for text in (ASK, almost)]
    (doubt,) = join(pages).doubts
    assert doubt.kind is DoubtKind.LIKE_TEXTS
    assert doubt.message == "Two recommendations read 93% alike. Say whether they are one."


@pytest.mark.parametrize(
    ("printed", "agencies"),
    [
        (("Department of Doors: Bureau of Gates", "Bureau of Gates"), ("Bureau of Gates",)),
        (("BCS", "Bureau of Community Supervision"), ("Bureau of Community Supervision",)),
        (("BCS", "BCS", "Bureau of Community Supervision"), ("BCS",)),
        (("", "Bureau of Gates"), ("Bureau of Gates",)),
        (("", ""), ()),
    ],
)
def test_an_agency_is_listed_once_however_it_is_printed(printed, agencies):
    pages = [
        make_reading(make_record(ASK, number="1", agency=a), report_number="OIG-24-901") for a in printed
    ]
    assert join(pages).entries[0].agencies == agencies
