"""What cases are shared by: the settings of an assignment, each with its default and its reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from math import inf
from typing import Any, Self


class RuleError(ValueError):
    """A setting lies outside what makes sense; the message says which, and what is right."""


class Language(StrEnum):
    """How far the language of a case decides who may have it."""

    REQUIRED = "required"
    """Only an officer certified in it; a case in a language that nobody has stays unassigned."""
    PREFERRED = "preferred"
    """An officer certified in it where one has room, otherwise an interpreter serves. In a rebalancing, a
    case whose officer is certified in its language goes only to another who is."""
    IGNORED = "ignored"
    """Interpreters serve every case."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of one assignment. They are kept in its certificate.

    Shares and utilizations are from 0 to 1 (1 = all case hours are taken).
    """

    version: str = "2026-1"
    cap: float = 1.0
    """Highest utilization that a new case may bring an officer to."""
    new_starter_cap: float = 0.75
    """The same for an officer new in the role."""
    severe_share_cap: float = 0.5
    """Highest share of an officer's case hours that severe cases may take."""
    severe_minutes: float = 300.0
    """A case that takes this many minutes a month is severe."""
    affinity_days: int = 180
    """For how long a returning case goes back to the officer who had it, if there is room."""
    levelling_days: int = 30
    """Over how many days the minutes received are levelled among officers who are otherwise alike."""
    tie_tolerance: float = 1e-9
    """Projected utilizations this close count as equal."""
    age_limit_days: int = 5
    """An unassigned case older than this is escalated; one with a statutory clock at once."""
    language: Language = Language.PREFERRED
    spoken_by_all: tuple[str, ...] = ("en",)
    """Languages that need no certificate."""
    child_skill: str = "juvenile"
    """The credential that cases of children need."""
    band: float = 0.001
    """How far above the fair utilization an officer may end after a rebalancing, as a share of it."""
    max_moves: int | None = None
    """The most cases that may change hands; None: as many as evenness takes."""
    allow_transfer: bool = False
    """Whether cases may go to another office."""
    limit: float | None = None
    """A utilization that nobody should be above after a rebalancing. Where it cannot be met, the plan is the
    fairest there is, and says by how many hours and why."""

    def __post_init__(self) -> None:
        """Refuse settings that cannot be.

        Raises:
            RuleError: One is outside its range.

        """
        for name in ("cap", "new_starter_cap", "severe_share_cap"):
            value = getattr(self, name)
            if not 0 < value < inf:
                msg = f"{name} is {value:g}; give a share above 0, such as 1 for all case hours"
                raise RuleError(msg)
        if not 0 <= self.band < 1:
            msg = f"band is {self.band:g}; give a share from 0 up to 1, such as 0.001"
            raise RuleError(msg)
        if self.limit is not None and not 0 < self.limit < inf:
            msg = f"limit is {self.limit:g}; give a utilization above 0, such as 1.1"
            raise RuleError(msg)
        if self.max_moves is not None and self.max_moves < 0:
            msg = f"max_moves is {self.max_moves}; give 0 or more"
            raise RuleError(msg)
        if min(self.affinity_days, self.levelling_days, self.age_limit_days) < 0:
            msg = "affinity_days, levelling_days and age_limit_days count days: give 0 or more"
            raise RuleError(msg)

    def plain(self) -> dict[str, Any]:
        """Return the settings as JSON takes them."""
        return asdict(self) | {"language": self.language.value, "spoken_by_all": list(self.spoken_by_all)}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Self:
        """Return the settings that `plain` wrote.

        Raises:
            RuleError: A setting is unknown or outside its range.

        """
        try:
            spoken = tuple(plain.get("spoken_by_all", ("en",)))
            return cls(**plain | {"language": Language(plain["language"]), "spoken_by_all": spoken})
        except (TypeError, KeyError, ValueError) as error:
            msg = f"these are no settings of this version: {error}"
            raise RuleError(msg) from error
