"""The engine says what the oracle says, row for row, on small random tables."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from closeout.duties.compile import instances
from closeout.duties.instances import INSTANCE
from tests.duties.making import opened_rows, table
from tests.duties.oracle import Oracle
from tests.duties.random_agency import CLAUSES, FIRST, READS, SPAN, records

# The rows come from a seed, and making them smaller takes longer than reading them.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def both(clause, seed, size, as_of):
    """Return what the engine and what the oracle say, row by row."""
    made = records(seed, size)
    with opened_rows(made) as (engine, tables):
        found = engine.to_arrow(instances(clause, tables, as_of=as_of)).to_pylist()
    found = sorted(found, key=lambda one: (one["subject"], one["sequence"]))
    plain = {name: table(name, rows).to_pylist() for name, rows in made.items()}
    said = Oracle(clause, plain, as_of, reads=READS).instances()
    return found, [{name: one[name] for name in INSTANCE.names} for one in said]


@pytest.mark.parametrize("name", sorted(CLAUSES))
@settings(max_examples=3, phases=UNSHRUNK, deadline=None)
@given(
    seed=st.integers(0, 1_000_000),
    size=st.integers(1, 40),
    as_of=st.dates(FIRST, FIRST + timedelta(days=SPAN + 60)),
)
def test_the_engine_and_the_oracle_agree(name, seed, size, as_of):
    found, said = both(CLAUSES[name], seed, size, as_of)
    assert found == said
