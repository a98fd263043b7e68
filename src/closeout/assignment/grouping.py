"""Split loads into groups of officers among whom cases may be shared: an office each, or the nation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from closeout.assignment.coding import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from closeout.assignment.coding import Coded
    from closeout.assignment.shapes import Loads

_FINEST = 255
"""Degrees of attachment told apart."""


@dataclass(frozen=True, slots=True)
class Share:
    """The officers and cases of one group, by their indexes in the loads.

    Officers stand in an order that does not depend on their numbers, so that other numbers change nothing.
    Cases are sorted by holder, class, work (heaviest first) and attachment (least first).
    """

    office_id: str | None
    """None: all offices together."""
    officers: NDArray[np.int64]
    cases: NDArray[np.int64]
    holder: NDArray[np.int64]
    """Place in `officers`; -1 where nobody of the group leads the case, or the leader is recused from it."""
    kind: NDArray[np.int64]
    """Place in `may`'s second axis."""
    work: NDArray[np.int64]
    may: NDArray[np.bool_]
    """Officer by class."""
    hours: NDArray[np.int64]
    kinds: tuple[int, ...]
    """The class in the loads of each class here; those with recusals stand for themselves again."""

    def has_hours(self, cases: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say of some cases whether somebody with hours leads them."""
        return np.append(self.hours, 0)[self.holder[cases]] > 0


def shares(loads: Loads, code: Coded, *, together: bool) -> Iterator[Share]:
    """Yield the groups, in the order of offices; those without cases are left out."""
    recused = _recused(loads)
    attachment = _attachment(loads)
    canonical = _canonical(loads, code)
    wholes = [None] if together else list(range(len(code.offices)))
    order = np.argsort(code.office, kind="stable") if not together else np.arange(code.office.size)
    bounds = np.searchsorted(code.office[order], np.arange(len(code.offices) + 1))
    for at in wholes:
        if at is None:
            cases, officers = order, canonical
        else:
            cases = order[bounds[at] : bounds[at + 1]]
            officers = canonical[code.officer_office[canonical] == at]
        if cases.size:
            yield _share(loads, code, at, officers, cases, recused, attachment)


def _recused(loads: Loads) -> dict[int, list[str]]:
    """Return the officers recused from each case that has any."""
    wanted: dict[str, list[str]] = {}
    for officer_no, case_no in sorted(loads.recusals):
        wanted.setdefault(case_no, []).append(officer_no)
    if not wanted:
        return {}
    found = pc.index_in(loads.cases["case_no"], value_set=pa.array(list(wanted)))
    which = np.asarray(pc.fill_null(found, NOBODY).to_numpy())
    who = list(wanted.values())
    return {int(case): who[which[case]] for case in np.flatnonzero(which >= 0)}


def _attachment(loads: Loads) -> NDArray[np.int64]:
    """Return each case's attachment in whole degrees, 0 the least."""
    given = loads.cases["attachment"].fill_null(0.0).to_numpy()
    top = float(given.max()) if given.size else 0.0
    if top <= 0:
        return np.zeros(given.size, dtype=np.int64)
    return np.asarray(np.rint(np.maximum(given, 0) * (_FINEST / top)), dtype=np.int64)


def _share(
    loads: Loads,
    code: Coded,
    at: int | None,
    officers: NDArray[np.int64],
    cases: NDArray[np.int64],
    recused: dict[int, list[str]],
    attachment: NDArray[np.int64],
) -> Share:
    used = np.flatnonzero(np.bincount(code.kind[cases], minlength=len(code.kinds)))
    may = np.array(
        [[code.kinds[k].may(loads.officers[i]) for k in used] for i in officers], dtype=np.bool_
    ).reshape(officers.size, used.size)
    place = np.full(code.hours.size + 1, NOBODY, dtype=np.int64)
    place[officers] = np.arange(officers.size)
    kind_place = np.zeros(len(code.kinds), dtype=np.int64)
    kind_place[used] = np.arange(used.size)
    holder, kind = place[code.holder[cases]], kind_place[code.kind[cases]]
    kinds = used.tolist()
    if recused:
        kind, may, kinds = _set_apart(loads, officers, cases, kind, may, kinds, recused)
    work = code.work[cases]
    key = (holder.astype(np.int64) + 1) * len(kinds) + kind
    key = (key * ((1 << 24) - 1) + ((1 << 24) - 2 - work)) * (_FINEST + 1) + attachment[cases]
    order = np.argsort(key, kind="stable")
    return Share(
        None if at is None else code.offices[at],
        officers,
        cases[order],
        holder[order],
        kind[order],
        work[order],
        may,
        code.hours[officers],
        tuple(kinds),
    )


def _canonical(loads: Loads, code: Coded) -> NDArray[np.int64]:
    """Return officers ordered by what they are, and by number only where nothing else tells them apart."""
    led = np.where(code.holder >= 0, code.holder, code.hours.size)
    load = np.bincount(led, weights=code.work, minlength=code.hours.size + 1)
    count = np.bincount(led, minlength=code.hours.size + 1)

    def what(i: int) -> tuple[object, ...]:
        who = loads.officers[i]
        sites = ("",) if who.sites is None else tuple(sorted(who.sites))
        return who.hours, load[i], count[i], tuple(sorted(who.skills)), sites, who.officer_no

    return np.array(sorted(range(code.hours.size), key=what), dtype=np.int64)


def _set_apart(
    loads: Loads,
    officers: NDArray[np.int64],
    cases: NDArray[np.int64],
    kind: NDArray[np.int64],
    may: NDArray[np.bool_],
    kinds: list[int],
    recused: dict[int, list[str]],
) -> tuple[NDArray[np.int64], NDArray[np.bool_], list[int]]:
    """Return classes in which cases from which the same officers are recused are a class of their own."""
    place = {loads.officers[i].officer_no: at for at, i in enumerate(officers)}
    kind, columns, found = kind.copy(), [may], {}
    for at in np.flatnonzero(np.isin(cases, np.fromiter(recused, dtype=np.int64))):
        barred = tuple(sorted(place[who] for who in recused[int(cases[at])] if who in place))
        if not barred:
            continue
        if (key := (int(kind[at]), barred)) not in found:
            found[key] = len(kinds)
            kinds = [*kinds, kinds[key[0]]]
            column = may[:, key[0]].copy()
            column[list(barred)] = False
            columns.append(column[:, None])
        kind[at] = found[key]
    return kind, np.hstack(columns), kinds
