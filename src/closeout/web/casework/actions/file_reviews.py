"""Reviews of a case file by checklist, and the second look (A7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import check_version, one_of, take_case, take_row
from closeout.web.casework.models import FileReview, FileReviewItem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from closeout.web.accounts.models import User

ITEMS = (
    "contact",
    "proceeding",
    "records_check",
    "representation",
    "parental_interests",
    "language",
    "medical",
    "travel_document",
)
FINDINGS = ("right", "defect", "not_applicable")
BASES = ("all", "random", "targeted", "supervisor")
CHECKLIST = "CL-1"


@transaction.atomic
def review_file(
    *,
    by: User,
    case_no: str,
    findings: Mapping[str, str],
    sample_basis: str = "all",
    checklist_version: str = CHECKLIST,
    on: date | None = None,
    expected_version: int | None = None,
) -> FileReview:
    """Record a review of a case file: a finding for every item of the checklist.

    Args:
        by: Who reviewed.
        case_no: Whose file.
        findings: `right`, `defect` or `not_applicable` by item; every item has one.
        sample_basis: Why this file was taken.
        checklist_version: By which checklist.
        on: When; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        UnfitValueError: An item is missing or unknown, or a finding is none of those.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    _check_whole(findings)
    writing = hand.writing()
    row = writing.create(
        FileReview,
        case=hand.case,
        office=hand.case.office,
        reviewer=hand.officer,
        started_on=hand.on,
        completed_on=hand.on,
        checklist_version=checklist_version,
        items=sum(1 for found in findings.values() if found != "not_applicable"),
        defects=sum(1 for found in findings.values() if found == "defect"),
        sample_basis=one_of("the basis", sample_basis, BASES),
    )
    for item in ITEMS:
        writing.create(
            FileReviewItem, review=row, case=hand.case, item=item, result=findings[item], found_on=hand.on
        )
    hand.tell(writing, "file_review.record", row)
    return row


def _check_whole(findings: Mapping[str, str]) -> None:
    if missing := [item.replace("_", " ") for item in ITEMS if item not in findings]:
        msg = f"every item has a finding; missing: {', '.join(missing)}"
        raise UnfitValueError(msg)
    for item, found in findings.items():
        one_of("an item", item, ITEMS)
        one_of("a finding", found, FINDINGS)


@transaction.atomic
def second_review_file(
    *,
    by: User,
    review_id: int,
    findings: Mapping[str, str],
    on: date | None = None,
    expected_version: int | None = None,
) -> FileReview:
    """Review a file again as another person; whether the two agree on every item is worked out.

    Raises:
        SamePersonError: It is the reviewer's own review.
        NotNowError: It is not completed, or has had its second look.
        UnfitValueError: An item is missing or unknown, or a finding is none of those.

    """
    row, hand = take_row(
        FileReview, review_id, by=by, on=on, may=Permission.CASE_APPROVE, expected_version=expected_version
    )
    if row.reviewer_id == hand.officer.pk:
        msg = "the second look is another person's"
        raise SamePersonError(msg)
    if row.completed_on is None or row.second_reviewed_on is not None:
        msg = "it is not completed yet, or has had its second look"
        raise NotNowError(msg)
    _check_whole(findings)
    items = list(FileReviewItem.objects.select_for_update().filter(review=row).order_by("pk"))
    writing = hand.writing()
    for item in items:
        writing.change(item, second_result=findings[item.item])
    writing.change(
        row,
        second_reviewer=hand.officer,
        second_reviewed_on=hand.on,
        second_agrees=all(item.result == findings[item.item] for item in items),
    )
    hand.tell(writing, "file_review.second", row)
    return row


@transaction.atomic
def correct_defect(
    *, by: User, item_id: int, on: date | None = None, expected_version: int | None = None
) -> FileReviewItem:
    """Record that a defect found in a file has been put right.

    Raises:
        NotNowError: It is no defect, or has been put right.

    """
    review_id = FileReviewItem.objects.filter(pk=item_id).values_list("review_id", flat=True).first()
    _review, hand = take_row(FileReview, review_id or 0, by=by, on=on)
    row = FileReviewItem.objects.select_for_update().get(pk=item_id)
    check_version(row, expected_version)
    if row.result != "defect" or row.corrected_on is not None:
        msg = "there is no defect to put right, or it has been"
        raise NotNowError(msg)
    writing = hand.writing()
    writing.change(row, corrected_on=hand.on)
    hand.tell(writing, "file_review.correct", row)
    return row
