"""Public holidays of a country, or of a part of one."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING

import holidays
from holidays.registry import EntityLoader

if TYPE_CHECKING:
    from datetime import date

FIRST_YEAR, LAST_YEAR = 1980, 2060


def _load_countries_one_by_one() -> None:
    """Keep `holidays` from loading 250 countries for the one it is asked for: a tenth of a second a process.

    It finds each in a module of its own, in a package that loads all of them when it is run. Here it is not.
    """
    name = "holidays.countries"
    spec = find_spec(name)
    if spec is not None and name not in sys.modules:
        sys.modules[name] = module_from_spec(spec)


_load_countries_one_by_one()


@lru_cache
def days_off(country: str) -> frozenset[date]:
    """Return the public holidays from 1980 to 2060, observed days included.

    Args:
        country: A country (`US`), or a part of it (`US-TX`).

    """
    code, _, part = country.partition("-")
    found = holidays.country_holidays(code, subdiv=part or None, years=range(FIRST_YEAR, LAST_YEAR + 1))
    return frozenset(found)


def has_days_off(country: str) -> bool:
    """Say whether the public holidays of a country, or of a part of it, are known."""
    code, _, part = country.partition("-")
    if code not in EntityLoader.get_country_codes():
        return False
    return not part or part in getattr(holidays, code).subdivisions
