"""Split prose into sentences, keeping offsets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAK = re.compile(
    r"""
      (?P<end>[.!?]["”’')\]]{0,2}(?:\d{1,2}|\s?\[\d{1,2}\])?)(?:\s+(?=["“‘(\[]?[A-Z0-9•●▪■·]))
    | (?P<fused>(?<=[a-z)\]”])\.(?=[A-Z][a-z]))
    | (?P<paragraph>\n[ \t]*\n\s*)
    | (?P<bullet>\n[ \t]*[•●▪■·\uf0b7][ \t]*)
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[\w.&’'-]{1,20}\Z")
# fmt: off
_ABBREVIATIONS = frozenset({
    "no", "nos", "dr", "mr", "ms", "mrs", "inc", "co", "corp", "ltd", "st", "sen", "rep", "gov", "gen",
    "v", "vs", "e.g", "i.e", "jr", "sr", "ph.d", "fig", "figs", "sec", "secs", "pp", "p", "art", "pub",
    "stat", "cong", "al", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
    "dec", "approx", "dept", "dep", "asst", "ave", "blvd", "vol", "ed", "eds", "cf", "univ", "est",
    "bros", "hon", "lt", "col", "capt", "u.s.c", "c.f.r", "fed", "reg", "rev", "supp",
})
# fmt: on
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\Z")
_STARTERS = re.compile(
    r"(?:The|In|As|We|This|These|That|Those|According|However|By|It|Its|They|If|When|While|For|On|At|To|"
    r"Without|Although|After|Since|Once|Our|Their|Additionally|Further|Therefore|Finally|First|Second|ICE|"
    r"DHS)\b"
)
_NUMBER_ONLY = re.compile(r"\s*[(\[]?\d{1,3}\Z")


class Sentence(NamedTuple):
    """A sentence: its first character and the one after its last, in the text split."""

    start: int
    end: int


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Sentence]:
    """Return the sentences of `text[start:end]`, without the white space around them.

    A full stop ends a sentence when a capital, digit, bullet or opening mark follows, with the
    space before it or without ("local).While"). Full stops of abbreviations, initials and list
    numbers do not. Blank lines and bullets always do; a single line end never does.
    """
    stop = len(text) if end is None else end
    sentences = []
    at = start
    for cut, following in _cuts(text, start, stop):
        if not _is_cut(text, at, cut):
            continue
        sentences.append((at, cut.end("end") if cut["end"] else cut.start() + bool(cut["fused"])))
        at = following
    sentences.append((at, stop))
    stripped = (_strip(text, first, last) for first, last in sentences)
    return [Sentence(first, last) for first, last in stripped if first < last]


def _cuts(text: str, start: int, stop: int) -> Iterator[tuple[re.Match[str], int]]:
    for match in _BREAK.finditer(text, start, stop):
        yield match, match.end()


def _is_cut(text: str, start: int, cut: re.Match[str]) -> bool:
    """Say whether a break that looks like one is the end of a sentence begun at `start`."""
    if not cut["end"] or cut["end"][0] != ".":
        return True
    before = text[max(start, cut.start() - 21) : cut.start()]
    # "1. Closed": the number of a list item belongs to what follows.
    if _NUMBER_ONLY.fullmatch(text, start, cut.start()):
        return False
    found = _WORD_BEFORE.search(before)
    word = found[0] if found else ""
    if len(cut["end"]) > 1 and cut["end"][1] in "\"”’')]":
        return True
    if word.lower() in _ABBREVIATIONS:
        return False
    is_dotted = bool(_DOTTED.fullmatch(f"{word}.")) and (len(word) > 1 or word.isupper())
    return not is_dotted or bool(_STARTERS.match(text, cut.end()))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
