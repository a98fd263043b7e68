"""What `closeout read --json` prints: a stable contract for other programs.

`contract.schema.json`, beside this module, describes it and is shipped with the package. Names
and meanings do not change within a major version; fields may be added. A value the documents do
not give is null. Spans are `[start, end)` counts of characters in the document's text; `page` is
the page a span begins on, null where the document has no pages.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from closeout import __version__
from closeout.reading.model import EXTRACTOR_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.dates import FuzzyDate
    from closeout.reading.joining import Conflict, Register
    from closeout.reading.model import (
        Document,
        DocumentReading,
        Finding,
        Problem,
        Promise,
        Record,
        ReportMention,
        Span,
        Statement,
    )

    Json = dict[str, Any]


def contract(readings: Sequence[DocumentReading], register: Register) -> Json:
    """Return the contract object for documents and the register joined from them.

    Args:
        readings: The documents, in the order in which they are to be listed.
        register: What `joining.join` made of the same sequence.

    Returns:
        JSON values: `documents`, `records` (in document order), `register` (whose `records` are
        indexes into those), and as extras `reports`, `doubts` and `made_by`.

    """
    firsts = _first_records(readings)
    return {
        "made_by": {"name": "closeout", "version": __version__, "extractor_version": EXTRACTOR_VERSION},
        "documents": [_document(reading) for reading in readings],
        "records": [_record(reading, record) for reading in readings for record in reading.records],
        "register": [
            {
                "key": entry.key,
                "report_key": entry.report_key,
                "number": entry.number,
                "text": entry.text,
                "kind": entry.kind.value,
                "agencies": list(entry.agencies),
                "records": [firsts[document] + record for document, record in entry.records],
                "conflicts": [_conflict(conflict, readings) for conflict in entry.conflicts],
                "declared_only": entry.is_declared_only,
            }
            for entry in register.entries
        ],
        **_reports(readings, register),
    }


def schema() -> Json:
    """Return the JSON Schema (draft 2020-12) of the contract object."""
    path = files("closeout.reading") / "contract.schema.json"
    values: Json = json.loads(path.read_text(encoding="utf-8"))
    return values


def _first_records(readings: Sequence[DocumentReading]) -> list[int]:
    """Return for each document the index its first record has in `records`."""
    firsts, count = [], 0
    for reading in readings:
        firsts.append(count)
        count += len(reading.records)
    return firsts


def _document(reading: DocumentReading) -> Json:
    document = reading.document
    problems = dict.fromkeys((*document.problems, *reading.problems))
    return {
        "path": document.path,
        "sha256": document.sha256,
        "medium": document.medium.value,
        "family": reading.family,
        "title": reading.title or document.title or None,
        "issuer": reading.issuer or None,
        "report_number": reading.report_number or None,
        "report_date": _edtf(reading.report_date),
        "as_of": _edtf(reading.as_of),
        "declared_total": reading.declared_total,
        "declared_span": _span(reading.declared_span),
        "shown": reading.shown,
        "complete": reading.complete,
        "secondary": reading.is_secondary,
        "problems": [_problem(problem, document) for problem in problems],
        "pages": [{"number": page.number, "span": [page.start, page.end]} for page in document.pages],
        "reports": [_mention(mention) for mention in reading.reports],
        "findings": [_finding(finding, document) for finding in reading.findings],
        "statements": [_statement(statement, document) for statement in reading.statements],
    }


def _record(reading: DocumentReading, record: Record) -> Json:
    document = reading.document
    return {
        "document": document.path,
        "report_title": record.report_title or None,
        "report_number": record.report_number or None,
        "number": record.number,
        "part": record.part or None,
        "kind": record.kind.value,
        "text": record.text,
        "text_span": _span(record.text_span),
        "page": _page(record.text_span, document),
        "agency": record.agency or None,
        "addressee": record.addressee or None,
        "priority": record.is_priority,
        "legislative": record.is_legislative,
        **_standing(record),
        "promises": [_promise(promise, document) for promise in record.promises],
        "statements": [_statement(statement, document) for statement in record.statements],
        "closed_on": _edtf(record.closed_on),
        "updated_on": _edtf(record.updated_on),
        "next_update_on": _edtf(record.next_update_on),
        "money": [
            {"kind": each.kind, "amount": each.amount, "span": _span(each.span)} for each in record.money
        ],
        "restated": [_span(span) for span in record.restated],
        "truncated": record.is_truncated,
        "withheld": record.is_withheld,
        "doubts": [_problem(doubt, document) for doubt in record.doubts],
    }


def _standing(record: Record) -> Json:
    """Return what auditor and respondent say of a recommendation, printed words beside normal forms."""
    return {
        "status_printed": record.status_printed,
        "status": record.status.value if record.status else None,
        "status_basis": record.status_basis.value if record.status_basis else None,
        "status_confidence": record.status_confidence,
        "status_span": _span(record.status_span),
        "position_printed": record.position_printed,
        "position": record.position.value if record.position else None,
        "position_by": record.position_by or None,
        "position_span": _span(record.position_span),
        "narrative_span": _span(record.narrative_span),
        "response_span": _span(record.response_span),
        "analysis_span": _span(record.analysis_span),
    }


def _promise(promise: Promise, document: Document) -> Json:
    return {
        "kind": promise.kind.value,
        "printed": promise.printed,
        "edtf": promise.due.edtf,
        "earliest": promise.due.earliest.isoformat(),
        "latest": promise.due.latest.isoformat(),
        "by": promise.by or None,
        "span": _span(promise.span),
        "page": _page(promise.span, document),
        "what": promise.what or None,
        "share": promise.share,
        "said_on": _edtf(promise.said_on),
    }


def _statement(statement: Statement, document: Document) -> Json:
    return {
        "kind": statement.kind.value,
        "text": statement.text,
        "span": _span(statement.span),
        "page": _page(statement.span, document),
        "value": statement.value or None,
        "printed": statement.printed or None,
        "by": statement.by or None,
        "said_on": _edtf(statement.said_on),
        "scope": list(statement.scope),
    }


def _mention(mention: ReportMention) -> Json:
    return {
        "title": mention.title or None,
        "title_span": _span(mention.title_span),
        "number": mention.number or None,
        "number_span": _span(mention.number_span),
        "issuer": mention.issuer or None,
        "kind": mention.kind or None,
        "issued": _edtf(mention.issued),
        "publicly_released": _edtf(mention.publicly_released),
        "fiscal_year": mention.fiscal_year,
        "declared_count": mention.declared_count,
        "declared_open": mention.declared_open,
        "position": mention.position.value if mention.position else None,
        "agency": mention.agency or None,
        "topics": list(mention.topics),
        "cited_only": mention.is_cited_only,
    }


def _finding(finding: Finding, document: Document) -> Json:
    parts = {name: _span(getattr(finding, name)) for name in ("criteria", "condition", "cause", "effect")}
    return {
        "heading": finding.heading,
        "span": _span(finding.span),
        "page": _page(finding.span, document),
        "level": finding.level,
        **parts,
    }


def _problem(problem: Problem, document: Document) -> Json:
    return {
        "code": problem.code,
        "message": problem.message,
        "span": _span(problem.span),
        "page": _page(problem.span, document),
        "fatal": problem.fatal,
    }


def _reports(readings: Sequence[DocumentReading], register: Register) -> Json:
    return {
        "reports": [
            {
                "key": report.key,
                "issuer": report.issuer or None,
                "number": report.number or None,
                "title": report.title or None,
                "issued": _edtf(report.issued),
                "declared_count": report.declared_count,
                "aliases": list(report.aliases),
                "documents": [readings[index].document.path for index in report.documents],
                "conflicts": [_conflict(conflict, readings) for conflict in report.conflicts],
                "cited_only": report.is_cited_only,
                "unidentified": report.is_unidentified,
            }
            for report in register.reports
        ],
        "doubts": [
            {
                "kind": doubt.kind.value,
                "message": doubt.message,
                "keys": list(doubt.keys),
                "likeness": doubt.likeness,
            }
            for doubt in register.doubts
        ],
    }


def _conflict(conflict: Conflict, readings: Sequence[DocumentReading]) -> Json:
    """Return a conflict: its values, and beside each of them where it stands."""
    return {
        "field": conflict.field.value,
        "values": [value.value for value in conflict.values],
        "sources": [
            [
                {"document": readings[source.document].document.path, "span": _span(source.span)}
                for source in value.sources
            ]
            for value in conflict.values
        ],
    }


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _page(span: Span | None, document: Document) -> int | None:
    return document.page_of(span.start) if span and document.pages else None


def _edtf(day: FuzzyDate | None) -> str | None:
    return day.edtf if day else None
