"""What a state machine is: states, moves and what each move needs, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from closeout.records.machines.guards import GUARDS, Guard

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from closeout.records.machines.guards import Facts


class Actor(StrEnum):
    """Who makes a move."""

    WORKER = "worker"
    """Whoever may work on the record."""
    APPROVER = "approver"
    """Whoever may confirm what another person proposed."""
    JOB = "job"
    """The system by itself, when a day has passed."""


class MoveNotAllowedError(Exception):
    """A record cannot go from its present state by the verb asked; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move."""

    verb: str
    now: str
    then: str
    by: frozenset[Actor] = frozenset({Actor.WORKER})
    needs: tuple[Guard, ...] = ()
    evidence: str = ""
    """What is left behind to show for it, in words: the columns that are filled."""
    is_correction: bool = False
    """Takes back a step: the only kind of move that leaves a terminal state."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of one kind of record and the moves between them.

    Attributes:
        name: What the record is called.
        table: The declared table; empty where the state is read from other columns.
        column: The column that holds the state; empty likewise.
        section: The item of the systems list.
        start: The states a record may begin in.
        terminal: The states where nothing more is owed.
        moves: Every allowed move.
        reasons: The coded reasons that a verb takes, by verb.

    """

    name: str
    title: str
    section: str
    start: tuple[str, ...]
    terminal: tuple[str, ...]
    moves: tuple[Move, ...]
    table: str = ""
    column: str = "state"
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def states(self) -> tuple[str, ...]:
        """Return every state, in the order in which the moves name them."""
        named = [*self.start, *(state for move in self.moves for state in (move.now, move.then))]
        return tuple(dict.fromkeys(named))

    @property
    def verbs(self) -> tuple[str, ...]:
        """Return every verb, in the order of the moves."""
        return tuple(dict.fromkeys(move.verb for move in self.moves))

    def moves_from(self, now: str) -> tuple[Move, ...]:
        """Return the moves out of a state, whoever may make them."""
        return tuple(move for move in self.moves if move.now == now)


def moves(
    verb: str,
    now: str,
    then: str = "",
    *needs: Guard,
    by: Actor | tuple[Actor, ...] = Actor.WORKER,
    evidence: str = "",
    correction: bool = False,
) -> tuple[Move, ...]:
    """Return one move from each of the states named in `now`, separated by blanks.

    `then` is left empty for a step that keeps the state.
    """
    actors = frozenset(by if isinstance(by, tuple) else (by,))
    return tuple(
        Move(verb, state, then or state, actors, needs, evidence, correction) for state in now.split()
    )


def check_move(
    machine: Machine, now: str, verb: str, *, by: Collection[Actor], facts: Facts | None = None
) -> Move:
    """Return the move that a verb makes from a state.

    Args:
        machine: The record's machine.
        now: The present state.
        verb: What is to be done.
        by: As what the person may act: worker, approver, or both; a job is neither.
        facts: What the guards look at, by name.

    Raises:
        MoveNotAllowedError: There is no such move, not for this person, or something is missing;
            the message says what is allowed.

    """
    move = next((one for one in machine.moves if one.now == now and one.verb == verb), None)
    if move is None:
        refused = f"{machine.name}: “{_read(verb)}” is not possible while it is {_read(now)}"
        msg = f"{refused}; {_allowed(machine, now)}"
        raise MoveNotAllowedError(msg)
    if move.by.isdisjoint(by):
        msg = f"{machine.name}: only the {_or(sorted(move.by))} may {_read(verb)}"
        raise MoveNotAllowedError(msg)
    if missing := missing_for(move, facts or {}):
        msg = f"{machine.name}: “{_read(verb)}” needs {_and([GUARDS[guard].words for guard in missing])}"
        raise MoveNotAllowedError(msg)
    return move


def missing_for(move: Move, facts: Facts) -> tuple[Guard, ...]:
    """Return the guards of a move that the facts do not meet, in the order they are declared."""
    return tuple(guard for guard in move.needs if not GUARDS[guard].holds({**facts, "then": move.then}))


def may_move(
    machine: Machine, now: str, verb: str, *, by: Collection[Actor], facts: Facts | None = None
) -> bool:
    """Say whether `check_move` would let the move pass."""
    try:
        check_move(machine, now, verb, by=by, facts=facts)
    except MoveNotAllowedError:
        return False
    return True


def _allowed(machine: Machine, now: str) -> str:
    verbs = list(dict.fromkeys(_read(move.verb) for move in machine.moves_from(now)))
    return f"possible now: {', '.join(verbs)}" if verbs else "nothing more can be done with it"


def _read(word: str) -> str:
    return word.replace("_", " ")


def _and(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _or(words: list[Actor]) -> str:
    return " or the ".join(word.value for word in words)
