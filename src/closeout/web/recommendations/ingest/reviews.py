"""Put what the reader is not sure of to a person, each question once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from closeout.reading.identity import digest
from closeout.web.recommendations.ingest.captures import storable
from closeout.web.recommendations.ingest.joinables import batches
from closeout.web.recommendations.models import ReviewItem, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from closeout.reading.register import Doubt, Register
    from closeout.web.recommendations.ingest.joinables import Joinable
    from closeout.web.recommendations.models import Recommendation, Report

_AT_ONCE = 400
_MOST_DOUBTS = 60
_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask. `subject` is the same whenever the same thing would be asked."""

    kind: ReviewKind
    subject: str
    text: str
    capture_id: int
    mention_id: int | None = None
    recommendation_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def sync_reviews(
    register: Register,
    joinables: Sequence[Joinable],
    recommendations: Mapping[str, Recommendation],
    reports: Mapping[str, Report],
) -> set[int]:
    """Ask what the readings and their join leave open.

    A question that was decided is not asked again; one that no longer arises is put aside,
    and comes back when it arises again. Returns the recommendations the changed questions are of.
    """
    questions = [
        *_about_documents(joinables),
        *_about_readings(joinables),
        *_about_joins(register, joinables, recommendations, reports),
    ]
    asked = {(question.kind.value, question.subject): question for question in questions}
    present = _present(joinables)
    missing = {key: question for key, question in asked.items() if key not in present}
    present.update(_elsewhere(missing))
    made = ReviewItem.objects.bulk_create(
        [_row(question) for key, question in asked.items() if key not in present], batch_size=500
    )
    back = [item for key, item in present.items() if key in asked and not item.is_current]
    aside = [item for key, item in present.items() if key not in asked and item.is_current]
    for items, is_current in ((back, True), (aside, False)):
        for some in batches([item.pk for item in items], _AT_ONCE):
            ReviewItem.objects.filter(pk__in=some).update(is_current=is_current)
    return {item.recommendation_id for item in [*made, *back, *aside] if item.recommendation_id is not None}


def _present(joinables: Sequence[Joinable]) -> dict[tuple[str, str], ReviewItem]:
    found = {}
    for some in batches([each.capture.pk for each in joinables], _AT_ONCE):
        for item in ReviewItem.objects.filter(capture__in=some):
            found[item.kind, item.subject] = item
    return found


def _elsewhere(missing: Mapping[tuple[str, str], Question]) -> dict[tuple[str, str], ReviewItem]:
    """Return the items that ask a missing question but hang on a capture that is not in this join."""
    found = {}
    for some in batches([subject for _, subject in missing], _AT_ONCE):
        for item in ReviewItem.objects.filter(subject__in=some):
            if (item.kind, item.subject) in missing:
                found[item.kind, item.subject] = item
    return found


def _row(question: Question) -> ReviewItem:
    return ReviewItem(
        capture_id=question.capture_id,
        mention_id=question.mention_id,
        recommendation_id=question.recommendation_id,
        kind=question.kind.value,
        subject=question.subject,
        question=storable(question.text),
        detail=storable(question.detail),
    )


def _about_documents(joinables: Sequence[Joinable]) -> Iterator[Question]:
    for each in joinables:
        capture = each.capture
        if not capture.is_newest:
            continue
        subject = f"capture {capture.pk}"
        fatal = [problem["message"] for problem in capture.problems if problem["fatal"]]
        if fatal:
            detail = {"problems": capture.problems}
            yield Question(ReviewKind.UNREAD, subject, fatal[0], capture.pk, detail=detail)
        elif capture.family == "unknown":
            text = "This document is of no known layout. Nothing was read into records."
            yield Question(ReviewKind.UNKNOWN_FAMILY, subject, text, capture.pk)
        elif capture.is_complete is False:
            yield _incomplete(each, subject)


