"""What commands print agrees with its counts, where there is none, one or two of a thing."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from closeout.cli import analyze_show, duties_show
from tests.counting import miscounted
from tests.duties.making import table
from tests.evidence.verdicts import test_agreements as of_agreements
from tests.evidence.verdicts import test_deficiencies as of_deficiencies
from tests.evidence.verdicts import test_standards as of_standards
from tests.evidence.verdicts import test_training as of_training
from tests.evidence.verdicts.making import AS_OF, InMemory, Rows

FEW = (0, 1, 2)


def said(make, **given):
    """Return the sentences of one of `closeout analyze`'s results over small tables."""
    tables = {name: Rows(table(name, rows)) for name, rows in given.items()}
    found = make(InMemory(), tables, AS_OF, ())
    return " ".join((found.headline, *found.lines, *found.signals, *found.cannot))


@pytest.mark.parametrize("number", FEW)
def test_standards(number):
    rows = [of_standards.standard(one) for one in range(1, number + 1)]
    acts = [of_standards.event(20, 0, standard_id=f"K-{one:02d}") for one in range(1, number + 1)]
    records = [of_standards.record("meets", standard_id=f"K-{one:02d}") for one in range(1, number + 1)]
    text = said(
        analyze_show._standards,
        contracts=[of_standards.contract()],
        contract_standards=rows,
        surveillance_events=acts,
        standard_assessments=records,
        discrepancies=[],
    )
    assert miscounted(text) == []
    noun, rests = (
        ("standard", "verdict on record rests") if number == 1 else ("standards", "verdicts on record rest")
    )
    assert text.startswith(f"{number} {noun}, periods since ")
    assert f"{number} {rests} on a sample too small" in text


@pytest.mark.parametrize("number", FEW)
def test_deficiencies(number):
    inspections = [of_deficiencies.inspection(one, f"F-{one}") for one in range(number)]
    found = [each for one in range(number) for each in of_deficiencies.cited(one, "A", facility=f"F-{one}")]
    rows = [{"deficiency_id": one} | row for one, row in enumerate(found, 1)]
    text = said(analyze_show._deficiencies, inspections=inspections, deficiencies=rows)
    assert miscounted(text) == []
    inspections_, facilities, deficiencies = (
        ("inspection", "facility", "deficiency")
        if number == 1
        else ("inspections", "facilities", "deficiencies")
    )
    start = f"{number} {inspections_} of {number} {facilities} with {number} {deficiencies}."
    assert text.startswith(start)


@pytest.mark.parametrize("number", FEW)
def test_agreements(number):
    rows = [of_agreements.agreement(one) for one in range(number)]
    text = said(analyze_show._agreements, agreements=rows, published_counts=[])
    assert miscounted(text) == []
    noun = "agreement" if number == 1 else "agreements"
    assert text.startswith(f"{number} {noun} with {number} partner")


@pytest.mark.parametrize("number", FEW)
def test_training(number):
    rules = [of_training.requirement(requirement_id=f"R-{one}") for one in range(number)]
    given = {name: [] for name in ("training_assignments", "training_sessions", "attendance")}
    text = said(
        analyze_show._training, officers=[of_training.officer(1)], training_requirements=rules, **given
    )
    assert miscounted(text) == []
    assert text.startswith(f"{number} requirement{'' if number == 1 else 's'}, everybody counted.")


def printed(show, *given):
    out = Console(file=StringIO(), width=400)
    show(out, *given)
    return out.file.getvalue()


@pytest.mark.parametrize("number", FEW)
def test_duties(number):
    states = {"due": number}
    row = {"duty": "check-in", "total": number, "missed": 0, "states": states}
    text = printed(
        duties_show.summary, {"duties": [row], "states": states, "not_computed": {}}, date(2026, 3, 1)
    )
    assert miscounted(text) == []
    if number:
        assert text.startswith("1 duty of 1 kind" if number == 1 else "2 duties of 1 kind")
    else:
        assert text.startswith("Nothing is owed here.")
