"""Lists of demands after "we recommend", whatever their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.families.ig_demands import read_demands
from tests.reading.families.ig_cases import folded

WORDS = st.lists(
    st.sampled_from(
        ["test", "lamps", "each", "night", "and", "keep", "the", "log", "of", "buoys", "lit", "in", "fog"]
    ),
    min_size=3,
    max_size=9,
)


def demands(text):
    return [
        (demand.number, folded(text[demand.start : demand.end]))
        for demand in read_demands(text, 0, len(text))
    ]


def styles(text):
    return {demand.style for demand in read_demands(text, 0, len(text))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "We recommend that CFA: (1) test lamps, (2) keep logs, and (3) train keepers. CFA agreed.",
            [("1", "test lamps"), ("2", "keep logs"), ("3", "train keepers.")],
        ),
        (
            "We recommended that CFA (1) test lamps; and (2) keep logs.",
            [("1", "test lamps"), ("2", "keep logs.")],
        ),
        (
            "CFA should (1) test lamps; (2) keep logs; and (3) train keepers. CFA concurred.",
            [("1", "test lamps"), ("2", "keep logs"), ("3", "train keepers.")],
        ),
        (
            (
                "Our report made two recommendations to CFA. First, test lamps. Second, keep "
                "logs. CFA concurred."
            ),
            [("1", "test lamps."), ("2", "keep logs.")],
        ),
        (
            (
                "We recommended that CFA:\n\n• test lamps;\n\n• keep logs; and\n\n• train "
                "keepers.\n\nCFA agreed."
            ),
            [("", "test lamps"), ("", "keep logs"), ("", "train keepers.")],
        ),
        (
            (
                "We recommend that the Director:\n\n1. Test the lamps.\n2. Keep logs of\n   each "
                "night.\n\nCFA agreed."
            ),
            [("1", "Test the lamps."), ("2", "Keep logs of each night.")],
        ),
        (
            "We recommend that the Director:\n\n1A. Repay $12.\n\n1B. Keep logs.\n\nAppendix A",
            [("1A", "Repay $12."), ("1B", "Keep logs.")],
        ),
        (
            "We recommended that Region 2: test lamps; keep logs; and train keepers. The region agreed.",
            [("", "test lamps"), ("", "keep logs"), ("", "train keepers.")],
        ),
        (
            "We recommend that CFA work with the Coast Guard to test lamps. It said no.",
            [("", "We recommend that CFA work with the Coast Guard to test lamps.")],
        ),
        (
            "Therefore, we recommend that CFA test lamps. We also recommend that CFA keep logs.",
            [
                ("", "Therefore, we recommend that CFA test lamps."),
                ("", "We also recommend that CFA keep logs."),
            ],
        ),
        (
            "The Harbor OIG recommended that CFA test its lamps each week.",
            [("", "The Harbor OIG recommended that CFA test its lamps each week.")],
        ),
    ],
)
def test_each_layout_of_a_list_is_split_into_its_demands(text, found):
    assert demands(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "We make no recommendations in this report.",
        "Our objectives were to:\n\n• test lamps; and\n\n• recommend improvements to the logs.",
        "In 2007, we recommended that CFA test its lamps once a month.",
        "We previously recommended that CFA test its lamps once a month.",
        "CFA asked what we recommend and whether we recommend it.",
        "The club recommended that members bring seeds.",
        "Our recommendations were discussed with CFA in March.",
        "The form (1) has a title and (2) has a date.",
    ],
)
def test_talk_about_recommending_is_no_demand(text):
    assert demands(text) == []


def test_a_demand_made_again_is_marked_so():
    text = "Therefore, we reiterate the recommendation that CFA test its lamps each week."
    (demand,) = read_demands(text, 0, len(text))
    assert demand.is_again


def test_parts_within_a_number_stay_with_it():
    text = (
        "We recommend that CFA take these actions:\n1. Write rules to:\na. test lamps, "
        "and\nb. keep logs.\n2. Train keepers.\n"
    )
    assert demands(text) == [
        ("1", "Write rules to: a. test lamps, and b. keep logs."),
        ("2", "Train keepers."),
    ]


def test_a_list_ends_before_a_heading_in_its_last_paragraph():
    text = (
        "We recommend that CFA:\n1. Test lamps.\n2. Keep logs.\nAgency Comments and Our "
        "Response\nCFA agreed.\n"
    )
    assert demands(text)[-1] == ("2", "Keep logs.")


def test_numbers_far_below_are_another_list():
    text = (
        "We recommend that CFA:\n1. Test lamps.\n2. Keep logs.\n\n"
        + "Prose goes on.\n" * 500
        + "\n3. A document.\n"
    )
    assert len(demands(text)) == 2


def test_an_abbreviation_does_not_end_a_demand():
    text = "We recommend that the U.S. Coast Guard test lamps at No. 4 pier. It agreed."
    assert demands(text)[0][1].endswith("No. 4 pier.")


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_an_inline_list_gives_back_exactly_its_items(items):
    listed = ", ".join(f"({number}) {' '.join(words)}" for number, words in enumerate(items, 1))
    text = f"We recommend that CFA: {listed}."
    found = demands(text)
    assert [number for number, _ in found] == [str(number) for number in range(1, len(items) + 1)]
    assert found[-1][1] == " ".join(items[-1]) + "."


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_a_numbered_list_gives_back_exactly_its_items(items):
    listed = "\n".join(f"{number}. {' '.join(words).capitalize()}." for number, words in enumerate(items, 1))
    found = demands(f"We recommend that the Director:\n\n{listed}\n\nThe end.")
    assert [words for _, words in found] == [f"{' '.join(words).capitalize()}." for words in items]


@given(st.text(alphabet="We recommnd that CFA:()123;,.•\n ", max_size=300))
def test_any_text_is_split_within_its_bounds_and_in_order(text):
    found = read_demands(text, 0, len(text))
    assert all(0 <= demand.start < demand.end <= len(text) for demand in found)
    assert [demand.start for demand in found] == sorted(demand.start for demand in found)
