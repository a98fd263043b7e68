"""How many to hire, and when, so that an office has its staff by a date with a chosen probability."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.hiring_figures import NATION, ClassTaken, Costs, HiringAsked, HiringPlan, Month, Path
from closeout.workload.intake import ClassStart, Seats, effective, monthly_leaving, present_staff, seats
from closeout.workload.intake_bound import Choice
from closeout.workload.intake_search import cheapest
from closeout.workload.intervals import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from closeout.workload.intake import Staff
    from closeout.workload.intake_search import Found

    Floats = NDArray[np.float64]

OVERTIME_STEPS = 4
LOOKS = 4_000
"""Branches that are looked at for each amount of overtime."""
CHOSEN_LOOKS = 40_000
"""Branches that are looked at for the path chosen."""
_ALMOST = 1e-9


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every path of one question shares."""

    asked: HiringAsked
    staff: Staff
    leaving: Floats
    classes: tuple[Seats, ...]
    choices: list[Choice]
    room: Floats


def hiring_plan(asked: HiringAsked) -> HiringPlan:
    """Return the cheapest seats in academy classes that cover the need by a date at a probability.

    The staff goes by stock and flow, month by month: leavers by chance, classes that arrive after a lead time
    by chance, new officers who ramp up. All paths are judged on the same draws. The search over whole seats
    is exhaustive by branch and bound; where it ends early, the bound says how far from the cheapest the path
    may be. Overtime is tried in steps up to its most; it raises what the present staff brings, every month
    until the date.

    Where the target cannot be met, the path with the highest probability that was found is given, with the
    part unmet and the limits that bind.

    Args:
        asked: The question.

    """
    ground = _ground(asked)
    options = tuple(_option(ground, asked.need, overtime, LOOKS) for overtime in _overtimes(asked))
    chosen = _chosen(ground, options)
    lacking = _lacking(ground, asked.need, chosen.overtime) - _supply(ground, chosen)
    unmet = 0.0 if chosen.meets else max(0.0, float(_at_probability(lacking, asked.probability)))
    binding = () if chosen.meets else _binding(asked)
    without = float((_lacking(ground, asked.need, 0.0) <= _ALMOST).mean())
    return HiringPlan(
        asked.office_id,
        asked.as_of,
        asked.by,
        asked.probability,
        asked.ceiling,
        chosen,
        _months(ground, chosen),
        unmet,
        binding,
        options,
        _option(ground, asked.need_low, chosen.overtime, LOOKS),
        _option(ground, asked.need_high, chosen.overtime, LOOKS),
        without,
        len(asked.need),
        asked.seed,
        asked.costs.unit,
        _sentence(asked, chosen, unmet, binding),
    )


def _ground(asked: HiringAsked) -> _Ground:
    n, horizon, office, seed = len(asked.need), asked.horizon, asked.office_id, asked.seed
    leaving = monthly_leaving(asked.flow, n, office, seed)
    staff = present_staff(asked.heads, leaving, horizon, office, seed)
    starts = [start for start in asked.classes if start.month < horizon]
    classes = tuple(seats(start, asked.flow, leaving, horizon, office, seed) for start in starts)
    room = np.full(horizon + 1, np.inf)
    if asked.ceiling is not None:
        room = asked.ceiling - staff.heads.mean(axis=0)
    choices = [_choice(each, asked.costs) for each in classes]
    return _Ground(asked, staff, leaving, classes, choices, room)


def _choice(own: Seats, costs: Costs) -> Choice:
    count, draws = own.effective.shape
    supply = np.vstack([np.zeros((1, draws)), np.cumsum(own.effective, axis=0)])
    on_rolls = np.vstack([np.zeros((1, own.heads.shape[1])), np.cumsum(own.heads, axis=0)])
    some = np.arange(count + 1) > 0
    cost = np.arange(count + 1) * costs.seat + some * costs.class_start
    return Choice(supply, cost + on_rolls.sum(axis=1) * costs.officer_month, on_rolls)


def _overtimes(asked: HiringAsked) -> list[float]:
    if not asked.overtime_most:
        return [0.0]
    return [asked.overtime_most * step / OVERTIME_STEPS for step in range(OVERTIME_STEPS + 1)]


def _lacking(ground: _Ground, need: Floats, overtime: float) -> Floats:
    """Return the need that the present staff leaves uncovered at the date, by draw."""
    left = ground.staff.share()[:, -1] * ground.asked.effective_fte
    return need - left * (1 + overtime)


def _chosen(ground: _Ground, options: Sequence[Path]) -> Path:
    """Return the cheapest option that meets the target, looked into further, or else the closest."""
    meeting = [option for option in options if option.meets]
    if not meeting:
        return options[-1]
    best = min(meeting, key=lambda option: option.cost)
    return best if best.is_cheapest else _option(ground, ground.asked.need, best.overtime, CHOSEN_LOOKS)


def _option(ground: _Ground, need: Floats, overtime: float, looks: int) -> Path:
    """Return the cheapest path at one amount of overtime, or the one that comes closest."""
    asked = ground.asked
    lacking = _lacking(ground, need, overtime)
    found = cheapest(ground.choices, lacking, asked.probability, ground.room, looks)
    taken = found.seats if found.seats is not None else _closest(ground, lacking)
    worked = float(ground.staff.share().mean(axis=0)[1:].sum()) * asked.effective_fte * overtime
    return _path(ground, taken, overtime, worked * asked.costs.overtime_month, found, lacking)


