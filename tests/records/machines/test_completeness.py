"""The machines as data: every declared state is there, reached and left; no verb means two things."""

from __future__ import annotations

from collections import Counter
from typing import cast

import dataframely as dy
import pytest

from closeout.records.machines import GUARDS, MACHINES, Guard, MoveNotAllowedError, check_move, may_move
from closeout.records.machines.machine import Actor
from closeout.records.tables import TABLES

each = pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))
stored = pytest.mark.parametrize(
    "machine",
    [one for one in MACHINES.values() if one.table],
    ids=[one.name for one in MACHINES.values() if one.table],
)


def reached(machine):
    found, fresh = set(machine.start), set(machine.start)
    while fresh:
        fresh = {move.then for move in machine.moves if move.now in fresh} - found
        found |= fresh
    return found


@stored
def test_every_declared_choice_is_a_state_and_every_state_is_declared(machine):
    column = cast("dy.Enum", TABLES[machine.table].columns()[machine.column])
    assert set(column.categories) == set(machine.states)


@each
def test_every_state_can_be_reached_from_a_beginning(machine):
    assert reached(machine) == set(machine.states)


@each
def test_every_state_that_is_not_terminal_has_a_way_out(machine):
    stuck = [
        state
        for state in machine.states
        if state not in machine.terminal and all(m.then == state for m in machine.moves_from(state))
    ]
    assert stuck == []


@each
def test_a_terminal_state_is_reachable_from_every_state(machine):
    ends = set(machine.terminal)
    while more := {move.now for move in machine.moves if move.then in ends} - ends:
        ends |= more
    assert ends == set(machine.states)


@each
def test_only_a_correction_leaves_a_terminal_state(machine):
    leaving = [m for m in machine.moves if m.now in machine.terminal and m.then != m.now]
    assert all(move.is_correction for move in leaving)


@each
def test_no_verb_is_ambiguous(machine):
    doubled = [pair for pair, n in Counter((m.now, m.verb) for m in machine.moves).items() if n > 1]
    assert doubled == []


@each
def test_beginnings_and_ends_are_states(machine):
    assert {*machine.start, *machine.terminal} <= set(machine.states)
    assert set(machine.reasons) <= set(machine.verbs)


@each
def test_a_step_of_a_second_person_is_an_approvers(machine):
    for move in machine.moves:
        if Guard.SECOND_PERSON in move.needs:
            assert move.by == {Actor.APPROVER}, move


def test_every_guard_is_implemented_and_used():
    used = {guard for machine in MACHINES.values() for move in machine.moves for guard in move.needs}
    assert set(GUARDS) == set(Guard) == used


@each
def test_what_is_not_a_move_is_refused_with_what_is_possible(machine):
    for state in machine.states:
        possible = {move.verb for move in machine.moves_from(state)}
        for verb in (*machine.verbs, "fly"):
            if verb in possible:
                continue
            with pytest.raises(MoveNotAllowedError) as refusal:
                check_move(machine, state, verb, by=set(Actor))
            assert all(one.replace("_", " ") in str(refusal.value) for one in possible)


@each
def test_a_move_is_refused_to_whoever_may_not_make_it(machine):
    for move in machine.moves:
        others = set(Actor) - move.by
        assert not may_move(machine, move.now, move.verb, by=others)


@each
def test_a_move_that_needs_something_is_refused_without_it(machine):
    for move in machine.moves:
        if move.needs:
            with pytest.raises(MoveNotAllowedError, match="needs"):
                check_move(machine, move.now, move.verb, by=move.by)
        else:
            assert check_move(machine, move.now, move.verb, by=move.by) == move
