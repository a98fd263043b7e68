"""How minutes vary by the diaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from closeout.duties.pack import load_pack
from closeout.workload.study.spread import Spread, of_entries, spreads
from tests.duties.making import day, opened_rows

KINDS = {"activity": pl.String, "officer_no": pl.String, "minutes": pl.Int64, "tasks": pl.Int64}


def entries(by_officer, activity="check-in", tasks=1):
    """Return entries of the minutes of each officer."""
    rows = [
        {"activity": activity, "officer_no": officer, "minutes": minutes, "tasks": tasks}
        for officer, each in by_officer.items()
        for minutes in each
    ]
    return pl.DataFrame(rows, schema=KINDS)


def test_tasks_vary_about_each_officer_s_own_mean():
    # Each officer 8 and 12 about 10, or 16 and 24 about 20: +- a fifth. Twelve entries of each officer:
    # 36 squares of 0.04 over 36 - 3, so a cv of 0.2 x sqrt(36 / 33).
    found = of_entries(entries({"S-1": [8, 12] * 6, "S-2": [16, 24] * 6, "S-3": [8, 12] * 6}))
    made = found["check-in"]
    assert made.cv == pytest.approx(0.2 * np.sqrt(36 / 33))
    assert (made.entries, made.officers) == (36, 3)
    # Log means ln 10, ln 20, ln 10: variance ln(2) squared / 3; less cv squared over the twelve entries.
    assert made.officer_spread == pytest.approx(np.sqrt(np.log(2) ** 2 / 3 - made.cv**2 / 12))


def test_officers_alike_but_for_chance_have_no_spread():
    made = of_entries(entries({f"S-{place}": [5, 10, 30] * 4 for place in range(4)}))["check-in"]
    assert made.officer_spread == 0
    assert made.cv > 0.5


def test_entries_of_several_tasks_tell_nothing():
    several = entries({f"S-{place}": [40, 44] * 8 for place in range(4)}, tasks=4)
    assert of_entries(several) == {}
    # One that does not say how many is one.
    unsaid = several.with_columns(tasks=pl.lit(None, dtype=pl.Int64))
    assert of_entries(unsaid)["check-in"].entries == 64


@pytest.mark.parametrize(
    "few",
    [
        {"S-1": [8, 12] * 20, "S-2": [8, 12] * 20},
        {"S-1": [8, 12] * 4, "S-2": [8, 12] * 4, "S-3": [8, 12] * 4},
        # Thirty officers of one entry each: none tells of his own tasks.
        {f"S-{place}": [8] for place in range(30)},
    ],
)
def test_too_few_officers_or_entries_give_no_spread(few):
    assert of_entries(entries(few)) == {}


def test_drawn_minutes_are_found_again():
    # Log-normal: cv 0.6 within, log deviation 0.3 between forty officers of fifty tasks.
    chance = np.random.default_rng(5)
    sigma = np.sqrt(np.log1p(0.36))
    drawn = {
        f"S-{place:02}": np.maximum(
            1, np.rint(60 * np.exp(0.3 * chance.standard_normal() + sigma * chance.standard_normal(50)))
        ).astype(int)
        for place in range(40)
    }
    made = of_entries(entries({officer: each.tolist() for officer, each in drawn.items()}))["check-in"]
    assert made.cv == pytest.approx(0.6, rel=0.1)
    assert made.officer_spread == pytest.approx(0.3, rel=0.25)


def test_order_and_names_change_nothing():
    few = {"S-1": [8, 12] * 6, "S-2": [16, 24] * 6, "S-3": [9, 11] * 6}
    again = {name: few[old] for name, old in (("S-7", "S-2"), ("S-8", "S-3"), ("S-9", "S-1"))}
    one, other = (
        of_entries(entries(few))["check-in"],
        of_entries(entries(again).sample(fraction=1, seed=1, shuffle=True))["check-in"],
    )
    assert one.cv == pytest.approx(other.cv)
    assert one.officer_spread == pytest.approx(other.officer_spread)
    assert replace(one, cv=0, officer_spread=0) == replace(other, cv=0, officer_spread=0)
    assert Spread(**one.plain()) == one


# -- from a snapshot's tables

AS_OF = day("2026-06-30")


def recorded(since, *, activity="check-in", number=12):
    """Return entries of four officers of one office, one a day."""
    return [
        {
            "officer_no": f"S-{officer}",
            "office_id": "A",
            "worked_on": day(since) + timedelta(place),
            "activity": activity,
            "minutes": 8 + 4 * (place % 2),
            "tasks": 1,
            "study": "T-1",
        }
        for officer in range(4)
        for place in range(number)
    ]


def seen(rows, **tables):
    officers = [
        {"officer_no": f"S-{number}", "office_id": "A", "contracted_hours": 40.0} for number in range(4)
    ]
    given = {"time_entries": rows, "officers": officers} | tables
    with opened_rows(given) as (engine, opened):
        return spreads(engine, opened, load_pack(), AS_OF)


def test_entries_of_a_snapshot_tell_of_their_activity():
    found = seen(recorded("2026-01-05") + recorded("2026-01-05", activity="window"))
    # The window is no duty.
    assert list(found) == ["check-in"]
    assert found["check-in"].entries == 48
    assert found["check-in"].cv == pytest.approx(0.2 * np.sqrt(48 / 44))


@pytest.mark.parametrize("since", ["2020-01-06", "2026-07-06"])
def test_expired_and_later_entries_do_not_count(since):
    assert seen(recorded(since)) == {}


def test_entries_from_before_the_activity_changed_do_not_count():
    change = [{"activity": "check-in", "changed_on": day("2026-02-01"), "policy_id": "P"}]
    assert seen(recorded("2026-01-05"), activity_changes=change) == {}
    assert seen(recorded("2026-02-02"), activity_changes=change)["check-in"].entries == 48
