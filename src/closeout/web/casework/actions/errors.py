"""Why an action is refused, in words for the person who tried it."""

from __future__ import annotations

from closeout.web.recommendations.actions.errors import (
    ActionRefusedError,
    NotNowError,
    SamePersonError,
    UnfitValueError,
)


class StaleError(ActionRefusedError):
    """Somebody else changed it since it was opened; the message says who did what and when."""


class UnknownOfficerError(ActionRefusedError):
    """The account belongs to no officer, so nothing can be recorded in its name."""


class GateClosedError(NotNowError):
    """A safeguard stands against it. The attempt itself has been recorded."""


__all__ = [
    "ActionRefusedError",
    "GateClosedError",
    "NotNowError",
    "SamePersonError",
    "StaleError",
    "UnfitValueError",
    "UnknownOfficerError",
]
