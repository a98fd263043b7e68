"""The reference page of the measures, written from the pack.

`python -m closeout.evidence.measures.reference` writes it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.duties.pack import load_pack
from closeout.duties.periods import in_words
from closeout.evidence.measures.declared import (
    AGE,
    AS_OF,
    DOCKET,
    OverDuties,
    OverSource,
    OverTable,
    Source,
    Statistic,
)
from closeout.evidence.measures.measure import Direction, Shape
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.reference_asked import asked
from closeout.evidence.measures.special_staffing import INTERVALS as OF_STAFFING

if TYPE_CHECKING:
    from closeout.duties.clauses import Text
    from closeout.evidence.measures.measure import Measure, Target

TOP = """# Measures of the pack `{name}`

What the pack that comes with Closeout measures: {count} measures in {groups} groups. Each is given for all
offices together and, where a row belongs to an office, for each office; never for a person. How a measure is
declared is in [packs](packs.md), what is owed in [duties](duties.md), the tables and columns in
[tables](tables.md).

Over duties there are three figures. *Timeliness*: done by their last day, of those that fell due in the
period, without those excused in time. *Currency*: subjects with an open duty and none overdue, of subjects
with an open duty. *Backlog*: open and past their last day.

Some figures are given in parts as well, all offices together: by docket (the one the case is on, on the
as-of date), by duty, by how many days ago, or by what a column says, such as the country. Parts stand in the
order of their names, and add up to the whole.

*Made up* marks a target that no public text gives: a figure for an agency to replace by its own. Where a
public text gives it, the text is named. A recommendation is named by the number of its report or, where its
page prints none, by the report's title.

This page is written from the pack by `python -m closeout.evidence.measures.reference`; a test holds it to
it.
"""
GROUPS = {
    1: "Duties done in time",
    2: "Outcomes of check-ins",
    3: "Check-ins and hearings that were not kept",
    4: "The office's own part",
    5: "Age of what was verified",
    6: "Transfers",
    7: "File reviews",
    8: "Closures",
    9: "Travel documents",
    10: "Countries",
    11: "Policies and guidance",
    12: "Training",
    13: "Partners",
    14: "Complaints",
    15: "Credentials",
    16: "Contract standards",
    17: "Deficiencies",
    18: "Parents",
    19: "Recommendations",
    20: "Posts, staffing and the small unit",
    21: "Quality of the data",
    22: "Privacy and the log",
}
"""What each group of the list of systems is about."""
_SOURCES = {
    Source.INTEGRITY: "the integrity checks",
    Source.RECOMMENDATIONS: "the recommendations read from reports, and what the agency says of them",
    Source.VERDICTS: "the matrix of standards, the funnel of facilities, or their next inspections",
    Source.SITE: "a scan of the records for words that identify a person, and the site's own log",
    Source.COMPARISON: "duties of each office in the 90 days before and after its newest training",
    Source.TRAINING: "officers that a requirement in force holds for on the day, and who has completed it",
    Source.STAFFING: "[what the work of offices takes and has](../explanation/workload.md), without draws",
    Source.PROJECTION: "inspections of the last 12 months carried forward",
}
_INTERVALS = {
    Shape.SHARE: "Wilson, below 40 rows exact (Clopper-Pearson)",
    Shape.COUNT: "exact Poisson",
    Shape.RATE: "exact Poisson",
    Shape.MEDIAN: "order statistics",
    Shape.SURVIVAL: "Kaplan-Meier, open ones censored",
}
_CLUSTERED = "bootstrap over groups of `{column}`, whose rows depend on each other"
_NEWCOMBE = "Newcombe's, from both Wilson intervals"
_MOST = 12
_MIDDLE = 0.5


def page(name: str, measures: tuple[Measure, ...]) -> str:
    """Return the reference page of a pack's measures in Markdown.

    Args:
        name: The pack's name.
        measures: Its measures.

    """
    groups = sorted({measure.group for measure in measures})
    top = TOP.format(name=name, count=len(measures), groups=len(groups))
    return (
        top
        + asked()
        + "".join(_group(number, [one for one in measures if one.group == number]) for number in groups)
    )


def target_words(measure: Measure) -> str:
    """Return what is aimed at, as one says it: `at least 95 %`, `at most 30 days`, `none`; or `no target`."""
    if measure.target is None:
        return "no target"
    if measure.direction is Direction.DOWN and measure.target.value == 0:
        return "none"
    side = "at least" if measure.direction is Direction.UP else "at most"
    if measure.direction is Direction.UP and measure.shape is Shape.SHARE and measure.target.value == 1:
        return "all"
    return f"{side} {_valued(measure, measure.target.value)}"


def where_words(measure: Measure) -> str:
    """Return what a measure is counted over, in words with columns in backquotes and links to their pages."""
    over = measure.over
    if isinstance(over, OverDuties) and over.statistic is Statistic.CASES:
        return f"open [cases](tables.md#cases), and those about cases of {_duties(over.duties)}"
    if isinstance(over, OverDuties):
        return f"{over.statistic} of {_duties(over.duties)}"
    if isinstance(over, OverTable):
        return _table_words(over)
    if isinstance(over, OverSource):
        return _source_words(over)
    return "nothing"


def interval_words(measure: Measure) -> str:
    """Return how a measure's interval is made, and its level; or that it has none."""
    over = measure.over
    if isinstance(over, OverTable) and over.cluster:
        return f"{_CLUSTERED.format(column=over.cluster)}, 95 %"
    if isinstance(over, OverSource) and over.source is Source.COMPARISON:
        return f"{_NEWCOMBE}, 95 %"
    return OF_STAFFING.get(measure.code, f"{_INTERVALS[measure.shape]}, 95 %")


