"""From plans in whole numbers to a proposal that people read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from closeout.assignment.coding import A_MINUTE, AN_HOUR
from closeout.assignment.shapes import Move, Proposal, Standing
from closeout.assignment.telling import told_move, told_proposal
from closeout.assignment.unmet import unmet_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from closeout.assignment.coding import Coded
    from closeout.assignment.rules import Rules
    from closeout.assignment.shapes import Loads
    from closeout.assignment.solving import Solved


@dataclass(frozen=True, slots=True)
class _Whole:
    """All groups' plans, by officer and case of the loads."""

    to: NDArray[np.int64]
    """By case: index of the officer afterwards; -1 for nobody."""
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    """By officer: work, in hundredths of a minute."""
    fair: list[Fraction]
    tier: NDArray[np.int64]
    in_band: NDArray[np.bool_]


def proposed(
    loads: Loads, code: Coded, plans: Sequence[Solved], rules: Rules, least: Fraction | None
) -> Proposal:
    """Return the proposal that plans amount to; its certificate is still empty."""
    whole = _whole(code, plans)
    standings = _standings(loads, code, whole)
    changed = np.flatnonzero((whole.to != code.holder) & (whole.to >= 0))
    moves = _moves(loads, code, whole, changed)
    bound = sum(plan.bound for plan in plans)
    fairest = max((max(plan.ready.fair, default=Fraction(0)) for plan in plans), default=Fraction(0))
    lowest = float(max(fairest, least) if least else fairest)
    orphaned = any(one.before is None and one.cases_before for one in standings)
    highest = max((one.before for one in standings if one.before is not None), default=0.0)
    after = max((one.after for one in standings if one.after is not None), default=0.0)
    unmet = unmet_parts(loads, code, plans, rules, after)
    above = max(
        (one.after / one.fair - 1 for one in standings if one.after is not None and one.fair > 0), default=0.0
    )
    return Proposal(
        moves=moves,
        standings=standings,
        cases=int(code.work.size),
        moves_bound=bound,
        busiest_before=None if orphaned else highest,
        busiest_after=after,
        busiest_bound=lowest,
        above_fair=max(0.0, above),
        is_optimal=all(plan.is_optimal for plan in plans),
        unmet=unmet,
        sentence=told_proposal(
            len(moves),
            int(code.work.size),
            None if orphaned else highest,
            after,
            bound,
            lowest,
            least is not None,
            has_hours=any(one.hours > 0 for one in standings),
        ),
    )


def _whole(code: Coded, plans: Sequence[Solved]) -> _Whole:
    n = code.hours.size
    to = code.holder.copy()
    fair, tier, in_band = [Fraction(0)] * n, np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.bool_)
    for plan in plans:
        share = plan.ready.share
        place = np.append(share.officers, -1)
        given = place[plan.to]
        to[share.cases] = np.where(given >= 0, given, code.holder[share.cases])
        for at, i in enumerate(share.officers):
            fair[i] = plan.ready.fair[at]
        for at, level in enumerate(plan.ready.levels):
            tier[share.officers[list(level.officers)]] = at
        in_band[share.officers] = plan.load <= plan.cap
    return _Whole(to, _loads_of(code, code.holder), _loads_of(code, to), fair, tier, in_band)


def _loads_of(code: Coded, holder: NDArray[np.int64]) -> NDArray[np.int64]:
    led = holder >= 0
    found = np.bincount(holder[led], weights=code.work[led], minlength=code.hours.size)
    return found.astype(np.int64)


def _standings(loads: Loads, code: Coded, whole: _Whole) -> tuple[Standing, ...]:
    n = code.hours.size
    counts = [np.bincount(held[held >= 0], minlength=n) for held in (code.holder, whole.to)]
    rows = []
    for i in sorted(range(n), key=lambda at: loads.officers[at].officer_no):
        who, hours = loads.officers[i], int(code.hours[i])
        rows.append(
            Standing(
                officer_no=who.officer_no,
                office_id=who.office_id,
                hours=who.hours,
                cases_before=int(counts[0][i]),
                cases_after=int(counts[1][i]),
                load_before=int(whole.before[i]) / AN_HOUR,
                load_after=int(whole.after[i]) / AN_HOUR,
                fair=float(whole.fair[i]),
                before=int(whole.before[i]) / hours if hours else None,
                after=int(whole.after[i]) / hours if hours else None,
                is_in_band=bool(whole.in_band[i]),
            )
        )
    return tuple(rows)


def _moves(loads: Loads, code: Coded, whole: _Whole, changed: NDArray[np.int64]) -> tuple[Move, ...]:
    """Return the moves in the order of case numbers."""
    numbers = loads.cases["case_no"].take(pa.array(changed)).to_pylist()
    names = [who.officer_no for who in loads.officers]
    shown = [_shown(whole.before, code.hours), _shown(whole.after, code.hours)]
    reasons = _reasons(loads, code, whole, changed)
    froms, tos = code.holder[changed].tolist(), whole.to[changed].tolist()
    minutes = (code.work[changed] / A_MINUTE).tolist()
    moves = [
        Move(
            number,
            None if a < 0 else names[a],
            names[b],
            work,
            reason,
            told_move(
                number,
                work,
                None if a < 0 else (names[a], shown[0][a], shown[1][a]),
                (names[b], shown[0][b], shown[1][b]),
                reason,
            ),
        )
        for number, a, b, work, reason in zip(numbers, froms, tos, minutes, reasons, strict=True)
    ]
    return tuple(sorted(moves, key=lambda move: move.case_no))


def _shown(load: NDArray[np.int64], hours: NDArray[np.int64]) -> list[str]:
    return [
        f"{work / h:.0%}".replace("%", " %") if h else "no case hours"
        for work, h in zip(load.tolist(), hours.tolist(), strict=True)
    ]


def _reasons(loads: Loads, code: Coded, whole: _Whole, changed: NDArray[np.int64]) -> list[str]:
    """Return why each case moves: what its holder lacks, else whether room is made for scarcer work."""
    a, b = code.holder[changed], whole.to[changed]
    may = _may(loads, code, a, code.kind[changed])
    if loads.recusals:
        numbers = loads.cases["case_no"].take(pa.array(changed)).to_pylist()
        names = [*(who.officer_no for who in loads.officers), ""]
        free = [(names[i], number) not in loads.recusals for i, number in zip(a, numbers, strict=True)]
        may &= np.array(free, dtype=np.bool_)
    makes_room = (whole.tier[a] < whole.tier[b]) & (code.officer_office[a] == code.officer_office[b])
    found = np.select(
        [a < 0, code.hours[a] == 0, ~may, makes_room],
        ["nobody_leads", "not_available", "not_eligible", "makes_room"],
        "over_load",
    )
    return [str(reason) for reason in found.tolist()]


def _may(
    loads: Loads, code: Coded, officers: NDArray[np.int64], kinds: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Say of officers and classes, pair by pair, whether the one may have cases of the other."""
    pair = officers * len(code.kinds) + kinds
    pairs, back = np.unique(pair, return_inverse=True)
    found = [
        one >= 0 and code.kinds[one % len(code.kinds)].may(loads.officers[one // len(code.kinds)])
        for one in pairs.tolist()
    ]
    return np.array(found, dtype=np.bool_)[back]
