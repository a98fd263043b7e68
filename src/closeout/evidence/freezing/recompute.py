"""Work results out from a snapshot: the first time, to freeze them, and again, to verify them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from closeout.duties.run import open_tables
from closeout.engines import EngineError
from closeout.evidence.freezing.answers import (
    lies_elsewhere,
    measure_answer,
    measure_answers,
    without_parts,
)
from closeout.evidence.freezing.canonical import digest_of_rows
from closeout.evidence.freezing.duties import duties_answer, tables_of_duties
from closeout.evidence.freezing.frozen import Answer, Frozen, Kind
from closeout.evidence.freezing.hiring import asked_again as plan_asked_again
from closeout.evidence.freezing.hiring import hiring_answer, tables_of_hiring
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.freezing.reads import tables_of_measure
from closeout.evidence.freezing.staffing import Runs, asked_again
from closeout.evidence.freezing.verdicts import VERDICTS, verdict_answer
from closeout.evidence.measures.declared import OverSource
from closeout.evidence.measures.read_staffing import tables_of_staffing
from closeout.evidence.measures.run import measure_all
from closeout.evidence.measures.special import special
from closeout.evidence.measures.special_look import look
from closeout.evidence.suppression import suppress_measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.evidence.freezing.staffing import StaffingAsked
    from closeout.evidence.freezing.verify import Recompute
    from closeout.evidence.measures.measure import Measure, Measured
    from closeout.records.snapshot import Snapshot
    from closeout.workload.plan_asked import PlanAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be frozen.

    Attributes:
        measures: Measures; those that lie in no table of the records are left out.
        verdicts: Verdicts, by their names in `VERDICTS`.
        has_duties: How many duties stand in each state.
        staffing: Demand, hours, need and gap under these assumptions; None: not them.
        hiring: The hiring plan that is asked for; None: none.
        is_exact: Keep small counts.

    """

    measures: Sequence[Measure] = ()
    verdicts: Sequence[str] = ()
    has_duties: bool = False
    staffing: StaffingAsked | None = None
    hiring: PlanAsked | None = None
    is_exact: bool = False

    def reads(self, snapshot: Snapshot, pack: Pack) -> tuple[str, ...]:
        """Return the tables that must be as their manifest says before anything is worked out from them."""
        read = set(_narrowed(snapshot, self.measures).manifest.tables) if self.measures else set()
        read.update(name for code in self.verdicts for name in VERDICTS[code].reads)
        if self.has_duties:
            read.update(tables_of_duties(pack))
        if self.staffing:
            read.update(tables_of_staffing(pack))
        if self.hiring:
            read.update(tables_of_hiring(pack))
        return tuple(sorted(read))


def answers(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    wanted: Wanted,
    as_of: date,
    *,
    told: Callable[[str], None] = lambda _said: None,
) -> list[Answer]:
    """Work out what is to be frozen.

    Args:
        engine: Where to compute.
        snapshot: The records.
        pack: The rules.
        wanted: What is to be frozen.
        as_of: The day to stand on.
        told: Called with a line of what is being done.

    Returns:
        The results: measures and verdicts in the order given, then duties, staffing and the hiring plan.

    Raises:
        LacksTablesError: A verdict lacks a table without which nothing can be said.
        PlanError: The hiring plan asks for an office that there is not, or for a day that is not ahead.

    """
    is_exact = wanted.is_exact
    runs = Runs(engine, snapshot, pack, as_of, told)
    found = measured_of(engine, snapshot, pack, wanted.measures, as_of, told=told, runs=runs)
    measured = [found[one.code] for one in wanted.measures if one.code in found]
    made = measure_answers(measured, pack, is_exact=is_exact)
    for code in wanted.verdicts:
        told(f"judging {code}")
        made.append(verdict_answer(engine, snapshot, code, as_of, is_exact=is_exact))
    if wanted.has_duties:
        told("counting duties")
        made.append(duties_answer(engine, snapshot, pack, as_of, is_exact=is_exact))
    if asked := wanted.staffing:
        made.append(runs.answer(asked, is_exact=is_exact))
    if wanted.hiring:
        made.append(hiring_answer(runs, wanted.hiring, is_exact=is_exact))
    return made


