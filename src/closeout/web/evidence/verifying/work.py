"""Verify a file that was brought: the work of the job."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.evidence.freezing import FrozenError
from closeout.web.evidence.verifying.found import Answer, Found, ResultFound, answer_of
from closeout.web.evidence.verifying.letters import UnreadableLetterError, letter_text, verify_letter
from closeout.web.evidence.verifying.records import verify_records
from closeout.web.evidence.verifying.unpacking import Sort, UnfitArchiveError, sort_of, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    Told = Callable[[str], None]

_KINDS: Mapping[Sort, str] = {
    Sort.JSON: "a frozen figure",
    Sort.FOLDER: "a folder of frozen figures, as ZIP",
    Sort.PDF: "a letter or report, PDF",
    Sort.WORD: "a letter or report, Word",
    Sort.TEXT: "text",
    Sort.OTHER: "another kind of file",
}
_NAME = "frozen.json"
_NONE_NAMED = "It names no result that was frozen here or that the records kept here give."
_OTHER = (
    "It is no frozen figure (JSON), no folder of them as ZIP and no letter as PDF or Word, so that nothing "
    "in it can be worked out again."
)


def verify_file(data: bytes, *, now: datetime, told: Told) -> Found:
    """Return what verifying a file came to. Whatever is wrong with the file is an answer, and no error.

    Args:
        data: The file's bytes.
        now: The instant, with its time zone.
        told: Told what is being done; what it raises ends the work.

    """
    try:
        sort = sort_of(data)
        with tempfile.TemporaryDirectory(prefix="closeout-verify-") as folder:
            return _found(data, sort, Path(folder), now, told)
    except (FrozenError, UnfitArchiveError, UnreadableLetterError) as error:
        why = str(error).removeprefix(f"{_NAME}: ")
        return Found(_kind(data), Answer.NOT_OURS, f"It cannot be read as one of ours: {why}.")


def _kind(data: bytes) -> str:
    try:
        return _KINDS[sort_of(data)]
    except UnfitArchiveError:
        return _KINDS[Sort.OTHER]


def _found(data: bytes, sort: Sort, folder: Path, now: datetime, told: Told) -> Found:
    faults: tuple[str, ...]
    if sort is Sort.OTHER:
        return Found(_KINDS[sort], Answer.NOT_OURS, _OTHER)
    if sort in {Sort.PDF, Sort.WORD, Sort.TEXT}:
        told("reading its words")
        results, faults = verify_letter(letter_text(data, sort), folder, now=now, told=told)
        if not results:
            return Found(_KINDS[sort], Answer.NOT_OURS, _NONE_NAMED)
    elif sort is Sort.FOLDER:
        told("unpacking the folder")
        results, faults = (), ()
        for each in unpack(data, folder):
            more, wrong = verify_records(each, told)
            results, faults = (*results, *more), (*faults, *wrong)
    else:
        path = folder / _NAME
        path.write_bytes(data)
        results, faults = verify_records(path, told)
    answer = answer_of(results, faults)
    return Found(_KINDS[sort], answer, _sentence(answer, results, faults), results, faults)


def _sentence(answer: Answer, results: tuple[ResultFound, ...], faults: tuple[str, ...]) -> str:
    some = sum(one.answer is answer for one in results)
    of_all = f"{some} of {len(results)} results"
    is_one = len(results) == 1
    if answer is Answer.EQUAL:
        return "It still computes, with the same result." if is_one else f"All {some} results still compute."
    if answer is Answer.UNSETTLED:
        return "It could not be worked out again." if is_one else f"{of_all} could not be worked out again."
    if answer is Answer.NOT_OURS:
        return "It was not frozen on this site, and its records are not kept here."
    if some == 0:
        return "The results still compute; something else in the file is not as it was written."
    said = "It is not what was frozen." if is_one else f"{of_all} {'differs' if some == 1 else 'differ'}."
    return f"{said} The file itself is not as it was written either." if faults else said
