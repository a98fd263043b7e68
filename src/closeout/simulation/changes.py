"""What a scenario may change: each change is data, and says what it makes of an office."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from closeout.simulation.days_simulated import check_days
from closeout.simulation.model import Away, Escorts, ModelError, Officer, Overtime, Sickness, Taken

if TYPE_CHECKING:
    from closeout.simulation.model import Duty, OfficeModel

_WEEKS = 52.0
_WORKDAYS = 5.0
_HOUR = 60.0
_DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Some:
    """Some officers: named by staff number, a number of them, or a share of all.

    A number or a share takes posts spread evenly over the staff numbers. It says nothing about who should
    go: whoever knows who does names them.
    """

    numbers: tuple[str, ...] = ()
    count: int = 0
    share: float = 0.0

    def of(self, model: OfficeModel, what: str) -> frozenset[int]:
        """Return the places of the officers in the office; ModelError when it has not got them.

        A number or a share is of those who cover cases, not of those who only do what their role does.
        """
        staff = [one.officer_no for one in model.officers]
        crew = [place for place, one in enumerate(model.officers) if one.is_covering]
        if self.numbers:
            if unknown := sorted(set(self.numbers) - set(staff)):
                msg = f"{what}: office {model.office_id} has no officer {', '.join(unknown)}"
                raise ModelError(msg)
            return frozenset(staff.index(number) for number in self.numbers)
        wanted = self.count or round(self.share * len(crew))
        if wanted > len(crew):
            has = f"has {len(crew)} who cover cases; ask for no more"
            msg = f"{what}: {wanted} officers are asked for, office {model.office_id} {has}"
            raise ModelError(msg)
        ordered = sorted(crew, key=staff.__getitem__)
        return frozenset(ordered[int((turn + 0.5) * len(crew) / wanted)] for turn in range(wanted))

    def plain(self) -> list[str] | int | str:
        """Return the officers as a scenario's file says them."""
        if self.numbers:
            return list(self.numbers)
        return self.count or f"{self.share * 100:.6g}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(ABC):
    """One change of an office's inputs."""

    name: ClassVar[str] = ""
    office: str = ""
    """Only this office; every office if empty."""

    @abstractmethod
    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the changed office; ModelError where the office does not fit the change."""

    def plain(self) -> dict[str, Any]:
        """Return the change as plain values, as it is written in a scenario's file."""
        said: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value is not None and value != "":
                said[one.name.removesuffix("_on")] = _plain(value)
        return {self.name: said}


