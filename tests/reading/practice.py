"""The practice documents and their truth, where this machine has them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from closeout.reading.model import Document, DocumentReading
from closeout.reading.read import read_document
from tests.reading.paging import make_document
from tests.reading.seeds import SHARED

PRACTICE = SHARED / "reports" / "practice"
EXPORT = SHARED / "data" / "gao-export" / "open-recs-2026-09-28-excerpt.csv"

needs_practice = pytest.mark.skipif(
    not PRACTICE.exists(), reason="the practice documents are not part of the project and lie in ../shared"
)
needs_export = pytest.mark.skipif(
    not EXPORT.exists(), reason="the sample of GAO's export is not part of the project and lies in ../shared"
)


@cache
def practice_truth(name: str) -> dict[str, Any]:
    """Return what was read by hand from a practice document."""
    truth = json.loads((PRACTICE / "truth.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = truth[name]
    return found


@cache
def practice(name: str) -> Document:
    """Return a practice document without the line that names its source."""
    text = (PRACTICE / name).read_bytes().decode("utf-8")
    return make_document(text.partition("\n")[2], path=name)


@cache
def practice_reading(name: str) -> DocumentReading:
    """Return the reading of a practice document."""
    return read_document(practice(name))
