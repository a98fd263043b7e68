"""Where the hours come from that a detail takes."""

import pytest

from closeout.workload.slack import slack_of


def hours(available, own, cover=0.0, office=0.0):
    parts = {"available": available, "own": own, "cover": cover, "office": office, "extra": 0.0}
    return {name: {"mean": float(value)} for name, value in parts.items()}


def test_a_detail_out_of_slack_displaces_nothing_and_says_so():
    # 1,000 hours, 300 of them worked; 100 taken, as much work done by others.
    found = slack_of(hours(1000, 300), hours(900, 280, cover=20))
    assert (found.taken, found.unused, found.absorbed, found.less_work) == (100, 700, 100, 0)
    assert found.sentence == (
        "100 hours for cases are taken away: absorbed by slack of 700 h, no less work is done."
    )


def test_where_slack_is_short_the_rest_is_work_not_done():
    found = slack_of(hours(1000, 950), hours(900, 880))
    # Unused 50, then 20: 30 of the 100 hours were slack, 70 were work.
    assert (found.absorbed, found.less_work) == (30, 70)
    assert found.sentence.endswith("30 h absorbed by slack of 50 h, 70 h of work are not done.")


def test_without_slack_all_of_it_is_work():
    found = slack_of(hours(1000, 1000), hours(900, 900))
    assert found.sentence == (
        "100 hours for cases are taken away: none of them stood unused, 100 h of work are not done."
    )


@pytest.mark.parametrize("then", [hours(1000, 300), hours(1200, 310), hours(999.8, 300)])
def test_where_no_hours_are_taken_there_is_nothing_to_say(then):
    assert slack_of(hours(1000, 300), then).sentence == ""


@pytest.mark.parametrize("said", [{}, {"available": None}, {"available": {"mean": 3.0}}])
def test_an_outcome_that_does_not_say_its_hours_gives_none(said):
    assert slack_of(hours(1000, 300), said) is None
    assert slack_of(said, hours(1000, 300)) is None


def test_the_parts_add_up_to_what_is_taken():
    for base, then in ((hours(1000, 950), hours(900, 880)), (hours(10, 2, 3, 1), hours(7, 1, 4, 0))):
        found = slack_of(base, then)
        assert found.absorbed + found.less_work == pytest.approx(found.taken)


def test_the_hours_of_the_sentence_add_up_as_they_are_printed():
    # 357.4 taken, 356.6 of them slack: 357 and 357, so nothing is left to print.
    assert "no less work is done" in slack_of(hours(1000, 300), hours(642.6, 299.2)).sentence
    found = slack_of(hours(1000, 300), hours(642.6, 298.6))
    assert found.sentence.endswith("356 h absorbed by slack of 700 h, 1 h of work is not done.")
