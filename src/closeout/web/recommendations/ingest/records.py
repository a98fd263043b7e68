"""A record as the register keeps and shows it: plain fields, with the spans they were read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from closeout.reading.model import Record, Span

_PLAIN = (
    "text",
    "number",
    "part",
    "report_title",
    "report_number",
    "agency",
    "addressee",
    "is_priority",
    "is_legislative",
    "is_withheld",
    "is_truncated",
    "status_printed",
    "status_confidence",
    "position_printed",
    "position_by",
)
_SPANS = ("text_span", "agency_span", "status_span", "position_span", "narrative_span")


def plain_record(record: Record) -> dict[str, Any]:
    """Return the record's fields as JSON: enums by value, spans as `[start, end]` or null."""
    fields: dict[str, Any] = {name: getattr(record, name) for name in _PLAIN}
    fields |= {name: _ends(getattr(record, name)) for name in _SPANS}
    fields["kind"] = record.kind.value
    fields["status"] = record.status.value if record.status else None
    fields["status_basis"] = record.status_basis.value if record.status_basis else None
    fields["position"] = record.position.value if record.position else None
    fields["doubts"] = [
        {"code": doubt.code, "message": doubt.message, "span": _ends(doubt.span)} for doubt in record.doubts
    ]
    fields["promises"] = [
        {
            "kind": promise.kind.value,
            "printed": promise.printed,
            "due": promise.due.edtf,
            "by": promise.by,
            "start": promise.span.start,
            "end": promise.span.end,
        }
        for promise in record.promises
    ]
    fields["money"] = [
        {"kind": money.kind, "amount": money.amount, "start": money.span.start, "end": money.span.end}
        for money in record.money
    ]
    return fields


def anchor(record: Record) -> Span | None:
    """Return where the record stands: its text, or else the first thing said in its stead."""
    return record.text_span or record.status_span or record.narrative_span or record.agency_span


def _ends(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
