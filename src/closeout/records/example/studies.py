"""The time studies: when they ran, whom they asked, who answered, and what they recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from closeout.records.example import diaries
from closeout.records.example.arrays import DAY_US, EMPTY, Columns, Picked, on, where, word, words
from closeout.records.example.diary_defects import UNKNOWN, Diary, spoil
from closeout.records.example.size import OFFICES
from closeout.records.example.staff import contracted_hours
from closeout.records.example.writing import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Floats, Ints
    from closeout.records.example.chance import Chance
    from closeout.records.example.defects import Plants

WEEKS = 2
_WORKING_DAYS = 5
_WAVE_DAYS, _FIRST_WAVE = 150, 400
RESPONSES = (0.97, 0.92, 0.86, 0.75, 0.7, 0.62, 0.55, 0.38)
"""Shares of those asked who answer, office after office: 72 % over all."""
_AWAY = 0.04
_MOMENT_OFFICES, _MOMENT_OFFICERS, MOMENTS_A_WEEK = 3, 30, 20
_DUTY_MINUTES = (480, 990)


@dataclass(frozen=True, slots=True)
class Study:
    """One time study of the example."""

    code: str
    begins: int
    """A Monday."""
    asks: str
    """`officers`, `inspectors`, `before` or `moments`."""
    share: float = 1.0

    @property
    def ends(self) -> int:
        """Return the last day."""
        return self.begins + 7 * WEEKS - 3


@dataclass(frozen=True, slots=True)
class Sample:
    """Officer-weeks that a study asked for, and what came of each."""

    study: Ints
    officer: Ints
    week: Ints
    state: Ints
    asked_at: Ints


def studies(agency: Agency) -> tuple[Study, ...]:
    """Return the studies by code: one of moments, one expired, one four years old, and the waves."""
    share = agency.size.study_share
    waves = [
        Study(f"STUDY-{wave + 3}", _monday(agency.as_of - _FIRST_WAVE + _WAVE_DAYS * wave), "officers", share)
        for wave in range(agency.size.study_waves)
    ]
    return (
        Study("MOMENTS-1", _monday(agency.as_of - 330), "moments"),
        Study("STUDY-1", _monday(agency.as_of - 2_150), "before", share / 5),
        Study("STUDY-2", _monday(agency.as_of - 1_500), "inspectors"),
        *waves,
    )


def _monday(day: int) -> int:
    return day - (day + 3) % 7


def study_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield a row per study."""
    planner = agency.officer_no(int((agency.home == OFFICES).nonzero()[0][0]))
    for one in studies(agency):
        is_moments = one.asks == "moments"
        yield {
            "study_id": one.code,
            "label": f"Time study {one.code} (fictional)",
            "design": "random_moment" if is_moments else "diary",
            "state": "finished",
            "from_on": on(one.begins),
            "to_on": on(one.ends),
            "weeks": WEEKS,
            "moments_a_week": MOMENTS_A_WEEK if is_moments else None,
            "role": "inspector" if one.asks == "inspectors" else None,
            "aimed_error": 0.1,
            "seed": agency.seed,
            "planned_on": on(one.begins - 40),
            "planned_by": planner,
        }


def draw(agency: Agency) -> Sample:
    """Return the officer-weeks asked for, and what came of each."""
    pieces = [_asked(agency, place, one) for place, one in enumerate(studies(agency))]
    return Sample(*(np.concatenate(column) for column in zip(*pieces, strict=True)))


