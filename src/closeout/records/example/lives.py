"""The lives of a chunk of cases: opened, moved between dockets and offices, closed, reopened."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import to_weekday, where
from closeout.records.example.size import OFFICES
from closeout.records.example.strata import FAMILY, IN_CUSTODY, JUVENILE, POST_ORDER, PRE_ORDER

if TYPE_CHECKING:
    import pyarrow as pa

    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.chance import Chance
    from closeout.records.example.strata import Strata

OLDEST = 2_900
"""Days before the as-of date on which the oldest case was opened, at most, roughly."""
_IDS_PER_CHUNK = 10_000_000


@dataclass(frozen=True, slots=True)
class Lives:
    """One entry a case, in the order of case numbers. All days; empty where it did not happen."""

    chunk: int
    case_no: pa.Array
    office: Ints
    office_before: Ints
    docket: Ints
    docket_before: Ints
    is_detained: Claims
    opened: Ints
    changed: Ints
    """When it came to its docket from `docket_before`."""
    transferred: Ints
    """When its office accepted it from `office_before`."""
    first_closed: Ints
    reopened: Ints
    closed: Ints
    detained: Ints
    final_order: Ints

    @property
    def rows(self) -> int:
        """Return how many cases there are."""
        return len(self.office)

    def ids(self, rows: int) -> Ints:
        """Return keys for rows of this chunk that no other chunk uses."""
        return self.chunk * _IDS_PER_CHUNK + 1 + np.arange(rows, dtype=np.int64)

    def office_on(self, cases: Ints, days: Ints) -> Ints:
        """Return the office that held each case on a day."""
        return where(days < self.transferred[cases], self.office_before[cases], self.office[cases])

    def docket_on(self, cases: Ints, days: Ints) -> Ints:
        """Return the docket each case was on on a day."""
        return where(days < self.changed[cases], self.docket_before[cases], self.docket[cases])

    def ends(self, as_of: int) -> Ints:
        """Return the last day that is known of each case: its closing, or the as-of date."""
        return where(self.closed >= 0, self.closed, as_of)

    def is_open(self) -> Claims:
        """Return which cases are open."""
        return self.closed < 0


def live(agency: Agency, chunk: int, case_no: pa.Array, ended: Strata) -> Lives:
    """Return lives that end as the strata say."""
    chance = agency.chance("lives", chunk)
    rows = len(case_no)
    span = agency.as_of - agency.starts
    closed = where(ended.is_closed, to_weekday(agency.starts + 20 + chance.whole(0, span - 25, rows)))
    ends = where(ended.is_closed, closed, agency.as_of)
    opened, detained, was_outside = _beginnings(chance, ended, ends, span)
    length = ends - opened
    changed, before, final_order = _changes(chance, ended, opened, length, detained, was_outside)
    transferred, office_before = _moves(agency, chance, ended, opened, ends, changed)
    can_reopen = ~ended.is_closed & (length > 400) & (changed < 0) & (transferred < 0) & ~ended.is_detained
    reopens = can_reopen & chance.claims(0.006, rows)
    first_closed = where(reopens, opened + 100 + chance.below(length - 300))
    return Lives(
        chunk=chunk,
        case_no=case_no,
        office=ended.office,
        office_before=office_before,
        docket=ended.docket,
        docket_before=before,
        is_detained=ended.is_detained,
        opened=opened,
        changed=changed,
        transferred=transferred,
        first_closed=first_closed,
        reopened=where(reopens, first_closed + chance.whole(20, 150, rows)),
        closed=closed,
        detained=detained,
        final_order=final_order,
    )


def _beginnings(chance: Chance, ended: Strata, ends: Ints, span: int) -> tuple[Ints, Ints, Claims]:
    rows = len(ends)
    held = 3 + chance.waiting(60, 400, rows)
    detained = where(ended.is_detained, ends - held)
    was_outside = (ended.docket == IN_CUSTODY) & chance.claims(0.3, rows)
    is_recent = chance.claims(0.22, rows)
    length = where(is_recent, 12 + chance.whole(0, span - 20, rows), span + chance.waiting(900, 2_300, rows))
    earlier = where(was_outside, 60 + chance.waiting(500, 1_800, rows), 0)
    return where(ended.is_detained, detained - earlier, ends - length), detained, was_outside


def _changes(
    chance: Chance, ended: Strata, opened: Ints, length: Ints, detained: Ints, was_outside: Claims
) -> tuple[Ints, Ints, Ints]:
    """Return when each case changed its docket, from which, and when its order became final."""
    rows = len(opened)
    is_long = length > 150
    ordered = (ended.docket == POST_ORDER) & is_long
    order_on = where(ordered, opened + 60 + chance.below(length - 100), opened)
    released = (ended.docket == PRE_ORDER) & is_long & chance.claims(0.08, rows)
    grown = (ended.docket == PRE_ORDER) & (length > 400) & ~released & chance.claims(0.01, rows)
    changed = where(was_outside, detained)
    changed = where(ordered, order_on, changed)
    changed = where(released, opened + chance.whole(10, 80, rows), changed)
    changed = where(grown, opened + 100 + chance.below(length - 200), changed)
    before = where(was_outside | ordered, PRE_ORDER, ended.docket)
    before = where(released, IN_CUSTODY, where(grown, JUVENILE, before))
    final = where(ended.docket == POST_ORDER, order_on)
    in_custody = (ended.docket == IN_CUSTODY) & chance.claims(0.5, rows)
    final = where(in_custody, detained + chance.below(np.minimum(length, 3)), final)
    with_family = (ended.docket == FAMILY) & is_long & chance.claims(0.2, rows)
    return changed, before, where(with_family, opened + 60 + chance.below(length - 100), final)


def _moves(
    agency: Agency, chance: Chance, ended: Strata, opened: Ints, ends: Ints, changed: Ints
) -> tuple[Ints, Ints]:
    rows = len(opened)
    earliest = np.maximum(opened, agency.starts)
    room = ends - earliest
    moves = (room > 120) & (ended.docket != JUVENILE) & chance.claims(0.04, rows)
    day = to_weekday(earliest + 40 + chance.below(room - 60))
    day = day + np.where(day == changed, 1, 0)
    other = (ended.office + 1 + chance.below(np.full(rows, OFFICES - 1))) % OFFICES
    return where(moves, day), where(moves, other, ended.office)
