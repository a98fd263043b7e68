"""The keys of a table, held as numbers of 64 bits: which are on several rows, and which exist.

A whole number is itself. A code is a hash of 64 bits, with a seed of its own in every run: of 20 million
codes two get the same number once in some 100,000 runs.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import polars as pl

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]
_SEED = secrets.randbits(63)
_NONE: Numbers = np.empty(0, dtype=np.uint64)


def numbers_of(keys: pl.Series) -> Numbers:
    """Return keys as numbers; nulls must be gone."""
    if keys.dtype == pl.Int64:
        return keys.to_numpy().view(np.uint64)
    return keys.hash(_SEED).to_numpy()


def hashed(rows: pl.DataFrame) -> Numbers:
    """Return for each row a number of 64 bits, the same where all its values are; as good as a code's."""
    return rows.hash_rows(_SEED).to_numpy()


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """The keys of a table that was checked: those of accepted rows and those of rows kept apart, sorted."""

    accepted: Numbers = field(default_factory=_NONE.copy)
    refused: Numbers = field(default_factory=_NONE.copy)

    def lost(self, references: pl.Series, slots: Numbers | None = None) -> pl.Series | None:
        """Return which references point at no accepted row; None if all do, or are empty.

        Args:
            references: The references.
            slots: What `slots_of` makes of the accepted keys: many references are found sooner by it.

        """
        given = references.drop_nulls()
        asked = numbers_of(given) if given.len() else _NONE
        places = np.arange(asked.size)
        if slots is not None:
            places = np.flatnonzero(slots[asked & np.uint64(slots.size - 1)] != asked)
            asked = asked[places]
        ordered = _ordered(asked)
        lost = ordered[~among(ordered, self.accepted)]
        if not lost.size:
            return None
        found = np.zeros(references.len(), dtype=np.bool_)
        found[np.flatnonzero(references.is_not_null().to_numpy())[places[np.isin(asked, lost)]]] = True
        return pl.Series(found)

    def broken(self, references: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Return which references point at no row at all, and which at a row kept apart."""
        given = numbers_of(references.drop_nulls())
        lost = np.unique(given[~among(given, self.accepted)])
        is_refused = among(lost, self.refused)
        return _those(references, lost[~is_refused]), _those(references, lost[is_refused])


def slots_of(known: Numbers) -> Numbers:
    """Return a table in which most of the known numbers stand at the place that their last bits say.

    Where two share a place one of them stands there. There are two to four places for each number: four of
    five or more are found at the first look, without a search.
    """
    size = 1 << max(2 * known.size - 1, 1).bit_length()
    places = np.arange(size, dtype=np.uint64)
    slots = places ^ np.uint64(1)  # an empty place holds a number that would stand elsewhere
    slots[known & np.uint64(size - 1)] = known
    return slots


def among(asked: Numbers, known: Numbers) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return for each number whether it is among the known ones, which are sorted."""
    if not known.size:
        return np.zeros(asked.size, dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, asked), known.size - 1)
    return known[places] == asked  # type: ignore[no-any-return]


def _those(references: pl.Series, lost: Numbers) -> pl.Series:
    found = np.zeros(references.len(), dtype=np.bool_)
    is_given = references.is_not_null().to_numpy()
    found[is_given] = np.isin(numbers_of(references.drop_nulls()), lost)
    return pl.Series(found)


@dataclass(slots=True)
class KeyLedger:
    """The keys of a table while its rows come in, with where each accepted row stands."""

    _keys: list[Numbers] = field(default_factory=list)
    _rows: list[np.ndarray[Any, np.dtype[np.uint32]]] = field(default_factory=list)
    _files: list[int] = field(default_factory=list)
    _refused: list[Numbers] = field(default_factory=list)

    def accept(self, keys: pl.Series, rows: pl.Series, file: int) -> None:
        """Take in the keys of accepted rows, in the order in which rows are accepted."""
        self._keys.append(numbers_of(keys))
        self._rows.append(rows.to_numpy().astype(np.uint32))
        self._files.append(file)

    def refuse(self, keys: pl.Series) -> None:
        """Take in the keys of refused rows; those that could not be read are null and left out."""
        self._refused.append(numbers_of(keys.drop_nulls()))

    def places(self, at: np.ndarray[Any, np.dtype[np.int64]]) -> pl.DataFrame:
        """Return accepted rows by which of the table they are: `_at`, `_file`, `_row`, and the key `own`."""
        files = np.repeat(self._files, [len(rows) for rows in self._rows])[at]
        rows, own = np.concatenate(self._rows)[at], _joined(self._keys)[at]
        return _placed(at, files, rows).with_columns(own=pl.Series(own))

    def close(self) -> tuple[KnownKeys, pl.DataFrame]:
        """Return what is known of the keys, and the accepted rows whose key is on another row, too.

        Returns:
            The known keys, and a frame of `_at` (which accepted row of the table it is, from 0), `_file`
            and `_row`.

        """
        keys, refused = _joined(self._keys), _ordered(_joined(self._refused))
        self._keys.clear()
        ordered = _ordered(keys)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        gone = np.union1d(twice, refused[among(refused, ordered)])
        if not gone.size:
            return KnownKeys(ordered, refused), _placed([], [], [])
        late = among(keys, gone)
        files = np.repeat(self._files, [len(rows) for rows in self._rows])
        places = _placed(np.flatnonzero(late), files[late], np.concatenate(self._rows)[late])
        return KnownKeys(ordered[~among(ordered, gone)], np.union1d(refused, gone)), places


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.uint64)


def _ordered(keys: Numbers) -> Numbers:
    """Return keys in order; Polars sorts them on all cores."""
    return keys if bool(np.all(keys[1:] >= keys[:-1])) else pl.Series(keys).sort().to_numpy()


def _placed(at: Any, files: Any, rows: Any) -> pl.DataFrame:  # noqa: ANN401 - arrays or lists
    places = {"_at": at, "_file": files, "_row": rows}
    return pl.DataFrame(places, schema={"_at": pl.Int64, "_file": pl.Int32, "_row": pl.Int64})
