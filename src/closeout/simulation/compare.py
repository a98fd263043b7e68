"""A scenario beside the base: replication by replication on the same chances, shown as differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.simulation.estimates import estimate, plain
from closeout.simulation.outcome import POST_FIELDS
from closeout.simulation.replications import REPLICATIONS, SEED, simulate, simulate_nation

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from closeout.simulation.estimates import Estimate
    from closeout.simulation.model import OfficeModel
    from closeout.simulation.outcome import Outcome
    from closeout.simulation.replications import Told
    from closeout.simulation.scenario import Scenario

_HOUR = 60.0
_COVER = POST_FIELDS.index("cover")


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes for one duty, or for all: changed less base, paired by replication."""

    duty: str
    """Empty for all duties together."""
    on_time: Estimate | None
    """Of the share on time, in shares."""
    fell_due: Estimate | None
    backlog: Estimate | None
    overdue: Estimate | None
    hours: Estimate | None
    """Worked on it."""
    displaced: Estimate | None
    """Tasks done by a colleague and not by the officer who leads the case."""
    displaced_hours: Estimate | None
    not_in_time: Estimate | None
    """Tasks late or not done that fell due."""

    def plain(self) -> dict[str, Any]:
        """Return the difference as plain values."""
        names = ("on_time", "fell_due", "backlog", "overdue", "hours", "displaced", "displaced_hours")
        return {"duty": self.duty} | {name: plain(getattr(self, name)) for name in (*names, "not_in_time")}


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What one officer does for colleagues in the scenario, beyond what is done in the base."""

    officer_no: str
    hours: Estimate | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A base and a scenario."""

    scenario: Scenario
    base: Outcome
    changed: Outcome
    all: Difference
    duties: tuple[Difference, ...]
    """In the order of the duties."""
    absorbed: tuple[Absorbed, ...]
    """In the order of staff numbers, those left out who are in only one of the two."""

    def plain(self) -> dict[str, Any]:
        """Return the comparison as plain values, unrounded; the keys do not change."""
        return {
            "scenario": self.scenario.plain(),
            "base": self.base.plain(),
            "changed": self.changed.plain(),
            "differences": {
                "all": self.all.plain(),
                "duties": [one.plain() for one in self.duties],
                "used": plain(estimate(self.changed.used() - self.base.used())),
                "overtime_hours": plain(estimate(self.changed.hours("extra") - self.base.hours("extra"))),
            },
            "absorbed": [{"officer_no": one.officer_no, "hours": plain(one.hours)} for one in self.absorbed],
        }


def compare(
    base: OfficeModel,
    scenario: Scenario,
    replications: int = REPLICATIONS,
    seed: int = SEED,
    *,
    found: Outcome | None = None,
    told: Told | None = None,
) -> Comparison:
    """Run an office as it is and as a scenario changes it, on the same chances.

    Args:
        base: The office as it is.
        scenario: What to change.
        replications: How many of each.
        seed: Of both.
        found: The base's outcome, where it is there already, of the same replications and seed.
        told: Is told of each replication done.

    Raises:
        ModelError: A change does not fit the office.

    """
    changed = scenario.apply(base)
    before = found or simulate(base, replications, seed, told=told)
    return beside(scenario, before, simulate(changed, before.replications, seed, told=told))


def compare_nation(
    offices: Sequence[OfficeModel],
    scenario: Scenario,
    found: Outcome,
    *,
    told: Told | None = None,
) -> Comparison:
    """Run every office as a scenario changes it, beside the nation's outcome that is there already.

    Args:
        offices: The offices as they are.
        scenario: What to change, in the offices it names or in all.
        found: What `simulate_nation` gave for them.
        told: Is told of each replication done.

    Raises:
        ModelError: A change does not fit an office.

    """
    changed = [scenario.apply(one) for one in offices]
    return beside(scenario, found, simulate_nation(changed, found.replications, found.seed, told=told))


def beside(scenario: Scenario, base: Outcome, changed: Outcome) -> Comparison:
    """Return the paired differences of two outcomes of the same replications and seed."""
    codes = [duty.code for duty in (*base.duties, *changed.duties)]
    return Comparison(
        scenario,
        base,
        changed,
        _difference(base, changed, None),
        tuple(_difference(base, changed, code) for code in dict.fromkeys(codes)),
        _absorbed(base, changed),
    )


def _difference(base: Outcome, changed: Outcome, duty: str | None) -> Difference:
    def less(name: str, per: float = 1.0) -> Estimate | None:
        return estimate((changed.of(name, duty) - base.of(name, duty)) / per)

    def missed(found: Outcome) -> NDArray[np.float64]:
        return found.of("fell_due", duty) - found.of("on_time", duty)

    return Difference(
        duty=duty or "",
        on_time=estimate(changed.shares(duty) - base.shares(duty)),
        fell_due=less("fell_due"),
        backlog=less("backlog"),
        overdue=less("overdue"),
        hours=less("minutes", _HOUR),
        displaced=less("covered"),
        displaced_hours=less("covered_minutes", _HOUR),
        not_in_time=estimate(missed(changed) - missed(base)),
    )


def _absorbed(base: Outcome, changed: Outcome) -> tuple[Absorbed, ...]:
    before = {number: place for place, number in enumerate(base.officers)}
    both = sorted((number, place) for place, number in enumerate(changed.officers) if number in before)
    return tuple(
        Absorbed(
            number,
            estimate((changed.posts[:, place, _COVER] - base.posts[:, before[number], _COVER]) / _HOUR),
        )
        for number, place in both
    )
