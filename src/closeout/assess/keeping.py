"""The folder an assessment is kept in: written beside its name, which it gets when everything is there."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.assess.errors import CannotKeepError

if TYPE_CHECKING:
    from pathlib import Path

ASSESSMENT, REGISTER, REPORT, LOG = "assessment.json", "register.json", "report.html", "log.txt"
UNFINISHED = ".unfinished"
_MADE_ANEW = ("frozen", "papers", "results")
"""What an interrupted run left and the next one writes again; checked tables are taken over."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The folder to be, and where it is being written."""

    out: Path
    work: Path

    def abandon(self) -> None:
        """Remove what was written; the folder that is to be stays as it was."""
        shutil.rmtree(self.work, ignore_errors=True)

    def finish(self) -> None:
        """Give the folder its name; a finished assessment that was there goes away only now.

        Raises:
            CannotKeepError: The folder cannot be renamed.

        """
        old = self.out.with_name(self.out.name + ".old")
        try:
            shutil.rmtree(old, ignore_errors=True)
            if self.out.exists():
                self.out.replace(old)
            self.work.replace(self.out)
            shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            message = f"{self.out} cannot be written: {error.strerror}; what was made lies in {self.work}"
            raise CannotKeepError(message) from error


def open_folder(out: Path, *, force: bool) -> Keeping:
    """Make room for an assessment, and take what an interrupted run checked.

    Args:
        out: The folder to be.
        force: Whether a finished assessment in it may be replaced.

    Raises:
        CannotKeepError: It holds a finished assessment or something else, or cannot be written.

    """
    if out.is_dir() and any(out.iterdir()):
        if not (out / ASSESSMENT).is_file():
            message = f"{out} is not empty and holds no assessment; name a new folder"
            raise CannotKeepError(message)
        if not force:
            message = f"{out} holds a finished assessment; name another folder, or replace it with --force"
            raise CannotKeepError(message)
    elif out.exists() and not out.is_dir():
        message = f"{out} is a file; name a folder"
        raise CannotKeepError(message)
    work = out.with_name(out.name + UNFINISHED)
    try:
        work.mkdir(parents=True, exist_ok=True)
        for name in _MADE_ANEW:
            shutil.rmtree(work / name, ignore_errors=True)
        (work / LOG).write_text("", encoding="utf-8")
    except OSError as error:
        message = f"{out} cannot be written: {error.strerror}"
        raise CannotKeepError(message) from error
    return Keeping(out, work)


def write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - whatever JSON takes
    """Write a value as JSON, the same bytes for the same value."""
    # Without indents: with them a long file takes six times as long.
    path.write_text(json.dumps(value, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
