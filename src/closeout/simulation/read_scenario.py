"""Read a scenario from its YAML file; say everything that is wrong, with file, line and key."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from closeout.duties.faults import Fault, Faults, PackError
from closeout.duties.marked import Marked, read_marked
from closeout.duties.periods import PeriodError, parse_period
from closeout.duties.terms import near
from closeout.simulation import changes as kinds
from closeout.simulation.changes import KINDS, Change, Some
from closeout.simulation.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_KEYS = ["scenario", "title", "parent", "changes"]
_MONTH_DAYS = 365.25 / 12
_MOST_PARENTS = 20
_PERCENT = 100
_BY_NAME = {kind.name: kind for kind in KINDS}
_ALIASES = {"period": "days", "lead": "lead_days", "from": "from_on", "to": "to_on", "given": "is_given"}
"""What a file says for what the change is called inside."""


class ScenarioError(ValueError):
    """A scenario cannot be used. `faults` says why: file, line, key and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def read_scenario(path: Path) -> Scenario:
    """Read a scenario and the parents it names, which lie beside it as `<code>.yaml`.

    Raises:
        ScenarioError: It cannot be read, says something we do not know, or is its own parent.

    """
    return _read(path, ())


def _read(path: Path, children: tuple[Path, ...]) -> Scenario:
    faults = Faults()
    try:
        made = _scenario(read_marked(path), path, faults, children)
        faults.raise_any()
    except PackError as error:
        raise ScenarioError(error.faults) from error
    return made


def _scenario(root: Marked, path: Path, faults: Faults, children: tuple[Path, ...]) -> Scenario:
    entries = root.value
    if not isinstance(entries, dict):
        fault = Fault(path, 1, "write `scenario: CODE`, `title: ...` and a list of `changes`")
        raise PackError([fault])
    for key, value in entries.items():
        if key not in _KEYS:
            faults.add(path, value.line, f"`{key}` is not one of {', '.join(_KEYS)}.{near(key, _KEYS)}")
    code = _word(entries, "scenario", path, faults)
    listed = entries.get("changes", Marked(None, root.line))
    changes: list[Change] = []
    if not isinstance(listed.value, list) or not listed.value:
        faults.add(path, listed.line, "`changes` must list at least one change")
    else:
        found = (_change(one, path, faults) for one in listed.value)
        changes = [one for one in found if one is not None]
    parent = _parent(entries.get("parent"), path, faults, children)
    return Scenario(code, _word(entries, "title", path, faults), tuple(changes), parent)


def _word(entries: Mapping[str, Marked], key: str, path: Path, faults: Faults) -> str:
    given = entries.get(key, Marked(None, 1))
    if not isinstance(given.value, str) or not given.value.strip():
        faults.add(path, given.line, f"`{key}` is missing; write a few words")
        return ""
    return given.value


def _parent(given: Marked | None, path: Path, faults: Faults, children: tuple[Path, ...]) -> Scenario | None:
    if given is None or given.value in {None, "base"}:
        return None
    if not isinstance(given.value, str) or "/" in given.value or "\\" in given.value:
        faults.add(path, given.line, "`parent` must be the code of a scenario beside this one, or `base`")
        return None
    beside = path.with_name(f"{given.value}.yaml")
    line = (*children, path)
    if beside in line or len(line) > _MOST_PARENTS:
        faults.add(path, given.line, f"`parent`: {given.value} builds on this scenario; name another")
        return None
    if not beside.is_file():
        faults.add(path, given.line, f"`parent`: there is no file {beside.name} beside this one")
        return None
    return _read(beside, line)


def _change(given: Marked, path: Path, faults: Faults) -> Change | None:
    known = ", ".join(_BY_NAME)
    if not isinstance(given.value, dict) or len(given.value) != 1:
        faults.add(path, given.line, f"a change is one of {known}, followed by its keys")
        return None
    ((name, body),) = given.value.items()
    kind = _BY_NAME.get(name)
    if kind is None:
        faults.add(
            path, given.line, f"there is no change `{name}`; there are {known}.{near(name, list(_BY_NAME))}"
        )
        return None
    if not isinstance(body.value, dict):
        faults.add(path, body.line, f"`{name}` needs its keys under it: {', '.join(_said(kind))}")
        return None
    before = len(faults.found)
    values = _values(kind, body, path, faults)
    return kind(**values) if len(faults.found) == before else None


