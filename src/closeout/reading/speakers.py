"""Whether two names of a respondent mean one: "BCS", "BCS officials", "Bureau of Community Supervision"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from closeout.reading.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPOKESMEN = frozenset({"official", "officials", "management", "leadership", "representatives", "the", "s"})
_SMALL = frozenset({"of", "and", "for", "the", "in", "on"})
_COUNTRY = frozenset({"u", "us", "united", "states"})
_LONGEST_ACRONYM = 7


@lru_cache(maxsize=4096)
def speaker(name: str) -> str:
    """Return a respondent's name folded, without the officials who speak for it; "" of none."""
    words = [
        word for word in fold_key(name.replace("’s", "").replace("'s", "")).split() if word not in _SPOKESMEN
    ]
    return " ".join(words)


def one_speaker_each(names: Iterable[str]) -> dict[str, str]:
    """Return, for each name, the one folded name of its respondent; "" for a silent one.

    An acronym among the names stands for the one long name that has its initials ("DHS" for
    "Department of Homeland Security", "DOE" for "Department of Energy"). Two long names are never one,
    though their initials agree, and an acronym that fits two long names stands for itself.
    """
    folded = {name: speaker(name) for name in names}
    known = set(folded.values()) - {""}
    long = {each for each in known if " " in each}
    meant = {}
    for short in {each for name, each in folded.items() if _is_acronym(name, each)}:
        fits = [each for each in long if short in _initials(each)]
        if len(fits) == 1:
            meant[fits[0]] = short
    return {name: meant.get(each, each) for name, each in folded.items()}


def component(agency: str) -> str:
    """Return the last part of an agency's name: some pages print the department before it."""
    return agency.rpartition(": ")[2].strip()


def may_be_one(one: str, other: str) -> bool:
    """Say whether two names may be of one respondent; a silent one may be anybody."""
    found = one_speaker_each((one, other))
    return not (found[one] and found[other]) or found[one] == found[other]


def _is_acronym(name: str, folded: str) -> bool:
    return 1 < len(folded) <= _LONGEST_ACRONYM and folded.upper() in name


@lru_cache(maxsize=4096)
def _initials(name: str) -> frozenset[str]:
    """Return the acronyms a long name may have: with and without small words and the country."""
    words = name.split()
    at_home = [word for word in words if word not in _COUNTRY]
    forms = []
    for some in (words, at_home):
        forms.append(some)
        forms.append([word for word in some if word not in _SMALL])
    return frozenset("".join(word[0] for word in form) for form in forms)
