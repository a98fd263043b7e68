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

MEASURES = load_measures(None, load_pack())
COMPUTED = [measure.code for measure in MEASURES if not isinstance(measure.over, OverSource)]


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


def nothing_of(measure):
    """Return what is expected where rows are open and none counts: none of a count, no value of others."""
    return SimpleNamespace(numerator=0, denominator=0, value=0.0 if measure.shape is Shape.COUNT else None)


@pytest.mark.parametrize("code", [one.code for one in MEASURES if one.by])
def test_the_parts_of_a_breakdown_agree_with_the_oracle(agency, oracle, code):
    found = agency.by_code[code]
    assert [each.by for each in found.breakdowns] == list(found.measure.by)
    for each, expected in zip(found.breakdowns, oracle.parts(code), strict=True):
        listed = {part.category for part in each.parts}
        assert listed == set(each.labels) >= set(expected)
        for part in each.parts:
            assert (part.office_id, part.until) == (None, found.total.until)
            agrees(part, expected.get(part.category) or nothing_of(found.measure), found.measure.shape)


@pytest.mark.parametrize("code", [one.code for one in MEASURES if one.by])
def test_the_parts_of_a_breakdown_add_up_to_the_total(agency, code):
    found = agency.by_code[code]
    for each in found.breakdowns:
        figures = [part.figure for part in each.parts]
        if found.measure.shape in {Shape.SHARE, Shape.RATE, Shape.COUNT}:
            assert sum(one.numerator or 0 for one in figures) == found.total.figure.numerator
        if found.measure.shape is not Shape.COUNT:
            whole = found.total.figure.denominator
            assert sum(one.denominator or 0 for one in figures) == whole
