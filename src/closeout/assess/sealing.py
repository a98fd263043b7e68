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
from closeout.evidence.freezing.hiring import HIRING
from closeout.evidence.freezing.staffing import STAFFING, StaffingAsked, answer_of_staffing
from closeout.evidence.letters.dossier import FrozenItem
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.suppression.measured import together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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

    """

    staffing: Staffing | None = None
    plan: Answer | None = None


def freeze_linked(
    shown: Assessment,
    whole: Sequence[Measured],
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
        whole: Its measures before, which say which of them were suppressed together.
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
            _of_measures(answering, whole, ground),
            _of_what_is_none(others, ground, has_staffing=bool(of_staffing)),
        )
    ]
    if not made:
        return []
    write_frozen(folder / FROZEN, made)
    files = {entry.id: f"{FROZEN}/{entry.file}" for entry in read_index(folder / FROZEN).entries}
    return [_item(one, files[one.id], of_staffing) for one in made]


def _of_measures(
    answering: Sequence[Measured], whole: Sequence[Measured], ground: Ground
) -> Iterator[Answer]:
    """Yield the measures that the records can compute again, as results to freeze."""
    beside = {one.measure.code: group for group in together(whole) for one in group}
    for each in answering:
        if not lies_elsewhere(each.measure.over):
            yield measure_answer(each, ground.pack, beside=beside[each.measure.code])


def _of_what_is_none(others: Others, ground: Ground, *, has_staffing: bool) -> Iterator[Answer]:
    """Yield the results that are no measures."""
    if others.staffing and has_staffing:
        yield answer_of_staffing(others.staffing, ground.pack, StaffingAsked())
    if others.plan:
        yield others.plan


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
