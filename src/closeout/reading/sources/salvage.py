"""PDF files that were cut off: the page list is lost, but whole pages may still be there.

A PDF is opened from its end, where the list of its pages stands. When a download broke off, the
pages before the break are intact and only the list is missing; this module writes a new one.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,9})[ \t\r\n]+0[ \t\r\n]+obj\b")
_PAGE = re.compile(rb"/Type[ \t\r\n]*/Page\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_COMPRESSED_OBJECTS = re.compile(rb"/Type[ \t\r\n]*/ObjStm\b")
_NUMBER_OF = re.compile(rb"/N[ \t\r\n]+([0-9]{1,7})")
_FIRST = re.compile(rb"/First[ \t\r\n]+([0-9]{1,9})")
_MAX_UNPACKED_BYTES = 16 * 1024 * 1024
_MAX_DICTIONARY_BYTES = 65_536


def salvaged(data: bytes) -> bytes | None:
    """Return the PDF with a new list of the pages still found in it; None when none is found.

    Pages that stand in compressed groups of objects are unpacked. A locked file is not salvaged.
    """
    if b"/Encrypt" in data:
        return None
    objects = dict(_objects(data))
    unpacked = {
        number: body for head in list(objects.values()) for number, body in _members(head, data) if body
    }
    pages = [number for number, (_, body) in objects.items() if _PAGE.search(body)]
    pages += [number for number, body in unpacked.items() if number not in objects and _PAGE.search(body)]
    end = data.rfind(b"endobj")
    if not pages or end < 0:
        return None
    added = [b"\n"]
    added += [_object(number, body) for number, body in unpacked.items() if number not in objects]
    tree = max([*objects, *unpacked]) + 1
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    added.append(_object(tree, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)))
    added.append(_object(tree + 1, b"<</Type/Catalog/Pages %d 0 R>>" % tree))
    added.append(b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (tree + 1, tree + 2))
    return data[: end + len(b"endobj")] + b"".join(added)


def _objects(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Yield each object's number with where it begins and its dictionary, streams left out."""
    for found in _OBJECT.finditer(data):
        start = found.end()
        body = data[start : start + _MAX_DICTIONARY_BYTES].partition(b"endobj")[0]
        stream = _STREAM.search(body)
        yield int(found[1]), (start, body[: stream.end()] if stream else body)


def _members(place: tuple[int, bytes], data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the objects packed into a compressed group, if the object is one."""
    start, head = place
    count, first = _NUMBER_OF.search(head), _FIRST.search(head)
    if not (_COMPRESSED_OBJECTS.search(head) and count and first):
        return
    try:
        body = zlib.decompressobj().decompress(data[start + len(head) :], _MAX_UNPACKED_BYTES)
    except zlib.error:
        return
    numbers = [int(word) for word in body[: int(first[1])].split()[: 2 * int(count[1])] if word.isdigit()]
    offsets = [int(first[1]) + offset for offset in numbers[1::2]]
    for number, offset, end in zip(numbers[::2], offsets, [*offsets[1:], len(body)], strict=False):
        yield number, body[offset:end]


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)
