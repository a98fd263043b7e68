"""Work results out from a snapshot: the first time, to freeze them, and again, to verify them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from closeout.duties.run import open_tables
from closeout.engines import EngineError
from closeout.evidence.freezing.answers import (
    lies_elsewhere,
    measure_answer,
    withheld_as,
)
from closeout.evidence.freezing.duties import count_duties, duties_answer, tables_of_duties
from closeout.evidence.freezing.duties import withheld_as as duties_withheld_as
from closeout.evidence.freezing.frozen import Answer, Frozen, Kind
from closeout.evidence.freezing.hiring import asked_again as plan_asked_again
from closeout.evidence.freezing.hiring import hiring_answer, tables_of_hiring
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.freezing.reads import tables_of_measure
from closeout.evidence.freezing.staffing import (
    OFFICERS,
    Runs,
    answer_of_staffing,
    asked_again,
    counts_of_staffing,
)
from closeout.evidence.freezing.staffing import withheld_as as staffing_withheld_as
from closeout.evidence.freezing.verdicts import VERDICTS, verdict_answer
from closeout.evidence.measures.declared import OverSource
from closeout.evidence.measures.read_staffing import tables_of_staffing
from closeout.evidence.measures.run import measure_all
from closeout.evidence.measures.special import special
from closeout.evidence.measures.special_look import look
from closeout.evidence.suppression import NOT_SHOWN, suppress_beside

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
    shown = tuple(found[one.code] for one in wanted.measures if one.code in found)
    staffing = runs.of(wanted.staffing) if wanted.staffing else None
    counted = None
    if wanted.has_duties:
        told("counting duties")
        counted = count_duties(engine, snapshot, pack, as_of)
    withheld: Mapping[str, frozenset[str | None]] | None = None
    if not is_exact:
        told("withholding small counts")
        tables = (*(counted.tables if counted else ()), *(counts_of_staffing(staffing) if staffing else ()))
        shown, withheld = suppress_beside(shown, tables)
    made = [measure_answer(one, pack, is_withheld=not is_exact) for one in shown]
    for code in wanted.verdicts:
        told(f"judging {code}")
        made.append(verdict_answer(engine, snapshot, code, as_of, is_exact=is_exact, beside=shown))
    if counted:
        made.append(duties_answer(counted, pack, as_of, withheld))
    if staffing and wanted.staffing:
        made.append(answer_of_staffing(staffing, pack, wanted.staffing, withheld))
    if asked := wanted.hiring:
        few = (withheld or {}).get(OFFICERS, frozenset())
        is_few = (asked.office_id or None) in few
        made.append(hiring_answer(runs, asked, is_exact=is_exact, is_withheld=is_few))
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
    wanted = [known[code] for code in dict.fromkeys(one.code for one in measures) if code in known]
    runs = Runs(engine, snapshot, pack, as_of, told)
    found = measured_of(engine, snapshot, pack, wanted, as_of, told=told, runs=runs) if wanted else {}
    made: dict[str, Answer | str] = {one.id: _measure_again(one, found, known, pack) for one in measures}
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
            counted = count_duties(engine, snapshot, pack, as_of, has_offices=by_office)
            return duties_answer(
                counted, pack, as_of, None if is_exact else duties_withheld_as(counted, one.rows)
            )
        if one.kind is Kind.VERDICT and one.code in VERDICTS:
            withheld = (one.parameters.get("suppression") or {}).get("withheld")
            return verdict_answer(engine, snapshot, one.code, as_of, is_exact=is_exact, withheld=withheld)
        if one.kind in {Kind.STAFFING, Kind.HIRING}:
            return _run_again(one, runs, is_exact=is_exact)
    except (EngineError, LookupError, ValueError) as error:
        return " ".join(str(error.args[0] if error.args else error).split())
    if one.kind is Kind.VERDICT:
        return f"this Closeout has no verdict {one.code}"
    return f"a {one.kind.value} does not come from a snapshot"


def _run_again(one: Frozen, runs: Runs, *, is_exact: bool) -> Answer:
    if one.kind is Kind.HIRING:
        is_withheld = any(NOT_SHOWN in row.values() for row in one.rows)
        asked = plan_asked_again(one.parameters)
        return hiring_answer(runs, asked, is_exact=is_exact, is_withheld=is_withheld)
    run = asked_again(one.parameters)
    return answer_of_staffing(
        runs.of(run), runs.pack, run, None if is_exact else staffing_withheld_as(one.rows)
    )


def _unforeseen(error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"the records hold what no check lets pass, and it cannot be worked out: {said}"


def _measure_again(
    one: Frozen, found: Mapping[str, Measured], known: Mapping[str, Measure], pack: Pack
) -> Answer | str:
    """Return a measure as it was frozen, with what the records say now, or why there is none."""
    if one.code not in known:
        return f"the pack has no measure {one.code}"
    if one.code not in found:
        return f"{one.code} lies in no table of the records"
    is_withheld = one.parameters.get("suppression") is not None
    again = withheld_as(found[one.code], one.rows) if is_withheld else found[one.code]
    return measure_answer(again, pack, is_withheld=is_withheld, has_parts="by" in one.keys)


def _narrowed(snapshot: Snapshot, measures: Iterable[Measure]) -> Snapshot:
    """Return a snapshot with no more tables than measures read, so that no other can spoil them."""
    read: set[str] = {"offices"}
    for measure in measures:
        tables = tables_of_measure(measure)
        if tables is None:
            return snapshot
        read.update(tables)
    return narrowed_to(snapshot, read)
