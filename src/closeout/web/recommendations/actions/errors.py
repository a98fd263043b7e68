"""Why an action is refused, in words for the person who tried it."""

from __future__ import annotations


class ActionRefusedError(Exception):
    """An action may not be done as things stand; the message says why and what would help."""


class NotNowError(ActionRefusedError):
    """The state of the recommendation, request, or question does not allow it."""


class SamePersonError(ActionRefusedError):
    """The step takes another person than the one who took the step before it."""


class UnfitFileError(ActionRefusedError):
    """A file is too large, empty, or of a kind that is not taken."""


class UnfitValueError(ActionRefusedError):
    """A value is missing, is none of those allowed, or does not stand in the source."""


class PersonalWordsError(ActionRefusedError):
    """A free text holds something that identifies a person."""
