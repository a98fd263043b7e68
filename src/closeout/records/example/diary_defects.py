"""Diaries as bad as real ones: a 30-hour day, minutes of nothing, weeks lost, and the like."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.diaries import NAMES
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.defects import Plants

UNKNOWN = "lunch-break"
"""An activity that no list has."""
KINDS = (
    "diary-day-over-24-hours", "diary-minutes-of-nothing", "diary-activity-unknown", "diary-in-two-offices",
    "diary-week-lost", "diary-days-missing", "diary-entry-twice", "diary-never-asked",
)  # fmt: skip
_THIRTY_HOURS = 1_800
_LEAST_ENTRIES = 30
_FROM_STUDY = 3
"""Studies before it, in the order of their codes, are left as they are."""


@dataclass(frozen=True, slots=True)
class Diary:
    """The entries of all diaries; `source` is the place of the officer-week among the samples."""

    source: Ints
    officer: Ints
    office: Ints
    day: Ints
    activity: Ints
    minutes: Ints
    tasks: Ints
    study: Ints
    overtime: Ints
    case: Ints
    """Places of cases; negative where the entry is for none."""


def spoil(agency: Agency, diary: Diary, plants: Plants) -> tuple[Diary, list[int]]:
    """Return the diaries with each kind of defect in an officer-week of its own; the keys are noted.

    Returns:
        The diaries, and the places of the officer-weeks that must not stand among the samples.

    """
    each = max(1, agency.size.planted // 12)
    weeks = _weeks(diary, each * len(KINDS))
    chosen = {kind: weeks[place * each : (place + 1) * each] for place, kind in enumerate(KINDS)}
    lost = np.isin(diary.source, chosen["diary-week-lost"])
    for week in chosen["diary-days-missing"]:
        days = diary.day[diary.source == week]
        lost |= (diary.source == week) & (diary.day > days.min() + 1)
    kept = _without(diary, lost)
    for kind in ("diary-week-lost", "diary-days-missing"):
        plants.note(kind, [week + 1 for week in chosen[kind]])
    for kind, change in _CHANGES.items():
        for week in chosen[kind]:
            changed = change(kept, np.flatnonzero(kept.source == week))
            plants.note(kind, (changed + 1).tolist())
    return kept, chosen["diary-never-asked"]


def _weeks(diary: Diary, wanted: int) -> list[int]:
    """Return officer-weeks with many entries, spread evenly over them, each of another officer."""
    weeks, first, entries = np.unique(diary.source, return_index=True, return_counts=True)
    is_fit = (entries >= _LEAST_ENTRIES) & (diary.study[first] >= _FROM_STUDY)
    fit = weeks[is_fit & (np.diff(diary.officer[first], prepend=-1) != 0)]
    found: list[int] = fit[np.linspace(0, len(fit) - 1, wanted).astype(np.int64)].tolist()
    return found


def _without(diary: Diary, lost: Claims) -> Diary:
    return replace(diary, **{one.name: getattr(diary, one.name)[~lost] for one in fields(diary)})


def _fullest_day(diary: Diary, places: Ints) -> Ints:
    days, counted = np.unique(diary.day[places], return_counts=True)
    fullest: Ints = places[diary.day[places] == days[np.argmax(counted)]]
    return fullest


def _thirty_hours(diary: Diary, places: Ints) -> Ints:
    day = _fullest_day(diary, places)
    diary.minutes[day] = _THIRTY_HOURS // len(day) + 1
    return day


def _nothing(diary: Diary, places: Ints) -> Ints:
    diary.minutes[places[:1]] = 0
    return places[:1]


def _unknown(diary: Diary, places: Ints) -> Ints:
    diary.activity[places[:1]] = len(NAMES)
    return places[:1]


def _two_offices(diary: Diary, places: Ints) -> Ints:
    there = places[len(places) // 2 :]
    diary.office[there] = (diary.office[there] + 1) % OFFICES
    return there


def _twice(diary: Diary, places: Ints) -> Ints:
    has_case = places[diary.case[places] >= 0]
    first, second = has_case[0], has_case[1]
    for name in ("activity", "minutes", "tasks", "day", "case"):
        getattr(diary, name)[second] = getattr(diary, name)[first]
    return has_case[1:2]


def _all(_diary: Diary, places: Ints) -> Ints:
    return places


_CHANGES = {
    "diary-day-over-24-hours": _thirty_hours,
    "diary-minutes-of-nothing": _nothing,
    "diary-activity-unknown": _unknown,
    "diary-in-two-offices": _two_offices,
    "diary-entry-twice": _twice,
    "diary-never-asked": _all,
}
