"""The recommendations in the passage of a GAO report that holds them.

Since 2017 every one ends with its number in parentheses. Before, and in short reports still,
they follow "we recommend that", alone or as a list. Matters for Congress stand among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.families.gao_addressees import find_addressee
from closeout.reading.families.gao_agencies import is_congress
from closeout.reading.families.gao_labels import TAG
from closeout.reading.families.gao_lists import Listed, names_actions, read_list
from closeout.reading.families.gao_paragraphs import BLANK, bullet_length, prose, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.reading.families.gao_paragraphs import Paragraph
    from closeout.reading.families.gao_passages import Passage

_INTRO = re.compile(
    r"\b(?:[Ww]e|GAO)\s+(?:are|is)\s+(?:also\s+)?(?:making"
    r"|recommending)\b[^:]{0,500}?\brecommendations?\b[^:.]{0,300}"
    r"(?:\.\s+(?:Specifically|In\s+particular|They|These|The\s+recommendations?)\b[^:.]{0,80})?:"
    r"|\b[Ww]e\s+(?:also\s+)?(?:make|recommend)\s+the\s+following\b[^:.]{0,300}:"
    r"|\b(?:Specifically|In\s+addition),?\s+we\s+(?:are\s+mak(?:ing)|make|recommend)\b[^:.]{0,200}:"
    r"|\bThe\s+(?:following|\w+)\s+recommendations?\s+(?:is|are)\s+(?:directed\s+)?to\s+[^:.]{2,120}:"
)
_LEAD = re.compile(
    r"\b(?:[Ww]e|GAO)\s+(?:(?:are|is|also|therefore|further|additionally|thus|hereby|again|now"
    r"|specifically)\s+){0,3}"
    r"(?:recommend|recommends|recommending|suggest|suggesting)\b"
)
_FOREIGN = re.compile(
    r"\b(?:previously|prior|earlier|in\s+(?:19|20)\d\d|have\s+also|has|had|reiterat\w+|did\s+not"
    r"|do\s+not|not)\s*$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:should|shall|must|may\s+wish\s+to)\b")
_FOLLOW_ON = re.compile(
    r"(?:This|These|Such|That|Those|It|Its|Doing|For\s+example|At\s+a\s+minimum|In\s+doing)\b"
)
_TELLS_OF_PAST = re.compile(r"\b(?:previously|had|we\s+\w+ed)\b")
_FLOWING = 1_800
"""Characters above which a paragraph is taken for several whose blank lines were lost."""
_LONGEST_DEMAND = 4_500
_SEVERAL = -1
"""A count no list has: its items are demands of their own whatever the lead-in says."""
_CLOSES = frozenset(".;")


@dataclass(frozen=True, slots=True)
class Demand:
    """One recommendation or matter.

    Attributes:
        parts: Ranges of its words, what interrupts them left out.
        number: Number as printed; None without one.
        lead: Words that introduce it and name the addressee; empty when its own words do.
        is_matter: Whether it is addressed to Congress.

    """

    parts: tuple[tuple[int, int], ...]
    number: str | None = None
    lead: str = ""
    is_matter: bool = False

    @property
    def start(self) -> int:
        """Return where its words begin."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Return where its words end."""
        return self.parts[-1][1]


def read_demands(text: str, passage: Passage, count: int | None = None) -> list[Demand]:
    """Return the demands of a passage, in order.

    Args:
        text: The clean text.
        passage: Where to look.
        count: How many recommendations the report declares, where it does.

    """
    tagged = list(_tagged(text, passage))
    if tagged:
        return sorted([*tagged, *_untagged_matters(text, passage, tagged)], key=lambda demand: demand.start)
    led = read_led(text, passage.start, passage.end, 1 if passage.is_singular else count)
    if led:
        return sorted([*led, *_untagged_matters(text, passage, led)], key=lambda demand: demand.start)
    return list(_bare(text, passage))


