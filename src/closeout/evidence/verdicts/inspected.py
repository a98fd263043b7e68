"""Inspections with what they found and over what: the exposure before any rate (G5)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.evidence.statistics.standardize import Part
from closeout.evidence.verdicts.reading import known, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

INSPECTIONS = (
    "inspection_id",
    "facility_id",
    "kind",
    "standard_set_id",
    "ended_on",
    "components_assessed",
    "rating",
    "rating_as_printed",
)
DEFICIENCIES = (
    "deficiency_id",
    "inspection_id",
    "facility_id",
    "component_id",
    "code_as_printed",
    "cited_on",
    "is_priority",
    "is_repeat",
    "is_corrected_on_site",
    "state",
    "closed_on",
)
_NOT_PRINTED = "not printed"


@dataclass(frozen=True, slots=True)
class Found:
    """A deficiency as an analysis needs it.

    Attributes:
        deficiency_id: Its key.
        what: The component, or the code that the report prints.
        cited_on: When.
        is_repeat: Whether the report calls it a repeat.
        is_corrected_on_site: Whether it was put right during the inspection.
        state: Where it stands.
        closed_on: When it was closed, if that was known on the day.

    """

    deficiency_id: int
    what: str
    cited_on: date
    is_repeat: bool
    is_corrected_on_site: bool
    state: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Inspected:
    """An inspection that had ended on the day, with what it found.

    Attributes:
        inspection_id: Its key.
        facility_id: Where: a facility, never a person.
        label: What it is called; empty if not known.
        area: The facility's office or, without one, its published area; empty if neither is known.
        kind: What kind of inspection.
        standard_set: By which standards; `not printed` if not known.
        ended_on: Its last day.
        components: How many components were assessed; None where the records do not say.
        rating: The rating in our words; empty without one.
        rating_as_printed: The rating's own words; empty without one.
        found: Its deficiencies, in the order of their keys.

    """

    inspection_id: int
    facility_id: str
    label: str
    area: str
    kind: str
    standard_set: str
    ended_on: date
    components: int | None
    rating: str
    rating_as_printed: str
    found: tuple[Found, ...]

    @property
    def has_exposure(self) -> bool:
        """Return whether it is known how much was looked at, and that it was something."""
        return bool(self.components)

    @property
    def stratum(self) -> tuple[str, str]:
        """Return what makes counts of two inspections comparable: the standards and the kind."""
        return self.standard_set, self.kind

    def part(self, unit: str) -> Part:
        """Return its counts for standardization, under a facility's or an area's name."""
        return Part(unit, self.stratum, len(self.found), self.components or 0)


def inspected(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> tuple[Inspected, ...]:
    """Return the inspections that had ended on a day, in the order of facility, day and key.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The day to stand on: later inspections, deficiencies and closings are not known.

    """
    listed = rows_of(engine, tables, "facilities", ["facility_id", "label", "office_id", "area_code"])
    facilities = {row["facility_id"]: row for row in listed}
    found: dict[int, list[Found]] = defaultdict(list)
    for row in rows_of(engine, tables, "deficiencies", DEFICIENCIES):
        if row["cited_on"] <= as_of:
            found[row["inspection_id"]].append(_found(row, as_of))
    made = [
        _inspected(row, facilities.get(row["facility_id"], {}), found)
        for row in rows_of(engine, tables, "inspections", INSPECTIONS)
        if row["ended_on"] <= as_of
    ]
    return tuple(sorted(made, key=lambda one: (one.facility_id, one.ended_on, one.inspection_id)))


def by_facility(inspections: Iterable[Inspected]) -> dict[str, list[Inspected]]:
    """Return inspections by facility, in the order of its code, each oldest first."""
    made: dict[str, list[Inspected]] = defaultdict(list)
    for one in sorted(inspections, key=lambda one: (one.facility_id, one.ended_on, one.inspection_id)):
        made[one.facility_id].append(one)
    return dict(made)


def _found(row: Mapping[str, Any], as_of: date) -> Found:
    return Found(
        row["deficiency_id"],
        row["component_id"] or row["code_as_printed"] or "",
        row["cited_on"],
        bool(row["is_repeat"]),
        bool(row["is_corrected_on_site"]),
        row["state"],
        known(row["closed_on"], as_of),
    )


def _inspected(
    row: Mapping[str, Any], facility: Mapping[str, Any], found: Mapping[int, list[Found]]
) -> Inspected:
    return Inspected(
        row["inspection_id"],
        row["facility_id"],
        facility.get("label") or "",
        facility.get("office_id") or facility.get("area_code") or "",
        row["kind"],
        row["standard_set_id"] or _NOT_PRINTED,
        row["ended_on"],
        row["components_assessed"],
        row["rating"] or "",
        row["rating_as_printed"] or "",
        tuple(found.get(row["inspection_id"], ())),
    )
