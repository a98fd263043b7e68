"""Bring the reports' rows to what the joined register says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.web.recommendations.ingest.captures import storable
from closeout.web.recommendations.ingest.joinables import batches
from closeout.web.recommendations.models import Report
from closeout.web.recommendations.models.rules import fuzzy_columns
from closeout.web.recommendations.rows import assign, save_changed, sync_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.reading.model import ReportMention
    from closeout.reading.register import Register, RegisterReport
    from closeout.web.recommendations.ingest.joinables import Joinable

_COLUMNS = (
    "key",
    "issuer",
    "number",
    "title",
    "kind",
    "issued_edtf",
    "issued_earliest",
    "issued_latest",
    "released_edtf",
    "released_earliest",
    "released_latest",
    "fiscal_year",
    "declared_count",
    "aliases",
    "is_cited_only",
    "is_unidentified",
    "is_retired",
)
_AT_ONCE = 400


def sync_reports(register: Register, joinables: Sequence[Joinable]) -> dict[str, Report]:
    """Store the register's reports; return their rows by key.

    A report that was known by its title keeps its row when a document gives its number. A row
    for which the register has no report any more is retired, not removed.
    """
    rows = _rows_in_scope(register, joinables)
    home = _claimed(register.reports, rows)
    columns = {report.key: _columns(report, joinables) for report in register.reports}
    _free_keys(home)
    Report.objects.bulk_create(
        [Report(**columns[report.key]) for report in register.reports if report.key not in home],
        batch_size=200,
    )
    _retire(rows, home)
    save_changed([row for key, row in home.items() if assign(row, columns[key])], _COLUMNS)
    stored = {
        row.key: row
        for some in batches(sorted(columns), _AT_ONCE)
        for row in Report.objects.filter(key__in=some)
    }
    sync_links(
        Report.captures.through,
        "report",
        "capture",
        {
            stored[report.key].pk: {joinables[document].capture.pk for document in report.documents}
            for report in register.reports
        },
    )
    return stored


def _rows_in_scope(register: Register, joinables: Sequence[Joinable]) -> dict[str, Report]:
    """Return the rows the register's reports may be, by key: by capture, present key, or former key."""
    keys = {key for report in register.reports for key in (report.key, *report.former_keys)}
    found: dict[str, Report] = {}
    for some in batches(sorted(keys), _AT_ONCE):
        found.update({row.key: row for row in Report.objects.filter(key__in=some)})
    for captures in batches([each.capture.pk for each in joinables], _AT_ONCE):
        found.update({row.key: row for row in Report.objects.filter(captures__in=captures).distinct()})
    return found


def _claimed(reports: Sequence[RegisterReport], rows: Mapping[str, Report]) -> dict[str, Report]:
    """Return the row of each report that has one: of the same key, else the first of a former key."""
    home = {report.key: rows[report.key] for report in reports if report.key in rows}
    taken = {row.pk for row in home.values()}
    for report in reports:
        former = [rows[key] for key in report.former_keys if key in rows and rows[key].pk not in taken]
        if report.key not in home and former:
            home[report.key] = min(former, key=lambda row: row.pk)
            taken.add(home[report.key].pk)
    return home


def _free_keys(home: Mapping[str, Report]) -> None:
    """Give rows that are about to take another's key a key of their own, so that none clash."""
    for key, row in home.items():
        if row.key != key:
            Report.objects.filter(pk=row.pk).update(key=f"~{row.pk}")


def _retire(rows: Mapping[str, Report], home: Mapping[str, Report]) -> None:
    kept = {row.pk for row in home.values()}
    gone = [row.pk for row in rows.values() if row.pk not in kept and not row.is_retired]
    Report.objects.filter(pk__in=gone).update(is_retired=True)


def _columns(report: RegisterReport, joinables: Sequence[Joinable]) -> dict[str, Any]:
    mentions = [joinables[document].reading.reports[index] for document, index in report.mentions]
    years = [mention.fiscal_year for mention in mentions if mention.fiscal_year is not None]
    columns = {
        "key": report.key,
        "issuer": report.issuer[:120],
        "number": report.number[:80],
        "title": report.title,
        "kind": _first_kind(mentions)[:40],
        **fuzzy_columns("issued", report.issued),
        **fuzzy_columns(
            "released", next((each.publicly_released for each in mentions if each.publicly_released), None)
        ),
        "fiscal_year": min(years, default=None),
        "declared_count": report.declared_count,
        "aliases": sorted({*report.aliases, *report.former_keys}),
        "is_cited_only": report.is_cited_only,
        "is_unidentified": report.is_unidentified,
        "is_retired": False,
    }
    return storable(columns)


def _first_kind(mentions: Iterable[ReportMention]) -> str:
    return next((mention.kind for mention in mentions if mention.kind), "")
