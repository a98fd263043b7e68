"""YAML with the line of every value, and nothing of YAML that a pack does not need.

Anchors, aliases and tags are refused: none of them says anything about a duty, and they are how a small
file becomes a huge one or an object of somebody's choosing. Values stay as they are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from yaml._yaml import CParser
from yaml.composer import Composer
from yaml.resolver import Resolver

from closeout.duties.faults import Fault, PackError

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 1_000_000
_MOST_BRACKETS = 100
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Marked:
    """A value and the line it stands on. Scalars are strings as written, None where nothing is."""

    value: str | dict[str, Marked] | list[Marked] | None
    line: int


class _Plain:
    """Composes a document without what a pack does not need."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[attr-defined]
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise yaml.MarkedYAMLError(None, None, "anchors and aliases are not allowed", event.start_mark)
        if event.tag is not None:
            raise yaml.MarkedYAMLError(None, None, f"the tag {event.tag} is not allowed", event.start_mark)
        return super().compose_node(parent, index)  # type: ignore[misc, no-any-return]


class _Loader(_Plain, yaml.SafeLoader):
    """Reads with the words for what is wrong that people are used to."""


class _Quick(_Plain, Composer, CParser, Resolver):
    """Reads a sound document in a third of the time."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        Resolver.__init__(self)


def read_marked(path: Path) -> Marked:
    """Read a YAML file.

    Args:
        path: The file.

    Returns:
        Its only document.

    Raises:
        PackError: It cannot be read, is larger than 1 MB, is no YAML, or holds anchors, aliases, tags or
            a key twice.

    """
    try:
        data = path.read_bytes()
        if len(data) > _LARGEST:
            raise PackError([Fault(path, 1, f"is larger than {_LARGEST:,} bytes; split it")])
        text = data.decode()
        _check_brackets(text, path)
        node = _composed(text)
        return _marked(node, path) if node else Marked(None, 1)
    except OSError as error:
        raise PackError([Fault(path, 1, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise PackError([Fault(path, 1, "is not UTF-8; save it as UTF-8")]) from error
    except RecursionError as error:
        raise PackError([Fault(path, 1, "is nested too deeply")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise PackError([Fault(path, mark.line + 1 if mark else 1, f"is no YAML we read: {said}")]) from error


def _composed(text: str) -> yaml.Node | None:
    try:
        return _Quick(text).get_single_node()
    except yaml.YAMLError:
        return _Loader(text).get_single_node()


def _check_brackets(text: str, path: Path) -> None:
    """Refuse heaps of brackets on one line: the parser takes longer than is bearable over them."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count("[") + line.count("{") > _MOST_BRACKETS:
            raise PackError([Fault(path, number, "is nested too deeply")])


def _marked(node: yaml.Node, path: Path) -> Marked:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Marked(None if node.tag == _NULL else str(node.value), line)
    if isinstance(node, yaml.SequenceNode):
        return Marked([_marked(item, path) for item in node.value], line)
    entries: dict[str, Marked] = {}
    for key, value in node.value:
        name, at = str(key.value), key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise PackError([Fault(path, at, "a key must be a word")])
        if name in entries:
            raise PackError([Fault(path, at, f"`{name}` is given twice; keep one")])
        entries[name] = _marked(value, path)
    return Marked(entries, line)
