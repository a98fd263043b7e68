"""A scenario: a named list of changes to the inputs, with the scenario it builds on, known by its content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.simulation.model import ModelError

if TYPE_CHECKING:
    from collections.abc import Collection

    from closeout.simulation.changes import Change
    from closeout.simulation.model import OfficeModel

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes to make to an office, in their order, after those of the parent."""

    code: str
    title: str
    changes: tuple[Change, ...]
    parent: Scenario | None = None

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the changes and the parent's: the same changes, the same digest.

        Code and title are not in it, so a scenario may be renamed and stays the same.
        """
        parent = self.parent.digest if self.parent else ""
        said = json.dumps([parent, [one.plain() for one in self.changes]], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def version(self) -> str:
        """Return the first digits of the digest, for showing."""
        return self.digest[:_SHOWN]

    def apply(self, model: OfficeModel) -> OfficeModel:
        """Return the office with the changes of the parents and then of this scenario.

        Raises:
            ModelError: A change does not fit the office; the message names the scenario.

        """
        changed = self.parent.apply(model) if self.parent else model
        try:
            for change in self.changes:
                if change.office in {"", model.office_id}:
                    changed = change.apply(changed)
        except ModelError as error:
            msg = f"scenario {self.code}: {error}"
            raise ModelError(msg) from error
        return changed

    def check_offices(self, known: Collection[str], office: str = "") -> None:
        """Refuse a scenario that would change nothing where it is run.

        Args:
            known: The codes of the offices there are.
            office: The one it is run on; empty for all.

        Raises:
            ModelError: A change is for an office that is not there, or all are for others than the one.

        """
        named = {change.office for change in self.changes}
        if unknown := sorted(named - {"", *known}):
            msg = (
                f"scenario {self.code}: there is no office {', '.join(unknown)}; there are {', '.join(known)}"
            )
            raise ModelError(msg)
        if office and not named & {"", office}:
            others = ", ".join(sorted(named))
            msg = f"scenario {self.code} changes nothing in office {office}: its changes are for {others}"
            raise ModelError(msg)
        if self.parent is not None:
            self.parent.check_offices(known)

    def plain(self) -> dict[str, Any]:
        """Return the scenario as plain values."""
        return {
            "code": self.code,
            "title": self.title,
            "version": self.version,
            "digest": self.digest,
            "parent": self.parent.plain() if self.parent else None,
            "changes": [one.plain() for one in self.changes],
        }
