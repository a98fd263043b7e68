"""The list of recommendations: filters, order, one page of rows, and the counts above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Window

from closeout.followup.statuses import CLOSED_STATUSES, OPEN_STATUSES, Progress
from closeout.web.recommendations.models import Capture, ClosureRequest, ClosureState, Recommendation, Report
from closeout.web.recommendations.models.rules import fuzzy
from closeout.web.recommendations.queries.words import Axes, axes_of, excerpt
from closeout.web.recommendations.search import search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from closeout.reading.dates import FuzzyDate
    from closeout.web.recommendations.models.register import RecommendationQuerySet

ASKED_LENGTH = 140
WAITING_DAYS = 30
CLOCK_SOON_DAYS = 30
PAGE_SIZE = 50
MOST_ROWS = 200


class Group(StrEnum):
    """Why a recommendation may need somebody now. One recommendation can be in several."""

    CLOCK = "clock"
    MISSED = "missed"
    EVIDENCE = "evidence"
    WAITING = "waiting"
    CONFLICT = "conflict"
    REVIEW = "review"


class Order(StrEnum):
    """The ways the list can be ordered."""

    REPORT = "report"
    PROMISE = "promise"
    STATUS = "status"
    PROGRESS = "progress"
    OWNER = "owner"


_FIELDS: Mapping[Order, str] = {
    Order.REPORT: "sort_key",
    Order.PROMISE: "promise_latest",
    Order.STATUS: "auditor_status",
    Order.PROGRESS: "progress",
    Order.OWNER: "owner_office",
}
OPEN, CLOSED, NOT_PRINTED = "open", "closed", "not-printed"


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; empty values leave it as it is.

    `status` is an `AuditorStatus`, or `open`, `closed`, `not-printed`; `report` and `agency` are ids;
    `report_words` is a report's number or part of its title.
    """

    words: str = ""
    report: int | None = None
    report_words: str = ""
    agency: int | None = None
    status: str = ""
    progress: str = ""
    group: str = ""
    is_overdue: bool = False
    is_incomplete: bool = False
    is_priority: bool = False

    def __bool__(self) -> bool:
        """Say whether anything is narrowed."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    `days_late` is calendar days past the newest completion promise; None unless open and late.
    """

    pk: int
    key: str
    label: str
    report_pk: int
    report: str
    report_title: str
    asked: str
    agencies: tuple[str, ...]
    axes: Axes
    promise: FuzzyDate | None
    promise_kind: str
    days_late: int | None
    clock_due_on: date | None
    owner: str
    is_open: bool
    is_priority: bool
    is_declared_only: bool
    is_withheld: bool
    has_conflict: bool
    has_incomplete_source: bool
    in_review: bool
    needs: int
    needs_covered: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list. `total` counts all rows under the filters; pages count from 1."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    as_of: date


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of the list's first line, over the whole register as of a day."""

    as_of: date
    total: int
    open: int
    missed: int
    waiting: int
    clocks: int
    evidence: int
    conflicts: int
    in_review: int
    incomplete_sources: int
    declared_only: int


def select(filters: Filters, *, as_of: date) -> RecommendationQuerySet:
    """Return the recommendations under the filters, unordered."""
    narrowed = [
        Q(report=filters.report) if filters.report is not None else Q(),
        _report(filters.report_words) if filters.report_words else Q(),
        _agency(filters.agency) if filters.agency is not None else Q(),
        _status(filters.status) if filters.status else Q(),
        Q(progress=filters.progress) if filters.progress else Q(),
        _missed(as_of) if filters.is_overdue else Q(),
        Q(has_incomplete_source=True) if filters.is_incomplete else Q(),
        Q(is_priority=True) if filters.is_priority else Q(),
        _GROUPS[Group(filters.group)](as_of) if filters.group in _GROUPS else Q(),
    ]
    return search(Recommendation.objects.listed().filter(*narrowed), filters.words)


