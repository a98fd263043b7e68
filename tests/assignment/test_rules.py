"""Settings that cannot be are refused with what is right."""

from __future__ import annotations

import pytest

from closeout.assignment.rules import RuleError, Rules


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["cap", "limit", "new_starter_cap"])
def test_a_cap_that_is_no_share_is_refused_by_its_name(name: str, value: float) -> None:
    with pytest.raises(RuleError, match=f"{name} is .*; give a (share|utilization) above 0"):
        Rules(**{name: value})  # type: ignore[arg-type]


def test_a_cap_just_above_nothing_is_a_cap() -> None:
    assert Rules(cap=0.001, limit=0.001).limit == 0.001
