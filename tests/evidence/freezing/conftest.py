"""What results are frozen from: an engine, a small snapshot for each test, and an agency for many."""

import pytest

from closeout.engines import connect
from closeout.records.example import write_example
from tests.evidence.freezing.making import write_snapshot


@pytest.fixture(scope="module")
def engine():
    opened = connect(threads=1)
    yield opened
    opened.close()


@pytest.fixture
def snapshot(tmp_path):
    return write_snapshot(tmp_path / "records")


@pytest.fixture(scope="session")
def agency(tmp_path_factory):
    """Return the example agency's snapshot, which no test may change."""
    return write_example(tmp_path_factory.mktemp("agency") / "small", seed=3)
