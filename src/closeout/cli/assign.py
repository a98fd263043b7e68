"""`closeout assign`: who should get a waiting case, and which cases should move."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from closeout.cli.options import MaybeFolder, PackFolder, StandOn
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.faults import PackError
from closeout.engines import EngineError, connect
from closeout.records.snapshot import SnapshotError, open_snapshot

if TYPE_CHECKING:
    from closeout.assignment.asking import Asked, Ground
    from closeout.assignment.rules import Rules

VERB = "assign"
_OUT_KINDS = (".csv", ".json")


def assign(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: MaybeFolder = None,
    office: Annotated[str, typer.Option(help="The office; all of them if left out.")] = "",
    case: Annotated[str, typer.Option(help="Only this waiting case.")] = "",
    is_rebalance: Annotated[
        bool, typer.Option("--rebalance", help="Share all cases evenly, with the fewest moves.")
    ] = False,
    max_moves: Annotated[int | None, typer.Option(min=0, help="The most cases that may move.")] = None,
    limit: Annotated[
        float | None, typer.Option(help="Utilization that nobody should be above, such as 1.1.")
    ] = None,
    allow_transfer: Annotated[
        bool, typer.Option("--allow-transfer", help="Cases may go to another office.")
    ] = False,
    leaving: Annotated[
        list[str] | None, typer.Option(help="An officer to count without hours; may be given again.")
    ] = None,
    cap: Annotated[float, typer.Option(help="Utilization up to which new cases are given.")] = 1.0,
    language: Annotated[
        str, typer.Option(help="Whether a case's language decides: required, preferred or ignored.")
    ] = "preferred",
    seed: Annotated[int, typer.Option(help="Decides between officers who are alike.")] = 7,
    as_of: StandOn = None,
    pack: PackFolder = None,
    out: Annotated[Path | None, typer.Option(help="Write the moves to this file: .csv or .json.")] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Work the answer in this file out again, and say what differs.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Propose an officer for each waiting case, or with `--rebalance` the moves that even out all loads.

    Nothing moves by itself: a supervisor accepts. Every answer says what it rests on and can be worked out
    again with `--replay`. A case that would overload everyone is held.
    """
    from closeout.assignment.asking import Asked  # noqa: PLC0415 - it takes long to load

    rules = _rules(
        cap=cap, language=language, max_moves=max_moves, limit=limit, allow_transfer=allow_transfer
    )
    _check_out(out)
    asked = Asked(
        office=office,
        case=case,
        is_rebalance=is_rebalance,
        leaving=tuple(leaving or ()),
        seed=seed,
        rules=rules,
    )
    if replay is not None:
        _replayed(folder, pack, as_of, asked, replay, as_json=as_json)
        return
    plain = _worked_out(folder, pack, as_of, asked, None)
    if out is not None:
        _write(out, plain)
    if as_json:
        print_json(plain)
        return
    from closeout.cli.assign_show import show  # noqa: PLC0415 - as above

    show(console(), plain)


def _rules(**said: Any) -> "Rules":  # noqa: ANN401 - settings of several types
    from closeout.assignment.rules import Language, RuleError, Rules  # noqa: PLC0415 - as above

    try:
        said["language"] = Language(said["language"])
    except ValueError as error:
        kinds = ", ".join(Language)
        message = f"--language {said['language']} is unknown; give one of {kinds}"
        raise refusal(VERB, message) from error
    try:
        return Rules(**said)
    except RuleError as error:
        raise refusal(VERB, str(error)) from error


def _check_out(out: Path | None) -> None:
    if out is not None and out.suffix not in _OUT_KINDS:
        raise refusal(VERB, f"{out} must end in {' or '.join(_OUT_KINDS)}")
    if out is not None and not out.absolute().parent.is_dir():
        raise refusal(VERB, f"there is no folder {out.parent} to write {out.name} into")


