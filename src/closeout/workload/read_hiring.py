"""Read an agency's hiring assumptions from its YAML file; say everything that is wrong, with file and line.

Nothing that the agency has to say is assumed for it: what is missing is named, and no plan is made.

office: all                          # an office's code, or all of them together
by: 2029-09-30                       # the day the staff is wanted by
probability: 0.8                     # of the staff being enough on that day
classes: {seats: 12, every: 3}       # or a list: [{month: 2, seats: 12}, {month: 8, seats: 24}]
ceiling: none                        # or the most persons on the rolls, the academy's included
lead: {5: 0.3, 6: 0.4, 8: 0.3}       # months a class takes to arrive, each with its chance
completion: 0.92                     # share of the seats whose holders finish
ramp: [0.25, 0.5, 0.75]              # share of a full officer's work, by month since arriving
leaving: records                     # what the officers' records show, or a share a year
costs: {seat: 3, officer_month: 1, overtime_month: 1.5}
basis: Where these figures come from, in a few words.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from closeout.duties.faults import Faults
from closeout.duties.fields import Fields
from closeout.duties.marked import Marked, read_marked
from closeout.workload.chances import LEAVING, Share
from closeout.workload.draws import DRAWS, SEED
from closeout.workload.hiring_figures import Costs
from closeout.workload.hiring_run import Limits
from closeout.workload.intake import ClassStart, Flow
from closeout.workload.parameters import Parameters
from closeout.workload.plan_asked import PlanAsked
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from pathlib import Path

ALL = "all"
"""What a file says for all offices together."""
RECORDS = "records"
NONE = "none"
MOST_MONTHS = 600
"""No class is looked at that begins later."""
LEAST_DRAWS, MOST_DRAWS = 100, 20_000
_NEEDED = "office by probability classes ceiling lead completion ramp leaving costs basis"
_KNOWN = f"{_NEEDED} overtime history staff weights draws seed"
_WHAT = "a file of hiring assumptions"
_ALMOST = 1e-6
_MOST_WHOLE = 1_000_000


def read_hiring(path: Path) -> PlanAsked:
    """Return what an agency assumes of its hiring.

    Args:
        path: The file.

    Raises:
        PackError: With everything that is wrong, each with file and line.

    """
    faults = Faults()
    marked = read_marked(path)
    reader = _Reader(marked, path, faults)
    if isinstance(marked.value, dict):
        for key in _NEEDED.split():
            if marked.value.get(key) is None or marked.value[key].value is None:
                faults.add(path, marked.line, f"{_WHAT} needs `{key}`: {_MEANS[key]}")
    faults.raise_any()
    made = reader.asked()
    faults.raise_any()
    return made


_MEANS = {
    "office": f"an office's code, or `{ALL}` for all of them together",
    "by": "the day the staff is wanted by, such as 2029-09-30",
    "probability": "how sure to be that the staff is enough, such as 0.8",
    "classes": "the academy's classes, such as {seats: 12, every: 3}",
    "ceiling": f"the most persons on the rolls, or `{NONE}`",
    "lead": "months a class takes to arrive, each with its chance, such as {5: 0.3, 6: 0.7}",
    "completion": "the share of the seats whose holders finish, such as 0.92",
    "ramp": "the share of a full officer's work by month since arriving, such as [0.25, 0.5, 0.75]",
    "leaving": f"the share of the staff who leave in a year, or `{RECORDS}` for what the records show",
    "costs": "what hiring takes, such as {seat: 3, officer_month: 1, overtime_month: 1.5}",
    "basis": "a few words on where these figures come from",
}


class _Reader:
    """The values of one file, each read once; faults are noted."""

    def __init__(self, marked: Marked, path: Path, faults: Faults) -> None:
        self.fields = Fields(marked, path, faults, known=_KNOWN, what=_WHAT)
        self.path = path
        self.faults = faults

    def asked(self) -> PlanAsked:
        """Return what the file asks for; it is sound only if no fault was noted."""
        office = self.fields.word("office", r"\S{1,64}")
        leaving = self.leaving()
        limits = Limits(
            by=self.day("by"),
            classes=self.classes(),
            probability=self.share("probability", above=0.0),
            ceiling=self.whole("ceiling", else_word=NONE),
            overtime_most=self.share("overtime") if "overtime" in self.fields else 0.0,
            flow=Flow(self.lead(), self.share("completion"), self.ramp(), LEAVING),
            leaving=leaving,
            costs=self.costs(),
            history=self.count("history", 36, most=120),
            staff=self.whole("staff") if "staff" in self.fields else None,
        )
        weights = self.fields.one_of("weights", [one.value for one in Kind]) or Kind.OBSERVED.value
        return PlanAsked(
            limits,
            "" if office == ALL else office,
            Parameters(kind=Kind(weights)),
            self.count("draws", DRAWS, least=LEAST_DRAWS, most=MOST_DRAWS),
            self.count("seed", SEED, most=2**53 - 1),
            self.fields.word("basis", r"(?s).{3,600}"),
        )

    def number(self, marked: Marked, said: str) -> float | None:
        """Return a finite number that is not below 0; None where there is none, with the fault noted."""
        try:
            value = float(marked.value) if isinstance(marked.value, str) else math.nan
        except ValueError:
            value = math.nan
        if 0 <= value < math.inf:
            return value
        given = marked.value if isinstance(marked.value, str) else "what is there"
        self.faults.add(self.path, marked.line, f"`{said}`: {given} must be a number of 0 or more")
        return None

    def share(self, key: str, *, above: float | None = None) -> float:
        """Return a share from 0 to 1, or above some value and up to 1."""
        marked = self.fields.raw(key)
        value = self.number(marked, key) if marked is not None else None
        if value is None:
            return 1.0
        if value > 1 or (above is not None and value <= above):
            least = "above 0" if above is not None else "from 0"
            self.fields.wrong(key, f"`{key}: {value:g}` must be a share {least} up to 1, such as 0.8")
            return 1.0
        return value

    def whole(self, key: str, *, else_word: str = "") -> int | None:
        """Return a whole number of 0 or more; None where the word for none stands."""
        marked = self.fields.raw(key)
        if marked is None or (else_word and marked.value == else_word):
            return None
        return self._whole(marked, key)

    def _whole(self, marked: Marked, said: str, least: int = 0, most: int = _MOST_WHOLE) -> int:
        value = self.number(marked, said)
        if value is None:
            return least
        if value != int(value) or not least <= value <= most:
            message = f"`{said}`: {value:g} must be a whole number from {least} to {most:,}"
            self.faults.add(self.path, marked.line, message)
            return least
        return int(value)

    def count(self, key: str, otherwise: int, *, least: int = 0, most: int) -> int:
        """Return a whole number in a range, or another where nothing is said."""
        marked = self.fields.raw(key)
        return otherwise if marked is None else self._whole(marked, key, least, most)

    def day(self, key: str) -> date:
        """Return a day."""
        said = self.fields.word(key)
        try:
            return date.fromisoformat(said)
        except ValueError:
            self.fields.wrong(key, f"`{key}: {said}` is no day; write it like 2029-09-30")
            return date.max

    def listed(self, key: str, said: str) -> list[Marked]:
        """Return the items of a list."""
        marked = self.fields.raw(key)
        if marked is None or not isinstance(marked.value, list) or not marked.value:
            self.fields.wrong(key, f"`{key}` must be a list, such as {said}")
            return []
        return marked.value

    def ramp(self) -> tuple[float, ...]:
        """Return the shares of a full officer's work, by month."""
        found = []
        for one in self.listed("ramp", "[0.25, 0.5, 0.75]"):
            value = self.number(one, "ramp")
            if value is not None and value > 1:
                self.faults.add(self.path, one.line, f"`ramp`: {value:g} must be a share from 0 to 1")
                value = None
            found.append(1.0 if value is None else value)
        return tuple(found)

    def leaving(self) -> Share | None:
        """Return the share who leave in a year; None where the records say it."""
        marked = self.fields.raw("leaving")
        if marked is None or marked.value == RECORDS:
            return None
        mean = self.number(marked, "leaving")
        if mean is None or mean >= 1:
            if mean is not None:
                self.fields.wrong("leaving", f"`leaving: {mean:g}` must be a share below 1, or `{RECORDS}`")
            return None
        return Share(mean, LEAVING.deviation if mean else 0.0)

    def lead(self) -> tuple[tuple[int, float], ...]:
        """Return the months a class takes to arrive with their chances, which add up to 1."""
        marked = self.fields.raw("lead")
        if marked is None or not isinstance(marked.value, dict) or not marked.value:
            self.fields.wrong("lead", f"`lead` must say {_MEANS['lead']}")
            return ((0, 1.0),)
        before = len(self.faults.found)
        found = [
            (self._whole(Marked(months, chance.line), "lead"), self.number(chance, f"lead.{months}") or 0.0)
            for months, chance in marked.value.items()
        ]
        whole = sum(chance for _, chance in found)
        if len(self.faults.found) == before and abs(whole - 1) > _ALMOST:
            self.fields.wrong("lead", f"the chances of `lead` add up to {whole:g}; they must add up to 1")
        return tuple(found) if len(self.faults.found) == before else ((0, 1.0),)

    def classes(self) -> tuple[ClassStart, ...]:
        """Return the classes: every so many months, or each by its month."""
        marked = self.fields.raw("classes")
        if marked is not None and isinstance(marked.value, dict):
            given = self.inner(marked, "seats every", "`classes`")
            seats, every = given.get("seats", 0), given.get("every", 1)
            if every < 1 and "every" in given:
                self.fields.wrong("classes", "`classes.every` must be at least 1 month")
            return tuple(ClassStart(at, seats) for at in range(0, MOST_MONTHS, max(1, every)))
        listed = [
            self.inner(one, "month seats", "a class")
            for one in self.listed("classes", "[{month: 2, seats: 12}]")
        ]
        found = [ClassStart(one.get("month", 0), one.get("seats", 0)) for one in listed]
        if len({one.month for one in found}) < len(found):
            self.fields.wrong("classes", "two of `classes` begin in one month; put their seats together")
        return tuple(found)

    def inner(self, marked: Marked, known: str, what: str) -> dict[str, int]:
        """Return the whole numbers of a mapping within the file, each of which must be there."""
        inner = Fields(marked, self.path, self.faults, known=known, what=what)
        made = {}
        for key in known.split():
            one = inner.raw(key)
            if one is None and isinstance(marked.value, dict):
                inner.wrong("", f"{what} needs `{key}`: a whole number")
            if one is not None:
                made[key] = self._whole(one, key)
        return made

    def costs(self) -> Costs:
        """Return what hiring takes."""
        marked = self.fields.raw("costs") or Marked(None, 1)
        known = "seat class_start officer_month overtime_month unit"
        inner = Fields(marked, self.path, self.faults, known=known, what="`costs`")
        made: dict[str, Any] = {}
        for key in ("seat", "class_start", "officer_month", "overtime_month"):
            one = inner.raw(key)
            if one is not None:
                made[key] = self.number(one, f"costs.{key}") or 0.0
            elif key != "class_start":
                inner.wrong("", f"`costs` needs `{key}`: {_MEANS['costs']}")
        if unit := inner.word("unit", r".{1,60}"):
            made["unit"] = unit
        return Costs(**made)
