"""Made-up national caseloads to rebalance: uneven ones, and ones where a credential is scarce."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from closeout.assignment.shapes import CASES, Loads, Officer

OFFICES = 25
TIERS = 96
"""Distinct kinds of case by docket, stage and technology, each with its minutes."""
_ON_LEAVE, _ANYWHERE, _WITH_CREDENTIALED = 0.02, 0.3, 0.9
_SITES = 4
_CHILDREN, _CHILDREN_SCARCE = 0.02, 0.12
_CREDENTIALED, _CREDENTIALED_SCARCE = 0.05, 0.08


def national(
    cases: int,
    officers: int,
    *,
    offices: int = OFFICES,
    seed: int = 7,
    scarce: bool = False,
    fine: bool = False,
) -> Loads:
    """Return a nation's loads.

    Offices differ tenfold in size, officers in hours (20 to 150 a month, one in fifty none) and in how full
    they are. A twentieth of the officers have the juvenile credential; cases of children are one in fifty,
    or, where it is `scarce`, 12 % in four offices of five, whose few credentialed officers are then fuller
    than their colleagues in the fairest plan too. Cases report at one of up to four sites an office.

    Args:
        cases: How many.
        officers: How many.
        offices: How many.
        seed: Makes another nation.
        scarce: Whether the credential is scarce.
        fine: Whether each case has its own minutes, rather than those of one of 96 kinds.

    """
    rng = np.random.default_rng(seed)
    size = rng.lognormal(0, 0.7, offices)
    office_of = np.sort(rng.choice(offices, officers, p=size / size.sum()))
    office_of[:offices] = np.arange(offices)
    office_of.sort()
    hours = np.round(np.clip(rng.normal(110, 28, officers), 20, 150), 1)
    hours[rng.random(officers) < _ON_LEAVE] = 0.0
    is_scarce = scarce & (np.arange(offices) % 5 < 4)  # noqa: PLR2004 - four offices of five
    share = np.where(is_scarce, _CHILDREN_SCARCE, _CHILDREN)
    is_credentialed = (
        rng.random(officers) < np.where(is_scarce, _CREDENTIALED_SCARCE, _CREDENTIALED)[office_of]
    )
    site_count = 1 + np.arange(offices) % _SITES
    home = rng.integers(0, _SITES, officers) % site_count[office_of]
    works_anywhere = (rng.random(officers) < _ANYWHERE) | is_credentialed
    people = tuple(
        Officer(
            f"S-{i:05}",
            f"F{office_of[i]:02}",
            float(hours[i]),
            frozenset({"juvenile"} if is_credentialed[i] else ()),
            None if works_anywhere[i] else frozenset({f"F{office_of[i]:02}-{home[i]}"}),
        )
        for i in range(officers)
    )
    pull = (hours + 5) * rng.lognormal(0, 0.3, officers)
    holder = np.sort(rng.choice(officers, cases, p=pull / pull.sum()))
    office = office_of[holder]
    child = rng.random(cases) < share[office]
    # Most cases of children are with a credentialed officer already; the rest came by reassignment.
    for one in range(offices):
        who = np.flatnonzero(is_credentialed & (office_of == one))
        if who.size:
            at = np.flatnonzero(child & (office == one) & (rng.random(cases) < _WITH_CREDENTIALED))
            holder[at] = rng.choice(who, at.size)
        else:
            child[office == one] = False
    site = np.where(works_anywhere[holder], rng.integers(0, _SITES, cases) % site_count[office], home[holder])
    tiers = np.round(np.exp(rng.normal(np.log(12), 1, TIERS)).clip(3, 360), 1)
    minutes = (
        np.round(np.exp(rng.normal(np.log(12), 1, cases)).clip(3, 360), 2)
        if fine
        else rng.choice(tiers, cases)
    )
    names = pa.array([who.officer_no for who in people])
    return Loads(
        people,
        pa.table(
            {
                "case_no": pa.array([f"C-{n:08}" for n in range(cases)]),
                "office_id": pa.DictionaryArray.from_arrays(
                    pa.array(office), pa.array([f"F{n:02}" for n in range(offices)])
                ).cast(pa.string()),
                "officer_no": pa.DictionaryArray.from_arrays(pa.array(holder), names).cast(pa.string()),
                "minutes_a_month": minutes,
                "language": pa.nulls(cases, pa.string()),
                "is_child": child,
                "site_id": pa.DictionaryArray.from_arrays(
                    pa.array(office * _SITES + site),
                    pa.array([f"F{n // _SITES:02}-{n % _SITES}" for n in range(_SITES * offices)]),
                ).cast(pa.string()),
                "attachment": rng.integers(0, 5, cases).astype(float),
            },
            schema=CASES,
        ),
    )
