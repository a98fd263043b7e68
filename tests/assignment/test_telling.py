"""The sentences a supervisor reads."""

from __future__ import annotations

import pytest

from closeout.assignment.eligibility import REASONS, language_skill, skills_needed, works_at
from closeout.assignment.rules import Language, Rules
from closeout.assignment.telling import count, percent, told_move, told_proposal
from tests.assignment.making import officer


@pytest.mark.parametrize(
    ("share", "said"), [(1.63, "163 %"), (0.1, "10 %"), (0.099, "9.9 %"), (0.0, "0 %"), (0.004, "0.4 %")]
)
def test_a_share_is_a_percentage(share: float, said: str) -> None:
    assert percent(share) == said


def test_numbers_come_with_their_noun() -> None:
    assert count(1, "case", "cases") == "1 case"
    assert count(2_214, "case", "cases") == "2,214 cases"


def test_a_proposal_says_how_much_better_any_plan_could_be() -> None:
    said = told_proposal(128, 2_214, 1.63, 1.04, 124, 1.04, is_limited=False)
    assert said == (
        "Moving 128 of 2,214 cases brings the busiest officer from 163 % to 104 %; "
        "no plan with fewer than 124 moves can."
    )


def test_a_proposal_that_is_proven_says_so() -> None:
    said = told_proposal(124, 2_214, 1.63, 1.04, 124, 1.04, is_limited=False)
    assert said.endswith("; no plan as even has fewer moves.")


def test_a_limited_proposal_says_how_low_it_could_go() -> None:
    said = told_proposal(10, 140, 1.0, 0.9, 10, 0.89, is_limited=True)
    assert said.endswith("to 90 %; no plan within the limit of moves gets below 89 %.")


def test_a_limit_that_leaves_the_busiest_as_they_are_claims_no_more() -> None:
    # Of 439 cases one has no officer; with no further move allowed nothing is evened out.
    said = told_proposal(1, 439, 0.75, 0.75, 1, 0.75, is_limited=True)
    assert said == (
        "Moving 1 of 439 cases leaves the busiest at 75 %; no plan within the limit of moves gets below 75 %."
    )


def test_a_busiest_officer_who_stays_so_is_said_to() -> None:
    said = told_proposal(10, 439, 0.641, 0.64, 10, 0.64, is_limited=False)
    assert said == (
        "Moving 10 of 439 cases evens out the other officers; the busiest stays at 64 %, and no plan brings "
        "that lower; no plan as even has fewer moves."
    )


def test_no_plan_brings_it_lower_is_said_only_where_proven() -> None:
    said = told_proposal(10, 439, 0.64, 0.64, 8, 0.5, is_limited=False)
    assert said.endswith("the busiest stays at 64 %; no plan with fewer than 8 moves can.")


def test_cases_of_officers_without_hours_are_taken_over() -> None:
    said = told_proposal(4, 9, None, 0.3, 4, 0.3, is_limited=False)
    assert said == (
        "Moving 4 of 9 cases takes off officers without hours all that others may have "
        "and leaves the busiest at 30 %; no plan as even has fewer moves."
    )


def test_an_officer_without_hours_goes_from_nothing_to_nothing_and_is_not_said_to() -> None:
    said = told_move(
        "C-1", 17, ("S-1", "no case hours", "no case hours"), ("S-2", "59 %", "60 %"), "not_available"
    )
    assert said == (
        "Case C-1 (17 min a month) from S-1 to S-2: S-1 has no case hours; "
        "S-2 goes from 59 % to 60 % with all moves."
    )


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("over_load", "S-1 is fuller than others"),
        ("makes_room", "S-1 makes room for cases that few may have"),
        ("not_eligible", "S-1 may not have it"),
    ],
)
def test_each_reason_for_a_move_has_its_words(reason: str, why: str) -> None:
    said = told_move("C-1", 59.6, ("S-1", "163 %", "104 %"), ("S-2", "71 %", "103 %"), reason)
    assert said == (
        f"Case C-1 (60 min a month) from S-1 to S-2: {why} and goes from 163 % to 104 %; "
        "S-2 goes from 71 % to 103 % with all moves."
    )


def test_no_exclusion_lacks_its_words() -> None:
    assert all(words and not words.endswith(".") for words in REASONS.values())


def test_what_a_case_needs_follows_the_rules() -> None:
    required, preferred = Rules(language=Language.REQUIRED), Rules()
    assert skills_needed("es", is_child=True, rules=required) == {"juvenile", "lang-es"}
    assert skills_needed("es", is_child=False, rules=preferred) == frozenset()
    assert language_skill("es", preferred) == "lang-es"
    assert language_skill("en", preferred) is None
    assert language_skill(None, preferred) is None


def test_a_site_is_served_by_those_who_work_there_or_anywhere() -> None:
    assert works_at(officer("S-1"), "A")
    assert works_at(officer("S-1", sites=frozenset({"A"})), None)
    assert not works_at(officer("S-1", sites=frozenset({"A"})), "B")


def test_without_moves_the_reason_is_said() -> None:
    assert told_proposal(0, 9, None, 0.3, 0, 0.3, is_limited=False) == (
        "No case can move: nobody who has hours may have those of officers without."
    )
    assert told_proposal(0, 9, 0.3, 0.3, 0, 0.3, is_limited=False).endswith("no case needs to move.")
    assert told_proposal(0, 0, 0.0, 0.0, 0, 0.0, is_limited=False, has_hours=False).endswith("to move.")
