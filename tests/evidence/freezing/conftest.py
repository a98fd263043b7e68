"""A small snapshot for each test."""

import pytest

from tests.evidence.freezing.making import write_snapshot


@pytest.fixture
def snapshot(tmp_path):
    return write_snapshot(tmp_path / "records")
