"""Read what a measure's newest figure is broken down by: `by: docket`, `by: [duty, age]`, `by: country`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.duties.terms import Kind, columns_of, near
from closeout.evidence.measures.declared import AGE, DOCKET, DUTY, By, Statistic, Step
from closeout.evidence.measures.measure import Shape
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from closeout.duties.fields import Fields

_PEOPLE = ("cases", "officers", "participations")
_NUMBERS = ("holder_no", "credential_no")
"""Columns that number people, or what one person has."""


def read_by_of_duties(fields: Fields, statistic: str) -> tuple[By, ...]:
    """Return what a measure over duties is broken down by: `docket`, `duty`, and overdue ones by `age`."""
    known = [DOCKET, *([] if statistic == Statistic.CASES else [DUTY])]
    known += [AGE] if statistic == Statistic.BACKLOG else []
    found = []
    for word, line in _said(fields):
        if word == AGE and AGE not in known:
            message = "`by: age` is for `statistic: backlog`: only what is overdue has an age"
            fields.faults.add(fields.path, line, message)
        elif word not in known:
            message = f"`by: {word}` is not for duties.{near(word, known)} Known: {', '.join(known)}."
            fields.faults.add(fields.path, line, message)
        else:
            found.append(By(word))
    return tuple(found)


def read_by_of_table(fields: Fields, shape: Shape, table: str) -> tuple[By, ...]:
    """Return what a measure over a table is broken down by: columns of words, or of a count its `age`."""
    found = []
    for word, line in _said(fields):
        if word == AGE and AGE not in TABLES[table].columns():
            if shape is Shape.COUNT and "on" in fields:
                found.append(By(AGE))
                continue
            message = "`by: age` is for a count with `on`: how many days ago that was"
            fields.faults.add(fields.path, line, message)
        elif (made := _column(fields, word, line, table)) is not None:
            found.append(made)
    return tuple(found)


def tables_by(one: By) -> tuple[str, ...]:
    """Return the tables that a breakdown needs besides the measure's own; it can do without labels."""
    return tuple(step.table for step in one.steps[1:])


def _said(fields: Fields) -> list[tuple[str, int]]:
    """Return the words of `by`, each with its line; a word that is said twice is noted."""
    said = fields.words("by")
    words = [word for word, _ in said]
    for place, (word, line) in enumerate(said):
        if word in words[:place]:
            fields.faults.add(fields.path, line, f"`by` names `{word}` twice; keep one")
    if (raw := fields.raw("by")) is not None and raw.value in ([], None):
        fields.wrong("by", "`by` names nothing; write a column, or leave it out")
    return said


def _column(fields: Fields, word: str, line: int, table: str) -> By | None:
    """Return the way to a column of words, from a row or from a row that it belongs to."""
    steps: list[Step] = []
    names = word.split(".")
    for place, name in enumerate(names):
        wrong = _wrong(name, table, word, is_last=place == len(names) - 1)
        if wrong:
            fields.faults.add(fields.path, line, wrong)
            return None
        steps.append(Step(name, table))
        table = TABLES[table].references().get(name, "")
    return By(word, tuple(steps), table if table and "label" in TABLES[table].columns() else "")


def _wrong(name: str, table: str, word: str, *, is_last: bool) -> str:
    """Return why a column is none to go by, or to go on from; empty if nothing is."""
    columns = columns_of(TABLES[table])
    if name not in columns:
        hint = near(name, list(columns)) or f" It has {', '.join(columns)}."
        return f"`by: {word}`: `{name}` is no column of {table}.{hint}"
    refers = TABLES[table].references().get(name, "")
    if not is_last:
        return "" if refers else f"`by: {word}`: {table}.{name} refers to no table that one could go on in"
    if columns[name].kind is not Kind.STRING:
        return f"`by: {word}`: {table}.{name} is a {columns[name].kind}, where words are needed"
    if refers in _PEOPLE or name in {*_NUMBERS, TABLES[table].key()}:
        return f"`by: {word}` would tell people or single rows apart; go by what several of them share"
    return ""
