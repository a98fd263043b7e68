"""Made-up countries: their missions, what they ask for, how they cooperate, and what is planned."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.records.example.arrays import on, words
from closeout.records.example.offices import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.defects import Plants

COUNTRIES = tuple(f"X{first}{second}" for first in ascii_uppercase[:5] for second in ascii_uppercase)[:125]
"""From the codes that ISO 3166 leaves to its users."""
_UNCOOPERATIVE, _WITH_DELAYS, _AT_RISK = 23, 62, 12
_NEW_RULE_DAYS = 300
"""Days before the as-of date on which every third country's rule changed."""
_LATE_ACTIONS = 7


@dataclass(frozen=True, slots=True)
class Book:
    """What the missions ask for, by country."""

    follow_up_days: Ints
    wants: Claims
    """Countries by items."""
    has_new_rule: Claims

    def rule_on(self, agency: Agency, countries: Ints, days: Ints) -> Ints:
        """Return the rule in force on a day, as a place among `rule_ids`."""
        is_new = self.has_new_rule[countries] & (days >= agency.as_of - _NEW_RULE_DAYS)
        return countries * 2 + is_new


def rule_ids() -> list[str]:
    """Return the codes of two rules a country; not every country has the second."""
    return [f"{country}-R{version}" for country in COUNTRIES for version in (1, 2)]


def book(agency: Agency) -> Book:
    """Return what the missions ask for."""
    chance = agency.chance("countries")
    items = len(words("country_rule_items", "item"))
    wants = chance.generator.random((len(COUNTRIES), items)) < 0.5
    wants[:, :2] = True
    every_third = np.arange(len(COUNTRIES)) % 3 == 0
    return Book(np.asarray((30, 45, 60))[chance.whole(0, 2, len(COUNTRIES))], wants, every_third)


def country_rows() -> Iterator[dict[str, Any]]:
    """Yield a row per country; every twelfth has its desk at headquarters only."""
    for place, country in enumerate(COUNTRIES):
        yield {
            "country": country,
            "label": f"Country {country} (fictional)",
            "office_id": codes()[place % 24] if place % 12 else "HQ",
        }


def mission_rows() -> Iterator[dict[str, Any]]:
    """Yield an embassy a country, and a consulate for every other."""
    for place, country in enumerate(COUNTRIES):
        yield {"mission_id": f"{country}-E", "country": country, "kind": "embassy", "jurisdiction": "ALL"}
        if place % 2:
            yield {
                "mission_id": f"{country}-C",
                "country": country,
                "kind": "consulate",
                "jurisdiction": f"R{place % 4 + 1}",
            }


def rule_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the countries' rules; a few have not been reviewed for years."""
    asked, chance = book(agency), agency.chance("country rules")
    for place, country in enumerate(COUNTRIES):
        has_new = bool(asked.has_new_rule[place])
        typical = float(chance.generator.integers(30, 200))
        changed = agency.as_of - _NEW_RULE_DAYS
        is_old = not has_new and place % 25 == 1
        reviewed = agency.as_of - int(chance.generator.integers(*((800, 1_500) if is_old else (10, 300))))
        common = {
            "country": country,
            "interview_needed": place % 3 != 1,
            "language": ("en", "es", "fr")[place % 3],
            "accepts_charters": place % 4 != 0,
            "monthly_cap": 50 if place % 10 == 0 else None,
            "follow_up_days": int(asked.follow_up_days[place]),
            "typical_days": typical,
            "typical_days_low": typical * 0.6,
            "typical_days_high": typical * 1.7,
            "typical_n": int(chance.generator.integers(11, 400)),
            "reviewed_by": None,
            "office_id": codes()[place % 24] if place % 12 else "HQ",
        }
        yield common | {
            "rule_id": f"{country}-R1",
            "version": 1,
            "effective_from": on(agency.as_of - 3_000),
            "effective_to": on(changed - 1) if has_new else None,
            "reviewed_on": on(changed - 400) if has_new else on(reviewed),
        }
        if has_new:
            yield common | {
                "rule_id": f"{country}-R2",
                "version": 2,
                "effective_from": on(changed),
                "effective_to": None,
                "reviewed_on": on(changed - 10),
            }
        elif is_old:
            plants.note("country-rule-not-reviewed", [f"{country}-R1"])


