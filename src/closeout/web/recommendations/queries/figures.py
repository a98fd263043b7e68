"""The register's two charts: how old what is open is, and when promised dates fall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db.models import Case, CharField, Count, Q, Value, When
from django.db.models.functions import ExtractQuarter, ExtractYear

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.recommendations.models.register import RecommendationQuerySet

_BANDS = (
    ("Under 6 months", 0, 6),
    ("6 to 12 months", 6, 12),
    ("1 to 2 years", 12, 24),
    ("2 to 5 years", 24, 60),
    ("5 years and more", 60, None),
)
NO_DATE = "Report date not known"


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Open recommendations whose report was issued so long ago, as of the chart's day."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """Newest completion promises that fall in a calendar quarter, by what has become of them."""

    year: int
    quarter: int
    overdue: int
    upcoming: int
    closed: int

    @property
    def label(self) -> str:
        """Return "2023 Q2"."""
        return f"{self.year} Q{self.quarter}"

    @property
    def total(self) -> int:
        """Return all promises of the quarter."""
        return self.overdue + self.upcoming + self.closed


def aging(found: RecommendationQuerySet, *, as_of: date) -> list[AgeBand]:
    """Return the open recommendations by age in calendar months since their report was issued.

    A report known only to a month or a year counts from the last day that can mean. The bands
    add up to all open ones: those whose report's date is not known are a band of their own.
    """
    whens = []
    for label, low, high in _BANDS:
        condition = (
            Q(report__issued_latest__lte=as_of - relativedelta(months=low))
            if low
            else Q(report__issued_latest__isnull=False)
        )
        if high is not None:
            condition &= Q(report__issued_latest__gt=as_of - relativedelta(months=high))
        whens.append(When(condition, then=Value(label)))
    band = Case(*whens, default=Value(NO_DATE), output_field=CharField())
    rows = found.open().order_by().values_list(band).annotate(count=Count("pk"))
    counted = dict(rows)
    labels = [label for label, _, _ in _BANDS] + [NO_DATE]
    return [AgeBand(label, counted.get(label, 0)) for label in labels]


def promise_quarters(found: RecommendationQuerySet, *, as_of: date) -> list[Quarter]:
    """Return the newest completion promises by the quarter of the last day they can mean, oldest first.

    Only quarters with a promise are listed.
    """
    rows = (
        found.filter(promise_latest__isnull=False)
        .order_by()
        .annotate(year=ExtractYear("promise_latest"), quarter=ExtractQuarter("promise_latest"))
        .values("year", "quarter")
        .annotate(
            overdue=Count("pk", filter=Q(is_open=True, promise_latest__lt=as_of)),
            upcoming=Count("pk", filter=Q(is_open=True, promise_latest__gte=as_of)),
            closed=Count("pk", filter=Q(is_open=False)),
        )
        .order_by("year", "quarter")
    )
    return [Quarter(**row) for row in rows]
