"""Groups 3, 6, 8, 11 to 18 and 21: what the integrity checks find, counted and aged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity import RULES, missing_tables, run_integrity
from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.measure import Shape
from closeout.evidence.measures.run_tally import NO_OFFICE
from closeout.evidence.measures.special_figures import counted, middle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.integrity import Rule
    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure

_LOOKED_UP_IN = frozenset({"cases", "officers", "offices"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows that break one rule, of one office and since one day.

    Attributes:
        rule: The rule's name.
        office_id: The office that can put them right; None where no single one can.
        since_on: Since when they are wrong; None where the records do not say.
        rows: How many.

    """

    rule: str
    office_id: str | None
    since_on: date | None
    rows: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What the integrity checks found.

    Attributes:
        found: The findings, rows of one rule, office and day together.
        looked_at: The rules that could be looked at.
        missing: Of the others, the tables that they lack.
        empty: Of those looked at, the ones whose tables hold no row that could break them.

    """

    found: tuple[Finding, ...]
    looked_at: frozenset[str]
    missing: Mapping[str, tuple[str, ...]]
    empty: frozenset[str] = frozenset()


def look_for_findings(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, rules: Iterable[str]
) -> Findings:
    """Return what the integrity checks find.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The day to judge on.
        rules: Names of the rules to look at.

    """
    names = [name for name in RULES if name in set(rules)]
    runs = list(run_integrity(tables, as_of, rules=names))
    grouped = (
        rows.group_by("office_id", "since_on").agg(rows=rows.count().cast("int64")) for _, rows in runs
    )
    found = [
        Finding(rule.name, row["office_id"], row["since_on"], row["rows"])
        for (rule, _), answer in zip(runs, engine.results(grouped), strict=True)
        for row in answer.to_pylist()
    ]
    missing = {name: lacking for name in names if (lacking := missing_tables(RULES[name], tables))}
    filled = _filled(engine, tables, [rule for rule, _ in runs])
    empty = frozenset(rule.name for rule, _ in runs if not filled & set(_own(rule)))
    return Findings(tuple(found), frozenset(rule.name for rule, _ in runs), missing, empty)


def _own(rule: Rule) -> tuple[str, ...]:
    """Return the tables whose rows can break a rule: those it reads, without what it only looks up in."""
    own = tuple(name for name in rule.reads if name not in _LOOKED_UP_IN)
    return own or rule.reads


def _filled(engine: Engine, tables: Mapping[str, ir.Table], rules: Sequence[Rule]) -> set[str]:
    """Return the tables, of those that rules look at, with any row."""
    names = sorted({name for rule in rules for name in _own(rule)})
    if not names:
        return set()
    parts = [tables[name].agg(rows=tables[name].count().cast("int64")) for name in names]
    counts = [part.mutate(name=ibis.literal(name)) for name, part in zip(names, parts, strict=True)]
    rows = counts[0] if len(counts) == 1 else ibis.union(*counts)
    return {row["name"] for row in engine.to_arrow(rows).to_pylist() if row["rows"]}


def rules_of(measure: Measure) -> tuple[str, ...]:
    """Return the rules that a measure of the integrity checks is about: those it names, or all."""
    rules = getattr(measure.over, "rules", ())
    return tuple(rules) or tuple(RULES)


def findings_figure(measure: Measure, findings: Findings, as_of: date, office: str | None = None) -> Figure:
    """Return the figure of one measure for one office.

    Args:
        measure: A count of findings, or the middle of their age.
        findings: What was found.
        as_of: The day their age is counted to.
        office: The office; None for all, NO_OFFICE for what no single one can put right.

    """
    looked_at = [name for name in rules_of(measure) if name in findings.looked_at]
    rules = [name for name in looked_at if name not in findings.empty]
    lacking = sorted({table for name in rules_of(measure) for table in findings.missing.get(name, ())})
    if not rules:
        nothing = "the tables that the checks look at hold no row" if looked_at else "no rule was looked at"
        return without(Outcome.NO_DATA, f"the records lack {', '.join(lacking)}" if lacking else nothing)
    found = [
        one
        for one in findings.found
        if one.rule in rules and (office is None or (one.office_id or NO_OFFICE) == office)
    ]
    note = f"not looked at for want of {', '.join(lacking)}: some rules" if lacking else ""
    if measure.shape is Shape.COUNT:
        return counted(sum(one.rows for one in found), note=note)
    ages: Counter[int] = Counter()
    for one in found:
        if one.since_on is not None:
            ages[(as_of - one.since_on).days] += one.rows
    return middle(ages, nothing="there is no finding whose beginning the records tell", note=note)
