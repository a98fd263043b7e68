"""Changes of a scenario as they are stored: read back, and said in words."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, Any, get_type_hints

from closeout.simulation.changes import (
    KINDS,
    Change,
    Detail,
    Hiring,
    Interval,
    OvertimeHours,
    Some,
    Vacancies,
    WindowRota,
)
from closeout.web.casework.codes import plain
from closeout.web.casework.wording import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_BY_NAME = {kind.name: kind for kind in KINDS}
_PERCENT = 100


class UnknownChangeError(ValueError):
    """A stored change is none that this version of Closeout knows."""


def change_of(said: Mapping[str, Any]) -> Change:
    """Return a change from what `Change.plain()` gave.

    Args:
        said: One entry: the change's name, and its values by name.

    Raises:
        UnknownChangeError: There is no such change, or it lacks a value.

    """
    ((name, values),) = said.items()
    kind = _BY_NAME.get(name)
    if kind is None:
        msg = f"there is no change {name}"
        raise UnknownChangeError(msg)
    hints = get_type_hints(kind)
    given: dict[str, Any] = {}
    for one in fields(kind):
        key = one.name.removesuffix("_on")
        if key in values:
            given[one.name] = _value(hints[one.name], values[key])
        elif one.default is MISSING:
            msg = f"the change {name} lacks {key}"
            raise UnknownChangeError(msg)
    return kind(**given)


def changes_of(said: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Return the changes of a stored scenario, in their order."""
    return tuple(change_of(one) for one in said)


def _value(hint: object, said: object) -> object:
    if hint is date:
        return date.fromisoformat(str(said))
    if hint is Some:
        return _some(said)
    return tuple(said) if isinstance(said, list) else said


def _some(said: object) -> Some:
    if isinstance(said, list):
        return Some(numbers=tuple(said))
    if isinstance(said, str):
        return Some(share=float(said.removesuffix("%")) / _PERCENT)
    return Some(count=int(str(said)))


def in_words(change: Change) -> str:
    """Return a change as a line of a list: "6 officers on detail for 45 days from 2027-03-01"."""
    say = _WORDS.get(type(change))
    if say is None:
        ((name, values),) = change.plain().items()
        return f"{plain(name)}: {', '.join(f'{plain(key)} {value}' for key, value in values.items())}"
    return say(change)


def _officers(some: Some) -> str:
    if some.numbers:
        return f"Officers {', '.join(some.numbers)}"
    if some.count:
        return f"{some.count} officer{'' if some.count == 1 else 's'}"
    return f"{some.share * _PERCENT:g} % of the officers"


def _detail(change: Detail) -> str:
    return f"{_officers(change.officers)} on detail for {change.days} days from {change.from_on}"


def _vacancies(change: Vacancies) -> str:
    return f"{_officers(change.officers)} gone and not replaced from {change.from_on}"


def _window(change: WindowRota) -> str:
    hours = f"{change.hours_a_day:g} hours a working day"
    return f"{_officers(change.officers)} at the window for {hours}, {change.from_on} to {change.to_on}"


def _interval(change: Interval) -> str:
    title = next((one.title for one in clauses().values() if one.duty == change.duty), change.duty)
    where = f" on the docket {plain(change.docket)}" if change.docket else " on every docket"
    return f"{title}: every {change.days:g} days{where}"


def _overtime(change: OvertimeHours) -> str:
    return f"Overtime of {change.hours_a_week:g} hours a week for each officer, for what is due or overdue"


def _hiring(change: Hiring) -> str:
    posts = f"{change.officers} new officer{'' if change.officers == 1 else 's'}"
    ramp = f", learning over {len(change.ramp)} months" if change.ramp else ""
    return f"{posts} after {change.lead_days:g} days{ramp}"


_WORDS: Mapping[type[Change], Callable[[Any], str]] = {
    Detail: _detail,
    Vacancies: _vacancies,
    WindowRota: _window,
    Interval: _interval,
    OvertimeHours: _overtime,
    Hiring: _hiring,
}
