"""Statuses that lists and trackers print as labels."""

from __future__ import annotations

from closeout.reading.model import AuditorStatus, Position

_LABELS = {
    "open": AuditorStatus.OPEN_UNKNOWN,
    "unimplemented": AuditorStatus.OPEN_UNKNOWN,
    "open unimplemented": AuditorStatus.OPEN_UNKNOWN,
    "open, not yet due": AuditorStatus.OPEN_UNKNOWN,
    "response not yet due": AuditorStatus.OPEN_UNKNOWN,
    "on hold": AuditorStatus.OPEN_UNKNOWN,
    "on hold/pending with oig": AuditorStatus.OPEN_UNKNOWN,
    "pending with oig": AuditorStatus.OPEN_UNKNOWN,
    "open and unimplemented": AuditorStatus.OPEN_UNKNOWN,
    "outstanding": AuditorStatus.OPEN_UNKNOWN,
    "pending": AuditorStatus.OPEN_UNKNOWN,
    "resolved": AuditorStatus.RESOLVED_OPEN,
    "open resolved": AuditorStatus.RESOLVED_OPEN,
    "resolved open": AuditorStatus.RESOLVED_OPEN,
    "resolved and open": AuditorStatus.RESOLVED_OPEN,
    "open and resolved": AuditorStatus.RESOLVED_OPEN,
    "unresolved": AuditorStatus.UNRESOLVED_OPEN,
    "open unresolved": AuditorStatus.UNRESOLVED_OPEN,
    "unresolved open": AuditorStatus.UNRESOLVED_OPEN,
    "unresolved and open": AuditorStatus.UNRESOLVED_OPEN,
    "open and unresolved": AuditorStatus.UNRESOLVED_OPEN,
    "closed": AuditorStatus.CLOSED_IMPLEMENTED,
    "implemented": AuditorStatus.CLOSED_IMPLEMENTED,
    "resolved and closed": AuditorStatus.CLOSED_IMPLEMENTED,
    "closed implemented": AuditorStatus.CLOSED_IMPLEMENTED,
    "closed acceptable alternative": AuditorStatus.CLOSED_IMPLEMENTED,
    "closed unimplemented": AuditorStatus.CLOSED_NOT_IMPLEMENTED,
    "closed not implemented": AuditorStatus.CLOSED_NOT_IMPLEMENTED,
    "not implemented": AuditorStatus.OPEN_UNKNOWN,
    "closed no longer valid": AuditorStatus.CLOSED_NO_LONGER_VALID,
}
_BARE_OPEN = frozenset({"open", "open unimplemented", "unimplemented", "not implemented"})
_BY_POSITION = {
    Position.CONCUR: AuditorStatus.RESOLVED_OPEN,
    Position.AGREE: AuditorStatus.RESOLVED_OPEN,
    Position.NON_CONCUR: AuditorStatus.UNRESOLVED_OPEN,
}


def label_status(label: str, position: Position | None = None) -> AuditorStatus | None:
    """Return the normal form of a printed status label, or None when it is not one we know.

    A bare "Open" says nothing of agreement; the respondent's position then decides.
    """
    key = " ".join(label.replace("–", "-").replace("-", " ").lower().strip(" .:").split())
    status = _LABELS.get(key)
    return _BY_POSITION.get(position, status) if position and key in _BARE_OPEN else status
