"""A letter as it is kept beside its files, so that it can be written anew from another template."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from closeout.evidence.letters.closeout import closeout_letter
from closeout.evidence.letters.closeout_word import fields
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.paper import Block, Grid, Heading, Paper, Points, Words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from closeout.evidence.letters.dossier import Dossier

KEPT = "letter.json"
FORMAT = "closeout-letter/1"
_BLOCKS: dict[str, type[Heading | Words | Points | Grid]] = {
    "heading": Heading,
    "words": Words,
    "points": Points,
    "grid": Grid,
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A letter as it was written: of which recommendation, and all its words."""

    key: str
    paper: Paper
    fields: Mapping[str, Any]


def kept(dossier: Dossier) -> bytes:
    """Return the letter of a dossier as JSON."""
    plain = {
        "format": FORMAT,
        "key": dossier.key,
        "paper": closeout_letter(dossier).plain(),
        "fields": fields(dossier),
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n"


def read_kept(path: Path) -> Stored:
    """Return the letter in a file.

    Raises:
        LetterError: It cannot be read, or is no such file.

    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise ValueError(plain["format"])  # noqa: TRY301 - said in one place, below
        return Stored(plain["key"], paper_of(plain["paper"]), plain["fields"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"{path} is no kept letter ({FORMAT}): {error}; write the assessment anew"
        raise LetterError(msg) from error


def paper_of(plain: Mapping[str, Any]) -> Paper:
    """Return a document from its JSON values; `Paper.plain` gives them.

    Raises:
        KeyError, TypeError, ValueError: They are not those of a document.

    """
    values = dict(plain)
    return Paper(
        **values
        | {
            "as_of": date.fromisoformat(values["as_of"]),
            "facts": _rows(values["facts"]),
            "blocks": tuple(_block(each) for each in values["blocks"]),
            "about": tuple(values["about"]),
            "signature": tuple(values["signature"]),
        }
    )


def _block(plain: Mapping[str, Any]) -> Block:
    values = {key: _rows(each) if key == "rows" else _tuple(each) for key, each in plain.items()}
    return _BLOCKS[values["kind"]](**values)


def _tuple(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return tuple(value) if isinstance(value, list) else value


def _rows(rows: Any) -> Any:  # noqa: ANN401 - any JSON value
    return tuple(tuple(row) for row in rows)
