"""P-values in words."""

from __future__ import annotations

import pytest

from closeout.evidence.statistics.chance import p_words


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0378, "p = 0.0378"), (0.5, "p = 0.5000"), (0.00004, "p < 0.0001"), (0.0, "p < 0.0001"),
        (0.99996, "p > 0.9999"), (1.0, "p = 1"),
    ],
)  # fmt: skip
def test_a_p_value_is_never_said_to_be_nothing_or_all_but_certain(p, said):
    assert p_words(p) == said


def test_a_p_value_is_said_with_fewer_digits():
    assert (p_words(0.00049, 3), p_words(0.0005, 3), p_words(0.9996, 3)) == (
        "p < 0.001",
        "p = 0.001",
        "p > 0.999",
    )
