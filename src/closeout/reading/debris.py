"""Loose numbers that a chart left behind when its page became text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.lines import LineTable

_NUMBER = re.compile(r"[($-]{0,2}\d[\d,.]*\s?[%)]?")
_LEAST_NUMBERS = 6
_MOST_LABELS = 2
_LABEL_WORDS = 4


def find_debris(table: LineTable, furniture: frozenset[int]) -> list[Span]:
    """Return the spans of runs of loose numbers, axis labels between them included.

    A run has at least six lines that are a number and nothing else, with at most two short
    labels between two numbers. Table cells with longer labels, and lists, are not runs.
    """
    return [
        Span(table.starts[run[0]], min(table.starts[run[-1] + 1], len(table.text)))
        for run in _runs(table, furniture)
    ]


def _runs(table: LineTable, furniture: frozenset[int]) -> Iterator[list[int]]:
    run: list[int] = []
    numbers = labels = 0
    for line in [*table.filled, -1]:
        if line in furniture:
            continue
        if (
            line >= 0
            and table.keys[line].startswith(("#", "$", "(", "-"))
            and _NUMBER.fullmatch(table.stripped[line])
        ):
            run.append(line)
            numbers, labels = numbers + 1, 0
            continue
        if line >= 0 and run and labels < _MOST_LABELS and _is_label(table.stripped[line]):
            run.append(line)
            labels += 1
            continue
        if numbers >= _LEAST_NUMBERS and 2 * numbers > len(run) - labels:
            yield run[: len(run) - labels]
        run, numbers, labels = [], 0, 0


def _is_label(words: str) -> bool:
    return len(words.split()) <= _LABEL_WORDS and words[-1] not in ".:;!?|"
