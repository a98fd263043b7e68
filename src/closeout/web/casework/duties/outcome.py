"""What working out all duties says, while it goes on and in the end."""

from dataclasses import dataclass


class RefreshError(RuntimeError):
    """The duties could not be worked out; those that were there still are."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: what is being done, and how many clauses are done of how many."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was worked out. `cases_again` were changed meanwhile and done once more."""

    clauses: int
    duties: int
    findings: int
    cases_again: int