def _said(kind: type[Change]) -> dict[str, str]:
    """Return the keys of a change as a file says them, with what they are called inside."""
    written = {inside: said for said, inside in _ALIASES.items()}
    return {
        written[one.name]
        if one.name in written and not _is_plain_days(kind, one.name)
        else one.name: one.name
        for one in fields(kind)
    }


def _is_plain_days(kind: type[Change], name: str) -> bool:
    """Tell whether `days` is a number of days, not the period of a recurring duty."""
    return name == "days" and kind is not kinds.Interval


def _values(kind: type[Change], body: Marked, path: Path, faults: Faults) -> dict[str, Any]:
    entries, said = body.value, _said(kind)
    assert isinstance(entries, dict)  # noqa: S101 - seen to by the caller
    hints, values = get_type_hints(kind), {}
    for key, given in entries.items():
        inside = said.get(key)
        if inside is None:
            known = ", ".join(said)
            faults.add(path, given.line, f"`{kind.name}` has {known}; not `{key}`.{near(key, list(said))}")
            continue
        try:
            values[inside] = _value(hints[inside], key, given.value)
        except ValueError as error:
            faults.add(path, given.line, f"`{kind.name}.{key}`: {error}")
    needed = {one.name for one in fields(kind) if one.default is MISSING}
    for key, inside in said.items():
        if inside in needed and key not in entries:
            faults.add(path, body.line, f"`{kind.name}` lacks `{key}`")
    return values


def _value(hint: Any, key: str, given: Any) -> Any:  # noqa: ANN401 - a type, a YAML value
    if isinstance(hint, types.UnionType):
        hint = get_args(hint)[0]
    if hint is float and key in {"period", "lead"}:
        return _period(given)
    read = _READERS.get(hint)
    if read is None:
        return _shares(given)
    return read(given)


def _text(given: Any) -> str:  # noqa: ANN401 - a YAML value
    if not isinstance(given, str) or not given.strip():
        msg = "write a word"
        raise ValueError(msg)
    return given


def _number(given: Any) -> float:  # noqa: ANN401 - as above
    try:
        value = float(_text(given).removesuffix("%"))
    except ValueError as error:
        msg = f"{given} is no number"
        raise ValueError(msg) from error
    if not 0 <= value < float("inf"):
        msg = f"{given} must be 0 or more"
        raise ValueError(msg)
    return value / _PERCENT if given.endswith("%") else value


def _whole(given: Any) -> int:  # noqa: ANN401 - as above
    said = _text(given)
    if not said.isdecimal() or int(said) < 1:
        msg = f"{given} must be a whole number of at least 1"
        raise ValueError(msg)
    return int(said)


def _period(given: Any) -> float:  # noqa: ANN401 - as above
    try:
        period = parse_period(_text(given))
    except PeriodError as error:
        raise ValueError(str(error)) from error
    if period.hours or not (period.months or period.days):
        msg = f"{given} must be a period of at least a day, such as P60D or P3M"
        raise ValueError(msg)
    return period.months * _MONTH_DAYS + period.days


def _day(given: Any) -> date:  # noqa: ANN401 - as above
    try:
        return date.fromisoformat(_text(given))
    except ValueError as error:
        msg = f"{given} is no day; write it like 2027-03-01"
        raise ValueError(msg) from error


def _yes(given: Any) -> bool:  # noqa: ANN401 - as above
    if given not in {"true", "false", "yes", "no"}:
        msg = f"{given} must be yes or no"
        raise ValueError(msg)
    return given in {"true", "yes"}


def _some(given: Any) -> Some:  # noqa: ANN401 - as above
    if isinstance(given, list):
        numbers = tuple(_text(one.value) for one in given)
        if not numbers:
            msg = "names nobody; list staff numbers or give a number of officers"
            raise ValueError(msg)
        return Some(numbers)
    if isinstance(given, str) and given.endswith("%"):
        return Some(share=_number(given))
    return Some(count=_whole(given))


def _shares(given: Any) -> tuple[float, ...]:  # noqa: ANN401 - as above
    if not isinstance(given, list):
        msg = "write a list of shares, such as [0.25, 0.5, 0.75]"
        raise ValueError(msg)  # noqa: TRY004 - a fault of the file, not of the program
    made = tuple(_number(one.value) for one in given)
    if over := [one.value for one, share in zip(given, made, strict=True) if share > 1]:
        msg = f"{', '.join(over)} must be a share of at most 1, such as 0.75"
        raise ValueError(msg)
    return made


_READERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    float: _number,
    int: _whole,
    date: _day,
    bool: _yes,
    Some: _some,
}
