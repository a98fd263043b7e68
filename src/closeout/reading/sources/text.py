"""Bytes to text: UTF-8 first, then byte-order marks, then an educated guess that is owned up to."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from closeout.reading.model import Problem

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ["cp1252", "mac_roman", "cp1250", "cp1251", "cp932", "gb18030", "big5", "cp437"]
_SAMPLE = 65_536
_MAX_CONTROL_SHARE = 0.02
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp437": "IBM code page 437"}


class NotTextError(ValueError):
    """The bytes are no text in any encoding we know."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes and what was doubtful about decoding them."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """Return the text of the bytes, line ends as they are, without a byte-order mark.

    Args:
        data: The whole content of a file.
        declared: The encoding the file itself names (HTML's `meta charset`); tried after UTF-8.

    Returns:
        The text, with a problem `guessed-encoding` naming the encoding when it had to be
        guessed, or `damaged-text` when single bytes could not be decoded.

    Raises:
        NotTextError: The bytes are binary.

    """
    decoded = _marked(data) or _utf8(data) or _declared(data, declared) or _wide(data)
    if decoded is None and b"\x00" not in data:
        decoded = _nearly_utf8(data) or _guessed(data)
    if decoded is None or _is_binary(decoded.text):
        msg = "it holds binary data, no text"
        raise NotTextError(msg)
    return decoded


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding)
    return None


def _utf8(data: bytes) -> Decoded | None:
    if b"\x00" in data:
        return None
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, declared: str) -> Decoded | None:
    """Decode as the file says of itself; it cannot have said so in a wide encoding."""
    if not declared or declared.startswith(("utf-16", "utf-32")):
        return None
    try:
        return Decoded(data.decode(declared))
    except (LookupError, UnicodeDecodeError):
        return None


def _wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark: Latin text has a NUL in every other byte."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    for encoding, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > 0.7 * half and few < 0.05 * half:
            decoded = _tolerant(data, encoding)
            return Decoded(decoded.text, (_guess_problem("UTF-16"), *decoded.problems))
    return None


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Decode UTF-8 with single damaged bytes, as when a download was cut within a character."""
    text = data.decode("utf-8", errors="replace")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return _tolerant(data, "utf-8") if good > text.count("\ufffd") else None


def _tolerant(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    message = f"{lost} characters are damaged and shown as \ufffd; get the file again if they matter"
    return Decoded(text, (Problem("damaged-text", message),))


def _guessed(data: bytes) -> Decoded | None:
    found = re.search(rb"[\x80-\xff]", data)
    start = max(0, found.start() - 1_000) if found else 0
    matches = list(from_bytes(data[start : start + _SAMPLE], cp_isolation=_CANDIDATES))
    encoding = _likeliest(matches)
    if not encoding:
        return None
    decoded = _tolerant(data, encoding)
    return Decoded(decoded.text, (_guess_problem(_NAMES.get(encoding, encoding)), *decoded.problems))


def _likeliest(matches: list[CharsetMatch]) -> str:
    """Return the best match's encoding, or Windows-1252 where it fits: most old pages were written in it."""
    if not matches:
        return ""
    least = min(match.chaos for match in matches)
    if any(match.chaos <= least and "cp1252" in match.could_be_from_charset for match in matches):
        return "cp1252"
    return matches[0].encoding


def _guess_problem(name: str) -> Problem:
    message = (
        f"the encoding is not declared and was taken for {name}; save the file as UTF-8 if letters look wrong"
    )
    return Problem("guessed-encoding", message)


def _is_binary(text: str) -> bool:
    """Say whether control characters are too many for text; one NUL is enough."""
    if "\x00" in text:
        return True
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > _MAX_CONTROL_SHARE * len(sample)
