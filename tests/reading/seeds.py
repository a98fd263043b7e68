"""The five seed documents and their truth, where this machine has them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from closeout.reading.model import Document
from tests.reading.paging import make_document

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
TRUTH = SHARED / "truth" / "seed_truth.json"
SEEDS = SHARED / "reports" / "seeds"

needs_seeds = pytest.mark.skipif(
    not TRUTH.exists(), reason="the seed documents are not part of the project and lie in ../shared"
)
NAMES = ("000", "001", "002", "003", "004")


@cache
def truth_of(name: str) -> dict[str, Any]:
    """Return what was read by hand from a seed."""
    found: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))["documents"][name]
    return found


@cache
def seed(name: str) -> Document:
    """Return a seed as a document; its line ends stay as they are."""
    path = SEEDS / truth_of(name)["file"]
    return make_document(path.read_bytes().decode("utf-8"), path=path.name)
