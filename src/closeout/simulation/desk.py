"""A window desk as an office of its own: who comes is served in the order of coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.simulation.chance import keys
from closeout.simulation.estimates import Estimate, estimate, plain, within
from closeout.simulation.model import Comes, Duty, Law, ModelError, OfficeModel, Officer
from closeout.simulation.prepare import law_of, prepare
from closeout.simulation.window import serve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.simulation.outcome import Outcome

_DAY = 1_440.0
_YEAR = 365.0
_SOME_MONDAY = date(2026, 1, 5)
_WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that is kept going long enough for its figures to settle."""

    contacts_an_hour: float
    minutes: float
    """Mean minutes a contact."""
    officers: int
    """At the window."""
    within_minutes: float = 20.0
    """Served within this counts as answered."""
    law: Law = Law.EXPONENTIAL
    cv: float = 1.0

    def __post_init__(self) -> None:
        if self.contacts_an_hour <= 0 or self.minutes <= 0 or self.within_minutes < 0:
            msg = "a desk needs contacts and minutes above 0, and a wait of at least 0 minutes"
            raise ModelError(msg)
        if self.officers < 1:
            msg = "nobody is at the window; name at least one officer in the rota"
            raise ModelError(msg)


@dataclass(frozen=True, slots=True)
class DeskOutcome:
    """How a desk does."""

    answered: Estimate | None
    """Share served within the time asked for."""
    waiting_probability: Estimate | None
    mean_wait: Estimate | None
    """Minutes, of everybody who came."""
    utilization: Estimate | None

    def plain(self) -> dict[str, Any]:
        """Return the outcome as plain values."""
        return {
            "answered": plain(self.answered),
            "waiting_probability": plain(self.waiting_probability),
            "mean_wait": plain(self.mean_wait),
            "utilization": plain(self.utilization),
        }


def desk_model(desk: Desk, days: int = 10, warm_up_days: int = 1) -> OfficeModel:
    """Return the desk as an office that is open day and night for some days.

    A day stands for 24 hours of the desk's busy time, without an evening in which the queue could empty: the
    long run that Erlang C speaks of.
    """
    duty = Duty(
        _WINDOW,
        desk.minutes,
        Comes.ARISES,
        law=desk.law,
        cv=desk.cv,
        a_year=desk.contacts_an_hour * 24 * _YEAR,
        is_office=True,
        answer_minutes=desk.within_minutes,
    )
    return OfficeModel(
        "desk",
        tuple(Officer(f"window {place + 1}", _DAY) for place in range(desk.officers)),
        (duty,),
        _SOME_MONDAY,
        days=days,
        warm_up_days=warm_up_days,
        open_minutes=_DAY,
        is_always_open=True,
    )


def simulate_desk(
    desk: Desk, replications: int = 30, seed: int = 1, days: int = 10, warm_up_days: int = 1
) -> DeskOutcome:
    """Run a desk in independent replications, by its own recursion.

    The same as `desk_outcome(simulate(desk_model(desk), ...))`, but for the utilization: minutes served are
    counted with who is served, not with the day.
    """
    model = desk_model(desk, days, warm_up_days)
    (stream,) = prepare(model).streams
    found = np.zeros((replications, 5))
    span = np.array([warm_up_days, warm_up_days + days, desk.within_minutes / _DAY]) * _DAY
    for place in range(replications):
        serve(
            keys(seed, place, model.office_id),
            stream["uid"],
            desk.contacts_an_hour / 60,
            *law_of(model.duties[0]),
            np.zeros(desk.officers),
            span,
            found[place],
        )
    begun, wait, waited, answered, minutes = found.T
    return DeskOutcome(
        within(estimate(_of(answered, begun)), 0.0, 1.0),
        within(estimate(_of(waited, begun)), 0.0, 1.0),
        estimate(_of(wait, begun)),
        estimate(minutes / (days * _DAY * desk.officers)),
    )


def desk_outcome(found: Outcome) -> DeskOutcome:
    """Return how the desk of an outcome did."""
    begun = found.of("begun")
    of_begun = {name: _of(found.of(name), begun) for name in ("answered", "waited", "wait")}
    return DeskOutcome(
        within(estimate(of_begun["answered"]), 0.0, 1.0),
        within(estimate(of_begun["waited"]), 0.0, 1.0),
        estimate(of_begun["wait"]),
        estimate(found.used()),
    )


def _of(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    made: NDArray[np.float64] = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return made
