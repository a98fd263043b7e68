"""How figures read on the pages of staffing. Rounded here, at the edge, and nowhere before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.workload.intervals import Interval

MINUTES = 60
NO_FIGURE = "no figure"
GRADE_WORDS: Mapping[str, str] = {
    "A": "A: diary, at least 80 % response, 3 years at most",
    "B": "B: 50 to 80 % response, or 5 years at most",
    "C": "C: pooled from other offices",
    "D": "D: experts' estimate only",
    "none": "none: expired, or never observed",
}
UNIT_WORDS: Mapping[str, str] = {"duty": "a duty", "case_month": "an open case and month"}


def clock(minutes: float) -> str:
    """Return minutes as hours and minutes: 95 is "1 h 35 min"."""
    whole = round(minutes)
    return f"{whole // MINUTES} h {whole % MINUTES} min" if whole >= MINUTES else f"{whole} min"


def number(value: float | None, places: int = 1) -> str:
    """Return a number with so many decimals and a comma at thousands; "no figure" for none."""
    if value is None:
        return NO_FIGURE
    said = f"{value:,.{places}f}"
    return said.removeprefix("-") if float(said.replace(",", "")) == 0 else said.replace("-", "−")


def spread(around: Interval | None, places: int = 1) -> str:
    """Return an interval as "36.2–46.1", with "to" where a bound is below zero; empty for none."""
    if around is None:
        return ""
    low, high = number(around.low, places), number(around.high, places)
    return f"{low} to {high}" if around.low < 0 else f"{low}–{high}"


def sentence(refusal: object) -> str:
    """Return why something was refused as a sentence: with a capital, and a full stop."""
    said = str(refusal)
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '?', '!')) else '.'}" if said else ""


def problem_words(problem: str) -> str:
    """Return why a job failed without the name of the error before it, as a sentence."""
    name, _, said = problem.partition(": ")
    return sentence(said if said and name.isidentifier() and name.endswith("Error") else problem)


def flag_words(flag: str) -> str:
    """Return a flag without the code before its words: "UNASSIGNED: 3 cases …" is "3 cases …"."""
    code, _, said = flag.partition(": ")
    return said if said and code.isupper() else flag


def percent(share: float | None, places: int = 0) -> str:
    """Return a share, 0-1, as percent; "no figure" for none."""
    return NO_FIGURE if share is None else f"{number(100 * share, places)} %"
