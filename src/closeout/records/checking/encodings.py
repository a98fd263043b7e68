"""Which encoding a delimited file is written in, and whether it has quotes."""

from __future__ import annotations

import codecs
import gzip
import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNDEFINED_IN_CP1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is written. `name` is Python's name of the encoding."""

    name: str
    has_quotes: bool
    is_empty: bool = False


def encoding_of(path: Path) -> Encoding:
    """Return how a file is written, from its mark or its bytes.

    UTF-8 if all of it is; else UTF-16 if every other byte of its head is zero; else Windows-1252, and
    Latin-1 where it has bytes that Windows-1252 does not define.
    """
    with _opened(path) as file:
        head = file.read(_HEAD)
        file.seek(0)
        if not head.strip(b"\r\n\t \x00"):
            return Encoding("utf-8", has_quotes=False, is_empty=not file.read().strip(b"\r\n\t \x00"))
        marked = next((name for mark, name in _BOMS if head.startswith(mark)), None) or _by_zeros(head)
        if marked not in {None, "utf-8-sig"}:
            return Encoding(str(marked), has_quotes=True)
        return _by_bytes(file, marked or "utf-8")


def text_of(path: Path, encoding: str) -> IO[str]:
    """Return a file opened as text, odd bytes replaced and line ends as they are."""
    return io.TextIOWrapper(_opened(path), encoding=encoding, errors="replace", newline="")


def _by_zeros(head: bytes) -> str | None:
    """Return UTF-16 without a mark, told by its zero bytes."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.8 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.8 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _by_bytes(file: IO[bytes], utf8: str) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_quotes = has_undefined = False
    is_utf8 = True
    while block := file.read(_BLOCK):
        has_quotes = has_quotes or b'"' in block
        if block.isascii() and not decoder.getstate()[0]:
            continue
        has_undefined = has_undefined or any(byte in block for byte in _UNDEFINED_IN_CP1252)
        if is_utf8:
            is_utf8 = _decodes(decoder, block)
    if is_utf8 and not decoder.getstate()[0]:
        return Encoding(utf8, has_quotes)
    return Encoding("latin-1" if has_undefined else "cp1252", has_quotes)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")  # type: ignore[return-value]
