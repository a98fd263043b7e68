"""What the records say of each partner in a fiscal year: the figures of the annual summary (C9)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from closeout.evidence.verdicts.reading import fiscal_year, known, need, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.engines import Engine

LOOK_BACK = 3
"""Inspections of so many fiscal years, the one asked for included."""
NOTICE_HOURS = 48
"""Within which a complaint is to be notified, weekends left out."""
_WEEKEND = 5
_NEEDED = ("partners", "agreements")
_TABLES = {
    "partners": ("partner_id", "office_id", "label", "area", "kind"),
    "agreements": ("agreement_id", "partner_id", "model", "state", "signed_on", "ended_on"),
    "partner_inspections": (
        "inspection_id",
        "agreement_id",
        "kind",
        "held_on",
        "report_issued_on",
        "closed_on",
    ),
    "partner_findings": (
        "finding_id",
        "inspection_id",
        "is_repeat",
        "found_on",
        "corrected_on",
        "verified_on",
    ),
    "complaints": ("complaint_id", "partner_id", "received_at", "notified_at", "resolved_on"),
    "participations": ("participation_id", "agreement_id", "from_on", "to_on"),
    "partner_trainings": ("training_id", "participation_id", "due_on", "passed_on"),
    "credentials": (
        "credential_no",
        "participation_id",
        "participation_ended_on",
        "returned_on",
        "revoked_on",
    ),
    "partner_summaries": ("summary_id", "agreement_id", "fiscal_year", "completed_on", "warrants_served"),
}


@dataclass(frozen=True, slots=True)
class InspectionYear:
    """One inspection: when, of what kind, and what became of its findings."""

    held_on: date
    kind: str
    model: str
    findings: int
    repeats: int
    verified: int
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PartnerYear:
    """One partner in one fiscal year, as known on a day. Every count is None where its table is missing.

    Attributes:
        partner_id, label, area, office_id: Which partner, and the office that oversees it.
        fiscal_year: October to September, named by its end.
        as_of: The day it is known on.
        agreements: Model, state and dates of each.
        inspections: Of this and the two fiscal years before, oldest first; None: no table of inspections.
        counts: The other counts, by name (`COUNTS`).

    """

    partner_id: str
    label: str
    area: str
    office_id: str
    fiscal_year: int
    as_of: date
    agreements: tuple[tuple[str, str, date, date | None], ...]
    inspections: tuple[InspectionYear, ...] | None
    counts: Mapping[str, int | None]


COUNTS: Mapping[str, str] = {
    "warrants": "Warrants served, as the partner’s summary on record says",
    "complaints": "Complaints received",
    "notified": "of them notified within 48 hours, weekends left out",
    "resolved": "of them resolved",
    "trainings": "Trainings due",
    "passed": "of them passed by the day they were due",
    "ended": "Participations ended",
    "returned": "of them with a returned or revoked credential",
}


def partner_years(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, *, year: int | None = None
) -> tuple[PartnerYear, ...]:
    """Return each partner's fiscal year, in the order of the partners' codes.

    Args:
        engine: Where the tables are.
        tables: The tables by name; `partners` and `agreements` are needed.
        as_of: The day to stand on: what came later is not known.
        year: The fiscal year; the last whole one before the day if None.

    Raises:
        LacksTablesError: One of the two is missing.

    """
    need(tables, _NEEDED)
    asked = year if year is not None else fiscal_year(as_of + timedelta(days=1)) - 1
    rows = {name: rows_of(engine, tables, name, columns) for name, columns in _TABLES.items()}
    has = {name: name in tables for name in _TABLES}
    agreements = _grouped(rows["agreements"], "partner_id")
    partner_of = {row["agreement_id"]: row["partner_id"] for row in rows["agreements"]}
    held = {row["participation_id"]: partner_of.get(row["agreement_id"]) for row in rows["participations"]}
    counts = _counts(rows, partner_of, held, asked, as_of)
    inspections = _inspections(rows, partner_of, asked, as_of)
    return tuple(
        PartnerYear(
            partner["partner_id"],
            partner["label"] or "",
            partner["area"] or "",
            partner["office_id"] or "",
            asked,
            as_of,
            tuple(_agreement(row, as_of) for row in agreements[partner["partner_id"]]),
            tuple(inspections[partner["partner_id"]]) if has["partner_inspections"] else None,
            {name: _count(counts[name], name, partner["partner_id"], has) for name in COUNTS},
        )
        for partner in rows["partners"]
    )


_RESTS_ON = {
    "warrants": "partner_summaries",
    "complaints": "complaints",
    "notified": "complaints",
    "resolved": "complaints",
    "trainings": "partner_trainings",
    "passed": "partner_trainings",
    "ended": "credentials",
    "returned": "credentials",
}


def _count(counts: Counter[str], name: str, partner: str, has: Mapping[str, bool]) -> int | None:
    """Return a count; None where its table is missing, or nobody entered the partner's warrants."""
    if not has[_RESTS_ON[name]]:
        return None
    return counts.get(partner) if name == "warrants" else counts[partner]


