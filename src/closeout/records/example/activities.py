"""What the fictional officers spend their time on: made-up minutes by job, none of any real agency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doing:
    """One activity of a job."""

    activity: str
    minutes: float
    """Mean a task, of an officer of the usual pace."""
    share: float
    """Of the entries of the job's diaries."""
    tasks: int = 1
    """Most tasks in one entry."""


@dataclass(frozen=True, slots=True)
class Job:
    """The work of one kind of officer, and what fills the rest of the day."""

    doings: tuple[Doing, ...]
    stock: str
    """The activity of work on open cases that no duty names; empty for jobs that lead none."""
    support: tuple[str, ...]


_EVERYONE = (Doing("read-policy", 20, 0.01), Doing("attend-training", 150, 0.006))
_SUPPORT = ("meeting", "administration", "training")
_CONTACT = (
    Doing("check-in", 12, 0.24, 4), Doing("record-outcome", 3, 0.16, 6), Doing("reminder", 2, 0.1, 8),
    Doing("records-check", 5, 0.06, 4), Doing("verify-contact", 7, 0.08, 4),
    Doing("verify-proceeding", 5, 0.07, 4), Doing("verify-hearing", 6, 0.07, 4),
    Doing("exception-contact", 14, 0.05), Doing("exception-disposition", 22, 0.04),
    Doing("correct-mismatch", 12, 0.02), Doing("interval-deviation", 10, 0.01),
)  # fmt: skip
_FILE = (
    Doing("review-file", 32, 0.05), Doing("answer-inquiry", 18, 0.05, 2), Doing("record-status", 4, 0.05, 4),
    Doing("transfer", 18, 0.02), Doing("propose-closure", 14, 0.02), Doing("verify-departure", 12, 0.01),
    Doing("correct-file", 15, 0.02),
)  # fmt: skip
_CUSTODY = (
    Doing("custody-review", 85, 0.08), Doing("parental-inquiry", 18, 0.08),
    Doing("parental-decision", 25, 0.04), Doing("travel-package", 65, 0.05), Doing("escort", 180, 0.02),
    Doing("transport", 120, 0.02),
)  # fmt: skip
_TRAVEL = (
    Doing("travel-package", 65, 0.2), Doing("travel-send", 12, 0.2), Doing("travel-follow-up", 14, 0.3, 3),
    Doing("travel-arrange", 55, 0.1), Doing("escort", 240, 0.03),
)  # fmt: skip
_WINDOW = (Doing("window", 110, 0.05),)
_SUPERVISION = (
    Doing("exception-review", 8, 0.2, 4), Doing("second-review", 22, 0.12),
    Doing("confirm-closure", 9, 0.12, 3),
    Doing("assign-case", 4, 0.2, 6), Doing("interval-deviation", 8, 0.03), Doing("complaint", 40, 0.03),
    Doing("register-guidance", 10, 0.02),
)  # fmt: skip
_OVERSIGHT = (
    Doing("inspect-partner", 400, 0.05), Doing("partner-report", 150, 0.08),
    Doing("partner-meeting", 55, 0.1),
    Doing("partner-finding", 35, 0.1), Doing("partner-obligation", 25, 0.08),
    Doing("partner-training", 20, 0.08),
    Doing("partner-summary", 110, 0.03), Doing("program-assessment", 120, 0.03),
    Doing("credential", 10, 0.08, 3),
    Doing("complaint", 45, 0.08), Doing("assess-standard", 50, 0.06), Doing("survey-standard", 40, 0.06),
    Doing("discrepancy", 35, 0.06), Doing("inspect-facility", 450, 0.03),
    Doing("inspection-report", 200, 0.04),
    Doing("deficiency", 40, 0.08), Doing("waiver", 55, 0.02), Doing("analysis", 210, 0.03),
    Doing("review-policy", 240, 0.02), Doing("decide-guidance", 80, 0.02),
    Doing("review-country-rule", 50, 0.02),
    Doing("act-on-country", 45, 0.03),
)  # fmt: skip
_OLD = (Doing("serve-notice", 10, 0.3), Doing("upload-inspection", 12, 0.1), Doing("file-roster", 15, 0.1))

OUTSIDE = Job((*_CONTACT, *_FILE, *_EVERYONE), "case-management", _SUPPORT)
CUSTODY = Job((*_CUSTODY, *_FILE, *_EVERYONE), "case-management-detained", _SUPPORT)
CHILDREN = Job((*_CONTACT, *_FILE, *_CUSTODY[1:3], *_EVERYONE), "case-management-juvenile", _SUPPORT)
HELPING = Job((*_CONTACT, *_FILE, *_WINDOW, *_EVERYONE), "", _SUPPORT)
TRAVELING = Job((*_TRAVEL, *_EVERYONE), "", _SUPPORT)
ASSISTING = Job((*_CONTACT[1:3], *_WINDOW, *_EVERYONE), "", ("administration", "meeting"))
SUPERVISING = Job((*_SUPERVISION, *_EVERYONE), "", ("supervision", "meeting", "administration"))
INSPECTING = Job((*_OVERSIGHT, *_EVERYONE), "", _SUPPORT)
LEADING = Job(_EVERYONE, "", ("meeting", "administration"))
BEFORE = Job((*_CONTACT, *_OLD, *_EVERYONE), "", _SUPPORT)
"""What a study of years ago asked about."""
