"""A document as plain values."""

from __future__ import annotations

import json

import pytest

from closeout.evidence.letters.paper import Grid
from tests.evidence.letters.making import make_paper


def test_a_paper_becomes_json():
    plain = json.loads(json.dumps(make_paper().plain()))
    assert plain["as_of"] == "2025-06-30"
    assert [block["kind"] for block in plain["blocks"]] == [
        "heading",
        "words",
        "words",
        "heading",
        "points",
        "grid",
    ]


def test_a_row_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="every row must have 2 cells"):
        Grid("Wrong", ("a", "b"), (("1",),))


def test_widths_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="3 widths for 2 columns"):
        Grid("Wrong", ("a", "b"), (), widths=(1, 2, 3))
