"""Where an agency's name ends and a demand begins, and whom a demand is addressed to."""

from __future__ import annotations

import pytest

from closeout.reading.families.gao_addressees import agency_headed, expand, find_addressee, is_same_body
from closeout.reading.families.gao_agencies import agency_length, is_agency_name, is_congress, is_demand

EXPLAINED = (
    "The Bureau of Harbor Lights (BHL) is part of the Department of Waterways (DOW). The U.S. Tide and"
    " Current Survey (TCS) is not; nor is the Office of Ferry Safety’s (OFS) school. Nobody explains (XYZ)."
)


@pytest.mark.parametrize(
    ("row", "agency"),
    [
        ("Bureau of Harbor Lights The Director should act.", "Bureau of Harbor Lights"),
        (
            "Department of the Interior To keep lights, the Secretary should act.",
            "Department of the Interior",
        ),
        ("Bureau of Harbor Lights Once BHL counts, the Director should act.", "Bureau of Harbor Lights"),
        ("Office of the Secretary The Secretary of Education should act.", "Office of the Secretary"),
        (
            "Centers for Medicare & Medicaid Services The Administrator should act.",
            "Centers for Medicare & Medicaid Services",
        ),
        ("Library of Congress The Librarian of Congress should act.", "Library of Congress"),
        ("Department of Energy Secretary of Energy should act.", "Department of Energy"),
        ("Internal Revenue Service IRS should act.", "Internal Revenue Service"),
        ("Federal Bureau of Prisons In order to act, BOP should act.", "Federal Bureau of Prisons"),
        (
            "Department of Defense: Department of the Navy The Secretary should act.",
            "Department of Defense: Department of the Navy",
        ),
        ("U.S. Border Patrol The Chief of the Border Patrol should act.", "U.S. Border Patrol"),
        ("The Director of BHL should act.", ""),
        ("When we confirm what actions the agency has taken, we will say so.", ""),
        ("BHL concurred with this recommendation.", ""),
        ("A narrative that says nothing.", ""),
    ],
)
def test_an_agency_in_front_of_a_demand_ends_where_the_demand_begins(row, agency):
    assert row[: agency_length(row)] == agency


def test_a_name_known_from_the_page_wins_over_guessing():
    row = "Harbor Lights and Buoys DOW must act."
    assert agency_length(row) == 0
    assert (
        row[: agency_length(row, ["Harbor Lights", "Harbor Lights and Buoys"])] == "Harbor Lights and Buoys"
    )


@pytest.mark.parametrize(
    "name",
    ["Bureau of Harbor Lights", "Department of Waterways", "Congress", "Tide Survey", "U.S. Coast Guard"],
)
def test_names_of_bodies_are_agency_names(name):
    assert is_agency_name(name)


@pytest.mark.parametrize(
    "words", ["Open", "Bureau of", "The bureau.", "Skip to main content", "Harbor Lights", "", "a bureau"]
)
def test_other_words_are_no_agency_names(words):
    assert not is_agency_name(words)


@pytest.mark.parametrize(
    "words",
    [
        "Congress should consider a law.",
        "The Congress may wish to consider a law.",
        "To pay keepers, Congress should consider a law.",
        "Congress",
    ],
)
def test_demands_put_to_congress_are_known(words):
    assert is_congress(words)


@pytest.mark.parametrize(
    "words", ["Library of Congress", "Congress passed a law.", "BHL should tell Congress."]
)
def test_words_about_congress_are_not_put_to_it(words):
    assert not is_congress(words)


def test_a_demand_says_should():
    assert is_demand("The Director should act.")
    assert not is_demand("The Director acted in May.")


@pytest.mark.parametrize(
    ("demand", "official", "agency"),
    [
        ("The Secretary of Defense should act.", "Secretary of Defense", "Department of Defense"),
        (
            "The Secretary of the Interior should act.",
            "Secretary of the Interior",
            "Department of the Interior",
        ),
        (
            "The Secretary of the Air Force should act.",
            "Secretary of the Air Force",
            "Department of the Air Force",
        ),
        ("The Attorney General should act.", "Attorney General", "Department of Justice"),
        ("The Postmaster General should act.", "Postmaster General", "United States Postal Service"),
        ("The Director, BHL, should act.", "Director, BHL", "Bureau of Harbor Lights"),
        ("The Director of BHL should act.", "Director of BHL", "Bureau of Harbor Lights"),
        ("The BHL Director should act.", "BHL Director", "Bureau of Harbor Lights"),
        (
            "The Commissioner of Internal Revenue should act.",
            "Commissioner of Internal Revenue",
            "Internal Revenue Service",
        ),
        ("The Administrator of TCS should act.", "Administrator of TCS", "Tide and Current Survey"),
        ("BHL should act.", "BHL", "Bureau of Harbor Lights"),
        (
            "To ensure safety, the Secretary of Waterways should act.",
            "Secretary of Waterways",
            "Department of Waterways",
        ),
        (
            "The Secretary of Waterways should direct the Director of BHL to act.",
            "Secretary of Waterways",
            "Department of Waterways",
        ),
        (
            "The Director of BHL, in consultation with the Secretary of Waterways, should act.",
            "Director of BHL",
            "Bureau of Harbor Lights",
        ),
        (
            "The Secretary of Waterways and the Director of OFS should act.",
            "Secretary of Waterways; Director of OFS",
            "Department of Waterways; Office of Ferry Safety",
        ),
        ("The Director should act.", "Director", ""),
    ],
)
def test_a_demand_is_addressed_to_who_stands_before_should(demand, official, agency):
    found = find_addressee(demand, EXPLAINED)
    assert (found.official, found.agency) == (official, agency)


def test_a_demand_that_names_nobody_has_no_addressee():
    assert find_addressee("should act at once.") is None


@pytest.mark.parametrize(
    ("abbreviation", "name"),
    [
        ("BHL", "Bureau of Harbor Lights"),
        ("DOW", "Department of Waterways"),
        ("OFS", "Office of Ferry Safety"),
        ("XYZ", "XYZ"),
        ("ABC", "ABC"),
    ],
)
def test_an_abbreviation_is_explained_by_the_words_before_its_parentheses(abbreviation, name):
    assert expand(abbreviation, EXPLAINED) == name


def test_an_under_secretary_for_a_subject_heads_what_he_is_for():
    assert agency_headed("Under Secretary", "Fishing and Ferries") == "Fishing and Ferries"
    assert agency_headed("Secretary", "") == ""


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("Energy", "Department of Energy"),
        ("DOE", "Department Of Energy"),
        ("Department of Energy", "Department of Energy"),
        ("the Survey", "Tide Survey"),
        ("Ports", "Department of Waterways; Department of Ports"),
    ],
)
def test_two_names_of_one_body_are_the_same(said, agency):
    assert is_same_body(said, agency)


@pytest.mark.parametrize(("said", "agency"), [("Energy", "Department of State"), ("", "X"), ("OFS", "BHL")])
def test_names_of_two_bodies_are_not_the_same(said, agency):
    assert not is_same_body(said, agency)