def _grouped(rows: Iterable[Mapping[str, Any]], key: str) -> defaultdict[str, list[Mapping[str, Any]]]:
    found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def _agreement(row: Mapping[str, Any], as_of: date) -> tuple[str, str, date, date | None]:
    return row["model"], row["state"], row["signed_on"], known(row["ended_on"], as_of)


def _counts(
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    partner_of: Mapping[str, str],
    held: Mapping[int, str | None],
    year: int,
    as_of: date,
) -> dict[str, Counter[str]]:
    """Return every count by partner."""
    made: dict[str, Counter[str]] = {name: Counter() for name in COUNTS}
    _add_warrants(made["warrants"], rows["partner_summaries"], partner_of, year, as_of)
    for row in rows["complaints"]:
        if _in_year(row["received_at"].date(), year, as_of):
            resolved = known(row["resolved_on"], as_of) is not None
            parts = {"notified": _in_time(row, as_of), "resolved": resolved}
            _add(made, row["partner_id"], "complaints", parts)
    for row in rows["partner_trainings"]:
        if _in_year(row["due_on"], year, as_of):
            passed = known(row["passed_on"], as_of)
            is_in_time = passed is not None and passed <= row["due_on"]
            _add(made, held.get(row["participation_id"]), "trainings", {"passed": is_in_time})
    for row in rows["credentials"]:
        if _in_year(row["participation_ended_on"], year, as_of):
            back = known(row["returned_on"], as_of) or known(row["revoked_on"], as_of)
            _add(made, held.get(row["participation_id"]), "ended", {"returned": back is not None})
    return made


def _add_warrants(
    made: Counter[str],
    rows: Sequence[Mapping[str, Any]],
    partner_of: Mapping[str, str],
    year: int,
    as_of: date,
) -> None:
    """Add the warrants that summaries of the year say; a partner without a summary gets no count."""
    for row in rows:
        is_there = row["fiscal_year"] == year and known(row["completed_on"], as_of)
        if is_there and row["warrants_served"] is not None:
            made[partner_of.get(row["agreement_id"], "")] += row["warrants_served"]


def _add(made: dict[str, Counter[str]], partner: str | None, whole: str, parts: Mapping[str, bool]) -> None:
    if partner is None:
        return
    made[whole][partner] += 1
    for part, holds in parts.items():
        made[part][partner] += holds


def _in_year(day: date | None, year: int, as_of: date) -> bool:
    return day is not None and day <= as_of and fiscal_year(day) == year


def _in_time(row: Mapping[str, Any], as_of: date) -> bool:
    """Say whether a complaint was notified within 48 hours of its receipt, weekends left out."""
    received, notified = row["received_at"], row["notified_at"]
    if notified is None or notified.date() > as_of:
        return False
    days = (notified.date() - received.date()).days
    weekend = sum((received.date() + timedelta(days=n)).weekday() >= _WEEKEND for n in range(1, days + 1))
    allowed = timedelta(hours=NOTICE_HOURS) + timedelta(days=weekend)
    return bool(notified - received <= allowed)


def _inspections(
    rows: Mapping[str, Sequence[Mapping[str, Any]]], partner_of: Mapping[str, str], year: int, as_of: date
) -> defaultdict[str, list[InspectionYear]]:
    models = {row["agreement_id"]: row["model"] for row in rows["agreements"]}
    findings = _grouped(rows["partner_findings"], "inspection_id")
    made: defaultdict[str, list[InspectionYear]] = defaultdict(list)
    for row in rows["partner_inspections"]:
        held_on = known(row["held_on"], as_of)
        if held_on is None or not year - LOOK_BACK < fiscal_year(held_on) <= year:
            continue
        found = [one for one in findings[row["inspection_id"]] if known(one["found_on"], as_of)]
        made[partner_of.get(row["agreement_id"], "")].append(
            InspectionYear(
                held_on,
                row["kind"],
                models.get(row["agreement_id"], ""),
                len(found),
                sum(bool(one["is_repeat"]) for one in found),
                sum(known(one["verified_on"], as_of) is not None for one in found),
                known(row["closed_on"], as_of),
            )
        )
    for each in made.values():
        each.sort(key=lambda one: (one.held_on, one.kind))
    return made
