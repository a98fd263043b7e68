"""The sentences of the verdicts agree with their counts: none, one and two of everything that they count."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.evidence.statistics.acceptance import AqlVerdict
from tests.counting import miscounted
from tests.evidence.verdicts import test_agreements as of_agreements
from tests.evidence.verdicts import test_deficiencies as of_deficiencies
from tests.evidence.verdicts import test_standards as of_standards
from tests.evidence.verdicts import test_traces as of_traces
from tests.evidence.verdicts import test_training as of_training

FEW = (0, 1, 2)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The planned method of 1 standards allows nothing.", ["method of 1 standards allows"]),
        ("1 of 2 standards has a sample; 2 of 2 standards have; 1 of 1 standard has.", []),
        ("1 of 2 standards have a sample.", ["1 of 2 standards have"]),
        ("2 of 2 standard have one.", ["2 of 2 standard have"]),
        ("1 agreement is gone, 2 agreements are, 0 agreements are.", []),
        ("0 agreement is gone.", ["0 agreement is"]),
        ("The text of 2 standards is not public.", []),
        ("On 2026-09-1 standards were 61.1 standards high.", []),
    ],
)
def test_what_does_not_agree_is_found(text, wrong):
    assert miscounted(text) == wrong


def said(found, *more):
    return " ".join((*found.cannot, *more))


@pytest.mark.parametrize("number", FEW)
def test_agreements(number):
    rows = [of_agreements.agreement(9)]
    rows += [of_agreements.agreement(one, state="unlisted") for one in range(number)]
    rows += [of_agreements.agreement(20 + one, operational_on=None, state="ended") for one in range(number)]
    text = said(of_agreements.made(rows, [of_agreements.listed(number or 3)]))
    assert miscounted(text) == []
    assert ("gone from the public list" in text) is bool(number)
    assert ("no day on which operations began" in text) is bool(number)


@pytest.mark.parametrize("number", FEW)
@pytest.mark.parametrize("others", FEW)
def test_standards(number, others):
    rows = [of_standards.standard(one, is_placeholder=True) for one in range(1, number + 1)]
    rows += [of_standards.standard(10 + one, method="planned") for one in range(others)]
    looked = [of_standards.event(20, 0, standard_id=f"K-{one:02d}") for one in range(1, number + 1)]
    looked += [of_standards.event(5, 6, standard_id=f"K-{one:02d}") for one in range(10, 10 + others)]
    text = said(of_standards.made(*looked, rows=rows))
    assert miscounted(text) == []
    if others:
        names = ", ".join(f"K-{one}" for one in range(10, 10 + others))
        noun = "standard" if others == 1 else "standards"
        assert f"The planned method of {others} {noun} allows no inference: {names}." in text
        assert f"Nobody looked at {others} of {number + others} " in text
    if number:
        assert f"{'has a sample' if number == 1 else 'have samples'} too small" in text


@pytest.mark.parametrize("number", FEW)
def test_a_verdict_beside_acts_that_allow_no_conclusion(number):
    acts = [of_standards.event(9, 1, method="planned", inference_allowed=False) for _ in range(number)]
    cell = of_standards.made(of_standards.event(300, 0), *acts).rows[0].newest
    assert cell.result.verdict is AqlVerdict.MEETS
    assert miscounted(cell.result.reason) == []
    assert ("allow" in cell.result.reason) is bool(number)


@pytest.mark.parametrize("number", FEW)
def test_deficiencies(number):
    made, inspection, cited = of_deficiencies.made, of_deficiencies.inspection, of_deficiencies.cited
    days = [date(2026, month, 1) for month in range(1, 7)]
    rows = [inspection(one, "F-0", ended=day) for one, day in enumerate(days)]
    rows += [inspection(10 + one, f"F-{one + 1}", components=None) for one in range(number)]
    rows += [
        inspection(20 + one, f"G-{one}", standard_set_id=f"SET-{one}", rating="acceptable")
        for one in range(number)
    ]
    found = [each for one in range(6) for each in cited(one, "A", facility="F-0", on=days[one])]
    found += [
        each for one in range(number) for each in cited(20 + one, "", facility=f"G-{one}", state="closed")
    ]
    made_ = made(rows, found)
    text = said(made_, *made_.signals)
    assert miscounted(text) == []
    assert ("not say how many components were assessed" in text) is bool(number)
    assert ("no code" in text) is bool(number)
    assert "with little else to be compared with: F-0" in text


@pytest.mark.parametrize("number", FEW)
def test_traces(number):
    cells = [of_traces.cell("over_3_years", 2, month=date(2026, 2, 1))]
    cells += [of_traces.cell("untraced", number)] if number else []
    cells += [of_traces.cell("over_3_years", 5, month=date(2026, 9 - one, 1)) for one in range(number)]
    text = said(of_traces.made(*cells))
    assert miscounted(text) == []
    assert ("untraced" in text) is bool(number)
    assert ("so near the extract" in text) is bool(number)


@pytest.mark.parametrize("number", FEW)
def test_training(number):
    officers = [of_training.officer(one) for one in range(3)]
    text = said(of_training.made(officers, assignments=[of_training.assigned(one) for one in range(number)]))
    assert miscounted(text) == []
    assert ("no attendance sheet" in text) is bool(number)


@pytest.mark.parametrize(
    ("recurrence", "months", "words"),
    [
        ("rolling", 1, "every month from the last completion"),
        ("rolling", 12, "every 12 months from the last completion"),
        ("fixed", 1, "every month by a fixed schedule"),
    ],
)
def test_how_often_training_comes_back(recurrence, months, words):
    rules = [of_training.requirement(recurrence=recurrence, months=months)]
    assert words in of_training.only(of_training.made([of_training.officer(1)], rules)).rule
