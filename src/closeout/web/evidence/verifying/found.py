"""What verifying a file came to, as it is kept and shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_LINES = 50
"""Faults or differences of one result that are kept; more are counted."""


class Answer(StrEnum):
    """The answer in a word."""

    EQUAL = "equal"
    """All of it was worked out again, with the same result."""
    DIFFERS = "differs"
    """Something differs, is damaged or was changed."""
    NOT_OURS = "not_ours"
    """Nothing in it comes from this site."""
    UNSETTLED = "unsettled"
    """It comes from here, and could not be worked out again."""


ANSWER_WORDS: Mapping[str, str] = {
    Answer.EQUAL: "equal",
    Answer.DIFFERS: "differs",
    Answer.NOT_OURS: "not one of ours",
    Answer.UNSETTLED: "not worked out again",
}
ANSWER_TONES: Mapping[str, str] = {Answer.EQUAL: "closed", Answer.DIFFERS: "late"}


@dataclass(frozen=True, slots=True)
class ResultFound:
    """One frozen result, worked out again or not.

    Attributes:
        id: Its id, or the file's name where none can be read.
        measure: Its code, where it is a measure of the newest assessment or was one.
        answer: In a word.
        words: What was found, in words.
        faults, differences, notes: A line each.

    """

    id: str
    measure: str
    answer: Answer
    words: str
    faults: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What verifying a file came to.

    Attributes:
        kind: What the file is, in words.
        answer: In a word.
        sentence: The same in a sentence.
        results: Each result in it.
        faults: What is wrong with the file itself.

    """

    kind: str
    answer: Answer
    sentence: str
    results: tuple[ResultFound, ...] = ()
    faults: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it; long lists are cut, and say so."""
        said = asdict(self)
        for result in said["results"]:
            for name in ("faults", "differences", "notes"):
                result[name] = cut(result[name])
        said["faults"] = cut(said["faults"])
        return said


def cut(lines: tuple[str, ...] | list[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    return [*lines[:MOST_LINES], f"and {len(lines) - MOST_LINES:,} more"]


def answer_of(results: tuple[ResultFound, ...], faults: tuple[str, ...]) -> Answer:
    """Return the answer for a whole file from those for its results."""
    answers = {one.answer for one in results}
    if faults or Answer.DIFFERS in answers:
        return Answer.DIFFERS
    for answer in (Answer.UNSETTLED, Answer.NOT_OURS):
        if answer in answers:
            return answer
    return Answer.EQUAL if answers else Answer.NOT_OURS
