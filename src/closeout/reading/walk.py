"""Which files a list of paths means, in an order that does not change from run to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def files_under(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each file once: the named ones as named, those in folders sorted by name.

    Files and folders whose name begins with a dot are passed over unless named. Links are
    followed, but no folder is entered twice, so a link to its own parent does no harm. A path
    that does not exist is yielded as it is: whoever opens it says so.
    """
    entered: set[tuple[int, int]] = set()
    yielded: set[Path] = set()
    for path in paths:
        for file in _under(path, entered) if path.is_dir() else (path,):
            if file not in yielded:
                yielded.add(file)
                yield file


def _under(folder: Path, entered: set[tuple[int, int]]) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if not path.is_dir():
            yield path
            continue
        try:
            status = path.stat()
            shown = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
        except OSError:
            yield path  # whoever opens it says why it cannot be looked into
            continue
        key = (status.st_dev, status.st_ino)
        if key not in entered:
            entered.add(key)
            waiting.extend(sorted(shown, key=lambda entry: entry.name, reverse=True))
