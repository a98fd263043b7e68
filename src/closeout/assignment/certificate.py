"""Why a case went where it went: all that was looked at, so that anybody can work it out again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

FORM = 1
"""The form of a certificate; a later one that reads differently has another number."""


class CertificateError(ValueError):
    """A file is no certificate, or one of another form; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An officer who could have had the case."""

    officer_no: str
    projected: float
    """Utilization after adding the case."""
    received: float
    """Minutes received in the levelling period per case hour."""
    has_language: bool


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An officer who could not, and why: a code of `eligibility.REASONS`."""

    officer_no: str
    reason: str
    projected: float | None = None
    """Where a cap was the reason: the utilization the case would have brought."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one assignment rests on. `replay` works it out anew from `case`, `office`, `rules` and `seed`."""

    case: dict[str, Any]
    office: dict[str, Any]
    """The day, and each officer's place as it was."""
    rules: dict[str, Any]
    seed: int
    candidates: tuple[Candidate, ...]
    exclusions: tuple[Exclusion, ...]
    affinity: str
    """`none`, `kept`, or why the former officer was not bound to have it."""
    tied: tuple[str, ...]
    """Officers among whom the seed decided; fewer than two where it did not."""
    decided_by: str
    """`affinity`, `least_projected`, `least_received`, `seed`, or `held`."""
    choice: str | None
    inputs_sha256: str
    sentence: str
    form: int = FORM

    def plain(self) -> dict[str, Any]:
        """Return the certificate as JSON takes it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        rows = {name: [_row(row) for row in plain[name]] for name in ("candidates", "exclusions")}
        return plain | rows | {"tied": list(self.tied), "kind": "new_case"}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Certificate:
        """Return the certificate that `plain` wrote.

        Raises:
            CertificateError: It is none, or has another form.

        """
        said = {name: value for name, value in plain.items() if name != "kind"}
        if plain.get("kind") != "new_case" or plain.get("form") != FORM:
            msg = f"this is no certificate of a new case in form {FORM}"
            raise CertificateError(msg)
        try:
            said["candidates"] = tuple(Candidate(**row) for row in said["candidates"])
            said["exclusions"] = tuple(Exclusion(**row) for row in said["exclusions"])
            said["tied"] = tuple(said["tied"])
            return cls(**said)
        except (KeyError, TypeError) as error:
            msg = f"the certificate is damaged: {error}"
            raise CertificateError(msg) from error


@dataclass(frozen=True, slots=True)
class Replayed:
    """What working a certificate out again gave."""

    is_same: bool
    differences: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return it in words."""
        if self.is_same:
            return "Worked out again, the answer is the same."
        return "Worked out again, the answer differs: " + "; ".join(self.differences) + "."


def _row(row: Candidate | Exclusion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def digest(*parts: Any) -> str:  # noqa: ANN401 - whatever JSON takes
    """Return the SHA-256 of values as JSON, keys sorted."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
