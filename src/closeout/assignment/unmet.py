"""What a plan could not do, with the proof that none can: never only "infeasible"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from closeout.assignment.coding import AN_HOUR
from closeout.assignment.shapes import Unmet
from closeout.assignment.telling import count, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from closeout.assignment.coding import Coded
    from closeout.assignment.grouping import Share
    from closeout.assignment.profile import Level
    from closeout.assignment.rules import Rules
    from closeout.assignment.shapes import Loads
    from closeout.assignment.solving import Solved

_NAMED = 5


def unmet_parts(
    loads: Loads, code: Coded, plans: Sequence[Solved], rules: Rules, busiest: float
) -> tuple[Unmet, ...]:
    """Return what could not be done, in the order of offices."""
    found: list[Unmet] = []
    for plan in plans:
        found += _without_officer(loads, code, plan)
        found += _out_of_band(loads, plan)
        if rules.limit is not None:
            found += _over_limit(loads, code, plan, Fraction(rules.limit))
    moves = sum(plan.moves for plan in plans)
    if rules.max_moves is not None and moves > rules.max_moves:
        must = f"{count(moves, 'case', 'cases')} must move because nobody with hours leads them"
        found.append(
            Unmet(
                "max_moves",
                "",
                moves - rules.max_moves,
                0.0,
                (),
                (),
                f"{must}; the limit is {rules.max_moves:,}. The busiest is at {percent(busiest)}.",
            )
        )
    return tuple(found)


def _without_officer(loads: Loads, code: Coded, plan: Solved) -> Iterator[Unmet]:
    """Yield the cases that nobody may have, by what they need."""
    share = plan.ready.share
    has_officers = bool((share.hours > 0).any())
    stuck = plan.ready.stuck
    if stuck.size and not has_officers:
        yield _without_hours(loads, share, stuck)
        return
    for kind in np.unique(share.kind[stuck]).tolist():
        mine = stuck[share.kind[stuck] == kind]
        needs = code.kinds[share.kinds[kind]]
        words = sorted(needs.skills) + ([f"site {needs.site_id}"] if needs.site_id else [])
        office = needs.office_id or share.office_id or ""
        stay = share.has_hours(mine)
        hours = float(share.work[mine].sum()) / AN_HOUR
        where = f" of office {office}" if office else ""
        what = f"{count(int(mine.size), 'case', 'cases')}{where} ({hours:.1f} h a month)"
        why = f"No officer with hours may have {what}"
        why += f": needed is {', '.join(words)}" if words else ""
        left = f". Left with an officer who has hours: {int(stay.sum()):,}; without: {int((~stay).sum()):,}."
        yield Unmet(
            "no_skill",
            office,
            int(mine.size),
            hours,
            (),
            tuple(words),
            why + left,
            _first(loads, share.cases[mine]),
        )


def _without_hours(loads: Loads, share: Share, stuck: NDArray[np.int64]) -> Unmet:
    """Return the cases of a group in which no officer has hours, whatever they need."""
    hours = float(share.work[stuck].sum()) / AN_HOUR
    where = f" of office {share.office_id}" if share.office_id else ""
    what = f"{count(int(stuck.size), 'case', 'cases')}{where} ({hours:.1f} h a month)"
    do = "add or detail officers, or allow transfers" if share.office_id else "add officers"
    stay = "it stays as it is" if stuck.size == 1 else "they stay as they are"
    sentence = f"Nobody with case hours is there for {what}. {do.capitalize()}; until then {stay}."
    first = _first(loads, share.cases[stuck])
    return Unmet("no_officer", share.office_id or "", int(stuck.size), hours, (), (), sentence, first)


def _first(loads: Loads, cases: NDArray[np.int64]) -> tuple[str, ...]:
    """Return the first case numbers of some."""
    return tuple(sorted(loads.cases["case_no"].take(pa.array(cases)).to_pylist())[:_NAMED])


def _out_of_band(loads: Loads, plan: Solved) -> Iterator[Unmet]:
    """Yield the officers above the fair load and band: by the size of cases, or as far as was searched."""
    share = plan.ready.share
    over = np.maximum(plan.load - plan.cap, 0)
    out = np.flatnonzero(over)
    if not out.size:
        return
    who = tuple(sorted(loads.officers[share.officers[i]].officer_no for i in out))
    hours = float(over[out].sum()) / AN_HOUR
    officers = count(len(who), "officer ends", "officers end")
    if plan.is_best_band:
        kind, proof = "grain", "single cases are too large to divide more evenly; this is proven"
    else:
        kind, proof = "search", "no more even plan was found; none is ruled out"
    where = f"Office {share.office_id}: " if share.office_id else ""
    sentence = f"{where}{officers} {hours:.2f} h a month above the fair load and its band together: {proof}."
    yield Unmet(kind, share.office_id or "", 0, hours, who, (), sentence)


def _over_limit(loads: Loads, code: Coded, plan: Solved, limit: Fraction) -> Iterator[Unmet]:
    """Yield the sets of officers whose work does not fit under a limit, however it is shared."""
    share = plan.ready.share
    for level in plan.ready.levels:
        if level.utilization <= limit:
            break
        hours = sum(int(share.hours[i]) for i in level.officers)
        excess = float((level.utilization - limit) * hours) / AN_HOUR
        who = tuple(sorted(loads.officers[share.officers[i]].officer_no for i in level.officers))
        needs = _needs(code, plan, level)
        only = f"that need {' or '.join(needs)} " if needs else ""
        work = float(level.utilization * hours) / AN_HOUR
        whom = who[0] if len(who) == 1 else f"{len(who)} officers"
        nobody = f"Office {share.office_id}: nobody" if share.office_id else "Nobody"
        sentence = (
            f"{nobody} above {percent(float(limit))} cannot be met: cases {only}take {work:,.1f} h a month "
            f"and can only be with {whom}, who have {hours / AN_HOUR:,.1f} h; {excess:,.1f} h are over, "
            f"and {percent(float(level.utilization))} is the lowest that the busiest of them can be at."
        )
        yield Unmet("limit", share.office_id or "", 0, excess, who, needs, sentence)


def _needs(code: Coded, plan: Solved, level: Level) -> tuple[str, ...]:
    """Return what the cases of a level need, where all of them need something."""
    words = set()
    for kind in level.classes:
        if kind >= len(plan.ready.share.kinds):
            continue
        needs = code.kinds[plan.ready.share.kinds[kind]]
        said = sorted(needs.skills) + ([f"site {needs.site_id}"] if needs.site_id else [])
        if not said:
            return ()
        words.add(" with ".join(said))
    return tuple(sorted(words))
