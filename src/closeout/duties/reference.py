"""The reference page of the clauses, written from the pack: `python -m closeout.duties.reference`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.duties.clauses import Cycle, Period, Shape
from closeout.duties.pack import load_pack
from closeout.duties.periods import in_words

if TYPE_CHECKING:
    from closeout.duties.clauses import Clause, Pack, Text, Version

TOP = """# Duties of the pack `{name}`

What the pack that comes with Closeout says is owed: {count} clauses, each with the versions of its rule. How
a pack is written, and what each word means, is in [packs](packs.md); the tables and columns are in
[tables](tables.md).

*Made up* marks a parameter that no public text gives: a figure for an agency to replace by its own. Where a
public text gives it, the text is named. The texts of the agency's directives are not public and are not here.

This page is written from the pack by `python -m closeout.duties.reference`; a test holds it to it.
"""
PARTS = {
    "A": "Docket and case operations",
    "B": "Travel documents and country cooperation",
    "C": "Partner oversight under 287(g)",
    "D": "Policies, procedures, training",
    "F": "Parents",
    "G": "Contract performance and detention inspections",
    "H": "Firearms tracing",
    "I": "Small unit",
}
_CYCLES = {
    Cycle.MONTH: "month",
    Cycle.QUARTER: "quarter",
    Cycle.CALENDAR_YEAR: "calendar year",
    Cycle.FISCAL_QUARTER: "fiscal quarter",
    Cycle.FISCAL_YEAR: "fiscal year",
}


def page(pack: Pack) -> str:
    """Return the reference page of a pack in Markdown."""
    parts = "".join(
        _part(letter, clauses)
        for letter in sorted({clause.section[0] for clause in pack.clauses})
        if (clauses := [clause for clause in pack.clauses if clause.section[0] == letter])
    )
    return TOP.format(name=pack.name, count=len(pack.clauses)) + parts + _policies(pack)


def due_words(clause: Clause, version: Version) -> str:
    """Return when a version of a rule has its duty due, as one says it, with columns in backquotes."""
    if clause.shape is Shape.ON:
        later = "" if version.period == Period() else f", and {in_words(version.period)}"
        return f"on {_sql(clause.due)}{later}"
    if clause.shape is Shape.WITHIN:
        return f"within {in_words(version.period)} of {_sql(clause.starts)}"
    if clause.cycle is not None:
        after = "" if version.period == Period() else f", {in_words(version.period)} after it"
        return f"for each {_CYCLES[clause.cycle]}{after}"
    first = "" if version.first is None else f", first after {in_words(version.first)}"
    return f"every {in_words(version.period)} from {_sql(clause.starts)}{first}"


def main() -> None:
    """Write the page to where the documentation has it, or to the file named."""
    default = Path(__file__).parents[3] / "docs" / "reference" / "duties.md"
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    file.write_text(page(load_pack()), encoding="utf-8")


def _part(letter: str, clauses: list[Clause]) -> str:
    ordered = sorted(clauses, key=lambda clause: int(clause.section[1:]))
    rows = "".join(
        f"| {clause.section} | [{clause.duty}](#{clause.duty}) | {_escaped(clause.title)} |\n"
        for clause in ordered
    )
    head = f"\n## {letter} {PARTS.get(letter, '')}".rstrip()
    return f"{head}\n\n| item | duty | what is owed |\n|---|---|---|\n{rows}" + "".join(map(_clause, ordered))


def _clause(clause: Clause) -> str:
    facts = "".join(f"- {name}: {said}\n" for name, said in _facts(clause) if said)
    rows = "".join(_version(clause, version) for version in clause.versions)
    return (
        f"\n### {clause.duty}\n\n{clause.title}.\n\n{facts}\n"
        f"| in force | due | grace | lead | response | rests on |\n|---|---|---|---|---|---|\n{rows}"
    )


def _facts(clause: Clause) -> list[tuple[str, str]]:
    done = clause.done
    where = f" where {_sql(done.where)}" if done.where else ""
    own = "its own row's" if done.table == clause.owes else f"{_table(done.table)}'s"
    reason = f" ({clause.excused_reason.replace('_', ' ')})"
    holder = "whoever holds the case"
    return [
        ("Owed on", _table(clause.owes) + (f" where {_sql(clause.when)}" if clause.when else "")),
        ("Done by", f"{own} `{done.column}`{where}"),
        ("Excused where", _sql(clause.excused) + reason if clause.excused else ""),
        ("Ends on", _sql(clause.ends)),
        ("Held by", ", ".join(word.replace("_", " ") for word in clause.holds)),
        ("Owed by", _sql(clause.office) or holder),
    ]


def _version(clause: Clause, version: Version) -> str:
    until = f"to {version.in_force_to}" if version.in_force_to else "on"
    takes = ", open instances too" if version.takes_over_open else ""
    basis = version.basis
    rests = f"{basis.policy}/{basis.clause}: {basis.citation or '*made up*'}"
    waits = [
        in_words(one) if one != Period() else "" for one in (version.grace, version.lead, version.response)
    ]
    cells = [f"{version.in_force_from} {until}{takes}", due_words(clause, version), *waits, rests]
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |\n"


def _policies(pack: Pack) -> str:
    rows = "".join(f"| {code} | {_escaped(title)} |\n" for code, title in sorted(pack.policies.items()))
    return f"\n## Policies\n\n| policy | what it is about |\n|---|---|\n{rows}"


def _table(name: str) -> str:
    return f"[{name}](tables.md#{name})"


def _sql(text: Text | None) -> str:
    return f"`{' '.join(text.sql.split())}`" if text else ""


def _escaped(words: str) -> str:
    return words.replace("|", "\\|")


if __name__ == "__main__":
    main()