def _plain(value: object) -> object:
    if isinstance(value, Some):
        return value.plain()
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _gone(model: OfficeModel, places: frozenset[int], away: Away) -> OfficeModel:
    """Return the office with some officers away; ModelError where that is on no day simulated."""
    check_days(model, away.why, away.from_on, away.to_on)
    officers = tuple(
        replace(one, away=(*one.away, away)) if place in places else one
        for place, one in enumerate(model.officers)
    )
    return replace(model, officers=officers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail(Change):
    """Officers lent elsewhere for some days."""

    name: ClassVar[str] = "detail"
    officers: Some
    from_on: date
    days: int

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office without them for those days."""
        away = Away(self.from_on, self.from_on + timedelta(days=self.days - 1), "detailed")
        return _gone(model, self.officers.of(model, self.name), away)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Change):
    """Officers away for some days."""

    name: ClassVar[str] = "absence"
    officers: Some
    from_on: date
    days: int

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office without them for those days."""
        away = Away(self.from_on, self.from_on + timedelta(days=self.days - 1))
        return _gone(model, self.officers.of(model, self.name), away)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancies(Change):
    """Posts that fall vacant and stay so. Their cases keep their number; colleagues cover them."""

    name: ClassVar[str] = "vacancies"
    officers: Some
    from_on: date

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office without them from that day on."""
        away = Away(self.from_on, date.max - timedelta(days=1), "vacant")
        return _gone(model, self.officers.of(model, self.name), away)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRota(Change):
    """Officers who stand at the window for part of each working day."""

    name: ClassVar[str] = "window"
    officers: Some
    hours_a_day: float
    from_on: date
    to_on: date

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with those hours taken from cases."""
        places = self.officers.of(model, self.name)
        if not places:
            msg = f"window: the rota names nobody in office {model.office_id}"
            raise ModelError(msg)
        if not 0 < self.hours_a_day <= _DAY_HOURS:
            msg = f"window: {self.hours_a_day:g} hours a day; give more than 0 and at most 24"
            raise ModelError(msg)
        check_days(model, self.name, self.from_on, self.to_on)
        taken = Taken(self.hours_a_day * _HOUR, self.from_on, self.to_on, "window")
        officers = tuple(
            replace(one, taken=(*one.taken, taken)) if place in places else one
            for place, one in enumerate(model.officers)
        )
        return replace(model, officers=officers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Change):
    """Another interval of a recurring duty and of those that move with it, of one docket or of all."""

    name: ClassVar[str] = "interval"
    duty: str
    days: float
    docket: str = ""

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with that interval."""
        duty = _duty(model, self.duty, self.name)
        if duty.comes.name not in {"FIXED", "ROLLING"}:
            msg = f"interval: {self.duty} does not recur; change its rate instead"
            raise ModelError(msg)
        with_it = [one for one in model.duties if one is duty or one.moves_with == duty.code]
        for one in with_it:
            if self.docket:
                model = _changed(model, one, intervals={**one.intervals, self.docket: self.days})
            else:
                model = _changed(model, one, interval_days=self.days, intervals={})
        return model


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(Change):
    """Other minutes of a duty."""

    name: ClassVar[str] = "minutes"
    duty: str
    minutes: float

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with those minutes."""
        return _changed(model, _duty(model, self.duty, self.name), minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows(Change):
    """Another probability that a duty is set off, as by fewer no-shows."""

    name: ClassVar[str] = "follows"
    duty: str
    probability: float

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with that probability."""
        duty = _duty(model, self.duty, self.name)
        if not duty.after:
            msg = f"follows: {self.duty} is not set off by another duty; change its rate instead"
            raise ModelError(msg)
        return _changed(model, duty, probability=self.probability)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Change):
    """What arises or falls in scope more or less often: the rate times a factor."""

    name: ClassVar[str] = "rate"
    duty: str
    times: float

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with the rate of every docket multiplied."""
        duty = _duty(model, self.duty, self.name)
        scaled = {docket: rate * self.times for docket, rate in duty.per_case.items()}
        return _changed(model, duty, per_case=scaled, a_year=duty.a_year * self.times)


@dataclass(frozen=True, slots=True, kw_only=True)
class OvertimeHours(Change):
    """Overtime for what is due or overdue."""

    name: ClassVar[str] = "overtime"
    hours_a_week: float
    hours_a_year: float | None = None
    """Of an officer at most; as many as the weeks hold if left out."""

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with that overtime."""
        a_year = self.hours_a_week * _WEEKS if self.hours_a_year is None else self.hours_a_year
        return replace(model, overtime=Overtime(self.hours_a_week / _WORKDAYS * _HOUR, a_year * _HOUR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiring(Change):
    """New posts, filled after a lead time, learning over a ramp. They take an even part of the cases.

    Until somebody arrives colleagues cover the cases set aside for the post.
    """

    name: ClassVar[str] = "hiring"
    officers: int
    lead_days: float
    lead_cv: float = 0.0
    ramp: tuple[float, ...] = ()
    attrition: float | None = None
    """Share of all officers who leave within a year; as it was if left out."""

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with the posts."""
        crew = sorted(one.minutes_a_day for one in model.officers if one.is_covering)
        full = crew[len(crew) // 2]
        taken = {one.officer_no for one in model.officers}
        numbers = [f"new {place:03}" for place in range(1, self.officers + len(taken) + 1)]
        free = [number for number in numbers if number not in taken][: self.officers]
        old, given = _share_out(model, self.officers)
        new = tuple(
            Officer(number, full, cases, ramp=self.ramp, lead_days=self.lead_days, lead_cv=self.lead_cv)
            for number, cases in zip(free, given, strict=True)
        )
        changed = replace(model, officers=(*old, *new))
        return changed if self.attrition is None else replace(changed, attrition_a_year=self.attrition)


def _share_out(model: OfficeModel, posts: int) -> tuple[tuple[Officer, ...], list[dict[str, int]]]:
    """Take the same share of cases from every officer, and deal them out to new posts in turn."""
    dockets = sorted({name for one in model.officers for name in one.cases})
    given: list[dict[str, int]] = [{} for _ in range(posts)]
    kept = [dict(one.cases) for one in model.officers]
    share, turn = posts / (sum(one.is_covering for one in model.officers) + posts), 0
    for docket in dockets:
        owed = 0.0
        for cases in kept:
            owed += cases.get(docket, 0) * share
            for _ in range(int(owed)):
                cases[docket] -= 1
                given[turn % posts][docket] = given[turn % posts].get(docket, 0) + 1
                turn += 1
            owed -= int(owed)
    officers = zip(model.officers, kept, strict=True)
    return tuple(replace(one, cases=cases) for one, cases in officers), given


@dataclass(frozen=True, slots=True, kw_only=True)
class SickDays(Change):
    """Another frequency of unforeseen absence."""

    name: ClassVar[str] = "sickness"
    spells_a_year: float
    mean_days: float

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with that frequency."""
        return replace(model, sickness=Sickness(self.spells_a_year, self.mean_days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trips(Change):
    """Another number of escorted trips."""

    name: ClassVar[str] = "escorts"
    trips_a_year: float
    officers: int = 2
    days: int = 2

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with those trips."""
        return replace(model, escorts=Escorts(self.trips_a_year, self.officers, self.days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload(Change):
    """Another number of cases an officer, at the present mix."""

    name: ClassVar[str] = "caseload"
    cases: float

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with that caseload."""
        return model.with_caseload(self.cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support(Change):
    """Another share of time for work that is no case."""

    name: ClassVar[str] = "support"
    share: float

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with that share."""
        return replace(model, support_share=self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(Change):
    """Whether colleagues cover who is away."""

    name: ClassVar[str] = "cover"
    is_given: bool

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with or without cover."""
        return replace(model, has_cover=self.is_given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing(Change):
    """Tasks not begun so many days before they are due may be done by whoever is free."""

    name: ClassVar[str] = "sharing"
    days_before: float

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with urgent tasks shared."""
        return replace(model, shared_days=round(self.days_before))


KINDS: tuple[type[Change], ...] = (
    Detail, Absence, Vacancies, WindowRota, Interval, Minutes, Follows, Rate, OvertimeHours, Hiring,
    SickDays, Trips, Caseload, Support, Cover, Sharing,
)  # fmt: skip
"""In the order in which they are documented."""


def _duty(model: OfficeModel, code: str, what: str) -> Duty:
    for duty in model.duties:
        if duty.code == code:
            return duty
    known = ", ".join(sorted(duty.code for duty in model.duties))
    msg = f"{what}: office {model.office_id} has no duty {code}; it has {known}"
    raise ModelError(msg)


def _changed(model: OfficeModel, duty: Duty, **values: Any) -> OfficeModel:  # noqa: ANN401 - fields
    changed = replace(duty, **values)
    return replace(model, duties=tuple(changed if one is duty else one for one in model.duties))
