"""Questions to people: each asked once, put aside when it no longer arises, and back when it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from closeout.reading.identity import digest
from closeout.web.recommendations.ingest.captures import storable
from closeout.web.recommendations.ingest.joinables import batches
from closeout.web.recommendations.models import ReviewItem, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.reading.register import Doubt
    from closeout.web.recommendations.models import Report

_AT_ONCE = 400
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


def sync(questions: Iterable[Question], present: dict[tuple[str, str], ReviewItem]) -> set[int]:
    """Ask what is new, put aside what no longer arises, and bring back what does.

    Args:
        questions: All that arise now.
        present: The items, by kind and subject, that may be put aside when they are not among them.

    Returns:
        The recommendations the changed questions are of.

    """
    asked = {(question.kind.value, question.subject): question for question in questions}
    missing = {key: question for key, question in asked.items() if key not in present}
    known = present | _elsewhere(missing)
    made = ReviewItem.objects.bulk_create(
        [_row(question) for key, question in asked.items() if key not in known], batch_size=500
    )
    back = [item for key, item in known.items() if key in asked and not item.is_current]
    aside = [item for key, item in known.items() if key not in asked and item.is_current]
    for items, is_current in ((back, True), (aside, False)):
        for some in batches([item.pk for item in items], _AT_ONCE):
            ReviewItem.objects.filter(pk__in=some).update(is_current=is_current)
    return {item.recommendation_id for item in [*made, *back, *aside] if item.recommendation_id is not None}


def _elsewhere(missing: Mapping[tuple[str, str], Question]) -> dict[tuple[str, str], ReviewItem]:
    """Return the items that ask a missing question but hang on a capture that was not looked at."""
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


def subject_of(doubt: Doubt, of: str, ids: Sequence[int]) -> str:
    """Return what tells the question about a doubtful join from every other."""
    named = f"{doubt.kind.value}: {of} {' '.join(map(str, ids))}"
    return named if len(named) <= _LONGEST_SUBJECT else f"{doubt.kind.value}: {digest(named)}"


def of_reports(doubt: Doubt, reports: Mapping[str, Report], capture_id: int) -> Question:
    """Return the question whether reports are one."""
    ids = sorted(reports[key].pk for key in doubt.keys)
    return Question(
        ReviewKind.DOUBTFUL_JOIN,
        subject_of(doubt, "reports", ids),
        doubt.message,
        capture_id,
        detail={"doubt": doubt.kind.value, "likeness": doubt.likeness, "reports": ids},
    )
