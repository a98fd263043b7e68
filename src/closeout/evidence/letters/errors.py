"""Why a letter cannot be written."""

from __future__ import annotations


class LetterError(ValueError):
    """A letter cannot be written from what was given; the message says in one line why and what to do."""


class TemplateError(LetterError):
    """An agency's own template lacks a field, names one that there is not, or is no Word document."""
