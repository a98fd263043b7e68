"""Freeze a figure of a kept assessment."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.assess import load_rules
from closeout.evidence.freezing import FreezeError, Frozen, Hashes, freeze
from closeout.evidence.freezing.answers import lies_elsewhere, measure_answer
from closeout.evidence.freezing.frozen import record
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.snapshots import kept_snapshot

if TYPE_CHECKING:
    from datetime import datetime

    from closeout.duties.clauses import Pack
    from closeout.records.snapshot import Snapshot
    from closeout.web.evidence.models import AssessmentRun

ENGINE = "duckdb"


def frozen_of(run: AssessmentRun, code: str, *, frozen_at: datetime, has_parts: bool = True) -> Frozen:
    """Return a measure's figures of a run frozen, small counts withheld.

    Args:
        run: The run.
        code: The measure.
        frozen_at: Now, with its time zone.
        has_parts: Keep the parts of its breakdowns; results frozen before that was so have none.

    Raises:
        FreezeError: The pack has changed since the run, its records are not kept or not what they were, or
            no table of the records gives the measure.

    """
    rules = load_rules()
    snapshot = assessed_records(run, rules.pack)
    declared = {one.code: one for one in rules.measures}
    if code not in declared or lies_elsewhere(declared[code].over):
        msg = "no table of the records gives this measure, so it could never be worked out again"
        raise FreezeError(msg)
    shown = measured_of(run, code, offices=True, safe=True, query=True, parts=has_parts)[code]
    # As the pack has it now, which is as it was: a stored row does not say what it is worked out from.
    answer = measure_answer(replace(shown, measure=declared[code]), rules.pack, is_withheld=True)
    return freeze(
        answer,
        snapshot=snapshot,
        hashes=Hashes(),
        engine=ENGINE,
        effective_on=run.as_of,
        frozen_at=frozen_at,
    )


def assessed_records(run: AssessmentRun, pack: Pack) -> Snapshot:
    """Return the records that a run assessed, where it can still be worked out again.

    Args:
        run: The run.
        pack: The rules as they are now.

    Raises:
        FreezeError: The pack has changed since the run, or its records are not kept.

    """
    if pack.digest != run.pack_digest:
        msg = "the rules have changed since the assessment; assess again, then freeze"
        raise FreezeError(msg)
    snapshot = kept_snapshot(run.records_digest)
    if snapshot is None:
        msg = "the records that were assessed are not kept on this site; assess again, then freeze"
        raise FreezeError(msg)
    return snapshot


def record_bytes(frozen: Frozen) -> bytes:
    """Return a frozen figure as the file that verifying takes."""
    return (json.dumps(record(frozen), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
