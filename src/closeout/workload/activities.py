"""What officers spend their time on: the activities of a pack, with the ranges that experts give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from closeout.duties.faults import Faults
from closeout.duties.fields import Fields
from closeout.duties.marked import read_marked
from closeout.duties.pack import ACTIVITIES, load_pack, own_folder
from closeout.duties.terms import near
from closeout.records.tables.casework import DOCKETS
from closeout.workload.weights import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from closeout.duties.clauses import Pack

_CODE = r"[a-z][a-z0-9-]{0,63}"
_NUMBER = r"\d{1,5}(\.\d{1,3})?"
_KNOWN = "activity title kind unit dockets minutes made_up"
_RANGE = ("low", "likely", "high")


class Sort(StrEnum):
    """Which hours of the ledger an activity takes."""

    CASE = "case"
    """Duties, and work on open cases: what the weights are of."""
    COLLATERAL = "collateral"
    """Named duties beside the caseload, such as the window."""
    SUPPORT = "support"
    """What everybody does: meetings, administration."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of the list."""

    code: str
    """What diaries, and clauses under `minutes`, call it."""
    title: str
    unit: Unit
    kind: Sort
    dockets: tuple[str, ...] = ()
    """For work a case and month: the dockets whose cases count; all if empty."""
    low: float | None = None
    likely: float | None = None
    high: float | None = None
    """Experts' minutes a unit; None where there is no range."""
    is_made_up: bool = False
    """The range cites nobody: it stands for one that the agency is to give."""

    @property
    def is_stock(self) -> bool:
        """Tell whether it is work on open cases that no duty names, measured a case and month."""
        return self.unit is Unit.CASE_MONTH


def load_activities(folder: Path | None = None) -> tuple[Activity, ...]:
    """Return the activities of a pack, in the order of its list.

    Args:
        folder: The pack's folder; the pack that comes with Closeout if None.

    Raises:
        PackError: The list or the pack is faulty; or a clause takes time for an activity that the list lacks;
            or a duty's activity is named by no clause. Each with file and line.

    """
    return checked_activities(load_pack(folder))


def checked_activities(pack: Pack) -> tuple[Activity, ...]:
    """Return the activities of a loaded pack, in the order of its list.

    Raises:
        PackError: As `load_activities` says.

    """
    path = _folder(pack) / ACTIVITIES
    faults = Faults()
    listed = _listed(path, faults)
    faults.raise_any()
    _check_clauses(pack, listed, path, faults)
    faults.raise_any()
    return tuple(activity for activity, _ in listed.values())


def _folder(pack: Pack) -> Path:
    return next((clause.path.parent for clause in pack.clauses if clause.path is not None), own_folder())


def activities_of(pack: Pack) -> tuple[Activity, ...]:
    """Return the activities of a loaded pack, without holding its clauses and its list against each other.

    A pack without a list has those that its clauses name, without a range.

    Raises:
        PackError: The list is faulty.

    """
    path = _folder(pack) / ACTIVITIES
    if not path.is_file():
        named = {clause.minutes: clause.title for clause in pack.clauses if clause.minutes}
        return tuple(Activity(code, title, Unit.DUTY, Sort.CASE) for code, title in sorted(named.items()))
    faults = Faults()
    listed = _listed(path, faults)
    faults.raise_any()
    return tuple(activity for activity, _ in listed.values())


def misfits(pack: Pack) -> tuple[str, ...]:
    """Return what does not fit between a loaded pack's clauses and its list, each with file and line.

    A weight without a duty, and a duty without a weight, leave the rest of a run as it is. Nothing where the
    pack has no list, or a faulty one, which `activities_of` refuses.
    """
    path = _folder(pack) / ACTIVITIES
    if not path.is_file():
        return ()
    faults = Faults()
    listed = _listed(path, faults)
    if not faults.found:
        _check_clauses(pack, listed, path, faults)
    return tuple(f"{one.path.name} line {one.line}: {one.message}" for one in faults.found)


def stock_activity(activities: Iterable[Activity], docket: str | None) -> str | None:
    """Return the code of the work on open cases of a docket that no duty names; None if there is none."""
    stock = [one for one in activities if one.is_stock]
    fitting = [one for one in stock if docket in one.dockets] or [one for one in stock if not one.dockets]
    return fitting[0].code if fitting else None