def _incomplete(each: Joinable, subject: str) -> Question:
    capture = each.capture
    declared = capture.declared_total
    text = (
        f"This document declares {declared} recommendations and shows {capture.shown}. "
        "Add the pages that show the others. Until then nothing is taken to be gone."
        if declared is not None
        else "This document breaks off. Add the whole document. Until then nothing is taken to be gone."
    )
    detail = {"declared_total": declared, "shown": capture.shown}
    return Question(ReviewKind.INCOMPLETE, subject, text, capture.pk, detail=detail)


def _about_readings(joinables: Sequence[Joinable]) -> Iterator[Question]:
    for each in joinables:
        for record, mention in zip(each.reading.records, each.mentions, strict=True):
            if not record.doubts or mention is None:
                continue
            codes = ", ".join(sorted({doubt.code for doubt in record.doubts}))
            yield Question(
                ReviewKind.DOUBTFUL_READING,
                f"mention {mention.pk}: {codes}"[:200],
                " ".join(dict.fromkeys(doubt.message for doubt in record.doubts)),
                each.capture.pk,
                mention_id=mention.pk,
                recommendation_id=mention.recommendation_id,
                detail={
                    "doubts": [
                        {
                            "code": doubt.code,
                            "message": doubt.message,
                            "start": doubt.span.start if doubt.span else None,
                            "end": doubt.span.end if doubt.span else None,
                        }
                        for doubt in record.doubts
                    ]
                },
            )


def _about_joins(
    register: Register,
    joinables: Sequence[Joinable],
    recommendations: Mapping[str, Recommendation],
    reports: Mapping[str, Report],
) -> Iterator[Question]:
    entries = {entry.key: entry for entry in register.entries}
    mentions = {
        key: [joinables[document].mentions[record] for document, record in entry.records]
        for key, entry in entries.items()
    }
    documents = {report.key: report.documents for report in register.reports}
    for doubt in register.doubts:
        if all(key in entries for key in doubt.keys):
            held = {key: [each.pk for each in mentions[key] if each] for key in doubt.keys}
            if all(held.values()):
                yield _about_entries(doubt, held, recommendations, joinables, entries)
        elif all(key in reports for key in doubt.keys):
            first = min((index for key in doubt.keys for index in documents[key]), default=None)
            if first is not None:
                yield _about_reports(doubt, reports, joinables[first].capture.pk)


def _about_entries(
    doubt: Doubt,
    held: Mapping[str, list[int]],
    recommendations: Mapping[str, Recommendation],
    joinables: Sequence[Joinable],
    entries: Mapping[str, Any],
) -> Question:
    ids = sorted(recommendations[key].pk for key in doubt.keys)
    last = max(pk for pks in held.values() for pk in pks)
    document = next(
        document
        for key in doubt.keys
        for document, record in entries[key].records
        if (mention := joinables[document].mentions[record]) is not None and mention.pk == last
    )
    return Question(
        ReviewKind.DOUBTFUL_JOIN,
        _subject(doubt, "recommendations", ids),
        doubt.message,
        joinables[document].capture.pk,
        mention_id=last,
        recommendation_id=ids[0],
        detail={
            "doubt": doubt.kind.value,
            "likeness": doubt.likeness,
            "recommendations": ids,
            "mentions": sorted(pk for pks in held.values() for pk in pks)[:_MOST_DOUBTS],
        },
    )


def _about_reports(doubt: Doubt, reports: Mapping[str, Report], capture_id: int) -> Question:
    ids = sorted(reports[key].pk for key in doubt.keys)
    return Question(
        ReviewKind.DOUBTFUL_JOIN,
        _subject(doubt, "reports", ids),
        doubt.message,
        capture_id,
        detail={"doubt": doubt.kind.value, "likeness": doubt.likeness, "reports": ids},
    )


def _subject(doubt: Doubt, of: str, ids: Sequence[int]) -> str:
    named = f"{doubt.kind.value}: {of} {' '.join(map(str, ids))}"
    return named if len(named) <= _LONGEST_SUBJECT else f"{doubt.kind.value}: {digest(named)}"