def _tagged(text: str, passage: Passage) -> Iterator[Demand]:
    """Yield the demands that carry number tags."""
    floor, is_hard = passage.start, False
    for tag in TAG.finditer(text, passage.start, passage.end):
        intro = _last_intro(text, floor, tag.start())
        if intro is not None:
            floor, is_hard = intro, True
        parts = _before_tag(text, floor, tag.end(), is_hard=is_hard)
        if not parts:
            continue
        words = " ".join(text[start:end] for start, end in parts)
        is_matter = tag["word"].casefold().startswith("matter") or is_congress(" ".join(words.split()))
        end = tag.end() + (1 if text.startswith(".", tag.end()) else 0)
        yield Demand((*parts[:-1], (parts[-1][0], end)), tag["number"], is_matter=is_matter)
        floor, is_hard = end, True


def _last_intro(text: str, start: int, end: int) -> int | None:
    intros = [hit.end() for hit in _INTRO.finditer(text, start, end)]
    return intros[-1] if intros else None


def _before_tag(text: str, floor: int, end: int, *, is_hard: bool) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the demand that ends at `end`.

    Between two tags everything but asides belongs to the second. Where no such boundary is near,
    the demand begins with the sentence that asks.
    """
    floor = max(floor, end - _LONGEST_DEMAND)
    parts = prose(text, floor, end)
    if not parts:
        return ()
    first = 0 if is_hard else _first_asking(text, parts)
    kept = parts[first:]
    start = kept[0].start + bullet_length(text[kept[0].start : kept[0].end])
    if not is_hard or kept[0].end - start > _FLOWING:
        start = _asking_start(text, start, kept[0].end)
    return ((start, kept[0].end), *((part.start, part.end) for part in kept[1:]))


def _first_asking(text: str, parts: Sequence[Paragraph]) -> int:
    """Return the index of the last paragraph that begins a demand, a list's lead-in before its items."""
    for index in range(len(parts) - 1, -1, -1):
        words = text[parts[index].start : parts[index].end]
        if _ASKS.search(words) and not bullet_length(words) and not _FOLLOW_ON.match(words):
            return index
    return len(parts) - 1


def _asking_start(text: str, start: int, end: int) -> int:
    """Return where in a paragraph the sentence begins that puts the demand to an official."""
    asking = [left for left, right in sentences(text, start, end) if _is_asking(text[left:right])]
    if not asking:
        return start
    return asking[-1] if end - start > _FLOWING else asking[0]


def _is_asking(sentence: str) -> bool:
    words = " ".join(sentence.split())
    if not _ASKS.search(words) or _FOLLOW_ON.match(words):
        return False
    found = find_addressee(words)
    return is_congress(words) or (found is not None and bool(found.official))


def read_led(text: str, start: int, end: int, count: int | None = None) -> list[Demand]:
    """Return the demands that follow "we recommend", each lead-in with its sentence or list.

    Args:
        text: The clean text.
        start: Where to begin.
        end: Where to stop.
        count: How many recommendations are declared; 1 keeps a list together.

    """
    leads = [
        hit
        for hit in _LEAD.finditer(text, start, end)
        if not _FOREIGN.search(text, max(start, hit.start() - 30), hit.start())
    ]
    openings = [_sentence_start(text, lead.start(), start) for lead in leads]
    found: list[Demand] = []
    announced = ""
    for index, (lead, opening) in enumerate(zip(leads, openings, strict=True)):
        if found and lead.start() < found[-1].end:
            continue
        limit = openings[index + 1] if index + 1 < len(leads) else end
        listed = read_list(text, lead.end(), limit, _SEVERAL if announced else count)
        said = _folded(text, ((opening, listed.lead[0][1]), *listed.lead[1:]))
        if not listed.items and names_actions(said) and index + 1 < len(leads):
            announced = said
            continue
        found.extend(_led(listed, opening, said, announced))
    return found