def _asked(agency: Agency, place: int, study: Study) -> tuple[Ints, ...]:
    chance = agency.chance("time studies", study.code)
    can = _can(agency, study)
    officers = np.flatnonzero(can & chance.claims(study.share, len(can)))
    if study.asks == "moments":
        officers = _first_of_each(agency, officers)
    willing = chance.generator.random(len(officers)) < _response(agency)[officers]
    officer, answers = np.repeat(officers, WEEKS), np.repeat(willing, WEEKS)
    rows = len(officer)
    is_away = chance.claims(_AWAY, rows)
    said = words("study_samples", "state")
    refused = where(chance.claims(0.4, rows), said["declined"], said["asked"])
    state = where(is_away, said["absent"], where(answers, said["recorded"], refused))
    week = study.begins + 7 * np.tile(np.arange(WEEKS), len(officers))
    none = np.full(rows, EMPTY)
    if study.asks != "moments":
        return np.full(rows, place), officer, week, state, none
    officer, week, state = (np.repeat(one, MOMENTS_A_WEEK) for one in (officer, week, state))
    drawn = chance.whole(0, _WORKING_DAYS - 1, len(officer))
    minute = chance.whole(_DUTY_MINUTES[0] // 5, _DUTY_MINUTES[1] // 5 - 1, len(officer)) * 5
    asked_at = (week + drawn) * DAY_US + minute * 60_000_000
    return np.full(len(officer), place), officer, week, state, asked_at


def _can(agency: Agency, study: Study) -> Claims:
    """Return which officers a study may ask: serving, with hours, and of the job it is about."""
    serves = (agency.active_to < 0) & (agency.active_from < study.begins) & (contracted_hours(agency) > 0)
    inspects = diaries.jobs(agency) == diaries.INSPECTING
    fits = inspects if study.asks == "inspectors" else ~inspects
    offices = {"inspectors": OFFICES + 1, "moments": _MOMENT_OFFICES}.get(study.asks, OFFICES)
    can: Claims = serves & fits & (agency.home < offices)
    return can


def _first_of_each(agency: Agency, officers: Ints) -> Ints:
    by_office = [officers[agency.home[officers] == one] for one in range(_MOMENT_OFFICES)]
    return np.sort(np.concatenate([one[:_MOMENT_OFFICERS] for one in by_office]))


def _response(agency: Agency) -> Floats:
    return np.asarray(RESPONSES)[agency.home % len(RESPONSES)]


def sample_columns(agency: Agency, sample: Sample, lost: list[int]) -> tuple[Columns, int]:
    """Return the samples as a table, but for those at some places."""
    order = np.delete(np.arange(len(sample.study)), lost)
    codes = [one.code for one in studies(agency)]
    rows = len(order)
    is_settled = sample.state != word("study_samples", "state", "asked")
    columns: Columns = {
        "sample_id": order + 1,
        "study_id": Picked(sample.study[order], keys(codes)),
        "officer_no": agency.officer(sample.officer[order]),
        "office_id": agency.office(agency.home[sample.officer[order]]),
        "week_from": sample.week[order],
        "asked_at": sample.asked_at[order],
        "state": sample.state[order],
        "settled_on": where(is_settled, sample.week + 5)[order],
    }
    return columns, rows


def entries(
    agency: Agency, sample: Sample, case_no: pa.Array, plants: Plants
) -> tuple[Columns, int, list[int]]:
    """Return the diaries' entries with the planted defects.

    Returns:
        The columns, how many rows, and the places of samples that must not be written: those officers were
        never asked.

    """
    chance = agency.chance("diaries")
    kept = np.flatnonzero(_is_kept(agency, sample))
    kept = kept[np.lexsort((sample.week[kept], sample.officer[kept]))]
    source = np.repeat(kept, _WORKING_DAYS)
    officer, study = sample.officer[source], sample.study[source]
    days = sample.week[source] + np.tile(np.arange(_WORKING_DAYS), len(kept))
    before = np.asarray([one.asks == "before" for one in studies(agency)])[study]
    done = np.where(before, diaries.BEFORE, diaries.jobs(agency)[officer])
    found = diaries.keep(agency, officer, done, chance)
    diary = Diary(
        source=source[found.of],
        officer=officer[found.of],
        office=agency.home[officer[found.of]].copy(),
        day=days[found.of],
        activity=found.activity.copy(),
        minutes=found.minutes.copy(),
        tasks=found.tasks.copy(),
        study=study[found.of],
        overtime=found.overtime,
        case=_cases(found.tasks, len(case_no), chance),
    )
    diary, lost = spoil(agency, diary, plants)
    return *_columns(agency, diary, case_no), lost


def _is_kept(agency: Agency, sample: Sample) -> Claims:
    is_diary = np.asarray([one.asks != "moments" for one in studies(agency)])[sample.study]
    is_kept: Claims = is_diary & (sample.state == word("study_samples", "state", "recorded"))
    return is_kept


def _cases(tasks: Ints, cases: int, chance: Chance) -> Ints:
    """Return a case for some entries of one task."""
    has_case = chance.claims(0.4, len(tasks)) & (tasks == 1)
    return where(has_case, chance.below(np.full(len(tasks), cases)))


def _columns(agency: Agency, diary: Diary, case_no: pa.Array) -> tuple[Columns, int]:
    rows, places = len(diary.officer), diary.case
    columns: Columns = {
        "entry_id": np.arange(1, rows + 1),
        "officer_no": agency.officer(diary.officer),
        "office_id": agency.office(diary.office),
        "worked_on": diary.day,
        "activity": Picked(diary.activity, keys([*diaries.NAMES, UNKNOWN])),
        "minutes": diary.minutes,
        "case_no": case_no.take(pa.array(places, mask=places < 0)),
        "tasks": diary.tasks,
        "study": Picked(diary.study, keys([one.code for one in studies(agency)])),
        "is_overtime": diary.overtime,
    }
    return columns, rows


def moments(agency: Agency, sample: Sample) -> tuple[Columns, int]:
    """Return what officers answered at the moments drawn: by the shares of their jobs' minutes."""
    chance = agency.chance("moments")
    asked = (sample.asked_at >= 0) & (sample.state == word("study_samples", "state", "recorded"))
    kept = np.flatnonzero(asked)
    kept = kept[np.lexsort((sample.asked_at[kept], sample.officer[kept]))]
    officer = sample.officer[kept]
    activity = diaries.at_moments(diaries.jobs(agency)[officer], chance)
    columns: Columns = {
        "moment_id": np.arange(1, len(kept) + 1),
        "study_id": Picked(sample.study[kept], keys([one.code for one in studies(agency)])),
        "officer_no": agency.officer(officer),
        "office_id": agency.office(agency.home[officer]),
        "observed_at": sample.asked_at[kept],
        "activity": Picked(activity, keys(diaries.NAMES)),
    }
    return columns, len(kept)
