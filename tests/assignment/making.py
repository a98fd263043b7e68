"""Small offices to share cases in."""

from __future__ import annotations

import pyarrow as pa

from closeout.assignment.shapes import CASES, Loads, Officer


def officer(number: str, hours: float = 100.0, *skills: str, office: str = "F01", **more: object) -> Officer:
    """Return an officer of an office."""
    return Officer(number, office, hours, frozenset(skills), **more)  # type: ignore[arg-type]


def case(number: int, holder: str | None, hours: float = 1.0, **more: object) -> dict[str, object]:
    """Return a case of so many hours a month."""
    plain = {
        "case_no": f"C-{number:03}",
        "office_id": "F01",
        "officer_no": holder,
        "minutes_a_month": hours * 60,
        "language": None,
        "is_child": False,
        "site_id": None,
        "attachment": 0.0,
    }
    return plain | more


def loads(officers: list[Officer], cases: list[dict[str, object]], *recusals: tuple[str, str]) -> Loads:
    """Return them as loads."""
    return Loads(tuple(officers), pa.Table.from_pylist(cases, schema=CASES), frozenset(recusals))


def held(number: int, count: int, holder: str, hours: float = 1.0, **more: object) -> list[dict[str, object]]:
    """Return some cases of one officer, numbered on from a number."""
    return [case(number + n, holder, hours, **more) for n in range(count)]
