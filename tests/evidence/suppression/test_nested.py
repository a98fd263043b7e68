"""Figures over duties beside those of fewer: no difference of two of them tells a small count."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.suppression.nested import Nested, Slice, by_slice, further_blocks

DUTIES = ("a", "b", "c", "d")


def one(duties: str, count: int, *, gone: bool = False) -> Nested[str]:
    return Nested(frozenset(duties), count, gone, duties)


def told(*counts: Nested[str]) -> set[str]:
    return further_blocks([counts], 11)


def test_a_wider_figure_less_the_rest_is_the_small_one():
    # 60 of a and b together, less the 55 of b: a is 5. The smaller of the two figures goes.
    assert told(one("ab", 60), one("a", 5, gone=True), one("b", 55)) == {"b"}


def test_what_is_left_must_have_room_for_the_largest_small_count():
    # 60 less 50 leaves 10 for a and what nobody shows: a can be anything from 1 to 10.
    assert told(one("abc", 60), one("a", 5, gone=True), one("b", 50)) == set()
    assert told(one("abc", 59), one("a", 5, gone=True), one("b", 50)) == {"b"}


def test_the_wider_one_goes_where_no_narrower_one_is_enough():
    # Less 20 and 32 of b and c, 8 are left. Without b 28 are, which is enough.
    assert told(one("abc", 60), one("a", 5, gone=True), one("b", 20), one("c", 32)) == {"b"}
    # 9 at the most, with nothing beside: only the wider one tells.
    assert told(one("ab", 9), one("a", 5, gone=True)) == {"ab"}


def test_figures_of_common_duties_are_not_taken_away_twice():
    # b and c in one figure of 40, and b alone of 30, which is part of it: 60 less 40, not less 70.
    assert told(one("abc", 60), one("a", 5, gone=True), one("bc", 40), one("b", 30)) == set()


def test_a_figure_that_protects_others_needs_room_on_both_sides():
    # 200 is withheld to protect a small one elsewhere. From above: 260 less 55 leaves 205, 4 short of 209.
    assert told(one("ab", 260), one("a", 200, gone=True), one("b", 55)) == {"b"}
    assert told(one("ab", 270), one("a", 200, gone=True), one("b", 55)) == set()
    # From below: 195 of its 200 are shown, and it may be as little as 191.
    assert told(one("ab", 200, gone=True), one("a", 195)) == {"a"}
    assert told(one("ab", 200, gone=True), one("a", 191)) == set()


def test_the_same_duties_shown_elsewhere_are_the_same_count():
    shown, hidden = Nested(frozenset("a"), 7, False, "part"), one("a", 7, gone=True)
    assert further_blocks([[shown, hidden]], 11) == {"part"}


def test_a_zero_needs_no_protection():
    assert told(one("ab", 60), one("a", 0, gone=True), one("b", 60)) == set()


def test_counts_of_another_office_or_period_are_not_taken_from_each_other():
    here, there = (Slice("timeliness", "numerator", office, "2026-01-01", "2026-12-31") for office in "AB")
    counts = [(here, one("ab", 60)), (here, one("a", 5, gone=True)), (there, one("b", 55))]
    assert [len(each) for each in by_slice(counts)] == [2]
    assert further_blocks(by_slice(counts), 11) == set()


@st.composite
def families(draw: st.DrawFn) -> list[Nested[str]]:
    """Return counts over some sets of duties, each duty with a count of its own; small ones withheld."""
    each = {duty: draw(st.integers(0, 40)) for duty in DUTIES}
    sets = [frozenset(found) for size in range(1, 5) for found in combinations(DUTIES, size)]
    chosen = draw(st.lists(st.sampled_from(sets), min_size=2, max_size=8, unique=True))
    counts = [(found, sum(each[duty] for duty in found)) for found in chosen]
    return [Nested(found, count, 0 < count < 11, "".join(sorted(found))) for found, count in counts]


def differences(counts: list[Nested[str]], hidden: Nested[str]) -> list[int]:
    """Return the most a hidden count can be by each shown one less shown ones that share no duty."""
    shown = [each for each in counts if not each.is_withheld]
    found = []
    for wider in shown:
        inside = [each for each in shown if each.duties <= wider.duties - hidden.duties]
        for size in range(len(inside) + 1):
            for some in combinations(inside, size):
                if sum(len(each.duties) for each in some) == len(
                    frozenset().union(*(x.duties for x in some))
                ):
                    taken = sum(each.count for each in some)
                    found += [wider.count - taken] if hidden.duties <= wider.duties else []
    return found


@settings(max_examples=60, deadline=None)
@given(family=families())
def test_no_difference_leaves_a_small_count_less_room_than_its_own_table(family: list[Nested[str]]):
    """By trying every shown figure less every choice of shown ones beside it."""
    counts = family
    while blocks := further_blocks([counts], 11):
        assert blocks & {each.block for each in counts if not each.is_withheld}, "each round withholds more"
        counts = [
            Nested(each.duties, each.count, each.is_withheld or each.block in blocks, each.block)
            for each in counts
        ]
    for each in family:
        if each.is_withheld:
            assert min(differences(counts, each), default=10) >= 10
