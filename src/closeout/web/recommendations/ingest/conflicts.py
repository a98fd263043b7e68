"""Keep what documents contradict each other on, until a person says which is right."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from closeout.web.recommendations.ingest.captures import storable
from closeout.web.recommendations.ingest.joinables import batches
from closeout.web.recommendations.models import Conflict
from closeout.web.recommendations.rows import assign, save_changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.reading.register import Conflict as Found
    from closeout.reading.register import ConflictValue, Register
    from closeout.web.recommendations.ingest.joinables import Joinable
    from closeout.web.recommendations.models import Recommendation, Report

_AT_ONCE = 400


def sync_conflicts(
    register: Register,
    joinables: Sequence[Joinable],
    recommendations: Mapping[str, Recommendation],
    reports: Mapping[str, Report],
) -> set[int]:
    """Store the conflicts between the newest captures; what they no longer show is not current.

    A conflict is the same while its values are: a person's resolution of it then stands.
    Returns the recommendations whose conflicts changed.
    """
    wanted: dict[tuple[str, int, str, str], dict[str, Any]] = {}
    for owner, key, found in _all(register):
        values = [said for value in found.values if (said := _value(value, joinables))]
        if len(values) > 1:
            row_id = (recommendations if owner == "recommendation" else reports)[key].pk
            wanted[owner, row_id, found.field.value, _fingerprint(values)] = {"values": values}
    present = _present(recommendations, reports)
    changed = []
    for name, row in present.items():
        columns = {"is_current": name in wanted, **wanted.get(name, {})}
        if assign(row, columns):
            changed.append(row)
    save_changed(changed, ["is_current", "values"])
    made = Conflict.objects.bulk_create(
        [
            Conflict(**{f"{owner}_id": row_id}, field=field, fingerprint=fingerprint, **columns)
            for (owner, row_id, field, fingerprint), columns in wanted.items()
            if (owner, row_id, field, fingerprint) not in present
        ],
        batch_size=500,
    )
    return {row.recommendation_id for row in [*changed, *made] if row.recommendation_id is not None}


def _all(register: Register) -> Iterable[tuple[str, str, Found]]:
    for entry in register.entries:
        for conflict in entry.conflicts:
            yield "recommendation", entry.key, conflict
    for report in register.reports:
        for conflict in report.conflicts:
            yield "report", report.key, conflict


def _value(value: ConflictValue, joinables: Sequence[Joinable]) -> dict[str, Any] | None:
    sources = [
        {
            "capture": joinables[source.document].capture.pk,
            "start": source.span.start if source.span else None,
            "end": source.span.end if source.span else None,
            "page": joinables[source.document].capture.page_of(source.span.start) if source.span else None,
        }
        for source in value.sources
        if joinables[source.document].capture.is_newest
    ]
    return {"value": storable(value.value), "sources": sources} if sources else None


def _fingerprint(values: Sequence[Mapping[str, Any]]) -> str:
    said = sorted(str(value["value"]) for value in values)
    return sha256("\n".join(said).encode()).hexdigest()


def _present(
    recommendations: Mapping[str, Recommendation], reports: Mapping[str, Report]
) -> dict[tuple[str, int, str, str], Conflict]:
    found = {}
    for owner, rows in (("recommendation", recommendations), ("report", reports)):
        ids = sorted(row.pk for row in rows.values())
        for some in batches(ids, _AT_ONCE):
            for row in Conflict.objects.filter(**{f"{owner}__in": some}):
                found[owner, getattr(row, f"{owner}_id"), row.field, row.fingerprint] = row
    return found
