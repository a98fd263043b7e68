"""The papers of a run: what is sent and kept, with its index, in one tree."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from closeout.assess.keeping import REPORT
from closeout.assess.second import SecondProcessError
from closeout.assess.steps import Steps
from closeout.evidence.letters.dossier import dossiers_of
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.index import write_index
from closeout.evidence.letters.kinds import ASSESSMENT
from closeout.evidence.letters.press import Draft, Press, listed, write_all
from closeout.evidence.letters.write import Wanted, early, lacking, late
from closeout.evidence.outward import outward
from closeout.evidence.report import report_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from closeout.assess.second import Second
    from closeout.assess.work import Worked
    from closeout.evidence.assessment import Assessment
    from closeout.evidence.letters.dossier import FrozenItem
    from closeout.evidence.letters.index import NotWritten, PaperIndex
    from closeout.evidence.letters.press import Given as Writing
    from closeout.evidence.letters.press import Made
    from closeout.followup.history import Event

WRITTEN_BESIDE = "closeout.evidence.letters.closeout_word"
"""What makes the papers that are written in the second process."""


@dataclass(frozen=True, slots=True)
class Given:
    """What papers name beside the assessment.

    Attributes:
        frozen: The results that were frozen.
        events: What documents tell of each recommendation, by its key; without them its history holds what
            stands on the day alone.
        wanted: The template and the auditors' own lists.
        has_letters: Whether any paper but the assessment itself is written.

    """

    frozen: Sequence[FrozenItem] = ()
    events: Mapping[str, Sequence[Event]] | None = None
    wanted: Wanted = field(default_factory=Wanted)
    has_letters: bool = True


def write_papers(
    made: Assessment, worked: Worked, folder: Path, given: Given | None = None, *, steps: Steps | None = None
) -> PaperIndex:
    """Write every paper of an assessment and their index into a folder.

    Args:
        made: The assessment, as it was made: small counts are suppressed here.
        worked: What was worked out behind it.
        folder: The folder: the assessment as a page, the index, and the papers under `papers/`.
        given: What the papers name beside it.
        steps: Told of each paper.

    Returns:
        What was written, and what was not, with why.

    Raises:
        LetterError: The folder cannot be written.

    """
    given, steps = given or Given(), steps or Steps()
    with Press(folder, steps.told) as press:
        begin(press, made, worked, given)
        return finish(press, outward(made), worked, folder, given, steps)


def beside(second: Second | None) -> Callable[[Sequence[Writing]], Callable[[], Sequence[Made]]] | None:
    """Return what has papers written in the second process; None where there is none.

    Where that has ended, they are written here.

    Args:
        second: The process beside this one, with nothing left to answer when papers are given to it.

    """
    if second is None:
        return None

    def begun(given: Sequence[Writing]) -> Callable[[], Sequence[Made]]:
        with suppress(SecondProcessError):
            second.ask(write_all, given)

        def wait() -> Sequence[Made]:
            try:
                made: Sequence[Made] = second.answer()
            except SecondProcessError:
                return write_all(given)
            return made

        return wait

    return begun


def begin(press: Press, made: Assessment, worked: Worked, given: Given) -> None:
    """Have the papers written that need nothing but the assessment."""
    if given.has_letters:
        press.take(early(made, worked.reports, given.wanted))


def finish(
    press: Press,
    shown: Assessment,
    worked: Worked,
    folder: Path,
    given: Given,
    steps: Steps,
) -> PaperIndex:
    """Have the other papers written, and write the assessment as a page and the index.

    Args:
        press: Where the papers are being written.
        shown: The assessment with small counts suppressed.
        worked: What was worked out behind it.
        folder: The folder.
        given: What the papers name beside it.
        steps: Told of each step.

    Raises:
        LetterError: The folder cannot be written.

    """
    without: tuple[NotWritten, ...] = ()
    with steps.step("Writing the report"):
        if given.has_letters:
            press.take(late(shown, dossiers_of(shown, given.frozen, given.events), given.wanted))
            without = lacking(shown, worked.reports)
        page = _page(shown, worked, press.expected(shown, without))
    with steps.step("Writing the papers"):
        index = press.finished(shown, without)
        if index.failures:
            page = _page(replace(shown, notes=(*shown.notes, *index.failures)), worked, index)
        index = index.beside(listed(_draft(page, shown), page, shown))
        _write_page(folder, page)
        write_index(index, folder)
    return index


def _page(shown: Assessment, worked: Worked, index: PaperIndex) -> bytes:
    staffing = worked.beside.staffing
    return report_html(shown, need=staffing.sentence if staffing else "", papers=index).encode()


def _draft(page: bytes, shown: Assessment) -> Draft:
    return Draft(REPORT, ASSESSMENT, lambda: page, f"Assessment of {shown.agency}")


def _write_page(folder: Path, page: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / REPORT).write_bytes(page)
    except OSError as error:
        msg = f"{folder / REPORT} cannot be written: {error.strerror}"
        raise LetterError(msg) from error
