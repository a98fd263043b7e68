"""A YAML file read so that every complaint about it names its line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class MappingError(ValueError):
    """A mapping file is wrong, or does not fit the file it is used on. Says where and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value of the file, as PyYAML's node, and which file it is from."""

    path: Path
    node: yaml.Node

    @property
    def line(self) -> int:
        """Return the line, counted from 1."""
        return int(self.node.start_mark.line) + 1

    def pairs(self, known: Iterable[str] | None = None, what: str = "word") -> dict[str, Place]:
        """Return a mapping's values by name; a name twice, or not among `known`, is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise wrong(self, "names with values are expected here, one a line: `name: value`")
        found: dict[str, Place] = {}
        for key, value in self.node.value:
            name = str(key.value)
            place = Place(self.path, key)
            if known is not None and name not in known:
                raise wrong(place, f"there is no {what} {name!r}{_near(name, known)}")
            if name in found:
                raise wrong(place, f"{name!r} is given twice; keep one")
            found[name] = Place(self.path, value)
        return found

    def items(self) -> Iterator[Place]:
        """Yield a list's values; a single value counts as a list of one."""
        nodes = self.node.value if isinstance(self.node, yaml.SequenceNode) else [self.node]
        return (Place(self.path, node) for node in nodes)

    def text(self) -> str:
        """Return a single value as it is written; `2017` and `yes` stay what was written."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise wrong(self, "a single word or number is expected here")
        return str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        """Return a list of single values."""
        return tuple(place.text() for place in self.items())

    def whole(self) -> int:
        """Return a whole number, 0 or more."""
        if not self.text().isdecimal():
            raise wrong(self, f"a whole number is expected here, not {self.text()!r}")
        return int(self.text())

    def yes(self) -> bool:
        """Return a yes or no."""
        return self.one_of(("true", "false", "yes", "no")) in {"true", "yes"}

    def one_of(self, words: tuple[str, ...]) -> str:
        """Return a word that must be one of those given."""
        if (word := self.text()) not in words:
            raise wrong(self, f"{word!r} is not known here; it takes {', '.join(words)}")
        return word

    @property
    def is_list(self) -> bool:
        """Return whether it is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_word(self) -> bool:
        """Return whether it is a single value."""
        return isinstance(self.node, yaml.ScalarNode)


def wrong(place: Place, message: str) -> MappingError:
    """Return the error to raise: file, line, what is wrong and what to do."""
    return MappingError(f"{place.path.name}, line {place.line}: {message}")


def read_lines(path: Path) -> Place:
    """Return a YAML file's outermost value.

    Raises:
        MappingError: It cannot be read, is no YAML, or is empty.

    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path} cannot be read: {error}"
        raise MappingError(msg) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        msg = f"{path.name}, line {line}: no YAML: {error.problem or error.context}"
        raise MappingError(msg) from error
    except yaml.YAMLError as error:
        msg = f"{path.name}, line 1: no YAML: {' '.join(str(error).split())}"
        raise MappingError(msg) from error
    if node is None:
        msg = f"{path.name}, line 1: the file is empty; it needs `sources:`"
        raise MappingError(msg)
    return Place(path, node)


def _near(name: str, known: Iterable[str]) -> str:
    words = sorted(known)
    near = get_close_matches(name, words, n=1)
    if near:
        return f"; is {near[0]!r} meant?"
    return f"; there are {', '.join(words)}" if len(words) <= 30 else ""  # noqa: PLR2004 - fits a line or two
