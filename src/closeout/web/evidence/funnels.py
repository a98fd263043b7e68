"""The funnel beside the offices of a share: whose figure lies outside what chance alone allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.measures.measure import Shape
from closeout.evidence.statistics.funnel import Funnel, Kind, Position, Unit, funnel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from closeout.web.evidence.queries.measure import OfficeResult

LEAST = 3
"""A funnel of fewer units says nothing."""


def funnel_of(shape: str, offices: Sequence[OfficeResult]) -> Funnel | None:
    """Return the funnel of a share or a rate by office; None for other shapes, or too few offices."""
    kind = {Shape.SHARE: Kind.SHARE, Shape.RATE: Kind.RATE}.get(Shape(shape))
    units = [
        Unit(each.office_id, each.result.figure.numerator, each.result.figure.denominator)
        for each in offices
        if each.office_id and each.result.figure.numerator is not None and each.result.figure.denominator
    ]
    if kind is None or len(units) < LEAST:
        return None
    return funnel(units, kind=kind)


def signals(found: Funnel, labels: Mapping[str, str]) -> list[str]:
    """Return a sentence for each unit outside the limits, by name; one that says so where there is none."""
    outside = [one for one in found.placed if one.position is not Position.WITHIN]
    said = [
        f"{labels.get(one.unit.name, one.unit.name)} lies {one.position.value}: "
        f"{_value(found, one.value)} where all together have {_value(found, found.target)}."
        for one in sorted(outside, key=lambda one: labels.get(one.unit.name, one.unit.name))
    ]
    chance = (
        f"Of {len(found.placed)}, about {found.by_chance:.1f} would lie outside the 95 % limits by chance."
    )
    return [*(said or ["None lies outside the limits."]), chance, f"{found.note[0].upper()}{found.note[1:]}."]


def _value(found: Funnel, value: float) -> str:
    return f"{100 * value:.1f} %" if found.kind is Kind.SHARE else f"{value:.3g}"
