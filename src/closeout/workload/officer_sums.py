"""A time study as arrays: what each officer recorded in each week, by activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OfficerSums:
    """The diaries of a study, officers in the order of office and number.

    An officer who recorded in two offices is two rows: an office's minutes are its own.
    """

    activities: tuple[str, ...]
    offices: tuple[str, ...]
    office_of: Ints
    """Of each officer: the place of the office in `offices`."""
    officer_of: Ints
    """Of each officer-week: the place of the officer; never falls."""
    minutes: Floats
    """Officer-weeks by activities."""
    tasks: Floats
    """Officer-weeks by activities: duties done, or case-months open, untouched ones counted."""

    @property
    def officers(self) -> int:
        """Return how many officers kept a diary."""
        return len(self.office_of)

    def by_officer(self) -> tuple[Floats, Floats]:
        """Return the minutes and tasks of each officer, by activity."""
        return _added(self.minutes, self.officer_of, self.officers), _added(
            self.tasks, self.officer_of, self.officers
        )


def officer_sums(diary: pa.Table, activities: Sequence[str], offices: Sequence[str]) -> OfficerSums:
    """Return the diary rows of the given activities and offices as arrays.

    A week of an officer counts for every activity, whether or not it was recorded: a week without a
    minute of it is a week all the same.

    Args:
        diary: A table as `shapes.DIARY`.
        activities: The codes to keep, each once.
        offices: The offices to keep, each once.

    """
    kept = diary.filter(pc.is_in(diary["office_id"], value_set=pa.array(offices, pa.string())))
    office = places(kept["office_id"], offices)
    officer = _ranks(kept["officer_no"])
    keys = np.stack([office, officer, _ranks(kept["week"]), _ranks(kept["study"])], axis=1)
    weeks, week_of = np.unique(keys, axis=0, return_inverse=True)
    people, officer_of = np.unique(weeks[:, :2], axis=0, return_inverse=True)
    activity = places(kept["activity"], activities)
    is_known = activity >= 0
    at = (week_of.reshape(-1)[is_known], activity[is_known])
    minutes = np.zeros((len(weeks), len(activities)))
    tasks = np.zeros_like(minutes)
    np.add.at(minutes, at, kept["minutes"].to_numpy()[is_known])
    np.add.at(tasks, at, kept["tasks"].to_numpy()[is_known])
    return OfficerSums(
        tuple(activities), tuple(offices), people[:, 0], officer_of.reshape(-1), minutes, tasks
    )


def places(column: pa.ChunkedArray, codes: Sequence[str]) -> Ints:
    """Return where each value stands among the codes; -1 where it does not."""
    found = pc.index_in(column, value_set=pa.array(codes, pa.string()))
    return np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)


def _ranks(column: pa.ChunkedArray) -> Ints:
    """Return a number for each value that stands in the values' order."""
    ranked = pc.rank(column, sort_keys="ascending", tiebreaker="dense")
    return np.asarray(ranked.to_numpy(), dtype=np.int64)


def _added(values: Floats, group: Ints, groups: int) -> Floats:
    """Return the sums of rows by group; `group` never falls."""
    added = np.zeros((groups, values.shape[1]))
    np.add.at(added, group, values)
    return added
