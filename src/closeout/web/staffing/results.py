"""Stored results read back as the values they were made of (`closeout.workload.figures`)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from closeout.workload.figures import Achievable, DeskHours, DutyHours, Need, OfficerHours, Week
from closeout.workload.intervals import Interval
from closeout.workload.weights import Grade, Kind, Unit, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from closeout.web.staffing.models.runs import StaffingOffice

T = TypeVar("T")


def _interval(said: Mapping[str, float] | None) -> Interval | None:
    return Interval(**said) if said else None


_READ: Mapping[str, Callable[[Any], Any]] = {
    "grade": Grade,
    "kind": Kind,
    "unit": Unit,
    "interval": _interval,
    "intervals": lambda said: {name: Interval(**one) for name, one in said.items()},
    "desk": lambda said: read(DeskHours, said) if said else None,
    "at_risk": lambda said: tuple(Achievable(**one) for one in said),
    "week": date.fromisoformat,
    "observed_from": lambda said: said and date.fromisoformat(said),
    "observed_to": lambda said: said and date.fromisoformat(said),
    "expires_on": lambda said: said and date.fromisoformat(said),
    "flags": tuple,
    "studies": tuple,
}


def read(kind: type[T], said: Mapping[str, Any]) -> T:
    """Return a value from what was stored of it; what a later version no longer knows is left out."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # only dataclasses are read
    return kind(
        **{name: _READ.get(name, lambda same: same)(value) for name, value in said.items() if name in known}
    )


@dataclass(frozen=True, slots=True)
class OfficeResult:
    """An office's part of a run."""

    need: Need
    parts: tuple[Need, ...]
    duties: tuple[DutyHours, ...]
    weeks: tuple[Week, ...]
    officers: tuple[OfficerHours, ...]
    weights: tuple[Weight, ...]


def office_result(row: StaffingOffice) -> OfficeResult:
    """Return an office's part of a run; officers in the order of their staff numbers."""
    said = row.result
    officers = (read(OfficerHours, one) for one in said["officers"])
    return OfficeResult(
        need=read(Need, said["need"]),
        parts=tuple(read(Need, one) for one in said["parts"]),
        duties=tuple(read(DutyHours, one) for one in said["duties"]),
        weeks=tuple(read(Week, one) for one in said["weeks"]),
        officers=tuple(sorted(officers, key=lambda one: one.officer_no)),
        weights=tuple(read(Weight, one) for one in said["weights"]),
    )
