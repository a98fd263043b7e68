"""The evidence of a run: the measures that answer recommendations, frozen."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from closeout.evidence.freezing.answers import lies_elsewhere, measure_answer
from closeout.evidence.freezing.folder import read_index
from closeout.evidence.freezing.freeze import freeze, write_frozen
from closeout.evidence.freezing.hashing import Hashes
from closeout.evidence.letters.dossier import FrozenItem
from closeout.evidence.suppression.measured import same_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from closeout.assess.work import Ground
    from closeout.evidence.assessment import Assessment
    from closeout.evidence.freezing.frozen import Frozen
    from closeout.evidence.measures.measure import Measured

FROZEN = "frozen"
"""Where in an assessment's folder it lies."""


def freeze_linked(
    shown: Assessment, whole: Sequence[Measured], ground: Ground, folder: Path, *, now: datetime
) -> list[FrozenItem]:
    """Freeze every measure that answers a recommendation and that the records can compute again.

    Args:
        shown: The assessment with small counts suppressed.
        whole: Its measures before, which say which of them were suppressed together.
        ground: What it was worked out from.
        folder: The assessment's folder.
        now: The instant, with its time zone.

    Returns:
        What was frozen, as letters name it.

    Raises:
        FreezeError: A file of the records was changed since they were opened.

    """
    beside = {
        one.measure.code: sorted(each.measure.code for each in group)
        for group in same_rows(whole).values()
        for one in group
    }
    linked = {code for each in shown.assessed for code in each.measures}
    hashes = Hashes()
    made = [
        freeze(
            measure_answer(each, ground.pack, beside=beside[each.measure.code]),
            snapshot=ground.snapshot,
            hashes=hashes,
            engine=ground.scheme,
            effective_on=shown.as_of,
            frozen_at=now,
        )
        for each in shown.measured
        if each.measure.code in linked and not lies_elsewhere(each.measure.over)
    ]
    if not made:
        return []
    write_frozen(folder / FROZEN, made)
    files = {entry.id: f"{FROZEN}/{entry.file}" for entry in read_index(folder / FROZEN).entries}
    return [_item(one, files[one.id]) for one in made]


def _item(frozen: Frozen, path: str) -> FrozenItem:
    engine = frozen.engine
    return FrozenItem(
        measure=frozen.code,
        effective_on=frozen.effective_on,
        frozen_at=frozen.frozen_at.isoformat(timespec="seconds"),
        result_sha256=frozen.result_sha256,
        snapshot_sha256=frozen.snapshot.manifest_sha256 if frozen.snapshot else "",
        query_sha256=sha256(frozen.query.encode()).hexdigest() if frozen.query else "",
        path=path,
        engine=f"{engine} {frozen.versions.get(engine, '')}".strip(),
    )
