"""Build readable text line by line: white space folds as in a browser, blocks keep their lines."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[ \t\n\r\f]+")


class Lines:
    """Text under construction.

    Breaks are asked for, not written: any number of requests between two words gives one line
    break, or one blank line when any of them asked for a paragraph.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0
        self._has_space = True
        self._prefix = ""
        self.indent = ""
        """What every new line begins with."""

    @property
    def at_line_start(self) -> bool:
        """Say whether the next words begin a line."""
        return self._breaks > 0 or not self._parts

    def break_line(self) -> None:
        """Let the next words begin a line."""
        self._breaks = max(self._breaks, 1)

    def break_paragraph(self) -> None:
        """Let the next words begin a line after a blank one."""
        self._breaks = 2

    def mark(self, prefix: str) -> None:
        """Let the next line begin with `prefix` (a list marker) in place of the indent."""
        self.break_line()
        self._prefix = prefix

    def words(self, text: str) -> None:
        """Add running text, its white space folded."""
        folded = _SPACES.sub(" ", text)
        if folded.startswith(" "):
            self._space()
            folded = folded[1:]
        if not folded:
            return
        self._open_line()
        if folded.endswith(" "):
            self._parts.append(folded[:-1])
            self._has_space = False
            self._space()
        else:
            self._parts.append(folded)
            self._has_space = False

    def verbatim(self, text: str) -> None:
        """Add preformatted text with its own lines."""
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
            if number:
                self.newline()
            if line.strip():
                self._open_line()
                self._parts.append(line.rstrip())
                self._has_space = False

    def newline(self) -> None:
        """Break the line once more (HTML's `br`), so that two of them leave a blank line."""
        self._breaks = min(self._breaks + 1, 2)

    def text(self) -> str:
        """Return everything added, ending in a line break unless empty."""
        joined = "".join(self._parts).rstrip(" ")
        return f"{joined}\n" if joined else ""

    def _space(self) -> None:
        if not self._has_space and not self._breaks:
            self._parts.append(" ")
            self._has_space = True

    def _open_line(self) -> None:
        if not self._breaks and self._parts:
            return
        if self._parts:
            if self._has_space and self._parts[-1] == " ":
                self._parts.pop()
            self._parts.append("\n" * self._breaks)
        self._parts.append(self._prefix or self.indent)
        self._prefix = ""
        self._breaks = 0
        self._has_space = True
