"""How the cases end up: for every case its office, docket, custody and whether it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import word
from closeout.records.example.chance import Chance
from closeout.records.example.size import LONE_JUVENILE_OFFICE, OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.size import Size

IN_CUSTODY, PRE_ORDER, POST_ORDER, JUVENILE, FAMILY = (
    word("cases", "docket", docket)
    for docket in ("detained", "non_detained_pre_order", "non_detained_post_order", "juvenile", "family")
)
_SHARES = ((PRE_ORDER, 0.68), (POST_ORDER, 0.24), (FAMILY, 0.08))
_CLOSED_PER_OPEN = 0.05
_LEFT_CUSTODY_PER_HELD = 1.5


@dataclass(frozen=True, slots=True)
class Strata:
    """One entry a case; the counts are exact, the order is chance."""

    office: Ints
    docket: Ints
    is_detained: Claims
    is_closed: Claims

    def part(self, first: int, last: int) -> Strata:
        """Return the entries from `first` up to, not including, `last`."""
        part = slice(first, last)
        return Strata(
            self.office[part].astype(np.int64),
            self.docket[part].astype(np.int64),
            self.is_detained[part],
            self.is_closed[part],
        )


def strata(seed: int, size: Size) -> Strata:
    """Return where every case of an example ends up."""
    kinds = np.asarray(list(_kinds(size)), dtype=np.int64)
    rows = np.repeat(np.arange(len(kinds), dtype=np.int32), kinds[:, 4])
    rows = Chance(seed, size.name, "strata").generator.permutation(rows)
    small = kinds.astype(np.int8)
    return Strata(small[rows, 0], small[rows, 1], small[rows, 2] > 0, small[rows, 3] > 0)


def _kinds(size: Size) -> Iterator[tuple[int, int, bool, bool, int]]:
    others, held = size.not_detained(), size.detained()
    for office in range(OFFICES):
        for docket, share in _SHARES:
            cases = round(others[office] * share)
            yield office, docket, False, False, cases
            yield office, docket, False, True, round(cases * _CLOSED_PER_OPEN)
        yield office, IN_CUSTODY, True, False, int(held[office])
        yield office, IN_CUSTODY, True, True, round(held[office] * _LEFT_CUSTODY_PER_HELD)
        juveniles, in_custody = _juveniles(size, office)
        yield office, JUVENILE, False, False, juveniles - in_custody
        yield office, JUVENILE, True, False, in_custody


def _juveniles(size: Size, office: int) -> tuple[int, int]:
    if office == LONE_JUVENILE_OFFICE:
        return size.juveniles, size.juveniles_detained
    officers = max(1, size.other_officers // 60)
    return round(size.juveniles / 5 * size.caseload_share**0.5 * officers / (1 if officers > 1 else 10)), 0
