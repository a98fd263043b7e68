import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.records.checking.keys import KeyLedger, KnownKeys, among, numbers_of, slots_of

codes = st.lists(st.sampled_from([f"K{n}" for n in range(8)]), max_size=12)


def text(values: list[str | None]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def known(accepted: list[str], refused: list[str]) -> KnownKeys:
    return KnownKeys(np.unique(numbers_of(text(accepted))), np.unique(numbers_of(text(refused))))


@pytest.mark.parametrize("values", [[1, 2, 3], [3, 1, 2], [-5, 0, 5]])
def test_whole_numbers_are_themselves(values):
    assert numbers_of(pl.Series(values, dtype=pl.Int64)).view(np.int64).tolist() == values


def test_the_same_code_is_the_same_number_and_another_another():
    one, other = numbers_of(text(["A", "B"])), numbers_of(text(["B", "A"]))
    assert one.tolist() == other.tolist()[::-1]
    assert one[0] != one[1]


@given(
    accepted=codes, refused=codes, asked=st.lists(st.none() | st.sampled_from([f"K{n}" for n in range(10)]))
)
def test_broken_references_are_told_apart_as_a_set_would(accepted, refused, asked):
    keys = known(accepted, sorted(set(refused) - set(accepted)))
    gone, kept_apart = keys.broken(text(asked))
    assert gone.to_list() == [one is not None and one not in {*accepted, *refused} for one in asked]
    assert kept_apart.to_list() == [one in refused and one not in accepted for one in asked]
    lost = keys.lost(text(asked))
    assert (lost.to_list() if lost is not None else [False] * len(asked)) == (gone | kept_apart).to_list()


@given(parts=st.lists(codes, max_size=4), refused=codes)
def test_a_ledger_finds_every_accepted_row_whose_key_is_there_twice(parts, refused):
    ledger = KeyLedger()
    rows = []
    for file, keys in enumerate(parts):
        numbers = list(range(1, len(keys) + 1))
        ledger.accept(text(keys), pl.Series(numbers, dtype=pl.Int64), file)
        rows += [(key, file, row) for key, row in zip(keys, numbers, strict=True)]
    ledger.refuse(text([*refused, None]))
    found, late = ledger.close()
    every = [key for key, _, _ in rows] + refused
    twice = [(at, file, row) for at, (key, file, row) in enumerate(rows) if every.count(key) > 1]
    assert late.rows() == twice
    once = {key for key, _, _ in rows if every.count(key) == 1}
    assert set(found.accepted.tolist()) == set(numbers_of(text(sorted(once))).tolist())


def test_nothing_is_among_nothing():
    empty = np.empty(0, dtype=np.uint64)
    assert among(numbers_of(text(["A"])), empty).tolist() == [False]
    assert among(empty, numbers_of(text(["A"]))).tolist() == []
    assert KnownKeys().lost(text([None])) is None


@given(accepted=codes, asked=st.lists(st.none() | st.sampled_from([f"K{n}" for n in range(10)])))
def test_a_quick_look_finds_the_same_as_a_search(accepted, asked):
    keys = known(accepted, [])
    slow, quick = keys.lost(text(asked)), keys.lost(text(asked), slots_of(keys.accepted))
    assert (slow is None) == (quick is None)
    assert slow is None or slow.to_list() == [one is not None and one not in accepted for one in asked]
    assert slow is None or quick.to_list() == slow.to_list()


@given(numbers=st.sets(st.integers(0, 40) | st.integers(0, 2**63)), asked=st.integers(0, 50))
def test_an_empty_place_holds_no_number_that_could_be_asked_for_there(numbers, asked):
    held = np.array(sorted(numbers), dtype=np.uint64)
    slots = slots_of(held)
    stands_there = slots[np.uint64(asked) & np.uint64(slots.size - 1)] == asked
    assert not stands_there or asked in numbers


def test_whole_numbers_in_a_row_all_have_a_place_of_their_own():
    """100 numbers: at least 200 places, and their last bits all differ."""
    held = np.arange(1000, 1100, dtype=np.uint64)
    slots = slots_of(held)
    assert slots.size == 256
    assert (slots[held & np.uint64(255)] == held).all()
