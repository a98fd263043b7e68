"""Readings, records and promises made by hand, so that rules can be tried without a document."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from itertools import count
from typing import Any

from closeout.reading.dates import FuzzyDate
from closeout.reading.model import (
    Document,
    DocumentReading,
    Medium,
    Promise,
    PromiseKind,
    Record,
    ReportMention,
    Span,
    Statement,
    StatementKind,
    StatusBasis,
)

_numbers = count(1)


def make_day(text: str) -> FuzzyDate:
    """Return a whole day ("2018-01-31"), month ("2018-01") or year ("2018") as a fuzzy date."""
    parts = [int(part) for part in text.split("-")]
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) == 3:
        return FuzzyDate(text, first, first, text)
    if len(parts) == 2:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return FuzzyDate(text, first, date.fromordinal(following.toordinal() - 1), text)
    return FuzzyDate(text, first, date(first.year, 12, 31), text)


def make_promise(due: str = "2018-01-31", **overrides: Any) -> Promise:
    """Return a promise to complete by a day."""
    said_on = overrides.pop("said_on", None)
    values: dict[str, Any] = {
        "kind": PromiseKind.COMPLETION,
        "printed": f"completion by {due}",
        "due": make_day(due),
        "by": "Agency",
        "span": Span(500, 520),
        "said_on": make_day(said_on) if said_on else None,
    }
    return Promise(**(values | overrides))


def make_statement(kind: StatementKind = StatementKind.UPDATE, **overrides: Any) -> Statement:
    """Return a statement; `said_on` may be a string."""
    said_on = overrides.pop("said_on", None)
    values: dict[str, Any] = {
        "kind": kind,
        "span": Span(400, 440),
        "text": "The agency said that work goes on.",
        "said_on": make_day(said_on) if said_on else None,
    }
    return Statement(**(values | overrides))


def make_record(
    text: str | None = "The Director should count the keys each week.", **overrides: Any
) -> Record:
    """Return a record; a status given without a basis counts as printed."""
    if overrides.get("status") and "status_basis" not in overrides:
        overrides["status_basis"] = StatusBasis.PRINTED
        overrides.setdefault("status_printed", str(overrides["status"]))
    values: dict[str, Any] = {"text": text, "text_span": Span(100, 100 + len(text)) if text else None}
    return Record(**(values | overrides))


def make_mention(title: str = "", **overrides: Any) -> ReportMention:
    """Return what a document says of a report; `issued` may be a string."""
    if isinstance(overrides.get("issued"), str):
        overrides["issued"] = make_day(overrides["issued"])
    return ReportMention(title=title, **overrides)


def make_reading(*records: Record, path: str = "", **overrides: Any) -> DocumentReading:
    """Return the reading of one document. Dates may be strings; each document has its own bytes.

    A title without a number is mentioned as a report's, as readers do for a page that is a report.
    """
    path = path or f"document-{next(_numbers):04}.txt"
    for name in ("report_date", "as_of"):
        if isinstance(overrides.get(name), str):
            overrides[name] = make_day(overrides[name])
    if overrides.get("title") and not (overrides.get("report_number") or overrides.get("is_secondary")):
        overrides.setdefault("reports", (make_mention(overrides["title"]),))
    for name in ("reports", "statements"):
        overrides[name] = tuple(overrides.get(name, ()))
    document = overrides.pop("document", None) or Document(
        path=path,
        sha256=sha256(path.encode()).hexdigest(),
        medium=Medium.TEXT,
        text=overrides.pop("document_text", ""),
    )
    values: dict[str, Any] = {
        "document": document,
        "family": "by-hand",
        "issuer": "DHS OIG",
        "records": records,
    }
    return DocumentReading(**(values | overrides))
