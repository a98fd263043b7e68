"""The hand-made truth about the demonstration's documents, and how its words are found in them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import closeout
from closeout.reading.model import DocumentReading, Span
from closeout.reading.read import read_document
from closeout.reading.sources import open_documents

DEMO = Path(closeout.__file__).parent / "demo"
REPORTS = DEMO / "reports"


@cache
def truth() -> dict[str, Any]:
    """Return what a person found in the documents."""
    return json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))


@cache
def manifest() -> dict[str, Any]:
    """Return which documents there are and when each was captured."""
    return json.loads((DEMO / "manifest.json").read_text(encoding="utf-8"))


@cache
def reading_of(path: str) -> DocumentReading:
    """Read one of the documents."""
    (document,) = open_documents(REPORTS / path)
    return read_document(document)


def paths() -> list[str]:
    """Return the documents the truth speaks of, in its order."""
    return list(truth()["documents"])


def loosely(words: str) -> str:
    """Return a pattern for words that may be broken over lines."""
    return r"\s+".join(re.escape(word) for word in words.split())


def places_between(text: str, first: str, last: str) -> list[Span]:
    """Return every shortest stretch that begins with some words and ends with others."""
    starts = [found.start() for found in re.finditer(loosely(first), text)]
    shortest: dict[int, int] = {}
    for start in starts:
        if ending := re.compile(loosely(last)).search(text, start):
            shortest[ending.end()] = max(start, shortest.get(ending.end(), 0))
    return sorted(Span(start, end) for end, start in shortest.items())


def place_of(text: str, words: list[str]) -> Span:
    """Return the first stretch between a text's first and last words."""
    return places_between(text, words[0], words[-1])[0]


@dataclass(frozen=True)
class Said:
    """A sentence of a document and, in it, the words of a date."""

    sentence: Span
    date: Span


def places_of_promise(text: str, promise: dict[str, Any]) -> list[Said]:
    """Return every place where the promise's sentence stands, with its date."""
    found = []
    for match in re.finditer(loosely(promise["sentence"]), text):
        date = re.compile(loosely(promise["date"])).search(text, match.start(), match.end())
        assert date, f"{promise['date']} is not in its sentence"
        found.append(Said(Span(*match.span()), Span(*date.span())))
    return found
