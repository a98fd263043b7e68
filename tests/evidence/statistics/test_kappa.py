"""Agreement of two reviewers: by hand and against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from closeout.evidence.statistics.kappa import cohen_kappa


def test_kappa_by_hand():
    # 20 and 15 agreed of 50: 0.7; by chance 0.5 x 0.6 + 0.5 x 0.4 = 0.5: (0.7 - 0.5) / 0.5 = 0.4.
    found = cohen_kappa({("ok", "ok"): 20, ("ok", "bad"): 5, ("bad", "ok"): 10, ("bad", "bad"): 15})
    assert found.kappa == pytest.approx(0.4)
    assert (found.n, found.agreed) == (50, 35)


def test_full_agreement_is_1():
    found = cohen_kappa({("ok", "ok"): 20, ("bad", "bad"): 5})
    assert (found.kappa, found.high) == (1.0, 1.0)


def test_one_answer_throughout_has_no_kappa():
    found = cohen_kappa({("ok", "ok"): 20})
    assert (found.kappa, found.low, found.high) == (None, None, None)
    assert (found.n, found.agreed) == (20, 20)


def test_agreement_below_chance_is_negative():
    assert cohen_kappa({("ok", "bad"): 10, ("bad", "ok"): 10}).kappa == pytest.approx(-1)


@pytest.mark.parametrize("answers", [{}, {("ok", "ok"): 0}, {("ok", "ok"): 5, ("ok", "bad"): -1}])
def test_no_files_are_refused(answers: dict[tuple[str, str], int]):
    with pytest.raises(ValueError, match="no files that two people reviewed"):
        cohen_kappa(answers)


@given(st.lists(st.integers(0, 20), min_size=9, max_size=9))
@settings(max_examples=60, deadline=None)
def test_kappa_and_interval_equal_those_of_statsmodels(cells: list[int]):
    table = np.array(cells).reshape(3, 3) + np.array([[1, 0, 0], [1, 0, 0], [0, 0, 1]])
    words = ["complete", "corrected", "missing"]
    ours = cohen_kappa({(a, b): int(table[i, j]) for i, a in enumerate(words) for j, b in enumerate(words)})
    peer = cohens_kappa(table)
    assert ours.kappa == pytest.approx(peer.kappa)
    assert ours.low == pytest.approx(peer.kappa_low)
    assert ours.high == pytest.approx(min(1.0, peer.kappa_upp))
