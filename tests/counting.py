"""Whether the nouns and verbs of sentences agree with their counts."""

from __future__ import annotations

import re

_PLAIN = """
agreement alert card case check-in column component day defect difference document draw figure file
finding firearm group inspection instance kind letter list measure month need number office officer one
paper partner period point quarter rating recommendation record report requirement result review row rule
standard sum table task unit value verdict week
"""
_NOUNS = {
    "facility": "facilities",
    "deficiency": "deficiencies",
    "entry": "entries",
    "act of surveillance": "acts of surveillance",
    "agency": "agencies",
    "duty": "duties",
    "inquiry": "inquiries",
    "person": "people",
} | {one: f"{one}s" for one in _PLAIN.split()}
_VERBS = {"is": "are", "has": "have", "does": "do", "carries": "carry", "makes": "make", "lies": "lie"} | {
    one: one[:-1] for one in ("allows", "rests", "stands", "needs", "lacks", "agrees", "takes")
}
_COUNTED = re.compile(
    r"(?P<outer>\b[a-z]+ of )?(?<![\d.,–-])\b(?P<part>\d[\d,]*)(?: of (?P<whole>\d[\d,]*))?"
    r"(?P<between>(?: [a-z]+)??(?: on record)?) (?P<noun>"
    + "|".join(sorted([*_NOUNS, *_NOUNS.values()], key=len, reverse=True))
    + r")\b(?: (?P<verb>"
    + "|".join([*_VERBS, *_VERBS.values()])
    + r")\b)?"
)


def miscounted(text: str) -> list[str]:
    """Return the places where a noun or a verb does not agree with its count.

    The noun goes with the whole (`1 of 2 standards`), the verb with the part (`1 of 2 standards has`), but
    for one that belongs to a word before (`the method of 2 standards is`).
    """
    wrong = []
    for found in _COUNTED.finditer(text):
        part, whole = found["part"], found["whole"] or found["part"]
        is_plain = not found["outer"]
        noun_is_one = found["noun"] in _NOUNS
        verb_is_one = None if found["verb"] is None or not is_plain else found["verb"] in _VERBS
        if noun_is_one != (whole == "1") or verb_is_one not in {None, part == "1"}:
            wrong.append(found[0])
    return wrong
