"""Made-up time studies whose true minutes are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from closeout.workload.officer_sums import OfficerSums
from closeout.workload.shapes import DIARY

MINUTES = 30.0
MONDAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Study:
    """One activity's diaries, the entries behind them, and the minutes a task really takes by office."""

    sums: OfficerSums
    entries: np.ndarray
    true: np.ndarray


def study(
    generator, *, offices=1, officers=10, weeks=2, log_sd=0.35, office_sd=0.0, tasks_a_week=12.0, least=1
):
    """Return diaries of officers who differ by `log_sd` in logarithms.

    A week has `least` tasks and a Poisson number more, `tasks_a_week` on average.
    """
    everybody = offices * officers
    office_of = np.repeat(np.arange(offices), officers)
    office = np.exp(office_sd * generator.standard_normal(offices))
    own = MINUTES * office[office_of] * np.exp(log_sd * generator.standard_normal(everybody))
    officer_of = np.repeat(np.arange(everybody), weeks)
    tasks = generator.poisson(tasks_a_week, everybody * weeks) + least
    week_of = np.repeat(np.arange(everybody * weeks), tasks)
    # Each entry's own luck: mean 1, standard deviation 0.66.
    entries = own[officer_of[week_of]] * np.exp(0.6 * generator.standard_normal(len(week_of)) - 0.18)
    minutes = np.bincount(week_of, entries, everybody * weeks)
    sums = OfficerSums(
        ("check-in",),
        tuple(f"O{place:02}" for place in range(offices)),
        office_of,
        officer_of,
        minutes[:, None],
        tasks[:, None].astype(float),
    )
    # The mean of exp(N(0, s^2)) is exp(s^2 / 2).
    return Study(sums, entries, MINUTES * office * np.exp(log_sd**2 / 2))


def diary(rows):
    """Return a diary of rows (office, officer, week from 0, activity, minutes, tasks)."""
    return pa.Table.from_pylist(
        [
            {
                "study": "2026-03",
                "office_id": office,
                "officer_no": officer,
                "week": MONDAY + timedelta(weeks=week),
                "activity": activity,
                "minutes": float(minutes),
                "tasks": float(tasks),
                "entries": 1,
            }
            for office, officer, week, activity, minutes, tasks in rows
        ],
        schema=DIARY,
    )


def diary_of(made):
    """Return a study's sums as the table they might have come from."""
    sums = made.sums
    first = np.searchsorted(sums.officer_of, sums.officer_of)
    return diary(
        (
            sums.offices[sums.office_of[officer]],
            f"N{officer:04}",
            row - int(first[row]),
            "check-in",
            sums.minutes[row, 0],
            sums.tasks[row, 0],
        )
        for row, officer in enumerate(sums.officer_of)
    )
