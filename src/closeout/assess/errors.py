"""Why a run cannot be made at all. What can be gone round becomes a note of the assessment."""

from __future__ import annotations


class AssessError(Exception):
    """The run cannot be made; the message says in one line why and what to do."""


class NothingToAssessError(AssessError):
    """There are no records, or the command was used wrongly."""


class CannotKeepError(AssessError):
    """The folder cannot be written, or holds a finished assessment."""
