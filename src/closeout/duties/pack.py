"""Load a pack: an agency's rules as a folder of YAML files. What is wrong is said, all of it at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.duties.clauses import Clause, LeftOut, Pack
from closeout.duties.faults import Faults, PackError
from closeout.duties.fields import Fields
from closeout.duties.marked import Marked, read_marked
from closeout.duties.public_holidays import has_days_off
from closeout.duties.read_clause import read_clause
from closeout.duties.terms import near

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.duties.faults import Fault

_HEAD = "pack.yaml"
ACTIVITIES = "activities.yaml"
"""The list of activities with their expert ranges; `closeout.workload.activities` reads it."""
MEASURES = "measures.yaml"
"""The list of measures with their targets; `closeout.evidence.measures.read` reads it."""
LINKS = "links.yaml"
"""Recommendations that results other than measures answer; `closeout.evidence.linking_file` reads it."""
_KNOWN = "pack title holidays policies"


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A pack without the clauses that are at fault.

    Attributes:
        pack: The others; its `left_out` names the duties that are not in it.
        faults: What is wrong with those, in the order of files and lines.

    """

    pack: Pack
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _Listed:
    """A clause as it was read, or as much as is known of one that could not be, with its own faults."""

    duty: str
    section: str
    clause: Clause | None
    faults: Faults


def load_pack(folder: Path | None = None) -> Pack:
    """Load a pack, all of it.

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
    read = read_pack(folder)
    if read.faults:
        raise PackError(read.faults)
    return read.pack


def read_pack(folder: Path | None = None) -> ReadPack:
    """Read a pack; a clause that is at fault is left out, and the others can be worked out.

    Who works with what is left has to say so: a duty that nobody counts looks like one that nobody owes.

    Args:
        folder: As for `load_pack`.

    Raises:
        PackError: The head or a file is at fault, a clause does not say whose duty it is, or none is sound.

    """
    folder = folder or own_folder()
    paths = sorted(folder.glob("*.yaml"))
    faults = Faults()
    head = _head(folder, paths, faults)
    others = (_HEAD, ACTIVITIES, MEASURES, LINKS)
    listed = [one for path in paths if path.name not in others for one in _clauses(path, faults)]
    _check_duties(listed)
    _check_policies(listed, head.policies)
    if not listed:
        faults.add(folder / _HEAD, 1, "the pack has no clauses; write them as a list in another .yaml file")
    unsound = [one for one in listed if one.faults.found]
    wrong = {one.duty for one in unsound}
    clauses = tuple(one.clause for one in listed if one.clause is not None and one.duty not in wrong)
    left_out = PackError(fault for one in unsound for fault in one.faults.found).faults
    if faults.found or not clauses:
        raise PackError((*faults.found, *left_out))
    pack = Pack(
        name=head.name,
        title=head.title,
        clauses=clauses,
        holidays=head.holidays,
        digest=_digest(paths),
        policies=head.policies,
        left_out=tuple(dict.fromkeys(LeftOut(one.duty, one.section) for one in unsound)),
    )
    return ReadPack(pack, left_out)


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
    if not has_days_off(holidays):
        fields.wrong("holidays", f"no holidays are known for `{holidays}`; write a country like US, or US-TX")


def _clauses(path: Path, faults: Faults) -> list[_Listed]:
    marked = _read(path, faults)
    if not isinstance(marked.value, list):
        if marked.value is not None or not faults.has(path):
            faults.add(path, marked.line, "must be a list of clauses, each beginning with `- duty:`")
        return []
    found = []
    for item in marked.value:
        own = Faults()
        clause = read_clause(item, path, own)
        duty, section = _said(item, "duty"), _said(item, "section")
        if duty:
            found.append(_Listed(duty, section, clause, own))
        else:  # nobody can say what is missing
            faults.found += own.found
    return found


def _said(item: Marked, key: str) -> str:
    """Return a text of a clause as it stands there; empty where there is none."""
    field = item.value.get(key) if isinstance(item.value, dict) else None
    return field.value if field is not None and isinstance(field.value, str) else ""


def _read(path: Path, faults: Faults) -> Marked:
    try:
        return read_marked(path)
    except PackError as error:
        faults.extend(error)
        return Marked(None, 1)


def _check_duties(listed: list[_Listed]) -> None:
    """Note duties that are stated twice, at the second: which of them holds is not known."""
    first: dict[str, _Listed] = {}
    often = Counter(one.duty for one in listed)
    for one in listed:
        if often[one.duty] == 1 or one.clause is None or one.clause.path is None:
            continue
        other = first.setdefault(one.duty, one)
        if other is not one and other.clause is not None:
            place = f"{other.clause.path}:{other.clause.line}"
            message = f"`{one.duty}` is a duty already, at {place}; name one differently"
            one.faults.add(one.clause.path, one.clause.line, message)


def _check_policies(listed: list[_Listed], policies: Mapping[str, str]) -> None:
    for one in listed:
        clause = one.clause
        if clause is None or clause.path is None:
            continue
        for policy in sorted({version.basis.policy for version in clause.versions}):
            if policy and policy not in policies:
                message = (
                    f"`{policy}` is no policy of the pack.{near(policy, list(policies))} Add it to {_HEAD}."
                )
                one.faults.add(clause.path, clause.line, message)


def _digest(paths: list[Path]) -> str:
    made = hashlib.sha256()
    for path in paths:
        made.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()
