"""Numbers that mean nothing: case and staff numbers by a seeded bijection, so that none comes twice."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from closeout.records.example.chance import Chance

_ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ", dtype=np.uint8)
_LETTER_BITS = 5
_CASE_LETTERS = 8
_STAFF_LETTERS = 5
_ROUNDS = 4


def case_numbers(seed: int, cases: int) -> pa.Array:
    """Return distinct case numbers in rising order, which says nothing of the cases' order in time."""
    return _numbers(b"C-", Chance(seed, "case numbers"), cases, _CASE_LETTERS)


def staff_numbers(seed: int, officers: int) -> pa.Array:
    """Return distinct staff numbers in rising order."""
    return _numbers(b"S-", Chance(seed, "staff numbers"), officers, _STAFF_LETTERS)


def holder_numbers(seed: int, holders: int) -> pa.Array:
    """Return distinct numbers of partners' members in rising order."""
    return _numbers(b"H-", Chance(seed, "holder numbers"), holders, _STAFF_LETTERS)


def _numbers(prefix: bytes, chance: Chance, rows: int, letters: int) -> pa.Array:
    drawn = np.sort(scattered(np.arange(rows, dtype=np.uint64), chance, letters * _LETTER_BITS))
    shifts = np.arange(letters - 1, -1, -1, dtype=np.uint64) * np.uint64(_LETTER_BITS)
    written = _ALPHABET[((drawn[:, None] >> shifts) & np.uint64(31)).astype(np.int64)]
    head = np.broadcast_to(np.frombuffer(prefix, dtype=np.uint8), (rows, len(prefix)))
    return _text(np.hstack([head, written]))


def scattered(
    numbers: np.ndarray[tuple[int], np.dtype[np.uint64]], chance: Chance, bits: int
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Return each number below 2**bits mapped to another, one to one: odd multiples and shifted sums."""
    mask = np.uint64((1 << bits) - 1)
    for _ in range(_ROUNDS):
        odd = np.uint64(int(chance.generator.integers(1 << (bits - 1), 1 << bits)) | 1)
        numbers = (numbers * odd) & mask
        numbers = numbers ^ (numbers >> np.uint64(bits // 2))
        numbers = (numbers + np.uint64(int(chance.generator.integers(0, 1 << bits)))) & mask
    return numbers


def _text(written: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> pa.Array:
    rows, width = written.shape
    offsets = np.arange(rows + 1, dtype=np.int32) * width
    made = np.ascontiguousarray(written)
    return pa.Array.from_buffers(pa.string(), rows, [None, pa.py_buffer(offsets), pa.py_buffer(made)])
