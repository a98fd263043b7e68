"""The statuses that auditors print, their normal form, positions, and the agency's own progress, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from closeout.reading.fold import fold_key
from closeout.reading.identity import issuer_key
from closeout.reading.model import AuditorStatus, Position

if TYPE_CHECKING:
    from collections.abc import Mapping


class Vocabulary(StrEnum):
    """Whose words a status is printed in."""

    GAO = "gao"
    OIG = "oig"
    HHS_OIG = "hhs-oig"
    VA_OIG = "va-oig"
    DOJ_OIG = "doj-oig"


class Stance(StrEnum):
    """The side a position takes, where an auditor's one word covers several states."""

    ANY = "any"
    AGREES = "agrees"
    DISAGREES = "disagrees"
    SILENT = "silent"


class Progress(StrEnum):
    """How far the agency says it is: its own axis, which never moves the auditor's."""

    NOT_STARTED = "not-started"
    PLANNED = "planned"
    IN_PROGRESS = "in-progress"
    EVIDENCE_READY = "evidence-ready"
    CLOSURE_REQUESTED = "closure-requested"
    DONE = "done"
    RISK_ACCEPTED = "risk-accepted"


OPEN_STATUSES = frozenset(
    {
        AuditorStatus.UNRESOLVED_OPEN,
        AuditorStatus.RESOLVED_OPEN,
        AuditorStatus.OPEN_UNKNOWN,
        AuditorStatus.PARTIALLY_ADDRESSED,
    }
)
CLOSED_STATUSES = frozenset(AuditorStatus) - OPEN_STATUSES

STANCES: Mapping[Position, Stance] = MappingProxyType(
    {
        Position.CONCUR: Stance.AGREES,
        Position.AGREE: Stance.AGREES,
        Position.GENERALLY_AGREE: Stance.AGREES,
        # Neither an acceptance of the whole nor a refusal: no management decision can be read from it.
        Position.PARTIAL: Stance.SILENT,
        Position.NON_CONCUR: Stance.DISAGREES,
        Position.NEITHER: Stance.SILENT,
        Position.NO_COMMENT: Stance.SILENT,
        Position.NOT_INDICATED: Stance.SILENT,
    }
)


@dataclass(frozen=True, slots=True)
class Crossing:
    """One line of the crosswalk: a printed status in one vocabulary, and its normal form."""

    vocabulary: Vocabulary
    printed: str
    status: AuditorStatus
    stance: Stance = Stance.ANY


def _lines() -> tuple[Crossing, ...]:
    gao, oig, hhs, va, doj = Vocabulary
    status = AuditorStatus
    return (
        Crossing(gao, "Open", status.UNRESOLVED_OPEN, Stance.DISAGREES),
        Crossing(gao, "Open", status.RESOLVED_OPEN, Stance.AGREES),
        Crossing(gao, "Open", status.OPEN_UNKNOWN, Stance.SILENT),
        Crossing(gao, "Open – Partially Addressed", status.PARTIALLY_ADDRESSED),
        Crossing(gao, "Closed – Implemented", status.CLOSED_IMPLEMENTED),
        Crossing(gao, "Closed – Not Implemented", status.CLOSED_NOT_IMPLEMENTED),
        Crossing(gao, "Closed – No Longer Valid", status.CLOSED_NO_LONGER_VALID),
        Crossing(oig, "Unresolved and open", status.UNRESOLVED_OPEN),
        Crossing(oig, "Open-Unresolved", status.UNRESOLVED_OPEN),
        Crossing(oig, "Resolved and open", status.RESOLVED_OPEN),
        Crossing(oig, "Open-Resolved", status.RESOLVED_OPEN),
        Crossing(oig, "Resolved and closed", status.CLOSED_IMPLEMENTED),
        Crossing(oig, "Closed", status.CLOSED_IMPLEMENTED),
        Crossing(hhs, "Open Unimplemented", status.UNRESOLVED_OPEN, Stance.DISAGREES),
        Crossing(hhs, "Open Unimplemented", status.RESOLVED_OPEN, Stance.AGREES),
        Crossing(hhs, "Open Unimplemented", status.OPEN_UNKNOWN, Stance.SILENT),
        Crossing(hhs, "Closed Implemented", status.CLOSED_IMPLEMENTED),
        Crossing(hhs, "Closed Unimplemented", status.CLOSED_NOT_IMPLEMENTED),
        Crossing(va, "Open", status.UNRESOLVED_OPEN, Stance.DISAGREES),
        Crossing(va, "Open", status.RESOLVED_OPEN, Stance.AGREES),
        Crossing(va, "Open", status.OPEN_UNKNOWN, Stance.SILENT),
        Crossing(va, "Closed-Implemented", status.CLOSED_IMPLEMENTED),
        Crossing(va, "Closed-Not Implemented", status.CLOSED_NOT_IMPLEMENTED),
        Crossing(doj, "Unresolved", status.UNRESOLVED_OPEN),
        Crossing(doj, "Resolved", status.RESOLVED_OPEN),
        Crossing(doj, "Closed", status.CLOSED_IMPLEMENTED),
    )