def listing(
    filters: Filters,
    *,
    as_of: date,
    order: Order = Order.REPORT,
    is_descending: bool = False,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Listing:
    """Return one page of the list.

    Args:
        filters: What narrows it.
        as_of: The day that lateness is judged on.
        order: What it is ordered by; ties, and rows without a value last, by report and number.
        is_descending: Whether the order is turned round.
        page: From 1; one past the end gives the last.
        size: Rows a page, 1 to 200.

    """
    size = max(1, min(size, MOST_ROWS))
    found = ordered(select(filters, as_of=as_of), order, is_descending=is_descending)
    # The page's ids first: sorting then never carries the long texts along.
    cut = _cut_at_once if filters.words.strip() else _cut
    ids, total, page = cut(found, page, size)
    rows = {row.pk: row for row in _with_names(Recommendation.objects.filter(pk__in=ids))}
    pages = max(1, -(-total // size))
    return Listing(tuple(_row(rows[pk], as_of) for pk in ids), total, page, pages, as_of)


def _cut(found: RecommendationQuerySet, page: int, size: int) -> tuple[list[int], int, int]:
    """Return a page's ids, the count of all rows, and the page: the last one when there are not as many."""
    total = found.order_by().count()
    page = max(1, min(page, -(-total // size)))
    start = (page - 1) * size
    return list(found.values_list("pk", flat=True)[start : start + size]), total, page


def _cut_at_once(found: RecommendationQuerySet, page: int, size: int) -> tuple[list[int], int, int]:
    """Return the same with one query, so that words are searched for once and not twice."""
    start = (max(1, page) - 1) * size
    counted = found.annotate(of_all=Window(Count("pk"))).values_list("pk", "of_all")
    rows = list(counted[start : start + size])
    if not rows:
        return _cut(found, page, size)
    return [pk for pk, _ in rows], rows[0][1], max(1, page)


def counts(*, as_of: date) -> Counts:
    """Return the counts of the whole register as of a day, declared-only ones included in the totals."""
    found = Recommendation.objects.listed().aggregate(
        total=Count("pk"),
        open=Count("pk", filter=_open()),
        missed=Count("pk", filter=_missed(as_of)),
        clocks=Count("pk", filter=_clock(as_of)),
        evidence=Count("pk", filter=_evidence(as_of)),
        conflicts=Count("pk", filter=Q(has_conflict=True)),
        in_review=Count("pk", filter=Q(in_review=True)),
        declared_only=Count("pk", filter=Q(is_declared_only=True)),
    )
    return Counts(
        as_of=as_of,
        waiting=ClosureRequest.objects.filter(_waiting_long(as_of)).count(),
        incomplete_sources=incomplete_captures().count(),
        **found,
    )


def incomplete_captures() -> QuerySet[Capture]:
    """Return the newest capture of each document that shows less than it declares."""
    return Capture.objects.filter(is_complete=False, is_newest=True)


def ordered(found: RecommendationQuerySet, order: Order, *, is_descending: bool) -> RecommendationQuerySet:
    """Return the recommendations in an order; ties by report and number, those without a value last."""
    field = F(_FIELDS[order])
    if order is Order.REPORT:
        return found.order_by("-sort_key" if is_descending else "sort_key")
    first = field.desc(nulls_last=True) if is_descending else field.asc(nulls_last=True)
    return found.order_by(first, "sort_key")


def _with_names(found: RecommendationQuerySet) -> RecommendationQuerySet:
    return found.select_related("report").prefetch_related("agencies")


def _row(rec: Recommendation, as_of: date) -> Row:
    promise = fuzzy(rec, "promise")
    is_late = rec.is_open and promise is not None and promise.latest < as_of
    return Row(
        pk=rec.pk,
        key=rec.key,
        label=rec.label,
        report_pk=rec.report_id,
        report=str(rec.report),
        report_title=rec.report.title,
        asked=excerpt(rec.text, ASKED_LENGTH),
        agencies=tuple(agency.name for agency in rec.agencies.all()),
        axes=axes_of(rec),
        promise=promise,
        promise_kind=rec.promise_kind,
        days_late=(as_of - promise.latest).days if is_late and promise else None,
        clock_due_on=rec.clock_due_on,
        owner=rec.owner_office,
        **{name: getattr(rec, name) for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = (
    "is_open",
    "is_priority",
    "is_declared_only",
    "is_withheld",
    "has_conflict",
    "has_incomplete_source",
    "in_review",
    "needs",
    "needs_covered",
)


def _report(words: str) -> Q:
    found = Report.objects.filter(Q(number__icontains=words) | Q(title__icontains=words))
    return Q(report__in=found.values("pk"))


def _agency(pk: int) -> Q:
    links = Recommendation.agencies.through.objects.filter(agency=pk)
    return Q(pk__in=links.values("recommendation"))


def _status(value: str) -> Q:
    if value == OPEN:
        return _open()
    if value == CLOSED:
        return Q(is_open=False)
    if value == NOT_PRINTED:
        return Q(auditor_status="")
    return Q(auditor_status=value)


def _open() -> Q:
    """Keep what is open; whether a declared-only one is open is not known."""
    return Q(is_open=True, is_declared_only=False)


def _missed(as_of: date) -> Q:
    return Q(is_open=True, promise_latest__lt=as_of) & ~Q(auditor_status="")


def _clock(as_of: date) -> Q:
    return Q(is_open=True, clock_due_on__lte=as_of + timedelta(days=CLOCK_SOON_DAYS))


def _evidence(_as_of: date) -> Q:
    return Q(is_open=True, progress=Progress.EVIDENCE_READY)


def _waiting(_as_of: date) -> Q:
    return Q(
        is_open=True, closure_state__in=[ClosureState.REQUESTED, ClosureState.APPROVED, ClosureState.SENT]
    )


def _waiting_long(as_of: date) -> Q:
    return Q(state=ClosureState.SENT, sent_on__lte=as_of - timedelta(days=WAITING_DAYS))


_GROUPS: Mapping[str, Callable[[date], Q]] = {
    Group.CLOCK: _clock,
    Group.MISSED: _missed,
    Group.EVIDENCE: _evidence,
    Group.WAITING: _waiting,
    Group.CONFLICT: lambda _as_of: Q(has_conflict=True),
    Group.REVIEW: lambda _as_of: Q(in_review=True),
}
STATUS_CHOICES = (OPEN, CLOSED, NOT_PRINTED, *sorted(OPEN_STATUSES), *sorted(CLOSED_STATUSES))
PROGRESS_CHOICES = tuple(Progress)
