"""The fictional agency as the makers of tables see it: its offices, its officers and who does what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import EMPTY, Picked
from closeout.records.example.chance import Chance

if TYPE_CHECKING:
    import pyarrow as pa

    from closeout.records.example.arrays import Ints
    from closeout.records.example.size import Size

MONTHS = 18
DETAINED, NOT_DETAINED, JUVENILE = range(3)
"""The three rosters of officers who lead cases."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Officers by office, laid end to end, so that one can be drawn for many cases at once."""

    members: Ints
    first: Ints
    size: Ints

    def draw(self, offices: Ints, chance: Chance) -> Ints:
        """Return an officer of each office; empty where it has none or the office is empty."""
        known = np.maximum(offices, 0)
        places = self.first[known] + chance.below(self.size[known])
        found = self.members[np.minimum(places, len(self.members) - 1)]
        return np.where((offices >= 0) & (self.size[known] > 0), found, EMPTY)

    def of(self, office: int) -> Ints:
        """Return the officers of one office."""
        return self.members[self.first[office] : self.first[office] + self.size[office]]


@dataclass(frozen=True, slots=True)
class Agency:
    """What every table needs to know."""

    seed: int
    size: Size
    as_of: int
    starts: int
    """The first day of the events: the first of a month, 18 months back."""
    offices: pa.Array
    """The field offices, then headquarters."""
    officers: pa.Array
    home: Ints
    """The officers' offices."""
    roles: Ints
    units: tuple[str, ...]
    """The officers' units; empty text for none."""
    active_from: Ints
    active_to: Ints
    converted: Ints
    leads: tuple[Roster, Roster, Roster]
    """Who leads cases: detained, not detained, juvenile."""
    supervisors: Roster
    everyone: Roster
    leavers: Ints
    """By office, an officer who left and still leads cases; empty where there is none."""
    idle: Ints
    """By office, an officer without hours who leads cases; empty where there is none."""
    sites: pa.Array
    """The sites, office after office; an office's first is its main one."""
    main_site: Ints
    """By office, the place of its main site."""
    site: Ints
    """The officers' home sites."""

    def chance(self, *path: int | str) -> Chance:
        """Return the generator of a table or chunk."""
        return Chance(self.seed, self.size.name, *path)

    def office(self, places: Ints) -> Picked:
        """Return a column of offices."""
        return Picked(places, self.offices)

    def officer(self, places: Ints) -> Picked:
        """Return a column of officers."""
        return Picked(places, self.officers)

    def office_id(self, place: int) -> str:
        """Return one office's code."""
        return str(self.offices[int(place)].as_py())

    def officer_no(self, place: int) -> str | None:
        """Return one staff number; None where the place is empty."""
        return None if place < 0 else str(self.officers[int(place)].as_py())
