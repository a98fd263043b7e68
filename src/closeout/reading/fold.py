"""Two ways of writing a text so that equal texts are equal strings."""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s+")
_NUMBER_TAG = re.compile(r"\(\s*recommendations?\s+\d{1,3}[a-z]?\s*\)", re.IGNORECASE)
_BROAD_DASH = re.compile(r"[\u2014\u2015]|-{2,}|(?<=\s)-+(?=\s)")
_HYPHEN = re.compile(r"(?<=\w)-\s*(?=\w)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_PUNCTUATION = re.compile(r"[^\w\s%$]+")

_UNIFY = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201b": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2212": "-",
        "\u00ad": "",
        "\u200b": "",
        "\ufeff": "",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb00": "ff",
        "_": " ",
    }
)


def fold_space(text: str) -> str:
    """Return the text with every run of white space as one space, stripped.

    Line ends, tabs, form feeds and no-break spaces count as white space; nothing else changes.
    """
    return " ".join(text.split())


def fold_key(text: str) -> str:
    """Return a key under which two printings of the same words are equal.

    Case, kinds of quotes and dashes, hyphens (so `nondetained` equals `non-detained`, and a
    hyphen at a line end is no matter), other punctuation and a tag "(Recommendation 3)" make no
    difference. Letters, digits, `%` and `$` do. The key is for comparing, never for showing.
    """
    key = _NUMBER_TAG.sub(" ", text.translate(_UNIFY))
    key = _HYPHEN.sub("", _BROAD_DASH.sub(" ", key))
    key = _PUNCTUATION.sub(" ", _APOSTROPHE.sub("", key))
    return _SPACE.sub(" ", key).strip().casefold()
