"""Lengths of time that no public text gives. Made up: an agency's own rule takes their place."""

from __future__ import annotations

UNDO_MINUTES = 10
"""How long a recorded step can be taken back by whoever took it."""
GRACE_DAYS = 1
"""Days after a check-in's window before the office must find out why it was not held."""
RESPONSE_DAYS = 10
"""Days in which an explanation may come before anything follows."""
VERIFIED_WITHIN_DAYS = 30
"""How old a verification of contact or venue may be when a case is sent to another office."""
WINDOW_DAYS = 3
"""Days after the due day on which a check-in still counts, unless it is scheduled with another window."""
REMIND_DAYS = 7
"""Days before a check-in from which its reminder is due."""
