"""The documentation's pages, their links, and the commands they print."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BESIDE = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")

_FENCE = re.compile(r"^(?P<indent> *)(?P<marks>`{3,}|~{3,})(?P<info>.*)$")
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?(?P<target>[^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_HEADING = re.compile(r"^#{1,6}\s+(?P<words>.+?)\s*#*$")


@dataclass(frozen=True)
class Block:
    """One fenced block of a page: what kind it says it is, and its lines."""

    info: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Command:
    """A command a page prints after `$ `, and the output it shows under it."""

    words: str
    shown: tuple[str, ...]


def pages() -> list[Path]:
    """Return every Markdown page of the documentation, and those beside it."""
    return [ROOT / name for name in BESIDE] + sorted(DOCS.rglob("*.md"))


def name_of(page: Path) -> str:
    """Return a page's path from the project's root."""
    return page.relative_to(ROOT).as_posix()


def split(page: Path) -> tuple[str, list[Block]]:
    """Return a page's prose, and apart from it its fenced blocks."""
    prose: list[str] = []
    blocks: list[Block] = []
    fence: re.Match[str] | None = None
    inside: list[str] = []
    for line in page.read_text(encoding="utf-8").splitlines():
        found = _FENCE.match(line)
        if fence is None and found:
            fence, inside = found, []
        elif fence and found and found["marks"].startswith(fence["marks"]) and not found["info"].strip():
            blocks.append(Block(fence["info"].strip(), tuple(inside)))
            fence = None
        elif fence:
            inside.append(line.removeprefix(fence["indent"]))
        else:
            prose.append(line)
    assert fence is None, f"{name_of(page)}: a fenced block is not closed"
    return "\n".join(prose), blocks


def links(page: Path) -> list[str]:
    """Return where a page's links and pictures point."""
    prose, _ = split(page)
    return [found["target"] for found in _LINK.finditer(re.sub(r"`[^`\n]*`", "", prose))]


def anchors(page: Path) -> set[str]:
    """Return the names of a page's headings in links."""
    prose, _ = split(page)
    return {slug(found["words"]) for line in prose.splitlines() if (found := _HEADING.match(line))}


def slug(heading: str) -> str:
    """Return a heading's name in links, as MkDocs makes it."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def commands(block: Block) -> list[Command]:
    """Return the commands of a console block; a line ending in a backslash goes on."""
    found: list[tuple[str, list[str]]] = []
    continues = False
    for line in block.lines:
        if continues:
            words, shown = found.pop()
            found.append((f"{words} {line.strip().removesuffix(chr(92)).strip()}", shown))
            continues = line.endswith("\\")
        elif line.startswith("$ "):
            found.append((line[2:].removesuffix("\\").strip(), []))
            continues = line.endswith("\\")
        elif found:
            found[-1][1].append(line.rstrip())
    return [Command(words, tuple(shown)) for words, shown in found]


def console_blocks(page: Path) -> list[Block]:
    """Return the blocks of a page that print commands."""
    return [block for block in split(page)[1] if block.info.split()[:1] == ["console"]]
