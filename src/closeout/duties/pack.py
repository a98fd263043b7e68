"""Load a pack: an agency's rules as a folder of YAML files, refused as a whole where anything is wrong."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from holidays import list_supported_countries

from closeout.duties.clauses import Clause, Pack
from closeout.duties.faults import Faults, PackError
from closeout.duties.fields import Fields
from closeout.duties.marked import Marked, read_marked
from closeout.duties.read_clause import read_clause
from closeout.duties.terms import near

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = "pack.yaml"
ACTIVITIES = "activities.yaml"
"""The list of activities with their expert ranges; `closeout.workload.activities` reads it."""
MEASURES = "measures.yaml"
"""The list of measures with their targets; `closeout.evidence.measures.read` reads it."""
LINKS = "links.yaml"
"""Recommendations that results other than measures answer; `closeout.evidence.linking_file` reads it."""
_KNOWN = "pack title holidays policies"


def load_pack(folder: Path | None = None) -> Pack:
    """Load a pack.

    Args:
        folder: Where its files lie: `pack.yaml` with its name, title and policies, `activities.yaml` with
            what officers spend their time on, `measures.yaml` with what is measured, `links.yaml` with what
            other results answer, and any other `.yaml` with a list of clauses. The pack that comes with
            Closeout if None.

    Returns:
        The pack, its clauses in the order of files and lines.

    Raises:
        PackError: With everything that is wrong, each with file and line.

    """
    folder = folder or own_folder()
    paths = sorted(folder.glob("*.yaml"))
    faults = Faults()
    head = _head(folder, paths, faults)
    others = (_HEAD, ACTIVITIES, MEASURES, LINKS)
    clauses = [clause for path in paths if path.name not in others for clause in _clauses(path, faults)]
    _check_duties(clauses, faults)
    _check_policies(clauses, head.policies, faults)
    if not clauses:
        faults.add(folder / _HEAD, 1, "the pack has no clauses; write them as a list in another .yaml file")
    faults.raise_any()
    return Pack(
        name=head.name,
        title=head.title,
        clauses=tuple(clauses),
        holidays=head.holidays,
        digest=_digest(paths),
        policies=head.policies,
    )


def own_folder() -> Path:
    """Return where the pack that comes with Closeout lies."""
    return Path(str(files("closeout") / "packs" / "ero"))


def check_pack(folder: Path | None = None) -> list[str]:
    """Return what is wrong with a pack, a line each, in the order of files and lines; none if it is sound."""
    try:
        load_pack(folder)
    except PackError as error:
        return [str(fault) for fault in error.faults]
    return []


def _head(folder: Path, paths: list[Path], faults: Faults) -> Pack:
    path = folder / _HEAD
    if path not in paths:
        faults.add(path, 1, f"there is no {_HEAD}; a pack is a folder with one, giving {_KNOWN}")
        return Pack("", "", ())
    fields = Fields(_read(path, faults), path, faults, known=_KNOWN, what=_HEAD)
    policies: dict[str, str] = {}
    marked = fields.raw("policies")
    for code, said in (marked.value if marked and isinstance(marked.value, dict) else {}).items():
        one = Fields(Marked({code: said}, said.line), path, faults, known=code, what="`policies`")
        policies[code] = one.word(code, r".{3,200}", needed=True)
    if not policies:
        fields.wrong("policies", f"{_HEAD} needs `policies`: the code of each with its title")
    name = fields.word("pack", r"[a-z][a-z0-9-]*", needed=True)
    title = fields.word("title", needed=True)
    holidays = fields.word("holidays", r"[A-Z]{2}(-[A-Z0-9]{1,3})?") or "US"
    _check_holidays(holidays, fields)
    return Pack(name, title, (), holidays, policies=policies)


def _check_holidays(holidays: str, fields: Fields) -> None:
    country, _, part = holidays.partition("-")
    known = list_supported_countries()
    if country not in known or (part and part not in known[country]):
        fields.wrong("holidays", f"no holidays are known for `{holidays}`; write a country like US, or US-TX")


def _clauses(path: Path, faults: Faults) -> list[Clause]:
    marked = _read(path, faults)
    if not isinstance(marked.value, list):
        if marked.value is not None or not faults.has(path):
            faults.add(path, marked.line, "must be a list of clauses, each beginning with `- duty:`")
        return []
    read = [read_clause(item, path, faults) for item in marked.value]
    return [clause for clause in read if clause is not None]


def _read(path: Path, faults: Faults) -> Marked:
    try:
        return read_marked(path)
    except PackError as error:
        faults.extend(error)
        return Marked(None, 1)


def _check_duties(clauses: list[Clause], faults: Faults) -> None:
    seen: dict[str, Clause] = {}
    for clause in clauses:
        first = seen.setdefault(clause.duty, clause)
        if first is not clause and clause.path is not None:
            message = f"`{clause.duty}` is a duty already, at {first.path}:{first.line}; name one differently"
            faults.add(clause.path, clause.line, message)


def _check_policies(clauses: list[Clause], policies: Mapping[str, str], faults: Faults) -> None:
    for clause in clauses:
        for policy in sorted({version.basis.policy for version in clause.versions}):
            if policy and policy not in policies and clause.path is not None:
                message = (
                    f"`{policy}` is no policy of the pack.{near(policy, list(policies))} Add it to {_HEAD}."
                )
                faults.add(clause.path, clause.line, message)


def _digest(paths: list[Path]) -> str:
    made = hashlib.sha256()
    for path in paths:
        made.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()
