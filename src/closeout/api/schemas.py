"""What the API gives and takes."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the schemas are built from them
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from closeout.followup.statuses import Progress  # noqa: TC001
from closeout.reading.model import AuditorStatus, PromiseKind

MOST_ID = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=MOST_ID)]
Words = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"\S")]
Note = Annotated[str, Field(max_length=4_000)]


class Refusal(Schema):
    """Why something was not done."""

    detail: str | list[dict[str, object]]


class FuzzyDateOut(Schema):
    """A date with its precision: EDTF, and the first and last day it can mean."""

    edtf: str
    earliest: date
    latest: date


class PlaceOut(Schema):
    """Where words stand: characters [start, end) of a capture's text."""

    capture: int
    label: str
    start: int | None
    end: int | None
    page: int | None


class AxesOut(Schema):
    """The auditor's word, the agency's own progress, the system's reading, and the position."""

    auditor_value: str
    auditor_printed: str
    agency_value: str
    reads_as_value: str
    reads_as_confidence: float | None
    position_value: str
    position_printed: str
    position_by: str


class RowOut(Schema):
    """One recommendation in the list. `days_late` is null unless it is open and promised for before."""

    id: int = Field(alias="pk")
    key: str
    label: str
    report: str
    report_title: str
    asked: str
    agencies: list[str]
    axes: AxesOut
    promise: FuzzyDateOut | None
    days_late: int | None
    owner: str
    is_open: bool
    is_priority: bool
    is_declared_only: bool
    has_conflict: bool
    has_incomplete_source: bool
    in_review: bool
    needs: int
    needs_covered: int


class ListingOut(Schema):
    """One page of the list."""

    total: int
    page: int
    pages: int
    as_of: date
    rows: list[RowOut]


class CountsOut(Schema):
    """The register's counts as of a day."""

    as_of: date
    total: int
    open: int
    missed: int
    waiting: int
    clocks: int
    evidence: int
    conflicts: int
    in_review: int
    incomplete_sources: int
    declared_only: int


class EntryOut(Schema):
    """One entry of the timeline; `when` is null where nothing tells the date."""

    when: FuzzyDateOut | None
    title: str
    body: str
    axis: str
    by: str
    place: PlaceOut | None


class PromiseOut(Schema):
    """One promised date and what became of it. `slip_days` are calendar days."""

    kind: str
    outcome: str
    due: FuzzyDateOut
    said_on: FuzzyDateOut | None
    by: str
    what: str
    share: float | None
    slip_days: int | None
    moved_to: str | None
    is_second_hand: bool
    places: list[PlaceOut]


class ClockOut(Schema):
    """A rule at work. `due` are the first and last day it can be due."""

    code: str
    title: str
    citation: str
    due: tuple[date, date]
    state: str
    days_left: int


class NeedOut(Schema):
    """One thing the auditor needs to close."""

    id: int
    text: str
    is_covered: bool
    place: PlaceOut


class ClaimOut(Schema):
    """One value of a conflict and where it stands."""

    value: str
    places: list[PlaceOut]


class ConflictOut(Schema):
    """Sources that disagree on a field."""

    id: int
    field: str
    claims: list[ClaimOut]
    resolution: str


class StoryOut(Schema):
    """One recommendation as it was known on a day."""

    id: int
    key: str
    report: str
    report_title: str
    number: str
    text: str
    as_of: date
    agencies: list[str]
    auditor_status: str | None
    auditor_printed: str
    agency_progress: str | None
    reads_as: str | None
    position: str | None
    timeline: list[EntryOut]
    promises: list[PromiseOut]
    clocks: list[ClockOut]
    needs: list[NeedOut]
    conflicts: list[ConflictOut]


class CaptureOut(Schema):
    """One version of a document and how completely it was read."""

    id: int
    origin: str
    family: str
    title: str
    report_number: str
    got_at: datetime
    sha256: str
    declared_total: int | None
    shown: int
    is_complete: bool | None
    problems: list[str]


class CapturesOut(Schema):
    """One page of captures, newest first."""

    total: int
    page: int
    rows: list[CaptureOut]


class PassageOut(Schema):
    """The words at a span of a capture's text; re-reading a span always gives the same words."""

    capture: int
    start: int
    end: int
    page: int | None
    words: str


class ProgressIn(Schema):
    """Where the agency stands, since when."""

    state: Progress
    on: date
    note: Note = ""


class PromiseIn(Schema):
    """A date the agency promises, in EDTF or words such as "end of fiscal year 2027"."""

    kind: PromiseKind = PromiseKind.COMPLETION
    due: Annotated[str, Field(min_length=4, max_length=60)]
    promised_by: Annotated[str, Field(min_length=1, max_length=120)]
    said_on: date | None = None
    what: Note = ""


class StepIn(Schema):
    """One step of a plan."""

    text: Words
    due_on: date


class PlanIn(Schema):
    """A corrective action plan; it replaces the one before it, which is kept."""

    owner_office: Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]
    summary: Words
    steps: Annotated[list[StepIn], Field(min_length=1, max_length=100)]


class ClosureIn(Schema):
    """A closeout letter, proposed; another person approves it."""

    letter: Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]
    uncovered_reason: Note = ""


class ClosureDecisionIn(Schema):
    """What the approving official says of somebody else's request."""

    decision: Literal["approve", "return"]
    reason: Note = ""


class AuditorDecisionIn(Schema):
    """What the auditor decided, in the auditor's own words."""

    status: AuditorStatus
    printed: Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]
    on: date
    reason: Note = ""


class Done(Schema):
    """That an act was carried out; `id` is of what it made."""

    id: int


class JobOut(Schema):
    """A job that was started."""

    id: int
    title: str
    state: str
