"""An agency of 7.6 million cases: the national example with more officers and cases in every office."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from closeout.records.example import write_example
from closeout.records.example.hiring import SEATS
from closeout.records.example.size import SIZES

TIMES = 3.2
"""So many officers for each of the national example: 2.4 million cases become 7.6."""
NAME = "larger"


def write(out: Path) -> None:
    """Write the larger example; the command knows nothing of it."""
    national = SIZES["national"]
    SIZES[NAME] = replace(
        national,
        name=NAME,
        officers=tuple(round(TIMES * number) for number in national.officers),
        detained_officers=tuple(round(TIMES * number) for number in national.detained_officers),
    )
    SEATS[NAME] = round(TIMES * SEATS["national"])
    write_example(out, size=NAME)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
