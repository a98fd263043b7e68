"""What past periods say: a trend only where a test shows one, and none of periods that overlap."""

from __future__ import annotations

from datetime import date, timedelta

from closeout.evidence.figures import Outcome, without
from closeout.evidence.measures.measure import Direction, Verdict
from closeout.evidence.trends import trend_words
from tests.evidence.made import DAY, measure, measured, result, share


def series(shares: list[int | None], *, days: int = 90, step: int = 90, **given):
    """Return a measure with past periods of so many percent of 1,000, the last ending on DAY."""
    of = measure(**given)
    made = []
    for place, percent in enumerate(reversed(shares)):
        until = DAY - timedelta(days=step * place)
        since = until - timedelta(days=days - 1)
        figure = without(Outcome.NO_DATA, "nothing fell due")
        if percent is not None:
            figure = share(percent * 10, 1000, percent / 100 - 0.03, percent / 100 + 0.03)
        made.insert(0, result(of, figure, Verdict.NOT_MET, since=since, until=until))
    return measured(of, made[-1].figure, Verdict.NOT_MET, series=made)


def test_no_past_is_said():
    assert trend_words(measured(measure(), share(1, 2, 0, 1), Verdict.NOT_MET)) == "no past periods"


def test_one_known_period_is_counted():
    assert trend_words(series([None, None, 60])) == "1 of 3 past periods can be computed"


def test_a_rise_that_the_test_shows_is_better_where_up_is():
    # Eight rising values: S = 28, var = 8 x 7 x 21 / 18 = 65.33, z = 27 / 8.083 = 3.340, p = 0.0008.
    words = trend_words(series([40, 45, 50, 55, 60, 65, 70, 75]))
    ends = "40.0 % to 75.0 % over 8 periods"
    assert words == f"{ends}; rising, which is better (Mann–Kendall p = 0.001)"


def test_a_fall_is_better_where_down_is():
    words = trend_words(series([75, 70, 65, 60, 55, 50, 45, 40], direction=Direction.DOWN))
    assert "falling, which is better (Mann–Kendall p = 0.001)" in words


def test_ups_and_downs_show_none():
    assert "no trend shown (Mann–Kendall p = " in trend_words(series([50, 55, 48, 53, 51, 54, 49, 52]))


def test_four_periods_are_too_few_for_a_test():
    assert "too few for a test of trend" in trend_words(series([40, 50, 60, 70]))


def months(values: list[int]):
    """Return a measure with one figure a month, the last that of October 2026."""
    of, made = measure(), []
    for place, percent in enumerate(values):
        number = 2026 * 12 + 9 - (len(values) - 1 - place)
        since = date(number // 12, number % 12 + 1, 1)
        until = date((number + 1) // 12, (number + 1) % 12 + 1, 1) - timedelta(days=1)
        figure = share(percent * 10, 1000, percent / 100 - 0.03, percent / 100 + 0.03)
        made.append(result(of, figure, Verdict.NOT_MET, since=since, until=until))
    return measured(of, made[-1].figure, Verdict.NOT_MET, series=made)


WAVE = [50, 55, 60, 62, 60, 55, 50, 45, 40, 38, 40, 45]


def test_months_are_compared_with_their_like_where_there_are_two_years():
    # Each month 2 percent above that of the year before: S = 12 of 12 pairs, var = 12 x 1, z = 11 / 3.464.
    words = trend_words(months([*WAVE, *(one + 2 for one in WAVE)]))
    assert words.endswith("rising, which is better (seasonal Mann–Kendall p = 0.001)")
    assert "no trend shown (seasonal Mann–Kendall p = 1)" in trend_words(months([*WAVE, *WAVE]))


def test_months_of_less_than_two_years_have_no_season():
    assert "(Mann–Kendall p = " in trend_words(months([*WAVE, *WAVE[:11]]))


def test_quarters_have_no_season_however_many():
    assert "(Mann–Kendall p = " in trend_words(series([50, 55, 48, 53] * 7))


def test_periods_that_overlap_are_not_tested():
    # A year each, a quarter apart, eight of them: the first ended a year before the last began.
    words = trend_words(series([40, 45, 50, 55, 60, 65, 70, 75], days=365))
    assert words == "40.0 % to 75.0 % over 8 periods; rising, which is better"


def test_ends_with_overlapping_intervals_show_no_change():
    words = trend_words(series([60, 60, 60, 60, 60, 60, 60, 63], days=365))
    assert words.endswith("no change shown: the intervals of the first and the last overlap")


def test_ends_that_share_days_are_not_compared():
    words = trend_words(series([40, 60], days=365))
    assert words.endswith("the periods overlap, so that no trend can be tested")


def test_the_day_is_the_last_of_the_series():
    assert series([1, 2]).series[-1].until == date(2026, 10, 31)
