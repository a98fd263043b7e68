"""The engine and a slow plain-Python oracle agree on every measure of the pack."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from closeout.duties.pack import load_pack, own_folder
from closeout.evidence.figures import Outcome
from closeout.evidence.measures.declared import OverSource
from closeout.evidence.measures.measure import Shape
from closeout.evidence.measures.read import load_measures
from closeout.records.tables import TABLES
from tests.evidence.measures.oracle import Oracle

COMPUTED = [
    measure.code for measure in load_measures(None, load_pack()) if not isinstance(measure.over, OverSource)
]


@pytest.fixture(scope="module")
def oracle(agency, pack, instances):
    rows = {
        name: agency.engine.to_arrow(agency.tables[name]).to_pylist()
        for name in TABLES
        if name in agency.tables
    }
    return Oracle(own_folder() / "measures.yaml", rows, instances, pack.clauses, agency.as_of)


def agrees(result, expected, shape):
    figure = result.figure
    assert figure.value == expected.value
    if figure.outcome is Outcome.COMPUTED:
        assert figure.numerator == expected.numerator
        assert figure.denominator == (None if shape is Shape.COUNT else expected.denominator)


@pytest.mark.parametrize("code", COMPUTED)
def test_the_engine_and_the_oracle_agree(agency, oracle, code):
    found = agency.by_code[code]
    periods, offices = oracle.figures(code)
    for result, expected in zip(found.series, periods, strict=True):
        agrees(result, expected, found.measure.shape)
    nothing = SimpleNamespace(numerator=0, denominator=0, value=None)
    for result in found.offices:
        expected = offices.pop(result.office_id, nothing)
        if (
            found.measure.shape is Shape.COUNT
            and result.figure.outcome is Outcome.COMPUTED
            and expected is nothing
        ):
            expected = SimpleNamespace(numerator=0, denominator=0, value=0.0)
        agrees(result, expected, found.measure.shape)
    assert not offices or not found.offices
