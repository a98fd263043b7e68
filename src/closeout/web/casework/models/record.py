"""What every record in the database has besides its declared columns, and the words for its constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from closeout.records.tables import TABLES

if TYPE_CHECKING:
    import dataframely as dy


def choices(table: str, column: str) -> list[tuple[str, str]]:
    """Return the words a column takes, as declared, with how they read in a form."""
    declared = cast("dy.Enum", TABLES[table].columns()[column])
    return [(word, word.replace("_", " ")) for word in declared.categories]


def in_order(earlier: str, later: str, *, name: str) -> models.CheckConstraint:
    """Return the constraint that one day is not after another, where both are known."""
    unknown = Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__isnull": True})
    return models.CheckConstraint(condition=unknown | Q(**{f"{later}__gte": F(earlier)}), name=name)


def both_or_neither(one: str, other: str, *, name: str) -> models.CheckConstraint:
    """Return the constraint that two columns are filled together or not at all."""
    both = Q(**{f"{one}__isnull": False, f"{other}__isnull": False})
    neither = Q(**{f"{one}__isnull": True, f"{other}__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=name)


def differ(one: str, other: str, *, name: str) -> models.CheckConstraint:
    """Return the constraint that two people are not one, where both are known."""
    unknown = Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True})
    return models.CheckConstraint(condition=unknown | ~Q(**{one: F(other)}), name=name)


def one_at_a_time(*columns: str, while_: Q, name: str) -> models.UniqueConstraint:
    """Return the constraint that at most one row has these values while a condition holds."""
    return models.UniqueConstraint(fields=columns, condition=while_, name=name)


class Record(models.Model):
    """A row of an agency's records. The database gives the defaults, so that bulk loads need not."""

    table: ClassVar[str] = ""
    """The declared table."""

    row_version = models.PositiveIntegerField(default=1, db_default=1)
    row_source = models.CharField(
        max_length=8,
        choices=[("entered", "entered"), ("imported", "imported"), ("derived", "derived")],
        default="entered",
        db_default="imported",
    )
    row_updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        abstract = True
