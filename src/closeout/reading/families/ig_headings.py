"""Headings in running text: short title-case or capital lines that no sentence runs through."""

from __future__ import annotations

import re
from typing import NamedTuple

_SMALL_WORDS = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "if",
        "in",
        "into",
        "its",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "per",
        "than",
        "that",
        "the",
        "their",
        "to",
        "under",
        "up",
        "upon",
        "via",
        "vs",
        "with",
        "within",
        "without",
    }
)
_WORD = re.compile(r"[A-Za-z][\w’'./&-]*")
_SHORTEST, _LONGEST = 3, 110
_CLOSERS = (".", ":", ";", "?", "!", ")", "”", '"', "]")
_NO_END = (".", ",", ";", ":", "-", "–", "—")
_MOST_LINES = 4
_LEAST_SHARE = 0.85


class Heading(NamedTuple):
    """A heading: where it is in the text, and its words."""

    start: int
    end: int
    words: str
    lines: int


def is_title(line: str) -> bool:
    """Say whether a line reads like a title: no full stop, its long words capitalized."""
    line = line.strip()
    if (
        not _SHORTEST < len(line) < _LONGEST
        or line.endswith(_NO_END)
        or not (line[0].isupper() or line[0].isdigit())
    ):
        return False
    if "@" in line or "www." in line or " . ." in line or "...." in line:
        return False
    words = [word for word in _WORD.findall(line) if word.lower() not in _SMALL_WORDS]
    raised = sum(word[0].isupper() for word in words)
    return (
        bool(words) and raised >= _LEAST_SHARE * len(words) and sum(map(str.isdigit, line)) < len(line) // 2
    )


def headings(text: str, start: int, end: int) -> tuple[Heading, ...]:
    """Return the headings between two offsets, in order.

    A heading starts where a sentence has just ended (or after a blank line) and takes in the
    title-like lines that follow; what comes after it must start with a capital letter or a bullet.
    """
    found: list[Heading] = []
    lines = _lines(text, start, end)
    index = 0
    while index < len(lines):
        count = _heading_lines(lines, index)
        if count and _opens(lines, index) and _is_followed(lines, index + count):
            first, last = lines[index][0], lines[index + count - 1]
            words = " ".join(lines[step][1].strip() for step in range(index, index + count))
            left = first + len(lines[index][1]) - len(lines[index][1].lstrip())
            found.append(Heading(left, last[0] + len(last[1].rstrip()), words, count))
        index += max(1, count)
    return tuple(found)


def _lines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    lines, at = [], start
    for line in text[start:end].split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    return lines


def _heading_lines(lines: list[tuple[int, str]], index: int) -> int:
    count = 0
    while index + count < len(lines) and count < _MOST_LINES:
        line = lines[index + count][1]
        if not is_title(line) or (count and line.strip()[0].isdigit()):
            break
        count += 1
    return count


def _opens(lines: list[tuple[int, str]], index: int) -> bool:
    if index == 0:
        return True
    before = lines[index - 1][1].strip()
    return not before or before.endswith(_CLOSERS)


def _is_followed(lines: list[tuple[int, str]], index: int) -> bool:
    following = next((line.strip() for _, line in lines[index:] if line.strip()), "")
    return not following or not following[0].islower()