def _path(
    ground: _Ground, taken: Sequence[int], overtime: float, extra: float, found: Found, lacking: Floats
) -> Path:
    pairs = list(zip(ground.classes, ground.choices, taken, strict=True))
    covered = lacking - sum((choice.supply[count] for _, choice, count in pairs), np.zeros_like(lacking))
    chance = float((covered <= _ALMOST).mean())
    cost = sum(float(choice.cost[count]) for _, choice, count in pairs)
    return Path(
        tuple(ClassTaken(own.start, count) for own, _, count in pairs if count),
        sum(taken),
        overtime,
        cost + extra,
        found.bound + extra if found.seats is not None else found.bound,
        found.is_proven and found.seats is not None,
        chance,
        found.seats is not None,
    )


def _closest(ground: _Ground, lacking: Floats) -> list[int]:
    """Return the most seats that the ceiling allows, each where it lowers what is lacking most on average."""
    taken = [0] * len(ground.choices)
    room, left = ground.room.copy(), lacking.copy()
    while True:
        gains = [
            _gain(choice, count, room, left) for choice, count in zip(ground.choices, taken, strict=True)
        ]
        if not gains or max(gains) <= 0:
            return taken
        best = int(np.argmax(gains))
        choice, count = ground.choices[best], taken[best]
        room -= choice.heads[count + 1] - choice.heads[count]
        left -= choice.supply[count + 1] - choice.supply[count]
        taken[best] += 1


def _gain(choice: Choice, count: int, room: Floats, left: Floats) -> float:
    if count >= choice.most or (choice.heads[count + 1] - choice.heads[count] > room + _ALMOST).any():
        return 0.0
    after = left - choice.supply[count + 1] + choice.supply[count]
    return float((np.maximum(left, 0) - np.maximum(after, 0)).mean())


def _supply(ground: _Ground, path: Path) -> Floats:
    taken = {each.month: each.seats for each in path.classes}
    made = np.zeros(len(ground.asked.need))
    for own, choice in zip(ground.classes, ground.choices, strict=True):
        made = made + choice.supply[taken.get(own.start, 0)]
    return made


def _at_probability(lacking: Floats, probability: float) -> float:
    return float(np.quantile(lacking, probability, method="inverted_cdf"))


def _months(ground: _Ground, path: Path) -> tuple[Month, ...]:
    """Return the chosen path month by month."""
    asked, share = ground.asked, ground.staff.share()
    taken = {each.month: each.seats for each in path.classes}
    made = []
    for month in range(asked.horizon + 1):
        heads = ground.staff.heads[:, month].copy()
        brought = share[:, month] * asked.effective_fte * (1 + path.overtime)
        for own in ground.classes:
            used = slice(0, taken.get(own.start, 0))
            arrived, leaves = own.arrived[used], own.leaves[used]
            heads += ((arrived <= month) & (month < leaves)).sum(axis=0)
            brought += effective(arrived, leaves, asked.flow.ramp, month).sum(axis=0)
        enough = float((asked.need - brought <= _ALMOST).mean())
        made.append(Month(month, taken.get(month, 0), interval(heads), interval(brought), enough))
    return tuple(made)


def _binding(asked: HiringAsked) -> tuple[str, ...]:
    """Return the limits of which each alone, lifted, would let the target be met."""
    lifted = {
        "ceiling": replace(asked, ceiling=None),
        "seats in the classes": replace(asked, classes=_with_seats(asked)),
        "class starts": replace(asked, classes=_every_month(asked)),
        "date": replace(asked, by=asked.by.replace(year=asked.by.year + 1, day=min(asked.by.day, 28))),
    }
    if asked.ceiling is None:
        del lifted["ceiling"]
    return tuple(limit for limit, freer in lifted.items() if _can(freer))


def _with_seats(asked: HiringAsked) -> tuple[ClassStart, ...]:
    wanted = int(np.ceil(2 * _at_probability(asked.need, asked.probability))) + 1
    return tuple(ClassStart(each.month, max(each.seats, wanted)) for each in asked.classes)


def _every_month(asked: HiringAsked) -> tuple[ClassStart, ...]:
    most = max((each.seats for each in asked.classes), default=0)
    given = {each.month: each for each in asked.classes}
    return tuple(given.get(month, ClassStart(month, most)) for month in range(asked.horizon))


def _can(asked: HiringAsked) -> bool:
    """Say whether the target can be met at all, with the most overtime."""
    ground = _ground(asked)
    lacking = _lacking(ground, asked.need, asked.overtime_most)
    for choice, count in zip(ground.choices, _closest(ground, lacking), strict=True):
        lacking = lacking - choice.supply[count]
    return float((lacking <= _ALMOST).mean()) >= asked.probability - _ALMOST


def _sentence(asked: HiringAsked, chosen: Path, unmet: float, binding: Sequence[str]) -> str:
    """Say the plan in one or two sentences."""
    whose = "The nation" if asked.office_id == NATION else f"Office {asked.office_id}"
    when = ", ".join(f"{each.seats} in month {each.month}" for each in chosen.classes) or "nobody"
    extra = f" and {chosen.overtime:.1%} overtime" if chosen.overtime else ""
    if chosen.meets:
        how = "No path costs less." if chosen.is_cheapest else f"No path costs {_under(chosen):.0%} less."
        return (
            f"{whose}: hire {when}{extra}; the need is covered on {asked.by} with "
            f"probability {chosen.probability:.0%} (asked for: {asked.probability:.0%}). {how}"
        )
    limits = f"What binds: {', '.join(binding)}." if binding else "No single limit lifted would be enough."
    return (
        f"{whose}: {asked.probability:.0%} cannot be reached by {asked.by}. Closest: hire "
        f"{when}{extra}, with probability {chosen.probability:.0%} and {unmet:.1f} full-time officers "
        f"lacking. {limits}"
    )


def _under(path: Path) -> float:
    """Return the share of the cost that a cheaper path could save at most."""
    return 1 - path.bound / path.cost if path.cost > 0 else 0.0
