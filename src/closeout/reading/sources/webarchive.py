"""Pages saved by a browser as one file (MHTML): the page itself, without what it embeds."""

from __future__ import annotations

import re
from email import message_from_bytes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message

_HEAD = 4_096
_HEADERS = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.MULTILINE)


def is_web_archive(data: bytes) -> bool:
    """Say whether the bytes are a page saved as MHTML: mail headers that announce related parts."""
    head = _HEADERS.match(data[:_HEAD])
    return head is not None and b"multipart/related" in head[0].lower() and b"mime-version" in head[0].lower()


def page_of(data: bytes) -> tuple[bytes, str]:
    """Return the first HTML part of a saved page and the encoding its header names.

    The other parts are what the page embeds (pictures, styles, framed pages); they are left out.
    Both values are empty when there is no HTML part.
    """
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            return _payload(part), part.get_content_charset("")
    return b"", ""


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
