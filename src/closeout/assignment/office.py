"""A new case, and the office it comes to: one line an officer, so that no case is read again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from closeout.assignment.shapes import Officer

MINUTES_AN_HOUR = 60


class Clock(StrEnum):
    """What a new case is waiting under; those with a nearer clock come first."""

    STATUTORY = "statutory"
    PRIORITY = "priority"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that needs an officer."""

    case_no: str
    office_id: str
    minutes_a_month: float
    received_on: date
    language: str | None = None
    is_child: bool = False
    is_severe: bool = False
    site_id: str | None = None
    clock: Clock = Clock.ORDINARY
    due_on: date | None = None
    """When the clock runs out; None without one."""
    former_officer: str | None = None
    """Who had the case before."""
    left_former_on: date | None = None
    recused: tuple[str, ...] = ()
    """Officers with a conflict."""

    def __post_init__(self) -> None:
        """Refuse a case of negative work.

        Raises:
            ValueError: The minutes are negative or no number.

        """
        if not self.minutes_a_month >= 0:
            msg = f"case {self.case_no}: minutes_a_month is {self.minutes_a_month}; give 0 or more"
            raise ValueError(msg)

    @property
    def hours(self) -> float:
        """Return the officer hours it takes in a month."""
        return self.minutes_a_month / MINUTES_AN_HOUR

    def plain(self) -> dict[str, Any]:
        """Return the case as JSON takes it."""
        days = {name: _iso(getattr(self, name)) for name in ("received_on", "due_on", "left_former_on")}
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | days | {"clock": self.clock.value, "recused": sorted(self.recused)}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> NewCase:
        """Return the case that `plain` wrote."""
        days = {name: _day(plain[name]) for name in ("received_on", "due_on", "left_former_on")}
        return cls(**plain | days | {"clock": Clock(plain["clock"]), "recused": tuple(plain["recused"])})


@dataclass(frozen=True, slots=True)
class Place:
    """An officer and what the officer has on hand."""

    officer: Officer
    load_hours: float
    """Hours a month that the officer's cases take."""
    severe_hours: float = 0.0
    """Of these, in severe cases."""
    received_minutes: float = 0.0
    """Minutes a month of the cases received in the levelling period."""

    def plain(self) -> dict[str, Any]:
        """Return the place as JSON takes it."""
        who = self.officer
        return {
            "officer_no": who.officer_no,
            "office_id": who.office_id,
            "hours": who.hours,
            "skills": sorted(who.skills),
            "sites": None if who.sites is None else sorted(who.sites),
            "is_new": who.is_new,
            "is_active": who.is_active,
            "load_hours": self.load_hours,
            "severe_hours": self.severe_hours,
            "received_minutes": self.received_minutes,
        }

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Place:
        """Return the place that `plain` wrote."""
        said = dict(plain)
        figures = {name: said.pop(name) for name in ("load_hours", "severe_hours", "received_minutes")}
        said["skills"] = frozenset(said["skills"])
        said["sites"] = None if said["sites"] is None else frozenset(said["sites"])
        return cls(Officer(**said), **figures)


@dataclass(frozen=True, slots=True)
class Office:
    """An office on a day, by officer number."""

    office_id: str
    day: date
    places: tuple[Place, ...]

    def __post_init__(self) -> None:
        """Put the officers in order, so that how they are given changes nothing.

        Raises:
            ValueError: An officer is given twice.

        """
        places = tuple(sorted(self.places, key=lambda place: place.officer.officer_no))
        object.__setattr__(self, "places", places)
        numbers = [place.officer.officer_no for place in places]
        if twice := sorted({a for a, b in pairwise(numbers) if a == b}):
            msg = f"office {self.office_id}: given twice: {', '.join(twice)}; each officer has one place"
            raise ValueError(msg)

    def with_case(self, case: NewCase, officer_no: str) -> Office:
        """Return the office after an officer was given a case."""
        return replace(
            self,
            places=tuple(
                _taken(place, case) if place.officer.officer_no == officer_no else place
                for place in self.places
            ),
        )


def _taken(place: Place, case: NewCase) -> Place:
    return replace(
        place,
        load_hours=place.load_hours + case.hours,
        severe_hours=place.severe_hours + (case.hours if case.is_severe else 0),
        received_minutes=place.received_minutes + case.minutes_a_month,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