def rule_item_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield what each rule asks for."""
    asked = book(agency)
    items = list(words("country_rule_items", "item"))
    number = 0
    for place, country in enumerate(COUNTRIES):
        for version in (1, 2) if asked.has_new_rule[place] else (1,):
            for item in np.flatnonzero(asked.wants[place]):
                number += 1
                yield {
                    "item_id": number,
                    "rule_id": f"{country}-R{version}",
                    "item": items[item],
                    "originals": 1 if item < 2 else 0,
                    "copies": 2,
                }


def cooperation(place: int) -> str:
    """Return a country's category: as many of each as were published for August 2016."""
    if place < _UNCOOPERATIVE:
        return "uncooperative"
    if place < _UNCOOPERATIVE + _WITH_DELAYS:
        return "cooperative_with_delays"
    return "at_risk" if place < _UNCOOPERATIVE + _WITH_DELAYS + _AT_RISK else "cooperative"


def assessment_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield every country's assessment in three half-yearly cycles."""
    chance = agency.chance("cooperation")
    number = 0
    for cycle in _cycles(agency):
        for place, country in enumerate(COUNTRIES):
            number += 1
            category = cooperation(place)
            yield {
                "assessment_id": number,
                "cycle_on": on(cycle),
                "country": country,
                "category": category,
                "refuses_charters": category == "uncooperative" and place % 2 == 0,
                "release_ratio": round(float(chance.generator.gamma(2, 0.2)), 3),
                "days_to_removal": round(float(chance.generator.gamma(4, 40)), 1),
                "cases": int(chance.generator.integers(5, 900)),
                "source": "internal",
            }


def _cycles(agency: Agency) -> tuple[int, ...]:
    return tuple(agency.as_of - days for days in (450, 270, 90))


def action_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the actions planned for the countries that do not cooperate; some are long overdue."""
    chance = agency.chance("plan actions")
    mechanisms = list(words("plan_actions", "mechanism"))
    owners = list(words("plan_actions", "owner_role"))
    number = 0
    for cycle in _cycles(agency):
        for place in range(_UNCOOPERATIVE):
            number += 1
            due = cycle + int(chance.generator.integers(60, 150))
            is_late = number <= _LATE_ACTIONS
            is_done = due < agency.as_of and not is_late
            before = round(float(chance.generator.gamma(4, 40)), 1)
            yield {
                "action_id": number,
                "country": COUNTRIES[place],
                "cycle_on": on(cycle),
                "planned_on": on(cycle + 14),
                "mechanism": mechanisms[(place + number) % len(mechanisms)],
                "owner_role": owners[place % len(owners)],
                "due_on": on(due),
                "done_on": on(due - 5) if is_done else None,
                "indicator_before": before,
                "indicator_after": round(before * 0.9, 1) if is_done else None,
                "office_id": "HQ",
            }
            if is_late:
                plants.note("plan-action-overdue", [number])


def instrument_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield memoranda with ten countries, and the standing one between agencies, of 2011."""
    plants.note("instrument-not-reviewed", ["MOU-STANDING"])
    yield {
        "instrument_id": "MOU-STANDING",
        "country": None,
        "kind": "memorandum",
        "signed_on": on(15_000),
        "ended_on": None,
        "reviewed_on": on(agency.as_of - 2_400),
        "office_id": "HQ",
    }
    for place in range(10):
        yield {
            "instrument_id": f"AGR-{COUNTRIES[place * 9]}",
            "country": COUNTRIES[place * 9],
            "kind": ("agreement", "protocol")[place % 2],
            "signed_on": on(agency.as_of - 1_500 - 90 * place),
            "ended_on": None,
            "reviewed_on": on(agency.as_of - 100 - 20 * place),
            "office_id": "HQ",
        }


def escalation_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield escalations; three were never answered."""
    levels = list(words("escalations", "level"))
    for number in range(1, 21):
        raised = agency.as_of - 30 * number
        is_open = number in {9, 12, 15}
        yield {
            "escalation_id": number,
            "instrument_id": "MOU-STANDING" if number % 2 else None,
            "country": COUNTRIES[number],
            "raised_on": on(raised),
            "level": levels[number % len(levels)],
            "answered_on": None if is_open else on(raised + 20),
            "office_id": "HQ",
        }
        if is_open:
            plants.note("escalation-unanswered", [number])
