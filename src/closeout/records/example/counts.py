"""Counts as an agency publishes them, and the planted ones that do not add up."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from closeout.records.example.arrays import on
from closeout.records.example.countries import COUNTRIES, cooperation
from closeout.records.example.fiscal import quarter_starts
from closeout.records.example.partners import agreements
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants

_TECHNOLOGIES = ("phone-app", "bracelet", "voice", "dual")
_SHORT_BY = 21
"""By how much the parts of one published date miss the printed total, as in a real public series."""
_LOST = (3, 7)
"""Cases that two months' counts forget."""


def with_errors(counts: list[dict[str, Any]], plants: Plants) -> list[dict[str, Any]]:
    """Return the dockets' monthly counts with two that do not balance: a case left that nobody counted."""
    if not counts:
        return counts
    for place, lost in zip((len(counts) // 3, len(counts) // 2), _LOST, strict=True):
        row = counts[place]
        row["went_out"] += lost
        plants.note("docket-count-does-not-balance", [row["count_id"]])
    return counts


def program_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield participants by office and technology with totals; on one date they miss the total by 21."""
    numbers = count(1)
    for back in range(6, 0, -1):
        day = on(quarter_starts(agency.as_of, back))
        sums = dict.fromkeys(_TECHNOLOGIES, 0)
        for office in range(OFFICES):
            by_technology = {name: 40 + (office * 13 + back * 7 + len(name)) % 300 for name in _TECHNOLOGIES}
            for name, people in by_technology.items():
                sums[name] += people
                yield _people(next(numbers), day, agency.office_id(office), name, people)
            yield _people(next(numbers), day, agency.office_id(office), "ALL", sum(by_technology.values()))
        for name, people in sums.items():
            yield _people(next(numbers), day, "ALL", name, people)
        total = _people(next(numbers), day, "ALL", "ALL", sum(sums.values()))
        if back == 4:
            total["people"] += _SHORT_BY
            plants.note("program-total-misses-parts", [total["count_id"]])
        yield total


def _people(number: int, day: Any, office: str, category: str, people: int) -> dict[str, Any]:  # noqa: ANN401
    return {"count_id": number, "as_of_on": day, "office_id": office, "category": category, "people": people}


def published_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield published counts: agreements by state and model, countries by how they cooperate."""
    numbers = count(1)
    by_area: dict[tuple[str, str], int] = {}
    for one in agreements(agency):
        if not one.ended:
            key = (f"ST-{one.place % 21 + 1:02d}", one.model)
            by_area[key] = by_area.get(key, 0) + 1
    for (area, model), amount in sorted(by_area.items()):
        yield _published(next(numbers), agency, "agreements", area, model, amount)
    kinds = [cooperation(place) for place in range(len(COUNTRIES))]
    for kind in sorted(set(kinds)):
        yield _published(next(numbers), agency, "countries", "ALL", kind, kinds.count(kind))


def _published(
    number: int, agency: Agency, kind: str, area: str, category: str, amount: int
) -> dict[str, Any]:
    return {
        "count_id": number,
        "kind": kind,
        "as_of_on": on(agency.as_of - 10),
        "area": area,
        "category": category,
        "amount": amount,
    }
