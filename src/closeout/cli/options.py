"""Options that several verbs over a snapshot have, each with the same words everywhere."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

DAYS = ["%Y-%m-%d"]
EMBEDDED = "duckdb://"
SUPPORT, OCCUPANCY, SEED = 15.0, 90.0, 7
_SNAPSHOT = typer.Argument(help="A snapshot's folder.")
_OWN_DAY = "the snapshot's own day"

Folder = Annotated[Path, _SNAPSHOT]
MaybeFolder = Annotated[Path | None, _SNAPSHOT]
PackFolder = Annotated[
    Path | None, typer.Option("--pack", help="The rules; those that come with Closeout if left out.")
]
EngineAddress = Annotated[
    str, typer.Option("--engine", help="Where to compute: duckdb:// or spark://host:port.")
]
HiringFile = Annotated[
    Path | None,
    typer.Option(
        "--hiring",
        metavar="FILE",
        help="A hiring plan from the assumptions in this file: lead time, ramp, attrition, ceiling and aim.",
    ),
]
StandOn = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=DAYS, help="The day to stand on.", show_default=_OWN_DAY),
]
JudgeOn = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=DAYS, help="The day to judge on.", show_default=_OWN_DAY),
]

# What a staffing run assumes.
Draws = Annotated[
    int, typer.Option(min=0, max=100_000, help="Draws behind the intervals; none are given with 0.")
]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same draws.")]
IsAdjusted = Annotated[bool, typer.Option("--adjusted", help="Minutes as they should be, not as observed.")]
Support = Annotated[
    float, typer.Option(help="Percent of the hours at work that everybody gives to other things.")
]
Occupancy = Annotated[float, typer.Option(help="Percent of the hours for cases that is planned full.")]
IsWithoutHidden = Annotated[
    bool, typer.Option("--without-hidden", help="Leave out cases that are held, untyped or in passing.")
]
