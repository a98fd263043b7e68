"""Loads as whole numbers: what the solver works on.

Work is counted in hundredths of a minute, so that sums are exact. A class is a set of cases that the same
officers may have: same credential, same site, same certified language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from closeout.assignment.eligibility import works_at
from closeout.assignment.rules import Language

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.assignment.rules import Rules
    from closeout.assignment.shapes import Loads, Officer

A_MINUTE = 100
AN_HOUR = 60 * A_MINUTE
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Kind:
    """What an officer needs for the cases of one class."""

    office_id: str | None
    """None: any office's officer may have them."""
    skills: frozenset[str]
    site_id: str | None

    def may(self, officer: Officer) -> bool:
        """Say whether an officer may have such cases."""
        return (
            officer.is_active
            and officer.hours > 0
            and self.office_id in {None, officer.office_id}
            and self.skills <= officer.skills
            and works_at(officer, self.site_id)
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """Loads in whole numbers. Arrays by case are in the order of the cases given."""

    holder: NDArray[np.int64]
    """Index of the officer; -1 while nobody leads the case."""
    office: NDArray[np.int64]
    """Index of the case's office."""
    kind: NDArray[np.int64]
    """Index of the class."""
    work: NDArray[np.int64]
    """Hundredths of a minute a month."""
    kinds: tuple[Kind, ...]
    offices: tuple[str, ...]
    officer_office: NDArray[np.int64]
    hours: NDArray[np.int64]
    """Hundredths of a minute a month, by officer; 0 for those not active."""


def coded(loads: Loads, rules: Rules) -> Coded:
    """Return loads as whole numbers. They have been checked: see `faults`."""
    cases = loads.cases
    offices = tuple(
        sorted({*(who.office_id for who in loads.officers), *cases["office_id"].unique().to_pylist()})
    )
    officers = [who.officer_no for who in loads.officers]
    holder = _indexed(cases["officer_no"], officers)
    office = _indexed(cases["office_id"], list(offices))
    kind, kinds = _kinds(loads, rules, holder, office, offices)
    minutes = cases["minutes_a_month"].to_numpy()
    return Coded(
        holder=holder,
        office=office,
        kind=kind,
        work=np.rint(minutes * A_MINUTE).astype(np.int64),
        kinds=kinds,
        offices=offices,
        officer_office=np.array([offices.index(who.office_id) for who in loads.officers], dtype=np.int64),
        hours=np.array(
            [round(who.hours * AN_HOUR) if who.is_active else 0 for who in loads.officers], dtype=np.int64
        ),
    )


def _indexed(column: pa.ChunkedArray, values: list[str]) -> NDArray[np.int64]:
    """Return where each value stands in a list; -1 for null and unknown."""
    found = pc.index_in(column, value_set=pa.array(values, pa.string()))
    return np.asarray(pc.fill_null(found, NOBODY).to_numpy(), dtype=np.int64)


def _kinds(
    loads: Loads, rules: Rules, holder: NDArray[np.int64], office: NDArray[np.int64], offices: tuple[str, ...]
) -> tuple[NDArray[np.int64], tuple[Kind, ...]]:
    sites = [site for site in loads.cases["site_id"].unique().to_pylist() if site is not None]
    site = _indexed(loads.cases["site_id"], sites) + 1
    tongues = _languages(loads, rules)
    tongue = _indexed(loads.cases["language"], tongues) + 1
    if rules.language is Language.PREFERRED and tongues:
        speaks = np.zeros((len(loads.officers) + 1, len(tongues) + 1), dtype=bool)
        for i, who in enumerate(loads.officers):
            speaks[i, 1:] = [f"lang-{language}" in who.skills for language in tongues]
        tongue *= speaks[holder, tongue]
    child = np.asarray(loads.cases["is_child"].to_numpy(), dtype=np.int64)
    where = np.zeros_like(office) if rules.allow_transfer else office
    key = ((where.astype(np.int64) * (len(sites) + 1) + site) * (len(tongues) + 1) + tongue) * 2 + child
    used = np.flatnonzero(np.bincount(key)) if key.size else np.zeros(0, dtype=np.int64)
    place = np.zeros(int(key.max()) + 1 if key.size else 0, dtype=np.int64)
    place[used] = np.arange(used.size)
    kinds = []
    for code in used.tolist():
        rest, is_child = divmod(code, 2)
        rest, spoken = divmod(rest, len(tongues) + 1)
        at, which = divmod(rest, len(sites) + 1)
        skills = ({rules.child_skill} if is_child else set()) | (
            {f"lang-{tongues[spoken - 1]}"} if spoken else set()
        )
        kinds.append(
            Kind(
                None if rules.allow_transfer else offices[at],
                frozenset(skills),
                sites[which - 1] if which else None,
            )
        )
    return place[key], tuple(kinds)


def _languages(loads: Loads, rules: Rules) -> list[str]:
    """Return the languages that decide who may have a case."""
    if rules.language is Language.IGNORED:
        return []
    found = loads.cases["language"].unique().to_pylist()
    return sorted(one for one in found if one and one not in rules.spoken_by_all)
