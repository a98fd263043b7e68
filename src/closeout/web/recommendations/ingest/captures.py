"""Keep what came in: bytes, the document they are a capture of, and the reading made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from closeout.reading import model
from closeout.reading.joining import join_keys
from closeout.reading.serial import from_json, to_json
from closeout.web.recommendations.models import Blob, Capture, Document, JoinKey, SupersededReading
from closeout.web.recommendations.models.rules import fuzzy_columns
from closeout.web.recommendations.rows import insert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from closeout.reading.model import DocumentReading

Json = TypeVar("Json")
_LONGEST_ORIGIN = 500
_LONGEST_KEY = 140
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database keeps in a text: NUL and half surrogates. One sign for one, so spans hold."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A reading with the bytes it was made of, and the document it is a capture of.

    `origin` is empty for a document known by the path it was read from.
    """

    reading: DocumentReading
    data: bytes
    origin: str = ""

    @property
    def home(self) -> str:
        """Return the origin of its document; of a long path the end, which tells files apart."""
        return (self.origin or self.reading.document.path)[-_LONGEST_ORIGIN:]


@dataclass(slots=True)
class Kept:
    """What became of the arrivals, by capture id."""

    new: list[int]
    reread: list[int]
    unchanged: list[int]


def storable(value: Json) -> Json:
    """Return text, or JSON holding text, with what no database can keep replaced sign by sign."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value) if _UNSTORABLE.search(value) else value  # type: ignore[return-value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}  # type: ignore[return-value]
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]  # type: ignore[return-value]
    return value


def keep(arrivals: Sequence[Arrival], *, got_at: datetime) -> Kept:
    """Store a batch of readings; the same bytes of the same document are stored once.

    A capture read again by another version of the extractor, or for the first time with
    success, takes the new reading and keeps the old one aside. Call it inside a transaction.
    """
    documents = _documents(arrivals)
    _keep_bytes(arrivals)
    present = {
        (capture.document_id, capture.blob_id): capture
        for capture in Capture.objects.filter(document__in=documents.values()).defer("text", "reading")
    }
    kept = Kept([], [], [])
    fresh: dict[tuple[int, str], tuple[Capture, DocumentReading]] = {}
    for arrival in arrivals:
        document = documents[arrival.home]
        place = (document.pk, arrival.reading.document.sha256)
        if place in fresh:
            continue
        if capture := present.get(place):
            is_same = not _is_better(arrival.reading, capture)
            (kept.unchanged if is_same else kept.reread).append(capture.pk)
            if not is_same:
                _read_again(capture, arrival.reading, got_at)
            continue
        columns = _columns(arrival.reading)
        fresh[place] = (
            Capture(document=document, blob_id=place[1], got_at=got_at, **columns),
            arrival.reading,
        )
    made = Capture.objects.bulk_create([capture for capture, _ in fresh.values()], batch_size=100)
    kept.new.extend(capture.pk for capture in made)
    _keep_join_keys((capture.pk, reading) for capture, reading in fresh.values())
    _mark_newest({capture.document_id for capture in made})
    return kept


def _is_better(reading: DocumentReading, capture: Capture) -> bool:
    """Say whether a reading replaces what was read: another extractor's, or the first that succeeds.

    A scan is unread until text recognition is installed; then the same bytes have words.
    """
    is_read = not any(problem.fatal for problem in reading.problems)
    return capture.extractor_version != reading.extractor_version or (capture.is_fatal and is_read)


def _mark_newest(document_ids: set[int]) -> None:
    """Mark, of each document, the capture that was got last."""
    newest: dict[int, int] = {}
    captures = Capture.objects.filter(document__in=document_ids).order_by("got_at", "pk")
    newest.update(captures.values_list("document", "pk"))
    captures.filter(is_newest=True).exclude(pk__in=newest.values()).update(is_newest=False)
    captures.filter(pk__in=newest.values(), is_newest=False).update(is_newest=True)


def _documents(arrivals: Iterable[Arrival]) -> dict[str, Document]:
    titles = {arrival.home: arrival.reading for arrival in arrivals}
    Document.objects.bulk_create(
        [
            Document(origin=storable(origin), family=reading.family, title=storable(_title(reading)))
            for origin, reading in titles.items()
        ],
        update_conflicts=True,
        unique_fields=["origin"],
        update_fields=["family", "title"],
    )
    found = {
        document.origin: document for document in Document.objects.filter(origin__in=map(storable, titles))
    }
    return {origin: found[storable(origin)] for origin in titles}


def _title(reading: DocumentReading) -> str:
    return reading.title or reading.document.title


def _keep_bytes(arrivals: Iterable[Arrival]) -> None:
    data = {arrival.reading.document.sha256: arrival.data for arrival in arrivals}
    known = set(Blob.objects.filter(pk__in=data).values_list("pk", flat=True))
    Blob.objects.bulk_create(
        [Blob(sha256=key, size=len(held), data=held) for key, held in data.items() if key not in known],
        ignore_conflicts=True,
    )


def _read_again(capture: Capture, reading: DocumentReading, now: datetime) -> None:
    old = Capture.objects.only("reading", "extractor_version").get(pk=capture.pk)
    SupersededReading.objects.create(
        capture=capture, extractor_version=old.extractor_version, reading=old.reading, replaced_at=now
    )
    columns = _columns(reading)
    Capture.objects.filter(pk=capture.pk).update(is_joined=False, **columns)
    capture.join_keys.all().delete()
    _keep_join_keys([(capture.pk, reading)])


def _keep_join_keys(readings: Iterable[tuple[int, DocumentReading]]) -> None:
    insert(
        JoinKey(capture_id=pk, key=key)
        for pk, reading in readings
        for key in sorted({storable(key)[:_LONGEST_KEY] for key in join_keys(reading)})
    )


def _columns(reading: DocumentReading) -> dict[str, Any]:
    document = reading.document
    problems = [*document.problems, *reading.problems]
    return {
        **fuzzy_columns("as_of", reading.as_of),
        **fuzzy_columns("report_date", reading.report_date),
        "medium": document.medium.value,
        "family": reading.family,
        "title": storable(_title(reading)),
        "issuer": storable(reading.issuer)[:120],
        "report_number": storable(reading.report_number)[:80],
        "declared_total": reading.declared_total,
        "shown": reading.shown,
        # Complete means complete against a declared total.
        "is_complete": None if reading.complete and reading.declared_total is None else reading.complete,
        "is_secondary": reading.is_secondary,
        "is_fatal": any(problem.fatal for problem in problems),
        "extractor_version": reading.extractor_version,
        "problems": storable(
            [
                {
                    "code": problem.code,
                    "message": problem.message,
                    "fatal": problem.fatal,
                    "span": [problem.span.start, problem.span.end] if problem.span else None,
                }
                for problem in dict.fromkeys(problems)
            ]
        ),
        "pages": [[page.number, page.start, page.end] for page in document.pages],
        "reading": _plain_reading(reading),
        "text": storable(document.text),
    }


def _plain_reading(reading: DocumentReading) -> dict[str, Any]:
    """Return the reading as it is kept, without its document's text."""
    plain = to_json(reading, with_text=False)
    # Its words come from the text: where that can be stored, they can, and need not be walked through.
    told = (reading.document.text, reading.document.path, reading.document.title)
    return storable(plain) if any(_UNSTORABLE.search(each) for each in told) else plain


def reading_of(capture: Capture) -> DocumentReading:
    """Return the reading kept with a capture, without its document's text."""
    return from_json(capture.reading, text="")


def known(sha256: str) -> DocumentReading | None:
    """Return what the present extractor read from these bytes before, without the text, or None."""
    first = (
        Capture.objects.filter(blob=sha256, extractor_version=model.EXTRACTOR_VERSION).only("reading").first()
    )
    return reading_of(first) if first else None