def _worked_out(
    folder: Path | None,
    pack: Path | None,
    as_of: datetime | None,
    asked: "Asked",
    certificate: dict[str, Any] | None,
) -> dict[str, Any]:
    """Return the answer, or what replaying a rebalancing's certificate gave."""
    from closeout.assignment.asking import answered, replayed  # noqa: PLC0415 - as above
    from closeout.assignment.certificate import CertificateError  # noqa: PLC0415 - as above
    from closeout.assignment.faults import LoadsError  # noqa: PLC0415 - as above

    if folder is None:
        raise refusal(VERB, "give a snapshot's folder; `closeout example DIR` makes one to try")
    try:
        with closing(connect()) as engine, Console(stderr=True).status("Reading cases and hours") as status:
            ground = _ground(engine, folder, pack, as_of)
            if certificate is not None:
                return replayed(ground, asked, certificate)
            return answered(ground, asked, told=lambda office, *_: status.update(f"Sharing cases {office}"))
    except PackError as error:
        raise refusal(VERB, str(error.faults[0])) from error
    except (SnapshotError, LoadsError, CertificateError, LookupError) as error:
        raise refusal(VERB, str(error.args[0] if error.args else error)) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error


def _ground(engine: Any, folder: Path, pack: Path | None, as_of: datetime | None) -> "Ground":  # noqa: ANN401 - an engine
    from closeout.assignment.asking import Ground  # noqa: PLC0415 - as above
    from closeout.duties.pack import load_pack  # noqa: PLC0415 - as above
    from closeout.duties.run import open_tables  # noqa: PLC0415 - as above

    snapshot = open_snapshot(folder)
    tables = open_tables(engine, snapshot)
    return Ground(engine, tables, load_pack(pack), as_of.date() if as_of else snapshot.as_of)


def _replayed(
    folder: Path | None,
    pack: Path | None,
    as_of: datetime | None,
    asked: "Asked",
    path: Path,
    *,
    as_json: bool,
) -> None:
    from closeout.assignment.certificate import CertificateError  # noqa: PLC0415 - as above

    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(said.get("certificates"), list) and not said["certificates"]:
            raise refusal(VERB, f"{path} holds no certificate: no case was waiting")
        listed = [said["certificate"]] if "certificate" in said else said.get("certificates", [said])
        if listed[0].get("kind") == "rebalance":
            # The loads are those of the offices that were asked for.
            asked = replace(asked, office=asked.office or said.get("office") or "")
            found = _worked_out(folder, pack, as_of, asked, listed[0])
        else:
            found = _cases_again(listed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, CertificateError):
            raise refusal(VERB, f"{path.name}: {error}") from error
        raise refusal(VERB, f"{path} cannot be read as a certificate: {error}") from error
    if as_json:
        print_json(found)
    else:
        typer.echo(found["sentence"])
    if not found["is_same"]:
        raise typer.Exit(FAILED)


def _cases_again(certificates: list[dict[str, Any]]) -> dict[str, Any]:
    """Return whether the answers for one or several new cases come out again, as JSON takes it."""
    from closeout.assignment.new_case import replay  # noqa: PLC0415 - as above

    again = [(one.get("case", {}).get("case_no"), replay(one)) for one in certificates]
    differing = [(case_no, found) for case_no, found in again if not found.is_same]
    if len(again) == 1:
        differences, sentence = list(again[0][1].differences), again[0][1].sentence
    else:
        differences = [
            f"case {case_no}: {said}" for case_no, found in differing for said in found.differences
        ]
        sentence = "Worked out again, all answers are the same."
        if differing:
            sentence = f"Worked out again, answers differ: {'; '.join(differences)}."
    return {"is_same": not differing, "differences": differences, "sentence": sentence}


def _write(path: Path, plain: dict[str, Any]) -> None:
    from closeout.cli.assign_show import write_csv  # noqa: PLC0415 - as above

    try:
        if path.suffix == ".json":
            path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        else:
            write_csv(path, plain)
    except OSError as error:
        raise refusal(VERB, f"{path} cannot be written: {error}", FAILED) from error
