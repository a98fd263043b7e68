"""Put what the reader is not sure of to a person, each question once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.reading.register import DoubtKind
from closeout.web.recommendations.ingest.joinables import batches
from closeout.web.recommendations.ingest.questions import Question, of_reports, subject_of, sync
from closeout.web.recommendations.models import ReviewItem, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from closeout.reading.register import Doubt, Register
    from closeout.web.recommendations.ingest.joinables import Joinable
    from closeout.web.recommendations.models import Recommendation, Report

_AT_ONCE = 400
_MOST_DOUBTS = 60
_LONGEST_SUBJECT = 200


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
    return sync(questions, _present(joinables))


def _present(joinables: Sequence[Joinable]) -> dict[tuple[str, str], ReviewItem]:
    found = {}
    for some in batches([each.capture.pk for each in joinables], _AT_ONCE):
        for item in ReviewItem.objects.filter(capture__in=some):
            if not item.subject.startswith(DoubtKind.LIKE_TITLES.value):
                found[item.kind, item.subject] = item
    return found


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
        if doubt.kind is DoubtKind.LIKE_TITLES:
            continue  # asked over the whole register
        if all(key in entries for key in doubt.keys):
            held = {key: [each.pk for each in mentions[key] if each] for key in doubt.keys}
            if all(held.values()):
                yield _about_entries(doubt, held, recommendations, joinables, entries)
        elif all(key in reports for key in doubt.keys):
            first = min((index for key in doubt.keys for index in documents[key]), default=None)
            if first is not None:
                yield of_reports(doubt, reports, joinables[first].capture.pk)


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
        subject_of(doubt, "recommendations", ids),
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
