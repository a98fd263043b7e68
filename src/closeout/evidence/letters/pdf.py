"""Documents as tagged PDF that follows PDF/UA-1, through typst: same values, same bytes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import typst

from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.words import seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.evidence.letters.paper import Paper

STANDARD: Final = "ua-1"
_TEMPLATE = "paper.typ"
_PROBE = b"""#set document(title: "probe")
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), lang: "en")
#sys.inputs.words"""
_NOT_SHOWN = re.compile(r"could not be displayed")
_NAMED = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_LONG_WORD = re.compile(r"(?=\S*[\d_])\S{18,}|\S{28,}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_BREAK, _BREAK_EVERY = "\u200b", 8
_MOST_CLUSTERS = 50


def to_pdf(paper: Paper) -> bytes:
    """Return a document as PDF/UA-1. The same document always gives the same bytes.

    Characters that no font of the product has stand as their code, `[U+6F22]`: a PDF/UA file must show all
    of its text, and nothing is fetched for it. The Word file has them as they are.

    Raises:
        LetterError: typst refused the document.

    """
    plain = _texts(_typst_values(paper), _breakable)
    try:
        return _compiled(plain, paper)
    except typst.TypstError as error:
        if not _NOT_SHOWN.search(str(error)):
            msg = f"{paper.title}: typst refused the document: {error}"
            raise LetterError(msg) from error
    return _with_codes(_texts(plain, _shown), paper)


def _with_codes(plain: Any, paper: Paper) -> bytes:  # noqa: ANN401 - any JSON value
    """Compile what holds no unknown character, and write out clusters that still cannot be shown."""
    for _ in range(_MOST_CLUSTERS):
        try:
            return _compiled(plain, paper)
        except typst.TypstError as error:
            named = _NAMED.search(str(error))
            if named is None:
                msg = f"{paper.title}: typst refused the document: {error}"
                raise LetterError(msg) from error
            plain = _replaced(plain, named.group(1))
    msg = f"{paper.title}: more than {_MOST_CLUSTERS} groups of characters that no font can show"
    raise LetterError(msg)


def _replaced(plain: Any, cluster: str) -> Any:  # noqa: ANN401 - any JSON value
    return _texts(plain, lambda text: text.replace(cluster, _codes(cluster)))


def _typst_values(paper: Paper) -> dict[str, Any]:
    day = paper.as_of
    foot = f"{paper.title} · figures as of {day.isoformat()}"
    return paper.plain() | {"day": [day.year, day.month, day.day], "foot": foot}


def _compiled(plain: Any, paper: Paper) -> bytes:  # noqa: ANN401 - any JSON value
    day = paper.as_of
    return typst.compile(
        _template(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(plain, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )


@cache
def _template() -> bytes:
    return resources.files("closeout.evidence.letters").joinpath("templates", _TEMPLATE).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that typst carries and no other, so that a letter looks alike on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _texts(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any JSON value
    """Return JSON values with every text of data changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _texts(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(each, change) for each in value]
    return value


def _breakable(text: str) -> str:
    """Return text without what cannot be seen, and with places to break a word that fits no column."""
    text = seen(text)
    return text if _DIGEST.fullmatch(text) else _LONG_WORD.sub(_broken, text)


def _broken(word: re.Match[str]) -> str:
    said = word.group()
    return _BREAK.join(said[place : place + _BREAK_EVERY] for place in range(0, len(said), _BREAK_EVERY))


def _shown(text: str) -> str:
    return text if text.isascii() else "".join(each if _is_shown(each) else _codes(each) for each in text)


def _codes(text: str) -> str:
    return "".join(f"[U+{ord(each):04X}]" for each in text)


@cache
def _is_shown(character: str) -> bool:
    """Say whether the fonts have a character, by setting it alone: a few milliseconds once a character."""
    if character.isascii():
        return True
    try:
        typst.compile(_PROBE, font_paths=_fonts(), sys_inputs={"words": character}, pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True
