"""Work results out from a snapshot: the first time, to freeze them, and again, to verify them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from closeout.duties.compile import counts, missing_tables, needed_tables
from closeout.duties.run import open_tables
from closeout.engines import EngineError
from closeout.evidence.freezing.answers import (
    duties_answer,
    lies_elsewhere,
    measure_answer,
    measure_answers,
)
from closeout.evidence.freezing.frozen import Answer, Frozen, Kind
from closeout.evidence.measures.declared import OverSource
from closeout.evidence.measures.run import measure_all
from closeout.evidence.measures.special import special
from closeout.evidence.measures.special_look import look
from closeout.evidence.suppression import suppress_measured
from closeout.records.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.evidence.freezing.verify import Recompute
    from closeout.evidence.measures.measure import Measure, Measured


def answers(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    measures: Sequence[Measure],
    as_of: date,
    *,
    has_duties: bool = False,
    is_exact: bool = False,
    told: Callable[[str], None] = lambda _said: None,
) -> list[Answer]:
    """Work out what is to be frozen.

    Args:
        engine: Where to compute.
        snapshot: The records.
        pack: The rules.
        measures: The measures to freeze; those that lie in no table of the records are left out.
        as_of: The day to stand on.
        has_duties: Count the duties by state as well.
        is_exact: Keep small counts.
        told: Called with a line of what is being done.

    Returns:
        The results, measures in the order given.

    """
    found = measured_of(engine, snapshot, pack, measures, as_of, told=told)
    made = measure_answers(
        [found[one.code] for one in measures if one.code in found], pack, is_exact=is_exact
    )
    if has_duties:
        made.append(duties_answer(_duties(engine, snapshot, pack, as_of), pack, as_of, is_exact=is_exact))
    return made


def tables_read(
    snapshot: Snapshot, pack: Pack, measures: Iterable[Measure], *, has_duties: bool = False
) -> tuple[str, ...]:
    """Return the tables that must be as their manifest says before anything is worked out from them."""
    read = set(_narrowed(snapshot, measures).manifest.tables)
    if has_duties:
        read.update(name for clause in pack.clauses for name in needed_tables(clause))
    return tuple(sorted(read))


def measured_of(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    measures: Sequence[Measure],
    as_of: date,
    *,
    told: Callable[[str], None] = lambda _said: None,
) -> dict[str, Measured]:
    """Return what was measured of each measure that the records can tell, by its code."""
    wanted = [one for one in measures if not lies_elsewhere(one.over)]
    narrowed = _narrowed(snapshot, wanted)
    plain = [one for one in wanted if not isinstance(one.over, OverSource)]
    found = list(measure_all(engine, narrowed, pack, plain, as_of, told=told)) if plain else []
    others = [one for one in wanted if isinstance(one.over, OverSource)]
    if others:
        tables = open_tables(engine, narrowed)
        looked = look(engine, tables, pack, others, as_of, told=told)
        found += special(others, as_of=as_of, found=looked)
    return {one.measure.code: one for one in found}


def recomputer(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    measures: Sequence[Measure],
    *,
    told: Callable[[str], None] = lambda _said: None,
) -> Recompute:
    """Return the function that works frozen results out again, with an engine, a snapshot and a pack."""
    known = {one.code: one for one in measures}

    def recompute(asked: Sequence[Frozen]) -> Mapping[str, Answer | str]:
        found: dict[str, Answer | str] = {}
        for day in sorted({str(one.parameters.get("as_of", "")) for one in asked}):
            some = [one for one in asked if one.parameters.get("as_of", "") == day]
            try:
                found |= _again(engine, snapshot, pack, known, some, told)
            except (EngineError, ValueError) as error:
                found |= {one.id: " ".join(str(error).split()) for one in some}
        return found

    return recompute


def _again(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    known: Mapping[str, Measure],
    asked: Sequence[Frozen],
    told: Callable[[str], None],
) -> dict[str, Answer | str]:
    """Return the results of one as-of date worked out again, or why there is none."""
    as_of = date.fromisoformat(asked[0].parameters["as_of"])
    measures = [one for one in asked if one.kind is Kind.MEASURE]
    codes = dict.fromkeys(code for one in measures for code in (one.code, *_beside(one)))
    wanted = [known[code] for code in codes if code in known]
    found = measured_of(engine, snapshot, pack, wanted, as_of, told=told) if wanted else {}
    made: dict[str, Answer | str] = {}
    for one in asked:
        if one.kind is Kind.MEASURE:
            made[one.id] = _measure_again(one, found, known, pack)
        elif one.kind is Kind.DUTIES:
            is_exact = one.parameters.get("suppression") is None
            counted = _duties(engine, snapshot, pack, as_of)
            made[one.id] = duties_answer(counted, pack, as_of, is_exact=is_exact)
        else:
            made[one.id] = f"a {one.kind.value} does not come from a snapshot"
    return made


def _measure_again(
    one: Frozen, found: Mapping[str, Measured], known: Mapping[str, Measure], pack: Pack
) -> Answer | str:
    if one.code not in known:
        return f"the pack has no measure {one.code}"
    if one.code not in found:
        return f"{one.code} lies in no table of the records"
    beside = [code for code in _beside(one) if code in found]
    if not beside:
        return measure_answer(found[one.code], pack)
    shown = suppress_measured([found[code] for code in beside])
    return measure_answer(next(each for each in shown if each.measure.code == one.code), pack, beside=beside)


def _beside(one: Frozen) -> list[str]:
    """Return the measures whose small counts were withheld together with a result's."""
    said = one.parameters.get("suppression") or {}
    return list(said.get("with", ()))


def _duties(engine: Engine, snapshot: Snapshot, pack: Pack, as_of: date) -> list[dict[str, Any]]:
    """Return how many instances of each duty are in each state on a day."""
    tables = open_tables(engine, snapshot)
    by = ("duty", "state", "is_missed")
    expressions = (
        counts(clause, tables, as_of=as_of, holidays=pack.holidays, by=by)
        for clause in pack.clauses
        if not missing_tables(clause, tables)
    )
    return [row for rows in engine.results(expressions) for row in rows.to_pylist()]


def _narrowed(snapshot: Snapshot, measures: Iterable[Measure]) -> Snapshot:
    """Return a snapshot with no more tables than measures read, so that no other can spoil them."""
    read: set[str] = {"offices"}
    for measure in measures:
        if not measure.reads:
            return snapshot
        read.update(measure.reads)
    tables = {name: parts for name, parts in snapshot.manifest.tables.items() if name in read}
    return Snapshot(snapshot.folder, replace(snapshot.manifest, tables=tables))
