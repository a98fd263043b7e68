"""Plan a time study: whom it asks, drawn by chance and repeatably; cancel one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.actions.held import as_officer
from closeout.web.casework.acts.fields import TYPED_CODE
from closeout.web.casework.models import Officer
from closeout.web.casework.policy import today_at
from closeout.web.privacy import check_free_text
from closeout.web.staffing.models import StudySample, TimeStudy
from closeout.web.staffing.queries.sampled import monday_of
from closeout.workload.study.plan import Asked, Design, PlanError, sample_of

if TYPE_CHECKING:
    from closeout.web.accounts.models import User

_OFFICER = {
    "officer_no": pl.String,
    "office_id": pl.String,
    "unit_id": pl.String,
    "role": pl.String,
    "active_from": pl.Date,
    "active_to": pl.Date,
    "contracted_hours": pl.Float64,
}
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Planned:
    """What a study is to be, as somebody asks for it."""

    code: str
    label: str
    from_on: date
    officers: int
    weeks: int = 2
    rounds: int = 4
    design: str = Design.DIARY
    moments_a_week: int = 20
    office_id: str | None = None
    """None: all offices."""
    role: str | None = None
    """None: all roles."""
    seed: int = 1


@transaction.atomic
def plan_study(*, by: User, planned: Planned) -> TimeStudy:
    """Draw whom a study asks, and write study and sample down.

    Raises:
        UnfitValueError: The code is none or taken, the first week is past, or a number makes no sense.
        ValidationError: The label says what identifies a person.

    """
    require(by, Permission.STUDY_MANAGE)
    officer = as_officer(by)
    today = today_at(officer.office)
    _check(planned, today)
    sample = _drawn(planned)
    study = TimeStudy.objects.create(
        row_source="entered",
        study_id=planned.code,
        label=planned.label,
        design=planned.design,
        state="planned",
        from_on=monday_of(planned.from_on),
        to_on=max(sample["week_from"].to_list()) + timedelta(days=6),
        weeks=planned.weeks,
        moments_a_week=planned.moments_a_week if planned.design == Design.RANDOM_MOMENT else None,
        office_id=planned.office_id,
        role=planned.role,
        seed=planned.seed,
        planned_on=today,
        planned_by=officer,
    )
    StudySample.objects.bulk_create(
        (StudySample(row_source="entered", **_row(one)) for one in sample.iter_rows(named=True)), _BATCH
    )
    told = {"seed": planned.seed, "officers": sample["officer_no"].n_unique(), "rows": sample.height}
    audit.record(by=by, action="study.plan", target=study, after=told)
    return study


@transaction.atomic
def cancel_study(*, by: User, study_id: str) -> TimeStudy:
    """Cancel a study: nobody is asked any more; what was recorded stays, and weights may rest on it.

    Raises:
        UnfitValueError: There is no such study.
        NotNowError: It has ended.

    """
    require(by, Permission.STUDY_MANAGE)
    study = TimeStudy.objects.select_for_update().filter(pk=study_id).first()
    if study is None:
        msg = f"there is no study {study_id}"
        raise UnfitValueError(msg)
    if study.state not in ("planned", "running"):
        msg = f"the study is {study.get_state_display()}"
        raise NotNowError(msg)
    before, study.state = study.state, "cancelled"
    study.row_version += 1
    study.save(update_fields=["state", "row_version", "row_updated_at"])
    audit.record(
        by=by, action="study.cancel", target=study, before={"state": before}, after={"state": study.state}
    )
    return study


def _check(planned: Planned, today: date) -> None:
    check_free_text(planned.label)
    if not re.match(TYPED_CODE, planned.code):
        msg = "the code is one word of letters, digits and . / _ : & + -, at most 24"
        raise UnfitValueError(msg)
    if TimeStudy.objects.filter(pk=planned.code).exists():
        msg = f"a study is called {planned.code} already"
        raise UnfitValueError(msg)
    if planned.from_on < monday_of(today):
        msg = "the first week is past"
        raise UnfitValueError(msg)


def _drawn(planned: Planned) -> pl.DataFrame:
    rows = Officer.objects.order_by("pk").values_list(*_OFFICER)
    officers = pl.DataFrame(list(rows), schema=_OFFICER, orient="row")
    asked = Asked(
        code=planned.code,
        from_on=planned.from_on,
        officers=planned.officers,
        weeks=planned.weeks,
        rounds=planned.rounds,
        design=Design(planned.design),
        moments_a_week=planned.moments_a_week,
        offices=(planned.office_id,) if planned.office_id else (),
        roles=(planned.role,) if planned.role else (),
        seed=planned.seed,
    )
    try:
        return sample_of(asked, officers)
    except PlanError as error:
        raise UnfitValueError(str(error)) from error


def _row(one: dict[str, Any]) -> dict[str, Any]:
    """Return a drawn row as the model takes it; moments are by the site's clock."""
    at = one["asked_at"]
    return {
        "study_id": one["study_id"],
        "officer_id": one["officer_no"],
        "office_id": one["office_id"],
        "week_from": one["week_from"],
        "asked_at": timezone.make_aware(at) if at is not None else None,
        "state": one["state"],
    }
