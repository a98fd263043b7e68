"""The machines in words: the tables of the reference page, and each one's diagram as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.records.machines.guards import GUARDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.records.machines.machine import Machine, Move

HEAD = """# State machines

What may follow what, who may do it, what must be there before and what it leaves behind. This page is written
from the data in `closeout.records.machines`, which every action asks; a test holds the two together.

A *worker* may work on the record, an *approver* confirms what another person proposed, a *job* acts when a
day has passed. A verb that keeps the state records something about it. Why the rules are as they are:
[Casework](../explanation/casework.md).
"""


def reference(machines: Iterable[Machine]) -> str:
    """Return the reference page, as Markdown."""
    return "\n".join([HEAD, *(_chapter(machine) for machine in machines)])


def diagram(machine: Machine) -> str:
    """Return a machine as lines of text: each state with the verbs that leave it and where they lead."""
    lines = []
    for state in machine.states:
        leaving: dict[str, list[str]] = {}
        for move in machine.moves_from(state):
            if move.then != state:
                leaving.setdefault(move.then, []).append(_read(move.verb))
        mark = " (end)" if state in machine.terminal else ""
        lines.append(f"{_read(state)}{mark}")
        lines += [f"    → {_read(then)}: {', '.join(verbs)}" for then, verbs in leaving.items()]
    return "\n".join(lines)


def _chapter(machine: Machine) -> str:
    where = (
        f"Column `{machine.table}.{machine.column}`. " if machine.table else "No column: read from dates. "
    )
    span = f"Begins as {_listed(machine.start)}; ends as {_listed(machine.terminal)}."
    parts = [
        f"## {machine.title}",
        "",
        f"{where}Systems {machine.section}. {span}",
        "",
        "```text",
        diagram(machine),
        "```",
        "",
        "| From | Verb | To | By | Needs | Leaves |",
        "|---|---|---|---|---|---|",
        *(_row(verb_moves) for verb_moves in _by_verb(machine)),
        "",
    ]
    if machine.reasons:
        parts += [
            f"Reasons of *{_read(verb)}*: {', '.join(map(_read, reasons))}.  "
            for verb, reasons in machine.reasons.items()
        ]
        parts.append("")
    return "\n".join(parts)


def _by_verb(machine: Machine) -> list[list[Move]]:
    """Return the moves that differ only in where they come from, together."""
    groups: dict[tuple[object, ...], list[Move]] = {}
    for move in machine.moves:
        then = "" if move.then == move.now else move.then
        groups.setdefault((move.verb, then, move.by, move.needs, move.evidence), []).append(move)
    return list(groups.values())


def _row(group: list[Move]) -> str:
    first = group[0]
    then = "(the same)" if first.then == first.now else _read(first.then)
    cells = (
        ", ".join(_read(move.now) for move in group),
        _read(first.verb),
        then,
        " or ".join(sorted(actor.value for actor in first.by)),
        "; ".join(GUARDS[guard].words for guard in first.needs),
        first.evidence.replace("_", r"\_"),
    )
    return f"| {' | '.join(cells)} |"


def _read(word: str) -> str:
    return word.replace("_", " ")


def _listed(states: Iterable[str]) -> str:
    return ", ".join(map(_read, states))
