"""Public holidays: the same days as the library gives, without loading every other country."""

import subprocess
import sys

import pytest

from closeout.duties.public_holidays import has_days_off

WITH_US = """
import sys
from closeout.duties.public_holidays import days_off
print(len(days_off("US")), "holidays.countries.france" in sys.modules)
print(sorted(days_off("US-TX"))[:3], len(days_off("FR")))
"""
WITHOUT_US = """
import holidays
years = range(1980, 2061)
print(len(holidays.country_holidays("US", years=years)), False)
texas = holidays.country_holidays("US", subdiv="TX", years=years)
print(sorted(texas)[:3], len(holidays.country_holidays("FR", years=years)))
"""


def said_by(program):
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.splitlines()


def test_a_country_has_the_days_of_the_library_and_is_loaded_alone():
    assert said_by(WITH_US) == said_by(WITHOUT_US)


@pytest.mark.parametrize(
    ("country", "is_known"),
    [("US", True), ("US-TX", True), ("GB-ENG", True), ("US-QQ", False), ("QQ", False), ("date", False)],
)
def test_whether_the_days_of_a_country_are_known(country, is_known):
    assert has_days_off(country) is is_known