def _led(listed: Listed, opening: int, said: str, announced: str) -> Iterator[Demand]:
    """Yield a lead-in's demands; `announced` is an earlier sentence that says who is to act."""
    is_matter = is_congress(_object(said))
    asked = _object(announced) if announced and listed.items else _object(said)
    if not listed.is_whole:
        for item in listed.items:
            yield Demand(item.parts, item.number, asked, is_matter)
        return
    parts = (
        (opening, listed.lead[0][1]),
        *listed.lead[1:],
        *(part for item in listed.items for part in item.parts),
    )
    yield Demand(tuple(part for part in parts if part[0] < part[1]), lead=asked, is_matter=is_matter)


def _object(said: str) -> str:
    """Return what follows "we recommend that" in a lead-in: whom it asks, and for what."""
    hit = _LEAD.search(said)
    return said[hit.end() :].removeprefix(" that ").strip() if hit else said


def _folded(text: str, parts: Sequence[tuple[int, int]]) -> str:
    return " ".join(" ".join(text[start:end].split()) for start, end in parts)


def _sentence_start(text: str, at: int, floor: int) -> int:
    """Return where the sentence begins that holds the lead-in at `at`."""
    left = max(floor, at - 600)
    left = next((gap.end() for gap in reversed(list(BLANK.finditer(text, left, at)))), left)
    # One character more, so that the lead-in itself may be seen to begin a sentence.
    starts = [start for start, _ in sentences(text, left, at + 1)]
    start = starts[-1] if starts else at
    while start < at and text[start].isspace():
        start += 1
    return start


def _untagged_matters(text: str, passage: Passage, others: Sequence[Demand]) -> Iterator[Demand]:
    """Yield matters for Congress without a number, in paragraphs of their own or before an intro."""
    for part in prose(text, passage.start, passage.end):
        is_shared = any(part.start <= other.start < part.end for other in others)
        start, end = _matter(text, part, is_flowing=is_shared or part.end - part.start > _FLOWING)
        if start < end and not any(other.start < end and start < other.end for other in others):
            yield Demand(((start, end),), is_matter=True)


def _matter(text: str, part: Paragraph, *, is_flowing: bool) -> tuple[int, int]:
    """Return the range of a paragraph that asks Congress; an empty one when none does."""
    if not is_flowing:
        return (part.start, part.end) if is_congress(_folded(text, (part,))) else (part.start, part.start)
    for start, end in sentences(text, *part):
        if is_congress(_folded(text, ((start, end),))) and not _TELLS_OF_PAST.search(text, start, end):
            return start, end
    return part.start, part.start


def _asking_tail(text: str, part: Paragraph, *, is_flowing: bool) -> tuple[int, int] | None:
    """Return the last sentences of a flowing paragraph from the one that puts a demand to an official."""
    if not is_flowing or text[part.end - 1] not in _CLOSES:
        return None
    asking = [start for start, end in sentences(text, *part) if _is_asking(text[start:end])]
    near = asking and part.end - asking[-1] < _FLOWING
    return (asking[-1], part.end) if near else None


def _bare(text: str, passage: Passage) -> Iterator[Demand]:
    """Yield the paragraphs right before the passage's end that ask something of an official."""
    kept: list[Paragraph] = []
    is_dense = BLANK.search(text, passage.start, passage.end) is None
    for part in reversed(prose(text, max(passage.start, passage.end - _LONGEST_DEMAND), passage.end)):
        words = " ".join(text[part.start : part.end].split())
        first = next((text[left:right] for left, right in sentences(text, *part)), "")
        if not _is_asking(first) or words[-1] not in _CLOSES:
            is_flowing = is_dense or part.end - part.start > _FLOWING
            if not kept and (tail := _asking_tail(text, part, is_flowing=is_flowing)):
                yield Demand((tail,))
            if kept or not bullet_length(words):
                break
            continue
        kept.append(part)
    for part in reversed(kept):
        words = " ".join(text[part.start : part.end].split())
        yield Demand(((part.start, part.end),), is_matter=is_congress(words))