CROSSWALK = _lines()
"""Every printed status we know, in the order of the reference page."""

_BY_WORDS = MappingProxyType(
    {
        (crossing.vocabulary, fold_key(crossing.printed), crossing.stance): crossing.status
        for crossing in CROSSWALK
    }
)

STATUS_LABELS: Mapping[AuditorStatus, str] = MappingProxyType(
    {
        AuditorStatus.UNRESOLVED_OPEN: "Open, unresolved",
        AuditorStatus.RESOLVED_OPEN: "Open, resolved",
        AuditorStatus.OPEN_UNKNOWN: "Open, position not known",
        AuditorStatus.PARTIALLY_ADDRESSED: "Open, partially addressed",
        AuditorStatus.CLOSED_IMPLEMENTED: "Closed, implemented",
        AuditorStatus.CLOSED_NOT_IMPLEMENTED: "Closed, not implemented",
        AuditorStatus.CLOSED_NO_LONGER_VALID: "Closed, no longer valid",
    }
)
POSITION_LABELS: Mapping[Position, str] = MappingProxyType(
    {
        Position.CONCUR: "Concurs",
        Position.AGREE: "Agrees",
        Position.GENERALLY_AGREE: "Generally agrees",
        Position.PARTIAL: "Partially concurs",
        Position.NON_CONCUR: "Does not concur",
        Position.NEITHER: "Neither agrees nor disagrees",
        Position.NO_COMMENT: "No comment",
        Position.NOT_INDICATED: "Position not indicated",
    }
)
PROGRESS_LABELS: Mapping[Progress, str] = MappingProxyType(
    {
        Progress.NOT_STARTED: "Not started",
        Progress.PLANNED: "Plan made",
        Progress.IN_PROGRESS: "In corrective action",
        Progress.EVIDENCE_READY: "Evidence ready",
        Progress.CLOSURE_REQUESTED: "Closure requested",
        Progress.DONE: "Agency says done",
        Progress.RISK_ACCEPTED: "Risk accepted",
    }
)


def vocabulary_of(issuer: str) -> Vocabulary:
    """Return the vocabulary an issuer prints in, by its key or any spelling of its name.

    An inspector general without words of its own uses those of DHS, State and USAID.
    """
    key = issuer_key(issuer)
    return Vocabulary(key) if key in set(Vocabulary) else Vocabulary.OIG


def normal_status(printed: str, *, issuer: str, position: Position | None = None) -> AuditorStatus | None:
    """Return the normal form of a printed status, or None when the issuer has no such word.

    Args:
        printed: The words, in any case and with any dashes.
        issuer: The auditor's key or name.
        position: What the respondent says; some auditors' "Open" means three things by it.

    """
    vocabulary, words = vocabulary_of(issuer), fold_key(printed)
    stance = STANCES[position] if position else Stance.SILENT
    return _BY_WORDS.get((vocabulary, words, Stance.ANY)) or _BY_WORDS.get((vocabulary, words, stance))


def printed_words(status: AuditorStatus, *, issuer: str) -> tuple[str, ...]:
    """Return the words an issuer prints for a status; empty when it has none."""
    vocabulary = vocabulary_of(issuer)
    return tuple(c.printed for c in CROSSWALK if c.vocabulary is vocabulary and c.status is status)


def is_closed(status: AuditorStatus | None) -> bool:
    """Say whether a status is a closed one; one that is not known is not."""
    return status in CLOSED_STATUSES


def is_open(status: AuditorStatus | None) -> bool:
    """Say whether a status is an open one; partially addressed is, one that is not known is not."""
    return status in OPEN_STATUSES
