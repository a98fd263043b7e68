"""Letters that name frozen results: which of ours, whether those still compute, and what is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.assess import load_rules
from closeout.evidence.freezing import FreezeError, FrozenError
from closeout.evidence.freezing.answers import lies_elsewhere, measure_answer
from closeout.evidence.freezing.canonical import digest_of_rows
from closeout.evidence.freezing.frozen import record
from closeout.evidence.letters.words import figure_words
from closeout.reading.sources.pdfium import DamagedPdfError, LockedPdfError, text_layer
from closeout.web.evidence.freezing import frozen_of, record_bytes
from closeout.web.evidence.models import AssessmentRun, FrozenFigure
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.verifying.found import Answer, ResultFound
from closeout.web.evidence.verifying.records import verify_records
from closeout.web.evidence.verifying.unpacking import Sort, UnfitArchiveError, word_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from closeout.evidence.measures.measure import Measured

    Told = Callable[[str], None]

_MARKS = re.compile("[\\u00ad\\u200b-\\u200d\\u2060\\ufeff]+")
_SPACES = re.compile(r"\s+")
_DIGITS = 64
_DIGEST = re.compile(r"(?<![\w-])[0-9a-f]{8,64}(?:\s+[0-9a-f]{8,64})*(?![\w-])")
"""Digits of a digest, which may stand in pieces on several lines."""


class UnreadableLetterError(ValueError):
    """A letter's words cannot be read."""


@dataclass(frozen=True, slots=True)
class Named:
    """A result of ours that a letter names.

    Attributes:
        digest: SHA-256 of its rows, as the letter has it.
        run: The assessment it is a figure of; None where that is not kept.
        measure: The measure's code.
        kept: The figure as it was frozen on this site; None where it was frozen elsewhere.

    """

    digest: str
    run: AssessmentRun | None
    measure: str
    kept: FrozenFigure | None


def letter_text(data: bytes, sort: Sort) -> str:
    """Return the words of a letter.

    Raises:
        UnreadableLetterError: It is locked, damaged, or only a picture of words.

    """
    try:
        text = _words(data, sort)
    except LockedPdfError as error:
        msg = "the PDF needs a password; bring it without one"
        raise UnreadableLetterError(msg) from error
    except (DamagedPdfError, UnfitArchiveError) as error:
        msg = "the file is damaged and cannot be read"
        raise UnreadableLetterError(msg) from error
    if not text.strip():
        msg = "the file holds no words, only pictures of them; bring the letter as it was written"
        raise UnreadableLetterError(msg)
    return text


def _words(data: bytes, sort: Sort) -> str:
    if sort is Sort.PDF:
        return "\n".join(text_layer(data).texts)
    return word_text(data) if sort is Sort.WORD else data.decode()


def verify_letter(
    text: str, folder: Path, *, now: datetime, told: Told
) -> tuple[tuple[ResultFound, ...], tuple[str, ...]]:
    """Return what became of each result of ours that a letter names, and what it names that is none of ours.

    Args:
        text: The letter's words.
        folder: An empty folder to work in.
        now: The instant, with its time zone.
        told: Told what is being done; what it raises ends the work.

    """
    plain = squeezed(text)
    told("looking for results that it names")
    runs = _runs_named(plain)
    named = list(_named(plain, runs))
    results = [_verified(one, plain, folder, now, told) for one in named]
    digests = {one.digest for one in named} | _other_digests(runs)
    strange = [digest for digest in digests_in(text) if digest not in digests]
    faults = tuple(f"it names {digest}, which is nothing that this site knows" for digest in strange)
    return tuple(results), faults if named else ()


def squeezed(text: str) -> str:
    """Return words without spaces and marks of line ends, so that a digest broken over lines is one again."""
    return _SPACES.sub("", _MARKS.sub("", text))


def digests_in(text: str) -> list[str]:
    """Return what has the form of a digest in some words, each once, in order."""
    pieces = (_SPACES.sub("", found) for found in _DIGEST.findall(_MARKS.sub("", text)))
    whole = (
        piece[start : start + _DIGITS]
        for piece in pieces
        if len(piece) % _DIGITS == 0
        for start in range(0, len(piece), _DIGITS)
    )
    return list(dict.fromkeys(whole))


