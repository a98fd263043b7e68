"""What verbs over a snapshot begin with: the records, the rules, and the assumptions of a staffing run."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from closeout.cli.store import refusal
from closeout.duties.faults import PackError
from closeout.duties.pack import load_pack, read_pack
from closeout.duties.terms import near
from closeout.records.snapshot import Snapshot, SnapshotError, open_snapshot

if TYPE_CHECKING:
    from closeout.duties.clauses import Pack
    from closeout.evidence.measures.measure import Measure
    from closeout.evidence.measures.read import Declared
    from closeout.workload.parameters import Parameters
    from closeout.workload.plan_asked import PlanAsked

_PERCENT = 100


def opened(
    verb: str,
    folder: Path | None,
    pack: Path | None,
    *,
    may_lack_files: bool = False,
    may_be_short: bool = False,
) -> "tuple[Snapshot, Pack]":
    """Return the records in a folder and the rules; end the command where either cannot be had.

    With `may_be_short` clauses at fault are left out, and said.
    """
    if folder is None:
        raise refusal(verb, "give a snapshot's folder; `closeout example --out DIR` makes one to try")
    try:
        rules = sound_pack(verb, pack) if may_be_short else load_pack(pack)
        return open_snapshot(folder, may_lack_files=may_lack_files), rules
    except PackError as error:
        raise faults(verb, error) from error
    except SnapshotError as error:
        raise refusal(verb, str(error)) from error


def sound_pack(verb: str, pack: Path | None) -> "Pack":
    """Return a pack's sound clauses, and say what is wrong with each that is left out.

    Raises:
        PackError: None is sound, or more than clauses is at fault.

    """
    read = read_pack(pack)
    for fault in read.faults:
        typer.echo(f"closeout {verb}: {fault}; the duty is left out", err=True)
    return read.pack


def faults(verb: str, error: PackError) -> typer.Exit:
    """Say everything that is wrong with a pack, a line each; return what to raise."""
    for fault in error.faults[:-1]:
        typer.echo(f"closeout {verb}: {fault}", err=True)
    return refusal(verb, str(error.faults[-1]))


def declared_measures(verb: str, pack: Path | None, rules: "Pack") -> "Declared":
    """Return a pack's sound measures, and say what is wrong with each that is left out.

    The command ends where the file cannot be read, or none of its measures is sound.
    """
    from closeout.evidence.measures.read import read_measures, without  # noqa: PLC0415 - not for every verb

    try:
        declared = read_measures(pack, rules)
    except PackError as error:
        raise faults(verb, error) from error
    for fault in declared.faults:
        typer.echo(f"closeout {verb}: {fault}; the measure is left out", err=True)
    for line in without(declared.short):
        typer.echo(f"closeout {verb}: {line}", err=True)
    return declared


def named_measure(verb: str, code: str, declared: "Declared") -> "Measure":
    """Return the measure of a code; end the command where there is none, or it was left out."""
    found = next((one for one in declared.measures if one.code == code), None)
    if found is not None:
        return found
    if code in declared.codes:
        raise refusal(verb, f"the measure {code} is left out, as said above; correct it in the pack")
    hint = near(code, [one.code for one in declared.measures]) or " `closeout measures DIR` lists them."
    raise refusal(verb, f"there is no measure {code}.{hint}")


def tell_day(verb: str, snapshot: Snapshot, day: date) -> None:
    """Say so where a command stands on a day before that of the records."""
    if day >= snapshot.as_of:
        return
    from closeout.records.beginning import before_records  # noqa: PLC0415 - polars, only when asked

    if said := before_records(snapshot, day):
        typer.echo(f"closeout {verb}: {said}", err=True)


def hiring_asked(verb: str, path: Path | None) -> "PlanAsked | None":
    """Return what a file of hiring assumptions asks for; end the command where it is not sound."""
    if path is None:
        return None
    from closeout.workload.read_hiring import read_hiring  # noqa: PLC0415 - scipy, only when asked

    try:
        return read_hiring(path)
    except PackError as error:
        raise faults(verb, error) from error


def check_hiring(verb: str, asked: "PlanAsked | None", snapshot: Snapshot, day: date) -> None:
    """End the command where no plan can be looked for: no such office, or a day that is not ahead."""
    if asked is None:
        return
    from closeout.workload.hiring_run import PlanError  # noqa: PLC0415 - as above
    from closeout.workload.plan_asked import check_asked  # noqa: PLC0415 - as above

    try:
        check_asked(asked, snapshot, day)
    except PlanError as error:
        raise refusal(verb, str(error)) from error


def assumptions(
    verb: str, support: float, occupancy: float, *, is_adjusted: bool, is_without_hidden: bool
) -> "Parameters":
    """Return what a staffing run assumes, from percents; end the command where that cannot be."""
    from closeout.workload.parameters import ParameterError, Parameters  # noqa: PLC0415 - after the options
    from closeout.workload.weights import Kind  # noqa: PLC0415 - as above

    try:
        return Parameters(
            support_share=support / _PERCENT,
            occupancy=occupancy / _PERCENT,
            kind=Kind.ADJUSTED if is_adjusted else Kind.OBSERVED,
            counts_hidden=not is_without_hidden,
        )
    except ParameterError as error:
        raise refusal(verb, str(error)) from error