def measured_of(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    measures: Sequence[Measure],
    as_of: date,
    *,
    told: Callable[[str], None] = lambda _said: None,
    runs: Runs | None = None,
) -> dict[str, Measured]:
    """Return what was measured of each measure that the records can tell, by its code.

    Staffing is worked out only where a measure asks for it, and where `runs` has it already, it is taken.
    """
    wanted = [one for one in measures if not lies_elsewhere(one.over)]
    narrowed = _narrowed(snapshot, wanted)
    plain = [one for one in wanted if not isinstance(one.over, OverSource)]
    found = list(measure_all(engine, narrowed, pack, plain, as_of, told=told)) if plain else []
    others = [one for one in wanted if isinstance(one.over, OverSource)]
    if others:
        tables = open_tables(engine, narrowed)
        looked = look(engine, tables, pack, others, as_of, stands_on=snapshot.as_of, told=told)
        staffing = (runs or Runs(engine, snapshot, pack, as_of, told)).measured(others)
        found += special(others, as_of=as_of, found=looked, staffing=staffing)
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
            except Exception as error:  # noqa: BLE001 - records that were touched may hold anything
                found |= {one.id: _unforeseen(error) for one in some}
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
    runs = Runs(engine, snapshot, pack, as_of, told)
    found = measured_of(engine, snapshot, pack, wanted, as_of, told=told, runs=runs) if wanted else {}
    again = _MeasuresAgain(found, known, pack)
    made: dict[str, Answer | str] = {one.id: again.answer(one) for one in measures}
    for one in asked:
        if one.kind is not Kind.MEASURE:
            try:
                made[one.id] = _other_again(engine, snapshot, pack, one, as_of, runs)
            except Exception as error:  # noqa: BLE001 - records that were touched may hold anything
                made[one.id] = _unforeseen(error)
    return made


def _other_again(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    one: Frozen,
    as_of: date,
    runs: Runs,
) -> Answer | str:
    """Return a result that is no measure worked out again, or why there is none."""
    is_exact = one.parameters.get("suppression") is None
    try:
        if one.kind is Kind.DUTIES:
            by_office = "office_id" in one.keys
            return duties_answer(engine, snapshot, pack, as_of, is_exact=is_exact, has_offices=by_office)
        if one.kind is Kind.VERDICT and one.code in VERDICTS:
            return verdict_answer(engine, snapshot, one.code, as_of, is_exact=is_exact)
        if one.kind in {Kind.STAFFING, Kind.HIRING}:
            return _run_again(one, runs, is_exact=is_exact)
    except (EngineError, LookupError, ValueError) as error:
        return " ".join(str(error.args[0] if error.args else error).split())
    if one.kind is Kind.VERDICT:
        return f"this Closeout has no verdict {one.code}"
    return f"a {one.kind.value} does not come from a snapshot"


def _run_again(one: Frozen, runs: Runs, *, is_exact: bool) -> Answer:
    if one.kind is Kind.HIRING:
        return hiring_answer(runs, plan_asked_again(one.parameters), is_exact=is_exact)
    return runs.answer(asked_again(one.parameters), is_exact=is_exact)


def _unforeseen(error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"the records hold what no check lets pass, and it cannot be worked out: {said}"


@dataclass(frozen=True, slots=True)
class _MeasuresAgain:
    """Measures worked out again, and what was withheld of those that were frozen together, each once."""

    found: Mapping[str, Measured]
    known: Mapping[str, Measure]
    pack: Pack
    _withheld: dict[tuple[tuple[str, ...], bool], dict[str, Measured]] = field(default_factory=dict)

    def answer(self, one: Frozen) -> Answer | str:
        """Return a measure as it would be frozen now, or why there is none."""
        if one.code not in self.known:
            return f"the pack has no measure {one.code}"
        if one.code not in self.found:
            return f"{one.code} lies in no table of the records"
        has_parts = "by" in one.keys
        if not [code for code in _beside(one) if code in self.found]:
            return measure_answer(self.found[one.code], self.pack, has_parts=has_parts)
        if has_parts:
            return self._as_withheld(one, are_parts_counted=True, has_parts=True)
        older = self._as_withheld(one, are_parts_counted=False, has_parts=False)
        if digest_of_rows(older.rows) == one.result_sha256:
            return older
        # Frozen while parts were withheld with the rest and not yet kept themselves.
        return self._as_withheld(one, are_parts_counted=True, has_parts=False)

    def _as_withheld(self, one: Frozen, *, are_parts_counted: bool, has_parts: bool) -> Answer:
        """Return a measure with the small counts of all that it was frozen beside withheld."""
        codes = tuple(code for code in _beside(one) if code in self.found)
        if (codes, are_parts_counted) not in self._withheld:
            group = [self.found[code] for code in codes]
            shown = suppress_measured(group if are_parts_counted else without_parts(group))
            self._withheld[codes, are_parts_counted] = {each.measure.code: each for each in shown}
        mine = self._withheld[codes, are_parts_counted][one.code]
        beside = [self.found[code] for code in codes]
        return measure_answer(mine, self.pack, beside=beside, has_parts=has_parts)


def _beside(one: Frozen) -> list[str]:
    """Return the measures whose small counts were withheld together with a result's."""
    said = one.parameters.get("suppression") or {}
    return list(said.get("with", ()))


def _narrowed(snapshot: Snapshot, measures: Iterable[Measure]) -> Snapshot:
    """Return a snapshot with no more tables than measures read, so that no other can spoil them."""
    read: set[str] = {"offices"}
    for measure in measures:
        tables = tables_of_measure(measure)
        if tables is None:
            return snapshot
        read.update(tables)
    return narrowed_to(snapshot, read)
