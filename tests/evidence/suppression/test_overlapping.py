"""Counts over rows that overlap: all that is shown leaves each small count the room that it may have."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.suppression import Counts, Sum, Withheld, exposed
from closeout.evidence.suppression.overlapping import Line, System, further_blocks

ATOMS = "abcdefgh"


def system(**counts: int) -> System[str]:
    """Return counts over the atoms in their names."""
    return System(len(ATOMS), [line(name, count) for name, count in counts.items()])


def line(name: str, count: int, block: str | None = "") -> Line[str]:
    return Line(tuple(ATOMS.index(atom) for atom in name), count, name if block == "" else block)


def told(withheld: str, **counts: int) -> set[str]:
    return further_blocks([system(**counts)], set(withheld.split()), 11)


def test_a_wider_figure_less_the_rest_is_the_small_one():
    # 60 of a and b together, less the 55 of b: a is 5. The smaller of the two figures goes.
    assert told("a", ab=60, a=5, b=55) == {"b"}


def test_what_is_left_must_have_room_for_the_largest_small_count():
    # 60 less 50 leaves 10 for a and what nobody shows: a can be anything from 1 to 10.
    assert told("a", abc=60, a=5, b=50) == set()
    assert told("a", abc=59, a=5, b=50) == {"b"}


def test_one_figure_goes_where_it_is_enough():
    # Less 20 and 32 of b and c, 8 are left for a. Without b 28 are, which is enough.
    assert told("a", abcd=60, a=5, b=20, c=32) == {"b"}
    # 9 at the most, with nothing beside: only the wider one tells.
    assert told("a", ab=9, a=5) == {"ab"}


def test_figures_of_common_duties_are_not_taken_away_twice():
    # b and c in one figure of 40, and b alone of 30, which is part of it: 60 less 40, not less 70.
    assert told("a", abcd=60, a=5, bc=40, b=30) == set()


def test_a_small_count_is_at_least_what_is_shown_within_it():
    # a is 7 of the 8, shown elsewhere: then ab is 7 or more.
    assert told("ab", ab=8, a=7) == {"a"}


def test_several_differences_put_together_tell():
    # None of the four alone tells of a: ab + ac - bc is twice a.
    assert told("a", ab=34, ac=45, bc=69, a=5) == {"ab"}
    assert told("a", ab=34, ac=45, a=5) == set()


def test_a_sum_that_is_at_least_several_needs_no_more_room():
    # Three parts that are not zero make 3, whatever is shown.
    assert told("abc a b c", abc=6, a=1, b=2, c=3) == set()


def test_a_zero_is_shown_in_any_case():
    # b is zero, and a therefore all of ab.
    assert told("a", ab=5, a=5, b=0) == {"ab"}


def test_what_nobody_prints_is_protected_too():
    # 60 less 55 leaves 5 that no office is recorded for.
    some = system(ab=60, a=55)
    some.lines.append(line("b", 5, None))
    assert further_blocks([some], set(), 11) == {"a"}


def test_offices_add_up_to_all_of_them():
    # Atom c is a and b together: 40 less 34 is the small one.
    some = system(c=40, a=6, b=34)
    some.sums.append((2, (0, 1)))
    assert further_blocks([some], {"a"}, 11) == {"b"}


def test_what_is_at_most_another_count_is_told_by_it():
    # Late subjects are no more than overdue duties, of which 3 are shown.
    some = system(a=2, b=3)
    assert further_blocks([some], {"a"}, 11) == set()
    some.at_most.append((0, 1))
    assert further_blocks([some], {"a"}, 11) == {"b"}


def test_a_block_that_goes_for_one_count_is_gone_for_all():
    # b is 55 in time, 60 not in time: what is withheld of one is withheld of both.
    first, second = system(ab=60, a=5, b=55), system(ab=65, a=5, b=60)
    assert further_blocks([first, second], {"a"}, 11) == {"b"}


def test_counts_that_do_not_fit_are_all_withheld():
    assert told("a", ab=4, b=9, a=5) == {"ab", "a", "b"}


@st.composite
def families(draw: st.DrawFn) -> dict[frozenset[str], int]:
    """Return counts over some sets of four duties."""
    each = {duty: draw(st.integers(0, 30)) for duty in ATOMS[:4]}
    sets = [frozenset(found) for size in range(1, 5) for found in combinations(ATOMS[:4], size)]
    chosen = draw(st.lists(st.sampled_from(sets), min_size=2, max_size=7, unique=True))
    return {found: sum(each[duty] for duty in found) for found in chosen}


@settings(max_examples=40, deadline=None)
@given(family=families())
def test_no_small_count_has_less_room_than_it_may_have(family: dict[frozenset[str], int]):
    """By the audit, which was written apart and finds the ends of what fits."""
    named = {"".join(sorted(found)): count for found, count in family.items()}
    small = {name for name, count in named.items() if 0 < count < 11}
    withheld = small | told(" ".join(small), **named)
    cells = named | dict.fromkeys((f"only {duty}" for duty in ATOMS[:4]), None)
    sums = tuple(Sum(name, tuple(f"only {duty}" for duty in name)) for name in named)
    unseen = frozenset(cells.keys() - named.keys())
    counts = Counts(cells, sums, unseen)
    assert exposed(counts, Withheld(frozenset(small), frozenset(withheld - small))) == {}
