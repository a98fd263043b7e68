"""Readings made by hand, taken into the register as if files had been read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.apps import apps

from closeout.reading.model import Document, Medium
from closeout.web.audit.actions import SYSTEM
from closeout.web.recommendations.ingest import Arrival, Ingested, ingest
from tests.reading.factories import make_reading

if TYPE_CHECKING:
    from closeout.reading.model import DocumentReading, Record

FIRST = datetime(2026, 1, 5, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 12, tzinfo=UTC)


def reading_of(*records: Record, path: str = "lamp.txt", text: str = "", **fields: Any) -> DocumentReading:
    """Return a reading whose bytes are its text, so that another text is another capture."""
    text = text or f"The words of {path}, {[record.text for record in records]}, {fields}." + "." * 600
    document = Document(path, sha256(text.encode()).hexdigest(), Medium.TEXT, text)
    return make_reading(*records, document=document, **fields)


def take_in(*readings: DocumentReading, at: datetime = FIRST, by: Any = SYSTEM) -> Ingested:
    """Take readings into the register."""
    return ingest([Arrival(each, each.document.text.encode()) for each in readings], by=by, got_at=at)


def again_by(version: str, reading: DocumentReading, *records: Record) -> DocumentReading:
    """Return the same bytes as another extractor reads them."""
    return replace(reading, extractor_version=version, records=records)


def row_counts() -> dict[str, int]:
    """Count the rows of every table, the audit log's included."""
    return {
        model._meta.label: model._default_manager.count()
        for app in ("recommendations", "audit")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def contents() -> dict[str, list[dict[str, Any]]]:
    """Return the values of every row of the register, for comparing before and after."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("recommendations").get_models(include_auto_created=True)
        if model._meta.label != "recommendations.Blob"
    }
