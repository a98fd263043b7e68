"""Database rules that many tables share: fuzzy dates, spans, and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, F, Q

from closeout.reading.dates import FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from enum import StrEnum

    from django.db.models import Model

CLOSED_PREFIX = "closed-"
"""Every normal form of a closed auditor status starts with it, and no open one does."""


def choices(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return Django choices for an enum: its value, and the value in plain words."""
    return [(value.value, value.value.replace("-", " ").capitalize()) for value in values]


def known_value(table: str, field: str, values: Iterable[StrEnum], *, blank: bool = False) -> CheckConstraint:
    """Refuse a value of `field` outside the enum (and the empty text unless `blank`)."""
    allowed = [value.value for value in values]
    return CheckConstraint(
        condition=Q(**{f"{field}__in": ["", *allowed] if blank else allowed}),
        name=f"{table}_{field}_known",
    )


def whole_date(table: str, field: str) -> CheckConstraint:
    """Demand that a fuzzy date has its standard form and both its days, in order, or nothing."""
    absent = Q(**{f"{field}_edtf": "", f"{field}_earliest__isnull": True, f"{field}_latest__isnull": True})
    present = ~Q(**{f"{field}_edtf": ""}) & Q(
        **{
            f"{field}_earliest__isnull": False,
            f"{field}_latest__isnull": False,
            f"{field}_earliest__lte": F(f"{field}_latest"),
        }
    )
    return CheckConstraint(condition=absent | present, name=f"{table}_{field}_whole_or_absent")


def whole_span(table: str, start: str = "start", end: str = "end") -> CheckConstraint:
    """Demand both ends of a span, in order, or neither."""
    absent = Q(**{f"{start}__isnull": True, f"{end}__isnull": True})
    present = Q(
        **{f"{start}__isnull": False, f"{end}__isnull": False, f"{start}__gte": 0, f"{start}__lte": F(end)}
    )
    return CheckConstraint(condition=absent | present, name=f"{table}_{start}_and_{end}_in_order")


def within(field: str) -> Q:
    """Return the condition that a share is there and lies between 0 and 1.

    A check whose condition comes out null passes, so what may be null is excluded by name.
    """
    return Q(**{f"{field}__isnull": False, f"{field}__gte": 0, f"{field}__lte": 1})


def in_order(one: str, other: str) -> Q:
    """Return the condition that both fields are filled, the first with less than the other."""
    return Q(**{f"{one}__isnull": False, f"{other}__isnull": False, f"{one}__lt": F(other)})


def both_or_neither(table: str, one: str, other: str) -> CheckConstraint:
    """Demand that two nullable fields are filled together."""
    return CheckConstraint(
        condition=Q(**{f"{one}__isnull": True, f"{other}__isnull": True})
        | Q(**{f"{one}__isnull": False, f"{other}__isnull": False}),
        name=f"{table}_{one}_iff_{other}",
    )


def fuzzy(row: Model, field: str) -> FuzzyDate | None:
    """Return the fuzzy date a row keeps under `field`, or None when it has none."""
    edtf: str = getattr(row, f"{field}_edtf")
    if not edtf:
        return None
    return FuzzyDate(edtf, getattr(row, f"{field}_earliest"), getattr(row, f"{field}_latest"))


def fuzzy_columns(field: str, value: FuzzyDate | None) -> dict[str, str | date | None]:
    """Return the three columns that keep `value` under `field`."""
    return {
        f"{field}_edtf": value.edtf if value else "",
        f"{field}_earliest": value.earliest if value else None,
        f"{field}_latest": value.latest if value else None,
    }
