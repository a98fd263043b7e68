"""Write the letters and tables of an assessment into a folder."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from closeout.evidence.letters.act_tables import gao_ig_act_xlsx, semiannual_xlsx
from closeout.evidence.letters.closeout import closeout_letter_pdf
from closeout.evidence.letters.closeout_word import closeout_letter_docx
from closeout.evidence.letters.dossier_paper import dossier_pdf
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.parents_report import about_parents, parents_report_pdf
from closeout.evidence.letters.poam import poam_json
from closeout.evidence.letters.stored import KEPT, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from closeout.evidence.assessment import Assessment
    from closeout.evidence.letters.dossier import Dossier
    from closeout.followup.gao_ig_tables import Listed

GAO_IG_ACT, SEMIANNUAL, POAM = "gao-ig-act.xlsx", "semiannual.xlsx", "poam.json"
PARENTS = "parents-report.pdf"
LETTER, DOSSIER = "closeout-letter", "dossier"
_NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z.-]+")
_LONGEST_NAME = 80
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters of a recommendation are written, and from which template."""

    kinds: frozenset[str] = frozenset({LETTER, DOSSIER})
    template: Path | None = None


def write_letters(
    assessment: Assessment,
    dossiers: Sequence[Dossier],
    out: Path,
    *,
    template: Path | None = None,
    auditors_list: Sequence[Listed] | None = None,
    told: Callable[[str], None] = lambda _said: None,
) -> list[Path]:
    """Write every letter and table of an assessment, and return the files in order.

    Args:
        assessment: The outcome of one run, with small counts withheld (`dossier.withheld`).
        dossiers: Of the same (`dossier.dossiers_of`).
        out: The folder, made if need be.
        template: An agency's own template of the closeout letter.
        auditors_list: The auditors' own lists, to check the register against.
        told: Called with what is being written.

    Raises:
        LetterError: A letter cannot be written, or not here.

    """
    followed = [each.followed for each in assessment.assessed]
    day, sources = assessment.as_of, assessment.sources
    files: dict[str, Callable[[], bytes]] = {}
    if followed:
        files[GAO_IG_ACT] = lambda: gao_ig_act_xlsx(
            followed, submitted_on=day, sources=sources, auditors_list=auditors_list
        )
        files[SEMIANNUAL] = lambda: semiannual_xlsx(followed, as_of=day, sources=sources)
    if any(not each.is_closed for each in dossiers):
        files[POAM] = lambda: poam_json(dossiers, sources=dict(sources))
    if about_parents(assessment.measured):
        files[PARENTS] = lambda: parents_report_pdf(assessment)
    written = _written({out / name: make for name, make in files.items()}, told)
    return [*written, *write_dossiers(dossiers, out, Wanted(template=template), told=told)]


def write_dossiers(
    dossiers: Sequence[Dossier],
    out: Path,
    wanted: Wanted | None = None,
    *,
    told: Callable[[str], None] = lambda _said: None,
) -> list[Path]:
    """Write the letters of some recommendations, a folder each, and return the files in order."""
    chosen = wanted or Wanted()
    named = folder_names([each.key for each in dossiers])
    files = {out / named[each.key] / name: make for each in dossiers for name, make in _letters(each, chosen)}
    return _written(files, told)


def _letters(dossier: Dossier, wanted: Wanted) -> Iterator[tuple[str, Callable[[], bytes]]]:
    if LETTER in wanted.kinds:
        yield f"{LETTER}.pdf", lambda: closeout_letter_pdf(dossier)
        yield f"{LETTER}.docx", lambda: closeout_letter_docx(dossier, wanted.template)
        yield KEPT, lambda: kept(dossier)
    if DOSSIER in wanted.kinds:
        yield f"{DOSSIER}.pdf", lambda: dossier_pdf(dossier)
        yield f"{DOSSIER}.json", lambda: _json(dossier)


def _json(dossier: Dossier) -> bytes:
    return json.dumps(dossier.plain(), ensure_ascii=False, indent=1).encode() + b"\n"


def folder_names(keys: Sequence[str]) -> Mapping[str, str]:
    """Return a folder's name for each key of a recommendation: readable, and no two alike."""
    plain = {key: _NOT_IN_NAMES.sub("-", key).strip("-.")[:_LONGEST_NAME] for key in keys}
    folded = [name.casefold() for name in plain.values()]
    return {
        key: name if name and folded.count(name.casefold()) == 1 else f"{name}-{_digest(key)}".lstrip("-")
        for key, name in plain.items()
    }


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:8]


def _written(files: Mapping[Path, Callable[[], bytes]], told: Callable[[str], None]) -> list[Path]:
    """Write files and return their paths in order. typst works outside Python: two are made at a time."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        coming = {path: pool.submit(_write, path, make) for path, make in files.items()}
        try:
            for path, one in coming.items():
                told(f"Writing {path.parent.name}/{path.name}")
                one.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return list(files)


def _write(path: Path, make: Callable[[], bytes]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise LetterError(msg) from error
