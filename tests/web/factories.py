"""Rows for tests: each `make_…` gives a saved row with whatever the test does not name filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any

from closeout.reading.dates import FuzzyDate
from closeout.reading.fold import fold_key
from closeout.web.recommendations.models import (
    Agency,
    Blob,
    Capture,
    Document,
    Mention,
    PositionObservation,
    PromiseObservation,
    Recommendation,
    Report,
    SearchEntry,
    Statement,
    StatusObservation,
)
from closeout.web.recommendations.models.rules import fuzzy_columns
from closeout.web.recommendations.search import searchable

if TYPE_CHECKING:
    from closeout.web.accounts.models import User

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
_numbers = count(1)


def day(text: str) -> FuzzyDate:
    """Return an exact day as a fuzzy date."""
    exact = date.fromisoformat(text)
    return FuzzyDate(text, exact, exact)


def make_report(**fields: Any) -> Report:
    number = next(_numbers)
    fields.setdefault("number", f"ZIG-26-{number}")
    fields.setdefault("issuer", "Zephyr IG")
    fields.setdefault("key", f"zephyr-oig/{fields['number']}")
    fields.setdefault("title", f"The Harbor Office Should Count Its Buoys, Part {number}")
    issued = fields.pop("issued", day("2025-06-30"))
    return Report.objects.create(**fuzzy_columns("issued", issued), **fields)


def make_recommendation(**fields: Any) -> Recommendation:
    """Return a recommendation; `agency` is a name, `promise` a `FuzzyDate`, `words` what was said of it."""
    agency, words = fields.pop("agency", "Harbor Office"), fields.pop("words", "")
    report = fields.pop("report", None) or make_report()
    fields.setdefault("number", str(report.recommendations.count() + 1))
    fields.setdefault("order", report.recommendations.count() + 1)
    fields.setdefault("key", f"{report.key}/{fields['number']}")
    fields.setdefault("sort_key", f"{report.key}/{fields['order']:05}")
    fields.setdefault("text", f"The Director should count buoy {next(_numbers)} each spring.")
    if status := fields.get("auditor_status"):
        fields.setdefault("auditor_status_basis", "printed")
        fields.setdefault("auditor_status_printed", status.replace("-", " "))
        fields.setdefault("is_open", not status.startswith("closed-"))
    promise = fields.pop("promise", None)
    if promise:
        fields.setdefault("promise_kind", "completion")
        fields.setdefault("promises_made", 1)
    made = Recommendation.objects.create(report=report, **fuzzy_columns("promise", promise), **fields)
    if agency:
        made.agencies.add(Agency.objects.get_or_create(name=agency)[0])
    SearchEntry.objects.create(
        recommendation=made,
        names=searchable([report.number, report.title, agency]),
        asked=searchable([made.text]),
        said=searchable([words]),
    )
    return made


def make_document(**fields: Any) -> Document:
    fields.setdefault("origin", f"reports/zig-{next(_numbers)}.txt")
    return Document.objects.create(**fields)


def make_capture(text: str = "Recommendation 1: Count the buoys. Status: Open.", **fields: Any) -> Capture:
    number = next(_numbers)
    blob = Blob.objects.create(sha256=f"{number:064x}", size=len(text), data=text.encode())
    as_of, report_date = fields.pop("as_of", None), fields.pop("report_date", None)
    fields.setdefault("document", None)
    document = fields.pop("document") or make_document()
    defaults = {"medium": "text", "family": "dhs-oig-report", "extractor_version": "1", "got_at": NOON}
    return Capture.objects.create(
        document=document,
        blob=blob,
        text=text,
        **fuzzy_columns("as_of", as_of),
        **fuzzy_columns("report_date", report_date),
        **{**defaults, **fields},
    )


def make_mention(recommendation: Recommendation, capture: Capture | None = None, **fields: Any) -> Mention:
    capture = capture or make_capture()
    fields.setdefault("index", capture.mentions.count())
    fields.setdefault("record", {"text": recommendation.text, "number": recommendation.number})
    fields.setdefault("text_start", 0)
    fields.setdefault("text_end", 34)
    return Mention.objects.create(recommendation=recommendation, capture=capture, **fields)


def make_statement(mention: Mention, **fields: Any) -> Statement:
    fields.setdefault("kind", "update")
    fields.setdefault("text", "In May 2026 the office counted half of the buoys.")
    fields.setdefault("start", 35)
    fields.setdefault("end", 48)
    said_on = fields.pop("said_on", None)
    return Statement.objects.create(
        mention=mention,
        recommendation=mention.recommendation,
        capture=mention.capture,
        **fuzzy_columns("said_on", said_on),
        **fields,
    )


def make_status(mention: Mention, value: str = "resolved-open", **fields: Any) -> StatusObservation:
    fields.setdefault("basis", "printed")
    if fields["basis"] == "printed":
        fields.setdefault("printed", value.replace("-", " "))
    fields.setdefault("at", mention.capture.got_at)
    as_of = fields.pop("as_of", None)
    return StatusObservation.objects.create(
        recommendation=mention.recommendation,
        mention=mention,
        capture=mention.capture,
        value=value,
        **fuzzy_columns("as_of", as_of),
        **fields,
    )


def make_promise(
    recommendation: Recommendation,
    due: str | FuzzyDate = "2026-03-31",
    *,
    mention: Mention | None = None,
    by_person: User | None = None,
    **fields: Any,
) -> PromiseObservation:
    """Return a promise that a capture prints, or that `by_person` recorded."""
    if mention is None and by_person is None:
        mention = recommendation.mentions.first() or make_mention(recommendation)
    due = day(due) if isinstance(due, str) else due
    said_on = fields.pop("said_on", None)
    defaults = {"kind": "completion", "printed": f"by {due.edtf}", "by": "Harbor Office", "at": NOON}
    return PromiseObservation.objects.create(
        recommendation=recommendation,
        mention=mention,
        capture=mention.capture if mention else None,
        recorded_by=by_person,
        **fuzzy_columns("due", due),
        **fuzzy_columns("said_on", said_on),
        **{**defaults, **fields},
    )


def text_hash(text: str) -> str:
    """Return the hash under which the register keeps a folded text."""
    return sha256(fold_key(text).encode()).hexdigest()


def make_position(mention: Mention, value: str = "concur", **fields: Any) -> PositionObservation:
    said_on = fields.pop("said_on", None)
    defaults = {"printed": value, "by": "Harbor Office", "at": mention.capture.got_at}
    return PositionObservation.objects.create(
        recommendation=mention.recommendation,
        mention=mention,
        capture=mention.capture,
        value=value,
        **fuzzy_columns("said_on", said_on),
        **{**defaults, **fields},
    )