def _runs_named(plain: str) -> list[AssessmentRun]:
    """Return the assessments whose snapshot a letter names, whether it is still kept or not."""
    found = []
    for run in AssessmentRun.objects.all():
        manifest = run.sources.get("records", {}).get("manifest_sha256", "")
        if manifest and manifest in plain:
            found.append(run)
    return found


def _named(plain: str, runs: list[AssessmentRun]) -> Iterator[Named]:
    """Yield the results of ours that a letter names: frozen here first, then those that the records give."""
    seen: set[str] = set()
    by_records = {run.records_digest: run for run in reversed(runs)}
    for frozen in FrozenFigure.objects.select_related("record").order_by("pk"):
        if frozen.result_digest in plain and frozen.result_digest not in seen:
            seen.add(frozen.result_digest)
            yield Named(frozen.result_digest, by_records.get(frozen.records_digest), frozen.measure, frozen)
    for run in runs:
        for digest, code in _digests_of(run).items():
            if digest in plain and digest not in seen:
                seen.add(digest)
                yield Named(digest, run, code, None)


def _digests_of(run: AssessmentRun) -> dict[str, str]:
    """Return the measures of a run by the digest that freezing each would give its result.

    A letter may be older than the parts of breakdowns, so that both digests are told.
    """
    rules = load_rules()
    elsewhere = {one.code for one in rules.measures if lies_elsewhere(one.over)}
    found = {}
    for code, measured in measured_of(run, offices=True, safe=True, parts=True).items():
        for has_parts in (True, False) if code not in elsewhere else ():
            found[digest_of_rows(measure_answer(measured, rules.pack, has_parts=has_parts).rows)] = code
    return found


def _other_digests(runs: list[AssessmentRun]) -> set[str]:
    """Return the digests beside those of results that a letter of ours may name."""
    found = {str(run.sources.get("records", {}).get("manifest_sha256", "")) for run in runs}
    found |= {run.pack_digest for run in runs} | {run.records_digest for run in runs}
    for frozen in FrozenFigure.objects.all():
        found |= {frozen.manifest_digest, frozen.record_digest, frozen.record_id, frozen.result_digest}
    return found - {""}


def _verified(one: Named, plain: str, folder: Path, now: datetime, told: Told) -> ResultFound:
    told(f"working out {one.measure} again")
    path = folder / f"{one.digest}.json"
    try:
        path.write_bytes(bytes(one.kept.record.data) if one.kept else _frozen_now(one, now))
        found = verify_records(path, told)[0][0]
    except (FreezeError, FrozenError) as error:
        words = "it is what was found here, and was not worked out again"
        found = ResultFound(one.measure, one.measure, Answer.UNSETTLED, words, faults=(str(error),))
    printed = _not_printed(one, plain)
    if printed and found.answer is not Answer.DIFFERS:
        words = "the result is one of ours, and the letter prints another figure"
        return replace(found, answer=Answer.DIFFERS, words=words, differences=(printed,))
    return replace(found, differences=(*found.differences, *([printed] if printed else [])))


def _frozen_now(one: Named, now: datetime) -> bytes:
    """Return the record that the figure gives when it is frozen now, under the digest the letter has."""
    if one.run is None:
        msg = "the assessment that it is a figure of is not kept any more"
        raise FreezeError(msg)
    for has_parts in (True, False):
        frozen = frozen_of(one.run, one.measure, frozen_at=now, has_parts=has_parts)
        if record(frozen)["result_sha256"] == one.digest:
            return record_bytes(frozen)
    msg = "the rules have changed since; the figure cannot be frozen as it was"
    raise FreezeError(msg)


def _not_printed(one: Named, plain: str) -> str:
    """Return how the figure reads, where the letter does not print it so; empty where it does."""
    if one.run is None:
        return ""
    measured: Measured = measured_of(one.run, one.measure, safe=True)[one.measure]
    words = figure_words(measured.total.figure, measured.measure)
    if squeezed(words) in plain:
        return ""
    return f"{measured.measure.title}: the result is “{words}”, which the letter does not print"
