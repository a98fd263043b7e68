"""A text that repeats one piece without end is read in time that grows as the text does."""

from __future__ import annotations

import time

import pytest

from closeout.reading.families import ALL_FAMILIES
from tests.reading.families.ig_cases import make_clean

HEAD = "Office of Inspector General OEI-01-10-00460\nRecommendations Tracker\n"
LONG = 30_000
MOST_SECONDS = 5.0


@pytest.mark.parametrize(
    "piece",
    [
        "Recommendation 1: ",
        "Recommendation 1: Do it.\n",
        "We recommend that X: (1) a, (2) b, ",
        "We recommend that the Director ",
        "Aa Bb Cc\n",
        "\n1. ",
        "\n• ",
        "OIG Response: ",
        "Report Number OIG-21-36",
        "May 5, 2020 ",
        "See The Great Title Of All, ",
        "Complete Report\n",
        "CMS concurred with our first, second, ",
        "we consider recommendations 1, 2 ",
        "   a    b    c\n",
        "SUBJECT: ",
        "    ",
    ],
)
def test_no_piece_makes_reading_slow(piece):
    cleaned = make_clean(HEAD + piece * (LONG // len(piece)))
    started = time.perf_counter()
    for family in ALL_FAMILIES:
        if family.recognize(cleaned):
            family.read(cleaned)
    assert time.perf_counter() - started < MOST_SECONDS
