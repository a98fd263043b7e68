"""Read which duties a measure is over and by which of their figures, or which register it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.duties.integrity import RULES
from closeout.duties.terms import near
from closeout.evidence.measures.declared import OverDuties, OverSource, Source, Statistic
from closeout.evidence.measures.measure import Shape
from closeout.evidence.measures.read_by import read_by_of_duties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from closeout.duties.clauses import Pack
    from closeout.duties.fields import Fields

_SHAPES = {
    Statistic.TIMELINESS: Shape.SHARE,
    Statistic.CURRENCY: Shape.SHARE,
    Statistic.BACKLOG: Shape.COUNT,
    Statistic.CASES: Shape.SHARE,
}
_ALL = "all"
_WITH_DUTIES = (Source.COMPARISON, Source.PROJECTION)
TABLE_KEYS = (
    *("where", "counts", "on", "from", "to", "latest", "events"),
    *("sum", "exposure", "cluster", "quantile", "office"),
)
"""What only a measure over a table says."""


def read_duties(fields: Fields, shape: Shape, pack: Pack) -> OverDuties | None:
    """Return the duties of a measure, in the pack's order; None where none could be read."""
    said = fields.one_of("statistic", [one.value for one in Statistic], needed=True)
    duties = _of_sections(fields, pack) if "sections" in fields else _named(fields, pack)
    if not said or not duties:
        return None
    statistic = Statistic(said)
    if _SHAPES[statistic] is not shape:
        fields.wrong(
            "shape", f"`statistic: {said}` is a {_SHAPES[statistic]}; write `shape: {_SHAPES[statistic]}`"
        )
    return OverDuties(duties, statistic, read_by_of_duties(fields, said))


def read_source(fields: Fields, pack: Pack) -> OverSource | None:
    """Return the register a measure reads; None where it is not known."""
    said = fields.one_of("source", [one.value for one in Source], needed=True)
    refuse(fields, ("over", "sections", "statistic", "by", *TABLE_KEYS), "is not for a measure with `source`")
    if said not in _WITH_DUTIES:
        refuse(fields, ("duties",), f"is not for `source: {said}`")
    if said != Source.INTEGRITY:
        refuse(fields, ("rules",), "is for `source: integrity`")
    if not said:
        return None
    duties = _named(fields, pack) if "duties" in fields and said in _WITH_DUTIES else ()
    return OverSource(Source(said), _rules(fields), duties)


def is_short(definition: Mapping[str, Any], pack: Pack) -> bool:
    """Say whether a measure counts a duty that the pack leaves out: its figure would be another one."""
    said = definition.get("duties") or ()
    duties = {said} if isinstance(said, str) else set(map(str, said))
    sections = set(map(str, definition.get("sections") or ()))
    every = _ALL in duties or definition.get("source") == Source.STAFFING
    return any(
        every or one.duty in duties or (sections and one.section in {"", *sections}) for one in pack.left_out
    )


def refuse(fields: Fields, keys: Iterable[str], why: str) -> None:
    """Note the fields that have no place in a measure."""
    for key in keys:
        if key in fields:
            fields.wrong(key, f"`{key}` {why}")


def _rules(fields: Fields) -> tuple[str, ...]:
    known = list(RULES)
    said = fields.words("rules")
    for word, line in said:
        if word not in known:
            message = f"`{word}` is no integrity rule.{near(word, known)} `closeout integrity` lists them."
            fields.faults.add(fields.path, line, message)
    return tuple(word for word, _ in said if word in known)


def _named(fields: Fields, pack: Pack) -> tuple[str, ...]:
    known = [clause.duty for clause in pack.clauses]
    left_out = {one.duty for one in pack.left_out}
    said = fields.words("duties")
    if [word for word, _ in said] == [_ALL]:
        return tuple(known)
    if not said:
        fields.wrong("duties", "`duties` names none; write `all`, or a list of duties")
    for word, line in said:
        if word not in known and word not in left_out:
            fields.faults.add(fields.path, line, f"`{word}` is no duty of the pack.{near(word, known)}")
    words = {word for word, _ in said}
    return tuple(duty for duty in known if duty in words)


def _of_sections(fields: Fields, pack: Pack) -> tuple[str, ...]:
    known = sorted({one.section for one in pack.clauses} | {one.section for one in pack.left_out})
    said = fields.words("sections")
    if not said:
        fields.wrong("sections", "`sections` names none; write a list such as [A3, A4]")
    for word, line in said:
        if word not in known:
            message = f"`{word}` is no section that a duty has. There are {', '.join(known)}."
            fields.faults.add(fields.path, line, message)
    words = {word for word, _ in said}
    return tuple(clause.duty for clause in pack.clauses if clause.section in words)
