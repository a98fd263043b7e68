"""Reviewing a case file by checklist, and the second look (A7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import file_reviews as actions
from closeout.web.casework.acts.fields import words
from closeout.web.casework.acts.registry import Act, ActForm, register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, FileReview

GROUP = "File reviews"


class ChecklistForm(ActForm):
    """A finding for each item of the checklist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        for item, label in words(actions.ITEMS):
            finding = forms.ChoiceField(label=label, choices=words(actions.FINDINGS, empty="Choose one"))
            self.fields[f"item_{item}"] = finding


class ReviewForm(ChecklistForm):
    """A first review, with why the file was taken."""

    sample_basis = forms.ChoiceField(label="Why this file", choices=words(actions.BASES))


def findings(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the finding for each item."""
    return {item: values[f"item_{item}"] for item in actions.ITEMS}


def review(by: User, case: Case, _subject: object, values: Mapping[str, Any]) -> object:
    """Record a first review."""
    return actions.review_file(
        by=by,
        case_no=case.pk,
        findings=findings(values),
        sample_basis=values["sample_basis"],
        on=values["on"],
        expected_version=values["expected_version"],
    )


def look_again(by: User, _case: Case, subject: FileReview, values: Mapping[str, Any]) -> object:
    """Record a second look."""
    return actions.second_review_file(
        by=by,
        review_id=subject.pk,
        findings=findings(values),
        on=values["on"],
        expected_version=values["expected_version"],
    )


def unseconded(case: Case, _user: User) -> QuerySet[FileReview]:
    """Return the completed reviews without a second look, the newest first."""
    return case.file_reviews.filter(completed_on__isnull=False, second_reviewed_on=None).order_by(
        "-completed_on"
    )


register(
    Act(
        "file-review",
        "Review the file by checklist",
        GROUP,
        "Every item has a finding; what does not apply is said to.",
        review,
        form=ReviewForm,
        done="Recorded the review.",
    ),
    Act(
        "file-review-second",
        "Review the file a second time",
        GROUP,
        "The second look is another person's.",
        look_again,
        form=ChecklistForm,
        permission=Permission.CASE_APPROVE,
        subjects=unseconded,
        done="Recorded the second look.",
    ),
)
