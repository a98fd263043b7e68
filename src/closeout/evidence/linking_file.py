"""Links beside those of a pack: which measures answer the recommendations of other reports.

- measure: file-review-coverage
  recommendations:
    - report: OIG-24-951          # its number, or its title as printed
      number: 2
      covers: ["words of what the auditor needs"]
- result: hiring                 # a result that is no measure: a hiring plan
  recommendations: [{report: OIG-24-951, number: 3, covers: ["hiring plan"]}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.duties.faults import Faults
from closeout.duties.fields import Fields
from closeout.duties.marked import read_marked
from closeout.duties.terms import near
from closeout.evidence.measures.measure import Link
from closeout.evidence.needs import RESULTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_KNOWN, _OF_A_LINK = "measure result recommendations", "report number covers"


def load_links(path: Path, measures: Collection[str]) -> Mapping[str, tuple[Link, ...]]:
    """Return the links of a file, by the code of the measure, or of the result that is none.

    Args:
        path: The file.
        measures: The codes there are.

    Raises:
        PackError: With everything that is wrong, each with file and line.

    """
    faults = Faults()
    marked = read_marked(path)
    if not isinstance(marked.value, list):
        faults.add(path, marked.line, "must be a list, each item beginning with `- measure:`")
    found: dict[str, tuple[Link, ...]] = {}
    for item in marked.value if isinstance(marked.value, list) else []:
        fields = Fields(item, path, faults, known=_KNOWN, what="a link")
        code = fields.one_of("result", list(RESULTS)) if "result" in fields else _measure(fields, measures)
        found[code] = (*found.get(code, ()), *_links(fields, path, faults))
    faults.raise_any()
    return found


def _measure(fields: Fields, measures: Collection[str]) -> str:
    """Return the measure of a link, where there is one of that code."""
    code = fields.word("measure", needed=True)
    if code and code not in measures:
        fields.wrong("measure", f"`{code}` is no measure of the pack.{near(code, list(measures))}")
    return code


def _links(fields: Fields, path: Path, faults: Faults) -> list[Link]:
    listed = fields.raw("recommendations")
    if listed is None or not isinstance(listed.value, list) or not listed.value:
        fields.wrong("recommendations", "a link needs `recommendations`: a list with report and number")
        return []
    return [
        _link(Fields(one, path, faults, known=_OF_A_LINK, what="a recommendation")) for one in listed.value
    ]


def _link(fields: Fields) -> Link:
    report = fields.word("report", needed=True)
    number = fields.word("number", r"[\w.-]{1,40}", needed=True)
    return Link(report, number, fields.line, _covers(fields))


def _covers(fields: Fields) -> tuple[str, ...]:
    return tuple(words for words, _ in fields.words("covers"))
