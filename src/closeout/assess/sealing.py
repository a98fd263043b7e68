"""The evidence of a run: the measures that answer recommendations, and what they rest on, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from closeout.evidence.freezing.answers import lies_elsewhere, measure_answer
from closeout.evidence.freezing.folder import read_index
from closeout.evidence.freezing.freeze import freeze, write_frozen
from closeout.evidence.freezing.hashing import Hashes
from closeout.evidence.freezing.hiring import HIRING, without_officers
from closeout.evidence.freezing.staffing import (
    OFFICERS,
    STAFFING,
    StaffingAsked,
    alone,
    answer_of_staffing,
    counts_of_staffing,
)
from closeout.evidence.letters.dossier import FrozenItem
from closeout.evidence.measures.declared import OverSource, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from closeout.assess.work import Ground
    from closeout.evidence.assessment import Assessment
    from closeout.evidence.freezing.frozen import Answer, Frozen
    from closeout.evidence.measures.measure import Measured
    from closeout.workload.figures import Staffing

FROZEN = "frozen"
"""Where in an assessment's folder it lies."""


@dataclass(frozen=True, slots=True)
class Others:
    """What is frozen and is no measure.

    Attributes:
        staffing: What the measures of staffing rest on; None where it could not be worked out.
        plan: The hiring plan; None where none was made.
        withheld: The offices of which a count of the staffing run is not shown, by what is counted; None: as
            if nothing else were exported.

    """

    staffing: Staffing | None = None
    plan: Answer | None = None
    withheld: Mapping[str, frozenset[str | None]] | None = None


def freeze_linked(
    shown: Assessment,
    ground: Ground,
    folder: Path,
    *,
    now: datetime,
    others: Others | None = None,
) -> list[FrozenItem]:
    """Freeze every measure that answers a recommendation and that the records can compute again.

    Where one of them is of staffing, demand, hours, need and gap by office are frozen as well, and always a
    hiring plan where there is one.

    Args:
        shown: The assessment with small counts suppressed.
        ground: What it was worked out from.
        folder: The assessment's folder.
        now: The instant, with its time zone.
        others: What is no measure; nothing if None.

    Returns:
        What was frozen, as letters name it.

    Raises:
        FreezeError: A file of the records was changed since they were opened.

    """
    others = others or Others()
    linked = {code for each in shown.assessed for code in each.measures}
    answering = [each for each in shown.measured if each.measure.code in linked]
    of_staffing = tuple(each.measure.code for each in answering if _is_of_staffing(each))
    hashes = Hashes()
    made = [
        freeze(
            answer,
            snapshot=ground.snapshot,
            hashes=hashes,
            engine=ground.scheme,
            effective_on=shown.as_of,
            frozen_at=now,
        )
        for answer in chain(
            _of_measures(answering, ground),
            _of_what_is_none(others, ground, has_staffing=bool(of_staffing)),
        )
    ]
    if not made:
        return []
    write_frozen(folder / FROZEN, made)
    files = {entry.id: f"{FROZEN}/{entry.file}" for entry in read_index(folder / FROZEN).entries}
    return [_item(one, files[one.id], of_staffing) for one in made]


def _of_measures(answering: Sequence[Measured], ground: Ground) -> Iterator[Answer]:
    """Yield the measures that the records can compute again, as results to freeze."""
    for each in answering:
        if not lies_elsewhere(each.measure.over):
            yield measure_answer(each, ground.pack, is_withheld=True)


def _of_what_is_none(others: Others, ground: Ground, *, has_staffing: bool) -> Iterator[Answer]:
    """Yield the results that are no measures."""
    withheld = others.withheld
    if withheld is None:
        withheld = alone(counts_of_staffing(others.staffing)) if others.staffing else {}
    if others.staffing and has_staffing:
        yield answer_of_staffing(others.staffing, ground.pack, StaffingAsked(), withheld)
    if others.plan:
        yield plan_told(others.plan, withheld)


def plan_told(plan: Answer, withheld: Mapping[str, frozenset[str | None]]) -> Answer:
    """Return a hiring plan as it may leave the agency.

    Args:
        plan: The plan.
        withheld: The offices of which a count of the staffing run is not shown, by what is counted.

    Returns:
        The plan; without whatever hangs on how many officers its office has, where their count is withheld.

    """
    is_told = (plan.parameters["office_id"] or None) not in withheld.get(OFFICERS, ())
    return plan if is_told else without_officers(plan)


def _is_of_staffing(each: Measured) -> bool:
    over = each.measure.over
    return isinstance(over, OverSource) and over.source is Source.STAFFING


def _item(frozen: Frozen, path: str, of_staffing: tuple[str, ...]) -> FrozenItem:
    engine = frozen.engine
    is_staffing, is_plan = frozen.code == STAFFING, frozen.code == HIRING
    return FrozenItem(
        measure=frozen.code,
        effective_on=frozen.effective_on,
        frozen_at=frozen.frozen_at.isoformat(timespec="seconds"),
        result_sha256=frozen.result_sha256,
        snapshot_sha256=frozen.snapshot.manifest_sha256 if frozen.snapshot else "",
        query_sha256=sha256(frozen.query.encode()).hexdigest() if frozen.query else "",
        path=path,
        engine=f"{engine} {frozen.versions.get(engine, '')}".strip(),
        title=frozen.title if is_staffing or is_plan else "",
        under=of_staffing if is_staffing else (),
        says=str(frozen.rows[0]["sentence"]) if is_plan else "",
    )
