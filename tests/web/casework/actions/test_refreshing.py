from contextlib import suppress

import pytest

from closeout.web.casework.actions import refreshing
from closeout.web.casework.actions.expiry import expire_check_ins


@pytest.fixture
def done(monkeypatch):
    """Return the cases that were brought up to date at once."""
    cases = []

    def remember(case_no, **_day):
        cases.append(case_no)

    monkeypatch.setattr(refreshing.duties, "refresh_case", remember)
    return cases


def fail_while_putting_off():
    with refreshing.putting_off():
        raise ValueError


def test_the_night_puts_refreshing_off_and_gives_the_cases(world, done):
    with refreshing.putting_off() as cases:
        refreshing.refresh("C-1", today=world.today)
        refreshing.refresh("C-1", today=world.today)
    refreshing.refresh("C-2", today=world.today)
    assert cases == {"C-1"}
    assert done == ["C-2"]


def test_what_is_put_off_in_a_block_that_fails_is_not_put_off_for_ever(world, done):
    with suppress(ValueError):
        fail_while_putting_off()
    refreshing.refresh("C-3", today=world.today)
    assert done == ["C-3"]


def test_a_second_night_finds_nothing_more(world):
    world.check_in(-20)
    assert expire_check_ins(today=world.today) == 1
    assert expire_check_ins(today=world.today) == 0