def main() -> None:
    """Write the page to where the documentation has it, or to the file named."""
    default = Path(__file__).parents[4] / "docs" / "reference" / "measures.md"
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    pack = load_pack()
    file.write_text(page(pack.name, load_measures(None, pack)), encoding="utf-8")


def _group(number: int, measures: list[Measure]) -> str:
    rows = "".join(
        f"| {one.section} | [{one.code}](#{one.code}) | {_escaped(one.title)} | {target_words(one)} |\n"
        for one in measures
    )
    columns = "| item | measure | what is measured | target |\n|---|---|---|---|\n"
    head = f"\n## {number} {GROUPS[number]}\n\n{columns}"
    return head + rows + "".join(map(_measure, measures))


def _measure(measure: Measure) -> str:
    facts = "".join(f"- {name}: {said}\n" for name, said in _facts(measure) if said)
    return f"\n### {measure.code}\n\n{measure.title}.\n\n{facts}"


def _facts(measure: Measure) -> list[tuple[str, str]]:
    whole = f"[{measure.part_of}](#{measure.part_of})" if measure.part_of else ""
    least = f"{measure.min_n}; with fewer there is no figure" if measure.min_n > 1 else ""
    return [
        ("Counted" if measure.shape is not Shape.MEDIAN else "Measured", _sentence(measure.numerator)),
        ("Out of", _sentence(measure.denominator)),
        ("Over", where_words(measure)),
        ("Broken down by", _by(measure)),
        ("When", _when(measure)),
        ("Unit", measure.unit),
        ("Interval", interval_words(measure)),
        ("Fewest rows", least),
        ("Target", _target(measure)),
        ("Answered for by", measure.owner.replace("_", " ")),
        ("Part of", whole),
        ("Closes when", _sentence(measure.closes_when)),
        ("Answers", _links(measure)),
        ("Tables", ", ".join(map(_table, measure.reads)) if isinstance(measure.over, OverTable) else ""),
    ]


def _by(measure: Measure) -> str:
    """Return what the newest figure is broken down by, in words."""
    over = measure.over
    if isinstance(over, OverDuties):
        return ", ".join(
            {DOCKET: "docket of the case", AGE: "days overdue"}.get(one, one) for one in measure.by
        )
    if not isinstance(over, OverTable):
        return ""
    return ", ".join("days ago" if not one.steps else f"`{one.name}`" for one in over.by)


def _when(measure: Measure) -> str:
    if measure.period is None:
        return "as of a day"
    said = f"the {in_words(measure.period)} that end on the as-of date"
    if measure.series is None:
        return said
    step = in_words(measure.series.step)
    return f"{said}; and {measure.series.points} such periods in all, each {step} after the one before"


def _target(measure: Measure) -> str:
    target = measure.target
    better = "more" if measure.direction is Direction.UP else "less"
    if target is None:
        return f"none set; {better} is better"
    return f"{target_words(measure)} ({_basis(target)}); {better} is better"


def _basis(target: Target) -> str:
    return "*made up*" if target.is_made_up else target.basis


def _valued(measure: Measure, value: float) -> str:
    if measure.shape is Shape.SHARE:
        return f"{value * 100:g} %"
    if measure.shape is Shape.RATE:
        return f"{value:g} {measure.unit}"
    return f"{value:g}" if measure.unit == "count" else f"{value:g} {measure.unit}"


def _duties(duties: tuple[str, ...]) -> str:
    if len(duties) > _MOST:
        return f"{len(duties)} [duties](duties.md)"
    return ", ".join(f"[{duty}](duties.md#{duty})" for duty in duties)


def _table_words(over: OverTable) -> str:
    said = [_table(over.table) + _where(over.where)]
    if over.begins:
        end = "the as-of date" if over.ends == AS_OF else f"`{over.ends}`"
        part = "the middle one" if over.quantile == _MIDDLE else f"the {over.quantile:g} quantile"
        said.append(f"from `{over.begins}` to {end}, {part}")
    if over.latest:
        said.append(f"of each `{over.latest}` the last")
    if over.counts:
        said.append(f"counted where {_sql(over.counts)}")
    if over.events:
        said.append(f"rows of {_table(over.events.table)}{_where(over.events.where)} are counted")
    if over.sums:
        said.append(f"the sum of `{over.sums}`")
    if over.exposure:
        said.append(f"over the sum of `{over.exposure}`")
    if over.on:
        said.append(f"placed by `{over.on}`")
    return "; ".join(said)


def _source_words(over: OverSource) -> str:
    said = _SOURCES[over.source]
    if over.rules:
        said += f": {', '.join(f'`{rule}`' for rule in over.rules)}"
    if over.duties:
        said += f": {_duties(over.duties)}"
    return said


def _links(measure: Measure) -> str:
    return "; ".join(f"{link.report}, recommendation {link.number}" for link in measure.links)


def _where(text: Text | None) -> str:
    return f" where {_sql(text)}" if text else ""


def _sql(text: Text) -> str:
    return f"`{' '.join(text.sql.split())}`"


def _table(name: str) -> str:
    return f"[{name}](tables.md#{name})"


def _sentence(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _escaped(words: str) -> str:
    return words.replace("|", "\\|")


if __name__ == "__main__":
    main()