def _listed(path: Path, faults: Faults) -> dict[str, tuple[Activity, int]]:
    """Return the activities by code, each with its line."""
    marked = read_marked(path)
    if not isinstance(marked.value, list):
        faults.add(path, marked.line, "must be a list of activities, each beginning with `- activity:`")
        return {}
    listed: dict[str, tuple[Activity, int]] = {}
    for item in marked.value:
        fields = Fields(item, path, faults, known=_KNOWN, what="an activity")
        activity = _activity(fields)
        if activity.code in listed:
            fields.wrong("activity", f"`{activity.code}` stands in the list already; keep one")
        listed.setdefault(activity.code, (activity, fields.at("activity")))
    _check_dockets(listed, path, faults)
    return listed


def _activity(fields: Fields) -> Activity:
    kind = Sort(fields.one_of("kind", [one.value for one in Sort], needed=True) or Sort.CASE)
    unit = Unit(fields.one_of("unit", [one.value for one in Unit]) or Unit.DUTY)
    low, likely, high = _range(fields, is_needed=kind is Sort.CASE)
    dockets = fields.words("dockets")
    for docket, line in dockets:
        if docket not in DOCKETS.split():
            message = f"`{docket}` is no docket.{near(docket, DOCKETS.split())}"
            fields.faults.add(fields.path, line, f"{message} Dockets: {', '.join(DOCKETS.split())}.")
    if dockets and unit is not Unit.CASE_MONTH:
        fields.wrong(
            "dockets", "`dockets` is for work a case and month; write `unit: case_month` or leave it out"
        )
    return Activity(
        code=fields.word("activity", _CODE, needed=True),
        title=fields.word("title", needed=True),
        unit=unit,
        kind=kind,
        dockets=tuple(docket for docket, _ in dockets),
        low=low,
        likely=likely,
        high=high,
        is_made_up=fields.claim("made_up"),
    )


def _range(fields: Fields, *, is_needed: bool) -> tuple[float | None, float | None, float | None]:
    """Return the experts' low, likely and high minutes; None each where there is no range."""
    found = fields.raw("minutes")
    if found is None:
        if is_needed:
            fields.wrong("activity", "needs `minutes: {low: …, likely: …, high: …}`, the range of experts")
        return None, None, None
    inner = Fields(found, fields.path, fields.faults, known=" ".join(_RANGE), what="`minutes`")
    said = [inner.word(name, _NUMBER, needed=True) for name in _RANGE]
    if not all(said):
        return None, None, None
    low, likely, high = (float(one) for one in said)
    if not 0 < low <= likely <= high:
        inner.wrong("low", "minutes must be above 0 and rise from `low` over `likely` to `high`")
    return low, likely, high


def _check_dockets(listed: dict[str, tuple[Activity, int]], path: Path, faults: Faults) -> None:
    """Note a docket whose open cases two activities would count."""
    seen: dict[str, str] = {}
    for activity, line in listed.values():
        for docket in activity.dockets or (("",) if activity.is_stock else ()):
            other = seen.setdefault(docket, activity.code)
            if other != activity.code:
                whose = docket or "all dockets"
                faults.add(path, line, f"`{other}` counts the open cases of {whose} already; keep one")


def _check_clauses(pack: Pack, listed: dict[str, tuple[Activity, int]], path: Path, faults: Faults) -> None:
    for clause in pack.clauses:
        wrong = _wrong_with(clause.minutes, listed, path.name) if clause.minutes else ""
        if wrong and clause.path is not None:
            faults.add(clause.path, clause.line, f"`minutes: {clause.minutes}` {wrong}")
    named = {clause.minutes for clause in pack.clauses}
    for activity, line in listed.values():
        if activity.kind is Sort.CASE and not activity.is_stock and activity.code not in named:
            message = (
                f"no clause takes minutes for `{activity.code}`: a weight without a duty. Name it under "
                "`minutes` of a clause, or give it the kind collateral or support."
            )
            faults.add(path, line, message)


def _wrong_with(code: str, listed: dict[str, tuple[Activity, int]], file: str) -> str:
    """Return why a duty cannot take time for an activity; empty if it can."""
    if code not in listed:
        known = near(code, list(listed))
        return f"is no activity of {file}.{known} Add it there, with the range experts give."
    if listed[code][0].is_stock:
        return "is measured a case and month; a duty takes minutes a duty"
    return ""
